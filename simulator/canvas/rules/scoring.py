"""How the text of a grade becomes points, and points the text of a grade.

Source: Canvas source, assignment and grading standard models; Canvas API documentation of `posted_grade`.
What bites: a bare number is points in every grading type, only "85%" is a percentage; a letter is worth the
top of its range.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from simulator.canvas.model import Assignment
from simulator.canvas.rules.totals.letters import DEFAULT_SCHEME
from simulator.canvas.rules.totals.rounding import round_half_up

_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+")
_PERCENT = re.compile(r"[+-]?[0-9]*\.?[0-9]+%")
_COMPLETE = frozenset({"pass", "complete"})
_INCOMPLETE = frozenset({"fail", "incomplete"})
_LETTERED = frozenset({"letter_grade", "gpa_scale"})

_SCHEME = tuple((letter, round(cutoff * 100)) for letter, cutoff in DEFAULT_SCHEME.rows)
"""Canvas's default scheme: each letter and the least percentage that earns it."""

_EXACT_MAX = 1e15
"""Floats beyond this are whole, but not every whole number is one of them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A score in points and the grade that shows it."""

    score: float
    grade: str


def read_grade(text: str, assignment: Assignment) -> Mark | None:
    """What a posted grade means for this assignment, or None where it means nothing."""
    score = None if assignment.grading_type == "not_graded" else _score_of(text, assignment)
    if score is None or not math.isfinite(score):
        return None
    if assignment.grading_type == "pass_fail" and score not in (0.0, assignment.points_possible):
        return None
    score += 0.0  # there is no "-0" to be shown
    return Mark(score, grade_of(score, assignment, given=text))


def grade_of(score: float, assignment: Assignment, given: str = "") -> str:
    """The grade that Canvas shows for a score; `given` decides where the assignment is worth no points."""
    possible = assignment.points_possible
    if assignment.grading_type == "percent":
        return f"{plain(round_half_up(score if possible == 0 else score / possible * 100))}%"
    if assignment.grading_type == "pass_fail":
        full = score == possible if possible > 0 else given in _COMPLETE or score > 0
        return "complete" if full else "incomplete"
    if assignment.grading_type in _LETTERED:
        return _letter(score, possible, given)
    return plain(score)


def plain(number: float) -> str:
    """A number as Canvas writes it in a grade: a whole one without its ".0"."""
    return str(int(number)) if number.is_integer() and abs(number) < _EXACT_MAX else repr(number)


def _score_of(text: str, assignment: Assignment) -> float | None:
    possible = assignment.points_possible
    if _PERCENT.fullmatch(text):
        return float(Decimal(text[:-1]) / 100 * Decimal(repr(possible)))
    if _NUMBER.fullmatch(text):
        return float(text)
    if text in _COMPLETE:
        return possible
    if text in _INCOMPLETE:
        return 0.0
    if assignment.grading_type in _LETTERED:
        percent = _top_of_range(text)
        return None if percent is None else round_half_up(possible * percent / 100)
    return None


def _letter(score: float, possible: float, given: str) -> str:
    if possible == 0:
        return given
    percent = score / possible * 100
    return next((letter for letter, least in _SCHEME if percent >= least), _SCHEME[-1][0])


def _top_of_range(letter: str) -> int | None:
    """The percentage that a letter stands for when it is typed in: just below the next better letter."""
    above = 101
    for name, least in _SCHEME:
        if name == letter.upper():
            return above - 1
        above = least
    return None
