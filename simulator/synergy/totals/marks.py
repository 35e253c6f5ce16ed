"""How a percentage becomes a mark of the report card: the number on its scale, and its letter.

A letter has a low and a high bound, each to the hundredth (Tigard-Tualatin SD, "grade scale": 85.00-89.99).
The letter is read off the number that the class rounds to, so 89.99 is an A where the class rounds to whole
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

NO_MARK = "N/A"
"""The mark of a student who has nothing that counts."""

Between: TypeAlias = Literal["lower", "upper"]

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

SCALES = {scale.name: scale for scale in (PERCENT, FOUR_POINT)}


def on_scale(percent: Fraction, scale: Scale) -> Fraction:
    """A percentage as a number of the scale: its part of the scale's top."""
    return percent * Fraction(scale.top) / 100


def mark_of(number: Decimal, scale: Scale, between: Between) -> str:
    """The mark of a number of the scale.

    Args:
        number: As the class rounds it.
        scale: What the marks are.
        between: Which mark a number gets that lies between the bounds of two.
    """
    for place, band in enumerate(scale.bands):
        if number >= band.low:
            in_a_gap = number > band.high and place > 0
            return scale.bands[place - 1].mark if in_a_gap and between == "upper" else band.mark
    return scale.bands[-1].mark if scale.bands else str(number)
