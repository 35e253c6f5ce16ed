"""Canvas's JSON, as far as the engine reads it, turned into our own values.

What lives here: pydantic models of the answers and the mapping. What must never be here: requests. What
bites: ids are integers (strings with some headers), a never-graded cell is a row like any other, and unknown
fields come with every release, so they are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, FiniteFloat, TypeAdapter

from sync_engine.domain.snapshot import (
    Assignment,
    Course,
    Dates,
    Grade,
    Section,
    Status,
    Student,
)

Id = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class WireCourse(_Wire):
    """A course."""

    id: Id
    name: str | None = None
    workflow_state: str = "available"

    def course(self) -> Course:
        """In our own words."""
        return Course(self.id, self.name or f"Course {self.id}", self.workflow_state != "unpublished")


class WireSection(_Wire):
    """A section."""

    id: Id
    name: str | None = None
    sis_section_id: str | None = None

    def section(self) -> Section:
        """In our own words."""
        return Section(self.id, self.name or f"Section {self.id}", self.sis_section_id or None)


class WireUser(_Wire):
    """A user inside an enrollment."""

    name: str | None = None
    sis_user_id: str | None = None


class WireEnrollment(_Wire):
    """One person in one section."""

    id: Id | None = None
    user_id: Id
    course_section_id: Id
    sis_user_id: str | None = None
    user: WireUser = WireUser()


class WireGroup(_Wire):
    """An assignment group."""

    id: Id
    name: str


class WireOverride(_Wire):
    """Dates of its own for a section, for single students, or for everybody."""

    course_section_id: Id | None = None
    course_id: Id | None = None
    student_ids: list[Id] | None = None
    unassign_item: bool = False
    due_at: AwareDatetime | None = None
    unlock_at: AwareDatetime | None = None


class WireAssignment(_Wire):
    """An assignment."""

    id: Id
    name: str
    points_possible: FiniteFloat | None = None
    assignment_group_id: Id
    grading_type: str = "points"
    post_to_sis: bool | None = False
    published: bool = True
    created_at: AwareDatetime
    due_at: AwareDatetime | None = None
    unlock_at: AwareDatetime | None = None
    only_visible_to_overrides: bool = False
    overrides: list[WireOverride] = []


class WireSubmission(_Wire):
    """One cell of the gradebook."""

    assignment_id: Id
    user_id: Id
    score: FiniteFloat | None = None
    excused: bool | None = None
    late: bool | None = None
    missing: bool | None = None
    graded_at: AwareDatetime | None = None
    posted_at: AwareDatetime | None = None

    def grade(self) -> Grade:
        """In our own words. Hidden scores are read too: Canvas shows them to whoever grades."""
        score = None if self.excused else self.score
        return Grade(score, self._status(), self.graded_at, self._is_hidden())

    def _is_hidden(self) -> bool:
        """A score counts as posted once, for good; a server that says nothing of it hides nothing."""
        is_told = "posted_at" in self.model_fields_set
        return is_told and self.posted_at is None and self.score is not None and not self.excused

    def _status(self) -> Status:
        if self.excused:
            return "excused"
        if self.missing:
            return "missing"
        return "late" if self.late else "none"


COURSE: TypeAdapter[WireCourse] = TypeAdapter(WireCourse)
COURSES: TypeAdapter[list[WireCourse]] = TypeAdapter(list[WireCourse])
SECTIONS: TypeAdapter[list[WireSection]] = TypeAdapter(list[WireSection])
ENROLLMENTS: TypeAdapter[list[WireEnrollment]] = TypeAdapter(list[WireEnrollment])
GROUPS: TypeAdapter[list[WireGroup]] = TypeAdapter(list[WireGroup])
ASSIGNMENTS: TypeAdapter[list[WireAssignment]] = TypeAdapter(list[WireAssignment])
SUBMISSIONS: TypeAdapter[list[WireSubmission]] = TypeAdapter(list[WireSubmission])


def students_of(enrollments: list[WireEnrollment]) -> tuple[Student, ...]:
    """One student for each person, whatever the number of sections, by name."""
    first: dict[str, WireEnrollment] = {}
    sections: dict[str, set[str]] = {}
    for each in enrollments:
        first.setdefault(each.user_id, each)
        sections.setdefault(each.user_id, set()).add(each.course_section_id)
    students = (
        Student(
            user_id,
            each.user.name or f"Student {user_id}",
            each.user.sis_user_id or each.sis_user_id or None,
            frozenset(sections[user_id]),
        )
        for user_id, each in first.items()
    )
    return tuple(sorted(students, key=lambda student: (student.name, student.id)))


def assignment_of(
    wire: WireAssignment, groups: Mapping[str, str], sections_of_student: Mapping[str, frozenset[str]]
) -> Assignment:
    """In our own words: the group by its name, and the sections that it is for."""
    own_dates = {
        override.course_section_id: Dates(
            override.unlock_at or wire.unlock_at, override.due_at or wire.due_at
        )
        for override in wire.overrides
        if override.course_section_id is not None and not override.unassign_item
    }
    return Assignment(
        id=wire.id,
        name=wire.name,
        points=wire.points_possible,
        group_name=groups.get(wire.assignment_group_id, ""),
        grading_type=wire.grading_type,
        flagged=bool(wire.post_to_sis),
        published=wire.published,
        created_at=wire.created_at,
        dates=Dates(wire.unlock_at, wire.due_at),
        section_ids=_assigned_to(wire, sections_of_student),
        section_dates=own_dates,
        for_single_students=_is_for_single_students(wire),
    )


def _is_for_single_students(wire: WireAssignment) -> bool:
    """A student's own date beside everybody's leaves it everybody's."""
    named = any(each.student_ids and not each.unassign_item for each in wire.overrides)
    return wire.only_visible_to_overrides and named


def _assigned_to(
    wire: WireAssignment, sections_of_student: Mapping[str, frozenset[str]]
) -> frozenset[str] | None:
    """None for everybody. Work for single students belongs to the sections that they sit in."""
    if not wire.only_visible_to_overrides or any(each.course_id is not None for each in wire.overrides):
        return None
    assigned: set[str] = set()
    for override in wire.overrides:
        if override.unassign_item:
            continue
        if override.course_section_id is not None:
            assigned.add(override.course_section_id)
        for student_id in override.student_ids or []:
            assigned |= sections_of_student.get(student_id, frozenset())
    return frozenset(assigned)
