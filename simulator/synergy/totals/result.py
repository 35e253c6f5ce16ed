"""What comes out of a class total: the number, its mark, and every part that it was put together from.

What lives here: frozen values, rounded as they are shown. What must never be here: how they came about. The
numbers are decimals whose zeros matter: str() of one is what the screen shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal[
    "counted", "dropped", "excused", "not_for_grading", "not_scored", "not_weighted", "unknown_mark"
]
"""Whether an assignment counts for a student, or why it does not."""

TermKind: TypeAlias = Literal["grading_period", "exam"]
"""What one part of a semester is."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One assignment in one student's total. `points` is None where there is nothing to see."""

    number: int
    standing: Standing
    points: Decimal | None
    possible: Decimal


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One row of the calculation.

    Attributes:
        weight: In percent; None where the class adds up points.
        shown_weight: The weight as StudentVUE shows it, a whole number.
        share: The weight once the weight of the types without points is spread; 0 for such a type.
        points: Earned, displayed.
        possible: Displayed.
        percentage: Earned of possible; None without possible points.
        contribution: What the type adds to the total, by its own weight; None without weights.
        mark: The percentage on the report card's scale.
    """

    type_id: str
    name: str
    weight: Decimal | None
    shown_weight: Decimal | None
    share: Decimal | None
    points: Decimal
    possible: Decimal
    percentage: Decimal | None
    contribution: Decimal | None
    mark: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """One mark that a semester is composed of.

    Attributes:
        id: Of the grading period, or of the assignment type of the exam.
        kind: Which of the two.
        weight: In percent.
        share: The weight once the weight of the absent ones is spread; 0 for an absent one.
        percentage: What goes into the semester, displayed; None where there is no mark.
        contribution: What it adds to the semester by its own weight, displayed.
        mark: The percentage on the report card's scale.
    """

    id: str
    name: str
    kind: TermKind
    weight: Decimal
    share: Decimal
    percentage: Decimal | None
    contribution: Decimal
    mark: str


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """One student's total in one class for one grading period.

    Attributes:
        raw: The number on the report card's scale as the class rounds it ("CalculatedScoreRaw").
        mark: Its mark ("CalculatedScoreString"), or "N/A".
        exact: The percentage before any rounding; None where nothing counts.
        exported: The percentage of the TOTAL row; "" where StudentVUE has no such row.
        points: Everything earned that counts, displayed.
        possible: Everything possible that counts, displayed.
        terms: What a composed mark is made of; it then has no rows of types.
    """

    raw: Decimal
    mark: str
    exact: Fraction | None
    exported: str
    points: Decimal
    possible: Decimal
    types: tuple[TypeRow, ...]
    items: tuple[ItemRow, ...]
    terms: tuple[TermRow, ...] = ()
