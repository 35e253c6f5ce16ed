"""A world as a test holds it: where it is, how to get in, and what a test may do to it from outside.

What lives here: handles. Each asks the servers' loop, so that a test in another thread never meets a request
halfway. What a handle gives back are values: frozen entries, faults, differences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias, TypeVar

from contracts.catalogue import rule_named
from simulator.clock import ClockError
from simulator.difference import Difference, difference_between
from simulator.doors import Doors, doors_of
from simulator.faults import Fault
from simulator.journal import ENTRY_KINDS, Entry, Exchange, FaultStruck, Mark, Query
from simulator.profiles.describing import sentence_of, switches_set
from simulator.schools import School
from simulator.snapshots import WorldState
from simulator.testing.servers import Servers
from simulator.world import World

T = TypeVar("T")
Ask: TypeAlias = Callable[[Callable[[], Any]], Any]
WHO = "test"
"""Who moves the clock and takes snapshots, as the journal tells it."""
SYSTEMS_WITH_A_CLOCK = ("canvas", "synergy")


class WorldInTest:
    """One fresh world on the shared servers.

    Attributes:
        name: Its name, which is a part of its URLs.
        seed: What it is made of; the same seed makes the same world.
        profile: The name of the profile that says how its district's systems behave.
        switches: What of the profile is otherwise in this world, by name.
        canvas: `url`, `teacher_token`, `admin_token`, and `teachers` with a token each.
        oneroster: `url`, `token_url`, `client_id`, `client_secret`.
        teachervue: `url` and `token`.
        school: The people, courses and grading periods that it began with.
    """

    def __init__(self, servers: Servers, world: World) -> None:
        doors: Doors = doors_of(world, servers.addresses)
        self._servers = servers
        self._world = world
        self.name = world.name
        self.seed = world.seed
        self.profile = world.profile.name
        self.switches = switches_set(world.profile)
        self._systems = sentence_of(world.profile)
        self.canvas = doors.canvas
        self.oneroster = doors.oneroster
        self.teachervue = doors.teachervue
        self.school: School = world.school
        self.clock = ClockInTest(servers.ask, world)
        self.faults = FaultsInTest(servers.ask, world)
        self.journal = JournalInTest(servers.ask, world)

    def snapshot(self, name: str = "snapshot") -> SnapshotInTest:
        """Remember this moment, to come back to it."""
        taken = self._servers.ask(lambda: self._world.snapshot(name, who=WHO))
        return SnapshotInTest(self._servers.ask, self._world, name, taken.state)

    @property
    def systems(self) -> str:
        """The profile by its name, and what of it is otherwise, in words."""
        return self._systems

    def reset(self) -> None:
        """Begin again."""
        self._servers.ask(lambda: self._world.reset(who=WHO))

    def __repr__(self) -> str:
        return f"WorldInTest({self.name}, seed {self.seed})"


@dataclass(frozen=True, slots=True)
class SnapshotInTest:
    """A moment of the world to which a test can go back."""

    _ask: Ask = field(repr=False)
    _world: World = field(repr=False)
    name: str
    _state: WorldState = field(repr=False)

    def restore(self) -> None:
        """Go back to it. The journal keeps what happened meanwhile."""
        self._ask(lambda: self._world.restore(self.name, who=WHO))

    def difference(self) -> Difference:
        """What has changed since; as text with `str`, as data with `as_dict`."""
        difference: Difference = self._ask(lambda: difference_between(self._state, self._world.freeze()))
        return difference


class ClockInTest:
    """The world's clock. It stands still until it is moved."""

    def __init__(self, ask: Ask, world: World) -> None:
        self._ask = ask
        self._world = world

    def now(self) -> datetime:
        """The world's present instant, UTC."""
        now: datetime = self._ask(self._world.clock.now)
        return now

    def advance(self, by: timedelta | None = None, **units: float) -> datetime:
        """Move forward: `advance(minutes=90)`, or by a `timedelta`. What is due on the way happens.

        Raises:
            ClockError: If the clock cannot be moved so.
        """
        if by is not None and not isinstance(by, timedelta):
            raise TypeError(f"How far? Say advance(hours=2), or give a timedelta, not {by!r}")
        step = timedelta(**units) if by is None else by
        now: datetime = self._ask(lambda: self._world.clock.advance(step, who=WHO))
        return now

    def advance_to(self, instant: datetime) -> datetime:
        """Move forward to an instant; it needs a time zone.

        Raises:
            ClockError: If it is over, has no zone or lies too far away.
        """
        now: datetime = self._ask(lambda: self._world.clock.advance_to(instant, who=WHO))
        return now

    def advance_to_next(self) -> str:
        """Move to the next thing that is to happen; what it was, such as "roster feed", or ""."""
        appointment = self._ask(lambda: self._world.clock.advance_to_next(who=WHO))
        return "" if appointment is None else str(appointment.kind)

    def set_skew(self, system: str, *, ahead: timedelta, drift_a_day: timedelta = timedelta(0)) -> None:
        """Put the clock of "canvas" or "synergy" wrong from now on; a negative `ahead` puts it behind.

        Raises:
            ClockError: If there is no such system, or its clock cannot be put so wrong.
        """
        if system not in SYSTEMS_WITH_A_CLOCK:
            raise ClockError(f"There is no clock of {system!r}. There are: {', '.join(SYSTEMS_WITH_A_CLOCK)}")
        if not all(isinstance(each, timedelta) for each in (ahead, drift_a_day)):
            raise TypeError("How far is it off? Give a timedelta, such as ahead=timedelta(minutes=5)")
        self._ask(lambda: self._world.clock.set_skew(system, ahead=ahead, drift_a_day=drift_a_day))


class FaultsInTest:
    """What is planned to go wrong in the world; the kinds are in `docs/faults.md`."""

    def __init__(self, ask: Ask, world: World) -> None:
        self._ask = ask
        self._world = world
        self._planned: list[tuple[str, int]] = []
        """The name of each fault that the test planned, and the newest entry of the journal then."""

    def plan(self, fault: Fault) -> Fault:
        """Let something go wrong from now on.

        Raises:
            FaultError: If it cannot be planned so; the message names the field.
        """
        if not isinstance(fault, Fault):
            raise TypeError(
                "Plan a Fault of simulator.faults; fault_from_json, from there too, makes one of a dict"
            )
        planned: Fault = self._ask(lambda: self._world.faults.plan(fault, who=WHO))
        self._planned.append((fault.name, self._ask(lambda: len(self._world.journal))))
        return planned

    def never_struck(self) -> tuple[str, ...]:
        """The names of all that was planned and struck at no time, whether it is planned still or not.

        The plan is a part of the world, so a restore or a reset takes it back; the journal knows better.
        """
        return tuple(dict.fromkeys(self._ask(self._never_struck)))

    def _never_struck(self) -> list[str]:
        began = [(fault.name, 0) for fault in self._world.faults.unfired if fault.name not in self._names]
        strikes = [each for each in self._world.journal.entries if isinstance(each, FaultStruck)]
        return [
            name
            for name, since in (*self._planned, *began)
            if not any(strike.fault == name and strike.number > since for strike in strikes)
        ]

    @property
    def _names(self) -> set[str]:
        return {name for name, _since in self._planned}

    def clear(self) -> None:
        """End all that is planned."""
        self._ask(lambda: self._world.faults.clear(who=WHO))

    @property
    def fired(self) -> tuple[Fault, ...]:
        """What has struck at least once."""
        found: tuple[Fault, ...] = self._ask(lambda: self._world.faults.fired)
        return found

    @property
    def unfired(self) -> tuple[Fault, ...]:
        """What was planned and has not struck yet."""
        found: tuple[Fault, ...] = self._ask(lambda: self._world.faults.unfired)
        return found


class JournalInTest:
    """What happened in the world so far."""

    def __init__(self, ask: Ask, world: World) -> None:
        self._ask = ask
        self._world = world

    def entries(self, **wanted: Any) -> tuple[Entry, ...]:  # noqa: ANN401 - the fields of a Query
        """The entries that a query wants, oldest first; see `simulator.journal.Query` for its fields.

        Raises:
            ValueError: If there is no such rule or kind of entry: nothing would ever be found.
        """
        query = Query(**{name: _as_set(name, value) for name, value in wanted.items()})
        if query.rule and rule_named(query.rule) is None:
            raise ValueError(f"The catalogue has no rule {query.rule!r}. See: gradelab rules")
        if not query.kinds <= set(ENTRY_KINDS):
            raise ValueError(f"Entries are of these kinds: {', '.join(ENTRY_KINDS)}")
        found: tuple[Entry, ...] = self._ask(lambda: tuple(self._world.journal.select(query)))
        return found

    def exchanges(self, **wanted: Any) -> tuple[Exchange, ...]:  # noqa: ANN401 - the fields of a Query
        """The HTTP requests and their answers."""
        found = self.entries(kinds={Exchange.kind}, **wanted)
        return tuple(entry for entry in found if isinstance(entry, Exchange))

    def marks(self, **wanted: Any) -> tuple[Mark, ...]:  # noqa: ANN401 - the fields of a Query
        """What the rules said: `marks(rule="READONLY-OFF-ERROR")`."""
        return tuple(entry for entry in self.entries(kinds={Mark.kind}, **wanted) if isinstance(entry, Mark))


def _as_set(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of a Query
    return frozenset({value} if isinstance(value, str) else value) if name in {"kinds", "methods"} else value
