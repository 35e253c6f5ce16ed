"""Exact arithmetic, quick enough for a whole class: fractions out of decimals, and their sums.

Why not decimals: three thirds must be one. Why not plain sums and comparisons: each of a hundred fractions
would look for a common denominator again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

REMEMBERED_MAX = 4096
"""How many decimals are remembered as fractions: a class has few different scores and points."""

NOTHING = Fraction(0)


@lru_cache(maxsize=REMEMBERED_MAX)
def exact(number: Decimal) -> Fraction:
    """The same number as a fraction."""
    return Fraction(number)


def scaled(score: Decimal, from_max: Decimal, to_max: Decimal) -> Fraction:
    """A score out of one number as a score out of another."""
    score_over, score_under = score.as_integer_ratio()
    from_over, from_under = from_max.as_integer_ratio()
    to_over, to_under = to_max.as_integer_ratio()
    return Fraction(score_over * from_under * to_over, score_under * from_over * to_under)


def exact_sum(numbers: Iterable[Fraction]) -> Fraction:
    """The sum, over one common denominator."""
    ratios = [each.as_integer_ratio() for each in numbers]
    wholes, common = over_one(ratios)
    return Fraction(sum(wholes), common)


def over_one(ratios: Sequence[tuple[int, int]]) -> tuple[list[int], int]:
    """Ratios as whole numbers over one common denominator: to be added up, or compared."""
    common = lcm(*(under for _over, under in ratios))
    return [over * (common // under) for over, under in ratios], common
