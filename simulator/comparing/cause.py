"""One reason why two totals differ, as a person is told it.

What lives here: the value, and how what stands in a cell is worded. What must never be here: when it applies.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.catalogue import Rule
from simulator.comparing.books import CanvasWork


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why the totals differ.

    Attributes:
        rule: The rule of the catalogue, None where no rule tells of it.
        about: The assignment, "" where it is about the whole book.
        words: What both books show.
        remedy: What to do, so that they agree.
    """

    rule: Rule | None
    about: str
    words: str
    remedy: str


def score_in_words(score: float | str | None) -> str:
    """What stands in a cell."""
    return "blank" if score is None else score if isinstance(score, str) else f"{score:g}"


def graded_in_words(here: CanvasWork) -> str:
    """A grade of Canvas: "8 of 10"."""
    return f"{score_in_words(here.score)} of {here.possible:g}"
