"""What a grade, an excuse or a status does to a submission.

Source: Canvas source, assignment and submission models; canvas-lms issues 2244 and 2003. What bites: giving
the same grade again moves `graded_at`, clearing a grade does not and leaves the row "graded"; and a grade
that cannot be read clears the old one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from simulator.canvas.model import Assignment, Submission
from simulator.canvas.rules.scoring import Mark, grade_of, read_grade

LATE_POLICY_STATUSES = ("late", "missing", "none", "extended")


def graded(
    row: Submission,
    posted: str,
    assignment: Assignment,
    grader_id: int,
    now: datetime,
    *,
    unreadable: str = "clear",
    is_hidden: bool = False,
) -> Submission:
    """The row after a grade was given; "" clears it, and an unreadable one too unless told to "keep".

    `is_hidden` says whether a grade stays hidden until somebody posts it.
    """
    mark = read_grade(posted, assignment)
    if mark is not None:
        return _marked(row, mark, grader_id, now, is_hidden=is_hidden)
    return row if posted and unreadable == "keep" else cleared(row, grader_id)


def cleared(row: Submission, grader_id: int) -> Submission:
    """The row without its grade and excuse. When it was graded, and that it was, stays."""
    return replace(row, score=None, grade=None, excused=False, grader_id=grader_id)


def excused(row: Submission, grader_id: int, now: datetime, *, is_hidden: bool = False) -> Submission:
    """The row excused: no grade, no status."""
    return replace(
        row,
        score=None,
        grade=None,
        excused=True,
        late_policy_status=None,
        seconds_late_override=None,
        workflow_state="graded",
        grader_id=grader_id,
        graded_at=now,
        posted_at=_posted_at(row, now, is_hidden=is_hidden),
    )


def with_status(row: Submission, status: str | None, now: datetime) -> Submission:
    """The row under another status; the same one again changes nothing."""
    if status == row.late_policy_status:
        return row
    override = row.seconds_late_override if status == "late" else None
    return replace(
        row, late_policy_status=status, seconds_late_override=override, excused=False, graded_at=now
    )


def assigned_again(row: Submission) -> Submission:
    """The row of a student who has the assignment to do again: what it was, and its state read off that."""
    return replace(row, workflow_state="graded" if row.has_grade else "unsubmitted")


def regraded(
    row: Submission, before: Assignment, after: Assignment, editor_id: int, now: datetime
) -> Submission:
    """The row after its assignment's points or grading type changed: same score, a new text for it."""
    if not row.has_grade:
        return row
    score = row.score
    if before.grading_type == after.grading_type == "pass_fail" and row.grade == "complete":
        score = after.points_possible
    grade = None if score is None else grade_of(score, after, given=row.grade or "")
    return replace(row, score=score, grade=grade, grader_id=editor_id, graded_at=now)


def needs_regrading(before: Assignment, after: Assignment) -> bool:
    """Whether an edit of the assignment touches the grades given so far."""
    return (before.points_possible, before.grading_type) != (after.points_possible, after.grading_type)


def _posted_at(row: Submission, now: datetime, *, is_hidden: bool) -> datetime | None:
    """When the student got to see it: a grade that is given again is posted no later for that."""
    return row.posted_at or (None if is_hidden else now)


def _marked(row: Submission, mark: Mark, grader_id: int, now: datetime, *, is_hidden: bool) -> Submission:
    return replace(
        row,
        score=mark.score,
        grade=mark.grade,
        excused=False,
        workflow_state="graded",
        grader_id=grader_id,
        graded_at=now,
        posted_at=_posted_at(row, now, is_hidden=is_hidden),
    )
