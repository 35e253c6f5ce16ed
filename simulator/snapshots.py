"""A world's snapshots: what it was at moments that somebody gave a name.

What lives here: keeping them by name. A snapshot costs a few references until the world goes on, because
frozen state is shared and never written into.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.clock import FrozenClock
from simulator.faults import NOTHING_PLANNED, PlanState
from simulator.state import FrozenStore

SNAPSHOTS_MAX = 1_000
NAME_CHARACTERS_MAX = 100


@dataclass(frozen=True, slots=True)
class WorldState:
    """Everything of a world that changes, as a value."""

    canvas: FrozenStore
    synergy: FrozenStore
    clock: FrozenClock
    ids: Mapping[str, int]
    faults: PlanState = NOTHING_PLANNED

    def __len__(self) -> int:
        """How many objects it holds."""
        return len(self.canvas) + len(self.synergy)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A moment of a world.

    Attributes:
        name: What somebody called it.
        at: The world's time.
        entry: The number of the newest entry of the journal at that moment.
    """

    name: str
    at: datetime
    entry: int
    state: WorldState


class SnapshotError(ValueError):
    """There is no such snapshot, or no room or no name for one. The message says what to do."""


class Snapshots:
    """The snapshots of one world, oldest first."""

    def __init__(self) -> None:
        self._by_name: dict[str, Snapshot] = {}

    def keep(self, snapshot: Snapshot) -> Snapshot:
        """Take a snapshot in, in place of an earlier one of its name.

        Raises:
            SnapshotError: If it has no name, too long a name, or there are `SNAPSHOTS_MAX` already.
        """
        if not 0 < len(snapshot.name) <= NAME_CHARACTERS_MAX:
            raise SnapshotError(f"A snapshot needs a name of 1 to {NAME_CHARACTERS_MAX} characters")
        if len(self._by_name) >= SNAPSHOTS_MAX and snapshot.name not in self._by_name:
            raise SnapshotError(f"A world keeps {SNAPSHOTS_MAX} snapshots at most; drop one first")
        self._by_name.pop(snapshot.name, None)
        self._by_name[snapshot.name] = snapshot
        return snapshot

    def named(self, name: str) -> Snapshot:
        """The snapshot of this name.

        Raises:
            SnapshotError: If there is none.
        """
        found = self._by_name.get(name)
        if found is None:
            there_are = ", ".join(self._by_name) or "none"
            raise SnapshotError(f'There is no snapshot "{name}". There are: {there_are}')
        return found

    def drop(self, name: str) -> None:
        """Let a snapshot go.

        Raises:
            SnapshotError: If there is none of this name.
        """
        self.named(name)
        del self._by_name[name]

    def __iter__(self) -> Iterator[Snapshot]:
        return iter(tuple(self._by_name.values()))

    def __len__(self) -> int:
        return len(self._by_name)
