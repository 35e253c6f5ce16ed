"""Submissions on the wire, as a grader sees them. Source: Canvas source, `lib/api/v1/submission`.

What bites: a plain submission names neither its course nor its section, and says nothing of when it was
last changed. And written rows are remembered: whatever else their JSON is to show belongs into `ShownRow`.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from simulator.canvas.model import Assignment, Submission
from simulator.canvas.rules.anonymity import anonymous_id_of
from simulator.canvas.rules.scoring import grade_of
from simulator.canvas.views.wire import moment
from simulator.json_bytes import json_bytes

_ROWS_MAX = 10_000
"""A sync reads the same rows again and again; so many are remembered as they were written."""
_GRADES = ("score", "grade", "entered_score", "entered_grade")


def submissions_url(assignment: Assignment, base: str) -> str:
    """Where the rows of an assignment are, for people."""
    return f"{base}/courses/{assignment.course_id}/assignments/{assignment.id}/submissions"


class ShownRow(NamedTuple):
    """A row, and all else that its JSON shows.

    Attributes:
        home: The URL of the assignment's rows.
        standing: Whether it is late, whether it is missing, and by how many seconds it is late.
        is_named: Whether it shows its anonymous id, as it does to administrators.
    """

    home: str
    row: Submission
    assignment: Assignment
    due_at: datetime | None
    standing: tuple[bool, bool, int]
    grading_period_id: int | None
    is_named: bool = False

    def __hash__(self) -> int:
        """Of a few fields that tell most rows apart; two rows are the same only where all fields are."""
        row = self.row
        return hash((self.home, row.user_id, row.score, row.graded_at, self.standing))


@lru_cache(maxsize=_ROWS_MAX)
def written_submission(shown: ShownRow) -> bytes:
    """A row as a grader sees it, as bytes of JSON; remembered for all worlds together."""
    return json_bytes(submission_json(shown))


def submission_json(shown: ShownRow) -> dict[str, Any]:
    """A row as a grader sees it."""
    home, row, assignment, due_at, (late, missing, seconds), grading_period_id, is_named = shown
    work, deducted, user_id = row.work, row.points_deducted, row.user_id
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
        **({"anonymous_id": anonymous_id_of(row)} if is_named else {}),
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
