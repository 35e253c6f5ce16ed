"""The made-up school: people, courses, sections and grading periods, the same from the same seed.

What lives here: a frozen, vendor-neutral description. `canvas.store` and `synergy.store` each take their own
from it, as the nightly roster run brings one district into both systems. Every name is made up by Faker.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from faker import Faker

from simulator.ids import Ids

STUDENTS_IN_A_SECTION = 30


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher or a student. `guid` is the sourcedId in Synergy and the SIS id in Canvas."""

    guid: str
    number: str
    """The Perm ID of a student, the staff number of a teacher."""
    given_name: str
    family_name: str
    email: str
    grade: str = ""
    """CEDS code of the year, "09" to "12"; "" for a teacher."""

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class AssignmentType:
    """A kind of work with its weight in the class total, in percent."""

    guid: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class GradingPeriod:
    """A span of the year that has marks of its own.

    `kind` is "progress", "quarter" or "semester"; both days belong to it.
    """

    guid: str
    name: str
    kind: str
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Section:
    """One class of Synergy: a course at a period of the day, with its students."""

    guid: str
    number: str
    """The human id, such as "ALG1-02"."""
    name: str
    students: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its teacher sees it in Canvas.

    More than one section means that they are cross-listed into one.
    """

    guid: str
    code: str
    name: str
    subject: str
    teacher: Person
    sections: tuple[Section, ...]

    @property
    def students(self) -> tuple[Person, ...]:
        """Everybody in any of the sections, section by section."""
        return tuple(student for section in self.sections for student in section.students)


@dataclass(frozen=True, slots=True)
class School:
    """The whole district in one value."""

    guid: str
    district_guid: str
    district_name: str
    name: str
    school_year: int
    """The calendar year in which the school year ends."""
    year_guid: str
    year_begins: date
    year_ends: date
    teachers: tuple[Person, ...]
    students: tuple[Person, ...]
    courses: tuple[Course, ...]
    grading_periods: tuple[GradingPeriod, ...]
    assignment_types: tuple[AssignmentType, ...]


@lru_cache(maxsize=16)
def school_of(seed: int) -> School:
    """The school of this seed.

    Two teachers, three courses, one of them cross-listed over two sections of thirty.

    Sources: the assignment types are the ones that the seed document names; the weights are ours.
    """
    ids = Ids(seed)
    faker = Faker("en_US")
    faker.seed_instance(seed)
    dice = random.Random(seed)  # noqa: S311 - a made-up school, no secret

    names = _distinct_names(faker, 2 + 2 * STUDENTS_IN_A_SECTION)
    teachers = tuple(_person(ids, "teacher", index, names[index]) for index in range(2))
    students = tuple(
        _person(ids, "student", index, name, grade=dice.choice(("09", "10", "11", "12")))
        for index, name in enumerate(names[2:])
    )

    first_half, second_half = students[:STUDENTS_IN_A_SECTION], students[STUDENTS_IN_A_SECTION:]
    mixed = tuple(dice.sample(students, STUDENTS_IN_A_SECTION))

    def section(number: str, name: str, members: tuple[Person, ...]) -> Section:
        ordered = tuple(sorted(members, key=lambda person: (person.family_name, person.given_name)))
        return Section(ids.guid("section", number), number, name, ordered)

    def course(code: str, name: str, subject: str, teacher: Person, *sections: Section) -> Course:
        return Course(ids.guid("course", code), code, name, subject, teacher, sections)

    courses = (
        course(
            "ALG1",
            "Algebra 1",
            "Mathematics",
            teachers[0],
            section("ALG1-01", "Algebra 1 - Period 1", first_half),
        ),
        course("BIO1", "Biology", "Science", teachers[1], section("BIO1-03", "Biology - Period 3", mixed)),
        course(
            "WHIST",
            "World History",
            "Social Studies",
            teachers[0],
            section("WHIST-02", "World History - Period 2", first_half),
            section("WHIST-04", "World History - Period 4", second_half),
        ),
    )
    return School(
        guid=ids.guid("school"),
        district_guid=ids.guid("district"),
        district_name="Valley Oak Union High School District",
        name="Valley Oak High School",
        school_year=2027,
        year_guid=ids.guid("year", 2027),
        year_begins=date(2026, 8, 17),
        year_ends=date(2027, 6, 4),
        teachers=teachers,
        students=students,
        courses=courses,
        grading_periods=(
            GradingPeriod(
                ids.guid("period", "P1"), "Progress 1", "progress", date(2026, 8, 17), date(2026, 9, 25)
            ),
            GradingPeriod(
                ids.guid("period", "Q1"), "Quarter 1", "quarter", date(2026, 8, 17), date(2026, 10, 16)
            ),
            GradingPeriod(
                ids.guid("period", "S1"), "Semester 1", "semester", date(2026, 8, 17), date(2026, 12, 18)
            ),
        ),
        assignment_types=tuple(
            AssignmentType(ids.guid("type", name), name, weight)
            for name, weight in (
                ("Classwork", 20.0),
                ("Homework", 20.0),
                ("Quizzes", 20.0),
                ("Tests", 30.0),
                ("Participation", 10.0),
            )
        ),
    )


def _distinct_names(faker: Faker, count: int) -> list[tuple[str, str]]:
    """So many made-up people, no two of the same family name, so that a story can call them by it."""
    names: dict[str, str] = {}
    while len(names) < count:
        names.setdefault(faker.last_name(), faker.first_name())
    return [(given, family) for family, given in names.items()]


def _person(ids: Ids, kind: str, index: int, name: tuple[str, str], grade: str = "") -> Person:
    given, family = name
    number = f"{90_000 + index}" if kind == "teacher" else f"{400_100 + index}"
    domain = "staff.valleyoak.example" if kind == "teacher" else "students.valleyoak.example"
    return Person(
        guid=ids.guid(kind, index),
        number=number,
        given_name=given,
        family_name=family,
        email=f"{given}.{family}@{domain}".lower().replace(" ", ""),
        grade=grade,
    )
