"""The virtual clock. Nothing in the simulator knows another time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SCHOOL_MORNING = datetime(2026, 9, 14, 15, 0, 0, tzinfo=UTC)
"""When every world begins unless told: a Monday in the first quarter, 8 in the morning in California."""


class VirtualClock:
    """A clock that moves only when it is told to, always in UTC."""

    def __init__(self, now: datetime = SCHOOL_MORNING) -> None:
        if now.tzinfo is None:
            raise ValueError(f"The clock needs a time with a zone, not {now.isoformat()}")
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """The present instant, UTC, to the microsecond."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move forward; a clock never goes back.

        Raises:
            ValueError: If `by` is negative.
        """
        if by < timedelta(0):
            raise ValueError(f"The clock cannot go back by {-by}")
        self._now += by
        return self._now

    def __repr__(self) -> str:
        return f"VirtualClock({self._now.isoformat()})"
