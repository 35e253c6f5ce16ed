"""Which scores of a type are dropped: so many of the lowest, for one student.

Dropped points leave both sides, earned and possible (a published gradebook: 14 scores of 1 point with two
dropped are 11.385 of 12). Only what counts can be dropped, and only what has points possible: extra credit
has no percentage, and can only help.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.synergy.totals.exact import over_one
from simulator.synergy.totals.items import Worth
from simulator.synergy.totals.policy import TotalsPolicy


def lowest_of(worths: Iterable[Worth], count: int, policy: TotalsPolicy) -> frozenset[int]:
    """The numbers of the assignments that are dropped.

    Args:
        worths: The counted assignments of one type.
        count: How many the type drops.
        policy: By what they are ordered, what breaks a tie, whether one must stay.
    """
    droppable = [each for each in worths if each.possible.numerator > 0]
    most = len(droppable) - (1 if policy.drop_keeps_one else 0)
    lows, _common = over_one([_low(each, policy) for each in droppable])
    direction = 1 if policy.drop_tie == "older" else -1
    ordered = sorted(
        (low, direction * each.item.assigned_on.toordinal(), direction * each.item.number, each.item.number)
        for low, each in zip(lows, droppable, strict=True)
    )
    return frozenset(number for *_place, number in ordered[: min(count, most)])


def _low(worth: Worth, policy: TotalsPolicy) -> tuple[int, int]:
    """How low it is, as a ratio: the lowest is dropped first."""
    earned, under = worth.points.as_integer_ratio()
    if policy.drop_order == "points":
        return earned, under
    possible, possible_under = worth.possible.as_integer_ratio()
    return earned * possible_under, under * possible
