from datetime import UTC, datetime, timedelta, timezone

import pytest

from simulator.clock import SCHOOL_MORNING, VirtualClock
from simulator.ids import Ids


def test_a_clock_stands_still_until_it_is_told_to_move() -> None:
    clock = VirtualClock()
    assert clock.now() == clock.now() == SCHOOL_MORNING
    assert clock.advance(timedelta(hours=2)) == SCHOOL_MORNING + timedelta(hours=2)


def test_a_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="cannot go back by 0:01:00"):
        VirtualClock().advance(timedelta(minutes=-1))


def test_a_clock_keeps_utc_whatever_the_zone_it_is_given() -> None:
    pacific = timezone(timedelta(hours=-7))
    assert VirtualClock(datetime(2026, 9, 14, 8, tzinfo=pacific)).now() == datetime(
        2026, 9, 14, 15, tzinfo=UTC
    )


def test_a_clock_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="with a zone"):
        VirtualClock(datetime(2026, 9, 14))  # noqa: DTZ001 - the very mistake


def test_canvas_ids_count_up_for_each_kind() -> None:
    ids = Ids(7)
    assert [ids.integer("course"), ids.integer("course"), ids.integer("user")] == [1001, 1002, 1001]


def test_guids_depend_on_the_seed_and_the_name_and_not_on_the_order() -> None:
    one, other = Ids(7), Ids(7)
    other.guid("student", 2)
    assert one.guid("student", 1) == other.guid("student", 1)
    assert Ids(8).guid("student", 1) != one.guid("student", 1)
    assert one.guid("student", 1) != one.guid("student", 2)


def test_secrets_differ_by_seed_and_by_what_they_are_for() -> None:
    assert len({Ids(7).secret("a"), Ids(7).secret("b"), Ids(8).secret("a")}) == 3
