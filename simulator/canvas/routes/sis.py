"""The SIS API, `/api/sis`: what a course marks to sync, as an integration reads it, and taking the marks off.

Source: Canvas source, SIS API controllers. What bites: only published assignments are listed; and the list
says nothing of the grading type, nor of when an assignment was changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Assignment, AssignmentOverride, Course, GradingPeriod, User
from simulator.canvas.params import as_integer, as_moment, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, own_account
from simulator.canvas.rules.courses import is_between
from simulator.canvas.rules.posting import INTEGRATIONS_FEATURE, exports_grades
from simulator.canvas.rules.standing import students_seen
from simulator.canvas.views.sis import SisSection, sis_assignment_json, user_override_json

router = APIRouter()

_NOT_ENABLED = "A SIS integration is not configured and the bulk SIS Grade Export feature is not enabled"
_NOT_NEW = (
    "A SIS integration is not configured and the Enable new SIS integration settings feature is not enabled"
)
_UNPUBLISHED = "Grade data is not available for non-published courses"
_NO_PERIOD = "The Grading Period cannot be found"
_UNPUBLISHED_TOO = "Disabling Post to SIS is not available for non-published courses"


@router.get("/courses/{course_id}/assignments")
async def list_course_assignments(course_id: str, call: Opened) -> Response:
    """The marked and published assignments of a course."""
    course = course_named(call, course_id)
    _need_export(call)
    if course.workflow_state == "unpublished":
        raise errors.coded("unpublished_course", _UNPUBLISHED)
    return _listed(call, [course])


@router.get("/accounts/{account_id}/assignments")
async def list_account_assignments(account_id: str, call: Opened) -> Response:
    """The marked and published assignments of every published course of the account.

    `starts_before` and `ends_after` leave courses out; a date that cannot be read leaves out none.
    """
    own_account(call, account_id)
    _need_export(call)
    courses = sorted(call.store.courses.values(), key=lambda course: course.id)
    starts_before, ends_after = (
        as_moment(call.params.get(name), call.store.zone) for name in ("starts_before", "ends_after")
    )
    found = (
        each
        for each in courses
        if each.workflow_state == "available"
        and is_between(each, call.store.terms.with_id(each.term_id), ends_after, starts_before)
    )
    return _listed(call, found)


@router.put("/courses/{course_id}/disable_post_to_sis")
async def disable_post_to_sis(course_id: str, call: Opened) -> Response:
    """Take the marks off the published assignments of a course.

    With a grading period that is only those due in it, and those without a due date. Whoever may not is told
    so without a word.
    """
    try:
        course = course_named(call, course_id)
    except errors.CanvasError as error:
        if error.status != call.store.profile.canvas_denied_status:
            raise
        return Response(status_code=401)
    account = call.store.account
    if not exports_grades(account) and INTEGRATIONS_FEATURE not in account.features:
        raise errors.coded("not_enabled", _NOT_NEW)
    if course.workflow_state == "unpublished":
        raise errors.coded("unpublished_course", _UNPUBLISHED_TOO)
    period = _period_wanted(call, course)
    for each in call.store.assignments_of(course.id):
        if each.is_published and each.post_to_sis and (period is None or _is_due_in(each, period)):
            call.store.unmark(each)
    return Response(status_code=204)


def _period_wanted(call: Call, course: Course) -> GradingPeriod | None:
    text = as_text(call.params.get("grading_period_id"))
    if not text:
        return None
    periods = call.store.grading_periods.of_courses(course.term_id)
    found = [each for each in periods if each.id == as_integer(text)]
    if not found:
        raise errors.coded("not_found", _NO_PERIOD)
    return found[0]


def _is_due_in(assignment: Assignment, period: GradingPeriod) -> bool:
    return assignment.due_at is None or period.starts_at < assignment.due_at <= period.ends_at


def _need_export(call: Call) -> None:
    if not exports_grades(call.store.account):
        raise errors.coded("not_enabled", _NOT_ENABLED)


def _listed(call: Call, courses: Iterable[Course]) -> Response:
    rows = [(course, each) for course in courses for each in _marked(call, course)]
    return call.numbered(rows, lambda row: _show(call, *row))


def _marked(call: Call, course: Course) -> list[Assignment]:
    found = (each for each in call.store.assignments_of(course.id) if each.is_published and each.post_to_sis)
    return sorted(found, key=lambda each: each.id)


def _show(call: Call, course: Course, assignment: Assignment) -> dict[str, object]:
    store = call.store
    overrides = store.overrides.of(assignment.id)
    by_section = {each.section_id: each for each in overrides if not each.is_adhoc}
    sections = [
        SisSection(each, store.courses.get(each.nonxlist_course_id or 0), by_section.get(each.id))
        for each in store.sections_of(course.id)
        if each.id in by_section or not assignment.only_visible_to_overrides
    ]
    body = sis_assignment_json(assignment, course, store.groups[assignment.group_id], sections)
    if "student_overrides" in call.includes:
        body["user_overrides"] = [
            user_override_json(each, _students_of(call, course, each)) for each in overrides if each.is_adhoc
        ]
    return body


def _students_of(call: Call, course: Course, override: AssignmentOverride) -> list[User]:
    present = students_seen(call.store.enrollments_of(course.id))
    return [call.store.users[each] for each in override.student_ids if each in present]
