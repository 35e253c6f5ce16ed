"""The gradebook history and the grade change log on the wire.

Source: Canvas source, `lib/api/v1` gradebook_history and grade_change_event. What bites: in the log students
and graders are texts, courses and assignments numbers.
"""

from __future__ import annotations

from typing import Any

from simulator.canvas.model import Submission, User
from simulator.canvas.rules.grade_history import GradeChange
from simulator.canvas.views.wire import moment

NOBODY = "Graded on submission"
"""The grader's name where no person graded."""
NOBODY_ID = 0


def grader_name(grader: User | None) -> str:
    """Who graded."""
    return NOBODY if grader is None else grader.name


def version_json(
    submission: dict[str, Any],
    current: Submission,
    *,
    grader: str,
    current_grader: str,
    names: tuple[str, str],
) -> dict[str, Any]:
    """A version: the submission as it was, and what it is now.

    `names` are the assignment's and the student's.
    """
    return {
        **submission,
        "grader": grader,
        "assignment_name": names[0],
        "user_name": names[1],
        "current_grade": current.grade,
        "current_graded_at": moment(current.graded_at),
        "current_grader": current_grader,
    }


def collated_json(version: dict[str, Any], change: GradeChange, previous_grader: str) -> dict[str, Any]:
    """A version with what it made of which grade, whichever fields of it the call narrows it to."""
    row = change.version.row
    before = None if change.before is None else change.before.row
    return {
        **version,
        "previous_grade": None if before is None else before.grade,
        "previous_graded_at": None if before is None else moment(before.graded_at),
        "previous_grader": None if before is None else previous_grader,
        "new_grade": row.grade,
        "new_graded_at": moment(row.graded_at),
        "new_grader": version["grader"],
        "new_score": row.score,
    }


def event_json(change: GradeChange, *, uuid: str, course_id: int, is_anonymous: bool) -> dict[str, Any]:
    """An entry of the log."""
    version, before = change.version, change.row_before
    row = version.row
    worth_before = version.points_possible if change.before is None else change.before.points_possible
    return {
        "id": uuid,
        "created_at": moment(version.at),
        "event_type": "grade_change",
        "grade_before": before.grade,
        "grade_after": row.grade,
        "excused_before": before.excused is True,
        "excused_after": row.excused is True,
        "graded_anonymously": is_anonymous,
        "points_possible_before": worth_before,
        "points_possible_after": version.points_possible,
        "version_number": version.number,
        "links": {
            "course": course_id,
            "student": str(row.user_id),
            "grader": None if row.grader_id is None else str(row.grader_id),
            "page_view": None,
            "assignment": row.assignment_id,
        },
    }


def log_links(base: str) -> dict[str, Any]:
    """Where what an entry's links name is found."""
    user = {"href": None, "type": "user"}
    course = f"{base}/api/v1/courses/{{events.course}}"
    return {
        "events.assignment": f"{course}/assignments/{{events.assignment}}",
        "events.course": course,
        "events.student": user,
        "events.grader": user,
        "events.page_view": None,
    }
