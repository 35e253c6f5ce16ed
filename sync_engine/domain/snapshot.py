"""What a run read: one course in Canvas, and its classes in Synergy, as frozen values.

What lives here: the two outer truths in our own words. What must never be here: wire shapes, decisions. Ids
are text, whatever the vendor calls them; instants carry a zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Status = Literal["none", "late", "missing", "excused"]


@dataclass(frozen=True, slots=True)
class Course:
    """A Canvas course."""

    id: str
    name: str
    published: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a Canvas course. `sis_id` names the Synergy class; a section made by hand has none."""

    id: str
    name: str
    sis_id: str | None


@dataclass(frozen=True, slots=True)
class CourseListing:
    """A course that the token can see, to choose from."""

    id: str
    name: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody whom Canvas can grade.

    A student may sit in several sections; the Test Student has no SIS id.
    """

    id: str
    name: str
    sis_id: str | None
    section_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dates:
    """When an assignment opens and is due."""

    unlock_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A Canvas assignment.

    Attributes:
        flagged: Whether "Sync to Synergy" is checked.
        section_ids: The sections that it is assigned to; None means all.
        for_single_students: Whether it is assigned to some students by name, and not to everybody.
        section_dates: Dates of its own for a section.
    """

    id: str
    name: str
    points: float | None
    group_name: str
    grading_type: str
    flagged: bool
    published: bool
    created_at: datetime
    dates: Dates
    section_ids: frozenset[str] | None = None
    section_dates: Mapping[str, Dates] = field(default_factory=dict)
    for_single_students: bool = False

    def is_for(self, section_id: str) -> bool:
        """Whether the section has this assignment."""
        return self.section_ids is None or section_id in self.section_ids

    def dates_in(self, section_id: str) -> Dates:
        """The section's own dates where it has any, else everybody's."""
        return self.section_dates.get(section_id, self.dates)


@dataclass(frozen=True, slots=True)
class Grade:
    """What Canvas holds in one cell of the gradebook. An excused student has no score.

    `hidden` is whether the teacher has yet to post it to students.
    """

    score: float | None
    status: Status = "none"
    graded_at: datetime | None = None
    hidden: bool = False

    @property
    def is_blank(self) -> bool:
        """Neither scored nor excused."""
        return self.score is None and self.status != "excused"


NO_GRADE = Grade(None)


@dataclass(frozen=True, slots=True)
class CanvasBook:
    """One course as Canvas has it."""

    course: Course
    sections: tuple[Section, ...]
    students: tuple[Student, ...]
    assignments: tuple[Assignment, ...]
    grades: Mapping[tuple[str, str], Grade]
    """By assignment id and student id."""


@dataclass(frozen=True, slots=True)
class Category:
    """An assignment type of a Synergy class."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ClassStudent:
    """A student of a Synergy class: the sourcedId, and the Perm ID where the server gives it."""

    id: str
    identifier: str | None


@dataclass(frozen=True, slots=True)
class SynergyClass:
    """One class as Synergy has it.

    Attributes:
        known: Whether Synergy has a class of this id at all.
        line_item_ids: The assignments that are there now.
        scored: (line item id, student id) of every result that is there now; None where results were not
            read.
    """

    id: str
    known: bool = True
    categories: tuple[Category, ...] = ()
    line_item_ids: frozenset[str] = frozenset()
    students: tuple[ClassStudent, ...] = ()
    scored: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Both systems at the start of a run. `classes` is keyed by the id of the Canvas section."""

    canvas: CanvasBook
    classes: Mapping[str, SynergyClass]
