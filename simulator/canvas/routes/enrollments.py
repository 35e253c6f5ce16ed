"""Enrollments: who is in a course or section and in which state, and changing that."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Course, Enrollment, Section
from simulator.canvas.params import as_hash, as_integer, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, section_named, section_of_course, user_named
from simulator.canvas.rules.class_totals import setup_of, student_totals
from simulator.canvas.rules.standing import ENROLLMENT_TYPES, GRADABLE_STATES, STUDENT_TYPES
from simulator.canvas.rules.totals import GradingSetup, Totals, TotalsPolicy
from simulator.canvas.views.people import Grades, Place, enrollment_json, role_of

router = APIRouter()

_TASKS = {"delete": "deleted", "inactivate": "inactive", "deactivate": "inactive"}
"""What each task makes of an enrollment; any other, and none, concludes it."""

NEEDS_USER = "Can't create an enrollment without a user. Include enrollment[user_id] to create an enrollment"


@router.get("/courses/{course_id}/enrollments")
async def list_course_enrollments(course_id: str, call: Opened) -> Response:
    """Who is in a course."""
    return _listed(call, course_named(call, course_id), None)


@router.get("/sections/{section_id}/enrollments")
async def list_section_enrollments(section_id: str, call: Opened) -> Response:
    """Who is in a section."""
    return _listed(call, *section_named(call, section_id))


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
    return call.answer(_show(call, course, call.store.set_enrollment_state(enrollment, state)))


@router.put("/courses/{course_id}/enrollments/{enrollment_id}/reactivate")
async def reactivate_enrollment(course_id: str, enrollment_id: str, call: Opened) -> Response:
    """Make an inactive enrollment active again."""
    course = course_named(call, course_id)
    enrollment = _enrollment_of(call, course, enrollment_id)
    if enrollment.workflow_state != "inactive":
        raise errors.plain("enrollment not inactive")
    return call.answer(_show(call, course, call.store.set_enrollment_state(enrollment, "active")))


def _listed(call: Call, course: Course, section: Section | None) -> Response:
    period_id = _period_wanted(call)
    wanted = as_text(call.params.get("user_id"))
    user_id = user_named(call, wanted).id if wanted else None
    default = {"active", "invited"} if user_id else GRADABLE_STATES
    states, kinds, roles = (
        set(call.words("state")) or default,
        set(call.words("type")),
        set(call.words("role")),
    )
    rows = [
        each
        for each in call.store.enrollments_of(course.id, section.id if section else None)
        if each.workflow_state in states
        and (not kinds or each.type in kinds)
        and (not roles or role_of(each.type) in roles)
        and user_id in (None, each.user_id)
        and _has_sis_ids(call, each)
    ]
    users, setup = call.store.users, _setup(call, course)
    return call.bookmarked(
        rows,
        lambda each: (each.type, users[each.user_id].sortable_name, each.id),
        lambda each: _shown(call, course, each, setup, period_id),
    )


def _period_wanted(call: Call) -> int | None:
    """The grading period whose totals are asked for, None for those of the course."""
    text = as_text(call.params.get("grading_period_id"))
    if not text:
        return None
    period_id = as_integer(text)
    if period_id not in {each.id for each in call.store.grading_periods.of_courses()}:
        raise errors.plain("invalid grading_period_id")
    return period_id


def _has_sis_ids(call: Call, enrollment: Enrollment) -> bool:
    people, sections = set(call.words("sis_user_id")), set(call.words("sis_section_id"))
    user, section = call.store.users[enrollment.user_id], call.store.sections[enrollment.section_id]
    return (not people or user.sis_user_id in people) and (not sections or section.sis_section_id in sections)


def _check_wanted(call: Call) -> None:
    wanted = as_hash(call.params.get("enrollment"))
    if not wanted:
        raise errors.message("No parameters given")
    faults = []
    if (as_text(wanted.get("type")) or "StudentEnrollment") not in ENROLLMENT_TYPES:
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
    asked = as_text(wanted.get("enrollment_state"))
    state = asked if asked in ("active", "inactive") else "invited"
    kind = as_text(wanted.get("type")) or "StudentEnrollment"
    return call.answer(_show(call, course, call.store.enroll(user.id, section, kind=kind, state=state)))


def _enrollment_of(call: Call, course: Course, text: str) -> Enrollment:
    enrollment = call.store.enrollments.get(as_integer(text) or 0)
    if enrollment is None or enrollment.course_id != course.id or enrollment.workflow_state == "deleted":
        raise errors.not_found()
    return enrollment


def _show(call: Call, course: Course, enrollment: Enrollment) -> dict[str, Any]:
    return _shown(call, course, enrollment, _setup(call, course), None)


def _shown(
    call: Call, course: Course, enrollment: Enrollment, setup: GradingSetup, period_id: int | None
) -> dict[str, Any]:
    store = call.store
    grades = None
    if enrollment.type in STUDENT_TYPES:
        totals = _totals(call, course, enrollment.user_id, setup)
        row = totals.course if period_id is None else totals.periods[period_id]
        grades = Grades(row, period_id, has_points="current_points" in call.includes)
    place = Place(
        enrollment, store.users[enrollment.user_id], course, store.sections[enrollment.section_id], grades
    )
    return enrollment_json(place, base=call.base, zone=store.zone)


def _setup(call: Call, course: Course) -> GradingSetup:
    periods = call.store.grading_periods
    return setup_of(course, call.store.groups_of(course.id), periods.in_use(), periods.of_courses())


def _totals(call: Call, course: Course, user_id: int, setup: GradingSetup) -> Totals:
    store, profile = call.store, call.store.profile
    assignments = store.assignments_of(course.id)
    return student_totals(
        setup,
        assignments,
        {each.id: row for each in assignments if (row := store.submissions.get((each.id, user_id)))},
        [each for each in store.enrollments_of(course.id) if each.user_id == user_id],
        assigned={each.id: store.assignees(each).assigned(user_id) for each in assignments},
        policy=TotalsPolicy(
            hidden_excuse=profile.canvas_hidden_excuse, twin_dropped=profile.canvas_twin_dropped
        ),
    )
