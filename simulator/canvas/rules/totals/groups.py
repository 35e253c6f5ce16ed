"""Adds work up by assignment group, and groups up to one total.

Source: Canvas source, grade calculator and the browser's course calculator. What lives here: sums per group
and their combination, as the server does it. What bites: the total is built from unrounded sums; a group
without possible points vanishes with its weight and with the points earned in it; and weights that add up to
more than 100 are not scaled down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from simulator.canvas.rules.totals.dropping import NO_DROPS, DropRules, kept
from simulator.canvas.rules.totals.halving import Calculator
from simulator.canvas.rules.totals.items import Counted
from simulator.canvas.rules.totals.policy import TotalsPolicy
from simulator.canvas.rules.totals.rounding import exact, finite, rounded_exactly, rounded_float

_FULL_WEIGHT = 100
_NOTHING = Decimal(0)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Group:
    """An assignment group: its weight in percent (None counts as 0) and what is dropped in it."""

    id: int
    weight: float | None = 0.0
    drops: DropRules = NO_DROPS


@dataclass(frozen=True, slots=True)
class GroupSum:
    """What counts in one group: points earned, points possible, the ids of what was kept and dropped."""

    group: Group
    earned: Decimal
    possible: Decimal
    kept: frozenset[int]
    dropped: frozenset[int]


@dataclass(frozen=True, slots=True)
class Combined:
    """A total: percentage, points earned and, where it is a sum of points, points possible."""

    score: float | None
    points: float | None
    possible: float | None


def group_sums(
    counted: Iterable[Counted],
    groups: Iterable[Group],
    policy: TotalsPolicy,
    calculator: Calculator = Calculator.SERVER,
) -> tuple[GroupSum, ...]:
    """The sum of each group, by id; what belongs to none of the groups counts nowhere."""
    by_group: dict[int, list[Counted]] = defaultdict(list)
    for each in counted:
        by_group[each.group_id].append(each)
    return tuple(
        _sum(group, by_group.get(group.id, []), policy, calculator)
        for group in sorted(groups, key=lambda group: group.id)
    )


def group_total(each: GroupSum) -> Combined:
    """The row that Canvas stores for a group."""
    return _of_points(each.earned, each.possible)


def combined(sums: Sequence[GroupSum], *, weighted: bool) -> Combined:
    """The total of some groups, as the server makes it."""
    if not weighted:
        earned = sum((each.earned for each in sums), _NOTHING)
        return _of_points(earned, sum((each.possible for each in sums), _NOTHING))
    relevant = relevant_sums(sums)
    weight = full_weight(relevant)
    if weight == 0:
        return Combined(None, None, None)
    total = sum(
        (each.earned / each.possible * exact(each.group.weight or 0.0) for each in relevant), _NOTHING
    )
    score = rounded_float(total / exact(weight) * _HUNDRED if weight < _FULL_WEIGHT else total)
    return Combined(score, score, None)


def relevant_sums(sums: Iterable[GroupSum]) -> tuple[GroupSum, ...]:
    """The groups that take part in a weighted total."""
    return tuple(each for each in sums if each.possible != 0)


def full_weight(relevant: Iterable[GroupSum]) -> float:
    """The weights of some groups together, added as floats."""
    return sum((each.group.weight or 0.0 for each in relevant), 0.0)


def _sum(group: Group, counted: list[Counted], policy: TotalsPolicy, calculator: Calculator) -> GroupSum:
    left = kept(counted, group.drops, calculator, twin_dropped=policy.twin_dropped)
    left_ids = frozenset(each.id for each in left)
    return GroupSum(
        group,
        earned=sum((each.earned for each in left), _NOTHING),
        possible=sum((each.worth for each in left), _NOTHING),
        kept=left_ids,
        dropped=frozenset(each.id for each in counted if each.id not in left_ids),
    )


def _of_points(earned: Decimal, possible: Decimal) -> Combined:
    points = finite(float(earned))
    score = None
    if possible > 0 and points is not None:
        score = rounded_exactly(exact(points) / possible * _HUNDRED)
    return Combined(score, points, finite(float(possible)))
