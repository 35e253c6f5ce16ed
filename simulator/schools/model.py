"""What a district is, before any system keeps it: people, courses, sections and grading periods.

What lives here: frozen values without a vendor's words. `canvas.roster` and `synergy.roster` each take their
own from them, as the nightly roster run brings one district into both systems.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

ENROLLMENTS_MAX = 500_000
"""So many places in sections one district may have: both systems keep a record of each in memory."""


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
class Campus:
    """One school of a district: its own people and courses."""

    guid: str
    name: str
    teachers: tuple[Person, ...]
    students: tuple[Person, ...]
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class School:
    """The whole district in one value: in most worlds a single school.

    Where a district has more than one, `guid` and `name` are of the first, and `teachers`, `students` and
    `courses` are everybody's and every one, school by school.
    """

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
    several: tuple[Campus, ...] = field(default=(), repr=False)
    """The schools of a district that has more than one. Read `campuses`, which knows the single one too."""

    @property
    def campuses(self) -> tuple[Campus, ...]:
        """Every school of the district."""
        return self.several or (Campus(self.guid, self.name, self.teachers, self.students, self.courses),)
