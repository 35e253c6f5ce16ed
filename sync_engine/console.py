"""What a teacher reads: a table of assignments, the scores that did not travel, and one line that sums up.

What lives here: words on a screen, from finished reports. What must never be here: a decision. What bites:
names come from other people, so they are never read as markup, and control characters in them never reach the
terminal.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from sync_engine.domain import tally
from sync_engine.domain.report import (
    ItemAction,
    ItemReport,
    Mode,
    Reason,
    RunReport,
    RunStatus,
    ScoreAction,
    ScoreReport,
    Trigger,
)
from sync_engine.domain.snapshot import CourseListing

WIDTH_OF_A_FILE = 140
"""How wide lines are where there is neither a terminal nor COLUMNS to ask."""

_DONE = {
    ItemAction.CREATED: ("created", "green"),
    ItemAction.UPDATED: ("updated", "green"),
    ItemAction.SCORES_SENT: ("given new scores", "green"),
    ItemAction.UNCHANGED: ("unchanged", "dim"),
    ItemAction.SKIPPED: ("left out", "dim"),
    ItemAction.REFUSED: ("refused", "bold red"),
    ItemAction.FAILED: ("failed", "bold red"),
}
_PLANNED = {
    ItemAction.CREATED: "would be created",
    ItemAction.UPDATED: "would be updated",
    ItemAction.SCORES_SENT: "would be given new scores",
    ItemAction.REFUSED: "would be refused",
}
_WORTH_TELLING = frozenset({ScoreAction.HELD, ScoreAction.CLEARED, ScoreAction.REFUSED, ScoreAction.FAILED})
_BOILERPLATE = frozenset({"SELECT-DEFAULT-ALL", "MANUAL-TRIGGER"})
"""True of nearly every line, so shown only where they forbid something or leave something out."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that colours only a terminal."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        return console
    width = None if "COLUMNS" in os.environ else WIDTH_OF_A_FILE
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=width, no_color=True)


def show_report(console: Console, report: RunReport) -> None:
    """One run, or one plan."""
    for reason in _worth_showing(report.reasons, skipped=False):
        _print(console, _line(reason))
    if report.items:
        _print(console, _items(report))
        console.print()
    for item in report.items:
        _show_scores(console, item)
    _print(console, _summary(report))


def show_history(console: Console, runs: Sequence[RunReport], *, district: str) -> None:
    """Past runs of a district, newest first."""
    console.print(f"District {_clean(district)}: {'the latest runs' if runs else 'no run yet'}\n")
    if not runs:
        return
    table = _table("Run", "When (UTC)", "Course", "What", "How it ended", "Sent", "Refused")
    table.columns[1].no_wrap = True
    for run in runs:
        table.add_row(
            run.run_id,
            f"{run.started_at:%Y-%m-%d %H:%M}",
            _clean(f"{run.course_id} {run.course_name}"),
            run.mode.value if run.trigger is Trigger.TEACHER else f"{run.mode.value} by {run.trigger.value}",
            _clean(f"{run.status.value}{_why_failed(run)}"),
            str(tally.assignments_with(run, *tally.WRITTEN)),
            str(tally.assignments_with(run, *tally.REFUSED)),
        )
    _print(console, table)
    _print(console, Text("\nSent and refused count assignments.\n"))


def show_courses(console: Console, courses: Sequence[CourseListing], *, district: str) -> None:
    """The courses of a district to choose from."""
    console.print(f"District {_clean(district)}: {'its courses' if courses else 'no courses'}\n")
    if not courses:
        return
    table = _table("Course", "Name", "Sections")
    for course in courses:
        sections = "\n".join(f"{each.name}{'' if each.sis_id else ' *'}" for each in course.sections)
        table.add_row(course.id, _clean(course.name), _clean(sections))
    _print(console, table)
    console.print()
    if any(not section.sis_id for course in courses for section in course.sections):
        _print(console, Text("* made by hand: nothing can be sent from it.\n"))


def _items(report: RunReport) -> Table:
    what = "What would happen" if report.mode is Mode.PLAN else "What happened"
    table = _table("Id", "Assignment", f"{what}, why, and what to do")
    table.leading = 1
    for alike in _alike(report.items):
        item = alike[0]
        words, colour = _words_of(item.action, report.mode)
        told = Text(f"{words}{_scores_of(alike)}", colour)
        for reason in _reasons_of(item):
            told.append_text(Text("\n")).append_text(_line(reason))
        names = Text.assemble(_clean(item.assignment_name, "bold"))
        for each in alike:
            names.append_text(_clean(f"\n{each.section_name}", "dim"))
        table.add_row(item.assignment_id, names, told)
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


def _reasons_of(item: ItemReport) -> list[Reason]:
    """What to say of an assignment: what decided it comes first, remarks on the side come last."""
    found = list(item.reasons)
    if item.action is ItemAction.UNCHANGED:
        alike = {
            reason.rule: reason
            for score in item.scores
            if score.action is ScoreAction.UNCHANGED
            for reason in score.reasons
        }
        found += alike.values()
    return _worth_showing(found, skipped=item.action is ItemAction.SKIPPED)


def _show_scores(console: Console, item: ItemReport) -> None:
    """The scores that did not travel, those with the same reasons together; 30 refused alike are one line."""
    together: dict[tuple[ScoreAction, tuple[str, ...]], list[ScoreReport]] = {}
    for score in item.scores:
        if score.action in _WORTH_TELLING and score.reasons:
            key = (score.action, tuple(_with_remedy(reason) for reason in score.reasons))
            together.setdefault(key, []).append(score)
    for (action, _words), scores in together.items():
        names = ", ".join(score.student_name for score in scores)
        _print(console, _clean(f"{item.assignment_name}, {item.section_name}: {action.value}: {names}"))
        for reason in scores[0].reasons:
            _print(console, _line(reason, indent="    "))


def _summary(report: RunReport) -> Text:
    counts = tally.assignments_by_action(report)
    parts = [f"{counts[action]} {_words_of(action, report.mode)[0]}" for action in _DONE if action in counts]
    what = "Plan" if report.mode is Mode.PLAN else f"Run {report.run_id} ({report.mode.value})"
    course = report.course_name or f"course {report.course_id}"
    writes = "1 write" if report.written == 1 else f"{report.written} writes"
    wrote = f"{writes} to Synergy" if report.written else "Nothing was written"
    told = f"Assignments: {', '.join(parts)}. " if parts else ""
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
    return sorted(shown, key=lambda reason: (not reason.refused, reason.note))


def _with_remedy(reason: Reason) -> str:
    return f"{reason.words} {reason.remedy}".strip()


def _line(reason: Reason, indent: str = "") -> Text:
    note = "note: " if reason.note else ""
    return _clean(f"{indent}{note}{_with_remedy(reason)} [{reason.rule}]", "red" if reason.refused else "")


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(console: Console, shown: RenderableType) -> None:
    """Print without blanks at the ends of the lines, which tables are full of."""
    with console.capture() as captured:
        console.print(shown)
    lines = captured.get().removesuffix("\n").split("\n")
    console.file.write("\n".join(line.rstrip() for line in lines) + "\n")
    console.file.flush()


def _clean(text: str, style: str = "") -> Text:
    return Text("".join(each if each.isprintable() or each == "\n" else "?" for each in text), style)
