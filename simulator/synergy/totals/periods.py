"""Whether an assignment belongs to a grading period."""

from __future__ import annotations

from simulator.synergy.totals.book import Item, Period
from simulator.synergy.totals.policy import TotalsPolicy


def belongs_to(item: Item, period: Period | None, policy: TotalsPolicy) -> bool:
    """Whether the item counts in the period; without a period every item does.

    An assignment without a due date has its assignment date in its place: Synergy gives each one a date.
    """
    if period is None:
        return True
    if policy.period_membership == "ticked":
        return period.id in item.period_ids
    day = item.due_date if policy.period_membership == "due_date" and item.due_date else item.assigned_on
    return period.begins <= day <= period.ends
