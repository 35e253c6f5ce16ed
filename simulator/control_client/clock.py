"""The clock of a world on a running server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from simulator.control_client import reading
from simulator.control_client.values import ClockReading, Upcoming
from simulator.control_client.wire import Wire


class Clock:
    """It stands still until it is moved, or until autojump is on and everything waits."""

    def __init__(self, wire: Wire, world: str) -> None:
        self._wire = wire
        self._world = world

    def read(self) -> ClockReading:
        """Where it stands and what comes next."""
        return reading.read(reading.clock, self._wire.json("GET", "worlds", self._world, "clock"))

    def now(self) -> datetime:
        """The world's present instant, UTC."""
        return self.read().now

    def advance(self, by: timedelta) -> ClockReading:
        """Move forward, through all that happens on the way."""
        return self._moved({"seconds": by.total_seconds()})

    def advance_to(self, instant: datetime) -> ClockReading:
        """Move forward to an instant; it needs a time zone."""
        return self._moved({"to": instant.isoformat()})

    def advance_to_next(self) -> ClockReading:
        """Move to the next thing that is to happen, if there is one."""
        return self._moved({"to_next": True})

    def appointments(self, *, limit: int = 1_000) -> tuple[Upcoming, ...]:
        """What is to come, soonest first, so many at most."""
        told = self._wire.json("GET", "worlds", self._world, "clock", "appointments", query={"limit": limit})
        return reading.read(lambda each: tuple(map(reading.upcoming, each["appointments"])), told)

    def set_skew(
        self, system: str, *, ahead: timedelta, drift_a_day: timedelta = timedelta(0)
    ) -> ClockReading:
        """Put the clock of "canvas" or "synergy" wrong from now on; a negative `ahead` puts it behind."""
        body = {"ahead_seconds": ahead.total_seconds(), "drift_seconds_a_day": drift_a_day.total_seconds()}
        return self._put(("systems", system), body)

    def set_autojump(self, *, on: bool) -> ClockReading:
        """Let it jump by itself when everything waits, or no longer."""
        return self._put(("autojump",), {"on": on})

    def _moved(self, body: Mapping[str, object]) -> ClockReading:
        told = self._wire.json("POST", "worlds", self._world, "clock", "advance", body=body)
        return reading.read(reading.clock, told)

    def _put(self, path: tuple[str, ...], body: Mapping[str, object]) -> ClockReading:
        told = self._wire.json("PUT", "worlds", self._world, "clock", *path, body=body)
        return reading.read(reading.clock, told)
