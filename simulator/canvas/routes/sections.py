"""Sections: those of a course, one, and a new one made by hand."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Course, Section
from simulator.canvas.params import Locator, as_hash, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, section_named, section_of_course
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.posting import NAME_LENGTH_MAX
from simulator.canvas.rules.standing import CURRENT_STATES, TRUE_STUDENT_TYPES, students_among
from simulator.canvas.views.accounts import passback_status_json
from simulator.canvas.views.courses import section_json
from simulator.canvas.views.people import user_json

router = APIRouter()


@router.get("/courses/{course_id}/sections")
async def list_sections(course_id: str, call: Opened) -> Response:
    """The sections of a course, by name."""
    course = course_named(call, course_id)
    return call.numbered(call.store.sections_of(course.id), lambda section: _show(call, section, course))


@router.post("/courses/{course_id}/sections")
async def create_section(course_id: str, call: Opened) -> Response:
    """Make a section by hand. Only an administrator can give it a SIS id."""
    course = course_named(call, course_id)
    wanted = as_hash(call.params.get("course_section"))
    name = as_text(wanted.get("name")) or course.name
    if len(name) > NAME_LENGTH_MAX:
        raise errors.unsaved(
            [Fault("name", "name", f"is too long (maximum is {NAME_LENGTH_MAX} characters)", "too_long")]
        )
    sis_id = (as_text(wanted.get("sis_section_id")) or None) if call.actor.is_admin else None
    if sis_id is not None and call.store.section_at(Locator("sis_section_id", sis_id)) is not None:
        raise errors.unsaved(
            [Fault("sis_source_id", "sis_source_id", f'SIS ID "{sis_id}" is already in use', "taken")]
        )
    section = call.store.add_section(course.id, name=name, sis_section_id=sis_id)
    return call.answer(_show(call, section, course))


@router.get("/courses/{course_id}/sections/{section_id}")
async def get_course_section(course_id: str, section_id: str, call: Opened) -> Response:
    """One section of a course."""
    course = course_named(call, course_id)
    return call.answer(_show(call, section_of_course(call, course, section_id), course))


@router.get("/sections/{section_id}")
async def get_section(section_id: str, call: Opened) -> Response:
    """One section."""
    course, section = section_named(call, section_id)
    return call.answer(_show(call, section, course))


def _show(call: Call, section: Section, course: Course) -> dict[str, Any]:
    body = section_json(section, course)
    students = students_among(
        call.store.enrollments_of(course.id, section.id), CURRENT_STATES, TRUE_STUDENT_TYPES
    )
    if "students" in call.includes:
        body["students"] = [user_json(call.store.users[each], call.store.zone) for each in students]
    if "total_students" in call.includes:
        body["total_students"] = len(students)
    if "passback_status" in call.includes:
        body["passback_status"] = passback_status_json(call.store.passback_status_of(course.id, section.id))
    return body
