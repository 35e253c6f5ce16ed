"""Grading many rows with one call, which answers before it has graded any.

Source: Canvas source, submissions API. What bites: one unpublished assignment refuses the whole call, while a
student who is not there only fails the job, and everybody else is graded.
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors, working
from simulator.canvas.model import Assignment, Course, GradeWish, Section
from simulator.canvas.params import as_flag, as_hash, as_text, locate
from simulator.canvas.rack import Params, Value
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, denied, is_closed_to, section_named
from simulator.canvas.rules.post_policy import awaits_moderator
from simulator.canvas.views.progress import progress_json

router = APIRouter()

TAG = "submissions_update"
NO_DATA = "'grade_data' parameter required"


@router.post("/courses/{course_id}/submissions/update_grades")
async def update_course_grades(course_id: str, call: Opened) -> Response:
    """Grade rows of many assignments of a course."""
    return _queued(call, course_named(call, course_id), None, None)


@router.post("/sections/{section_id}/submissions/update_grades")
async def update_section_grades(section_id: str, call: Opened) -> Response:
    """The same for the students of a section."""
    return _queued(call, *section_named(call, section_id), None)


@router.post("/courses/{course_id}/assignments/{assignment_id}/submissions/update_grades")
async def update_assignment_grades(course_id: str, assignment_id: str, call: Opened) -> Response:
    """Grade rows of one assignment."""
    return _queued(call, course_named(call, course_id), None, assignment_id)


@router.post("/sections/{section_id}/assignments/{assignment_id}/submissions/update_grades")
async def update_section_assignment_grades(section_id: str, assignment_id: str, call: Opened) -> Response:
    """The same for the students of a section."""
    return _queued(call, *section_named(call, section_id), assignment_id)


def _queued(call: Call, course: Course, section: Section | None, assignment_id: str | None) -> Response:
    wanted = as_hash(call.params.get("grade_data"))
    if not wanted:
        raise errors.plain(NO_DATA)
    by_assignment: Params = wanted if assignment_id is None else {assignment_id: wanted}
    assignments = _assignments(call, course, list(by_assignment))
    if any(_is_refused(call, each) for each in assignments.values()):
        raise denied(call)
    progress = call.store.jobs.add(
        TAG,
        course_id=course.id,
        section_id=None if section is None else section.id,
        actor_id=call.actor.user_id,
        now=call.now,
        grading=tuple(
            _wish(assignments[text], user, as_hash(told))
            for text, users in by_assignment.items()
            for user, told in _users(users)
        ),
    )
    working.start(call.store, progress)
    return call.answer(progress_json(progress, base=call.base))


def _assignments(call: Call, course: Course, texts: list[str]) -> dict[str, Assignment]:
    """The assignments that are named, each under what it is called."""
    found: dict[str, Assignment] = {}
    for text in texts:
        located = locate(text)
        assignment = None if located is None else call.store.assignment_at(located)
        if assignment is not None and assignment.course_id == course.id and not assignment.is_deleted:
            found[text] = assignment
    unknown = [text for text in texts if text not in found]
    if unknown:
        raise errors.plain(f"Some assignments could not be found: ( {', '.join(unknown)} )")
    return found


def _is_refused(call: Call, assignment: Assignment) -> bool:
    is_closed = call.store.profile.canvas_bulk_closed_period == "refuse" and is_closed_to(call, assignment)
    return not assignment.is_published or awaits_moderator(assignment) or is_closed


def _users(value: Value) -> Iterator[tuple[str, Value]]:
    yield from as_hash(value).items()


def _wish(assignment: Assignment, user: str, told: Params) -> GradeWish:
    return GradeWish(
        assignment.id,
        user,
        is_about_grade="posted_grade" in told or "excuse" in told,
        posted_grade=as_text(told.get("posted_grade")),
        excuse=as_flag(told.get("excuse")),
        comment=as_text(told.get("text_comment")) or None,
    )
