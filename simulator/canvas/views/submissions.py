"""Submissions on the wire, as a grader sees them. Source: Canvas source, `lib/api/v1/submission`.

What bites: a plain submission names neither its course nor its section, and says nothing of when it was
last changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.canvas.model import Assignment, Submission, SubmissionComment, User, Work
from simulator.canvas.rules.scoring import grade_of
from simulator.canvas.rules.standing import is_late, is_missing, seconds_late
from simulator.canvas.views.wire import moment

_ABSENT = dict.fromkeys(("extra_attempts", "sticker"))
_NO_WORK = dict.fromkeys(("submission_type", "attempt", "body", "url"))
_GRADES = ("score", "grade", "entered_score", "entered_grade")


def submission_json(
    row: Submission,
    assignment: Assignment,
    *,
    base: str,
    now: datetime,
    due_at: datetime | None,
    grading_period_id: int | None,
) -> dict[str, Any]:
    """One row, due at `due_at`, as a grader sees it."""
    home = f"{base}/courses/{assignment.course_id}/assignments/{assignment.id}/submissions/{row.user_id}"
    return {
        "id": row.id,
        "assignment_id": row.assignment_id,
        "user_id": row.user_id,
        "score": row.score,
        "grade": row.grade,
        "entered_score": row.entered_score,
        "entered_grade": _entered_grade(row, assignment) if row.points_deducted else row.grade,
        "points_deducted": row.points_deducted,
        "excused": row.excused,
        "workflow_state": row.workflow_state,
        "graded_at": moment(row.graded_at),
        "posted_at": moment(row.posted_at),
        "grader_id": row.grader_id,
        "late_policy_status": row.late_policy_status,
        "custom_grade_status_id": row.custom_grade_status_id,
        "late": is_late(row, due_at),
        "missing": is_missing(row, assignment, due_at, now),
        "seconds_late": seconds_late(row, due_at, now),
        "cached_due_date": moment(due_at),
        "submitted_at": moment(row.submitted_at),
        **(_NO_WORK if row.work is None else _work_json(row.work)),
        "grade_matches_current_submission": row.grade_matches_current_submission,
        "redo_request": False,
        "grading_period_id": grading_period_id,
        **_ABSENT,
        "preview_url": f"{home}?preview=1&version={row.attempt or 0}",
    }


def without_hidden_grade(body: dict[str, Any], row: Submission) -> dict[str, Any]:
    """What the student whose row it is may know of it: no field of a grade is there until it is posted."""
    is_graded = row.has_grade or row.workflow_state == "graded"
    if row.posted_at is not None or not is_graded:
        return body
    return {key: value for key, value in body.items() if key not in _GRADES}


def comment_json(comment: SubmissionComment, author: User) -> dict[str, Any]:
    """One comment on a row."""
    return {
        "id": comment.id,
        "author_id": comment.author_id,
        "author_name": author.name,
        "comment": comment.text,
        "created_at": moment(comment.created_at),
        "edited_at": None,
        "attempt": comment.attempt,
    }


def _work_json(work: Work) -> dict[str, Any]:
    return {"submission_type": work.kind, "attempt": work.attempt, "body": work.body, "url": work.url}


def _entered_grade(row: Submission, assignment: Assignment) -> str | None:
    entered = row.entered_score
    return None if entered is None else grade_of(entered, assignment, given=row.grade or "")
