"""Sections, to read: those of a course, and one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas.model import Course, Enrollment, Section, User
from simulator.canvas.params import as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, section_named, section_of_course
from simulator.canvas.routes.places import shows_places
from simulator.canvas.rules.standing import CURRENT_STATES, TRUE_STUDENT_TYPES
from simulator.canvas.views.accounts import passback_status_json
from simulator.canvas.views.courses import section_json
from simulator.canvas.views.people import avatar_url, user_json

router = APIRouter()


@router.get("/courses/{course_id}/sections")
async def list_sections(course_id: str, call: Opened) -> Response:
    """The sections of a course, by name."""
    course = course_named(call, course_id)
    term = (as_text(call.params.get("search_term")) or "").casefold()
    found = [each for each in call.store.sections_of(course.id) if term in each.name.casefold()]
    return call.numbered(found, lambda section: show_section(call, section, course))


@router.get("/courses/{course_id}/sections/{section_id}")
async def get_course_section(course_id: str, section_id: str, call: Opened) -> Response:
    """One section of a course."""
    course = course_named(call, course_id)
    return call.answer(show_section(call, section_of_course(call, course, section_id), course))


@router.get("/sections/{section_id}")
async def get_section(section_id: str, call: Opened) -> Response:
    """One section."""
    course, section = section_named(call, section_id)
    return call.answer(show_section(call, section, course))


def show_section(call: Call, section: Section, course: Course) -> dict[str, Any]:
    """A section with what the call wants included."""
    body = section_json(section, course)
    students = _students(call, section, course)
    if "students" in call.includes:
        body["students"] = [
            _show_student(call, call.store.users[user_id], places) for user_id, places in students.items()
        ]
    if "total_students" in call.includes:
        body["total_students"] = len(students)
    if "passback_status" in call.includes:
        body["passback_status"] = passback_status_json(call.store.passback_status_of(course.id, section.id))
    return body


def _students(call: Call, section: Section, course: Course) -> dict[int, list[Enrollment]]:
    """The section's present students in order of their ids, each with their places in it."""
    found: dict[int, list[Enrollment]] = {}
    for each in call.store.enrollments_of(course.id, section.id):
        if each.type in TRUE_STUDENT_TYPES and each.workflow_state in CURRENT_STATES:
            found.setdefault(each.user_id, []).append(each)
    return dict(sorted(found.items()))


def _show_student(call: Call, user: User, places: list[Enrollment]) -> dict[str, Any]:
    body = user_json(user, call.store.zone, has_import_id=call.actor.is_admin)
    if "avatar_url" in call.includes:
        body["avatar_url"] = avatar_url(call.base)
    if "enrollments" in call.includes:
        body["enrollments"] = list(map(shows_places(call, names_user=False), places))
    return body
