"""Submissions on the wire, as a grader sees them. Source: Canvas source, `lib/api/v1/submission`.

What bites: a plain submission names neither its course nor its section, and says nothing of when it was
last changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.canvas.model import Assignment, Submission
from simulator.canvas.rules.standing import is_late, is_missing, seconds_late
from simulator.canvas.views.wire import moment

_ABSENT = dict.fromkeys(
    (
        "url", "attempt", "submission_type", "submitted_at", "body", "points_deducted",
        "extra_attempts", "sticker", "custom_grade_status_id",
    )
)  # fmt: skip


def submission_json(
    row: Submission,
    assignment: Assignment,
    *,
    base: str,
    now: datetime,
    due_at: datetime | None,
    grading_period_id: int | None,
) -> dict[str, Any]:
    """One row, due at `due_at`. No late policy deducts anything here, so what was entered is what counts."""
    home = f"{base}/courses/{assignment.course_id}/assignments/{assignment.id}/submissions/{row.user_id}"
    return {
        "id": row.id,
        "assignment_id": row.assignment_id,
        "user_id": row.user_id,
        "score": row.score,
        "grade": row.grade,
        "entered_score": row.score,
        "entered_grade": row.grade,
        "excused": row.excused,
        "workflow_state": row.workflow_state,
        "graded_at": moment(row.graded_at),
        "posted_at": moment(row.posted_at),
        "grader_id": row.grader_id,
        "late_policy_status": row.late_policy_status,
        "late": is_late(row),
        "missing": is_missing(row, assignment, due_at, now),
        "seconds_late": seconds_late(row, due_at, now),
        "cached_due_date": moment(due_at),
        "grade_matches_current_submission": True,
        "redo_request": False,
        "grading_period_id": grading_period_id,
        **_ABSENT,
        "preview_url": f"{home}?preview=1&version=0",
    }
