"""The late policies of one Canvas, one for each course at most, on a table of its store.

What lives here: keeping and finding. What must never be here: what a policy takes off (`rules.late_policy`).
"""

from __future__ import annotations

from dataclasses import replace

from simulator.canvas.model import LatePolicy
from simulator.ids import Ids
from simulator.state import Table


class LatePolicies:
    """What each course decided about late and missing work."""

    def __init__(self, table: Table[int, LatePolicy], ids: Ids) -> None:
        self._table = table
        self._ids = ids

    def of_course(self, course_id: int) -> LatePolicy | None:
        """The policy of a course, None where it has none."""
        return self._table.first(course=course_id)

    def scoring_missing(self) -> tuple[LatePolicy, ...]:
        """The policies that give missing work a score."""
        return tuple(each for each in self._table.values() if each.missing_enabled)

    def put(self, policy: LatePolicy) -> LatePolicy:
        """Keep a policy, changed or new; one with the id 0 is new and gets its id."""
        return self._table.put(policy if policy.id else replace(policy, id=self._ids.integer("late_policy")))
