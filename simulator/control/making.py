"""Making a world out of a request: the one place where a request becomes a world.

What lives here: what `POST /_sim/worlds`, a fork and an import have in common, and their refusals. A world is
added to the others when it is whole, or not at all.
"""

from __future__ import annotations

from simulator.control.answers import Complaint, ControlError, bad, in_the_way
from simulator.control.bodies import Fork, NewWorld, world_name
from simulator.profiles import Profile
from simulator.profiles.choosing import ProfileError, chosen_profile
from simulator.schools.starts import start_named
from simulator.snapshots import SnapshotError
from simulator.waiting import OVER_SOCKETS
from simulator.world import World, WorldError, Worlds, build_world
from simulator.world_file import WorldFileError, world_from_text


def make_world(worlds: Worlds, wanted: NewWorld) -> World:
    """A fresh world among the others.

    Raises:
        ControlError: If there is one of its name already, no room, or a switch cannot be set so.
    """
    _need_free(worlds, wanted.name)
    profile = _profile_of(wanted)
    start = start_named(wanted.start, files=False)
    world = build_world(wanted.seed, name=wanted.name, profile=profile, start=start)
    world.tells_not_simulated = wanted.tell_not_simulated
    world.waiting.autojump = OVER_SOCKETS if wanted.autojump else None
    return _added(worlds, world)


def fork_world(worlds: Worlds, world: World, wanted: Fork) -> World:
    """A second world that goes on from this one.

    Raises:
        ControlError: If there is one of its name already, no such snapshot, or no room.
    """
    _need_free(worlds, wanted.name)
    try:
        forked = world.fork(wanted.name, snapshot=wanted.snapshot or "", who="control")
    except SnapshotError as error:
        raise bad("snapshot", f"{error}.") from error
    return _added(worlds, forked)


def import_world(worlds: Worlds, name: str, text: bytes) -> World:
    """The world of a file among the others, under a name of its own.

    Raises:
        ControlError: If there is one of its name already, no room, or the file is no world's.
    """
    _need_free(worlds, name)
    try:
        world = world_from_text(text, name=world_name(name))
    except WorldFileError as error:
        raise ControlError(422, *(_complaint(each) for each in error.problems)) from error
    except ValueError as error:
        raise bad("name", f"{error}.") from error
    return _added(worlds, world)


def _profile_of(wanted: NewWorld) -> Profile:
    try:
        return chosen_profile(wanted.profile, wanted.switches)
    except ProfileError as error:
        problems = (Complaint(f"switches.{each.switch}", each.says) for each in error.problems)
        raise ControlError(422, *problems) from error


def _need_free(worlds: Worlds, name: str) -> None:
    if worlds.get(name) is not None:
        raise in_the_way(f'There is a world "{name}" already. Delete it first, or choose another name.')


def _added(worlds: Worlds, world: World) -> World:
    try:
        worlds.add(world)
    except WorldError as error:
        raise in_the_way(f"{error}.") from error
    return world


def _complaint(line: str) -> Complaint:
    """A line of a file's problems: the field, a colon, and what is wrong with it."""
    field, colon, says = line.partition(": ")
    return Complaint(field, says) if colon and " " not in field else Complaint("", line)
