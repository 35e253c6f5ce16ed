"""The assignment overrides of one Canvas, on a table of its store.

What lives here: keeping and finding. What must never be here: whether an override can be as it is
(`rules.overrides`), or whom it gives a date (`rules.assigning`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simulator.canvas.model import AssignmentOverride
from simulator.ids import Ids
from simulator.state import Table


class Overrides:
    """Overrides by assignment."""

    def __init__(self, table: Table[int, AssignmentOverride], ids: Ids) -> None:
        self._table = table
        self._ids = ids

    def of(self, assignment_id: int) -> tuple[AssignmentOverride, ...]:
        """The overrides of an assignment, in the order in which they were made."""
        return tuple(self._table.where(assignment=assignment_id))

    def are_on(self, assignment_id: int) -> bool:
        """Whether an assignment has any."""
        return self._table.count(assignment=assignment_id) > 0

    def keep(self, overrides: Iterable[AssignmentOverride]) -> tuple[AssignmentOverride, ...]:
        """Keep overrides, changed or new; those with the id 0 are new and get theirs."""
        return tuple(
            self._table.put(each if each.id else replace(each, id=self._ids.integer("assignment_override")))
            for each in overrides
        )

    def drop(self, overrides: Iterable[AssignmentOverride]) -> None:
        """Let overrides go."""
        for each in overrides:
            self._table.pop(each.id)
