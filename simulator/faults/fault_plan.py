"""The faults planned in one world, and how each stands: part of the world's state.

What lives here: planning and taking back, counting, and what a copy that lags behind has to remember. What
must never be here: doing anything to a request (`striking`). What bites: taking a fault back does not undo
what it did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulator.faults.decision import Decision, Die, Standing, decide, server_of, wants_rehearsal
from simulator.faults.kinds import FaultError, Stale
from simulator.faults.plan import Asked, Fault
from simulator.journal import Journal
from simulator.state import FrozenStore

FAULTS_MAX = 1_000
PAST_STATES_MAX = 500
"""So many writes back can a copy lag at most; of older ones it knows that they were, not what was before."""


@dataclass(frozen=True, slots=True)
class PastState:
    """What a server held right before a write."""

    server: str
    until: datetime
    store: FrozenStore


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan as it stood at one moment. `past` is what lagging copies may still show."""

    standings: tuple[Standing, ...] = ()
    past: tuple[PastState, ...] = ()


NOTHING_PLANNED = PlanState()


class FaultPlan:
    """What is to go wrong in one world.

    Args:
        journal: The journal of the world, told what is planned and taken back.
        die: Decides what has a probability.
    """

    def __init__(self, journal: Journal, die: Die) -> None:
        self.journal = journal
        self.die = die
        self._state = NOTHING_PLANNED

    # planning

    def plan(self, fault: Fault, *, who: str = "") -> Fault:
        """Let a fault be done from now on.

        Raises:
            FaultError: If one of this name is planned already, or there are `FAULTS_MAX`.
        """
        if any(each.name == fault.name for each in self.planned):
            raise FaultError("name", f'"{fault.name}" is planned already; remove it, or choose another name')
        if len(self.planned) >= FAULTS_MAX:
            raise FaultError("name", f"{FAULTS_MAX} faults are planned already; remove some")
        self._put((*self._state.standings, Standing(fault)))
        self.journal.note_world_step("faults", f'Planned: "{fault.name}" ({fault.kind})', who)
        return fault

    def remove(self, name: str, *, who: str = "") -> Standing:
        """Take a fault back; how it stood is returned.

        Raises:
            FaultError: If none of this name is planned.
        """
        found = next((each for each in self._state.standings if each.fault.name == name), None)
        if found is None:
            there_are = ", ".join(f'"{each.name}"' for each in self.planned) or "none"
            raise FaultError("name", f'no fault "{name}" is planned; there are: {there_are}')
        self._put(tuple(each for each in self._state.standings if each is not found))
        self.journal.note_world_step("faults", f'No longer planned: "{name}"', who)
        return found

    def clear(self, *, who: str = "") -> None:
        """Take all faults back."""
        if self.planned:
            self._state = NOTHING_PLANNED
            self.journal.note_world_step("faults", "Nothing is planned to go wrong any more", who)

    # looking

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every planned fault with its counts, in the order of the plan."""
        return self._state.standings

    @property
    def planned(self) -> tuple[Fault, ...]:
        """Every planned fault, spent or not."""
        return tuple(each.fault for each in self._state.standings)

    @property
    def fired(self) -> tuple[Fault, ...]:
        """Those that struck at least once."""
        return tuple(each.fault for each in self._state.standings if each.struck)

    @property
    def unfired(self) -> tuple[Fault, ...]:
        """Those that never struck. Whoever planned them was to see them: an unfired fault is a failure."""
        return tuple(each.fault for each in self._state.standings if not each.struck)

    def __len__(self) -> int:
        return len(self._state.standings)

    # deciding

    def wants_rehearsal(self, asked: Asked) -> bool:
        """Whether this request has to be carried out before it can be decided on."""
        return wants_rehearsal(self._state.standings, asked)

    def decide(self, asked: Asked) -> Decision:
        """Decide on a request, and count it."""
        decision = decide(self._state.standings, asked, self.die)
        self._state = replace(self._state, standings=decision.standings)
        return decision

    # remembering for copies that lag behind

    @property
    def remembers(self) -> bool:
        """Whether some fault needs to know what was before a write."""
        return any(isinstance(each.does, Stale) for each in self.planned)

    def remember(self, system: str, at: datetime, store: FrozenStore) -> None:
        """Keep what a server held before the write that comes now."""
        longest = max((each.does.seconds for each in self.planned if isinstance(each.does, Stale)), default=0)
        since = at - timedelta(seconds=longest)
        kept = [each for each in self._state.past if each.until > since]
        # A write whose answer came late is told after those that came meanwhile.
        kept = sorted([*kept, PastState(server_of(system), at, store)], key=lambda each: each.until)
        self._state = replace(self._state, past=tuple(kept[-PAST_STATES_MAX:]))

    def written_at(self, system: str) -> datetime | None:
        """When the newest write to a system's server was that is remembered."""
        found = [each.until for each in self._state.past if each.server == server_of(system)]
        return found[-1] if found else None

    def held_at(self, system: str, instant: datetime) -> FrozenStore | None:
        """What a system's server held at an instant; None where it holds just that still."""
        later = (
            each for each in self._state.past if each.server == server_of(system) and each.until > instant
        )
        found = next(later, None)
        return None if found is None else found.store

    # as a value

    def freeze(self) -> PlanState:
        """The plan and its counts as a value."""
        return self._state

    def thaw(self, state: PlanState) -> None:
        """Be as that plan stood."""
        self._state = state

    def _put(self, standings: tuple[Standing, ...]) -> None:
        past = self._state.past if any(isinstance(each.fault.does, Stale) for each in standings) else ()
        self._state = PlanState(standings, past)

    def __repr__(self) -> str:
        return f"FaultPlan({len(self)} planned, {len(self.unfired)} unfired)"
