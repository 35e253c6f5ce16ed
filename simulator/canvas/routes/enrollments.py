"""Enrollments: who is in a course or section and in which state, and changing that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import enrolling, errors
from simulator.canvas.model import Course, Enrollment, GradingPeriod, Section
from simulator.canvas.params import as_flag, as_hash, as_integer, as_text
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    course_named,
    denied,
    section_named,
    section_of_course,
    term_named,
    user_named,
)
from simulator.canvas.routes.places import shows_places
from simulator.canvas.rules.courses import state_shown
from simulator.canvas.rules.records import moment_in
from simulator.canvas.rules.standing import CURRENT_STATES, ENROLLMENT_TYPES, GRADABLE_STATES
from simulator.canvas.views.people import role_of

router = APIRouter()

_TASKS = {"delete": "deleted", "inactivate": "inactive", "deactivate": "inactive"}
"""What each task makes of an enrollment; any other, and none, concludes it."""

_GOING_ON = frozenset({"active", "invited"})
_SEVERAL_STATES = {
    "current_and_invited": _GOING_ON,
    "current_and_future": CURRENT_STATES,
    "current_future_and_restricted": GRADABLE_STATES,
    "current_and_concluded": frozenset({"active", "completed"}),
}
"""Words that stand for several states."""
_STATES_OF_ONES_OWN = GRADABLE_STATES | {"rejected", "completed", *_SEVERAL_STATES}
"""The states by which one may ask for one's own enrollments."""

NEEDS_USER = "Can't create an enrollment without a user. Include enrollment[user_id] to create an enrollment"


@router.get("/courses/{course_id}/enrollments")
async def list_course_enrollments(course_id: str, call: Opened) -> Response:
    """Who is in a course."""
    return _listed(call, course_named(call, course_id), None)


@router.get("/sections/{section_id}/enrollments")
async def list_section_enrollments(section_id: str, call: Opened) -> Response:
    """Who is in a section."""
    return _listed(call, *section_named(call, section_id))


@router.get("/users/{user_id}/enrollments")
async def list_user_enrollments(user_id: str, call: Opened) -> Response:
    """What a person is in: one's own places, and for an administrator anybody's."""
    user = user_named(call, user_id)
    is_me = user.id == call.actor.user_id
    if not is_me and not call.actor.is_admin:
        raise denied(call)
    unknown = [word for word in call.words("state") if word not in _STATES_OF_ONES_OWN]
    if is_me and unknown:
        raise errors.plain(f"Invalid state {unknown[0]}")
    courses = call.store.courses
    rows = list(call.store.enrollments.where(user=user.id))
    if term := as_text(call.params.get("enrollment_term_id")):
        term_id = term_named(call, term).id
        rows = [each for each in rows if courses[each.course_id].term_id == term_id]
    terms = {courses[each.course_id].term_id for each in rows}
    periods = [period for each in terms for period in call.store.grading_periods.of_courses(each)]
    return _paged(call, rows, _GOING_ON, _period_wanted(call, periods))


@router.post("/courses/{course_id}/enrollments")
async def enroll_in_course(course_id: str, call: Opened) -> Response:
    """Enroll somebody in a course, in its first section unless another is named."""
    course = course_named(call, course_id)
    wanted = as_text(as_hash(call.params.get("enrollment")).get("course_section_id"))
    _check_wanted(call)
    if wanted:
        return _enrolled(call, course, section_of_course(call, course, wanted))
    sections = sorted(call.store.sections_of(course.id), key=lambda each: each.id)
    section = (
        sections[0] if sections else call.store.add_section(course.id, name=course.name, sis_section_id=None)
    )
    return _enrolled(call, course, section)


@router.post("/sections/{section_id}/enrollments")
async def enroll_in_section(section_id: str, call: Opened) -> Response:
    """Enroll somebody in a section."""
    course, section = section_named(call, section_id)
    _check_wanted(call)
    return _enrolled(call, course, section)


@router.delete("/courses/{course_id}/enrollments/{enrollment_id}")
async def end_enrollment(course_id: str, enrollment_id: str, call: Opened) -> Response:
    """Conclude, deactivate or delete an enrollment."""
    course = course_named(call, course_id)
    enrollment = _enrollment_of(call, course, enrollment_id)
    state = _TASKS.get(as_text(call.params.get("task")) or "", "completed")
    return call.answer(_show(call, enrolling.set_state(call.store, enrollment, state)))


@router.put("/courses/{course_id}/enrollments/{enrollment_id}/reactivate")
async def reactivate_enrollment(course_id: str, enrollment_id: str, call: Opened) -> Response:
    """Make an inactive enrollment active again."""
    course = course_named(call, course_id)
    enrollment = _enrollment_of(call, course, enrollment_id)
    if enrollment.workflow_state != "inactive":
        raise errors.plain("enrollment not inactive")
    return call.answer(_show(call, enrolling.set_state(call.store, enrollment, "active")))


def _listed(call: Call, course: Course, section: Section | None) -> Response:
    """Those of a course or section; of one person, only what goes on, unless others are asked for."""
    rows = call.store.enrollments_of(course.id, section.id if section else None)
    period_id = _period_wanted(call, call.store.grading_periods.of_courses(course.term_id))
    wanted = as_text(call.params.get("user_id"))
    if wanted:
        user_id = user_named(call, wanted).id
        return _paged(call, [each for each in rows if each.user_id == user_id], _GOING_ON, period_id)
    return _paged(call, rows, GRADABLE_STATES, period_id)


def _paged(
    call: Call, rows: Iterable[Enrollment], default: frozenset[str], period_id: int | None
) -> Response:
    states = _states_wanted(call) or default
    found = [
        each
        for each in rows
        if _state(call, each) in states and _has_the_role(call, each) and _has_sis_ids(call, each)
    ]
    users = call.store.users
    return call.bookmarked(
        found,
        lambda each: (each.type, users[each.user_id].sortable_name, each.id),
        shows_places(call, period_id=period_id),
    )


def _state(call: Call, enrollment: Enrollment) -> str:
    return state_shown(enrollment, call.store.courses[enrollment.course_id])


def _states_wanted(call: Call) -> frozenset[str]:
    wanted = call.words("state")
    return frozenset(state for word in wanted for state in _SEVERAL_STATES.get(word, {word}))


def _has_the_role(call: Call, enrollment: Enrollment) -> bool:
    """Whether an enrollment is of a role that is asked for; the type counts only where no role is."""
    roles, kinds = call.words("role"), call.words("type")
    return role_of(enrollment.type) in roles if roles else not kinds or enrollment.type in kinds


def _period_wanted(call: Call, periods: Iterable[GradingPeriod]) -> int | None:
    """The grading period whose totals are asked for, None for those of the course."""
    text = as_text(call.params.get("grading_period_id"))
    if not text:
        return None
    period_id = as_integer(text)
    if period_id not in {each.id for each in periods}:
        raise errors.plain("invalid grading_period_id")
    return period_id


def _has_sis_ids(call: Call, enrollment: Enrollment) -> bool:
    """Whether an enrollment is of the people, sections and courses whose SIS ids are asked for."""
    store = call.store
    asked = {
        "sis_user_id": store.users[enrollment.user_id].sis_user_id,
        "sis_section_id": store.sections[enrollment.section_id].sis_section_id,
        "sis_course_id": store.courses[enrollment.course_id].sis_course_id,
        "sis_account_id": None,
    }
    return all(sis_id in wanted for name, sis_id in asked.items() if (wanted := call.words(name)))


def _check_wanted(call: Call) -> None:
    wanted = as_hash(call.params.get("enrollment"))
    if not wanted:
        raise errors.message("No parameters given")
    faults = []
    if _kind_wanted(wanted) not in ENROLLMENT_TYPES:
        faults.append("Invalid type")
    if not as_text(wanted.get("user_id")):
        faults.append(NEEDS_USER)
    if faults:
        raise errors.message(", ".join(faults))


def _enrolled(call: Call, course: Course, section: Section) -> Response:
    wanted = as_hash(call.params["enrollment"])
    user = user_named(call, as_text(wanted["user_id"]) or "")
    if course.workflow_state == "completed":
        raise errors.message("Can't add an enrollment to a concluded course.")
    observed = as_text(wanted.get("associated_user_id"))
    observed_id = user_named(call, observed).id if observed else None
    asked = as_text(wanted.get("enrollment_state"))
    state = asked if asked in ("active", "inactive") else "invited"
    made = enrolling.enroll(call.store, user.id, section, kind=_kind_wanted(wanted), state=state)
    zone = call.store.zone
    described = replace(
        made,
        starts_at=moment_in(wanted, "start_at", made.starts_at, zone),
        ends_at=moment_in(wanted, "end_at", made.ends_at, zone),
        associated_user_id=observed_id,
        is_limited_to_section=as_flag(wanted.get("limit_privileges_to_course_section")),
    )
    return call.answer(_show(call, call.store.enrollments.put(described)))


def _kind_wanted(wanted: Params) -> str:
    """The type; where only a role is told, that of the role."""
    return as_text(wanted.get("type")) or as_text(wanted.get("role")) or "StudentEnrollment"


def _enrollment_of(call: Call, course: Course, text: str) -> Enrollment:
    enrollment = call.store.enrollments.get(as_integer(text) or 0)
    if enrollment is None or enrollment.course_id != course.id or enrollment.workflow_state == "deleted":
        raise errors.not_found()
    return enrollment


def _show(call: Call, enrollment: Enrollment) -> dict[str, Any]:
    return shows_places(call)(enrollment)
