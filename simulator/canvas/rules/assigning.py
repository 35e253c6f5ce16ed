"""Who has an assignment to do, and by when.

What lives here: what a student's row needs to know of its assignment's dates. What must never be here: a
grade. What bites: an assignment's own date is only where one starts from; ask `Assignees` for a student's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Assignees:
    """The students of one assignment.

    Attributes:
        base_due_at: When it is due for whoever has no date of their own.
    """

    base_due_at: datetime | None

    def due_at_for(self, _user_id: int) -> datetime | None:
        """When this student has to be done, None where that is never. The date is the same for everybody."""
        return self.base_due_at
