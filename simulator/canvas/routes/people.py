"""Users: the caller, one, those of the account or of a course, and a new one made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Course, Enrollment, User
from simulator.canvas.params import Locator, as_hash, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, denied, own_account, user_named
from simulator.canvas.routes.places import shows_places
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.people import LOGIN_TAKEN, user_wanted
from simulator.canvas.rules.records import taken
from simulator.canvas.rules.standing import GONE_STATES
from simulator.canvas.views.people import avatar_url, role_of, user_json

router = APIRouter()

_KINDS = {
    "student": "StudentEnrollment",
    "teacher": "TeacherEnrollment",
    "ta": "TaEnrollment",
    "designer": "DesignerEnrollment",
    "observer": "ObserverEnrollment",
    "student_view": "StudentViewEnrollment",
}
_SORTS: dict[str, Callable[[User], str]] = {
    "username": lambda user: user.sortable_name.casefold(),
    "email": lambda user: (user.email or "").casefold(),
    "sis_id": lambda user: user.sis_user_id or "",
}


@router.get("/users/{user_id}")
async def get_user(user_id: str, call: Opened) -> Response:
    """One user: oneself, anybody for an administrator, one's courses' people for a teacher."""
    user = user_named(call, user_id)
    if not (call.actor.is_admin or user.id == call.actor.user_id or _shares_a_course(call, user)):
        raise denied(call)
    body = _show(call, user)
    return call.answer({**body, "email": user.email} if user.id == call.actor.user_id else body)


@router.get("/accounts/{account_id}/users")
async def list_account_users(account_id: str, call: Opened) -> Response:
    """Everybody in the account, by name; no Test Students, who have no login."""
    own_account(call, account_id)
    kinds = _kinds_wanted(call)
    found = [
        user
        for user in call.store.users.values()
        if user.login_id is not None
        and _is_found(call, user)
        and (not kinds or any(each.type in kinds for each in call.store.enrollments.where(user=user.id)))
    ]
    return call.numbered(_sorted(call, found), lambda user: _show(call, user))


@router.post("/accounts/{account_id}/users")
async def create_user(account_id: str, call: Opened) -> Response:
    """Make a user by hand; without `pseudonym[sis_user_id]` one that no SIS knows."""
    own_account(call, account_id)
    if not as_hash(call.params.get("pseudonym")):
        raise errors.missing("pseudonym")
    wanted = user_wanted(call.params, call.now)
    login_faults = (*wanted.login_faults, *_taken(call, wanted.user))
    if wanted.faults or login_faults:
        raise errors.unsaved_user(wanted.faults, login_faults)
    return call.answer(_show(call, call.store.add_made_user(wanted.user)))


@router.get("/courses/{course_id}/users")
@router.get("/courses/{course_id}/search_users")
async def list_course_users(course_id: str, call: Opened) -> Response:
    """The people of a course, by name; the Test Student only where it is asked for."""
    course = course_named(call, course_id)
    enrollments = [each for each in call.store.enrollments_of(course.id) if _is_listed(call, each)]
    places = _by_user(enrollments)
    wanted = {user_named(call, text).id for text in (*call.words("user_ids"), *call.words("user_id"))}
    users = map(call.store.users.__getitem__, places)
    found = [user for user in users if (not wanted or user.id in wanted) and _is_found(call, user)]
    return call.numbered(_sorted(call, found), lambda user: _show(call, user, places[user.id]))


@router.get("/courses/{course_id}/users/{user_id}")
async def get_course_user(course_id: str, user_id: str, call: Opened) -> Response:
    """One person of a course."""
    course = course_named(call, course_id)
    user = user_named(call, user_id)
    places = _by_user(_present(call, course)).get(user.id)
    if places is None:
        raise errors.not_found()
    return call.answer(_show(call, user, places))


def _taken(call: Call, user: User) -> list[Fault]:
    """What of a new user's login and SIS ids somebody else has."""
    store, faults = call.store, []
    if user.login_id and store.user_at(Locator("sis_login_id", user.login_id)) is not None:
        faults.append(LOGIN_TAKEN)
    if user.sis_user_id and store.user_at(Locator("sis_user_id", user.sis_user_id)) is not None:
        faults.append(taken("sis_user_id", user.sis_user_id))
    if user.integration_id and store.user_at(Locator("sis_integration_id", user.integration_id)) is not None:
        faults.append(taken("integration_id", user.integration_id))
    return faults


def _is_listed(call: Call, enrollment: Enrollment) -> bool:
    kinds = _kinds_wanted(call) or set(_KINDS.values()) - {"StudentViewEnrollment"}
    if "test_student" in call.includes:
        kinds |= {"StudentViewEnrollment"}
    roles = set(call.words("enrollment_role"))
    states = set(call.words("enrollment_state")) or {"active", "invited"}
    return (
        enrollment.type in kinds
        and enrollment.workflow_state in states
        and (not roles or role_of(enrollment.type) in roles)
    )


def _kinds_wanted(call: Call) -> set[str]:
    return {_KINDS.get(word, word) for word in call.words("enrollment_type")}


def _is_found(call: Call, user: User) -> bool:
    """Whether a user's name, login, e-mail address or ids have what is searched for."""
    term = (as_text(call.params.get("search_term")) or "").casefold()
    words = (user.name, user.login_id, user.email, user.sis_user_id)
    return term == str(user.id) or any(term in word.casefold() for word in words if word is not None)


def _sorted(call: Call, users: Iterable[User]) -> list[User]:
    by = _SORTS.get(as_text(call.params.get("sort")) or "", _SORTS["username"])
    backwards = as_text(call.params.get("order")) == "desc"
    return sorted(users, key=lambda user: (by(user), user.id), reverse=backwards)


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


def _by_user(enrollments: Iterable[Enrollment]) -> dict[int, list[Enrollment]]:
    places: dict[int, list[Enrollment]] = {}
    for each in enrollments:
        places.setdefault(each.user_id, []).append(each)
    return places


def _show(call: Call, user: User, places: Iterable[Enrollment] | None = None) -> dict[str, Any]:
    """A user with what the call wants included; `places` are their enrollments in the course in question."""
    body = user_json(user, call.store.zone, has_import_id=call.actor.is_admin)
    if "email" in call.includes:
        body["email"] = user.email
    if "avatar_url" in call.includes:
        body["avatar_url"] = avatar_url(call.base)
    if "enrollments" in call.includes and places is not None:
        body["enrollments"] = list(map(shows_places(call, names_user=False), places))
    return body
