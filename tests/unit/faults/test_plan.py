"""Planning: what a plan holds, how it counts, and that it is part of the world."""

from __future__ import annotations

import pytest

from simulator.faults import (
    Answer,
    Asked,
    DropAfter,
    DropBefore,
    Fault,
    FaultError,
    Lost,
    Match,
    Restart,
    ThrottleStorm,
)
from simulator.faults.kinds import exchanges_of
from simulator.journal import WorldStep
from simulator.world import World, build_world
from simulator.world_file import WorldFileError, world_as_text, world_from_text

PUT = Asked(system="oneroster", method="PUT", path="/ims/oneroster/v1p1/results/r1")
GET = Asked(system="canvas", method="GET", path="/api/v1/courses")


def a_world(seed: int = 7) -> World:
    return build_world(seed, name="faulty")


def strikes(world: World, *requests: Asked) -> list[str]:
    """The names of what strikes each of these requests, "" for nothing."""
    decided = [world.faults.decide(each).strike for each in requests]
    return ["" if strike is None else strike.fault.name for strike in decided]


def test_a_fault_strikes_so_often_as_it_says_and_lets_the_first_ones_pass() -> None:
    world = a_world()
    world.faults.plan(Fault(name="cut", does=DropBefore(), match=Match(methods=("PUT",)), after=1, times=2))
    assert strikes(world, PUT, GET, PUT, PUT, PUT) == ["", "", "cut", "cut", ""]


def test_the_nth_request_is_counted_among_those_that_fit() -> None:
    world = a_world()
    world.faults.plan(Fault(name="third", does=DropBefore(), match=Match(system="oneroster", nth=3)))
    assert strikes(world, PUT, GET, PUT, GET, PUT, PUT) == ["", "", "", "", "third", ""]


def test_a_fault_without_a_limit_strikes_every_time() -> None:
    world = a_world()
    world.faults.plan(Fault(name="down", does=DropBefore(), times=None))
    assert strikes(world, *[PUT] * 20) == ["down"] * 20


def test_the_first_fault_of_the_plan_that_can_strike_does_and_later_ones_do_not_see_the_request() -> None:
    world = a_world()
    world.faults.plan(Fault(name="first", does=DropBefore()))
    world.faults.plan(Fault(name="second", does=DropAfter(), match=Match(nth=1)))
    assert strikes(world, PUT, PUT, PUT) == ["first", "second", ""]


def test_a_read_cannot_be_acknowledged_and_lost() -> None:
    world = a_world()
    world.faults.plan(Fault(name="lost", does=Lost()))
    assert strikes(world, GET, PUT) == ["", "lost"]


def test_a_storm_takes_the_next_requests_to_that_system_whether_they_fit_or_not() -> None:
    world = a_world()
    storm = Fault(name="storm", does=ThrottleStorm(answers=3), match=Match(methods=("PUT",)))
    world.faults.plan(storm)
    other = Asked(system="oneroster", method="GET", path="/anything")
    assert strikes(world, other, PUT, other, GET, other, other) == ["", "storm", "storm", "", "storm", ""]
    assert [each.struck for each in world.faults.standings] == [1]


def test_a_restart_takes_both_faces_of_synergy() -> None:
    world = a_world()
    world.faults.plan(Fault(name="restart", does=Restart(dropped=1, unavailable=1)))
    screen = Asked(system="teachervue", method="GET", path="/teachervue/classes")
    assert strikes(world, PUT, GET, screen, screen) == ["restart", "", "restart", ""]
    assert exchanges_of(Restart(dropped=2, unavailable=3)) == 5


def test_what_has_a_probability_strikes_the_same_requests_from_the_same_seed() -> None:
    def hits(seed: int) -> list[str]:
        world = a_world(seed)
        world.faults.plan(Fault(name="flaky", does=DropBefore(), times=None, probability=0.5))
        return strikes(world, *[PUT] * 60)

    assert hits(7) == hits(7)
    assert hits(7) != hits(8)
    assert 15 < hits(7).count("flaky") < 45


def test_a_plan_knows_what_fired_and_what_did_not() -> None:
    world = a_world()
    cut = world.faults.plan(Fault(name="cut", does=DropBefore()))
    never = world.faults.plan(Fault(name="never", does=DropBefore(), match=Match(path="*/nowhere")))
    strikes(world, PUT)
    assert (world.faults.fired, world.faults.unfired) == ((cut,), (never,))
    assert world.faults.remove("cut").struck == 1
    assert list(world.faults.planned) == [never]
    world.faults.clear()
    assert len(world.faults) == 0
    told = [entry.words for entry in world.journal.entries if isinstance(entry, WorldStep)]
    assert told[0] == 'Planned: "cut" (dropped_before)'
    assert told[-1] == "Nothing is planned to go wrong any more"


def test_one_name_is_planned_once_and_an_unknown_one_cannot_be_removed() -> None:
    world = a_world()
    world.faults.plan(Fault(name="cut", does=DropBefore()))
    with pytest.raises(FaultError, match='name: "cut" is planned already'):
        world.faults.plan(Fault(name="cut", does=DropAfter()))
    with pytest.raises(FaultError, match='no fault "cat" is planned; there are: "cut"'):
        world.faults.remove("cat")


def test_snapshots_forks_and_the_exported_file_carry_the_plan_and_its_counts() -> None:
    world = a_world()
    world.faults.plan(Fault(name="cut", does=DropBefore(), times=2))
    strikes(world, PUT)
    world.snapshot("half way")
    forked = world.fork("other")
    imported = world_from_text(world_as_text(world))
    strikes(world, PUT)
    assert strikes(world, PUT) == [""]
    world.restore("half way")
    for each in (world, forked, imported):
        assert strikes(each, PUT, PUT) == ["cut", ""], each
    world.reset()
    assert world.faults.planned == ()


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ('"left": 0', '"left": 3', r"faults\.0\.left: must be less than the 3 exchanges"),
        ('"left": 0', '"left": 1', r"faults\.0\.left: must be less than .*, with the system in `at`"),
        ('"seen": 0', '"seen": -1', r"faults\.0\.seen: Input should be greater than or equal to 0"),
        ('"at": ""', '"at": "moodle"', r"faults\.0\.at: Input should be '', 'canvas'"),
    ],
)
def test_a_world_file_whose_counts_cannot_be_is_refused(was: str, now: str, message: str) -> None:
    world = a_world()
    world.faults.plan(Fault(name="restart", does=Restart(dropped=2, unavailable=1)))
    with pytest.raises(WorldFileError, match=message):
        world_from_text(world_as_text(world).replace(was, now))


def test_a_world_file_with_two_faults_of_one_name_is_refused() -> None:
    world = a_world()
    for name in ("cut", "cat"):
        world.faults.plan(Fault(name=name, does=DropBefore()))
    with pytest.raises(WorldFileError, match=r'faults\.1\.fault\.name: "cut" is there twice'):
        world_from_text(world_as_text(world).replace('"cat"', '"cut"'))


def test_a_restart_goes_on_in_an_imported_world() -> None:
    world = a_world()
    world.faults.plan(Fault(name="restart", does=Restart(dropped=2, unavailable=1)))
    strikes(world, PUT)
    assert strikes(world_from_text(world_as_text(world)), PUT, PUT, PUT) == ["restart", "restart", ""]


def test_a_world_file_whose_fault_is_wrong_names_the_fault_and_the_field() -> None:
    world = a_world()
    world.faults.plan(Fault(name="cut", does=Answer(status=503)))
    text = world_as_text(world).replace('"status": 503', '"status": 200')
    with pytest.raises(WorldFileError, match=r"faults\.0\.fault\.does\.status: must be from 400 to 599"):
        world_from_text(text)
