"""Both gradebooks of one student in few words: work that agrees, and what a test changes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from simulator.comparing import CanvasBook, CanvasWork, Cause, Span, SynergyBook, SynergyWork, causes_of

QUARTER_1 = Span("Quarter 1", date(2026, 8, 17), date(2026, 10, 16))
IN_QUARTER_1, IN_QUARTER_2 = date(2026, 9, 21), date(2026, 11, 2)

HERE = CanvasWork(
    name="Quiz",
    group="Quizzes",
    possible=10.0,
    score=9.0,
    is_excused=False,
    is_marked=True,
    is_missing=False,
    due_on=IN_QUARTER_1,
    standing="counted",
)
THERE = SynergyWork(
    name="Quiz",
    type="Quizzes",
    max_score=10.0,
    points=10.0,
    score=9.0,
    earned=Decimal("9.00"),
    is_excused=False,
    is_from_canvas=True,
    standing="counted",
)


def here(**fields: Any) -> CanvasWork:  # noqa: ANN401 - fields of the work
    """A quiz in Canvas."""
    return replace(HERE, **fields)


def there(**fields: Any) -> SynergyWork:  # noqa: ANN401 - fields of the work
    """The same quiz in Synergy."""
    return replace(THERE, **fields)


def canvas(*work: CanvasWork, total: str | None = "90.00", **fields: Any) -> CanvasBook:  # noqa: ANN401
    """Canvas's gradebook, which adds points up."""
    book = CanvasBook(None if total is None else Decimal(total), "", None, weighs_periods=False, work=work)
    return replace(book, **fields)


def synergy(*work: SynergyWork, total: str | None = "80.00", **fields: Any) -> SynergyBook:  # noqa: ANN401
    """The Grade Book, which adds points up and rounds to two decimals."""
    known = None if total is None else Decimal(total)
    book = SynergyBook(
        shown=total or "N/A",
        total=known,
        at_two_decimals=known,
        period=QUARTER_1,
        weights=None,
        composes_terms=False,
        work=work,
    )
    return replace(book, **fields)


def rules(canvas_book: CanvasBook, synergy_book: SynergyBook) -> list[str]:
    """The ids of the rules that are named, in their order, without the common beginning; "" for no rule."""
    return [rule_of(cause) for cause in causes_of(canvas_book, synergy_book)]


def rule_of(cause: Cause) -> str:
    return "" if cause.rule is None else cause.rule.id.removeprefix("TOTALS-MISMATCH-")
