"""Courses, to change: making one, its fields, its settings, and its end."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import enrolling, errors
from simulator.canvas.model import Course
from simulator.canvas.params import as_flag, as_hash, as_text
from simulator.canvas.rack import Params
from simulator.canvas.routes.courses import show_course
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, own_account, taken_ids, term_named
from simulator.canvas.rules.courses import EVENTS, revise_course, with_settings
from simulator.canvas.views.courses import course_settings_json

router = APIRouter()

_UNNAMED, _NO_CODE = "Unnamed Course", "Unnamed"
_ONLY = 'Only "delete" and "conclude" events are allowed.'


@router.post("/accounts/{account_id}/courses")
async def create_course(account_id: str, call: Opened) -> Response:
    """Make a course, unpublished unless `offer` says otherwise; or get back the one that was deleted."""
    own_account(call, account_id)
    wanted = as_hash(call.params.get("course"))
    name = as_text(wanted.get("name")) or _UNNAMED
    begun = Course(0, name, _code_of(wanted, name), call.now, workflow_state="unpublished")
    course = _revised(call, _deleted_of_this_sis_id(call, wanted) or begun, wanted)
    if as_flag(call.params.get("offer")):
        course = replace(course, workflow_state="available")
    made = call.store.put_course(course) if course.id else call.store.add_made_course(course)
    made = _with_post_policy(call, made, wanted)
    if as_flag(call.params.get("enroll_me")):
        _enroll_me(call, made)
    return call.answer(show_course(call, made))


@router.put("/courses/{course_id}")
async def update_course(course_id: str, call: Opened) -> Response:
    """Change what is sent of a course, or move it through its life."""
    wanted = as_hash(call.params.get("course"))
    course = course_named(call, course_id, deleted_too=as_text(wanted.get("event")) == "undelete")
    revised = _revised(call, course, wanted)
    if as_flag(call.params.get("offer")):
        revised = replace(revised, workflow_state="available")
    kept = _with_post_policy(call, call.store.put_course(revised), wanted)
    return call.answer(show_course(call, kept))


@router.delete("/courses/{course_id}")
async def end_course(course_id: str, call: Opened) -> Response:
    """Delete or conclude a course, as `event` says."""
    course = course_named(call, course_id)
    event = as_text(call.params.get("event")) or ""
    if event not in ("delete", "conclude"):
        raise errors.message(_ONLY)
    call.store.put_course(replace(course, workflow_state=EVENTS[event]))
    return call.answer({event: True})


@router.put("/courses/{course_id}/settings")
async def update_course_settings(course_id: str, call: Opened) -> Response:
    """Switch settings of a course; they come without a wrapper."""
    course = with_settings(course_named(call, course_id), call.params)
    return call.answer(course_settings_json(call.store.put_course(course)))


def _with_post_policy(call: Call, course: Course, wanted: Params) -> Course:
    if "post_manually" not in wanted:
        return course
    return call.store.set_course_policy(course, post_manually=as_flag(wanted["post_manually"]))


def _code_of(wanted: Params, name: str) -> str:
    """A course without a code gets one of the first letters of its name."""
    return as_text(wanted.get("course_code")) or "".join(word[0] for word in name.split()) or _NO_CODE


def _deleted_of_this_sis_id(call: Call, wanted: Params) -> Course | None:
    """The deleted course that `enable_sis_reactivation` asks for, unpublished again."""
    sis_id = as_text(wanted.get("sis_course_id"))
    if not sis_id or not as_flag(call.params.get("enable_sis_reactivation")):
        return None
    found = [each for each in call.store.courses.where(sis=sis_id) if each.workflow_state == "deleted"]
    return replace(found[0], workflow_state="unpublished") if found else None


def _revised(call: Call, course: Course, wanted: Params) -> Course:
    """The course as the call wants it.

    Raises:
        CanvasError: If it does not validate, or if the term is not there.
    """
    may_set_sis = call.actor.is_admin
    revision = revise_course(course, wanted, zone=call.store.zone, may_set_sis=may_set_sis)
    term = as_text(wanted.get("term_id")) or as_text(wanted.get("enrollment_term_id"))
    revised = revision.course
    if term and may_set_sis:
        revised = replace(revised, term_id=term_named(call, term).id)
    faults = (
        *revision.faults,
        *taken_ids(
            call.store.courses, revised.id, sis=revised.sis_course_id, integration=revised.integration_id
        ),
    )
    if faults:
        raise errors.unsaved(faults)
    return revised


def _enroll_me(call: Call, course: Course) -> None:
    store = call.store
    section = next(iter(store.sections_of(course.id)), None) or store.add_section(
        course.id, name=course.name, sis_section_id=None
    )
    enrolling.enroll(store, call.actor.user_id, section, kind="TeacherEnrollment", state="active")
