"""A district of any size, the same from the same seed: schools, teachers, students, a timetable.

How it is made. A day has periods, and in each period a student sits in one section and a teacher stands
before one course. So the students of a school are as many as its fullest period has places, each period deals
all of them out anew, and nobody is in two sections at once. The two sections of a cross-listed course meet in
the same period, in one room under two numbers: no student can be in both.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, cycle

from simulator.ids import Ids
from simulator.schools import customs
from simulator.schools.model import Campus, Course, Person, School, Section
from simulator.schools.pools import SCHOOL_NAMES, NamePools
from simulator.schools.size import DistrictSize

DISTRICTS_KEPT_MAX = 2
"""A large one takes tens of megabytes, and whoever asks twice asks for the same."""

GRADES = ("09", "10", "11", "12")
SUBJECTS = (
    ("Mathematics", (("ALG1", "Algebra 1"), ("GEOM", "Geometry"), ("ALG2", "Algebra 2"))),
    ("English", (("ENG9", "English 9"), ("ENG10", "English 10"), ("ENG11", "English 11"))),
    ("Science", (("BIO1", "Biology"), ("CHEM", "Chemistry"), ("PHYS", "Physics"))),
    ("Social Studies", (("WHIST", "World History"), ("USHIST", "US History"), ("GOVT", "Government"))),
    ("World Languages", (("SPAN1", "Spanish 1"), ("SPAN2", "Spanish 2"), ("FREN1", "French 1"))),
    ("Arts", (("ART1", "Art 1"), ("CHOIR", "Choir"), ("DRAMA", "Drama"))),
    ("Physical Education", (("PE1", "Physical Education 1"), ("PE2", "Physical Education 2"))),
)
"""What a teacher may teach: one subject, and the courses of it."""


@lru_cache(maxsize=DISTRICTS_KEPT_MAX)
def district_of(seed: int, size: DistrictSize) -> School:
    """The district of this seed and size.

    Numbers, guids and e-mail addresses are unique in it; names are not.
    """
    ids = Ids(seed)
    campuses = _Office(seed, ids, size).campuses()
    year = customs.SCHOOL_YEAR
    begins, ends = customs.first_day(year), customs.last_day(year)
    return School(
        guid=campuses[0].guid,
        district_guid=ids.guid("district"),
        district_name=customs.DISTRICT_NAME,
        name=campuses[0].name,
        school_year=year,
        year_guid=ids.guid("year", year),
        year_begins=begins,
        year_ends=ends,
        teachers=tuple(each for campus in campuses for each in campus.teachers),
        students=tuple(each for campus in campuses for each in campus.students),
        courses=tuple(each for campus in campuses for each in campus.courses),
        grading_periods=customs.grading_periods(ids, begins, ends),
        assignment_types=customs.assignment_types(ids),
        several=campuses,
    )


class _Office:
    """Makes the schools one after the other, and never gives a number twice."""

    def __init__(self, seed: int, ids: Ids, size: DistrictSize) -> None:
        self._ids = ids
        self._size = size
        self._dice = random.Random(seed)  # noqa: S311 - a made-up district, no secret
        self._names = NamePools(seed, self._dice)
        self._staff_numbers = count(customs.FIRST_STAFF_NUMBER)
        self._perm_ids = count(customs.FIRST_PERM_ID)
        self._course_numbers = count(1)

    def campuses(self) -> tuple[Campus, ...]:
        """Every school."""
        pairs = _Pairs(self._size.cross_listed_share)
        return tuple(self._campus(index, pairs) for index in range(self._size.schools))

    def _campus(self, index: int, pairs: _Pairs) -> Campus:
        in_each_period = _in_each_period(self._size.sections_per_school, self._size.periods_a_day)
        timetable = tuple((sections, pairs.of(sections)) for sections in in_each_period)
        students = tuple(
            self._student() for _ in range(max(in_each_period) * self._size.students_per_section)
        )
        teachers = tuple(self._teacher() for _ in range(max(sections - pair for sections, pair in timetable)))
        resting = cycle(self._dice.sample(students, len(students)))
        courses = tuple(
            course
            for period, (sections, pair) in enumerate(timetable, start=1)
            for course in self._period(
                period, sections, pair, teachers, self._dealt(sections, students, resting)
            )
        )
        return Campus(self._ids.guid("school", index), SCHOOL_NAMES[index], teachers, students, courses)

    def _dealt(
        self, sections: int, students: tuple[Person, ...], resting: Iterator[Person]
    ) -> Iterator[list[Person]]:
        """The students of each section of a period; whoever finds no place in it rests, in turn."""
        seats = self._size.students_per_section
        free = {next(resting).number for _ in range(len(students) - sections * seats)}
        order = self._dice.sample([each for each in students if each.number not in free], sections * seats)
        return (order[start : start + seats] for start in range(0, len(order), seats))

    def _period(
        self,
        period: int,
        sections: int,
        pairs: int,
        teachers: tuple[Person, ...],
        hands: Iterator[list[Person]],
    ) -> Iterator[Course]:
        """The courses of one period: the cross-listed ones first, each with a teacher of its own."""
        for index in range(sections - pairs):
            subject, titles = SUBJECTS[index % len(SUBJECTS)]
            word, title = self._dice.choice(titles)
            code = f"{word}-{next(self._course_numbers):05}"
            made = [self._section(f"{code}-{period:02}", f"{title} - Period {period}", next(hands))]
            if index < pairs:
                made.append(
                    self._section(f"{code}-{period:02}H", f"{title} Honors - Period {period}", next(hands))
                )
            yield Course(self._ids.guid("course", code), code, title, subject, teachers[index], tuple(made))

    def _section(self, number: str, name: str, hand: list[Person]) -> Section:
        hand.sort(key=lambda person: (person.family_name, person.given_name, person.number))
        return Section(self._ids.guid("section", number), number, name, tuple(hand))

    def _teacher(self) -> Person:
        return self._person("teacher", next(self._staff_numbers), customs.STAFF_DOMAIN, grade="")

    def _student(self) -> Person:
        return self._person(
            "student", next(self._perm_ids), customs.STUDENT_DOMAIN, grade=self._dice.choice(GRADES)
        )

    def _person(self, kind: str, number: int, domain: str, grade: str) -> Person:
        given, family = self._names.draw()
        email = f"{given.in_address}.{family.in_address}.{number}@{domain}"
        guid = self._ids.guid(kind, number)
        return Person(guid, str(number), given.written, family.written, email, grade)


class _Pairs:
    """How many cross-listed courses a period gets, so that the whole district comes to the share.

    What a period cannot take, because half a course or no second section is left, goes to a later one.
    """

    def __init__(self, share: float) -> None:
        self._of_sections = share / (1 + share)
        """A cross-listed course takes two sections, so the share of the sections is another."""
        self._owed = 0.5

    def of(self, sections: int) -> int:
        self._owed += sections * self._of_sections
        taken = min(sections // 2, int(self._owed))
        self._owed -= taken
        return taken


def _in_each_period(sections: int, periods: int) -> tuple[int, ...]:
    """The sections of a school, spread over its day; the first periods get what is left over."""
    each, more = divmod(sections, periods)
    return tuple(each + (period < more) for period in range(periods))
