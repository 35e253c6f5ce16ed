"""`gradelab`, the harness at the command line.

Exit codes: 0 all went well, 1 a story failed or a claimed rule was never triggered, 2 the command was called
wrongly.
"""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console as Terminal
from rich.markup import escape
from rich.table import Table

from contracts.catalogue import RULES
from scenarios.events import Event, RunFinished
from scenarios.library import STORIES, stories_for
from scenarios.mutants import MUTANTS, Mutant, broken_by
from scenarios.reporting import Console, HtmlReport, JunitReport, NdjsonReport, Report
from scenarios.runner import run as play_run
from scenarios.script import Scenario
from scenarios.serve import serve_until_stopped
from scenarios.stage import Setting
from simulator.profiles import PROFILES
from simulator.serving import LOOPBACK, PortInUseError, Ports

DEFAULT_SEED = 7
PIPE_WIDTH = 140

app = typer.Typer(
    name="gradelab",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Practise and test the grade sync from Canvas to Synergy, on this machine, with made-up people.",
)


class UsageError(typer.BadParameter):
    """The command was called wrongly: exit 2, and one line that says what to do."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print that line, and no usage around it."""
        where = f"{self.param_hint}: " if self.param_hint else ""
        typer.echo(f"gradelab: {where}{self.message}", file=file, err=True)


@app.command()
def run(
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Play only the stories of this rule, family or story name. May be repeated.", metavar="RULE"
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(help="The seed of the made-up school; the same seed plays the same run.")
    ] = DEFAULT_SEED,
    in_process: Annotated[
        bool, typer.Option("--in-process", help="Without sockets: faster, for working on the engine.")
    ] = False,
    report_dir: Annotated[
        Path | None,
        typer.Option(
            help="Write report.html, junit.xml and events.ndjson into this folder.", file_okay=False
        ),
    ] = None,
    mutant: Annotated[
        str | None,
        typer.Option(
            help="Put this bug in on purpose and play the stories that catch it. See: gradelab rules.",
            metavar="NAME",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every event as a line of JSON instead.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell every step and every expectation.")
    ] = False,
) -> None:
    """Play the stories: a class is graded in Canvas, posted by the real engine, and looked at in Synergy.

    Both fakes start on free loopback ports, and nothing leaves this machine.

    \b
    Examples:
      gradelab run
      gradelab run --only READONLY-OFF-ERROR -v
      gradelab run --report-dir reports
      gradelab run --mutant open-lock-written
    """  # noqa: D301 - click reads the control character as "keep these lines"
    broken = _mutant(mutant)
    stories = _chosen(only or (list(broken.killed_by) if broken else None))
    with contextlib.ExitStack() as open_files:
        reports: list[Report] = []
        if as_json:
            reports.append(NdjsonReport(sys.stdout))
        else:
            reports.append(Console(_terminal(), verbose=verbose))
        if report_dir is not None:
            reports += _file_reports(report_dir, open_files)
        if broken and not as_json:
            _terminal().print(
                f"Broken on purpose: {broken.says} ({broken.rule})", highlight=False, soft_wrap=True
            )
        with broken_by(broken) if broken else contextlib.nullcontext():
            finished = asyncio.run(_play(stories, seed, in_process=in_process, reports=reports))
    if report_dir is not None and not as_json:
        _terminal().print(f"Report: {report_dir / 'report.html'}", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if finished.succeeded else 1)


@app.command()
def serve(
    *,
    seed: Annotated[int, typer.Option(help="The seed of the made-up school.")] = DEFAULT_SEED,
    profile: Annotated[str, typer.Option(help=f"The district's systems: {', '.join(PROFILES)}.")] = "khsd",
    host: Annotated[
        str, typer.Option(help="Where to listen. Only this machine can reach the default.")
    ] = LOOPBACK,
    canvas_port: Annotated[
        int, typer.Option(help="Port of the fake Canvas; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    synergy_port: Annotated[
        int, typer.Option(help="Port of the fake Synergy; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    control_port: Annotated[
        int, typer.Option(help="Port of the control API; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    ready_file: Annotated[
        Path | None,
        typer.Option(help="Write URLs and credentials here as JSON once both fakes answer.", dir_okay=False),
    ] = None,
    engine_config: Annotated[
        Path | None, typer.Option(help="Write a configuration for gradesync here.", dir_okay=False)
    ] = None,
) -> None:
    """Serve both fakes until Ctrl-C, for your own client, for curl, or for gradesync.

    \b
    Example: the real engine against both fakes, in two terminals
      gradelab serve --engine-config gradesync.toml
      gradesync courses
    """  # noqa: D301 - click reads the control character as "keep these lines"
    chosen = PROFILES.get(profile)
    if chosen is None:
        raise UsageError(
            f"There is no profile {profile!r}. Choose one of: {', '.join(PROFILES)}", param_hint="--profile"
        )
    for path, option in ((ready_file, "--ready-file"), (engine_config, "--engine-config")):
        if path is not None and not path.absolute().parent.is_dir():
            raise UsageError(
                f"The folder {path.absolute().parent} does not exist; make it first", param_hint=option
            )
    try:
        asyncio.run(
            serve_until_stopped(
                seed=seed,
                profile=chosen,
                host=host,
                ports=Ports(canvas_port, synergy_port, control_port),
                ready_file=ready_file,
                engine_config=engine_config,
                say=lambda line: _terminal().print(escape(line), highlight=False, soft_wrap=True),
            )
        )
    except PortInUseError as error:
        raise UsageError(str(error)) from error


@app.command()
def rules(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print a list of JSON objects.")] = False
) -> None:
    """List the documented rules.

    With the stories that prove each, and the bugs on purpose that those stories catch.
    """
    if as_json:
        typer.echo(json.dumps([_passport(rule.id) for rule in RULES], indent=2, ensure_ascii=False))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Rule", no_wrap=True)
    table.add_column("Says")
    table.add_column("Stories", justify="right")
    table.add_column("Mutants")
    for rule in RULES:
        passport = _passport(rule.id)
        mutants = ", ".join(mutant["name"] for mutant in passport["mutants"])
        table.add_row(rule.id, rule.says, str(len(passport["scenarios"])), mutants)
    terminal = _terminal()
    terminal.print(table)
    terminal.print("Play the stories of a rule:   gradelab run --only RULE --verbose", highlight=False)
    terminal.print("Put a bug in and catch it:    gradelab run --mutant NAME", highlight=False)


def _passport(rule_id: str) -> dict[str, Any]:
    rule = next(each for each in RULES if each.id == rule_id)
    return {
        "id": rule.id,
        "says": rule.says,
        "kind": rule.kind.value,
        "confidence": rule.confidence.value,
        "source": str(rule.source),
        "profiles": list(rule.profiles),
        "scenarios": [story.name for story in STORIES if rule in story.proves],
        "mutants": [
            {"name": mutant.name, "killed_by": list(mutant.killed_by)}
            for mutant in MUTANTS
            if mutant.rule == rule
        ],
    }


def _chosen(only: list[str] | None) -> tuple[Scenario, ...]:
    if not only:
        return STORIES
    chosen: dict[str, Scenario] = {}
    for wanted in only:
        found = stories_for(wanted)
        if not found:
            raise UsageError(_no_story(wanted), param_hint="--only")
        chosen |= {story.name: story for story in found}
    return tuple(chosen.values())


def _mutant(name: str | None) -> Mutant | None:
    if name is None:
        return None
    found = next((mutant for mutant in MUTANTS if mutant.name == name), None)
    if found is None:
        raise UsageError(
            f"There is no mutant {name!r}. There are: {', '.join(mutant.name for mutant in MUTANTS)}",
            param_hint="--mutant",
        )
    return found


def _no_story(wanted: str) -> str:
    known = {rule.id for story in STORIES for rule in story.proves}
    known |= {story.name for story in STORIES} | {story.family for story in STORIES}
    near = difflib.get_close_matches(wanted, known, n=1) or difflib.get_close_matches(
        wanted.upper(), known, n=1
    )
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"No story proves the rule {wanted!r} or has this name.{hint} See: gradelab rules"


def _file_reports(folder: Path, open_files: contextlib.ExitStack) -> list[Report]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        events = open_files.enter_context((folder / "events.ndjson").open("w", encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"Cannot write into {folder}: {error.strerror or error}", param_hint="--report-dir"
        ) from error
    return [HtmlReport(folder / "report.html"), JunitReport(folder / "junit.xml"), NdjsonReport(events)]


async def _play(
    stories: tuple[Scenario, ...], seed: int, *, in_process: bool, reports: list[Report]
) -> RunFinished:
    last: Event | None = None
    async with Setting.in_process() if in_process else Setting.over_sockets() as setting:
        async for event in play_run(stories, setting, seed=seed, stopwatch=time.perf_counter):  # noqa: TID251 - tells how long it took
            for report in reports:
                report.hear(event)
            last = event
    assert isinstance(last, RunFinished)
    return last


def _terminal() -> Terminal:
    """The terminal; a pipe or a CI log, which has no width, gets lines wide enough for the table."""
    terminal = Terminal()
    return terminal if terminal.is_terminal or "COLUMNS" in os.environ else Terminal(width=PIPE_WIDTH)


def main() -> None:
    """The entry point."""
    app()
