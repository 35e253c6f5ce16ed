"""Users: the caller, one, those of a course, and a new one made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Course, Enrollment, User
from simulator.canvas.params import Locator, as_hash, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, denied, own_account, user_named
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.standing import GONE_STATES
from simulator.canvas.views.people import own_enrollment_json, user_json

router = APIRouter()

_KINDS = {
    "student": "StudentEnrollment",
    "teacher": "TeacherEnrollment",
    "ta": "TaEnrollment",
    "designer": "DesignerEnrollment",
    "observer": "ObserverEnrollment",
    "student_view": "StudentViewEnrollment",
}
_TAKEN = "ID already in use for this account and authentication provider"


@router.get("/users/{user_id}")
async def get_user(user_id: str, call: Opened) -> Response:
    """One user: oneself, anybody for an administrator, one's courses' people for a teacher."""
    user = user_named(call, user_id)
    if not (call.actor.is_admin or user.id == call.actor.user_id or _shares_a_course(call, user)):
        raise denied(call)
    body = user_json(user, call.store.zone)
    return call.answer({**body, "email": user.email} if user.id == call.actor.user_id else body)


@router.post("/accounts/{account_id}/users")
async def create_user(account_id: str, call: Opened) -> Response:
    """Make a user by hand; without `pseudonym[sis_user_id]` one that no SIS knows."""
    own_account(call, account_id)
    pseudonym = as_hash(call.params.get("pseudonym"))
    if not pseudonym:
        raise errors.missing("pseudonym")
    login = as_text(pseudonym.get("unique_id"))
    if not login:
        raise errors.unsaved_user([Fault("unique_id", "unique_id", "too_short")])
    sis_id = as_text(pseudonym.get("sis_user_id")) or None
    if call.store.user_at(Locator("sis_login_id", login)) is not None:
        raise errors.unsaved_user([Fault("unique_id", "unique_id", _TAKEN, "taken")])
    if sis_id is not None and call.store.user_at(Locator("sis_user_id", sis_id)) is not None:
        raise errors.unsaved_user(
            [Fault("sis_user_id", "sis_user_id", f'SIS ID "{sis_id}" is already in use', "taken")]
        )
    name = as_text(as_hash(call.params.get("user")).get("name")) or login
    user = call.store.add_user(name=name, login_id=login, sis_user_id=sis_id)
    return call.answer(user_json(user, call.store.zone))


@router.get("/courses/{course_id}/users")
@router.get("/courses/{course_id}/search_users")
async def list_course_users(course_id: str, call: Opened) -> Response:
    """The people of a course, by name; the Test Student only where it is asked for."""
    course = course_named(call, course_id)
    enrollments = [each for each in call.store.enrollments_of(course.id) if _is_listed(call, each)]
    term = (as_text(call.params.get("search_term")) or "").casefold()
    wanted = set(call.words("user_ids"))
    users = [
        user
        for user in map(call.store.users.__getitem__, {each.user_id for each in enrollments})
        if term in user.name.casefold() and (not wanted or str(user.id) in wanted)
    ]
    ordered = sorted(users, key=lambda user: (user.sortable_name, user.id))
    return call.numbered(ordered, lambda user: _show(call, user, enrollments))


@router.get("/courses/{course_id}/users/{user_id}")
async def get_course_user(course_id: str, user_id: str, call: Opened) -> Response:
    """One person of a course."""
    course = course_named(call, course_id)
    user = user_named(call, user_id)
    enrollments = _present(call, course)
    if all(each.user_id != user.id for each in enrollments):
        raise errors.not_found()
    return call.answer(_show(call, user, enrollments))


def _is_listed(call: Call, enrollment: Enrollment) -> bool:
    kinds = {_KINDS.get(word, word) for word in call.words("enrollment_type")}
    if not kinds:
        kinds = set(_KINDS.values()) - {"StudentViewEnrollment"}
    if "test_student" in call.includes:
        kinds |= {"StudentViewEnrollment"}
    states = set(call.words("enrollment_state")) or {"active", "invited"}
    return enrollment.type in kinds and enrollment.workflow_state in states


def _shares_a_course(call: Call, user: User) -> bool:
    taught = {
        each.course_id
        for each in call.store.enrollments.where(user=call.actor.user_id)
        if each.workflow_state == "active"
    }
    return any(
        each.course_id in taught and each.workflow_state not in GONE_STATES
        for each in call.store.enrollments.where(user=user.id)
    )


def _present(call: Call, course: Course) -> list[Enrollment]:
    return [each for each in call.store.enrollments_of(course.id) if each.workflow_state not in GONE_STATES]


def _show(call: Call, user: User, enrollments: Iterable[Enrollment]) -> dict[str, Any]:
    body = user_json(user, call.store.zone)
    if "email" in call.includes:
        body["email"] = user.email
    if "enrollments" in call.includes:
        body["enrollments"] = [
            {
                "id": each.id,
                "course_id": each.course_id,
                "course_section_id": each.section_id,
                **own_enrollment_json(each),
            }
            for each in enrollments
            if each.user_id == user.id
        ]
    return body
