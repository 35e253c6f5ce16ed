"""Grading periods: which one work belongs to, and the total of a course whose periods are weighted.

Source: Canvas source, effective due dates and grade calculator. What lives here: membership by the student's
due date, and the server's sum. What bites: the start of a period is outside it and its end inside; work
without a due date is in the last period; and the sum is made of the stored scores of the periods, which have
two decimals already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from simulator.canvas.rules.totals.items import Entry
from simulator.canvas.rules.totals.rounding import finite, round_half_up

_FULL_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class Period:
    """A grading period of the set that the course uses; its weight, in percent, counts in weighted sets."""

    id: int
    starts_at: datetime
    ends_at: datetime
    weight: float | None = None


def split_by_period(entries: Iterable[Entry], periods: Iterable[Period]) -> dict[int, list[Entry]]:
    """The work of each period; what is due outside all of them is in none."""
    in_order = tuple(periods)
    split: dict[int, list[Entry]] = {period.id: [] for period in in_order}
    for entry in entries if in_order else ():
        found = period_of(entry.item.due_at, in_order)
        if found is not None:
            split[found].append(entry)
    return split


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """The stored score of one period, and its weight."""

    score: float | None
    weight: float | None


def period_of(due_at: datetime | None, periods: Iterable[Period]) -> int | None:
    """The id of the period that work due then belongs to, None where it belongs to none."""
    in_order = sorted(periods, key=lambda period: (period.ends_at, period.id))
    if due_at is None:
        return in_order[-1].id if in_order else None
    minute = due_at.replace(second=0, microsecond=0)
    return next((each.id for each in in_order if each.starts_at < minute <= each.ends_at), None)


def total_of_periods(scores: Iterable[WeightedScore], *, ungraded_as_zero: bool) -> float | None:
    """The course total out of the periods: plain floats, scaled up below 100 percent and never down.

    A current total leaves out the periods without a score, a final one takes them for 0. Without any score at
    all a current total is None; where no period has a weight the total is 0.
    """
    taking_part = [each for each in scores if ungraded_as_zero or each.score is not None]
    if not taking_part and not ungraded_as_zero:
        return None
    weight = sum((each.weight or 0.0 for each in taking_part), 0.0)
    total = sum(((each.score or 0.0) * ((each.weight or 0.0) / _FULL_WEIGHT) for each in taking_part), 0.0)
    if weight == 0:
        return 0.0
    return finite(round_half_up(total * _FULL_WEIGHT / weight if weight < _FULL_WEIGHT else total))
