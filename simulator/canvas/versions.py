"""What became of submissions, on one table of the store to which rows are only ever added.

What lives here: adding and finding. What must never be here: what a change means (`rules.grade_history`).
What bites: every write of a row comes by here, so adding costs three look-ups and no more; posting and hiding
make no version, as in Canvas.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from simulator.canvas.model import Submission, SubmissionVersion
from simulator.ids import Ids
from simulator.state import Table


class Versions:
    """The versions of every row that was ever graded."""

    def __init__(self, table: Table[int, SubmissionVersion], ids: Ids) -> None:
        self._table = table
        self._ids = ids

    def add(self, row: Submission, was: Submission | None, *, points_possible: float, at: datetime) -> None:
        """Keep what a row has become.

        A grade that a world began with has no version yet, and gets one before it changes: what it `was`.
        """
        number = self._table.count(submission=(row.assignment_id, row.user_id)) + 1
        if number == 1 and was is not None and was.graded_at is not None:
            self._keep(1, was, points_possible, was.graded_at)
            number = 2
        self._keep(number, row, points_possible, at)

    def _keep(self, number: int, row: Submission, points_possible: float, at: datetime) -> None:
        version_id = self._ids.integer("submission_version")
        self._table.put(SubmissionVersion(version_id, number, row, at, points_possible))

    def of(self, row: Submission) -> tuple[SubmissionVersion, ...]:
        """The versions of a row, oldest first."""
        return tuple(self._table.where(submission=(row.assignment_id, row.user_id)))

    def of_all(self, rows: Iterable[Submission]) -> list[SubmissionVersion]:
        """The versions of many rows, oldest first."""
        return sorted((each for row in rows for each in self.of(row)), key=lambda each: each.id)

    def by_grader(self, grader_id: int) -> tuple[SubmissionVersion, ...]:
        """The versions that somebody made, oldest first."""
        return tuple(self._table.where(grader=grader_id))

    def uuid_of(self, version: SubmissionVersion) -> str:
        """What the log of grade changes calls it."""
        return self._ids.guid("grade change", version.id).lower()

    def before(self, version: SubmissionVersion) -> SubmissionVersion | None:
        """The version that one took the place of, None for a row's first."""
        return self.of(version.row)[version.number - 2] if version.number > 1 else None
