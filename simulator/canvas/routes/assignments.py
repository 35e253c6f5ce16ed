"""Assignments: listing, making, editing, deleting softly."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import editing, errors
from simulator.canvas.model import Assignment
from simulator.canvas.paging import PER_PAGE_MAX, per_page_of
from simulator.canvas.params import as_flag, as_text
from simulator.canvas.routes.assignment_edits import edit_wanted
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    assignment_of_course,
    course_named,
    denied,
    group_of_course,
    is_in_closed_period,
)
from simulator.canvas.routes.override_edits import show_dates, show_override
from simulator.canvas.rules.assignment_lists import BUCKETS, NO_BUCKET, in_bucket, in_order
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.duplicating import can_be_duplicated, duplicate_of
from simulator.canvas.rules.post_policy import is_manual, is_muted
from simulator.canvas.rules.posting import marks_new_ones, name_length_max, needs_due_date
from simulator.canvas.rules.standing import CURRENT_STATES, students_among, students_seen
from simulator.canvas.views.assignments import WorkOn, assignment_json
from simulator.canvas.views.overrides import all_dates_json

router = APIRouter()

DEFAULT_NAME = "Assignment"
"""What Canvas calls an assignment that nobody named."""
NOT_DUPLICABLE = "This type of assignment cannot be duplicated"
"""The text is ours: what Canvas says of the kinds that there are here is not known."""


@router.get("/courses/{course_id}/assignments")
async def list_assignments(course_id: str, call: Opened) -> Response:
    """The assignments of a course, group by group."""
    course = course_named(call, course_id)
    return _listed(call, call.store.assignments_of(course.id))


@router.get("/courses/{course_id}/assignment_groups/{group_id}/assignments")
async def list_group_assignments(course_id: str, group_id: str, call: Opened) -> Response:
    """The assignments of one group."""
    course = course_named(call, course_id)
    group = group_of_course(call, course, group_id)
    return _listed(
        call, tuple(each for each in call.store.assignments_of(course.id) if each.group_id == group.id)
    )


@router.post("/courses/{course_id}/assignments")
async def create_assignment(course_id: str, call: Opened) -> Response:
    """Make an assignment: unpublished, worth nothing, in the first group, unless told otherwise."""
    course = course_named(call, course_id)
    now = call.store.now
    blank = Assignment(
        id=0,
        course_id=course.id,
        group_id=call.store.first_group(course.id).id,
        name=DEFAULT_NAME,
        position=0,
        created_at=now,
        updated_at=now,
        post_to_sis=marks_new_ones(call.store.account),
    )
    edit = edit_wanted(call, course, blank)
    created = editing.add_assignment(call.store, edit.revision, edit.plan)
    return call.answer(show_assignment(call, created), 201)


@router.get("/courses/{course_id}/assignments/{assignment_id}")
async def get_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """One assignment."""
    course = course_named(call, course_id)
    return call.answer(show_assignment(call, assignment_of_course(call, course, assignment_id)))


@router.put("/courses/{course_id}/assignments/{assignment_id}")
async def update_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Edit an assignment; other points or another grading type write its grades anew."""
    course = course_named(call, course_id)
    before = assignment_of_course(call, course, assignment_id)
    edit = edit_wanted(call, course, before)
    after = editing.put_assignment(
        call.store, before, edit.revision, editor_id=call.actor.user_id, plan=edit.plan
    )
    return call.answer(show_assignment(call, after))


@router.delete("/courses/{course_id}/assignments/{assignment_id}")
async def delete_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Delete an assignment softly: its grades stay, and nobody reaches them."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    if not call.actor.is_admin and is_in_closed_period(call, assignment):
        raise denied(call)
    return call.answer(show_assignment(call, call.store.remove_assignment(assignment)))


@router.post("/courses/{course_id}/assignments/{assignment_id}/duplicate")
async def duplicate_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Make a copy of an assignment, unpublished and not marked to sync, right behind it."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    if not can_be_duplicated(assignment):
        raise errors.plain(NOT_DUPLICABLE)
    names = {each.name for each in call.store.assignments_of(course.id)}
    return call.answer(
        show_assignment(call, call.store.insert_assignment(duplicate_of(assignment, names, call.store.now)))
    )


def show_assignment(call: Call, assignment: Assignment) -> dict[str, Any]:
    """An assignment as this call sees it."""
    store, account = call.store, call.store.account
    body = assignment_json(
        assignment,
        base=call.base,
        work=_work_on(call, assignment),
        is_manual=is_manual(assignment, store.courses[assignment.course_id]),
        is_muted=is_muted(store.present_rows(assignment)),
        in_closed_period=is_in_closed_period(call, assignment),
        has_overrides=store.overrides.are_on(assignment.id),
        duplicate_of=store.assignments.get(assignment.duplicate_of_id or 0),
        due_date_required=needs_due_date(assignment, account),
        name_length_max=name_length_max(account),
    )
    if "overrides" in call.includes:
        body["overrides"] = [show_override(call, each) for each in store.overrides.of(assignment.id)]
    if "all_dates" in call.includes:
        body["all_dates"] = all_dates_json(assignment, show_dates(call, assignment))
    if "assignment_visibility" in call.includes:
        students = students_seen(store.enrollments_of(assignment.course_id))
        body["assignment_visibility"] = [str(each) for each in store.assignees(assignment).among(students)]
    return body


def _work_on(call: Call, assignment: Assignment) -> WorkOn:
    """What was handed in and graded so far; who is not there any more leaves nothing to grade."""
    rows = call.store.touched_rows(assignment.id)
    waiting = {row.user_id for row in rows if row.needs_grading}
    if waiting:
        present = students_among(call.store.enrollments_of(assignment.course_id), CURRENT_STATES)
        waiting &= set(call.store.assignees(assignment).among(present))
    return WorkOn(
        is_graded=any(row.has_grade for row in rows),
        is_handed_in=any(row.work is not None for row in rows),
        needs_grading_count=len(waiting),
    )


def _listed(call: Call, assignments: tuple[Assignment, ...]) -> Response:
    term = (as_text(call.params.get("search_term")) or "").casefold()
    found = [each for each in assignments if term in each.name.casefold()]
    if "post_to_sis" in call.params:
        marked = as_flag(call.params["post_to_sis"])
        found = [each for each in found if each.post_to_sis == marked]
    bucket = as_text(call.params.get("bucket"))
    if bucket:
        if bucket not in BUCKETS:
            raise errors.unsaved([Fault("bucket", "bucket", NO_BUCKET)])
        waiting = {each.id for each in found if _work_on(call, each).needs_grading_count}
        found = in_bucket(found, bucket, call.now, waiting)
    found = in_order(found, as_text(call.params.get("order_by")))
    ids = call.words("assignment_ids")
    if ids:
        found = _chosen(call, found, ids)
    beside = {"bucket": bucket} if bucket else {}
    return call.numbered(found, lambda each: {**show_assignment(call, each), **beside})


def _chosen(call: Call, assignments: list[Assignment], ids: tuple[str, ...]) -> list[Assignment]:
    """The ones asked for. Canvas looks for them on one page, so what does not fit on it is "invalid" too."""
    if len(ids) > PER_PAGE_MAX:
        raise errors.message(f"Request contains too many assignment_ids.  Limit {PER_PAGE_MAX}")
    found = [each for each in assignments if str(each.id) in ids]
    on_page = {str(each.id) for each in found[: per_page_of(as_text(call.params.get("per_page")))]}
    invalid = [each for each in ids if each not in on_page]
    if invalid:
        raise errors.message(f"Invalid assignment_ids: {', '.join(invalid)}")
    return found
