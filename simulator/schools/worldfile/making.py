"""A world file without a problem, made into a School: what it leaves out comes from here or from the seed.

Ids depend on the seed and on names, so a person keeps theirs when the list around them changes, and the same
file with another seed has the same people with other ids. What bites: a number, guid or address that the file
gives to one is never made up for another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, count

from simulator.ids import Ids
from simulator.schools import customs
from simulator.schools.model import AssignmentType, Course, GradingPeriod, Person, School, Section
from simulator.schools.worldfile.shape import (
    CourseEntry,
    Entry,
    SectionEntry,
    StudentEntry,
    TeacherEntry,
    WorldEntry,
)
from simulator.schools.worldfile.span import Span, span_of

DEFAULT_TEACHER = TeacherEntry(name="Alex Rivera")
DEFAULT_GRADE = "09"
DEFAULT_SUBJECT = "General"
DEFAULT_PERIOD_KIND = "quarter"

_MADE_CODE_LENGTH_MAX = 20
_SCHOOL_WORDS = re.compile(r"\b(high|middle|elementary|school)\b")


def school_from(world: WorldEntry, seed: int) -> School:
    """The school that the file describes."""
    return _Writing(world, seed).school()


class _Writing:
    """Writes one school down."""

    def __init__(self, world: WorldEntry, seed: int) -> None:
        self._world = world
        self._ids = Ids(seed)
        self._name = world.school or customs.SCHOOL_NAME
        self._domain = f"{_in_address(_SCHOOL_WORDS.sub('', self._name.lower())) or 'school'}.example"
        self._staff = world.teachers or [DEFAULT_TEACHER]
        self._pupils = world.students or []
        courses = world.courses or []
        sections = [section for course in courses for section in course.sections or ()]
        everybody = [*self._staff, *self._pupils]
        entries: list[Entry] = [*everybody, *courses, *sections]
        entries += [*(world.grading_periods or ()), *(world.assignment_types or ())]
        self._guids = _Free(getattr(each, "guid", None) for each in entries)
        self._numbers = _Free(each.number for each in everybody)
        self._emails = _Free(each.email for each in everybody)
        self._codes = _Free(each.code for each in courses)
        self._section_numbers = _Free(each.number for each in sections)
        self._periods_of_day: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def school(self) -> School:
        """The whole of it."""
        world = self._world
        span = span_of(world.school_year, world.year_begins, world.year_ends)
        staff_numbers, perm_ids = count(customs.FIRST_STAFF_NUMBER), count(customs.FIRST_PERM_ID)
        teachers = {each.name: self._person("teacher", each, staff_numbers) for each in self._staff}
        students = {each.name: self._person("student", each, perm_ids) for each in self._pupils}
        return School(
            guid=self._ids.guid("school"),
            district_guid=self._ids.guid("district"),
            district_name=world.district or customs.DISTRICT_NAME,
            name=self._name,
            school_year=span.school_year,
            year_guid=self._ids.guid("year", span.school_year),
            year_begins=span.begins,
            year_ends=span.ends,
            teachers=tuple(teachers.values()),
            students=tuple(students.values()),
            courses=tuple(self._course(each, teachers, students) for each in world.courses or ()),
            grading_periods=self._grading_periods(span),
            assignment_types=self._assignment_types(),
        )

    def _person(self, kind: str, entry: TeacherEntry, numbers: Iterator[int]) -> Person:
        family = entry.family_name or entry.name.rpartition(" ")[2]
        given = entry.name.removesuffix(f" {family}")
        number = entry.number or self._numbers.first(str(each) for each in numbers)
        is_student = isinstance(entry, StudentEntry)
        return Person(
            guid=entry.guid or self._guid(kind, entry.name),
            number=number,
            given_name=given,
            family_name=family,
            email=entry.email or self._email(given, family, number, is_student=is_student),
            grade=(entry.grade or DEFAULT_GRADE) if isinstance(entry, StudentEntry) else "",
        )

    def _email(self, given: str, family: str, number: str, *, is_student: bool) -> str:
        """`ada.lovelace@...`; with a number where somebody has that, or no letter is left of the name."""
        domain = f"{'students' if is_student else 'staff'}.{self._domain}"
        words = [word for word in (_in_address(given), _in_address(family)) if word]
        wishes = [".".join(each) for each in (words, (*words, number.lower())) if each]
        return self._emails.first(f"{wish}{more}@{domain}" for more in _more() for wish in wishes)

    def _course(self, entry: CourseEntry, teachers: dict[str, Person], students: dict[str, Person]) -> Course:
        teacher = teachers[entry.teacher] if entry.teacher else next(iter(teachers.values()))
        code = entry.code or self._codes.numbered(_as_code(entry.name))
        return Course(
            guid=entry.guid or self._guid("course", code),
            code=code,
            name=entry.name,
            subject=entry.subject or DEFAULT_SUBJECT,
            teacher=teacher,
            sections=tuple(
                self._section(each, entry.name, code, teacher, students)
                for each in entry.sections or [SectionEntry()]
            ),
        )

    def _section(
        self, entry: SectionEntry, course: str, code: str, teacher: Person, students: dict[str, Person]
    ) -> Section:
        period = next(self._periods_of_day[teacher.guid])
        number = entry.number or self._section_numbers.numbered(f"{code}-{period:02}")
        names = students if entry.students is None else entry.students
        return Section(
            guid=entry.guid or self._guid("section", number),
            number=number,
            name=entry.name or f"{course} - Period {period}",
            students=tuple(students[name] for name in names),
        )

    def _grading_periods(self, span: Span) -> tuple[GradingPeriod, ...]:
        if self._world.grading_periods is None:
            return customs.grading_periods(self._ids, span.begins, span.ends)
        return tuple(
            GradingPeriod(
                guid=each.guid or self._guid("period", each.name),
                name=each.name,
                kind=each.kind or DEFAULT_PERIOD_KIND,
                begins=each.begins,
                ends=each.ends,
            )
            for each in self._world.grading_periods
        )

    def _assignment_types(self) -> tuple[AssignmentType, ...]:
        if self._world.assignment_types is None:
            return customs.assignment_types(self._ids)
        return tuple(
            AssignmentType(each.guid or self._guid("type", each.name), each.name, each.weight)
            for each in self._world.assignment_types
        )

    def _guid(self, kind: str, name: str) -> str:
        return self._guids.first(self._ids.guid(kind, f"{name}{more}") for more in _more())


class _Free:
    """Words that must be one's own: those that the file gives are taken from the beginning."""

    def __init__(self, taken: Iterable[str | None]) -> None:
        self._taken = {word.casefold() for word in taken if word is not None}
        self._again: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))

    def first(self, wishes: Iterable[str]) -> str:
        """The first wish that nobody has; it is taken then."""
        word = next(each for each in wishes if each.casefold() not in self._taken)
        self._taken.add(word.casefold())
        return word

    def numbered(self, word: str) -> str:
        """The word, or where somebody has it, the word with the next number."""
        return self.first(chain([word], (f"{word}-{number}" for number in self._again[word])))


def _more() -> Iterator[str]:
    """Nothing, and where that is not enough, a number."""
    yield ""
    yield from (f"-{number}" for number in count(2))


def _as_code(name: str) -> str:
    """`World History` as WORLD-HISTORY."""
    words = re.findall(r"[A-Z0-9]+", _plain(name).upper())
    return "-".join(words)[:_MADE_CODE_LENGTH_MAX].strip("-") or "COURSE"


def _in_address(name: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", _plain(name).lower()))[:_MADE_CODE_LENGTH_MAX]


def _plain(name: str) -> str:
    """Without accents, as far as that goes."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
