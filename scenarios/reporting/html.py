"""One self-contained HTML page that a person likes to read.

Nothing is fetched, so it can be mailed or archived by CI.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from scenarios.events import (
    Event,
    ExpectationChecked,
    RuleMarked,
    RunFinished,
    RunStarted,
    StepTaken,
    StoryFinished,
    StoryStarted,
)
from scenarios.reporting.rule_coverage import coverage_of


@dataclass(slots=True)
class _Beat:
    """One thing that happened, with the rules that were asked meanwhile."""

    happened: StepTaken | ExpectationChecked
    marks: list[RuleMarked]

    @property
    def refused(self) -> list[RuleMarked]:
        """The rules that said no."""
        return [mark for mark in self.marks if mark.refused]

    @property
    def upheld(self) -> list[RuleMarked]:
        """The rules that let it pass."""
        return [mark for mark in self.marks if not mark.refused]


@dataclass(slots=True)
class _Chapter:
    """One story with its beats, in order.

    Rules are asked while a step is taken, so their marks come before it.
    """

    started: StoryStarted
    beats: list[_Beat] = field(default_factory=list)
    asked: list[RuleMarked] = field(default_factory=list)
    finished: StoryFinished | None = None

    def add(self, event: StepTaken | ExpectationChecked | RuleMarked) -> None:
        """Take in what happened next."""
        if isinstance(event, RuleMarked):
            self.asked.append(event)
        else:
            self.beats.append(_Beat(event, self.asked))
            self.asked = []


class HtmlReport:
    """Gathers the run and writes the page when it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started: RunStarted | None = None
        self._chapters: list[_Chapter] = []

    def hear(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case RunStarted():
                self._started = event
            case StoryStarted():
                self._chapters.append(_Chapter(event))
            case StepTaken() | ExpectationChecked() | RuleMarked():
                self._chapters[-1].add(event)
            case StoryFinished():
                self._chapters[-1].finished = event
            case RunFinished():
                self._write(event)

    def _write(self, run: RunFinished) -> None:
        pages = Environment(
            loader=PackageLoader("scenarios.reporting"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        finished = [chapter.finished for chapter in self._chapters if chapter.finished]
        page = pages.get_template("report.html.j2").render(
            started=self._started,
            run=run,
            chapters=self._chapters,
            coverage=coverage_of(finished),
            again=_again(self._started, run),
        )
        self._path.write_text(page, encoding="utf-8")


def _again(started: RunStarted | None, run: RunFinished) -> str:
    """The command that plays the run again; each story has one of its own as well."""
    without_sockets = " --in-process" if started and started.wire != "sockets" else ""
    mutant = f" --mutant {started.broken.mutant}" if started and started.broken else ""
    switches = "".join(f" --set {shlex.quote(each)}" for each in started.switches) if started else ""
    return f"gradelab run --seed {run.seed}{without_sockets}{mutant}{switches}"
