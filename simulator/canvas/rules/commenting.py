"""What a comment does to the row that it is on: next to nothing.

Source: Canvas source, submission comment model. What bites: a grader's comment posts a row that nobody has
graded, so `posted_at` says nothing about a grade.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from simulator.canvas.model import Submission


def commented(row: Submission, now: datetime) -> Submission:
    """The row after a grader's comment that is seen at once: the row is seen with it."""
    return replace(row, posted_at=row.posted_at or now)
