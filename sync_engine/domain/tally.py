"""Counts of a report. A teacher counts assignments, not the copies that the sections of a course have."""

from __future__ import annotations

from sync_engine.domain.report import ItemAction, RunReport

WRITTEN = (ItemAction.CREATED, ItemAction.UPDATED, ItemAction.SCORES_SENT)
REFUSED = (ItemAction.REFUSED, ItemAction.FAILED)


def assignments_by_action(report: RunReport) -> dict[ItemAction, int]:
    """How many assignments fared how; one that fared differently in two sections counts under both."""
    found = {action: assignments_with(report, action) for action in ItemAction}
    return {action: count for action, count in found.items() if count}


def assignments_with(report: RunReport, *actions: ItemAction) -> int:
    """How many assignments fared in one of these ways in some section."""
    return len({item.assignment_id for item in report.items if item.action in actions})
