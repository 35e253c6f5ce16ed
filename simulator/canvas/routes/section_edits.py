"""Sections, to change: making one by hand, its fields, cross-listing and its undoing, and deleting."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import cross_listing, errors
from simulator.canvas.model import Course, Section
from simulator.canvas.params import Locator, as_flag, as_hash, as_text
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    course_named,
    may_change,
    section_named,
    section_of_course,
    taken_ids,
)
from simulator.canvas.routes.sections import show_section
from simulator.canvas.rules.sections import SIS_FIELDS, may_be_deleted, revise_section

router = APIRouter()

_HAS_ENROLLMENTS = "You can't delete a section that has enrollments"
_NOT_CROSS_LISTED = "section is not cross-listed"
_NEEDS_SIS_RIGHT = "You must have manage_sis permission to update sis attributes"


@router.post("/courses/{course_id}/sections")
async def create_section(course_id: str, call: Opened) -> Response:
    """Make a section by hand, or get back the one that was deleted; only administrators give SIS ids."""
    course = course_named(call, course_id)
    wanted = as_hash(call.params.get("course_section"))
    begun = Section(0, course.id, as_text(wanted.get("name")) or course.name, call.now)
    section = _revised(call, _deleted_of_this_sis_id(call, course, wanted) or begun, wanted)
    store = call.store
    made = store.sections.put(section) if section.id else store.add_made_section(section)
    return call.answer(show_section(call, made, course))


@router.put("/courses/{course_id}/sections/{section_id}")
async def update_course_section(course_id: str, section_id: str, call: Opened) -> Response:
    """Change what is sent of a section of a course."""
    course = course_named(call, course_id)
    return _updated(call, course, section_of_course(call, course, section_id))


@router.put("/sections/{section_id}")
async def update_section(section_id: str, call: Opened) -> Response:
    """Change what is sent of a section."""
    return _updated(call, *section_named(call, section_id))


@router.delete("/courses/{course_id}/sections/{section_id}")
async def delete_course_section(course_id: str, section_id: str, call: Opened) -> Response:
    """Delete a section of a course, if nobody is in it."""
    course = course_named(call, course_id)
    return _deleted(call, course, section_of_course(call, course, section_id))


@router.delete("/sections/{section_id}")
async def delete_section(section_id: str, call: Opened) -> Response:
    """Delete a section, if nobody is in it."""
    return _deleted(call, *section_named(call, section_id))


@router.post("/sections/{section_id}/crosslist/{new_course_id}")
async def cross_list(section_id: str, new_course_id: str, call: Opened) -> Response:
    """Move a section to another course, in both of which the caller must be at home."""
    course, section = section_named(call, section_id)
    into = course_named(call, new_course_id)
    if _leaves_sticky_fields_alone(call):
        return call.answer(show_section(call, section, course))
    moved = cross_listing.cross_list(call.store, section, into)
    return call.answer(show_section(call, moved, into))


@router.delete("/sections/{section_id}/crosslist")
async def undo_cross_listing(section_id: str, call: Opened) -> Response:
    """Move a section back to the course that it came from; the caller must be at home there too."""
    course, section = section_named(call, section_id)
    if section.nonxlist_course_id is None:
        raise errors.message(_NOT_CROSS_LISTED)
    origin = may_change(call, call.store.courses[section.nonxlist_course_id])
    if _leaves_sticky_fields_alone(call):
        return call.answer(show_section(call, section, course))
    moved = cross_listing.undo_cross_listing(call.store, section, origin)
    return call.answer(show_section(call, moved, call.store.courses[origin.id]))


def _updated(call: Call, course: Course, section: Section) -> Response:
    wanted = as_hash(call.params.get("course_section"))
    if not call.actor.is_admin and any(wanted.get(name) for name in SIS_FIELDS):
        raise errors.message(_NEEDS_SIS_RIGHT, 401)
    return call.answer(show_section(call, call.store.sections.put(_revised(call, section, wanted)), course))


def _deleted(call: Call, course: Course, section: Section) -> Response:
    if not may_be_deleted(call.store.enrollments.where(section=section.id)):
        raise errors.message(_HAS_ENROLLMENTS)
    return call.answer(show_section(call, cross_listing.remove(call.store, section), course))


def _revised(call: Call, section: Section, wanted: Params) -> Section:
    """The section as the call wants it.

    Raises:
        CanvasError: If it does not validate.
    """
    revision = revise_section(section, wanted, zone=call.store.zone, may_set_sis=call.actor.is_admin)
    faults = (
        *revision.faults,
        *taken_ids(
            call.store.sections,
            revision.section.id,
            sis=revision.section.sis_section_id,
            integration=revision.section.integration_id,
        ),
    )
    if faults:
        raise errors.unsaved(faults)
    return revision.section


def _deleted_of_this_sis_id(call: Call, course: Course, wanted: Params) -> Section | None:
    """The deleted section of this course that `enable_sis_reactivation` asks for, there again."""
    sis_id = as_text(wanted.get("sis_section_id"))
    if not sis_id or not call.actor.is_admin or not as_flag(call.params.get("enable_sis_reactivation")):
        return None
    found = call.store.section_at(Locator("sis_section_id", sis_id), deleted_too=True)
    if found is None or not found.is_deleted or found.course_id != course.id:
        return None
    return replace(found, is_deleted=False)


def _leaves_sticky_fields_alone(call: Call) -> bool:
    """Whether the call asks not to touch what somebody may have changed by hand, which a course always is."""
    told = call.params.get("override_sis_stickiness")
    return bool(told) and not as_flag(told)
