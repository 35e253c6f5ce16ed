"""Submissions on the wire, as a grader sees them. Source: Canvas source, `lib/api/v1/submission`.

What bites: a plain submission names neither its course nor its section, and says nothing of when it was
last changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.canvas.model import Assignment, Submission
from simulator.canvas.rules.scoring import grade_of
from simulator.canvas.rules.standing import standing
from simulator.canvas.views.wire import moment

_GRADES = ("score", "grade", "entered_score", "entered_grade")


def submissions_url(assignment: Assignment, base: str) -> str:
    """Where the rows of an assignment are, for people."""
    return f"{base}/courses/{assignment.course_id}/assignments/{assignment.id}/submissions"


def submission_json(
    row: Submission,
    assignment: Assignment,
    *,
    home: str,
    now: datetime,
    due_at: datetime | None,
    grading_period_id: int | None,
) -> dict[str, Any]:
    """One row, due at `due_at`, as a grader sees it; `home` is the URL of the assignment's rows."""
    work, deducted, user_id = row.work, row.points_deducted, row.user_id
    late, missing, seconds = standing(row, assignment, due_at, now)
    return {
        "id": row.id,
        "assignment_id": row.assignment_id,
        "user_id": user_id,
        "score": row.score,
        "grade": row.grade,
        "entered_score": row.entered_score if deducted else row.score,
        "entered_grade": _entered_grade(row, assignment) if deducted else row.grade,
        "points_deducted": deducted,
        "excused": row.excused,
        "workflow_state": row.workflow_state,
        "graded_at": moment(row.graded_at),
        "posted_at": moment(row.posted_at),
        "grader_id": row.grader_id,
        "late_policy_status": row.late_policy_status,
        "custom_grade_status_id": row.custom_grade_status_id,
        "late": late,
        "missing": missing,
        "seconds_late": seconds,
        "cached_due_date": moment(due_at),
        "submitted_at": moment(row.submitted_at),
        "submission_type": None if work is None else work.kind,
        "attempt": None if work is None else work.attempt,
        "body": None if work is None else work.body,
        "url": None if work is None else work.url,
        "grade_matches_current_submission": row.grade_matches_current_submission,
        "redo_request": False,
        "grading_period_id": grading_period_id,
        "extra_attempts": None,
        "sticker": row.sticker,
        "preview_url": f"{home}/{user_id}?preview=1&version={0 if work is None else work.attempt}",
    }


def without_hidden_grade(body: dict[str, Any], row: Submission, *, is_manual: bool) -> dict[str, Any]:
    """What the student whose row it is may know of it: no field of a grade is there until it is posted.

    Where grades post themselves, none is hidden before there is one; where they are posted by hand
    (`is_manual`), not even that there is none yet can be seen.
    """
    is_graded = row.has_grade or row.workflow_state == "graded"
    if row.posted_at is not None or not (is_graded or is_manual):
        return body
    return {key: value for key, value in body.items() if key not in _GRADES}


def _entered_grade(row: Submission, assignment: Assignment) -> str | None:
    entered = row.entered_score
    return None if entered is None else grade_of(entered, assignment, given=row.grade or "")
