"""A World: one clock, one set of ids, one profile, one journal, and both systems' state.

What lives here: composition. `build_world` makes a world from a seed; `Worlds` keeps many by name, so that
thirty trainees share one server and never one gradebook. What must never be here: rules, routes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from simulator.asgi import DEFAULT_WORLD
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD, Profile
from simulator.schools import School, school_of
from simulator.synergy.store import GradebookStore


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client needs to enter a world. Made up from the seed; worth nothing anywhere else."""

    teacher_tokens: tuple[str, ...]
    """Canvas tokens, one for each teacher of the school, in its order."""
    admin_token: str
    """The Canvas administrator's token."""
    client_id: str
    client_secret: str
    """The OneRoster client's."""
    teachervue_token: str

    def __repr__(self) -> str:
        return "Credentials(...)"


@dataclass(frozen=True, slots=True)
class World:
    """Everything that one reader, story or trainee shares with nobody else."""

    name: str
    seed: int
    profile: Profile
    school: School
    clock: VirtualClock
    journal: Journal
    canvas: CanvasStore
    synergy: GradebookStore
    credentials: Credentials

    def advance(self, by: timedelta) -> None:
        """Move the world's clock and note it."""
        self.clock.advance(by)
        self.journal.note_clock_step(by)


def build_world(seed: int, *, name: str = DEFAULT_WORLD, profile: Profile = KHSD) -> World:
    """A fresh world: the seed's school, rostered into both systems, nothing graded yet.

    The same seed gives the same world, byte for byte, whatever its name.
    """
    school = school_of(seed)
    ids = Ids(seed)
    clock = VirtualClock()
    journal = Journal(clock)
    credentials = Credentials(
        teacher_tokens=tuple(ids.secret("canvas teacher", teacher.number) for teacher in school.teachers),
        admin_token=ids.secret("canvas admin"),
        client_id=f"canvas-sync-{ids.guid('client')[:8].lower()}",
        client_secret=ids.secret("oneroster client"),
        teachervue_token=ids.secret("teachervue"),
    )
    canvas = CanvasStore(ids=ids, clock=clock, journal=journal, profile=profile)
    canvas.take_roster(school, teacher_tokens=credentials.teacher_tokens, admin_token=credentials.admin_token)
    synergy = GradebookStore(ids=ids, clock=clock, journal=journal, profile=profile)
    synergy.take_roster(
        school,
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        teachervue_token=credentials.teachervue_token,
    )
    return World(name, seed, profile, school, clock, journal, canvas, synergy, credentials)


class Worlds:
    """The worlds that one pair of servers holds, by name."""

    def __init__(self, *worlds: World) -> None:
        self._by_name = {world.name: world for world in worlds}

    def add(self, world: World) -> None:
        """Take a world in, in place of an earlier one of its name."""
        self._by_name[world.name] = world

    def remove(self, name: str) -> None:
        """Let a world go; one that is not there is no error."""
        self._by_name.pop(name, None)

    def get(self, name: str) -> World | None:
        """The world of this name, if there is one."""
        return self._by_name.get(name)

    def __iter__(self) -> Iterator[World]:
        return iter(list(self._by_name.values()))
