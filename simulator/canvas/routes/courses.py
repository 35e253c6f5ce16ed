"""Courses: the caller's own, one, all of the account; renaming, weights and the life of a course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import TERM_ID, Course, Enrollment
from simulator.canvas.params import as_flag, as_hash, as_text
from simulator.canvas.rack import Value
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, own_account
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.posting import NAME_LENGTH_MAX
from simulator.canvas.rules.standing import CURRENT_STATES, TRUE_STUDENT_TYPES, students_among
from simulator.canvas.views.accounts import passback_status_json
from simulator.canvas.views.courses import course_json, section_json
from simulator.canvas.views.people import own_enrollment_json, role_of

router = APIRouter()

_EVENTS = {
    "claim": "unpublished",
    "offer": "available",
    "conclude": "completed",
    "delete": "deleted",
    "undelete": "unpublished",
}
"""What each event makes of a course's state."""


@router.get("/courses")
async def list_courses(call: Opened) -> Response:
    """The courses in which the caller has a place."""
    kinds = {f"{word.title()}Enrollment" for word in call.words("enrollment_type")}
    mine = {
        each.course_id
        for each in call.store.enrollments.where(user=call.actor.user_id)
        if each.workflow_state in CURRENT_STATES and (not kinds or role_of(each.type) in kinds)
    }
    return _listed(call, map(call.store.courses.__getitem__, sorted(mine)))


@router.get("/accounts/{account_id}/courses")
async def list_account_courses(account_id: str, call: Opened) -> Response:
    """Every course of the account."""
    own_account(call, account_id)
    term = (as_text(call.params.get("search_term")) or "").casefold()
    found = (
        course
        for course in call.store.courses.values()
        if term in course.name.casefold() or term in course.course_code.casefold()
    )
    return _listed(call, found)


@router.get("/courses/{course_id}")
async def get_course(course_id: str, call: Opened) -> Response:
    """One course."""
    return call.answer(_show(call, course_named(call, course_id)))


@router.put("/courses/{course_id}")
async def update_course(course_id: str, call: Opened) -> Response:
    """Rename a course, switch its weights on or off, hide its grades, or move it through its life."""
    course = course_named(call, course_id)
    wanted = as_hash(call.params.get("course"))
    name, code = _name(wanted.get("name")), _name(wanted.get("course_code"))
    if "apply_assignment_group_weights" in wanted:
        course = replace(
            course, apply_assignment_group_weights=as_flag(wanted["apply_assignment_group_weights"])
        )
    if "post_manually" in wanted:
        course = call.store.set_course_policy(course, post_manually=as_flag(wanted["post_manually"]))
    course = replace(
        course,
        name=name or course.name,
        course_code=code or course.course_code,
        workflow_state=_EVENTS.get(as_text(wanted.get("event")) or "", course.workflow_state),
    )
    return call.answer(_show(call, call.store.put_course(course)))


def _listed(call: Call, courses: Iterable[Course]) -> Response:
    states = call.words("state")
    wanted = states or ("unpublished", "available", "completed")
    found = [course for course in courses if course.workflow_state in wanted]
    return call.numbered(sorted(found, key=lambda each: each.id), lambda course: _show(call, course))


def _show(call: Call, course: Course) -> dict[str, Any]:
    enrollments = call.store.enrollments_of(course.id)
    mine = [own_enrollment_json(each) for each in enrollments if _is_mine(call, each)]
    body = course_json(course, base=call.base, time_zone=call.store.profile.time_zone, enrollments=mine)
    if "post_manually" in call.includes:
        body["post_manually"] = course.post_manually
    if "total_students" in call.includes:
        body["total_students"] = len(students_among(enrollments, CURRENT_STATES, TRUE_STUDENT_TYPES))
    if "sections" in call.includes:
        body["sections"] = [section_json(each, course) for each in call.store.sections_of(course.id)]
    if "passback_status" in call.includes:
        body["passback_status"] = passback_status_json(call.store.passback_status_of(course.id))
    if "term" in call.includes:
        body["term"] = {"id": TERM_ID, "name": "Default Term", "start_at": None, "end_at": None}
    return body


def _is_mine(call: Call, enrollment: Enrollment) -> bool:
    return enrollment.user_id == call.actor.user_id and enrollment.workflow_state in CURRENT_STATES


def _name(value: Value) -> str | None:
    text = as_text(value)
    if text is not None and len(text) > NAME_LENGTH_MAX:
        raise errors.unsaved(
            [Fault("name", "name", f"is too long (maximum is {NAME_LENGTH_MAX} characters)", "too_long")]
        )
    return text
