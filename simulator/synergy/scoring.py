"""Marks in a grade cell: which of them are numbers, and what number a mark is for whoever wants one.

What lives here: pure readings of a score by its assignment's score type. What must never be here: totals,
which work with exact decimals and have their own.
"""

from __future__ import annotations

import math

from simulator.synergy.model import Assignment, GradeBookSetup, Score


def number_of(mark: str) -> float | None:
    """The number that a mark is, as in a list of 4, 3, 2, 1; None for a letter or a word."""
    try:
        number = float(mark)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def points_of(score: Score, assignment: Assignment, setup: GradeBookSetup) -> float | None:
    """The score out of Max Score, for a reader that knows numbers only (OneRoster 1.1).

    A mark is its percentage of Max Score; None where the class has no such mark any more, or a float cannot
    hold it. How Synergy tells a letter over OneRoster is public nowhere.
    """
    if not score.mark:
        return score.points
    used = next((each for each in setup.score_types if each.name == assignment.score_type), None)
    percent = dict(used.percents).get(score.mark) if used else None
    points = math.nan if percent is None else percent / 100 * assignment.max_score
    return points if math.isfinite(points) else None
