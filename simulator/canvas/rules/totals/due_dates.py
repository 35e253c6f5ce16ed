"""When work is due for one student, out of the assignment's date and its overrides.

Source: Canvas source, effective due dates. What lives here: the choice among dates. What must never be here:
whom an override is for; the caller passes those that apply to the student. What bites: "no due date" is later
than any date, and an override that leaves the date alone loses to one that sets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DueOverride:
    """An override that applies to the student: individual, group or section, which rank the same.

    Attributes:
        due_at: Its date, or None for no due date.
        sets_due_at: Whether it has a date of its own at all; if not, the assignment's date stands.
    """

    due_at: datetime | None
    sets_due_at: bool = True


def effective_due_at(base_due_at: datetime | None, overrides: Iterable[DueOverride]) -> datetime | None:
    """The due date that holds for the student; the base is everyone else's."""
    dates = [each.due_at for each in overrides if each.sets_due_at]
    if not dates:
        return base_due_at
    known = [date for date in dates if date is not None]
    return max(known) if len(known) == len(dates) else None
