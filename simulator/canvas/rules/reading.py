"""Whether there is something on a row that its student has not seen yet.

Source: Canvas source, `lib/api/v1/submission` and content participation. What bites: what is hidden from a
student is not new to them; and to a grader every row is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from simulator.canvas.model import Seen, Submission, SubmissionComment


def comments_shown(
    row: Submission, comments: Iterable[SubmissionComment], *, is_hidden: bool
) -> list[SubmissionComment]:
    """What a student reads beside their row: of a row whose grade is hidden, their own words alone."""
    return [each for each in comments if each.author_id == row.user_id or not is_hidden]


def what_is_seen(row: Submission, comments: Iterable[SubmissionComment]) -> Seen:
    """What a student who looks at their row now sees of what others did to it."""
    by_others = sum(each.author_id != row.user_id for each in comments)
    return Seen(row.score, row.grade, row.excused is True, by_others)


def read_state(row: Submission, now_seen: Seen) -> Literal["read", "unread"]:
    """Whether the student saw all that there is to be seen."""
    return "read" if row.posted_at is None or row.seen == now_seen else "unread"
