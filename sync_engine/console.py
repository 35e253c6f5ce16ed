"""What a teacher reads: a table of assignments, the scores that did not travel, and one line that sums up.

What lives here: words on a screen, from finished reports. What must never be here: a decision. What bites:
names come from other people, so they are never read as markup, and control characters in them never reach the
terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sync_engine.domain.report import (
    ItemAction,
    ItemReport,
    Mode,
    Reason,
    RunReport,
    RunStatus,
    ScoreAction,
    ScoreReport,
)
from sync_engine.domain.snapshot import CourseListing

WIDTH_OF_A_FILE = 140
"""How wide lines are where there is no terminal to ask."""

_DONE = {
    ItemAction.CREATED: ("created", "green"),
    ItemAction.UPDATED: ("updated", "green"),
    ItemAction.SCORES_SENT: ("scores sent", "green"),
    ItemAction.UNCHANGED: ("nothing new", "dim"),
    ItemAction.SKIPPED: ("left out", "dim"),
    ItemAction.REFUSED: ("refused", "bold red"),
    ItemAction.FAILED: ("failed", "bold red"),
}
_PLANNED = {
    ItemAction.CREATED: "would be created",
    ItemAction.UPDATED: "would be updated",
    ItemAction.SCORES_SENT: "scores would be sent",
    ItemAction.REFUSED: "would be refused",
}
_WORTH_TELLING = frozenset({ScoreAction.HELD, ScoreAction.CLEARED, ScoreAction.REFUSED, ScoreAction.FAILED})
_BOILERPLATE = frozenset({"SELECT-DEFAULT-ALL", "MANUAL-TRIGGER"})
"""True of nearly every line, so shown only where they forbid something or leave something out."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that colours only a terminal."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    return (
        console
        if console.is_terminal
        else Console(
            stderr=stderr, highlight=False, markup=False, emoji=False, width=WIDTH_OF_A_FILE, no_color=True
        )
    )


def show_report(console: Console, report: RunReport) -> None:
    """One run, or one plan."""
    for reason in _worth_showing(report.reasons, skipped=False):
        console.print(_line(reason))
    if report.items:
        console.print(_items(report))
    for item in report.items:
        _show_scores(console, item)
    console.print(_summary(report))


def show_history(console: Console, runs: Sequence[RunReport]) -> None:
    """Past runs, newest first."""
    if not runs:
        console.print("No run yet.")
        return
    table = _table("Run", "When (UTC)", "Course", "What", "Who", "How it ended", "Written", "Refused")
    for run in runs:
        table.add_row(
            run.run_id,
            f"{run.started_at:%Y-%m-%d %H:%M}",
            _clean(f"{run.course_id} {run.course_name}"),
            run.mode.value,
            run.trigger.value,
            _clean(f"{run.status.value}{_why_failed(run)}"),
            str(run.written),
            str(len(run.refusals)),
        )
    console.print(table)


def show_courses(console: Console, courses: Sequence[CourseListing], *, district: str) -> None:
    """The courses of a district to choose from."""
    console.print(f"District {_clean(district)}:")
    table = _table("Course", "Name", "Sections (* made by hand: cannot send)")
    for course in courses:
        sections = ", ".join(f"{each.name}{'' if each.sis_id else ' *'}" for each in course.sections)
        table.add_row(course.id, _clean(course.name), _clean(sections))
    console.print(table)


def _items(report: RunReport) -> Table:
    table = _table("Id", "Assignment", "Section", "What happened", "Why, and what to do", "Rule")
    for alike in _alike(report.items):
        item = alike[0]
        words, colour = _words_of(item.action, report.mode)
        reasons = _worth_showing(item.reasons, skipped=item.action is ItemAction.SKIPPED)
        table.add_row(
            item.assignment_id,
            _clean(item.assignment_name),
            _clean("\n".join(each.section_name for each in alike)),
            Text(f"{words}{_scores_of(alike)}", colour),
            _clean("\n".join(_with_remedy(reason) for reason in reasons)),
            "\n".join(dict.fromkeys(reason.rule for reason in reasons)),
        )
    return table


def _alike(items: Iterable[ItemReport]) -> list[list[ItemReport]]:
    """An assignment that fared the same in several sections is one row."""
    rows: dict[tuple[str, ItemAction, tuple[Reason, ...]], list[ItemReport]] = {}
    for item in items:
        rows.setdefault((item.assignment_id, item.action, item.reasons), []).append(item)
    return list(rows.values())


def _words_of(action: ItemAction, mode: Mode) -> tuple[str, str]:
    words, colour = _DONE[action]
    return (_PLANNED.get(action, words) if mode is Mode.PLAN else words), colour


def _show_scores(console: Console, item: ItemReport) -> None:
    """The scores that did not travel, those with the same reasons together; 30 refused alike are one line."""
    together: dict[tuple[ScoreAction, tuple[str, ...]], list[ScoreReport]] = {}
    for score in item.scores:
        if score.action in _WORTH_TELLING and score.reasons:
            key = (score.action, tuple(_with_remedy(reason) for reason in score.reasons))
            together.setdefault(key, []).append(score)
    for (action, _words), scores in together.items():
        names = ", ".join(score.student_name for score in scores)
        console.print(_clean(f"{item.assignment_name}, {item.section_name}: {action.value}: {names}"))
        for reason in scores[0].reasons:
            console.print(_line(reason, indent="    "))


def _summary(report: RunReport) -> Text:
    counts = Counter(item.action for item in report.items)
    parts = [f"{_words_of(action, report.mode)[0]}: {counts[action]}" for action in _DONE if counts[action]]
    what = "Plan" if report.mode is Mode.PLAN else f"Run {report.run_id} ({report.mode.value})"
    course = report.course_name or f"course {report.course_id}"
    wrote = "Nothing was written" if not report.written else f"{report.written} written to Synergy"
    told = f"{', '.join(parts)}. " if parts else ""
    colour = {RunStatus.COMPLETED: "green", RunStatus.WARNING: "yellow", RunStatus.FAILED: "bold red"}
    return _clean(f"{what} of {course}: {report.status.value}. {told}{wrote}.", colour[report.status])


def _scores_of(items: Iterable[ItemReport]) -> str:
    sent = sum(
        score.action in {ScoreAction.SENT, ScoreAction.CLEARED} for item in items for score in item.scores
    )
    return f" ({sent} {'score' if sent == 1 else 'scores'})" if sent else ""


def _why_failed(run: RunReport) -> str:
    return "".join(f" ({reason.rule})" for reason in run.reasons if reason.refused)


def _worth_showing(reasons: Iterable[Reason], *, skipped: bool) -> list[Reason]:
    shown = [each for each in reasons if each.refused or skipped or each.rule not in _BOILERPLATE]
    return sorted(shown, key=lambda reason: not reason.refused)


def _with_remedy(reason: Reason) -> str:
    return f"{reason.words} {reason.remedy}".strip()


def _line(reason: Reason, indent: str = "") -> Text:
    return _clean(f"{indent}{_with_remedy(reason)} [{reason.rule}]", "red" if reason.refused else "")


def _table(*columns: str) -> Table:
    table = Table(show_lines=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _clean(text: str, style: str = "") -> Text:
    return Text("".join(each if each.isprintable() or each == "\n" else "?" for each in text), style)
