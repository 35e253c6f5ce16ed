"""Grading schemes: which letter a percentage earns, on the server and in the browser.

Source: Canvas source, grading standard model and the browser's grading scheme helper. What bites: nothing is
rounded up to the next letter, 89.99 is not 90; and the browser cuts cutoffs to four digits, so one above 100
percent may move.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from simulator.canvas.rules.totals.rounding import exact, quantised

_STORED = Decimal("0.0001")
"""Cutoffs are stored as fractions of four decimals, which is a hundredth of a percent."""

_BROWSER_DIGITS = 4

Ladder: TypeAlias = tuple[tuple[str, Decimal], ...]
"""Letters with the percentages from which they are earned, best first."""


@dataclass(frozen=True, slots=True)
class GradingScheme:
    """Letters with the fraction of 1 from which each is earned, best first.

    Raises:
        ValueError: If no letter starts at 0, or they are not in falling order.
    """

    rows: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        """Refuse rows that would leave a score without its letter."""
        cutoffs = [cutoff for _letter, cutoff in self.rows]
        if 0 not in cutoffs:
            raise ValueError("rows: a grading scheme needs a letter from 0 on; give its lowest letter 0")
        if cutoffs != sorted(cutoffs, reverse=True):
            raise ValueError("rows: list the letters of a grading scheme from the best to the lowest")


_DEFAULT_ROWS = (
    ("A", 0.94), ("A-", 0.90), ("B+", 0.87), ("B", 0.84), ("B-", 0.80), ("C+", 0.77), ("C", 0.74),
    ("C-", 0.70), ("D+", 0.67), ("D", 0.64), ("D-", 0.61), ("F", 0.0),
)  # fmt: skip

DEFAULT_SCHEME = GradingScheme(_DEFAULT_ROWS)
"""Canvas's default scheme."""


def stored_ladder(scheme: GradingScheme | None) -> Ladder:
    """The cutoffs in percent as the server reads them; none without a scheme."""
    rows = scheme.rows if scheme else ()
    return tuple((letter, quantised(exact(cutoff), _STORED) * 100) for letter, cutoff in rows)


def browser_ladder(scheme: GradingScheme | None) -> Ladder:
    """The cutoffs in percent as the browser reads them."""
    rows = scheme.rows if scheme else ()
    return tuple((letter, _browser_cutoff(cutoff)) for letter, cutoff in rows)


def letter_on(ladder: Ladder, score: float | None) -> str | None:
    """The letter of a percentage of two decimals; None without one or without cutoffs."""
    if score is None or not ladder:
        return None
    reached = max(exact(score), Decimal(0))
    return next((letter for letter, cutoff in ladder if reached >= cutoff), ladder[-1][0])


def _browser_cutoff(cutoff: float) -> Decimal:
    percent = Decimal(cutoff * 100)
    return quantised(percent, Decimal(1).scaleb(percent.adjusted() + 1 - _BROWSER_DIGITS))
