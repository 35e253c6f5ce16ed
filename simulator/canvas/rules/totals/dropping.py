"""Which work of a group a student's total keeps under the group's drop rules.

Source: Canvas source, the calculators of server and browser. What lives here: how many are dropped and which
are never; `halving` chooses. What bites: kept is what makes the best group percentage, which is not the same
as dropping the lowest percentages; and work worth no points raises every percentage, so it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.canvas.rules.totals.halving import Calculator, Search, Work, by_score, searched
from simulator.canvas.rules.totals.items import Counted
from simulator.canvas.rules.totals.policy import Twin


@dataclass(frozen=True, slots=True)
class DropRules:
    """How many of the lowest and the highest are dropped, and the ids of the work that never is."""

    lowest: int = 0
    highest: int = 0
    never: frozenset[int] = frozenset()


NO_DROPS = DropRules()


def kept(
    counted: Sequence[Counted],
    rules: DropRules,
    calculator: Calculator = Calculator.SERVER,
    *,
    twin_dropped: Twin = "highest_id",
) -> Work:
    """What the rules leave of the work that counts in one group, whatever its order."""
    if rules.lowest == 0 and rules.highest == 0:
        return tuple(counted)
    in_browser = calculator is Calculator.BROWSER
    high_ids_first = twin_dropped == "lowest_id" and not in_browser
    ordered = sorted(counted, key=lambda each: each.id, reverse=high_ids_first)
    bound = tuple(each for each in ordered if each.id in rules.never)
    free = tuple(each for each in ordered if each.id not in rules.never)
    if not free:
        return bound
    best, worst = _sizes(len(free), rules)
    points_max = max(each.possible for each in (free if in_browser else free + bound))
    if points_max <= 0:
        return _kept_by_score(free, best, worst, in_browser=in_browser) + bound
    survivors = searched(Search(free, bound, best, best=True, points_max=points_max), calculator)
    return searched(Search(survivors, bound, worst, best=False, points_max=points_max), calculator) + bound


def _sizes(free: int, rules: DropRules) -> tuple[int, int]:
    """How many are kept of the best, and how many of those of the worst; at least one always is."""
    lowest = min(rules.lowest, free - 1)
    highest = 0 if lowest + rules.highest >= free else rules.highest
    return free - lowest, free - lowest - highest


def _kept_by_score(free: Work, best: int, worst: int, *, in_browser: bool) -> Work:
    """Without points possible there is no percentage to make. Of twins the browser drops the lowest id."""
    turn = -1 if in_browser else 1
    survivors = by_score(free[::turn], best, best=True)[::turn]
    return by_score(survivors, worst, best=False)
