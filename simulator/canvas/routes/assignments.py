"""Assignments: listing, making, editing, deleting softly."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import editing, errors
from simulator.canvas.model import Assignment
from simulator.canvas.paging import PER_PAGE_MAX, per_page_of
from simulator.canvas.params import as_flag, as_text
from simulator.canvas.routes.assigned import is_theirs, show_with_dates, with_own_dates, work_on
from simulator.canvas.routes.assignment_edits import edit_wanted
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    assignment_of_course,
    course_named,
    course_to_read,
    denied,
    group_of_course,
    is_in_closed_period,
)
from simulator.canvas.routes.rows import shows_rows
from simulator.canvas.rules.assignment_lists import BUCKETS, NO_BUCKET, in_bucket, in_order
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.duplicating import can_be_duplicated, duplicate_of
from simulator.canvas.rules.posting import marks_new_ones

router = APIRouter()

DEFAULT_NAME = "Assignment"
"""What Canvas calls an assignment that nobody named."""
NOT_DUPLICABLE = "This type of assignment cannot be duplicated"
"""The text is ours: what Canvas says of the kinds that there are here is not known."""


@router.get("/courses/{course_id}/assignments")
async def list_assignments(course_id: str, call: Opened) -> Response:
    """The assignments of a course, group by group; a student's are those that they have to do."""
    course, student_id = course_to_read(call, course_id)
    return _listed(call, call.store.assignments_of(course.id), student_id)


@router.get("/courses/{course_id}/assignment_groups/{group_id}/assignments")
async def list_group_assignments(course_id: str, group_id: str, call: Opened) -> Response:
    """The assignments of one group."""
    course, student_id = course_to_read(call, course_id)
    group = group_of_course(call, course, group_id)
    found = tuple(each for each in call.store.assignments_of(course.id) if each.group_id == group.id)
    return _listed(call, found, student_id)


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
    return call.answer(show_whole(call, created), 201)


@router.get("/courses/{course_id}/assignments/{assignment_id}")
async def get_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """One assignment; of a student's only what is published and theirs."""
    course, student_id = course_to_read(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    if student_id is not None and not is_theirs(call, assignment, student_id):
        raise denied(call)
    return call.answer(show_whole(call, assignment, student_id))


@router.put("/courses/{course_id}/assignments/{assignment_id}")
async def update_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Edit an assignment; other points or another grading type write its grades anew."""
    course = course_named(call, course_id)
    before = assignment_of_course(call, course, assignment_id)
    edit = edit_wanted(call, course, before)
    after = editing.put_assignment(
        call.store, before, edit.revision, editor_id=call.actor.user_id, plan=edit.plan
    )
    return call.answer(show_whole(call, after))


@router.delete("/courses/{course_id}/assignments/{assignment_id}")
async def delete_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Delete an assignment softly: its grades stay, and nobody reaches them."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    if not call.actor.is_admin and is_in_closed_period(call, assignment):
        raise denied(call)
    return call.answer(show_whole(call, call.store.remove_assignment(assignment)))


@router.post("/courses/{course_id}/assignments/{assignment_id}/duplicate")
async def duplicate_assignment(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Make a copy of an assignment, unpublished and not marked to sync, right behind it."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id)
    if not can_be_duplicated(assignment):
        raise errors.plain(NOT_DUPLICABLE)
    names = {each.name for each in call.store.assignments_of(course.id)}
    return call.answer(
        show_whole(call, call.store.insert_assignment(duplicate_of(assignment, names, call.store.now)))
    )


def show_whole(call: Call, assignment: Assignment, student_id: int | None = None) -> dict[str, Any]:
    """An assignment with what the call wants included; `student_id` is the student who asks, if one does."""
    body = show_with_dates(call, assignment, student_id)
    if student_id is not None and "submission" in call.includes:
        row = call.store.submission(assignment.id, student_id)
        body["submission"] = shows_rows(call, is_own=True)(row, assignment)
    return body


def _listed(call: Call, assignments: tuple[Assignment, ...], student_id: int | None) -> Response:
    if student_id is not None:
        assignments = with_own_dates(call, assignments, student_id)
    term = (as_text(call.params.get("search_term")) or "").casefold()
    found = [each for each in assignments if term in each.name.casefold()]
    if "post_to_sis" in call.params:
        marked = as_flag(call.params["post_to_sis"])
        found = [each for each in found if each.post_to_sis == marked]
    bucket = as_text(call.params.get("bucket"))
    if bucket:
        found = _in_bucket(call, found, bucket, student_id)
    found = in_order(found, as_text(call.params.get("order_by")))
    ids = call.words("assignment_ids")
    if ids:
        found = _chosen(call, found, ids)
    beside = {"bucket": bucket} if bucket else {}
    return call.numbered(found, lambda each: {**show_whole(call, each, student_id), **beside})


def _in_bucket(call: Call, found: list[Assignment], bucket: str, student_id: int | None) -> list[Assignment]:
    """Those of a bucket: by everybody's work, or by that of the student who asks."""
    if bucket not in BUCKETS:
        raise errors.unsaved([Fault("bucket", "bucket", NO_BUCKET)])
    if student_id is None:
        waiting = {each.id for each in found if work_on(call, each).needs_grading_count}
        return in_bucket(found, bucket, call.now, waiting)
    rows = [call.store.submission(each.id, student_id) for each in found]
    return in_bucket(
        found,
        bucket,
        call.now,
        waiting={row.assignment_id for row in rows if row.needs_grading},
        done={row.assignment_id for row in rows if row.work is not None},
    )


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
