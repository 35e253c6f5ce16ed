"""How a percentage becomes a mark of the report card: the number on its scale, and its letter.

The letter is read off the number that the class rounds to, so 89.99 is an A where the class rounds to whole
numbers.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from simulator.profiles.class_totals import Between
from simulator.profiles.scale import Scale

NO_MARK = "N/A"
"""The mark of a student who has nothing that counts."""


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
