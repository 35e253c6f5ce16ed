"""A world as a whole: snapshots, restores, forks, resets, and what happens by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simulator.clock import SCHOOL_MORNING
from simulator.journal import Happening, WorldStep
from simulator.profiles import KHSD
from simulator.snapshots import SNAPSHOTS_MAX, SnapshotError
from simulator.state import FrozenStore
from simulator.world import World, WorldError, Worlds, build_world


def rename_first_course(world: World, name: str) -> None:
    course = next(iter(world.canvas.courses.values()))
    world.canvas.put_course(replace(course, name=name))


def first_course(world: World) -> str:
    return next(iter(world.canvas.courses.values())).name


def rows(store: FrozenStore) -> dict[str, list[tuple[object, object]]]:
    return {name: list(table.rows.items()) for name, table in store.tables.items()}


def test_a_restored_world_is_as_it_was_and_its_journal_remembers_what_happened() -> None:
    world = build_world(7)
    before = (rows(world.canvas.freeze()), rows(world.synergy.freeze()))
    world.snapshot("monday", who="trainer")
    rename_first_course(world, "Algebra for all")
    token = world.synergy.issue_token(frozenset({"x"}))
    world.advance(timedelta(hours=2))
    world.restore("monday", who="trainer")
    assert (rows(world.canvas.freeze()), rows(world.synergy.freeze())) == before
    assert world.clock.now() == datetime(2026, 9, 14, 15, tzinfo=UTC)
    assert world.synergy.token(token) is None
    steps = [(each.what, each.who) for each in world.journal.entries if isinstance(each, WorldStep)]
    assert steps == [("snapshot", "trainer"), ("restore", "trainer")]


def test_what_happens_after_a_restore_happens_as_it_did_the_first_time() -> None:
    world = build_world(7)
    world.snapshot("start")
    made = []
    for _time in range(2):
        rename_first_course(world, "Algebra for all")
        world.canvas.add_group(next(iter(world.canvas.courses)), "Homework")
        made.append((rows(world.canvas.freeze()), world.synergy.issue_token(frozenset())))
        world.restore("start")
    assert made[0] == made[1]


def test_a_snapshot_can_be_gone_back_to_again_and_again() -> None:
    world = build_world(7)
    world.snapshot("start")
    for name in ("once", "twice"):
        rename_first_course(world, name)
        world.restore("start")
        assert first_course(world) == "Algebra 1"


def test_a_reset_world_is_as_new() -> None:
    world = build_world(7)
    rename_first_course(world, "Algebra for all")
    world.advance(timedelta(days=40))
    world.reset()
    fresh = build_world(7)
    assert rows(world.canvas.freeze()) == rows(fresh.canvas.freeze())
    assert rows(world.synergy.freeze()) == rows(fresh.synergy.freeze())
    assert world.clock.freeze() == fresh.clock.freeze()


def test_a_fork_goes_on_alone_with_the_past_and_the_credentials_of_its_origin() -> None:
    world = build_world(7)
    rename_first_course(world, "before")
    world.snapshot("then")
    world.advance(timedelta(minutes=5))
    fork = world.fork("what-if")
    rename_first_course(fork, "in the fork")
    rename_first_course(world, "in the origin")
    fork.advance(timedelta(days=1))
    assert (first_course(world), first_course(fork)) == ("in the origin", "in the fork")
    assert fork.clock.now() - world.clock.now() == timedelta(days=1)
    assert fork.credentials == world.credentials
    assert fork.journal.entries[: len(world.journal)] == world.journal.entries
    assert [each.name for each in fork.snapshots] == ["then"]


def test_a_fork_of_a_snapshot_goes_on_from_there() -> None:
    world = build_world(7)
    world.snapshot("start")
    rename_first_course(world, "later")
    assert first_course(world.fork("again", snapshot="start")) == "Algebra 1"


def test_what_happens_in_a_fork_is_noted_in_the_fork_only() -> None:
    world = build_world(7)
    fork = world.fork("what-if")
    seen = len(world.journal)
    fork.advance(timedelta(days=2))
    assert len(world.journal) == seen
    assert any(isinstance(each, Happening) for each in fork.journal.entries[seen:])


def test_a_snapshot_that_is_not_there_is_told_with_those_that_are() -> None:
    world = build_world(7)
    world.snapshot("monday")
    for what in (world.restore, world.snapshots.drop, lambda name: world.fork("x", snapshot=name)):
        with pytest.raises(SnapshotError, match=r'no snapshot "tuesday"\. There are: monday'):
            what("tuesday")


def test_a_snapshot_of_the_same_name_takes_the_place_of_the_earlier_one() -> None:
    world = build_world(7)
    world.snapshot("here")
    rename_first_course(world, "later")
    world.snapshot("here")
    world.restore("here")
    assert (first_course(world), len(world.snapshots)) == ("later", 1)


def test_snapshots_have_a_name_and_are_not_without_number() -> None:
    world = build_world(7)
    for name in ("", "x" * 101):
        with pytest.raises(SnapshotError, match="1 to 100 characters"):
            world.snapshot(name)
    for number in range(SNAPSHOTS_MAX):
        world.snapshot(str(number))
    with pytest.raises(SnapshotError, match="drop one first"):
        world.snapshot("one too many")


@pytest.mark.parametrize("name", ["", "a/b", "ä", "x" * 201, "a b", "?", ".", ".."])
def test_a_world_is_not_called_what_cannot_be_in_a_url(name: str) -> None:
    with pytest.raises(WorldError, match="part of its URLs"):
        build_world(7, name=name)


def test_worlds_of_the_same_seed_share_nothing_that_one_of_them_changes() -> None:
    one, other = build_world(7, name="one"), build_world(7, name="other")
    rename_first_course(one, "changed")
    one.synergy.issue_token(frozenset())
    one.clock.set_skew("canvas", ahead=timedelta(hours=1))
    assert first_course(other) == first_course(build_world(7)) == "Algebra 1"
    assert len(other.synergy.tokens) == 0
    assert other.canvas.now == other.clock.now()


def test_one_pair_of_servers_holds_so_many_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.world.WORLDS_MAX", 2)
    worlds = Worlds(build_world(7, name="one"), build_world(7, name="two"))
    with pytest.raises(WorldError, match="delete one first"):
        worlds.add(build_world(7, name="three"))
    worlds.add(build_world(7, name="two"))
    assert len(worlds) == 2


def happened(world: World, what: str) -> list[tuple[datetime, str]]:
    entries = (each for each in world.journal.entries if isinstance(each, Happening))
    return [(each.at, each.words) for each in entries if each.what == what]


def test_the_roster_is_fed_every_night_at_the_district_s_hour() -> None:
    world = build_world(7)
    world.advance(timedelta(days=2))
    assert [at for at, _words in happened(world, "roster feed")] == [
        datetime(2026, 9, 15, 9, tzinfo=UTC),
        datetime(2026, 9, 16, 9, tzinfo=UTC),
    ]


def test_the_feed_s_hour_is_the_district_s_when_the_clocks_change_too() -> None:
    world = build_world(7, profile=replace(KHSD, roster_feed_hour=4))
    world.clock.advance_to(datetime(2026, 11, 3, tzinfo=UTC))
    hours = [at.hour for at, _words in happened(world, "roster feed")][-4:]
    assert hours == [11, 11, 12, 12]


def test_a_grading_period_closes_when_its_last_day_is_over_in_the_district() -> None:
    world = build_world(7)
    world.clock.advance_to(datetime(2026, 9, 26, 6, 59, 59, tzinfo=UTC))
    assert not any(each.is_closed for each in world.synergy.grading_periods())
    world.advance(timedelta(seconds=1))
    closed = [each.name for each in world.synergy.grading_periods() if each.is_closed]
    assert closed == ["Progress 1"]
    assert happened(world, "grading period closes") == [
        (datetime(2026, 9, 26, 7, tzinfo=UTC), "Progress 1 is over; it is closed in Synergy")
    ]


def test_a_token_that_expires_before_an_earlier_one_is_the_next_thing_to_happen() -> None:
    world = build_world(7)
    world.synergy.issue_token(frozenset())
    world.clock.set_skew("synergy", ahead=timedelta(minutes=-50))
    world.synergy.issue_token(frozenset())
    assert world.clock.advance_to_next() is not None
    assert world.clock.now() == SCHOOL_MORNING + timedelta(hours=1)
    assert len(world.synergy.tokens) == 1
    assert world.clock.advance_to_next() is not None
    assert world.clock.now() == SCHOOL_MORNING + timedelta(hours=1, minutes=50)
    assert len(world.synergy.tokens) == 0


def test_tokens_expire_by_themselves_and_the_journal_says_so() -> None:
    world = build_world(7)
    world.synergy.issue_token(frozenset())
    world.advance(timedelta(minutes=30))
    world.synergy.issue_token(frozenset())
    world.advance(timedelta(minutes=30))
    assert len(world.synergy.tokens) == 1
    world.advance(timedelta(minutes=30))
    assert len(world.synergy.tokens) == 0
    assert [words for _at, words in happened(world, "access tokens expire")] == [
        "1 OneRoster access token expired"
    ] * 2


def test_a_token_expires_by_the_clock_of_the_system_that_gave_it() -> None:
    world = build_world(7)
    world.clock.set_skew("synergy", ahead=timedelta(minutes=10), drift_a_day=timedelta(minutes=-24))
    world.synergy.issue_token(frozenset())
    world.advance(timedelta(hours=1))
    assert len(world.synergy.tokens) == 1
    world.advance(timedelta(minutes=2))
    assert len(world.synergy.tokens) == 0


def closes(world: World, name: str) -> datetime:
    """When a grading period is to close, by the world's clock."""
    guid = next(each.guid for each in world.synergy.grading_periods() if each.name == name)
    return next(each.at for each in world.clock.schedule.upcoming() if each.key == guid)


def test_what_happens_in_a_system_happens_when_its_own_clock_shows_the_time() -> None:
    world = build_world(7)
    right = closes(world, "Progress 1")
    night = next(each.at for each in world.clock.schedule.upcoming() if each.kind == "roster feed")
    world.clock.set_skew("canvas", ahead=timedelta(hours=3))
    assert closes(world, "Progress 1") == right
    world.clock.set_skew("synergy", ahead=timedelta(hours=2))
    assert closes(world, "Progress 1") == right - timedelta(hours=2)
    world.clock.advance_to(night - timedelta(hours=2))
    nights = [each.at for each in world.clock.schedule.upcoming() if each.kind == "roster feed"]
    assert nights == [night + timedelta(days=1, hours=-2)]
    world.clock.set_skew("synergy", ahead=timedelta(0))
    assert closes(world, "Progress 1") == right
    world.clock.advance_to(right)
    assert next(each for each in world.synergy.grading_periods() if each.name == "Progress 1").is_closed


def test_a_clock_that_is_put_past_an_appointment_keeps_it_at_the_next_step() -> None:
    world = build_world(7)
    world.clock.set_skew("synergy", ahead=timedelta(days=30))
    assert closes(world, "Progress 1") == world.clock.now()
    world.clock.advance(timedelta(seconds=1))
    assert next(each for each in world.synergy.grading_periods() if each.name == "Progress 1").is_closed
