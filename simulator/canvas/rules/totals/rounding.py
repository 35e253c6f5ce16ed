"""Numbers as Canvas reads and writes them: floats in, exact decimals inside, two decimals out.

Source: Canvas source, grade calculator and shared rounding; Ruby's `Float#round`; big.js. What lives here:
every conversion between float and decimal. What bites: `round(x, 2)` is wrong (it makes 93.82 of 93.825);
Canvas judges halves by the shortest text of the float, and so does this.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation

EXACT = Context(prec=60, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation])
"""Every decimal step runs under it, so that no caller's decimal context can move a total."""

_CENT = Decimal("0.01")
_BROWSER_STEP = Decimal(1).scaleb(-20)
_DIGITS_MAX = 30
"""A number of more whole digits than this has no decimals that anybody could mean."""


def exact(number: float) -> Decimal:
    """The decimal that the shortest text of a float says."""
    return Decimal(repr(number))


def exact_possible(number: float) -> Decimal:
    """Points possible, which Canvas's server reads to 15 significant digits."""
    return Decimal(f"{number:.15g}")


def quantised(number: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of a power of ten, halves away from zero; a huge number stays as it is."""
    if not number.is_finite() or number.adjusted() > _DIGITS_MAX:
        return number
    return number.quantize(step, ROUND_HALF_UP, EXACT)


def finite(number: float) -> float | None:
    """The number, or None where Canvas stores null: beyond the range of floats."""
    return number if math.isfinite(number) else None


def round_half_up(number: float) -> float:
    """Two decimals, halves away from zero, judged by the shortest text of the float."""
    return float(quantised(Decimal(repr(number)), _CENT))


def rounded_float(number: Decimal) -> float | None:
    """Made a float first and rounded then, as the server does with weighted totals."""
    return finite(round_half_up(float(number)))


def rounded_exactly(number: Decimal) -> float | None:
    """Rounded as the decimal it is."""
    return finite(float(quantised(number, _CENT)))


def browser_quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """A division as big.js does it: half up at twenty decimals."""
    return quantised(dividend / divisor, _BROWSER_STEP)
