"""Finds which work makes the best, or the worst, percentage, by the method of Daniel and Jonathan Kane.

Source: their paper "Dropping Lowest Grades"; Canvas source, both calculators. A grade is guessed; each piece
of work rates score - guess * possible; the best ratings add up to nothing exactly where the guess is the best
grade there is, and halving closes in on it. What bites: Canvas stops at a set distance, and what it keeps is
what its last guess keeps, so the stopping rule is part of the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import sub
from typing import TypeAlias

from simulator.canvas.rules.totals.items import Counted
from simulator.canvas.rules.totals.javascript import number_text

Work: TypeAlias = tuple[Counted, ...]

_HALVINGS_MAX = 2_100
"""More halvings than that no interval of floats survives."""


class Calculator(Enum):
    """Who computes: the server stores totals, the teacher's browser shows its own."""

    SERVER = "server"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Search:
    """What one search is about.

    Attributes:
        free: The work to choose from; of equal ratings the first in this order is kept.
        bound: The work that counts beside it whatever is chosen.
        keep: How many to keep.
        best: Whether the best are kept, or the worst.
        points_max: The most points that any of the work is worth; it sets how close is close enough.
    """

    free: Work
    bound: Work
    keep: int
    best: bool
    points_max: float


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a guess keeps, as positions in the free work, and by how much that beats the guess."""

    kept: frozenset[int]
    surplus: float


def searched(search: Search, calculator: Calculator) -> Work:
    """The work to keep out of the free work, in its order."""
    free = search.free
    if len(free) <= search.keep:
        return free
    pointed = [each for each in free + search.bound if each.possible != 0]
    if not pointed:
        # Only a search for the worst, after one for the best, comes here. There is no grade to guess, so
        # Canvas keeps the highest scores: a rule that drops the highest drops low ones.
        return by_score(free, search.keep, best=True)
    positions = _last_kept(search, *_bounds(search, pointed, calculator))
    return tuple(each for position, each in enumerate(free) if position in positions)


def by_score(free: Work, keep: int, *, best: bool) -> Work:
    """The work with the highest or the lowest scores, in its order; of equal ones the first are kept."""
    ranked = sorted(range(len(free)), key=lambda position: free[position].score, reverse=best)
    return tuple(free[position] for position in sorted(ranked[:keep]))


def _last_kept(search: Search, low: float, high: float) -> frozenset[int]:
    """What the last guess between two grades keeps.

    Ratings are straight lines over the guess. So once both ends keep the same work, every guess between them
    keeps it too, and going on would change nothing.
    """
    precision = 2 * search.keep * search.points_max * search.points_max
    threshold = 1 / precision if precision else math.inf
    trial_at = _trials(search)
    low_kept, high_kept = trial_at(low).kept, trial_at(high).kept
    middle = (low + high) / 2
    trial = trial_at(middle)
    for _halving in range(_HALVINGS_MAX):
        if not high - low >= threshold or low_kept == high_kept:
            break
        if trial.surplus < 0:
            high, high_kept = middle, trial.kept
        else:
            low, low_kept = middle, trial.kept
        closer = (low + high) / 2
        if closer in (low, high):
            break
        middle, trial = closer, trial_at(closer)
    return trial.kept


def _trials(search: Search) -> Callable[[float], _Trial]:
    """How to try a guess."""
    scores, possibles = [each.score for each in search.free], [each.possible for each in search.free]
    bound_score = sum(each.score for each in search.bound)
    bound_possible = sum(each.possible for each in search.bound)
    positions = range(len(scores))

    def trial_at(guess: float) -> _Trial:
        ratings: list[float] = list(map(sub, scores, map(guess.__mul__, possibles)))
        kept = sorted(positions, key=ratings.__getitem__, reverse=search.best)[: search.keep]
        surplus = sum(map(ratings.__getitem__, kept)) + bound_score - guess * bound_possible
        return _Trial(frozenset(kept), surplus)

    return trial_at


def _bounds(search: Search, pointed: list[Counted], calculator: Calculator) -> tuple[float, float]:
    """Between which grades to look. The browser sorts them as text, so its two may be the wrong way round."""
    ratios = [each.score / each.possible for each in pointed]
    ratios.sort(key=number_text if calculator is Calculator.BROWSER else None)
    unpointed = [each.score for each in search.free + search.bound if each.possible == 0]
    if not unpointed:
        return ratios[0], ratios[-1]
    possible = sum(each.possible for each in pointed)
    best_pointed = max(possible, sum(each.score for each in pointed))
    return ratios[0], (best_pointed + sum(unpointed)) / possible
