"""The terms of one Canvas, on a table of its store.

What lives here: keeping and finding. What must never be here: what a new term must look like (`rules.terms`).
What bites: there is always the default term; a course is in it until somebody puts it into another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from simulator.canvas.model import TERM_ID, Term
from simulator.canvas.params import Locator
from simulator.ids import Ids
from simulator.state import Table

DEFAULT_TERM_NAME = "Default Term"
_INDEXES = {"sis_term_id": "sis", "sis_integration_id": "integration"}


class Terms:
    """What terms the district has."""

    def __init__(self, table: Table[int, Term], ids: Ids) -> None:
        self._table = table
        self._ids = ids

    def begin(self, now: datetime) -> Term:
        """Make the default term, with which every Canvas begins."""
        return self._table.put(Term(TERM_ID, DEFAULT_TERM_NAME, now))

    def all(self) -> tuple[Term, ...]:
        """Every term, the one that starts last first; one without a start counts from when it was made."""
        return tuple(
            sorted(self._table.values(), key=lambda each: (each.starts_at or each.created_at, each.id))[::-1]
        )

    def with_id(self, term_id: int) -> Term:
        """The term of a course."""
        return self._table[term_id]

    def at(self, locator: Locator) -> Term | None:
        """The term so named."""
        if isinstance(locator.value, int):
            return self._table.get(locator.value)
        index = _INDEXES.get(locator.by)
        return None if index is None else self._table.first(**{index: locator.value})

    def of_sis_id(self, sis_id: str) -> Term | None:
        """The term of this SIS id."""
        return self._table.first(sis=sis_id)

    def add(self, wanted: Term) -> Term:
        """Keep a new term; it gets its id."""
        number = self._ids.integer("term")
        return self._table.put(replace(wanted, id=number))
