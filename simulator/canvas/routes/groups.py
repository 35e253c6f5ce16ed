"""Assignment groups: the kinds of work in a course. Their parameters stand alone, without a wrapper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Assignment, AssignmentGroup
from simulator.canvas.params import (
    as_hash,
    as_integer,
    as_leading_integer,
    as_number,
    as_text,
    as_words,
    is_given,
)
from simulator.canvas.rack import Value
from simulator.canvas.routes.assigned import with_own_dates
from simulator.canvas.routes.assignments import show_whole
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    course_named,
    course_to_read,
    denied,
    group_of_course,
    is_in_closed_period,
    period_of_courses,
)
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.closed_periods import changes_totals
from simulator.canvas.rules.posting import NAME_LENGTH_MAX
from simulator.canvas.rules.sis_fields import as_integration_data
from simulator.canvas.rules.standing import students_seen
from simulator.canvas.store import DEFAULT_GROUP_NAME
from simulator.canvas.views.courses import group_json

router = APIRouter()


@router.get("/courses/{course_id}/assignment_groups")
async def list_groups(course_id: str, call: Opened) -> Response:
    """The groups of a course, in order; a course always has one."""
    course, student_id = course_to_read(call, course_id)
    call.store.first_group(course.id)
    return call.numbered(call.store.groups_of(course.id), lambda group: _show(call, group, student_id))


@router.post("/courses/{course_id}/assignment_groups")
async def create_group(course_id: str, call: Opened) -> Response:
    """Make a group, the last one unless a position is given."""
    course = course_named(call, course_id)
    wanted = _edited(call, AssignmentGroup(0, course.id, DEFAULT_GROUP_NAME, 0))
    return call.answer(_show(call, call.store.add_made_group(wanted)))


@router.get("/courses/{course_id}/assignment_groups/{group_id}")
async def get_group(course_id: str, group_id: str, call: Opened) -> Response:
    """One group."""
    course, student_id = course_to_read(call, course_id)
    return call.answer(_show(call, group_of_course(call, course, group_id), student_id))


@router.put("/courses/{course_id}/assignment_groups/{group_id}")
async def update_group(course_id: str, group_id: str, call: Opened) -> Response:
    """Rename, weigh or move a group, or say what is dropped. Its assignments are not touched."""
    group = group_of_course(call, course_named(call, course_id), group_id)
    edited = _edited(call, group)
    if changes_totals(group, edited) and _protects(call, group):
        raise denied(call)
    return call.answer(_show(call, call.store.put_group(edited)))


@router.delete("/courses/{course_id}/assignment_groups/{group_id}")
async def delete_group(course_id: str, group_id: str, call: Opened) -> Response:
    """Delete a group, with its assignments unless they are to move to another."""
    course = course_named(call, course_id)
    group = group_of_course(call, course, group_id)
    wanted = as_text(call.params.get("move_assignments_to"))
    heir = group_of_course(call, course, wanted) if wanted else None
    if heir is not None and heir.id == group.id:
        raise errors.not_found()
    if _protects(call, group):
        raise denied(call)
    return call.answer(group_json(call.store.remove_group(group, heir)))


def _edited(call: Call, group: AssignmentGroup) -> AssignmentGroup:
    weight = group.group_weight
    if "group_weight" in call.params:
        weight = as_number(call.params["group_weight"]) or 0.0
    position = as_integer(call.params.get("position")) or group.position
    changed = replace(group, name=_name(call) or group.name, group_weight=weight, position=position)
    changed = _with_sis_fields(call, changed)
    return _with_rules(changed, call.params["rules"]) if is_given(call.params.get("rules")) else changed


def _with_sis_fields(call: Call, group: AssignmentGroup) -> AssignmentGroup:
    if "sis_source_id" in call.params:
        group = replace(group, sis_source_id=as_text(call.params["sis_source_id"]) or None)
    if "integration_data" in call.params:
        told = call.params["integration_data"]
        if told in (None, ""):
            told = {}
        text = as_integration_data(told) if isinstance(told, dict) else None
        if text is None:
            raise errors.json_text("Invalid integration data")
        group = replace(group, integration_data=text)
    return group


def _protects(call: Call, group: AssignmentGroup) -> bool:
    """Whether a closed grading period keeps the caller from changing what the group counts for."""
    return not call.actor.is_admin and any(
        is_in_closed_period(call, each) for each in _assignments_in(call, group)
    )


def _assignments_in(call: Call, group: AssignmentGroup) -> list[Assignment]:
    return [each for each in call.store.assignments_of(group.course_id) if each.group_id == group.id]


def _with_rules(group: AssignmentGroup, wanted: Value) -> AssignmentGroup:
    """The group under other rules. They are kept as one text, so a rule that is not sent again is gone."""
    rules = as_hash(wanted)
    lowest, highest = (
        as_leading_integer(rules[name]) if is_given(rules.get(name)) else None
        for name in ("drop_lowest", "drop_highest")
    )
    never = tuple(as_leading_integer(text) for text in as_words(rules.get("never_drop")))
    return replace(group, drop_lowest=lowest, drop_highest=highest, never_drop=never)


def _name(call: Call) -> str | None:
    name = as_text(call.params.get("name"))
    if name is not None and len(name) > NAME_LENGTH_MAX:
        raise errors.unsaved(
            [Fault("name", "name", f"is too long (maximum is {NAME_LENGTH_MAX} characters)", "too_long")]
        )
    return name


def _show(call: Call, group: AssignmentGroup, student_id: int | None = None) -> dict[str, Any]:
    """A group; with its assignments where the call wants them, and for a student those that are theirs."""
    body = group_json(group)
    if "assignments" in call.includes:
        assignments = _of_wanted_period(call, _assignments_in(call, group))
        if student_id is not None:
            assignments = list(with_own_dates(call, assignments, student_id))
        body["assignments"] = [show_whole(call, each, student_id) for each in assignments]
        body["any_assignment_in_closed_grading_period"] = any(
            is_in_closed_period(call, each) for each in assignments
        )
    return body


def _of_wanted_period(call: Call, assignments: list[Assignment]) -> list[Assignment]:
    """Those that are due for somebody in the grading period that the call names, if it names one."""
    text = as_text(call.params.get("grading_period_id"))
    if not text or not assignments:
        return assignments
    course = call.store.courses[assignments[0].course_id]
    period = period_of_courses(call, text, course.term_id)
    periods = call.store.grading_periods.of_courses(course.term_id)
    students = students_seen(call.store.enrollments_of(course.id))
    return [
        each
        for each in assignments
        if period.id
        in {period_id_at(date, periods) for date in call.store.assignees(each).dates_among(students)}
    ]
