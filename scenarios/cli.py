"""`gradelab`, the harness at the command line.

Exit codes: 0 all went well, 1 a story failed or a claimed rule was never triggered, 2 the command was called
wrongly. What bites: each command imports what it needs when it runs, so that `--help` is quick and `serve`
never loads the engine.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import secrets  # noqa: TID251 - for the one secret that guards something
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scenarios.contracts_command import contracts
from scenarios.profiles_command import profiles
from scenarios.systems import SetOption, chosen_systems, read_switches
from scenarios.usage import UsageError, whole_number
from simulator.profiles import PROFILES

if TYPE_CHECKING:
    from scenarios.reporting import Report

BAD_USAGE = 2
DEFAULT_SEED = 7
LOOPBACK = "127.0.0.1"
CONTROL_TOKEN_MIN = 16

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""typer brings its parser along, as a private module; this is that parser's error for all wrong usage."""

app = typer.Typer(
    name="gradelab",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the parser calls it so
    if wanted:
        typer.echo(f"gradelab {version('gradelab')}")
        raise typer.Exit


@app.callback()
def gradelab(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Practise and test the grade sync from Canvas to Synergy, on this machine, with made-up people."""


@app.command(short_help="Play the stories, and see which rules they prove.")
def run(
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Play only the stories of this rule, family or story name. May be repeated.", metavar="NAME"
        ),
    ] = None,
    seed: Annotated[
        int,
        typer.Option(
            help="The seed of the made-up school; the same seed plays the same run.",
            metavar="NUMBER",
            parser=whole_number("--seed"),
        ),
    ] = DEFAULT_SEED,
    in_process: Annotated[
        bool, typer.Option("--in-process", help="Without sockets: faster, for working on the engine.")
    ] = False,
    report_dir: Annotated[
        Path | None,
        typer.Option(
            help="Write report.html, junit.xml and events.ndjson into this folder.", metavar="FOLDER"
        ),
    ] = None,
    mutant: Annotated[
        str | None,
        typer.Option(
            help="Put this bug in on purpose and play the stories that catch it. See: gradelab rules",
            metavar="NAME",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every event as a line of JSON instead.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell every step and every expectation.")
    ] = False,
    set_: SetOption = None,
) -> None:
    """Play the stories: a class is graded in Canvas, posted by the real engine, and looked at in Synergy.

    Both fakes start on free loopback ports, and nothing leaves this machine. With --set every story is played
    under a switch that it may not expect, and says so.

    \b
    Examples:
      gradelab run
      gradelab run --only READONLY-OFF-ERROR -v
      gradelab run --report-dir reports
      gradelab run --mutant open-lock-written
      gradelab run --set closed_period_writes=refuse_when_any_closed
    """  # noqa: D301 - the parser reads the control character as "keep these lines"
    from scenarios.choosing import NoSuchThingError, chosen_mutant, chosen_stories
    from scenarios.playing import file_reports, play
    from scenarios.printing import terminal
    from scenarios.reporting import Console, NdjsonReport

    switches = read_switches(set_)
    chosen_systems("khsd", set_)
    try:
        broken = chosen_mutant(mutant) if mutant is not None else None
    except NoSuchThingError as error:
        raise UsageError(f"--mutant: {error}") from error
    try:
        stories = chosen_stories(only or (broken.killed_by if broken else ()))
    except NoSuchThingError as error:
        raise UsageError(f"--only: {error}") from error
    with contextlib.ExitStack() as open_files:
        reports: list[Report] = [
            NdjsonReport(sys.stdout) if as_json else Console(terminal(), verbose=verbose)
        ]
        if report_dir is not None:
            try:
                reports += file_reports(report_dir, open_files)
            except OSError as error:
                why = error.strerror or error
                raise UsageError(f"--report-dir: cannot write into {report_dir}: {why}") from error
        finished = asyncio.run(
            play(stories, seed, broken, in_process=in_process, reports=reports, switches=switches)
        )
    if report_dir is not None and not as_json:
        typer.echo(f"Report: {report_dir / 'report.html'}")
    raise typer.Exit(0 if finished.succeeded else 1)


@app.command(short_help="Serve both fakes until Ctrl-C, for any client.")
def serve(
    ctx: typer.Context,
    *,
    seed: Annotated[
        int,
        typer.Option(help="The seed of the made-up school.", metavar="NUMBER", parser=whole_number("--seed")),
    ] = DEFAULT_SEED,
    profile: Annotated[
        str, typer.Option(help=f"The district's systems: {', '.join(PROFILES)}.", metavar="NAME")
    ] = "khsd",
    set_: SetOption = None,
    world: Annotated[
        str,
        typer.Option(
            help="What to start from: school, district, district:sections=200, empty, or the path of a file "
            "(docs/worlds.md).",
            metavar="START",
        ),
    ] = "school",
    bare: Annotated[
        bool, typer.Option("--bare", help="A school in which nothing was assigned or graded yet.")
    ] = False,
    tell_not_simulated: Annotated[
        bool,
        typer.Option(
            "--tell-not-simulated",
            help="Tell clients in a header, X-Gradelab-Not-Simulated, of paths and parameters that are not "
            "simulated.",
        ),
    ] = False,
    host: Annotated[
        str,
        typer.Option(
            help="The IPv4 address to listen on. Only this machine can reach the default.", metavar="ADDRESS"
        ),
    ] = LOOPBACK,
    canvas_port: Annotated[
        int,
        typer.Option(
            help="Port of the fake Canvas; 0 takes a free one.",
            metavar="PORT",
            parser=whole_number("--canvas-port"),
        ),
    ] = 0,
    synergy_port: Annotated[
        int,
        typer.Option(
            help="Port of the fake Synergy; 0 takes a free one.",
            metavar="PORT",
            parser=whole_number("--synergy-port"),
        ),
    ] = 0,
    control_port: Annotated[
        int,
        typer.Option(
            help="Port of the control API; 0 takes a free one.",
            metavar="PORT",
            parser=whole_number("--control-port"),
        ),
    ] = 0,
    control_token: Annotated[
        str,
        typer.Option(
            help="Opens the control API. Left out: a new one with every start.",
            envvar="GRADELAB_CONTROL_TOKEN",
            metavar="TOKEN",
            show_default=False,
        ),
    ] = "",
    ready_file: Annotated[
        Path | None,
        typer.Option(
            help="Write URLs and credentials here as JSON, when all is ready; gone when the fakes stop.",
            metavar="FILE",
        ),
    ] = None,
    engine_config: Annotated[
        Path | None, typer.Option(help="Write a configuration for gradesync here.", metavar="FILE")
    ] = None,
) -> None:
    """Serve both fakes until Ctrl-C, for your own client, for curl, or for gradesync.

    The teachers have graded a little work already, some of which travels and some of which does not.

    \b
    Example: the real engine against both fakes, in two terminals
      gradelab serve --engine-config gradesync.toml
      gradesync courses

    \b
    Example: two schools with 10,000 places, for a client that reads many pages
      gradelab serve --world district:sections=170 --bare
    """  # noqa: D301 - the parser reads the control character as "keep these lines"
    chosen_systems(profile, set_)
    _require_ports(
        {"--canvas-port": canvas_port, "--synergy-port": synergy_port, "--control-port": control_port}
    )
    _require_files({"--ready-file": ready_file, "--engine-config": engine_config})
    gc.disable()  # nothing of what is loaded now is garbage; the fakes collect again once they answer
    from scenarios.announcing import FileRefusedError
    from scenarios.serve import serve_until_stopped
    from simulator.schools.errors import StartError
    from simulator.serving import HostError, PortInUseError, Ports
    from simulator.starting import Wish, goes_on

    try:
        if goes_on(Wish(world)):
            _require_no_other_start(ctx, world)
        asyncio.run(
            serve_until_stopped(
                wish=Wish(world, seed, PROFILES[profile], switches=read_switches(set_)),
                host=host,
                ports=Ports(canvas_port, synergy_port, control_port),
                control_token=_control_token(control_token),
                ready_file=ready_file,
                engine_config=engine_config,
                bare=bare,
                tell_not_simulated=tell_not_simulated,
                say=typer.echo,
            )
        )
    except HostError as error:
        raise UsageError(f"--host: {error}") from error
    except StartError as error:
        raise UsageError(f"--world: {error}") from error
    except (PortInUseError, FileRefusedError) as error:
        raise UsageError(str(error)) from error
    finally:
        gc.enable()


@app.command(short_help="List the documented rules, or read one in full.")
def rules(
    rule: Annotated[str | None, typer.Argument(metavar="RULE", hidden=True)] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of JSON objects.")] = False,
) -> None:
    """List the documented rules, or read the one whose id is given.

    With how well each is known, the stories that prove it, and the mutants: bugs on purpose that those
    stories catch.

    \b
    Examples:
      gradelab rules
      gradelab rules READONLY-OFF-ERROR
    """  # noqa: D301 - the parser reads the control character as "keep these lines"
    from contracts.catalogue import RULES
    from scenarios.choosing import NoSuchThingError, chosen_rule
    from scenarios.printing import terminal
    from scenarios.rulebook import passport_of, show_rule, show_rules

    try:
        chosen = chosen_rule(rule) if rule is not None else None
    except NoSuchThingError as error:
        raise UsageError(str(error)) from error
    if as_json:
        passports = [passport_of(each) for each in ((chosen,) if chosen else RULES)]
        typer.echo(json.dumps(passports, indent=2, ensure_ascii=False))
    elif chosen:
        show_rule(terminal(), chosen)
    else:
        show_rules(terminal())


@app.command()
def bench(
    what: Annotated[
        str,
        typer.Argument(
            help="worlds, fakes, or scale. Without it: all.", metavar="[WHAT]", show_default=False
        ),
    ] = "",
    *,
    seed: Annotated[
        int, typer.Option(help="The seed.", metavar="NUMBER", parser=whole_number("--seed"))
    ] = DEFAULT_SEED,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each figure.")] = False,
) -> None:
    """Measure what worlds and fakes cost on this machine, and compare with the aims. Takes two minutes.

    Exit 1 if an aim is missed. Other work on the machine spoils the figures.
    """
    from scenarios.bench import BENCHES

    if what and what not in BENCHES:
        raise UsageError(f'WHAT: there is no benchmark "{what}". Choose one of: {", ".join(BENCHES)}')
    missed = 0
    for name in [what] if what else list(BENCHES):
        for figure in BENCHES[name](seed):
            missed += not figure.is_met
            typer.echo(json.dumps(figure.as_dict()) if as_json else str(figure))
    raise typer.Exit(1 if missed else 0)


app.command()(contracts)
app.command(short_help="List the profiles of a district's systems, or every switch of one.")(profiles)


def _control_token(given: str) -> str:
    """The token that was given, or one that nobody can guess: it opens everything."""
    if not given:
        return secrets.token_hex(32)
    if len(given) < CONTROL_TOKEN_MIN or not given.isascii() or not given.isprintable() or " " in given:
        raise UsageError(
            f"--control-token: it needs at least {CONTROL_TOKEN_MIN} characters, ASCII and without spaces. "
            "Leave it out to get a new one."
        )
    return given


def _require_ports(ports: dict[str, int]) -> None:
    """Each port is one, and no two servers want the same."""
    seen: dict[int, str] = {}
    for option, port in ports.items():
        if not 0 <= port <= 65_535:
            raise UsageError(f"{option}: {port} is no port. Choose 1 to 65535, or 0 for a free one.")
        if port and port in seen:
            raise UsageError(
                f"{option}: {port} is what {seen[port]} wants as well. Give each a port of its own."
            )
        seen[port] = option


def _require_no_other_start(ctx: typer.Context, world: str) -> None:
    """A world that was exported goes on as it was: nothing is said of what it is made of."""
    for name in ("seed", "profile"):
        source = ctx.get_parameter_source(name)
        if source is not None and source.name != "DEFAULT":
            raise UsageError(
                f"--{name}: {world} is a world that was exported, and has its own. Leave --{name} out."
            )


def _require_files(files: dict[str, Path | None]) -> None:
    """Each file may be written, and no two are the same."""
    from scenarios.announcing import FileRefusedError, require_free_or_ours

    seen: dict[Path, str] = {}
    for option, path in files.items():
        try:
            require_free_or_ours(path)
        except FileRefusedError as error:
            raise UsageError(f"{option}: {error}") from error
        if path is not None and path.absolute() in seen:
            raise UsageError(
                f"{option}: {path} is what {seen[path.absolute()]} names as well. Name two files."
            )
        if path is not None:
            seen[path.absolute()] = option


def main() -> None:
    """The entry point: whatever was foreseen is one line and an exit code."""
    try:
        code = app(standalone_mode=False)
    except UsageError as error:
        typer.echo(f"gradelab: {error}", err=True)
        code = BAD_USAGE
    except _USAGE_ERROR as error:
        shows_help = type(error).__name__ == "NoArgsIsHelpError"
        line = str(error) if shows_help else f"gradelab: {_told(error)} See: gradelab --help"
        typer.echo(line, err=True)
        code = BAD_USAGE
    sys.exit(code)


def _told(error: Exception) -> str:
    """The parser's words, as one sentence."""
    words: str = getattr(error, "format_message", error.__str__)()
    line = " ".join(words.split())
    return line if line.endswith((".", "?", "!")) else f"{line}."
