"""The terminal.

A line for each story as it ends, then the table rule -> story -> verdict, the seed and the time.

On a terminal there is colour and a status line that moves; elsewhere (CI, a pipe) there are plain lines only.
"""

from __future__ import annotations

from rich.console import Console as Terminal
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from scenarios.events import (
    BrokenTold,
    Event,
    ExpectationChecked,
    Outcome,
    RunFinished,
    RunStarted,
    StepTaken,
    StoryFinished,
    StoryStarted,
    Verdict,
)
from scenarios.printing import print_trimmed, table
from scenarios.reporting.rule_coverage import coverage_of

_SIGNS = {
    Outcome.PASSED: "[green]ok[/]  ",
    Outcome.FAILED: "[bold red]FAIL[/]",
    Outcome.ERRORED: "[bold red]ERR[/] ",
}
_VERDICTS = {
    Verdict.UPHELD: "[green]upheld[/]",
    Verdict.REFUSED: "[cyan]refused[/]",
    Verdict.NEVER_TRIGGERED: "[bold red]never triggered[/]",
    Verdict.BROKEN: "[bold red]broken[/]",
}


class Console:
    """Tells a run on a terminal. With `verbose` it tells every step as well."""

    def __init__(self, terminal: Terminal, *, verbose: bool = False) -> None:
        self._terminal = terminal
        self._verbose = verbose
        self._status: Status | None = None
        self._count = 0
        self._broken: BrokenTold | None = None
        self._finished: list[StoryFinished] = []
        self._unexpected: set[str] = set()
        """The stories that are played under other switches than they expect."""

    def hear(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case RunStarted():
                self._begin(event)
            case StoryStarted():
                self._show_progress(event)
            case StepTaken() if self._verbose:
                self._print(f"       {event.actor:<8} {escape(event.sentence)}")
            case ExpectationChecked() if self._verbose:
                sign = "[green]✓[/]" if event.held else f"[bold red]✗ saw {escape(event.seen)}[/]"
                self._print(f"       expect   {escape(event.told)} {sign}")
            case StoryFinished():
                self._end_story(event)
            case RunFinished():
                self._end(event)
            case _:
                pass

    def _begin(self, event: RunStarted) -> None:
        self._count = len(event.stories)
        self._broken = event.broken
        stories = "1 story" if self._count == 1 else f"{self._count} stories"
        self._print(f"Seed {event.seed}. {stories}, {event.wire}.")
        if event.broken:
            self._print(f"Broken on purpose: {escape(event.broken.says)} ({event.broken.rule})")
        if event.switches:
            self._print(f"Played with {escape(', '.join(event.switches))}, whatever a story expects.")
        self._print("")
        if self._terminal.is_terminal:
            self._status = self._terminal.status("")
            self._status.start()

    def _show_progress(self, event: StoryStarted) -> None:
        if event.unexpected:
            self._unexpected.add(event.story.name)
        if self._status:
            self._status.update(f"{event.number}/{self._count} {escape(event.story.title)}")
        if self._verbose:
            self._print(f"\n[bold]{escape(event.story.title)}[/]")
            if event.unexpected:
                self._print(f"       Played with {escape('; '.join(event.unexpected))}.")

    def _end_story(self, event: StoryFinished) -> None:
        self._finished.append(event)
        under = " (under other switches than it expects)" if event.story.name in self._unexpected else ""
        title = escape(event.story.title) + under
        self._print(f"{_SIGNS[event.outcome]} {len(self._finished):>3}/{self._count}  {title}")
        if event.failure:
            self._print(f"          [red]{escape(event.failure)}[/]")
            self._print(f"          replay: {escape(event.replay)}")

    def _end(self, event: RunFinished) -> None:
        if self._status:
            self._status.stop()
        self._print("\nWhat was proved\n")
        print_trimmed(self._terminal, self._table())
        self._print("")
        closing = _closing(event) if self._broken is None else _closing_of_mutant(event, self._broken)
        self._print(closing + _under_others(len(self._unexpected)))

    def _table(self) -> Table:
        proved = table()
        proved.add_column("Rule", no_wrap=True)
        proved.add_column("Story")
        proved.add_column("Verdict", no_wrap=True)
        told = ""
        for row in coverage_of(self._finished):
            noted = row.outcome is not Outcome.PASSED and row.verdict is not Verdict.BROKEN
            failed = " [bold red](story failed)[/]" if noted else ""
            shown = "" if row.rule.id == told else row.rule.id
            proved.add_row(shown, escape(row.story.title), _VERDICTS[row.verdict] + failed)
            told = row.rule.id
        return proved

    def _print(self, text: str) -> None:
        self._terminal.print(text, highlight=False, soft_wrap=True)


def _closing(event: RunFinished) -> str:
    told = f"{event.passed} passed, {event.failed} failed"
    colour = "green" if event.succeeded else "bold red"
    return (
        f"[{colour}]{told}[/] in {event.seconds:.1f} s. Seed {event.seed}: the same seed plays the same run."
    )


def _under_others(count: int) -> str:
    if not count:
        return ""
    told = (
        "1 story under other switches than it expects"
        if count == 1
        else (f"{count} stories under other switches than they expect")
    )
    return f" [yellow]{told}[/]: this run says nothing about what is documented."


def _closing_of_mutant(event: RunFinished, broken: BrokenTold) -> str:
    """Red is what a mutant should turn a run; that nobody notices it is the bad news."""
    titles = ", ".join(f'"{escape(title)}"' for title in event.caught_by)
    told = f"[green]Caught by[/] {titles}" if titles else "[bold red]Caught by no story[/]"
    return f"{told}: {broken.mutant} breaks {broken.rule}. {event.seconds:.1f} s. Seed {event.seed}."
