"""The front door: one student's total in one class for one grading period.

What lives here: the order of the steps. What must never be here: a step itself; which items belong to a
period, what each is worth, which are dropped, how types combine and how numbers are shown has a module each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from simulator.synergy.totals.book import AssignmentType, Entry, Item, Period
from simulator.synergy.totals.combining import (
    Points,
    TypeSum,
    percent_by_weights,
    points_of,
    points_together,
)
from simulator.synergy.totals.dropping import lowest_of
from simulator.synergy.totals.items import Worth, worth_of
from simulator.synergy.totals.periods import belongs_to
from simulator.synergy.totals.policy import TotalsPolicy
from simulator.synergy.totals.result import ClassTotal
from simulator.synergy.totals.rounding import shown_points
from simulator.synergy.totals.rows import exported, item_row, raw_of, shown_mark, type_rows

DEFAULT_POLICY = TotalsPolicy()


def class_total(
    items: Sequence[Item],
    entries: Mapping[int, Entry],
    types: Sequence[AssignmentType],
    period: Period | None = None,
    policy: TotalsPolicy = DEFAULT_POLICY,
) -> ClassTotal:
    """Compute one student's total.

    Args:
        items: Every assignment of the class, in any order.
        entries: What stands in the student's cells, by the item's number.
        types: The assignment types of the class, in the order of its set-up.
        period: The grading period; None takes in every assignment of the class.
        policy: The settings of the class, and the readings of what is unknown.
    """
    worths = _worths(items, entries, types, period, policy)
    points = {name: points_of(works) for name, works in _counted_by_type(worths).items()}
    whole = points_together(points.values())
    sums = [TypeSum(kind, points.get(kind.id, Points())) for kind in _listed(types, policy)]
    percent = whole.percent if policy.method == "points" else percent_by_weights(sums, policy)
    return ClassTotal(
        raw=raw_of(percent, policy),
        mark=shown_mark(percent, policy),
        exact=percent,
        exported=exported(percent, policy),
        points=shown_points(whole.earned),
        possible=shown_points(whole.possible),
        types=type_rows(sums, policy),
        items=tuple(item_row(each) for each in worths),
    )


def _worths(
    items: Sequence[Item],
    entries: Mapping[int, Entry],
    types: Sequence[AssignmentType],
    period: Period | None,
    policy: TotalsPolicy,
) -> list[Worth]:
    """Every assignment of the period, with what became of it."""
    shown = frozenset(each.number for each in items if belongs_to(each, period, policy))
    scope = items if policy.drop_scope == "class" else [each for each in items if each.number in shown]
    weighted = frozenset(each.id for each in types if each.weight > 0)
    worths = [worth_of(each, entries.get(each.number), policy) for each in scope]
    if policy.method == "weighted":
        worths = [_weighed(each, weighted) for each in worths]
    dropped = _dropped(worths, types, policy)
    return [
        replace(each, standing="dropped") if each.item.number in dropped else each
        for each in worths
        if each.item.number in shown
    ]


def _weighed(worth: Worth, weighted: frozenset[str]) -> Worth:
    """Take out what has no part in the weighting, as a type that weighs nothing."""
    if worth.standing != "counted" or worth.item.type_id in weighted:
        return worth
    return replace(worth, standing="not_weighted")


def _dropped(
    worths: Iterable[Worth], types: Sequence[AssignmentType], policy: TotalsPolicy
) -> frozenset[int]:
    dropping = [kind for kind in types if kind.drop_lowest]
    if not dropping:
        return frozenset()
    by_type = _counted_by_type(worths)
    return frozenset().union(
        *(lowest_of(by_type.get(kind.id, ()), kind.drop_lowest, policy) for kind in dropping)
    )


def _counted_by_type(worths: Iterable[Worth]) -> dict[str, list[Worth]]:
    found: dict[str, list[Worth]] = {}
    for each in worths:
        if each.standing == "counted":
            found.setdefault(each.item.type_id, []).append(each)
    return found


def _listed(types: Sequence[AssignmentType], policy: TotalsPolicy) -> list[AssignmentType]:
    every = policy.method == "points" or policy.zero_weight_type == "listed"
    return [kind for kind in types if every or kind.weight > 0]
