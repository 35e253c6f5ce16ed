"""`gradelab serve`: both fakes until they are told to stop, and the files that tell others where they are."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scenarios.stage.stage import ONEROSTER_PATH, TOKEN_PATH
from simulator.addresses import Addresses
from simulator.ids import Ids
from simulator.profiles import Profile
from simulator.serving import Ports, serving
from simulator.world import World, Worlds, build_world

READY_FILE_MODE = 0o600


async def serve_until_stopped(
    *,
    seed: int,
    profile: Profile,
    host: str,
    ports: Ports,
    ready_file: Path | None,
    engine_config: Path | None,
    say: Callable[[str], None],
) -> None:
    """Serve one world until Ctrl-C or SIGTERM.

    The ready file appears when both fakes answer and goes when they stop.

    Raises:
        PortInUseError: If a port that was asked for is taken.
    """
    world = build_world(seed, profile=profile)
    control_token = Ids(seed).secret("control")
    async with serving(Worlds(world), host=host, ports=ports, control_token=control_token) as addresses:
        ready = ready_of(world, addresses, control_token)
        with _announced(ready_file, ready), _announced_to_engine(engine_config, world, addresses):
            for line in _greeting(world, ready, engine_config):
                say(line)
            await _told_to_stop()
    say("Stopped.")


@contextlib.contextmanager
def _announced(ready_file: Path | None, ready: dict[str, Any]) -> Iterator[None]:
    """The ready file is there as long as the fakes answer."""
    if ready_file is None:
        yield
        return
    _write(ready_file, json.dumps(ready, indent=2) + "\n")
    try:
        yield
    finally:
        ready_file.unlink(missing_ok=True)


@contextlib.contextmanager
def _announced_to_engine(engine_config: Path | None, world: World, addresses: Addresses) -> Iterator[None]:
    """The engine's configuration stays: it belongs to the ledger that the engine keeps beside it."""
    if engine_config is not None:
        _write(engine_config, engine_config_of(world, addresses, _unused_ledger(engine_config)))
    yield


def ready_of(world: World, addresses: Addresses, control_token: str) -> dict[str, Any]:
    """What a script needs to use the fakes.

    URLs and credentials, which are made up and worth nothing elsewhere.
    """
    credentials = world.credentials
    synergy = addresses.synergy_of(world)
    return {
        "canvas": {
            "url": addresses.canvas_of(world),
            "teacher_token": credentials.teacher_tokens[0],
            "admin_token": credentials.admin_token,
        },
        "oneroster": {
            "url": synergy + ONEROSTER_PATH,
            "token_url": synergy + TOKEN_PATH,
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret,
        },
        "teachervue": {"url": f"{synergy}/teachervue", "token": credentials.teachervue_token},
        "control": {"url": f"{addresses.control}/_sim", "token": control_token},
        "profile": world.profile.name,
        "seed": world.seed,
    }


def engine_config_of(world: World, addresses: Addresses, ledger: Path) -> str:
    """A configuration file for `gradesync`, in TOML.

    Each teacher of the school is a district, because each has a Canvas token.
    """
    credentials = world.credentials
    synergy = addresses.synergy_of(world)
    lines = [
        "# Written by `gradelab serve`: how gradesync reaches the two fakes. Every secret in it is made up.",
        "# A ledger of its own: what another start of the fakes was sent is gone with it.",
        f'ledger = "sqlite:///{ledger.as_posix()}"',
    ]
    for teacher, token in zip(world.school.teachers, credentials.teacher_tokens, strict=True):
        key = teacher.family_name.lower()
        taught = ", ".join(course.name for course in world.school.courses if course.teacher == teacher)
        lines += [
            "",
            f"# {teacher.name} teaches {taught}",
            f"[districts.{key}]",
            f'time_zone = "{world.profile.time_zone}"',
            f"[districts.{key}.canvas]",
            f'url = "{addresses.canvas_of(world)}"',
            f'token = "{token}"',
            f"[districts.{key}.oneroster]",
            f'url = "{synergy}{ONEROSTER_PATH}"',
            f'token_url = "{synergy}{TOKEN_PATH}"',
            f'client_id = "{credentials.client_id}"',
            f'client_secret = "{credentials.client_secret}"',
        ]
    return "\n".join(lines) + "\n"


def _greeting(world: World, ready: dict[str, Any], engine_config: Path | None) -> list[str]:
    district = world.school.teachers[0].family_name.lower()
    bearer = f"Authorization: Bearer {ready['canvas']['teacher_token']}"
    lines = [
        f"Fake Canvas:  {ready['canvas']['url']}",
        f"  teacher     {world.school.teachers[0].name}, token {ready['canvas']['teacher_token']}",
        f"Fake Synergy: {ready['oneroster']['url']}",
        f"  client      {ready['oneroster']['client_id']}, secret {ready['oneroster']['client_secret']}",
        f"TeacherVUE:   {ready['teachervue']['url']}",
        f"  token       {ready['teachervue']['token']}",
        f"Profile {ready['profile']}, seed {ready['seed']}. All people and secrets are made up.",
        "",
        f"curl -H '{bearer}' {ready['canvas']['url']}/api/v1/courses",
    ]
    if engine_config is not None:
        lines.append(f"gradesync courses --config {engine_config} --district {district}")
    return [*lines, "", "Press Ctrl-C to stop."]


def _unused_ledger(engine_config: Path) -> Path:
    """A ledger beside the configuration that no earlier start has used."""
    beside = engine_config.absolute()
    names = (beside.with_name(f"{beside.stem}-{number}.sqlite3") for number in itertools.count(1))
    return next(path for path in names if not path.exists())


def _write(path: Path, text: str) -> None:
    """Write whole or not at all, readable by the owner only."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.chmod(READY_FILE_MODE)
    unfinished.replace(path)


async def _told_to_stop() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(
            NotImplementedError
        ):  # Windows has no signal handlers in the loop; Ctrl-C still ends it
            loop.add_signal_handler(number, told.set)
    await told.wait()
