"""How an exact number becomes one that is shown: half up or truncated, to a number of decimals.

Numbers come in as fractions, because a sum of thirds must come out whole before it is truncated: 28 digits
of a decimal would show 37.88 where the real gradebook shows 37.89. A number below zero is rounded by its
size, as one above zero is.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from simulator.profiles.class_totals import RoundingMode

SHOWN_DECIMALS = 2
"""Points and contributions are shown with two decimals, whatever the class rounds to."""


def rounded(value: Fraction, decimals: int, mode: RoundingMode) -> Decimal:
    """The number with exactly so many decimals, its zeros kept: 75.0, 18.97, 95."""
    numerator, denominator = value.as_integer_ratio()
    size = abs(numerator) * 10**decimals
    whole = (2 * size + denominator) // (2 * denominator) if mode == "half_up" else size // denominator
    sign = "-" if numerator < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{decimals}")


def shown_points(points: Fraction) -> Decimal:
    """Points as they are displayed: half up to two decimals, also in a class that truncates."""
    return rounded(points, SHOWN_DECIMALS, "half_up")
