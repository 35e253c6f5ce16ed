"""`gradelab serve`: both fakes until they are told to stop, and the files that tell others where they are."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import json
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scenarios.announcing import CONFIG_MARK, READY_MARK, take_away, there_meanwhile, write_whole
from scenarios.greeting import greeting
from scenarios.policies import Settings, policy_of
from simulator.doors import Doors, doors_of
from simulator.profiles.describing import switches_set
from simulator.serving import Ports, serving
from simulator.starting import Wish, goes_on, start_world
from simulator.world import World, Worlds


async def serve_until_stopped(
    *,
    wish: Wish,
    host: str,
    ports: Ports,
    control_token: str,
    ready_file: Path | None,
    engine_config: Path | None,
    bare: bool,
    say: Callable[[str], None],
    tell_not_simulated: bool = False,
) -> None:
    """Serve one world until Ctrl-C or SIGTERM.

    The ready file is the last thing to appear, when both fakes answer and all else is written; it goes when
    they stop. With `bare`, the teachers have graded nothing yet; else a reset goes back to what they have. A
    world that was exported goes on as it was. With `tell_not_simulated` a header tells clients what the fakes
    do not simulate.

    Raises:
        PortInUseError: If a port that was asked for is taken.
        HostError: If this machine cannot listen there.
        FileRefusedError: If a file cannot be written.
        StartError: If there is no such start, or its file cannot be used.
    """
    take_away(ready_file)
    world = start_world(wish)
    world.tells_not_simulated = tell_not_simulated
    async with serving(Worlds(world), host=host, ports=ports, control_token=control_token) as addresses:
        doors = doors_of(world, addresses)
        ready = ready_of(world, doors, f"{addresses.control}/_sim", control_token)
        began = await _begun(wish, doors, world, bare=bare)
        told_to_stop = _listen_for_stop()
        if engine_config is not None:
            # It stays: it belongs to the ledger that the engine keeps beside it.
            write_whole(engine_config, engine_config_of(world, doors, _unused_ledger(engine_config)))
        with _announced(ready_file, ready):
            gc.freeze()
            gc.enable()
            for line in greeting(ready, doors, world, engine_config, began=began):
                say(line)
            await told_to_stop.wait()
    say("Stopped.")


async def _begun(wish: Wish, doors: Doors, world: World, *, bare: bool) -> str:
    """Let the teachers grade their first work, unless the world has its own; a sentence about it."""
    if goes_on(wish):
        return f"The world goes on from where it was exported; it is {world.clock.now().isoformat()} there."
    worked = 0 if bare else await _grade_first_work(doors, world)
    return f"Courses in which work is graded already: {worked}."


async def _grade_first_work(doors: Doors, world: World) -> int:
    from scenarios.first_work import grade_first_work  # noqa: PLC0415 - an HTTP client, which others do not need

    types = tuple(each.name for each in world.school.assignment_types)
    courses = await grade_first_work(doors.canvas, world.clock.now(), types=types)
    world.begin_with(world.freeze())
    return courses


def _announced(ready_file: Path | None, ready: dict[str, Any]) -> contextlib.AbstractContextManager[None]:
    """The ready file is there as long as the fakes answer."""
    if ready_file is None:
        return contextlib.nullcontext()
    return there_meanwhile(ready_file, json.dumps(ready, indent=2) + "\n")


def ready_of(world: World, doors: Doors, control_url: str, control_token: str) -> dict[str, Any]:
    """What a script needs to use the fakes.

    URLs and credentials, which are made up and worth nothing elsewhere.
    """
    return {
        **doors.as_dict(),
        "control": {"url": control_url, "token": control_token},
        "profile": world.profile.name,
        "switches": switches_set(world.profile),
        "seed": world.seed,
        **dict([READY_MARK]),
    }


def engine_config_of(world: World, doors: Doors, ledger: Path) -> str:
    """A configuration file for `gradesync`, in TOML.

    Each teacher of the school is a district, because each has a Canvas token.
    """
    lines = [
        f"{CONFIG_MARK}: how gradesync reaches the two fakes. Every secret in it is made up.",
        "# A district is the addresses of both systems and a Canvas token, so here each teacher is one.",
        "# The ledger is new with every start of the fakes: what an earlier start was sent is gone with it.",
        f"ledger = {_quoted(f'sqlite:///{ledger.as_posix()}')}",
    ]
    for key, teacher in zip(_district_keys(doors), doors.canvas.teachers, strict=True):
        lines += [
            "",
            f"# {teacher.name} teaches {', '.join(teacher.courses) or 'nothing yet'}",
            f"[districts.{key}]",
            f"time_zone = {_quoted(world.profile.time_zone)}",
            f"[districts.{key}.canvas]",
            f"url = {_quoted(doors.canvas.url)}",
            f"token = {_quoted(teacher.token)}",
            f"[districts.{key}.oneroster]",
            f"url = {_quoted(doors.oneroster.url)}",
            f"token_url = {_quoted(doors.oneroster.token_url)}",
            f"client_id = {_quoted(doors.oneroster.client_id)}",
            f"client_secret = {_quoted(doors.oneroster.client_secret)}",
            *_policy_lines(key, policy_of(world.profile.name)),
        ]
    return "\n".join(lines) + "\n"


def _policy_lines(key: str, settings: Settings) -> list[str]:
    """How a district of this profile runs the sync; a TOML value of these kinds is written as in JSON."""
    if not settings:
        return []
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    return [f"[districts.{key}.policy]", *lines]


def _quoted(value: str) -> str:
    """A TOML string: JSON's escapes are among TOML's."""
    return json.dumps(value)


def _district_keys(doors: Doors) -> list[str]:
    """A key for each teacher: the family name, with a number where several share it."""
    keys: list[str] = []
    for teacher in doors.canvas.teachers:
        name = re.sub(r"[^a-z0-9]+", "-", teacher.name.rpartition(" ")[2].casefold()).strip("-") or "teacher"
        numbered = (f"{name}-{number}" for number in range(2, len(doors.canvas.teachers) + 1))
        keys.append(next(each for each in itertools.chain([name], numbered) if each not in keys))
    return keys


def _unused_ledger(engine_config: Path) -> Path:
    """A ledger beside the configuration that no earlier start has used."""
    beside = engine_config.absolute()
    names = (beside.with_name(f"{beside.stem}-{number}.sqlite3") for number in itertools.count(1))
    return next(path for path in names if not path.exists())


def _listen_for_stop() -> asyncio.Event:
    """Set by Ctrl-C, by SIGTERM or by the terminal's end, so that whatever is written is also taken away."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    ends = [each for each in signal.Signals if each.name in {"SIGINT", "SIGTERM", "SIGHUP"}]
    for number in ends:  # Windows has no SIGHUP
        # nor signal handlers in the loop; Ctrl-C still ends it
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, told.set)
    return told
