"""A World: one clock, one set of ids, one profile, one journal, and both systems' state.

What lives here: composition, and what is done to a world as a whole. `build_world` makes a world from a seed;
`Worlds` keeps many by name, so that thirty trainees share one server and never one gradebook. What must never
be here: rules, routes. What bites: `Worlds` and everything in them belong to one event loop; whoever lives in
another thread asks that loop.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from contracts import catalogue
from simulator import happenings
from simulator.asgi import DEFAULT_WORLD, WORLD_NAME
from simulator.canvas.intake import take_in
from simulator.canvas.past_work import grade_past_work
from simulator.canvas.store import CanvasStore
from simulator.clock import Skew, VirtualClock
from simulator.faults import FaultPlan
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.local_time import end_of_day
from simulator.profiles import KHSD, Profile
from simulator.schedule import Appointment
from simulator.schools import School
from simulator.schools.starts import Start
from simulator.snapshots import Snapshot, Snapshots, WorldState
from simulator.synergy.office import roster_now
from simulator.synergy.store import GradebookStore
from simulator.waiting import Waiting

WORLDS_MAX = 10_000
_PROTOTYPES_MAX = 8
"""So many beginnings are remembered, so that the next world of the same seed costs next to nothing."""
_NAME = re.compile(WORLD_NAME)
_STEPS_IN_PATHS = frozenset({".", ".."})
"""A client takes these out of a URL before it sends it."""
SCHOOL = Start("school")
"""What a world starts from where nobody says."""


class WorldError(ValueError):
    """A world cannot be made so. The message says why and what to do."""


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

    @classmethod
    def of(cls, school: School, ids: Ids) -> Credentials:
        """Of a school's people; the same from the same seed."""
        return cls(
            teacher_tokens=tuple(ids.secret("canvas teacher", teacher.number) for teacher in school.teachers),
            admin_token=ids.secret("canvas admin"),
            client_id=f"canvas-sync-{ids.guid('client')[:8].lower()}",
            client_secret=ids.secret("oneroster client"),
            teachervue_token=ids.secret("teachervue"),
        )

    def __repr__(self) -> str:
        return "Credentials(...)"


class World:
    """Everything that one reader, story or trainee shares with nobody else.

    Attributes:
        school: What the world began with.
        clock: Moves only when told; `waiting` is who waits for it.
        journal: What happened so far. It outlives restores and resets.
        faults: What is planned to go wrong, and how often it did.
        snapshots: The moments that somebody gave a name.
        tells_not_simulated: Whether a header tells clients what the fakes do not simulate. Real systems send
            none, so it is off unless somebody wants it.
    """

    def __init__(self, name: str, seed: int, profile: Profile, school: School) -> None:
        self.name = name
        self.tells_not_simulated = False
        self.seed = seed
        self.profile = profile
        self.school = school
        self.ids = Ids(seed)
        self.clock = VirtualClock()
        self.waiting = Waiting(self.clock)
        self.journal = Journal(self.clock)
        self.faults = FaultPlan(self.journal, lambda name, seen: self.ids.draw("fault", name, seen))
        self.snapshots = Snapshots()
        self.credentials = Credentials.of(school, self.ids)
        self.canvas = CanvasStore(
            ids=self.ids, clock=self.clock.seen_by("canvas"), journal=self.journal, profile=profile
        )
        self.synergy = GradebookStore(
            ids=self.ids, clock=self.clock.seen_by("synergy"), journal=self.journal, profile=profile
        )
        self.synergy.signing_secret = self.credentials.client_secret
        self._beginning = self.freeze()
        self.clock.on_step = self._stepped
        self.clock.on_appointment = self._keep
        self.clock.on_skew = self._clock_was_put_wrong
        self.synergy.on_token_issued = self._token_issued
        self.canvas.on_sync_marks = self._sync_marks_changed
        self.canvas.on_job_queued = self._job_queued
        self.canvas.on_missing_work = self._missing_work_changed

    # time

    def advance(self, by: timedelta, *, who: str = "") -> None:
        """Move the world's clock, through everything that happens on the way.

        Raises:
            ClockError: If it cannot be moved so.
        """
        self.clock.advance(by, who=who)

    def feed_roster(self) -> str:
        """Bring Synergy's roster into Canvas, as happens every night; what it brought, in a sentence.

        A roster that Canvas has already brings nothing, so a year of quiet nights costs nothing.
        """
        version = self.synergy.roster_version
        words = (
            "" if version == self.canvas.roster_version else take_in(self.canvas, roster_now(self.synergy))
        )
        if not words:
            return "Nothing changed in Synergy's roster"
        self.journal.note_upheld("canvas", catalogue.ROSTER_REVERSE_NIGHTLY, f"roster {version}", words)
        return words

    # the state as a whole

    def freeze(self) -> WorldState:
        """Everything that changes, as a value."""
        return WorldState(
            self.canvas.freeze(),
            self.synergy.freeze(),
            self.clock.freeze(),
            self.ids.freeze(),
            self.faults.freeze(),
        )

    def thaw(self, state: WorldState) -> None:
        """Be as the world was then, the journal and the snapshots excepted."""
        self.canvas.thaw(state.canvas)
        self.synergy.thaw(state.synergy)
        self.clock.thaw(state.clock)
        self.ids.thaw(state.ids)
        self.faults.thaw(state.faults)

    def begin_with(self, state: WorldState) -> None:
        """Be as that state is, now and after every reset."""
        self._beginning = state
        self.thaw(state)

    def snapshot(self, name: str, *, who: str = "") -> Snapshot:
        """Remember this moment under a name, in place of an earlier one of that name.

        Raises:
            SnapshotError: If the name is none, or there are too many.
        """
        taken = self.snapshots.keep(Snapshot(name, self.clock.now(), len(self.journal), self.freeze()))
        self.journal.note_world_step("snapshot", f'Snapshot "{name}" was taken', who)
        return taken

    def restore(self, name: str, *, who: str = "") -> Snapshot:
        """Go back to a snapshot. The journal keeps what happened meanwhile.

        Raises:
            SnapshotError: If there is none of this name.
        """
        found = self.snapshots.named(name)
        self.thaw(found.state)
        self.journal.note_world_step("restore", f'The world is as it was at "{name}"', who)
        return found

    def reset(self, *, who: str = "") -> None:
        """Go back to the beginning. Snapshots stay, and the journal keeps what happened meanwhile."""
        self.thaw(self._beginning)
        self.journal.note_world_step("reset", "The world begins again", who)

    def fork(self, name: str, *, snapshot: str = "", who: str = "") -> World:
        """A second world that goes on from here, or from a snapshot, on its own.

        It has this one's past in its journal, its snapshots, and the same credentials open it.

        Raises:
            SnapshotError: If there is no such snapshot.
            WorldError: If a world cannot be called so.
        """
        state = self.snapshots.named(snapshot).state if snapshot else self.freeze()
        forked = World(checked_name(name), self.seed, self.profile, self.school)
        forked.begin_with(self._beginning)
        forked.thaw(state)
        forked.waiting.autojump = self.waiting.autojump
        forked.tells_not_simulated = self.tells_not_simulated
        forked.journal.take_over(self.journal)
        for each in self.snapshots:
            forked.snapshots.keep(each)
        origin = f'"{snapshot}" of {self.name}' if snapshot else self.name
        forked.journal.note_world_step("fork", f"This world goes on from {origin}", who)
        return forked

    def _stepped(self, by: timedelta, who: str) -> None:
        self.journal.note_clock_step(by, who)
        self.waiting.wake()

    def _keep(self, appointment: Appointment) -> None:
        happenings.keep(self, appointment)

    def _clock_was_put_wrong(self, system: str, before: Skew) -> None:
        happenings.clock_was_put_wrong(self, system, before)

    def _token_issued(self, expires_at: datetime) -> None:
        happenings.note_token(self, expires_at)

    def _job_queued(self, due_at: datetime) -> None:
        happenings.note_job(self, due_at)

    def _sync_marks_changed(self) -> None:
        happenings.note_sync_marks(self)

    def _missing_work_changed(self) -> None:
        happenings.note_missing_work(self)

    def __repr__(self) -> str:
        return f"World({self.name}, seed {self.seed}, {self.clock.now().isoformat()})"


@dataclass(frozen=True, slots=True)
class _Beginning:
    """How worlds of one seed begin."""

    school: School
    state: WorldState


@lru_cache(maxsize=_PROTOTYPES_MAX)
def _beginning(seed: int, profile: Profile, start: Start, _version: tuple[int, ...]) -> _Beginning:
    """Roster a school into both systems, once; whoever asks again shares what is not changed since."""
    world = World("beginning", seed, profile, start.school(seed))
    world.canvas.take_roster(
        world.school,
        teacher_tokens=world.credentials.teacher_tokens,
        admin_token=world.credentials.admin_token,
    )
    world.synergy.take_roster(
        world.school,
        client_id=world.credentials.client_id,
        client_secret=world.credentials.client_secret,
        teachervue_token=world.credentials.teachervue_token,
    )
    if start.graded_per_course:
        grade_past_work(
            world.canvas,
            start.graded_per_course,
            since=end_of_day(world.school.year_begins, world.canvas.zone),
            dice=random.Random(f"{seed}: past work"),  # noqa: S311 - made-up grades, no secret
        )
    happenings.make_first_appointments(world)
    return _Beginning(world.school, world.freeze())


def build_world(
    seed: int, *, name: str = DEFAULT_WORLD, profile: Profile = KHSD, start: Start = SCHOOL
) -> World:
    """A fresh world: its start's people, rostered into both systems, nothing graded yet.

    The same seed and start give the same world, byte for byte, whatever its name.

    Raises:
        WorldError: If a world cannot be called so.
        SchoolFileError: If it starts from a file that cannot be used.
    """
    checked_name(name)
    beginning = _beginning(seed, profile, start, start.version)
    world = World(name, seed, profile, beginning.school)
    world.begin_with(beginning.state)
    return world


def checked_name(name: str) -> str:
    """The name, if a world can be called so.

    Raises:
        WorldError: If it is empty, too long, or has a character that a URL's path would have to escape.
    """
    if not _NAME.fullmatch(name) or name in _STEPS_IN_PATHS:
        raise WorldError(
            f"A world's name has 1 to 200 letters, digits and any of _.~-, because it is part of its URLs; "
            f"{name[:80]!r} does not fit"
        )
    return name


class Worlds:
    """The worlds that one pair of servers holds, by name."""

    def __init__(self, *worlds: World) -> None:
        self._by_name = {world.name: world for world in worlds}

    def add(self, world: World) -> None:
        """Take a world in, in place of an earlier one of its name.

        Raises:
            WorldError: If there are `WORLDS_MAX` already.
        """
        if len(self._by_name) >= WORLDS_MAX and world.name not in self._by_name:
            raise WorldError(f"One pair of servers holds {WORLDS_MAX} worlds at most; delete one first")
        self._by_name[world.name] = world

    def remove(self, name: str) -> None:
        """Let a world go; one that is not there is no error."""
        self._by_name.pop(name, None)

    def get(self, name: str) -> World | None:
        """The world of this name, if there is one."""
        return self._by_name.get(name)

    def __iter__(self) -> Iterator[World]:
        return iter(list(self._by_name.values()))

    def __len__(self) -> int:
        return len(self._by_name)
