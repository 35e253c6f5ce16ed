"""Asking for a course's grades to be passed back, and telling how it went.

Source: Instructure's documentation of "SIS Post Grades"; the part of Canvas that does it is not public, so
what it answers is a switch. What bites: Canvas only asks. Whoever listens, the sync engine, passes the
grades back and tells the status, which courses and sections then show as `passback_status`.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Course, Section
from simulator.canvas.params import as_integer, as_text, read_moment
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, section_named

router = APIRouter()

STATUS_LENGTH_MAX = 255


@router.post("/courses/{course_id}/post_grades")
async def post_course_grades(course_id: str, call: Opened) -> Response:
    """Ask for the grades of these assignments of a course."""
    return _asked(call, course_named(call, course_id), None)


@router.post("/sections/{section_id}/post_grades")
async def post_section_grades(section_id: str, call: Opened) -> Response:
    """Ask for the grades of these assignments in one section."""
    return _asked(call, *section_named(call, section_id))


@router.post("/courses/{course_id}/update_post_grades_status")
async def update_course_status(course_id: str, call: Opened) -> Response:
    """Tell how passing back the grades of a course went."""
    return _told(call, course_named(call, course_id), None)


@router.post("/sections/{section_id}/update_post_grades_status")
async def update_section_status(section_id: str, call: Opened) -> Response:
    """Tell how passing back the grades of a section went."""
    return _told(call, *section_named(call, section_id))


def _asked(call: Call, course: Course, section: Section | None) -> Response:
    wanted = call.words("assignments")
    if not wanted:
        raise errors.missing("assignments")
    there = {each.id for each in call.store.assignments_of(course.id)}
    unknown = [text for text in wanted if as_integer(text) not in there]
    if unknown:
        raise errors.plain(f"Some assignments could not be found: ( {', '.join(unknown)} )")
    status = call.store.profile.canvas_post_grades_status
    return _kept(call, course, section, status, message=None)


def _told(call: Call, course: Course, section: Section | None) -> Response:
    status = as_text(call.params.get("status"))
    if not status:
        raise errors.missing("status")
    return _kept(
        call, course, section, status[:STATUS_LENGTH_MAX], message=as_text(call.params.get("message"))
    )


def _kept(
    call: Call, course: Course, section: Section | None, status: str, *, message: str | None
) -> Response:
    told = as_text(call.params.get("timestamp"))
    try:
        at = read_moment(told, call.store.zone) if told else call.store.now
    except ValueError as error:
        raise errors.bad_datetime("timestamp") from error
    kept = call.store.add_passback_status(
        course.id, None if section is None else section.id, status=status, message=message, at=at
    )
    body: dict[str, Any] = {"status": kept.status}
    return call.answer(body if message is None else {**body, "message": message})
