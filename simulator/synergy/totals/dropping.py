"""Which scores of a type are dropped: so many of the lowest, for one student.

Dropped points leave both sides, earned and possible (a published gradebook: 14 scores of 1 point with two
dropped are 11.385 of 12). Only what counts can be dropped, and only what has points possible: extra credit
has no percentage, and can only help.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from simulator.synergy.totals.items import Worth
from simulator.synergy.totals.policy import TotalsPolicy


def lowest_of(worths: Iterable[Worth], count: int, policy: TotalsPolicy) -> frozenset[int]:
    """The numbers of the assignments that are dropped.

    Args:
        worths: The counted assignments of one type.
        count: How many the type drops.
        policy: By what they are ordered, what breaks a tie, whether one must stay.
    """
    droppable = [each for each in worths if each.possible > 0]
    most = len(droppable) - (1 if policy.drop_keeps_one else 0)
    ordered = sorted(droppable, key=lambda each: _place(each, policy))
    return frozenset(each.item.number for each in ordered[: max(0, min(count, most))])


def _place(worth: Worth, policy: TotalsPolicy) -> tuple[Fraction, int, int]:
    """Where it stands among the others, the first to be dropped first."""
    low = worth.points / worth.possible if policy.drop_order == "percent" else worth.points
    direction = 1 if policy.drop_tie == "older" else -1
    return low, direction * worth.item.assigned_on.toordinal(), direction * worth.item.number
