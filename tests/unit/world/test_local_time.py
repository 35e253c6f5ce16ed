"""Days and hours of a district, on ordinary days and when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.local_time import end_of_day, instant_of, next_daily, start_of_day

PACIFIC = ZoneInfo("America/Los_Angeles")
SPRING, AUTUMN = date(2027, 3, 14), date(2026, 11, 1)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_day_ends_when_the_next_one_begins_in_the_district() -> None:
    assert end_of_day(date(2026, 9, 25), PACIFIC) == utc(2026, 9, 26, 7)
    assert end_of_day(date(2026, 12, 18), PACIFIC) == utc(2026, 12, 19, 8)


def test_the_spring_day_has_23_hours_and_the_autumn_day_25() -> None:
    for day, hours in ((SPRING, 23), (AUTUMN, 25), (date(2026, 9, 14), 24)):
        assert end_of_day(day, PACIFIC) - start_of_day(day, PACIFIC) == timedelta(hours=hours)


def test_a_time_that_the_spring_day_skips_comes_when_the_gap_is_over() -> None:
    assert instant_of(SPRING, time(2, 30), PACIFIC) == utc(2027, 3, 14, 10)
    assert instant_of(SPRING, time(1, 59), PACIFIC) == utc(2027, 3, 14, 9, 59)
    assert instant_of(SPRING, time(3, 0), PACIFIC) == utc(2027, 3, 14, 10)


def test_a_time_that_the_autumn_day_has_twice_is_the_first_one() -> None:
    assert instant_of(AUTUMN, time(1, 30), PACIFIC) == utc(2026, 11, 1, 8, 30)


def test_a_day_that_begins_in_a_gap_begins_when_the_gap_is_over() -> None:
    santiago = ZoneInfo("America/Santiago")  # the clocks go from midnight to one
    assert start_of_day(date(2026, 9, 6), santiago) == utc(2026, 9, 6, 4)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (utc(2026, 9, 14, 15), utc(2026, 9, 15, 9)),
        (utc(2026, 9, 15, 9), utc(2026, 9, 16, 9)),
        (utc(2026, 9, 15, 8, 59), utc(2026, 9, 15, 9)),
        (utc(2027, 3, 14, 9), utc(2027, 3, 14, 10)),
        (utc(2026, 11, 1, 9), utc(2026, 11, 1, 10)),
    ],
)
def test_two_at_night_comes_once_a_day(after: datetime, expected: datetime) -> None:
    assert next_daily(after, time(2), PACIFIC) == expected


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 - the zone is added below
    st.times(),
    st.sampled_from(
        ("America/Los_Angeles", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
    ),
)
def test_the_next_night_is_always_later_and_at_most_two_days_away(
    after: datetime, at: time, name: str
) -> None:
    moment = after.replace(tzinfo=UTC)
    following = next_daily(moment, at, ZoneInfo(name))
    assert moment < following <= moment + timedelta(days=2)
