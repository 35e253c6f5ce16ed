"""What goes into a class total: assignments, what stands in one student's cells, types, a period.

What lives here: frozen values of this room's own, so that it knows no store and no vendor's API. What must
never be here: a decision about what counts. Numbers are exact decimals; a float never enters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Category: TypeAlias = Literal["normal", "extra_credit", "not_for_grading"]
"""The choices of "Assignment Category" on the edit screen."""


@dataclass(frozen=True, slots=True)
class ScoreType:
    """A list of marks, each worth a percentage of Points; steps need not be even.

    Sources: San Francisco USD, "Configure Score Types" (1 to 4 are worth 50, 60, 90 and 100 %); marks of a PE
    class in a published gradebook (4, 3 and 2 are worth 100, 90 and 80 %).
    """

    name: str
    percents: tuple[tuple[Decimal | str, Decimal], ...]

    def percent_of(self, mark: Decimal | str) -> Decimal | None:
        """What this mark is worth, or None where it is none of the list."""
        return next((percent for known, percent in self.percents if known == mark), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One assignment, the same for every student of the class.

    Attributes:
        number: Its integer in the gradebook, different for each.
        max_score: The top of what can be entered; None where blank.
        points: What it is worth; None where blank, which is worth nothing.
        period_ids: The grading periods that are ticked for it.
        score_type: None is "Raw Score": the score as a part of Max Score.
    """

    number: int
    type_id: str
    max_score: Decimal | None
    points: Decimal | None
    assigned_on: date
    due_date: date | None = None
    period_ids: frozenset[str] = frozenset()
    category: Category = "normal"
    score_type: ScoreType | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one student's cell.

    Attributes:
        score: The number or the word that was entered; None where there is none.
        excused: A comment code, or the third party, takes the student out.
        missing: A comment code with the Missing Mark stands there; a score outweighs it.
        not_scored_percent: The Not Scored Value of the comment code, which a score outweighs too; None where
            it has none of its own.
        penalty_percent: The Penalty % of the comment code.
        unfinished: The third party says that the work is not fully graded, whatever number it sent.
    """

    score: Decimal | str | None = None
    excused: bool = False
    missing: bool = False
    not_scored_percent: Decimal | None = None
    penalty_percent: Decimal = Decimal(0)
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class AssignmentType:
    """A row of Assignment Weighting: a type, its weight in percent, and how many low scores it drops.

    Raises:
        ValueError: If the weight or the number of drops is below zero.
    """

    id: str
    name: str
    weight: Decimal
    drop_lowest: int = 0

    def __post_init__(self) -> None:
        if self.weight < 0 or self.drop_lowest < 0:
            raise ValueError(
                f'Type "{self.name}": weight ({self.weight}) and drop_lowest ({self.drop_lowest}) '
                "must be 0 or more."
            )


@dataclass(frozen=True, slots=True)
class Period:
    """A grading period. Both days belong to it."""

    id: str
    begins: date
    ends: date
