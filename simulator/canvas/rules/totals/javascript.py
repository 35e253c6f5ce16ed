"""Numbers as JavaScript writes them, which is how its `sort` compares numbers when nobody tells it how.

Source: ECMAScript, Number::toString. What bites: 10 comes before 9, and -1 before -2.
"""

from __future__ import annotations

import math
from decimal import Decimal

_EXPONENT_MIN, _EXPONENT_MAX = -6, 20
"""Outside these a number is written with an exponent."""


def number_text(number: float) -> str:
    """The shortest text that JavaScript has for a number."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else f"{'-' if number < 0 else ''}Infinity"
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    figures = "".join(map(str, digits))
    return ("-" if sign and number else "") + _placed(figures, len(figures) + int(exponent))


def _placed(figures: str, point: int) -> str:
    """Digits with the decimal point after `point` of them, or with an exponent."""
    if not _EXPONENT_MIN <= point - 1 <= _EXPONENT_MAX:
        fraction = f".{figures[1:]}" if len(figures) > 1 else ""
        return f"{figures[0]}{fraction}e{point - 1:+d}"
    if point <= 0:
        return f"0.{'0' * -point}{figures}"
    whole = figures[:point].ljust(point, "0")
    return f"{whole}.{figures[point:]}" if figures[point:] else whole
