"""How what is earned becomes a percentage of the class: by points, or by the weights of the types.

By weights: each type is earned / possible * weight, from unrounded points. A type without counted points is
ignored and the others share its weight (a published gradebook: 10/10 at 90 %, 0/0 at 10 %, total 100.00 %).
What bites: a type's contribution keeps its own weight; only the total is scaled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulator.synergy.totals.book import AssignmentType
from simulator.synergy.totals.exact import NOTHING, exact, exact_sum
from simulator.synergy.totals.items import Worth
from simulator.synergy.totals.policy import TotalsPolicy
from simulator.synergy.totals.rounding import SHOWN_DECIMALS, rounded


@dataclass(frozen=True, slots=True)
class Points:
    """Points added up, and over how many counted assignments."""

    earned: Fraction = NOTHING
    possible: Fraction = NOTHING
    counted: int = 0

    @property
    def percent(self) -> Fraction | None:
        """Earned of possible, or None where nothing was possible."""
        return self.earned / self.possible * 100 if self.possible > 0 else None


@dataclass(frozen=True, slots=True)
class TypeSum:
    """What one type adds up to for one student."""

    kind: AssignmentType
    points: Points

    @property
    def weight(self) -> Fraction:
        """In percent, exactly."""
        return exact(self.kind.weight)

    @property
    def contribution(self) -> Fraction:
        """What the type adds to a total of 100, by its own weight."""
        return (self.points.percent or NOTHING) * self.weight / 100


def points_of(counted: Collection[Worth]) -> Points:
    """Add up counted assignments."""
    return Points(
        exact_sum(each.points for each in counted),
        exact_sum(each.possible for each in counted),
        len(counted),
    )


def points_together(parts: Collection[Points]) -> Points:
    """Add up what is added up already."""
    return Points(
        exact_sum(each.earned for each in parts),
        exact_sum(each.possible for each in parts),
        sum(each.counted for each in parts),
    )


def percent_by_weights(sums: Sequence[TypeSum], policy: TotalsPolicy) -> Fraction | None:
    """The total of a class that weights its types, or None where no type has a share in it."""
    factor = _factor(sums, policy)
    if factor is None:
        return None
    return factor * exact_sum(_added(each, policy) for each in sums)


def shares_of(sums: Sequence[TypeSum], policy: TotalsPolicy) -> Mapping[str, Fraction]:
    """The weight of each type once the weight of the absent ones is spread; 0 for an absent one."""
    factor = _factor(sums, policy) or NOTHING
    return {each.kind.id: each.weight * factor if _is_present(each, policy) else NOTHING for each in sums}


def _factor(sums: Sequence[TypeSum], policy: TotalsPolicy) -> Fraction | None:
    """What the contributions are scaled by, or None where the present types weigh nothing."""
    present = _weights(each for each in sums if _is_present(each, policy))
    if not present:
        return None
    whole = Fraction(100) if policy.weight_sum == "normalised" else _weights(sums)
    return whole / present


def _is_present(each: TypeSum, policy: TotalsPolicy) -> bool:
    if each.points.possible > 0:
        return True
    return each.points.counted > 0 and policy.extra_credit_only_type == "keeps_weight"


def _weights(sums: Iterable[TypeSum]) -> Fraction:
    return exact_sum(each.weight for each in sums)


def _added(each: TypeSum, policy: TotalsPolicy) -> Fraction:
    if policy.total_from == "exact":
        return each.contribution
    return exact(rounded(each.contribution, SHOWN_DECIMALS, policy.rounding))
