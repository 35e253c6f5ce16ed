from datetime import UTC, datetime, timedelta, timezone

import pytest

from simulator.clock import KEPT_IN_ONE_MOVE_MAX, SCHOOL_MORNING, ClockError, Skew, VirtualClock


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


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def a_clock_with(*after_minutes: float) -> tuple[VirtualClock, list[tuple[str, datetime]]]:
    """A clock with appointments so many minutes from now, and what it came to and when."""
    clock = VirtualClock()
    kept: list[tuple[str, datetime]] = []
    clock.on_appointment = lambda appointment: kept.append((appointment.key, clock.now()))
    for each in after_minutes:
        clock.schedule.make(SCHOOL_MORNING + minutes(each), "bell", f"{each:g}")
    return clock, kept


def test_a_clock_comes_to_every_appointment_on_the_way_in_order_and_at_its_time() -> None:
    clock, kept = a_clock_with(30, 10, 20, 61)
    clock.advance(minutes(60))
    assert kept == [(f"{each}", SCHOOL_MORNING + minutes(each)) for each in (10, 20, 30)]
    assert clock.now() == SCHOOL_MORNING + minutes(60)
    assert [each.key for each in clock.schedule.upcoming()] == ["61"]


def test_an_appointment_at_the_very_end_of_a_move_is_kept_in_it() -> None:
    clock, kept = a_clock_with(10)
    clock.advance_to(SCHOOL_MORNING + minutes(10))
    assert [key for key, _at in kept] == ["10"]


def test_an_appointment_that_is_made_while_another_is_kept_is_kept_too() -> None:
    clock = VirtualClock()
    rung: list[datetime] = []

    def ring(_appointment: object) -> None:
        rung.append(clock.now())
        clock.schedule.make(clock.now() + minutes(15), "bell")

    clock.on_appointment = ring
    clock.schedule.make(SCHOOL_MORNING + minutes(15), "bell")
    clock.advance(minutes(50))
    assert rung == [SCHOOL_MORNING + minutes(each) for each in (15, 30, 45)]


def test_a_clock_moves_to_the_next_appointment() -> None:
    clock, kept = a_clock_with(30, 10)
    upcoming = clock.advance_to_next()
    assert upcoming is not None
    assert (upcoming.key, clock.now(), len(kept)) == ("10", SCHOOL_MORNING + minutes(10), 1)


def test_without_appointments_there_is_no_next_one_and_the_clock_stands() -> None:
    clock = VirtualClock()
    assert (clock.advance_to_next(), clock.now()) == (None, SCHOOL_MORNING)


def test_a_clock_is_not_kept_busy_for_ever() -> None:
    clock = VirtualClock()

    def ring_again(_appointment: object) -> None:
        clock.schedule.make(clock.now(), "bell")

    clock.on_appointment = ring_again
    clock.schedule.make(SCHOOL_MORNING, "bell")
    with pytest.raises(ClockError, match=f"More than {KEPT_IN_ONE_MOVE_MAX} things happen"):
        clock.advance(minutes(1))


@pytest.mark.parametrize(
    "instant",
    [SCHOOL_MORNING - minutes(1), datetime(2200, 1, 1, tzinfo=UTC), datetime(2030, 1, 1)],  # noqa: DTZ001
)
def test_a_clock_refuses_to_go_where_it_cannot(instant: datetime) -> None:
    clock = VirtualClock()
    with pytest.raises(ClockError):
        clock.advance_to(instant)
    assert clock.now() == SCHOOL_MORNING


def test_a_system_reads_the_clock_with_its_skew_and_the_world_does_not() -> None:
    clock = VirtualClock()
    canvas, synergy = clock.seen_by("canvas"), clock.seen_by("synergy")
    clock.set_skew("synergy", ahead=timedelta(seconds=-90))
    assert (canvas.now(), clock.now()) == (SCHOOL_MORNING, SCHOOL_MORNING)
    assert synergy.now() == SCHOOL_MORNING - timedelta(seconds=90)


def test_a_drift_grows_day_by_day_from_when_it_was_set() -> None:
    clock = VirtualClock()
    clock.advance(timedelta(days=5))
    clock.set_skew("canvas", ahead=timedelta(0), drift_a_day=timedelta(seconds=2))
    assert clock.seen_by("canvas").now() == clock.now()
    clock.advance(timedelta(days=3, hours=12))
    assert clock.seen_by("canvas").now() - clock.now() == timedelta(seconds=7)


def test_a_skew_of_more_than_a_year_is_refused() -> None:
    with pytest.raises(ClockError, match="366 days at most"):
        VirtualClock().set_skew("canvas", ahead=timedelta(days=400))


def test_a_thawed_clock_stands_where_it_stood_with_all_that_was_to_come() -> None:
    clock, kept = a_clock_with(10)
    clock.set_skew("canvas", ahead=timedelta(seconds=5))
    frozen = clock.freeze()
    clock.advance(minutes(20))
    clock.set_skew("canvas", ahead=timedelta(0))
    clock.thaw(frozen)
    assert clock.now() == SCHOOL_MORNING
    assert clock.seen_by("canvas").now() - clock.now() == timedelta(seconds=5)
    clock.advance(minutes(20))
    assert len(kept) == 2


@pytest.mark.parametrize("drift", [timedelta(0), timedelta(minutes=7), timedelta(days=-3)])
def test_when_a_system_shows_a_time_is_when_it_is_read_off_it(drift: timedelta) -> None:
    skew = Skew(timedelta(minutes=-5), drift, SCHOOL_MORNING)
    shown = SCHOOL_MORNING + timedelta(days=3)
    instant = skew.when_it_shows(shown)
    if drift > timedelta(days=-1):
        assert abs(instant + skew.at(instant) - shown) < timedelta(milliseconds=1)
    else:
        assert instant == shown + timedelta(minutes=5)
