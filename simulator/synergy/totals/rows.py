"""The parts of a class total as they are shown: a row for each type, a row for each assignment, the number.

What lives here: which number is rounded how. Points are always shown half up to two decimals, contributions
to two decimals as the class rounds, the mark's number with the decimals of the class.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from simulator.synergy.totals.combining import TypeSum, shares_of
from simulator.synergy.totals.exact import NOTHING, exact
from simulator.synergy.totals.items import Worth
from simulator.synergy.totals.marks import NO_MARK, mark_of, on_scale
from simulator.synergy.totals.policy import TotalsPolicy
from simulator.synergy.totals.result import ItemRow, TypeRow
from simulator.synergy.totals.rounding import SHOWN_DECIMALS, rounded, shown_points

NOTHING_EXPORTED = "100.00%"
"""The TOTAL row of a student who has nothing that counts, beside 0/0 and N/A (two published gradebooks)."""

_TOP_OF_PERCENT = Decimal(100)


def raw_of(percent: Fraction | None, policy: TotalsPolicy) -> Decimal:
    """The number on the report card's scale, as the class rounds it; zero where there is none."""
    return rounded(on_scale(percent or NOTHING, policy.scale), policy.decimals, policy.rounding)


def shown_mark(percent: Fraction | None, policy: TotalsPolicy) -> str:
    """The mark of a percentage, or "N/A"."""
    if percent is None:
        return NO_MARK
    return mark_of(raw_of(percent, policy), policy.scale, policy.between_bands)


def exported(percent: Fraction | None, policy: TotalsPolicy) -> str:
    """The TOTAL row: none where points are added up, and none on another scale than percent."""
    if policy.method == "points" or policy.scale.top != _TOP_OF_PERCENT:
        return ""
    if percent is None:
        return NOTHING_EXPORTED
    return f"{shown_points(exact(raw_of(percent, policy)))}%"


def type_rows(sums: Sequence[TypeSum], policy: TotalsPolicy) -> tuple[TypeRow, ...]:
    """A row for each type, with its weight where types are weighted."""
    if policy.method == "points":
        return tuple(_type_row(each, None, policy) for each in sums)
    shares = shares_of(sums, policy)
    return tuple(_type_row(each, shares[each.kind.id], policy) for each in sums)


def item_row(worth: Worth) -> ItemRow:
    """A row for an assignment."""
    points = None if worth.earned is None else shown_points(worth.earned)
    return ItemRow(worth.item.number, worth.standing, points, shown_points(worth.possible))


def _type_row(total: TypeSum, share: Fraction | None, policy: TotalsPolicy) -> TypeRow:
    percent, is_weighted = total.points.percent, share is not None
    return TypeRow(
        type_id=total.kind.id,
        name=total.kind.name,
        weight=total.kind.weight if is_weighted else None,
        shown_weight=rounded(total.weight, 0, "half_up") if is_weighted else None,
        share=None if share is None else shown_points(share),
        points=shown_points(total.points.earned),
        possible=shown_points(total.points.possible),
        percentage=None if percent is None else rounded(percent, SHOWN_DECIMALS, policy.rounding),
        contribution=(rounded(total.contribution, SHOWN_DECIMALS, policy.rounding) if is_weighted else None),
        mark=shown_mark(percent, policy),
    )
