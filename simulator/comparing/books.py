"""What each gradebook shows of one student, as the totals detective is given it.

What lives here: frozen values, and which assignment of one book is which of the other. What must never be
here: a cause. What bites: the books have no id in common, so an assignment is known by its name, as a teacher
knows it; one that was renamed on one side only is alone on both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

CanvasStanding: TypeAlias = Literal["counted", "filtered_out", "ungraded", "excused", "dropped", "left_out"]
"""What an assignment is to the Total column. `filtered_out` would count with all grading periods on show."""

SynergyStanding: TypeAlias = Literal[
    "counted", "dropped", "excused", "not_for_grading", "not_scored", "not_weighted", "unknown_mark",
    "not_in_period",
]  # fmt: skip
"""What an assignment is to the class total. `not_in_period` is not ticked for the period on show."""

Weights: TypeAlias = Mapping[str, Decimal]
"""The weights of groups or types by their names, in percent."""


@dataclass(frozen=True, slots=True)
class CanvasWork:
    """One published assignment with the student's grade.

    Attributes:
        is_marked: Whether "Sync to Synergy" is checked.
        is_missing: Whether it is marked as missing, so that a score may be the missing policy's.
        due_on: For this student, on the district's calendar.
    """

    name: str
    group: str
    possible: float
    score: float | None
    is_excused: bool
    is_marked: bool
    is_missing: bool
    due_on: date | None
    standing: CanvasStanding

    @property
    def is_blank(self) -> bool:
        """Whether nobody has graded or excused it."""
        return self.score is None and not self.is_excused

    @property
    def counts(self) -> bool:
        """Whether it is in the number that the column shows."""
        return self.standing == "counted"


@dataclass(frozen=True, slots=True)
class SynergyWork:
    """One assignment of the class with the student's cell.

    Attributes:
        score: The number or the mark in the cell.
        earned: The points that it is worth, of `points`.
        is_from_canvas: Whether the sync brought it.
    """

    name: str
    type: str
    max_score: float
    points: float
    score: float | str | None
    earned: Decimal | None
    is_excused: bool
    is_from_canvas: bool
    standing: SynergyStanding

    @property
    def counts(self) -> bool:
        """Whether it is in the class total."""
        return self.standing == "counted"


@dataclass(frozen=True, slots=True)
class Span:
    """The grading period that Synergy has on show. Both days belong to it."""

    name: str
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class CanvasBook:
    """The teacher's gradebook.

    Attributes:
        total: The Total column in percent, None for a dash.
        period: The grading period that is filtered by, "" for all of them.
        weights: None where the course adds points up.
        weighs_periods: Whether the total is made of weighted grading periods.
    """

    total: Decimal | None
    period: str
    weights: Weights | None
    weighs_periods: bool
    work: tuple[CanvasWork, ...]


@dataclass(frozen=True, slots=True)
class SynergyBook:
    """The Grade Book.

    Attributes:
        shown: The number as the class rounds it, with its zeros; "N/A" where nothing counts.
        total: The same in percent.
        at_two_decimals: The percentage rounded as Canvas rounds.
        period: What is on show, None for every assignment of the class.
        weights: None where the class adds points up, or composes its mark.
        composes_terms: Whether the mark is composed of other grading periods.
    """

    shown: str
    total: Decimal | None
    at_two_decimals: Decimal | None
    period: Span | None
    weights: Weights | None
    composes_terms: bool
    work: tuple[SynergyWork, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An assignment in both books; None in one that does not have it. `is_copy` if it has it once more."""

    canvas: CanvasWork | None
    synergy: SynergyWork | None
    is_copy: bool = False

    @property
    def name(self) -> str:
        """What both call it."""
        known = self.canvas or self.synergy
        return known.name if known else ""

    @property
    def counts_in_synergy(self) -> bool:
        """Whether it is in Synergy's total."""
        return self.synergy is not None and self.synergy.counts

    @property
    def counts_somewhere(self) -> bool:
        """Whether it is in one of the totals."""
        return self.counts_in_synergy or (self.canvas is not None and self.canvas.counts)


def paired(canvas: CanvasBook, synergy: SynergyBook) -> tuple[Pair, ...]:
    """The assignments of both books, those of one name together: the first with the first, and so on."""
    waiting: dict[str, list[SynergyWork]] = defaultdict(list)
    for there in synergy.work:
        waiting[there.name].append(there)
    known = {here.name for here in canvas.work}
    both = [Pair(here, waiting[here.name].pop(0) if waiting[here.name] else None) for here in canvas.work]
    alone = [Pair(None, there, is_copy=name in known) for name, rest in waiting.items() for there in rest]
    return (*both, *alone)
