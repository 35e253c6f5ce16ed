"""Keeps what somebody did to a submission: work handed in, a grade, a comment.

What must never be here: what a grade makes of a row (`rules.grading`). What bites: a row that is kept in any
other way goes past the late policy; posting and hiding grades do, and make no new version.
"""

from __future__ import annotations

from simulator.canvas.lateness import settled
from simulator.canvas.model import Submission
from simulator.canvas.rules.commenting import commented
from simulator.canvas.rules.post_policy import is_manual
from simulator.canvas.store import CanvasStore


def put_submission(store: CanvasStore, row: Submission) -> Submission:
    """Keep a row that somebody touched, as its course's late policy leaves it."""
    return store.put_settled(settled(store, row))


def add_comment(
    store: CanvasStore, row: Submission, text: str, *, author_id: int, attempt: int | None = None
) -> Submission:
    """Keep what a grader wrote on a submission; where grades post themselves, that posts it."""
    store.comments.add(row, author_id, text, store.now, attempt=attempt)
    assignment = store.assignments[row.assignment_id]
    if is_manual(assignment, store.courses[assignment.course_id]):
        return row
    after = commented(row, store.now)
    return row if after == row else store.submissions.put(after)
