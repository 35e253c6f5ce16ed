"""Grading periods and their sets on the wire, whose ids are always texts.

Source: Canvas source, the grading period serializers; Instructure's documentation of both families. What
bites: in a course nobody may change the periods, because they are the account's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from simulator.canvas.model import ROOT_ACCOUNT_ID, GradingPeriod, GradingPeriodSet
from simulator.canvas.rules.grading_periods import is_closed
from simulator.canvas.views.wire import moment


def grading_period_json(
    period: GradingPeriod, *, now: datetime, is_last: bool, may_change: bool
) -> dict[str, Any]:
    """One period; `is_last` says whether none of its set ends later."""
    return {
        "id": str(period.id),
        "grading_period_group_id": str(period.set_id),
        "title": period.title,
        "start_date": moment(period.starts_at),
        "end_date": moment(period.ends_at),
        "close_date": moment(period.closes_at),
        "weight": period.weight,
        "is_closed": is_closed(period, now),
        "is_last": is_last,
        "permissions": _permissions(may_change=may_change),
    }


def grading_periods_json(
    periods: Sequence[GradingPeriod], *, now: datetime, may_change: bool
) -> list[dict[str, Any]]:
    """All periods of one set."""
    ends_at = max((each.ends_at for each in periods), default=None)
    return [
        grading_period_json(each, now=now, is_last=each.ends_at == ends_at, may_change=may_change)
        for each in periods
    ]


def period_set_json(
    found: GradingPeriodSet, periods: Sequence[GradingPeriod], *, now: datetime
) -> dict[str, Any]:
    """A set with its periods, as administrators see it."""
    return {
        "id": str(found.id),
        "account_id": str(ROOT_ACCOUNT_ID),
        "title": found.title,
        "weighted": found.is_weighted,
        "display_totals_for_all_grading_periods": found.shows_all_totals,
        "created_at": moment(found.created_at),
        "enrollment_term_ids": [str(term) for term in found.term_ids],
        "grading_periods": grading_periods_json(periods, now=now, may_change=True),
        "permissions": _permissions(may_change=True),
    }


def _permissions(*, may_change: bool) -> dict[str, bool]:
    """What the caller may do with it; periods are made in their set and not one by one."""
    return {"read": True, "create": may_change, "update": may_change, "delete": may_change}
