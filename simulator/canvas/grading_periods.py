"""The grading periods of one Canvas, on two tables of its store: the sets, and the periods in them.

What lives here: keeping and finding. What must never be here: whether a set holds together
(`rules.grading_periods`), or which work is in which period (`rules.class_totals`). What bites: a term has one
set at most, so giving a set a term takes the term from another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from simulator.canvas.model import TERM_ID, GradingPeriod, GradingPeriodSet
from simulator.ids import Ids
from simulator.state import Table


class GradingPeriods:
    """Sets of grading periods, and which of them the courses use."""

    def __init__(
        self, sets: Table[int, GradingPeriodSet], periods: Table[int, GradingPeriod], ids: Ids
    ) -> None:
        self._sets = sets
        self._periods = periods
        self._ids = ids
        self.on_change: Callable[[], None] = lambda: None
        """Called when periods are others than before."""

    def sets(self) -> tuple[GradingPeriodSet, ...]:
        """Every set, in the order in which they were made."""
        return tuple(sorted(self._sets.values(), key=lambda each: each.id))

    def set_with(self, set_id: int) -> GradingPeriodSet | None:
        """The set with this id."""
        return self._sets.get(set_id)

    def in_use(self, term_id: int = TERM_ID) -> GradingPeriodSet | None:
        """The set that the courses of a term use, None where it has none."""
        return next((each for each in self._sets.values() if term_id in each.term_ids), None)

    def of_set(self, found: GradingPeriodSet | None) -> tuple[GradingPeriod, ...]:
        """The periods of a set, by their start; none without a set."""
        if found is None:
            return ()
        return tuple(sorted(self._periods.where(set=found.id), key=lambda each: (each.starts_at, each.id)))

    def of_courses(self, term_id: int = TERM_ID) -> tuple[GradingPeriod, ...]:
        """The periods that the courses of a term have."""
        return self.of_set(self.in_use(term_id))

    def all(self) -> tuple[GradingPeriod, ...]:
        """Every period of every set, set by set."""
        return tuple(period for each in self.sets() for period in self.of_set(each))

    def remove(self, period: GradingPeriod) -> None:
        """Let a period go; what was due in it is in none then."""
        self._periods.pop(period.id)
        self.on_change()

    def add_set(
        self,
        title: str,
        *,
        is_weighted: bool,
        shows_all_totals: bool,
        term_ids: tuple[int, ...],
        now: datetime,
    ) -> GradingPeriodSet:
        """Keep a new set without periods; its terms leave the sets that they had."""
        for each in self.sets():
            left = tuple(term for term in each.term_ids if term not in term_ids)
            if left != each.term_ids:
                self._sets.put(replace(each, term_ids=left))
        number = self._ids.integer("grading_period_set")
        made = self._sets.put(GradingPeriodSet(number, title, now, is_weighted, shows_all_totals, term_ids))
        self.on_change()
        return made

    def put(self, periods: Iterable[GradingPeriod]) -> tuple[GradingPeriod, ...]:
        """Keep periods, changed or new; those with the id 0 are new and get theirs."""
        kept = tuple(
            self._periods.put(each if each.id else replace(each, id=self._ids.integer("grading_period")))
            for each in periods
        )
        self.on_change()
        return kept
