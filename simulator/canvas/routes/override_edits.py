"""How a call sees an assignment's overrides, and what it wants of them: what the endpoints share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.canvas import errors
from simulator.canvas.model import Assignment, AssignmentOverride, Course
from simulator.canvas.params import as_integer, as_text, locate
from simulator.canvas.rack import Params, Value
from simulator.canvas.routes.entry import Call
from simulator.canvas.rules.overrides import OverridesPlan, Targets, fault_of, revise_override
from simulator.canvas.rules.standing import (
    CURRENT_STATES,
    TRUE_STUDENT_TYPES,
    students_among,
    students_seen,
)
from simulator.canvas.views.overrides import date_json, override_json


def show_override(call: Call, override: AssignmentOverride) -> dict[str, Any]:
    """One override; of the students of an ad hoc one only those who are still in the course."""
    if override.is_adhoc:
        course_id = call.store.assignments[override.assignment_id].course_id
        override = _without_strangers(override, set(students_seen(call.store.enrollments_of(course_id))))
    return override_json(override, title=title_of(call, override), zone=call.store.zone)


def show_dates(call: Call, assignment: Assignment, student_id: int | None = None) -> list[dict[str, Any]]:
    """The dates that an assignment's overrides give: all of them, or those that name one student."""
    found = call.store.overrides.of(assignment.id)
    return [
        date_json(each, title=title_of(call, each))
        for each in found
        if student_id is None or _names(call, each, student_id)
    ]


def title_of(call: Call, override: AssignmentOverride) -> str:
    """An override of a section is called as the section is now."""
    if override.section_id is None:
        return override.title
    return call.store.sections[override.section_id].name


def _names(call: Call, override: AssignmentOverride, student_id: int) -> bool:
    """Whether an override is of this student, or of a section that they are in."""
    if override.section_id is None:
        return student_id in override.student_ids
    return student_id in students_seen(call.store.enrollments.where(section=override.section_id))


def targets_in(call: Call, course: Course) -> Targets:
    """Finds the present students and the sections of a course, by ids of every kind."""
    store = call.store
    present = set(students_among(store.enrollments_of(course.id), CURRENT_STATES, TRUE_STUDENT_TYPES))

    def student(value: Value) -> int | None:
        located = locate(as_text(value) or "")
        user = None if located is None else store.user_at(located)
        return user.id if user is not None and user.id in present else None

    def section(value: Value) -> int | None:
        located = locate(as_text(value) or "")
        found = None if located is None else store.section_at(located)
        return found.id if found is not None and found.course_id == course.id else None

    return Targets(student, section)


def planned_overrides(
    call: Call, course: Course, assignment: Assignment, wanted: Params
) -> OverridesPlan | None:
    """What an edit of an assignment makes of all its overrides: those that it does not name go.

    None where it says nothing of them.

    Raises:
        CanvasError: If one of them cannot be.
    """
    entries = overrides_sent(wanted.get("assignment_overrides"))
    if entries is None:
        return None
    present = call.store.overrides.of(assignment.id)
    by_id = {each.id: each for each in present}
    targets = targets_in(call, course)
    kept: list[AssignmentOverride] = []
    for entry in entries:
        number = as_integer(entry.get("id")) if isinstance(entry, dict) else None
        edit = revise_override(by_id.pop(number or 0, None), assignment.id, entry, targets, call.store.zone)
        if edit.errors:
            raise errors.on_base(", ".join(edit.errors))
        fault = fault_of(edit.override, kept)
        if fault is not None:
            raise errors.unsaved([fault])
        kept.append(edit.override)
    return OverridesPlan(tuple(kept), tuple(by_id.values()))


def overrides_sent(value: Value) -> list[Value] | None:
    """A list of overrides, or a hash of them by number as forms send one; None for anything else."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else None


def _without_strangers(override: AssignmentOverride, present: set[int]) -> AssignmentOverride:
    if present.issuperset(override.student_ids):
        return override
    return replace(override, student_ids=tuple(each for each in override.student_ids if each in present))
