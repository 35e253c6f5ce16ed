"""Users and enrollments on the wire. Source: Canvas source, `lib/api/v1/user`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from simulator.canvas.model import ROOT_ACCOUNT_ID, Course, Enrollment, Section, User
from simulator.canvas.rules.totals import FourTotals
from simulator.canvas.views.wire import local_moment, moment

_ROLE_IDS = {
    "StudentEnrollment": 3,
    "TeacherEnrollment": 4,
    "TaEnrollment": 5,
    "DesignerEnrollment": 6,
    "ObserverEnrollment": 7,
}
_SIS_IMPORT_ID = 1


def user_json(user: User, zone: tzinfo, *, has_import_id: bool) -> dict[str, Any]:
    """A user, as somebody sees them who may read SIS ids.

    `has_import_id` is whether they also see which SIS import the user came with, as administrators do.
    """
    import_id = {"sis_import_id": _SIS_IMPORT_ID if user.sis_user_id else None}
    return {
        "id": user.id,
        "name": user.name,
        "created_at": local_moment(user.created_at, zone),
        "sortable_name": user.sortable_name,
        "short_name": user.short_name or user.name,
        "sis_user_id": user.sis_user_id,
        "integration_id": user.integration_id,
        **(import_id if has_import_id else {}),
        "login_id": user.login_id,
    }


def display_json(user: User, *, base: str, course_id: int) -> dict[str, Any]:
    """A user as little as others see of them, such as a course's teachers."""
    return {
        "id": user.id,
        "anonymous_id": _in_base_36(user.id),
        "display_name": user.short_name or user.name,
        "avatar_image_url": avatar_url(base),
        "html_url": f"{base}/courses/{course_id}/users/{user.id}",
        "pronouns": None,
    }


def avatar_url(base: str) -> str:
    """The picture of whoever has none of their own."""
    return f"{base}/images/messages/avatar-50.png"


@dataclass(frozen=True, slots=True)
class Grades:
    """The totals that an enrollment shows: of a grading period, or of the course, and with points or not.

    `is_own` is whether a student sees their own, who is told nothing of grades that are hidden from them;
    `is_hidden` whether a course keeps its totals from its students altogether.
    """

    totals: FourTotals
    period_id: int | None = None
    has_points: bool = False
    is_own: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An enrollment with everything around it that its JSON names.

    `state` is what it shows, which is not always what it is.
    """

    enrollment: Enrollment
    state: str
    user: User
    course: Course
    section: Section
    grades: Grades | None


def enrollment_json(
    place: Place, *, base: str, zone: tzinfo, names_user: bool = True, has_import_id: bool = False
) -> dict[str, Any]:
    """An enrollment; students have grades. Under a user it does not name that user again.

    `has_import_id` is as for `user_json`.
    """
    enrollment, course, section = place.enrollment, place.course, place.section
    body: dict[str, Any] = {
        "id": enrollment.id,
        "user_id": enrollment.user_id,
        "course_id": enrollment.course_id,
        "type": enrollment.type,
        "created_at": moment(enrollment.created_at),
        "updated_at": moment(enrollment.updated_at),
        "associated_user_id": enrollment.associated_user_id,
        "start_at": moment(enrollment.starts_at),
        "end_at": moment(enrollment.ends_at),
        "course_section_id": enrollment.section_id,
        "root_account_id": ROOT_ACCOUNT_ID,
        "limit_privileges_to_course_section": enrollment.is_limited_to_section,
        "enrollment_state": place.state,
        "role": role_of(enrollment.type),
        "role_id": _ROLE_IDS[role_of(enrollment.type)],
        "last_activity_at": None,
        "last_attended_at": None,
        "total_activity_time": 0,
        "sis_import_id": _SIS_IMPORT_ID if enrollment.from_sis else None,
        "sis_account_id": None,
        "sis_course_id": course.sis_course_id,
        "course_integration_id": course.integration_id,
        "sis_section_id": section.sis_section_id,
        "section_integration_id": section.integration_id,
        "sis_user_id": place.user.sis_user_id,
        "html_url": f"{base}/courses/{course.id}/users/{enrollment.user_id}",
    }
    if names_user:
        body["user"] = user_json(place.user, zone, has_import_id=has_import_id)
    if place.grades is not None:
        body["grades"] = _grades_json(place.grades, f"{base}/courses/{course.id}/grades/{enrollment.user_id}")
    return body


def own_enrollment_json(enrollment: Enrollment) -> dict[str, Any]:
    """The caller's own enrollment, as a course lists it."""
    return {
        "type": role_of(enrollment.type).removesuffix("Enrollment").lower(),
        "role": role_of(enrollment.type),
        "role_id": _ROLE_IDS[role_of(enrollment.type)],
        "user_id": enrollment.user_id,
        "enrollment_state": enrollment.workflow_state,
        "limit_privileges_to_course_section": enrollment.is_limited_to_section,
    }


def own_scores_json(totals: FourTotals, prefix: str = "") -> dict[str, Any]:
    """The totals of the caller's own enrollment, as a course lists it; students see no others."""
    return {
        f"{prefix}computed_current_score": totals.current.score,
        f"{prefix}computed_final_score": totals.final.score,
        f"{prefix}computed_current_grade": totals.current.letter,
        f"{prefix}computed_final_grade": totals.final.letter,
    }


def role_of(kind: str) -> str:
    """The role of an enrollment type; a Test Student has a student's."""
    return "StudentEnrollment" if kind == "StudentViewEnrollment" else kind


def _in_base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def _grades_json(grades: Grades, url: str) -> dict[str, Any]:
    if grades.is_own and grades.is_hidden:
        return {"html_url": url}
    totals = grades.totals
    body: dict[str, Any] = {
        "html_url": url,
        "current_score": totals.current.score,
        "current_grade": totals.current.letter,
        "final_score": totals.final.score,
        "final_grade": totals.final.letter,
    }
    if grades.has_points:
        body["current_points"] = totals.current.points
    if not grades.is_own:
        body.update(_unposted_json(grades))
    if grades.period_id is not None:
        body["grading_period_id"] = grades.period_id
    return body


def _unposted_json(grades: Grades) -> dict[str, Any]:
    """The totals that count hidden grades too, which only graders see."""
    current, final = grades.totals.unposted_current, grades.totals.unposted_final
    shown: dict[str, Any] = {
        "unposted_current_score": current.score,
        "unposted_current_grade": current.letter,
        "unposted_final_score": final.score,
        "unposted_final_grade": final.letter,
    }
    return {**shown, "unposted_current_points": current.points} if grades.has_points else shown
