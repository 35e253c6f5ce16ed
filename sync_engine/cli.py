"""`gradesync`: the engine on the command line.

What lives here: options, exit codes, progress. Exit 0: done; 1: something was refused or failed; 2: bad usage
or configuration. What must never be here: a decision about grades. No foreseen fault shows a traceback; each
is one line that says what to fix.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.progress import BarColumn, Progress, TextColumn

from sync_engine import config
from sync_engine.as_json import report_as_json, run_as_json
from sync_engine.bootstrap import build_engine
from sync_engine.console import make_console, show_courses, show_history, show_report
from sync_engine.domain.progress import ProgressStep
from sync_engine.domain.report import Mode, RunReport, RunStatus, Trigger
from sync_engine.engine import Engine
from sync_engine.errors import (
    ConfigError,
    EngineError,
    LedgerError,
    SystemFaultError,
    UnknownAssignmentError,
    UnknownDistrictError,
)
from sync_engine.reading import Tell
from sync_engine.system_clock import SystemClock
from sync_engine.transport import HttpTransport

Result = TypeVar("Result")

DONE, NOT_ALL, BAD_USAGE = 0, 1, 2
RUNS_SHOWN = 20

_HELP = """Carry grades from Canvas to Synergy, over OneRoster 1.1.

Put this into gradesync.toml ("env:NAME" takes a value from the environment):

\b
    [districts.valley.canvas]
    url = "https://valley.instructure.com"
    token = "env:CANVAS_TOKEN"

\b
    [districts.valley.oneroster]
    url = "https://synergy.valley.example/ims/oneroster/v1p1"
    token_url = "https://synergy.valley.example/oauth/token"
    client_id = "canvas-sync"
    client_secret = "env:ONEROSTER_SECRET"

Then:

\b
    gradesync check                are both systems there, and let us in?
    gradesync courses              which courses are there?
    gradesync plan --course 1001   what would a post do, and why?
    gradesync post --course 1001   send what is new and what has changed

Without a file, these make one district: GRADESYNC_CANVAS_URL,
GRADESYNC_CANVAS_TOKEN, GRADESYNC_ONEROSTER_URL,
GRADESYNC_ONEROSTER_TOKEN_URL, GRADESYNC_ONEROSTER_CLIENT_ID,
GRADESYNC_ONEROSTER_CLIENT_SECRET (and GRADESYNC_TIME_ZONE,
GRADESYNC_LEDGER). GRADESYNC_CONFIG names a file in another place.
All settings, those of a district's policy too: docs/gradesync.md.

Exit: 0 done, 1 something was refused or failed, 2 bad usage or
configuration.
"""

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""typer brings its parser along, as a private module; this is that parser's error for all wrong usage."""

app = typer.Typer(
    name="gradesync",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="The file of settings. [default: gradesync.toml]", metavar="FILE"),
]
DistrictOption = Annotated[
    str | None,
    typer.Option("--district", help="Which district; needless if there is one.", metavar="NAME"),
]
CourseOption = Annotated[
    str | None,
    typer.Option("--course", help="The number of the Canvas course, as `courses` shows it.", metavar="ID"),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option("--only", help="Only this assignment, by its id. May be repeated.", metavar="ID"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


class _BadUsageError(Exception):
    """An option has a value that cannot be. The message names both."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """An engine at work, and the districts that it is asked about: the one that was chosen, or all."""

    engine: Engine
    districts: tuple[str, ...]

    @property
    def district(self) -> str:
        """The one district.

        Raises:
            UnknownDistrictError: If nobody said which.
        """
        if len(self.districts) > 1:
            raise UnknownDistrictError(f"Say which district with --district: {', '.join(self.districts)}.")
        return self.districts[0]


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the parser calls it so
    if wanted:
        typer.echo(f"gradesync {version('gradelab')}")
        raise typer.Exit


@app.callback(help=_HELP)
def gradesync(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Carry grades from Canvas to Synergy."""


@app.command(short_help="Try both systems and their credentials.")
def check(
    config_file: ConfigOption = None, district: DistrictOption = None, *, as_json: JsonOption = False
) -> None:
    """Try both systems and their credentials, of one district or of all. Nothing is written."""

    async def work(desk: _Desk) -> int:
        found = {key: await desk.engine.check(key) for key in desk.districts}
        if as_json:
            _print_json(
                [
                    {"district": key, "problems": [asdict(problem) for problem in problems]}
                    for key, problems in found.items()
                ]
            )
            return NOT_ALL if any(found.values()) else DONE
        for key, problems in found.items():
            for problem in problems:
                _say(f"{key}: {problem.words} {problem.remedy}")
            if not problems:
                make_console().print(f"Canvas and Synergy of {key} answer, and let us in.")
        return NOT_ALL if any(found.values()) else DONE

    _run(config_file, district, work)


@app.command(short_help="List the courses that the Canvas token can see.")
def courses(
    config_file: ConfigOption = None, district: DistrictOption = None, *, as_json: JsonOption = False
) -> None:
    """List the courses that the Canvas token can see, of one district or of all."""

    async def work(desk: _Desk) -> int:
        found = {key: await desk.engine.courses(key) for key in desk.districts}
        if as_json:
            _print_json(
                [{"district": key, **asdict(course)} for key, listed in found.items() for course in listed]
            )
            return DONE
        for key, listed in found.items():
            show_courses(make_console(), listed, district=key)
        return DONE

    _run(config_file, district, work)


@app.command(short_help="Say what a post would do, and why.")
def plan(
    config_file: ConfigOption = None,
    district: DistrictOption = None,
    course: CourseOption = None,
    only: OnlyOption = None,
    *,
    remaster: Annotated[bool, typer.Option("--remaster", help="Plan a remaster instead of a post.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Say what a post would do, assignment by assignment, and why. Nothing is written."""

    async def work(desk: _Desk) -> int:
        course_id = await _course(desk, course)
        mode = Mode.REMASTER if remaster else Mode.POST
        report = await desk.engine.plan(desk.district, course_id, selection=_chosen(only), mode=mode)
        return _show(report, as_json=as_json)

    _run(config_file, district, work)


@app.command()
def post(
    config_file: ConfigOption = None,
    district: DistrictOption = None,
    course: CourseOption = None,
    only: OnlyOption = None,
    *,
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="For cron: refused unless the district allows nightly_sync.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Send new and changed scores to Synergy."""

    async def work(desk: _Desk) -> int:
        course_id = await _course(desk, course)
        trigger = Trigger.SCHEDULE if scheduled else Trigger.TEACHER
        with _watching(quiet=as_json) as tell:
            report = await desk.engine.post(
                desk.district, course_id, selection=_chosen(only), trigger=trigger, on_progress=tell
            )
        return _show(report, as_json=as_json)

    _run(config_file, district, work)


@app.command(short_help="Send everything again, changed or not.")
def remaster(
    config_file: ConfigOption = None,
    district: DistrictOption = None,
    course: CourseOption = None,
    only: OnlyOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Send every score, status and detail again. Use it when Synergy lacks what was sent; it takes long."""

    async def work(desk: _Desk) -> int:
        course_id = await _course(desk, course)
        with _watching(quiet=as_json) as tell:
            report = await desk.engine.remaster(
                desk.district, course_id, selection=_chosen(only), on_progress=tell
            )
        return _show(report, as_json=as_json)

    _run(config_file, district, work)


@app.command(short_help="Show past runs, newest first.")
def history(
    config_file: ConfigOption = None,
    district: DistrictOption = None,
    course: CourseOption = None,
    limit: Annotated[
        str, typer.Option("--limit", help="So many runs of a district at most.", metavar="NUMBER")
    ] = str(RUNS_SHOWN),
    *,
    full: Annotated[
        bool, typer.Option("--full", help="With --json: every assignment and every score of every run.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show past runs, newest first, of one district or of all."""

    async def work(desk: _Desk) -> int:
        most = _count("--limit", limit)
        course_id = None if course is None else _course_id(course)
        found = {key: desk.engine.history(key, course_id, limit=most) for key in desk.districts}
        if as_json:
            told = report_as_json if full else run_as_json
            _print_json([told(run) for runs in found.values() for run in runs])
            return DONE
        for key, runs in found.items():
            show_history(make_console(), runs, district=key)
        return DONE

    _run(config_file, district, work)


def main() -> None:
    """The entry point: wrong usage is one line, as is whatever else was foreseen."""
    try:
        code = app(standalone_mode=False)
    except _USAGE_ERROR as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error), err=True)
        else:
            _say(f"{_told(error)} See: gradesync --help")
        code = BAD_USAGE
    sys.exit(code)


def _told(error: Exception) -> str:
    """The parser's words, as one sentence."""
    words: str = getattr(error, "format_message", error.__str__)()
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _run(config_file: Path | None, district: str | None, work: Callable[[_Desk], Awaitable[int]]) -> None:
    """Do the work; whatever was foreseen becomes one line and an exit code."""
    try:
        code = asyncio.run(_at_desk(config_file, district, work))
    except (ConfigError, UnknownDistrictError, UnknownAssignmentError, _BadUsageError) as error:
        _say(str(error))
        code = BAD_USAGE
    except EngineError as error:
        _say(str(error))
        code = NOT_ALL
    except KeyboardInterrupt:
        _say("Stopped. What Synergy took is noted; run it again to send the rest.")
        code = NOT_ALL
    raise typer.Exit(code)


async def _at_desk(
    config_file: Path | None, district: str | None, work: Callable[[_Desk], Awaitable[int]]
) -> int:
    settings = config.load(config_file, os.environ, Path.cwd())
    asked = (district,) if district else tuple(each.key for each in settings.districts)
    async with _engine(settings) as engine:
        return await work(_Desk(engine, asked))


@asynccontextmanager
async def _engine(settings: config.Settings) -> AsyncIterator[Engine]:
    async with HttpTransport() as transport:
        try:
            engine = build_engine(ledger_url=settings.ledger, transport=transport, clock=SystemClock())
        except LedgerError as error:
            raise ConfigError(f"{settings.ledger_key}: {error}") from error
        try:
            for district in settings.districts:
                engine.add_district(district)
            yield engine
        finally:
            engine.close()


async def _course(desk: _Desk, course: str | None) -> str:
    """The course that was asked for; without one, the list to choose from."""
    if course is not None:
        return _course_id(course)
    try:
        found = await desk.engine.courses(desk.district)
    except SystemFaultError as fault:
        raise _BadUsageError(
            f"Say which course with --course ID. (They cannot be listed: {fault})"
        ) from fault
    show_courses(make_console(stderr=True), found, district=desk.district)
    raise _BadUsageError("Say which course with --course ID.")


def _course_id(course: str) -> str:
    """A course has one id, which is a number; by another name its ledger would not be found again."""
    if not (course.isascii() and course.isdigit()):
        raise _BadUsageError(f'--course: "{course}" is no number. `gradesync courses` shows the ids.')
    return course


def _count(option: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise _BadUsageError(f'{option}: "{value}" is no number above 0.')
    return int(value)


def _chosen(only: list[str] | None) -> frozenset[str] | None:
    return frozenset(only) if only else None


def _show(report: RunReport, *, as_json: bool) -> int:
    if as_json:
        _print_json(report_as_json(report))
    else:
        show_report(make_console(), report)
    return DONE if report.status is RunStatus.COMPLETED else NOT_ALL


@contextmanager
def _watching(*, quiet: bool) -> Iterator[Tell | None]:
    """A bar on a terminal, silence elsewhere."""
    console = make_console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[counted]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None, counted="")

        def tell(step: ProgressStep) -> None:
            bar.update(
                task,
                description=f"{step.stage.value}: {step.subject}",
                completed=step.done,
                total=step.total,
                counted=f"{step.done}/{step.total}" if step.total else "",
            )

        yield tell


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=sorted) + "\n")


def _say(line: str) -> None:
    """One line to the person, whatever a vendor put into it."""
    sys.stderr.write("gradesync: " + " ".join(line.split()) + "\n")
