"""The work that was handed in before the work that counts, on a table of a Canvas's store.

What lives here: each row as it was when work was handed in again. What bites: the last attempt is not here,
because it is the row itself.
"""

from __future__ import annotations

from simulator.canvas.model import Submission
from simulator.state import Table

ATTEMPTS_KEPT_MAX = 100
"""So many earlier attempts of one student on one assignment are kept; the oldest go first."""


class Attempts:
    """Earlier attempts."""

    def __init__(self, table: Table[tuple[int, int, int | None], Submission]) -> None:
        self._table = table

    def before(self, row: Submission) -> tuple[Submission, ...]:
        """The attempts before a row, the first one first."""
        return tuple(self._table.where(place=(row.assignment_id, row.user_id)))

    def keep(self, row: Submission) -> None:
        """Keep what was handed in, and how it was graded, before something else is handed in."""
        if row.attempt is None:
            return
        self._table.put(row)
        self._table.pop((row.assignment_id, row.user_id, row.attempt - ATTEMPTS_KEPT_MAX))
