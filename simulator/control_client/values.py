"""What the control API tells, as frozen values. Times are aware datetimes, durations are timedeltas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from simulator.faults import Fault
from simulator.state.difference import RowChange


@dataclass(frozen=True, slots=True)
class WorldDescription:
    """What a world is made of and where it stands.

    Attributes:
        seed: The same seed, profile and start make the same world.
        now: The world's present instant.
        autojump: Whether its clock jumps by itself when everything waits.
        switches: The switches that are not as the profile has them, by name, as JSON has their values.
        tell_not_simulated: Whether a header tells clients what is not simulated.
        snapshots: How many there are.
        entries: The number of the newest entry of its journal.
    """

    name: str
    seed: int
    profile: str
    now: datetime
    autojump: bool
    switches: Mapping[str, Any]
    tell_not_simulated: bool
    snapshots: int
    entries: int


@dataclass(frozen=True, slots=True)
class SystemClock:
    """A system's own clock: `ahead` of the world's at `since`, and `drift_a_day` more each day after it."""

    now: datetime
    ahead: timedelta
    drift_a_day: timedelta
    since: datetime


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that happens by itself when the clock comes to it."""

    at: datetime
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened by itself while the clock moved."""

    at: datetime
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Where a clock stands.

    Attributes:
        waiting: How many wait for it.
        systems: The clocks of "canvas" and "synergy".
        next: What comes first, None where nothing is to come.
        appointments: How much is to come.
        happened: What happened on the way; empty where the clock was only read.
    """

    now: datetime
    autojump: bool
    waiting: int
    systems: Mapping[str, SystemClock]
    next: Upcoming | None
    appointments: int
    happened: tuple[Happened, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A moment of a world: when it was taken, after which entry of the journal, how many objects it holds."""

    name: str
    at: datetime
    entry: int
    objects: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two moments. Values in the changes are as JSON has them."""

    begins: datetime
    ends: datetime
    canvas: tuple[RowChange, ...]
    synergy: tuple[RowChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed but, perhaps, the time."""
        return not (self.canvas or self.synergy)


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """A cell of the Total column of Canvas's gradebook: a `score` in percent, None where it shows a dash."""

    user_id: int
    sis_user_id: str | None
    name: str
    score: float | None
    points: float | None
    possible: float | None
    letter: str | None
    shows_points: bool
    dropped_assignment_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why two totals differ; `rule` is None where no rule tells of it, `assignment` where it is about all."""

    rule: str | None
    assignment: str | None
    words: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TotalsCompared:
    """A student's totals in both gradebooks; there are no causes where they agree.

    Attributes:
        canvas: The Total column in percent, None where it shows a dash.
        synergy: The class total in percent, None where nothing counts.
        synergy_shown: The same as the class rounds it, with its zeros; "N/A" for None.
    """

    student_id: str
    name: str
    class_id: str
    agree: bool
    canvas: float | None
    synergy: float | None
    synergy_shown: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault of the plan: how many requests fitted so far, and how often it struck."""

    fault: Fault
    seen: int
    fired: int


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A part of a journal, as JSON has the entries; `next` is where the next page begins."""

    entries: tuple[Mapping[str, Any], ...] = field(repr=False)
    next: int
    more: bool
