"""The front door: one student's total in one class for one grading period.

What lives here: the order of the steps, and the rows as they are shown. What must never be here: a step
itself; which items belong to a period, what each is worth, which are dropped, how types combine and how
numbers are rounded has a module each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from simulator.synergy.totals.book import AssignmentType, Entry, Item, Period
from simulator.synergy.totals.combining import (
    TypeSum,
    percent_by_points,
    percent_by_weights,
    shares_of,
    sum_of,
)
from simulator.synergy.totals.dropping import lowest_of
from simulator.synergy.totals.exact import NOTHING, exact, exact_sum
from simulator.synergy.totals.items import Worth, worth_of
from simulator.synergy.totals.marks import NO_MARK, mark_of, on_scale
from simulator.synergy.totals.periods import belongs_to
from simulator.synergy.totals.policy import TotalsPolicy
from simulator.synergy.totals.result import ClassTotal, ItemRow, TypeRow
from simulator.synergy.totals.rounding import SHOWN_DECIMALS, rounded, shown_points

DEFAULT_POLICY = TotalsPolicy()

NOTHING_EXPORTED = "100.00%"
"""The TOTAL row of a student who has nothing that counts, beside 0/0 and N/A (two published gradebooks)."""

_TOP_OF_PERCENT = Decimal(100)


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
    counted = [each for each in worths if each.standing == "counted"]
    by_type = _by_type(counted)
    sums = [sum_of(kind, by_type.get(kind.id, ())) for kind in _listed(types, policy)]
    earned = exact_sum(each.points for each in counted)
    possible = exact_sum(each.possible for each in counted)
    if policy.method == "points":
        percent = percent_by_points(earned, possible)
    else:
        percent = percent_by_weights(sums, policy)
    raw = _raw(percent or NOTHING, policy)
    return ClassTotal(
        raw=raw,
        mark=NO_MARK if percent is None else mark_of(raw, policy.scale, policy.between_bands),
        exact=percent,
        exported=_exported(percent, policy),
        points=shown_points(earned),
        possible=shown_points(possible),
        types=_type_rows(sums, policy),
        items=tuple(_item_row(each) for each in worths),
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
    by_type = _by_type(each for each in worths if each.standing == "counted")
    return frozenset().union(
        *(lowest_of(by_type.get(kind.id, ()), kind.drop_lowest, policy) for kind in dropping)
    )


def _by_type(worths: Iterable[Worth]) -> dict[str, list[Worth]]:
    found: dict[str, list[Worth]] = {}
    for each in worths:
        found.setdefault(each.item.type_id, []).append(each)
    return found


def _listed(types: Sequence[AssignmentType], policy: TotalsPolicy) -> list[AssignmentType]:
    every = policy.method == "points" or policy.zero_weight_type == "listed"
    return [kind for kind in types if every or kind.weight > 0]


def _raw(percent: Fraction, policy: TotalsPolicy) -> Decimal:
    return rounded(on_scale(percent, policy.scale), policy.decimals, policy.rounding)


def _exported(percent: Fraction | None, policy: TotalsPolicy) -> str:
    """The TOTAL row: none where points are added up, and none on another scale than percent."""
    if policy.method == "points" or policy.scale.top != _TOP_OF_PERCENT:
        return ""
    if percent is None:
        return NOTHING_EXPORTED
    return f"{shown_points(exact(_raw(percent, policy)))}%"


def _type_rows(sums: Sequence[TypeSum], policy: TotalsPolicy) -> tuple[TypeRow, ...]:
    if policy.method == "points":
        return tuple(_type_row(each, None, policy) for each in sums)
    shares = shares_of(sums, policy)
    return tuple(_type_row(each, shares[each.kind.id], policy) for each in sums)


def _type_row(total: TypeSum, share: Fraction | None, policy: TotalsPolicy) -> TypeRow:
    percent, is_weighted = total.percent, share is not None
    return TypeRow(
        type_id=total.kind.id,
        name=total.kind.name,
        weight=total.kind.weight if is_weighted else None,
        shown_weight=rounded(total.weight, 0, "half_up") if is_weighted else None,
        share=None if share is None else shown_points(share),
        points=shown_points(total.earned),
        possible=shown_points(total.possible),
        percentage=None if percent is None else rounded(percent, SHOWN_DECIMALS, policy.rounding),
        contribution=(rounded(total.contribution, SHOWN_DECIMALS, policy.rounding) if is_weighted else None),
        mark=(
            NO_MARK if percent is None else mark_of(_raw(percent, policy), policy.scale, policy.between_bands)
        ),
    )


def _item_row(worth: Worth) -> ItemRow:
    points = None if worth.earned is None else shown_points(worth.earned)
    return ItemRow(worth.item.number, worth.standing, points, shown_points(worth.possible))
