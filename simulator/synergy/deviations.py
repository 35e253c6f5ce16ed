"""What providers other than Synergy refuse in a write, decided purely; no documented rule of Synergy is here.

What lives here: decisions over a draft and the switches of `profile.provider`. What must never be here: the
store, HTTP. By default every one of them lets everything pass.
"""

from __future__ import annotations

from simulator.profiles import ProviderDeviations
from simulator.synergy.model import Assignment, LineItemDraft, ResultDraft, ScoreStatus, Session
from simulator.verdicts import Refusal

_UNFINISHED = frozenset({"submitted", "partially graded"})


def dates_outside(draft: LineItemDraft, period: Session, provider: ProviderDeviations) -> Refusal | None:
    """A line item is assigned and due within the grading period that it names."""
    if provider.dates_outside_period == "accept":
        return None
    days = {"assignDate": draft.assigned_on, "dueDate": draft.due_date}
    for field, day in days.items():
        if day is not None and not period.begins <= day <= period.ends:
            span = f"{period.name}, {period.begins} to {period.ends}"
            return Refusal(f"{day} lies outside of {span}.", field)
    return None


def scored_too_early(
    draft: ResultDraft, assignment: Assignment, provider: ProviderDeviations
) -> Refusal | None:
    """A score is not older than its assignment."""
    if provider.score_before_assigned == "accept" or draft.scored_on >= assignment.assigned_on:
        return None
    return Refusal(f"{draft.scored_on} is before the line item was assigned.", "scoreDate")


def status_of(status: ScoreStatus, provider: ProviderDeviations) -> ScoreStatus:
    """The status as it is kept."""
    finished = status in _UNFINISHED and provider.unfinished_statuses == "fully_graded"
    return "fully graded" if finished else status
