"""A scale of the report card: what number 100 % is, and the bounds of its marks.

What lives here: scales as values that are right or cannot be made. What must never be here: which mark a
number gets. A bound goes to the hundredth (Tigard-Tualatin SD, "grade scale": 85.00-89.99).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_HUNDREDTH = -2
"""The smallest exponent of a bound."""


@dataclass(frozen=True, slots=True)
class Band:
    """One mark, from its low to its high bound, both inside."""

    mark: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """A report card score type: the number that 100 % is, and its marks, the highest first.

    Without marks the number is its own mark.

    Raises:
        ValueError: If a bound has more than two decimals, or two marks overlap or are out of order.
    """

    name: str
    top: Decimal
    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        for band in self.bands:
            exponents = [bound.as_tuple().exponent for bound in (band.low, band.high)]
            if band.low > band.high or any(not _is_to_the_hundredth(each) for each in exponents):
                raise ValueError(
                    f'Mark "{band.mark}" of {self.name}: give a low bound up to the high bound, '
                    f"with two decimals at most, not {band.low} to {band.high}."
                )
        for upper, lower in pairwise(self.bands):
            if lower.high >= upper.low:
                raise ValueError(
                    f'Mark "{lower.mark}" of {self.name} must end below {upper.low}, '
                    f'where "{upper.mark}" begins; it ends at {lower.high}.'
                )


def _is_to_the_hundredth(exponent: int | str) -> bool:
    return isinstance(exponent, int) and exponent >= _HUNDREDTH


PERCENT = Scale(
    "percent",
    Decimal(100),
    (
        Band("A", Decimal("90.00"), Decimal("100.00")),
        Band("B", Decimal("80.00"), Decimal("89.99")),
        Band("C", Decimal("70.00"), Decimal("79.99")),
        Band("D", Decimal("60.00"), Decimal("69.99")),
        Band("F", Decimal("0.00"), Decimal("59.99")),
    ),
)
"""A letter for every ten percent. The bounds are ours: every district sets its own."""

FOUR_POINT = Scale("four_point", Decimal(4))
"""0 to 4, read off gradebooks of a Washington district, where 85.83 % is 3.4."""
