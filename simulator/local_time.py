"""Days and hours of a district: instants from local times, right on the days when the clocks change.

What lives here: pure reckoning between a time zone and UTC. What bites: on the spring day an hour does not
exist, and what was to happen in it happens when it is over; on the autumn day an hour comes twice, and what
is to happen in it happens the first time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When it is this time of this day in the zone, in UTC.

    A time that the day skips is taken as the moment after the gap; of one that comes twice, the first.
    """
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(instant, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day in the zone, in UTC."""
    return instant_of(day, time.min, zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day in the zone is over: the first of the next one. In UTC."""
    return start_of_day(day + ONE_DAY, zone)


def day_at(instant: datetime, zone: ZoneInfo) -> date:
    """The day that it is in the zone."""
    return instant.astimezone(zone).date()


def next_daily(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next instant, strictly after `after`, at which it is this time of day in the zone. In UTC."""
    day = day_at(after, zone)
    while (instant := instant_of(day, at, zone)) <= after:
        day += ONE_DAY
    return instant


def _end_of_gap(within: datetime, zone: ZoneInfo) -> datetime:
    """The change of the zone's offset around an instant that was reckoned from a skipped local time.

    `datetime` reads a skipped time with the offset from before the change, so the instant lies after it, by
    no more than the gap is long.
    """
    offset = within.astimezone(zone).utcoffset()
    low, high = within - ONE_DAY, within
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return (low + timedelta(seconds=1)).replace(microsecond=0)
