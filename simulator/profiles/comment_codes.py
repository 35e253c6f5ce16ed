"""Grade Book Comments: what a code does that stands in a grade cell, as values.

What lives here: the shape of a code, and those of the default district. What must never be here: what a code
makes of a score. The fields are those of Synergy's screen (Eugene SD 4J, "Grade Book Comments").
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_PERCENT_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentCode:
    """One comment that can be chosen for a cell.

    Attributes:
        code: What stands in the cell.
        comment: What it means, in words.
        excuses: It takes the student out of the assignment.
        missing_mark: "Missing Mark": the work is missing, and worth what the district gives for that.
        not_scored_percent: "Not Scored Value": what a cell without a score is worth, in percent of Points.
            None where the code has none of its own.
        penalty_percent: "Penalty %", taken off a score.
        remove_when_scored: "Remove When Scored": the code goes when a score comes.

    Raises:
        ValueError: If the code is blank, or a percentage cannot be.
    """

    code: str
    comment: str
    excuses: bool = False
    missing_mark: bool = False
    not_scored_percent: Decimal | None = None
    penalty_percent: Decimal = Decimal(0)
    remove_when_scored: bool = False

    def __post_init__(self) -> None:
        if not self.code.strip():
            raise ValueError("code: a comment code is not blank.")
        if not 0 <= self.penalty_percent <= _PERCENT_MAX:
            raise ValueError(f"penalty_percent: 0 to 100, not {self.penalty_percent}.")
        if self.not_scored_percent is not None and self.not_scored_percent < 0:
            raise ValueError(f"not_scored_percent: 0 or more, not {self.not_scored_percent}.")


DISTRICT_CODES = (
    CommentCode(code="L", comment="Late"),
    CommentCode(code="MI", comment="Missing", missing_mark=True, remove_when_scored=True),
    CommentCode(code="EX", comment="Excused", excuses=True),
)
"""Lincoln Public Schools' codes for the three statuses of Canvas."""
