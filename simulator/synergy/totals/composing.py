"""How a semester's mark is composed of others by weight, for one student: "Term Weighting".

What lives here: arithmetic over totals that are computed already. What must never be here: which assignments
a part has. The weight of a part without a mark goes to the others, or as the policy says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from simulator.synergy.totals.exact import NOTHING, exact, exact_sum
from simulator.synergy.totals.policy import TotalsPolicy
from simulator.synergy.totals.result import ClassTotal, TermKind, TermRow
from simulator.synergy.totals.rounding import SHOWN_DECIMALS, rounded, shown_points
from simulator.synergy.totals.rows import exported, raw_of, shown_mark


@dataclass(frozen=True, slots=True)
class Term:
    """One part: whose mark it is, its weight in percent, and the student's total there."""

    id: str
    name: str
    kind: TermKind
    weight: Decimal
    total: ClassTotal


def composed_total(terms: Sequence[Term], policy: TotalsPolicy) -> ClassTotal:
    """The semester of one student.

    Args:
        terms: Its parts, in the order of the set-up; no assignment is in two of them.
        policy: How the class rounds, and the readings of what is unknown.
    """
    values = [_value(each, policy) for each in terms]
    factor = _factor(terms, values, policy)
    rows = tuple(_row(term, value, factor, policy) for term, value in zip(terms, values, strict=True))
    percent = (
        None
        if factor is None
        else factor
        * exact_sum(
            exact(term.weight) * (value or NOTHING) / 100 for term, value in zip(terms, values, strict=True)
        )
    )
    items = {row.number: row for each in terms for row in each.total.items}
    return ClassTotal(
        raw=raw_of(percent, policy),
        mark=shown_mark(percent, policy),
        exact=percent,
        exported=exported(percent, policy),
        points=sum((each.total.points for each in terms), Decimal("0.00")),
        possible=sum((each.total.possible for each in terms), Decimal("0.00")),
        types=(),
        items=tuple(items[number] for number in sorted(items)),
        terms=rows,
    )


def _value(term: Term, policy: TotalsPolicy) -> Fraction | None:
    """The percentage that a part brings, None without a mark."""
    if term.total.exact is None or policy.term_marks == "exact":
        return term.total.exact
    return exact(term.total.raw) * 100 / exact(policy.scale.top)


def _factor(
    terms: Sequence[Term], values: Sequence[Fraction | None], policy: TotalsPolicy
) -> Fraction | None:
    """What the contributions are scaled by; None where there is no semester's mark to speak of."""
    present = exact_sum(
        exact(term.weight) for term, value in zip(terms, values, strict=True) if value is not None
    )
    if not present or (policy.absent_term == "no_mark" and None in values):
        return None
    whole = exact_sum(exact(each.weight) for each in terms)
    return Fraction(100) / (whole if policy.absent_term == "as_zero" else present)


def _row(term: Term, value: Fraction | None, factor: Fraction | None, policy: TotalsPolicy) -> TermRow:
    weight = exact(term.weight)
    counts = value is not None or policy.absent_term == "as_zero"
    return TermRow(
        id=term.id,
        name=term.name,
        kind=term.kind,
        weight=term.weight,
        share=shown_points(weight * (factor or NOTHING) if counts else NOTHING),
        percentage=None if value is None else rounded(value, SHOWN_DECIMALS, policy.rounding),
        contribution=rounded((value or NOTHING) * weight / 100, SHOWN_DECIMALS, policy.rounding),
        mark=shown_mark(value, policy),
    )
