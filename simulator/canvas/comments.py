"""The comments on the submissions of one Canvas, on a table of its store.

What lives here: keeping and finding. What must never be here: what a comment does to a row
(`rules.commenting`).
"""

from __future__ import annotations

from datetime import datetime

from simulator.canvas.model import Submission, SubmissionComment
from simulator.ids import Ids
from simulator.state import Table


class Comments:
    """What was written beside the work of students."""

    def __init__(self, table: Table[int, SubmissionComment], ids: Ids) -> None:
        self._table = table
        self._ids = ids

    def on(self, row: Submission) -> tuple[SubmissionComment, ...]:
        """The comments on a row, oldest first."""
        return tuple(self._table.where(place=(row.assignment_id, row.user_id)))

    def add(
        self, row: Submission, author_id: int, text: str, now: datetime, *, attempt: int | None = None
    ) -> SubmissionComment:
        """Keep a comment on a row."""
        number = self._ids.integer("submission_comment")
        return self._table.put(
            SubmissionComment(number, row.assignment_id, row.user_id, author_id, text, now, attempt)
        )
