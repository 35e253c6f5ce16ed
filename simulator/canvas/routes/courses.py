"""Courses, to read: a user's own, one, all of the account, and a course's settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas.model import Course, Enrollment, Term
from simulator.canvas.params import as_flag, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    course_named,
    course_to_read,
    denied,
    own_account,
    term_named,
    user_named,
)
from simulator.canvas.routes.places import current_period, totals_in_course
from simulator.canvas.rules.courses import EVENTS
from simulator.canvas.rules.standing import (
    CURRENT_STATES,
    GONE_STATES,
    STUDENT_TYPES,
    TRUE_STUDENT_TYPES,
    students_among,
)
from simulator.canvas.views.accounts import account_json, passback_status_json, term_json
from simulator.canvas.views.courses import course_json, course_settings_json, section_of_course_json
from simulator.canvas.views.people import display_json, own_enrollment_json, own_scores_json, role_of

router = APIRouter()

Include: TypeAlias = Callable[[Call, Course], object]

_ENROLLMENT_STATES = {
    "active": frozenset({"active"}),
    "invited_or_pending": frozenset({"invited", "creation_pending"}),
    "completed": frozenset({"completed"}),
}
_ONLOOKERS = STUDENT_TYPES | {"ObserverEnrollment"}
"""Whoever is nothing more than this in a course is not shown it before it is published, nor after its end."""
_PRESENT = tuple(state for state in dict.fromkeys(EVENTS.values()) if state != "deleted")


@router.get("/courses")
async def list_courses(call: Opened) -> Response:
    """The courses in which the caller has a place."""
    return _listed(call, call.actor.user_id)


@router.get("/users/{user_id}/courses")
async def list_user_courses(user_id: str, call: Opened) -> Response:
    """The same of one user: of oneself, and for an administrator of anybody."""
    user = user_named(call, user_id)
    if user.id != call.actor.user_id and not call.actor.is_admin:
        raise denied(call)
    return _listed(call, user.id)


def _listed(call: Call, user_id: int) -> Response:
    kinds = {f"{word.title()}Enrollment" for word in call.words("enrollment_type")}
    roles = set(call.words("enrollment_role"))
    states = _ENROLLMENT_STATES.get(as_text(call.params.get("enrollment_state")) or "", CURRENT_STATES)
    mine: dict[int, set[str]] = {}
    for each in call.store.enrollments.where(user=user_id):
        if each.workflow_state in states and _is_one_of(each, kinds) and _is_one_of(each, roles):
            mine.setdefault(each.course_id, set()).add(each.type)
    wanted = call.words("state")
    found = [
        course
        for course_id in sorted(mine)
        if (course := call.store.courses[course_id]).workflow_state
        in (wanted or (("available",) if mine[course_id] <= _ONLOOKERS else _PRESENT))
    ]
    return call.numbered(found, lambda course: show_course(call, course, user_id))


@router.get("/accounts/{account_id}/courses")
async def list_account_courses(account_id: str, call: Opened) -> Response:
    """Every course of the account, as far as it is not filtered out."""
    own_account(call, account_id)
    states = call.words("state") or _PRESENT
    found = [each for each in _of_account(call) if each.workflow_state in states]
    return call.numbered(_sorted(call, found), lambda course: show_course(call, course))


@router.get("/courses/{course_id}")
async def get_course(course_id: str, call: Opened) -> Response:
    """One course, for its students too."""
    course, _student_id = course_to_read(call, course_id)
    return call.answer(show_course(call, course))


@router.get("/courses/{course_id}/settings")
async def get_course_settings(course_id: str, call: Opened) -> Response:
    """What is decided about a course beside its own fields."""
    return call.answer(course_settings_json(course_named(call, course_id)))


def show_course(call: Call, course: Course, user_id: int | None = None) -> dict[str, Any]:
    """A course with what the call wants included, and the places that a user has in it, else the caller."""
    whose = call.actor.user_id if user_id is None else user_id
    mine = [each for each in call.store.enrollments_of(course.id) if _is_of(each, whose)]
    sees_sis = call.actor.is_admin or any(each.type not in _ONLOOKERS for each in mine)
    body = course_json(
        course,
        base=call.base,
        time_zone=call.store.profile.time_zone,
        enrollments=_own_enrollments(call, course, mine),
        has_sis_ids=sees_sis,
    )
    for name, shown in _INCLUDES.items():
        if name in call.includes and (sees_sis or name not in _NOT_FOR_ONLOOKERS):
            body[name] = shown(call, course)
    if "term" in body and not sees_sis:
        body["term"] = {name: value for name, value in body["term"].items() if not name.startswith("sis_")}
    if all([each in call.includes for each in ("total_scores", "current_grading_period_scores")]):  # noqa: C419 - both are looked at
        body["has_grading_periods"] = bool(call.store.grading_periods.of_courses(course.term_id))
    return body


def _own_enrollments(call: Call, course: Course, mine: list[Enrollment]) -> list[dict[str, Any]]:
    """The caller's enrollments; as a student, with the totals that students see."""
    shown = [own_enrollment_json(each) for each in mine]
    if "total_scores" not in call.includes or course.hide_final_grades:
        return shown
    for entry, each in zip(shown, mine, strict=True):
        if each.type in STUDENT_TYPES:
            entry.update(_own_scores(call, course, each.user_id))
    return shown


def _own_scores(call: Call, course: Course, user_id: int) -> dict[str, Any]:
    totals = totals_in_course(call, course)(user_id)
    scores = own_scores_json(totals.course)
    if "current_grading_period_scores" not in call.includes:
        return scores
    periods, period = call.store.grading_periods, current_period(call, course)
    used = periods.in_use(course.term_id)
    now = {} if period is None else own_scores_json(totals.periods[period.id], "current_period_")
    return {
        **scores,
        "has_grading_periods": bool(periods.of_set(used)),
        "multiple_grading_periods_enabled": bool(periods.of_set(used)),
        "totals_for_all_grading_periods_option": used is not None and used.shows_all_totals,
        "current_grading_period_title": None if period is None else period.title,
        "current_grading_period_id": None if period is None else period.id,
        **now,
    }


def _of_account(call: Call) -> Iterable[Course]:
    text = (as_text(call.params.get("search_term")) or "").casefold()
    term = _term_wanted(call)
    published, completed = call.params.get("published"), call.params.get("completed")
    teachers = {user_named(call, each).id for each in call.words("by_teachers")}
    return (
        course
        for course in call.store.courses.values()
        if _is_found(course, text)
        and (term is None or course.term_id == term.id)
        and (published is None or (course.workflow_state != "unpublished") == as_flag(published))
        and (completed is None or (course.workflow_state == "completed") == as_flag(completed))
        and (not teachers or not teachers.isdisjoint(_teacher_ids(call, course)))
        and _has_the_enrollments(call, course)
    )


def _is_found(course: Course, text: str) -> bool:
    words = (course.name, course.course_code, course.sis_course_id or "", str(course.id))
    return any(text in each.casefold() for each in words)


def _term_wanted(call: Call) -> Term | None:
    text = as_text(call.params.get("enrollment_term_id"))
    return term_named(call, text) if text else None


def _has_the_enrollments(call: Call, course: Course) -> bool:
    """Whether a course has people at all, and people of these kinds, where either is asked for."""
    with_any = call.params.get("with_enrollments")
    kinds = {f"{word.title()}Enrollment" for word in call.words("enrollment_type")}
    if with_any is None and not kinds:
        return True
    present = {
        each.type
        for each in call.store.enrollments_of(course.id)
        if each.workflow_state not in GONE_STATES and each.type != "StudentViewEnrollment"
    }
    return (with_any is None or bool(present) == as_flag(with_any)) and (not kinds or bool(present & kinds))


def _sorted(call: Call, courses: list[Course]) -> list[Course]:
    keys: dict[str, Callable[[Course], tuple[str, int]]] = {
        "course_name": lambda each: (each.name.casefold(), each.id),
        "sis_course_id": lambda each: ((each.sis_course_id or "").casefold(), each.id),
    }
    by = keys.get(as_text(call.params.get("sort")) or "", lambda each: ("", each.id))
    return sorted(courses, key=by, reverse=as_text(call.params.get("order")) == "desc")


def _is_one_of(enrollment: Enrollment, wanted: set[str]) -> bool:
    return not wanted or role_of(enrollment.type) in wanted


def _is_of(enrollment: Enrollment, user_id: int) -> bool:
    return enrollment.user_id == user_id and enrollment.workflow_state in CURRENT_STATES


def _teacher_ids(call: Call, course: Course) -> list[int]:
    """A course's teachers, each once, in the order in which they came."""
    found = (
        each.user_id
        for each in call.store.enrollments_of(course.id)
        if each.type == "TeacherEnrollment" and each.workflow_state not in GONE_STATES
    )
    return list(dict.fromkeys(found))


def _show_sections(call: Call, course: Course) -> object:
    """The sections that the caller has a place in, or all of them to a caller who has none."""
    store = call.store
    mine = [each for each in store.enrollments_of(course.id) if _is_of(each, call.actor.user_id)]
    if mine:
        return [section_of_course_json(store.sections[each.section_id], each.type) for each in mine]
    return [section_of_course_json(each, None) for each in store.sections_of(course.id)]


def _show_term(call: Call, course: Course) -> object:
    used = call.store.grading_periods.in_use(course.term_id)
    return term_json(
        call.store.terms.with_id(course.term_id), period_set_id=None if used is None else used.id
    )


def _show_teachers(call: Call, course: Course) -> object:
    users = (call.store.users[each] for each in _teacher_ids(call, course))
    return [display_json(each, base=call.base, course_id=course.id) for each in users]


def _count_students(call: Call, course: Course) -> object:
    return len(students_among(call.store.enrollments_of(course.id), CURRENT_STATES, TRUE_STUDENT_TYPES))


def _show_passback_status(call: Call, course: Course) -> object:
    return passback_status_json(call.store.passback_status_of(course.id))


def _show_account(call: Call, _course: Course) -> object:
    return account_json(call.store.account, time_zone=call.store.profile.time_zone)


def _is_concluded(_call: Call, course: Course) -> object:
    return course.workflow_state == "completed"


def _is_manual(_call: Call, course: Course) -> object:
    return course.post_manually


_NOT_FOR_ONLOOKERS = frozenset({"passback_status"})
_INCLUDES: dict[str, Include] = {
    "post_manually": _is_manual,
    "sections": _show_sections,
    "term": _show_term,
    "teachers": _show_teachers,
    "total_students": _count_students,
    "passback_status": _show_passback_status,
    "account": _show_account,
    "concluded": _is_concluded,
}
