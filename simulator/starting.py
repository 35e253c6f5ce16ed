"""Starting a world as somebody asked for it in words: a start by name, or one of two kinds of file.

What lives here: telling the two kinds apart. A file that a world was exported to goes on from where that
world was, with its own seed and profile; a file that describes a school is rostered afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.asgi import DEFAULT_WORLD
from simulator.profiles import KHSD, Profile
from simulator.profiles.choosing import chosen_profile
from simulator.schools.errors import StartError
from simulator.schools.starts import start_named
from simulator.world import World, build_world

_HEAD_BYTES = 200
"""An exported file says what it is within so many bytes."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The world that somebody wants.

    Attributes:
        start: `school`, `district:sections=200`, `empty`, or, where files are allowed, the path of one.
        seed: What it is made of. A world that was exported has its own.
        profile: How its systems behave. A world that was exported has its own.
        name: What it is to be called.
        switches: What of the profile is to be otherwise (`simulator.profiles.choosing`). A world that was
            exported takes none.
    """

    start: str = "school"
    seed: int = 7
    profile: Profile = KHSD
    name: str = DEFAULT_WORLD
    switches: Mapping[str, object] = field(default_factory=dict)


def goes_on(wish: Wish) -> bool:
    """Whether the world of a wish goes on from a file that a world was exported to.

    Raises:
        StartError: If there is no such start.
    """
    start = start_named(wish.start)
    return start.file is not None and _was_exported(start.file)


def start_world(wish: Wish, *, files: bool = True) -> World:
    """The world of a wish.

    Args:
        wish: What is wanted.
        files: Whether its start may be a path. A server lets nobody but its owner name one.

    Raises:
        StartError: If there is no such start, or its file cannot be used. A line for each problem.
        ProfileError: If there is no such switch, or it does not take the value.
        WorldError: If a world cannot be called so.
    """
    start = start_named(wish.start, files=files)
    if start.file is not None and _was_exported(start.file):
        if wish.switches:
            raise StartError(
                f"{start.file}: a world that was exported has its switches already, so none can be set. "
                "Leave them out, or start from another file."
            )
        return _from_export(start.file, wish.name)
    profile = chosen_profile(wish.profile, wish.switches)
    return build_world(wish.seed, name=wish.name, profile=profile, start=start)


def _was_exported(file: Path) -> bool:
    from simulator.world_file import FORMAT  # noqa: PLC0415 - few worlds start from a file

    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return False  # whoever reads it as a school says what is wrong with it
    return f'"{FORMAT}"'.encode() in head


def _from_export(file: Path, name: str) -> World:
    from simulator.world_file import WorldFileError, world_from_text  # noqa: PLC0415 - as above

    try:
        return world_from_text(file.read_bytes(), name=name)
    except WorldFileError as error:
        raise StartError("\n".join(f"{file}: {problem}" for problem in error.problems)) from error
