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

STICKERS = frozenset({
    "apple", "basketball", "beaker", "bell", "book", "bookbag", "briefcase", "bus", "calculator", "calendar",
    "chem", "clock", "column", "composite_notebook", "computer", "design", "globe", "grad", "gym", "mail",
    "microscope", "mouse", "music", "notebook", "page", "paintbrush", "panda1", "panda2", "panda3", "panda4",
    "panda5", "panda6", "panda7", "panda8", "panda9", "paperclip", "pen", "pencil", "presentation", "ruler",
    "science", "science2", "scissors", "star", "tablet", "tag", "tape", "target", "telescope", "trophy",
})  # fmt: skip
"""Source: Canvas API documentation of `submission[sticker]`."""
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
    """The row without its grade and excuse. When it was graded, that it was, and for which work, stays."""
    return replace(row, score=None, grade=None, points_deducted=None, excused=False, grader_id=grader_id)


def without_excuse(
    row: Submission, grader_id: int, now: datetime, *, state: str = "graded", time: str = "keep"
) -> Submission:
    """The row after its excuse, or its grade, was taken back by an excuse of false.

    Args:
        row: The row.
        grader_id: Who takes it back.
        now: The present instant.
        state: "graded" leaves the row so; "ungraded" makes it what it was before anybody graded it.
        time: Whether `graded_at` is kept or moves to "now".
    """
    after = cleared(row, grader_id)
    if not row.excused:
        return after
    if state == "ungraded":
        ungraded = "unsubmitted" if row.work is None else "submitted"
        after = replace(after, workflow_state=ungraded)
    return replace(after, graded_at=now) if time == "now" else after


def excused(row: Submission, grader_id: int, now: datetime, *, is_hidden: bool = False) -> Submission:
    """The row excused: no grade, no status."""
    return replace(
        row,
        score=None,
        grade=None,
        points_deducted=None,
        excused=True,
        late_policy_status=None,
        seconds_late_override=None,
        custom_grade_status_id=None,
        grade_matches_current_submission=True,
        workflow_state="graded",
        grader_id=grader_id,
        graded_at=now,
        posted_at=_posted_at(row, now, is_hidden=is_hidden),
    )


def with_status(row: Submission, status: str | None, now: datetime) -> Submission:
    """The row under another status; the same one again changes nothing."""
    if status == row.late_policy_status:
        return row
    return replace(
        row,
        late_policy_status=status,
        seconds_late_override=row.seconds_late_override if status == "late" else None,
        custom_grade_status_id=row.custom_grade_status_id if status is None else None,
        excused=False,
        graded_at=now,
    )


def with_custom_status(row: Submission, status_id: int | None, now: datetime) -> Submission:
    """The row under a status of the district's own, in the place of an excuse or another status."""
    if status_id == row.custom_grade_status_id:
        return row
    if status_id is None:
        return replace(row, custom_grade_status_id=None)
    had_status = row.late_policy_status is not None
    return replace(
        row,
        custom_grade_status_id=status_id,
        late_policy_status=None,
        seconds_late_override=None,
        excused=False,
        graded_at=now if had_status else row.graded_at,
    )


def assigned_again(row: Submission) -> Submission:
    """The row of a student who has the assignment to do again: what it was, and its state read off that."""
    if row.has_grade:
        return replace(row, workflow_state="graded")
    return replace(row, workflow_state="unsubmitted" if row.work is None else "submitted")


def regraded(
    row: Submission, before: Assignment, after: Assignment, editor_id: int, now: datetime
) -> Submission:
    """The row after its assignment's points or grading type changed: same score, a new text for it.

    The score is the one that was entered; what lateness takes off it is for the late policy to say again.
    """
    if not row.has_grade:
        return row
    score = row.entered_score
    if before.grading_type == after.grading_type == "pass_fail" and row.grade == "complete":
        score = after.points_possible
    grade = None if score is None else grade_of(score, after, given=row.grade or "")
    return replace(row, score=score, grade=grade, points_deducted=None, grader_id=editor_id, graded_at=now)


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
        points_deducted=None,
        excused=False,
        grade_matches_current_submission=True,
        workflow_state="graded",
        grader_id=grader_id,
        graded_at=now,
        posted_at=_posted_at(row, now, is_hidden=is_hidden),
    )
