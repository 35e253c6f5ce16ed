"""Reports for machines: what `--json` prints.

What lives here: shapes. A plan names what would be done ("create"), a run what was done ("created"). The
history is lean unless all of it is wanted: a run of a class has thousands of lines.
"""

from __future__ import annotations

from typing import Any

from sync_engine.domain.report import ItemAction, Mode, RunReport, ScoreAction
from sync_engine.domain.tally import assignments_by_action
from sync_engine.ledger.store import REPORT

PLANNED: dict[str, str] = {
    ItemAction.CREATED: "create",
    ItemAction.UPDATED: "update",
    ItemAction.SCORES_SENT: "send_scores",
    ItemAction.SKIPPED: "skip",
    ItemAction.REFUSED: "refuse",
    ScoreAction.SENT: "send",
    ScoreAction.HELD: "hold",
    ScoreAction.CLEARED: "clear",
}
"""What an action is called before it is done, where that is another word."""


def report_as_json(report: RunReport) -> dict[str, Any]:
    """One run or one plan, whole."""
    told: dict[str, Any] = REPORT.dump_python(report, mode="json")
    if report.mode is Mode.PLAN:
        for item in told["items"]:
            item["action"] = PLANNED.get(item["action"], item["action"])
            for score in item["scores"]:
                score["action"] = PLANNED.get(score["action"], score["action"])
    return told


def run_as_json(report: RunReport) -> dict[str, Any]:
    """One past run in short: how many assignments fared how, and the rules that refused something."""
    told: dict[str, Any] = REPORT.dump_python(report, mode="json", exclude={"items", "reasons"})
    counts = assignments_by_action(report)
    told["assignments"] = {action.value: count for action, count in counts.items()}
    told["refused_by"] = sorted({reason.rule for reason in report.refusals})
    return told
