"""Short ways to write down a gradebook: scores as a teacher would say them, "11.5 of 13"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from simulator.synergy.totals import (
    AssignmentType,
    ClassTotal,
    Entry,
    Item,
    Period,
    TotalsPolicy,
    class_total,
)

DAY = date(2026, 9, 14)
HALF_UP: dict[str, Any] = {"class_rounding": True}
TRUNCATING: dict[str, Any] = {"class_rounding": False}


@dataclass(frozen=True)
class Work:
    """An assignment with what one student has in its cell; the type and the number come later."""

    entry: Entry
    details: dict[str, Any] = field(default_factory=dict)


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def work(score: object, of: object, points: object = "same", **details: Any) -> Work:  # noqa: ANN401 - passed on as it is
    """A score out of Max Score; Points are the same unless given. No score at all is None."""
    worth = of if points == "same" else points
    return Work(Entry(number(score)), {"max_score": number(of), "points": number(worth), **details})


def word(entered: str, of: object, **details: Any) -> Work:  # noqa: ANN401 - passed on as it is
    """A word in the cell, in place of a number."""
    return Work(Entry(entered), work(None, of, **details).details)


def excused(of: object, score: object = None) -> Work:
    return Work(Entry(number(score), excused=True), work(None, of).details)


def missing(of: object, score: object = None) -> Work:
    return Work(Entry(number(score), missing=True), work(None, of).details)


def total_of(
    types: Iterable[tuple[object, list[Work]]],
    *,
    drop_lowest: int = 0,
    unlisted: Iterable[Work] = (),
    period: Period | None = None,
    **policy: Any,  # noqa: ANN401 - fields of the policy
) -> ClassTotal:
    """A student's total.

    Args:
        types: The weight of each type and the work in it; the types are called A, B, C...
        drop_lowest: How many scores the first type drops.
        unlisted: Work of a type that the class does not weight.
        period: The grading period; None for the whole class.
        policy: What differs from the default policy.
    """
    names = "ABCDEFG"
    given = list(types)
    kinds = [
        AssignmentType(name, name, Decimal(str(weight)), drop_lowest if name == "A" else 0)
        for name, (weight, _work) in zip(names, given, strict=False)
    ]
    works = [(name, each) for name, (_weight, works) in zip(names, given, strict=False) for each in works]
    works += [("unlisted", each) for each in unlisted]
    items = [
        Item(**{"number": place, "type_id": name, "assigned_on": DAY, **each.details})
        for place, (name, each) in enumerate(works, start=1)
    ]
    entries = {item.number: each.entry for item, (_name, each) in zip(items, works, strict=True)}
    return class_total(items, entries, kinds, period, TotalsPolicy(**policy))


def points_total(*works: Work, **policy: Any) -> ClassTotal:  # noqa: ANN401 - fields of the policy
    """The total of a class that adds up points, with one type."""
    return total_of([(100, list(works))], method="points", **policy)


def contributions(total: ClassTotal) -> list[str]:
    return [str(row.contribution) for row in total.types]


def standings(total: ClassTotal) -> list[str]:
    return [row.standing for row in total.items]


def exactly(total: ClassTotal) -> str:
    """The exact percentage to four decimals."""
    assert total.exact is not None
    return f"{float(total.exact):.4f}"
