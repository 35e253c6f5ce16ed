"""The middle truth: what the engine believes it sent, as the ledger tells it.

What lives here: frozen values, and what a line item says in Synergy (its details), because that is what is
believed. What must never be here: a database. A belief may be wrong: Synergy's copy can be changed or deleted
behind our back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sync_engine.domain.snapshot import Status


@dataclass(frozen=True, slots=True)
class Details:
    """Everything about an assignment that travels, scores apart.

    Two equal details mean that nothing has to be updated.
    """

    title: str
    class_id: str
    category_id: str
    assigned_at: datetime
    due_at: datetime | None
    points: float


@dataclass(frozen=True, slots=True)
class BelievedItem:
    """A line item that Synergy acknowledged."""

    assignment_id: str
    section_id: str
    section_name: str
    line_item_id: str
    details: Details


@dataclass(frozen=True, slots=True)
class BelievedScore:
    """A result that Synergy acknowledged. A score of None means exempt."""

    assignment_id: str
    section_id: str
    student_id: str
    score: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class Beliefs:
    """All that is believed of one course. Keys: (assignment, section) and (assignment, section, student)."""

    items: Mapping[tuple[str, str], BelievedItem] = field(default_factory=dict)
    scores: Mapping[tuple[str, str, str], BelievedScore] = field(default_factory=dict)
