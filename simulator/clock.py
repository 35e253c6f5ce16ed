"""The virtual clock of a world, and what each system makes of it.

Nothing in the simulator knows another time.

What lives here: moving the clock, through every appointment on the way; the clock as a system with skew and
drift reads it. Waiting for the clock is in `waiting.py`. What bites: a clock never goes back on its own; only
`thaw` puts it where a snapshot was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from simulator.schedule import Appointment, Schedule

SCHOOL_MORNING = datetime(2026, 9, 14, 15, 0, 0, tzinfo=UTC)
"""When every world begins unless told: a Monday in the first quarter, 8 in the morning in California."""
CLOCK_YEAR_MAX = 2199
"""The last year of a world: the fakes reckon beyond the clock, and a calendar ends somewhere."""
KEPT_IN_ONE_MOVE_MAX = 20_000
"""So many appointments are kept in one move of the clock: ten years of nights, and then some."""
SKEW_MAX = timedelta(days=366)
"""A system's clock is wrong by no more than this, drift included."""


class Clock(Protocol):
    """Whatever knows the present instant."""

    def now(self) -> datetime:
        """The present instant, UTC, to the microsecond."""
        ...


class ClockError(ValueError):
    """The clock cannot be moved so. The message says why and how far it can go."""


@dataclass(frozen=True, slots=True)
class Skew:
    """How far a system's clock is off: `ahead` at `since`, and `drift` more for each day that passes."""

    ahead: timedelta = timedelta(0)
    drift_a_day: timedelta = timedelta(0)
    since: datetime = SCHOOL_MORNING

    def at(self, instant: datetime) -> timedelta:
        """By how much the system's clock is ahead at an instant; negative if it is behind."""
        ahead = self.ahead + self.drift_a_day * ((instant - self.since) / timedelta(days=1))
        return max(-SKEW_MAX, min(SKEW_MAX, ahead))

    def when_it_shows(self, seen: datetime) -> datetime:
        """The instant of the world at which the system's clock shows `seen`.

        A clock that drifts back as fast as time passes never gets there; it counts as if it did not drift.
        """
        pace = 1 + self.drift_a_day / timedelta(days=1)
        if pace <= 0:
            return seen - self.ahead
        instant = self.since + (seen - self.ahead - self.since) / pace
        return seen - self.at(instant)


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """A clock as it was at one moment."""

    now: datetime
    skews: Mapping[str, Skew]
    schedule: tuple[int, tuple[Appointment, ...]]


class VirtualClock:
    """A clock that moves only when it is told to, always in UTC.

    Attributes:
        schedule: What happens when the clock passes an instant.
        on_appointment: Called with each appointment that the clock has come to.
        on_step: Called with each step that it takes and who moved it, after the step.
        on_skew: Called with a system whose clock was put wrong, or right, and how it was before.
    """

    def __init__(self, now: datetime = SCHOOL_MORNING) -> None:
        if now.tzinfo is None:
            raise ClockError(f"The clock needs a time with a zone, not {now.isoformat()}")
        self._now = now.astimezone(UTC)
        self._skews: dict[str, Skew] = {}
        self.schedule = Schedule()
        self.on_appointment: Callable[[Appointment], None] = lambda _appointment: None
        self.on_step: Callable[[timedelta, str], None] = lambda _by, _who: None
        self.on_skew: Callable[[str, Skew], None] = lambda _system, _before: None

    def now(self) -> datetime:
        """The present instant, UTC, to the microsecond."""
        return self._now

    def advance(self, by: timedelta, *, who: str = "") -> datetime:
        """Move forward by so much, and keep the appointments on the way.

        Raises:
            ClockError: If `by` is negative, or too far.
        """
        if by < timedelta(0):
            raise ClockError(f"The clock cannot go back by {-by}")
        try:
            return self.advance_to(self._now + by, who=who)
        except OverflowError:
            raise ClockError(_BEYOND) from None

    def advance_to(self, instant: datetime, *, who: str = "") -> datetime:
        """Move forward to an instant, and keep the appointments on the way.

        Raises:
            ClockError: If the instant is over, has no zone, or lies beyond `CLOCK_YEAR_MAX`.
        """
        if instant.tzinfo is None:
            raise ClockError(f"The clock needs a time with a zone, not {instant.isoformat()}")
        target = instant.astimezone(UTC)
        if target < self._now:
            raise ClockError(
                f"The clock cannot go back to {target.isoformat()}: it is {self._now.isoformat()}"
            )
        if target.year > CLOCK_YEAR_MAX:
            raise ClockError(_BEYOND)
        for _kept in range(KEPT_IN_ONE_MOVE_MAX):
            due = self.schedule.take_due(target)
            if due is None:
                self._step_to(target, who)
                return self._now
            self._step_to(max(self._now, due.at), who)
            self.on_appointment(due)
        raise ClockError(
            f"More than {KEPT_IN_ONE_MOVE_MAX} things happen before {target.isoformat()}; move in smaller "
            f"steps. The clock stands at {self._now.isoformat()}"
        )

    def advance_to_next(self, *, who: str = "") -> Appointment | None:
        """Move to the next appointment and keep it; None where nothing is to come."""
        upcoming = self.schedule.next()
        if upcoming is not None:
            self.advance_to(max(self._now, upcoming.at), who=who)
        return upcoming

    def seen_by(self, system: str) -> SystemClock:
        """The clock as this system reads it, with whatever skew it has at the time of reading."""
        return SystemClock(self, system)

    def seen_now(self, system: str) -> datetime:
        """The instant that a system takes for the present one, UTC."""
        skew = self._skews.get(system)
        return self._now if skew is None else self._now + skew.at(self._now)

    def skew_of(self, system: str) -> Skew:
        """How far a system's clock is off."""
        return self._skews.get(system, Skew(since=self._now))

    def set_skew(self, system: str, *, ahead: timedelta, drift_a_day: timedelta = timedelta(0)) -> Skew:
        """Put a system's clock wrong from now on; a negative `ahead` puts it behind.

        Raises:
            ClockError: If it would be off by more than `SKEW_MAX`.
        """
        if max(abs(ahead), abs(drift_a_day)) > SKEW_MAX:
            raise ClockError(f"A clock is off by {SKEW_MAX.days} days at most")
        before = self.skew_of(system)
        skew = Skew(ahead, drift_a_day, self._now)
        self._skews[system] = skew
        self.on_skew(system, before)
        return skew

    def freeze(self) -> FrozenClock:
        """The clock as a value: where it stands, what is off, what is to come."""
        return FrozenClock(self._now, dict(self._skews), self.schedule.freeze())

    def thaw(self, frozen: FrozenClock) -> None:
        """Stand where that clock stood."""
        self._now = frozen.now
        self._skews = dict(frozen.skews)
        self.schedule.thaw(frozen.schedule)

    def _step_to(self, instant: datetime, who: str) -> None:
        by = instant - self._now
        self._now = instant
        if by:
            self.on_step(by, who)

    def __repr__(self) -> str:
        return f"VirtualClock({self._now.isoformat()})"


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The world's clock as one system reads it: the two systems do not share a clock."""

    world: VirtualClock
    system: str

    def now(self) -> datetime:
        """The instant that this system takes for the present one, UTC."""
        return self.world.seen_now(self.system)


_BEYOND = f"A world ends with the year {CLOCK_YEAR_MAX}"
