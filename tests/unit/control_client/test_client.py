"""The typed client against the real API over sockets: every method, as a script uses it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx2
import pytest

from simulator.control_client import (
    AnswerError,
    ControlClient,
    NotFoundError,
    RefusedError,
    UnreachableError,
)
from simulator.doors import doors_of
from simulator.faults import Answer, Fault, Match
from simulator.journal import ClockStep, Exchange, Query, WorldStep
from simulator.testing.servers import Servers
from simulator.world import build_world

MORNING = datetime(2026, 9, 14, 15, tzinfo=UTC)
TOKEN = "key"
SECONDS_MAX = 10
STRUCK = Query(fault="answer", kinds=frozenset({"exchange"}))
HEAVY = (
    "fastapi",
    "uvicorn",
    "faker",
    "starlette",
    "simulator.world",
    "simulator.canvas",
    "simulator.synergy",
)


@dataclass
class Running:
    """A running server with the world "default", and a client of it."""

    servers: Servers
    control: ControlClient

    def asks_canvas(self, name: str = "default", *, path: str = "/api/v1/courses") -> int:
        door = self.control.world(name).doors().canvas
        bearer = {"Authorization": f"Bearer {door.teacher_token}"}
        return httpx2.get(f"{door.url}{path}", headers=bearer).status_code


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with Servers(control_token=TOKEN) as servers:
        yield servers


def remove_all(servers: Servers) -> None:
    for world in servers.worlds:
        servers.worlds.remove(world.name)


@pytest.fixture
def running(servers: Servers) -> Iterator[Running]:
    servers.ask(lambda: servers.worlds.add(build_world(7)))
    with ControlClient(servers.addresses.control, TOKEN) as control:
        yield Running(servers, control)
    servers.ask(partial(remove_all, servers))


def test_worlds_are_made_listed_read_and_deleted(running: Running) -> None:
    control = running.control
    made = control.create("room-1", seed=8, profile="oneroster_strict", start="empty", autojump=True)
    described = made.read()
    assert (described.name, described.seed, described.profile) == ("room-1", 8, "oneroster_strict")
    assert (described.now, described.autojump, described.entries) == (MORNING, True, 0)
    assert [each.name for each in control.worlds()] == ["default", "room-1"]
    assert control.worlds()[1] == described
    made.delete()
    assert [each.name for each in control.worlds()] == ["default"]


def test_a_world_is_made_with_switches_and_tells_what_is_not_simulated(running: Running) -> None:
    made = running.control.create("room-1", switches={"name_length_max": 40}, tell_not_simulated=True)
    described = made.read()
    assert (described.switches, described.tell_not_simulated) == ({"name_length_max": 40}, True)
    assert made.set_tell_not_simulated(on=False).tell_not_simulated is False
    with pytest.raises(RefusedError) as refused:
        running.control.create("room-2", switches={"name_lenght_max": 40})
    assert refused.value.status == 422
    assert "switches.name_lenght_max: is no switch. Did you mean name_length_max?" in str(refused.value)


def test_the_doors_are_those_of_the_world_and_show_no_secret(running: Running) -> None:
    doors = running.control.world().doors()
    world = running.servers.worlds.get("default")
    assert world is not None
    assert doors == doors_of(world, running.servers.addresses)
    assert doors.canvas.admin_token not in repr(doors)
    assert running.asks_canvas() == 200


def test_a_fork_goes_on_alone_and_a_reset_begins_again(running: Running) -> None:
    world = running.control.world()
    world.snapshots.take("morning")
    world.clock.advance(timedelta(hours=1))
    now, then = world.fork("now"), world.fork("then", snapshot="morning")
    assert (now.clock.now(), then.clock.now()) == (MORNING + timedelta(hours=1), MORNING)
    assert world.reset().now == MORNING
    assert now.clock.now() == MORNING + timedelta(hours=1)


def test_a_world_is_exported_and_imported(running: Running) -> None:
    world = running.control.world()
    world.snapshots.take("morning")
    world.clock.advance(timedelta(hours=1))
    again = running.control.import_world("again", world.export())
    assert world.difference(world="again").is_empty
    assert again.clock.now() == MORNING + timedelta(hours=1)
    assert running.control.import_world("early", world.export(snapshot="morning")).clock.now() == MORNING


def test_the_clock_is_moved_in_every_way_and_tells_what_happened(running: Running) -> None:
    clock = running.control.world().clock
    assert clock.advance(timedelta(minutes=90)).now == MORNING + timedelta(minutes=90)
    assert clock.advance_to(MORNING + timedelta(hours=2)).happened == ()
    night = clock.appointments(limit=1)[0]
    moved = clock.advance_to_next()
    assert (moved.now, [each.what for each in moved.happened]) == (night.at, ["roster feed"])
    reading = clock.read()
    assert reading.next is not None
    assert (reading.next, reading.appointments) == (clock.appointments()[0], len(clock.appointments()))


def test_a_systems_clock_is_put_wrong_and_autojump_is_turned_on(running: Running) -> None:
    clock = running.control.world().clock
    reading = clock.set_skew("canvas", ahead=timedelta(seconds=-5), drift_a_day=timedelta(seconds=1))
    assert reading.systems["canvas"].now == MORNING - timedelta(seconds=5)
    assert reading.systems["canvas"].drift_a_day == timedelta(seconds=1)
    assert reading.systems["synergy"].ahead == timedelta(0)
    assert clock.set_autojump(on=True).autojump is True
    assert clock.set_autojump(on=False).autojump is False


def test_snapshots_are_taken_restored_and_deleted(running: Running) -> None:
    world = running.control.world()
    taken = world.snapshots.take("Before the second post: 50% #1?")
    assert (taken.at, taken.entry) == (MORNING, 0)
    world.clock.advance(timedelta(hours=1))
    world.snapshots.restore(taken.name)
    assert world.clock.now() == MORNING
    assert world.snapshots.list() == (taken,)
    world.snapshots.delete(taken.name)
    assert world.snapshots.list() == ()


def test_a_difference_is_told_as_values_and_as_text(running: Running) -> None:
    world = running.control.world()
    world.snapshots.take("morning")
    door = world.doors().canvas
    bearer = {"Authorization": f"Bearer {door.teacher_token}"}
    course = httpx2.get(f"{door.url}/api/v1/courses", headers=bearer).json()[0]["id"]
    body = {"assignment": {"name": "Cell quiz", "points_possible": 10}}
    httpx2.post(f"{door.url}/api/v1/courses/{course}/assignments", headers=bearer, json=body)
    difference = world.difference(since="morning")
    assert [(each.table, each.how) for each in difference.canvas if each.table == "assignments"] == [
        ("assignments", "added")
    ]
    assert difference.begins == difference.ends == MORNING
    assert difference.synergy == ()
    assert "Cell quiz" in world.difference_text(since="morning")


def test_journal_entries_come_back_as_the_values_that_they_are(running: Running) -> None:
    world = running.control.world()
    running.asks_canvas()
    world.clock.advance(timedelta(days=1, milliseconds=5))
    world.snapshots.take("evening")
    there = running.servers.worlds.get("default")
    assert there is not None
    there.journal.note_mark("synergy", "READONLY-OFF-ERROR", "refused", "a quiz", "It is not locked.")
    there.journal.note_fault("down", "answer", "canvas", "GET /api/v1/courses")
    told = tuple(world.journal.entries(page=2))
    assert told == there.journal.entries
    assert {type(each).kind for each in told} == {"exchange", "clock", "happening", "world", "mark", "fault"}
    assert [each.kind for each in world.journal.entries(Query(kinds=frozenset({"clock"})))] == ["clock"] * 2


def test_the_journal_is_exported(running: Running) -> None:
    world = running.control.world()
    running.asks_canvas()
    running.asks_canvas(path="/api/v1/nothing")
    lines = world.journal.ndjson(Query(status=404)).splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["/api/v1/nothing"]
    assert len(world.journal.har()["log"]["entries"]) == 2


def test_a_journal_is_followed_while_it_grows_until_the_world_is_deleted(running: Running) -> None:
    world = running.control.create("room-1")
    world.clock.advance(timedelta(seconds=1))
    with ControlClient(running.servers.addresses.control, TOKEN) as other:
        followed = other.world("room-1")
        with followed.journal.follow() as entries:
            first = next(entries)
            assert isinstance(first, ClockStep)
            threading.Timer(0.05, lambda: world.snapshots.take("morning")).start()
            second = next(entries)
            assert isinstance(second, WorldStep)
            world.delete()
            assert list(entries) == []
            assert (entries.missed, entries.ended) == (0, "the world was deleted")


def test_a_stream_that_is_left_is_closed_on_the_server_too(running: Running) -> None:
    world = running.control.world()
    there = running.servers.worlds.get("default")
    assert there is not None
    world.clock.advance(timedelta(seconds=1))
    with world.journal.follow() as entries:
        next(entries)
        assert len(there.journal._listeners) == 1
    for _poll in range(SECONDS_MAX * 20):
        if not there.journal._listeners:
            break
        time.sleep(0.05)  # noqa: TID251 - the server sees a closed connection in real time
    assert there.journal._listeners == []


def test_an_error_of_the_caller_inside_a_stream_stays_what_it_is(running: Running) -> None:
    with (
        pytest.raises(httpx2.ConnectError, match="not ours"),
        running.control.world().journal.follow() as _entries,
    ):
        raise httpx2.ConnectError("not ours")


def test_faults_are_planned_counted_and_taken_back(running: Running) -> None:
    faults = running.control.world().faults
    fault = Fault(
        name="a/b down", does=Answer(status=503), match=Match(system="canvas", methods=("GET",)), times=None
    )
    planned = faults.plan(fault)
    assert (planned.fault, planned.fired, faults.unfired()) == (fault, 0, ("a/b down",))
    assert running.asks_canvas() == 503
    assert [(each.fault, each.seen, each.fired) for each in faults.list()] == [(fault, 1, 1)]
    struck = next(running.control.world().journal.entries(STRUCK))
    assert isinstance(struck, Exchange)
    assert (struck.status, struck.fault) == (503, "answer")
    assert faults.remove("a/b down").fired == 1
    faults.plan(fault)
    faults.clear()
    assert faults.list() == ()


def test_the_roster_is_fed_when_asked(running: Running) -> None:
    assert running.control.world().feed_roster()


def test_totals_are_read_from_canvas_and_beside_those_of_synergy(running: Running) -> None:
    """A teacher of Canvas grades a quiz that nobody has marked to sync."""
    world = running.control.world()
    door = world.doors().canvas
    bearer = {"Authorization": f"Bearer {door.teacher_token}"}
    course = f"{door.url}/api/v1/courses/1001"
    wanted = {"name": "Quiz", "points_possible": 10, "published": True}
    made = httpx2.post(f"{course}/assignments", json={"assignment": wanted}, headers=bearer).json()
    student = world.total_column(1001)[0]
    row = f"{course}/assignments/{made['id']}/submissions/{student.user_id}"
    httpx2.put(row, json={"submission": {"posted_grade": "9"}}, headers=bearer)
    graded = world.total_column(1001, period=0, as_points=True)[0]
    assert (graded.score, graded.points, graded.shows_points) == (90.0, 9.0, True)
    found = next(each for each in world.totals_compared(1001) if each.student_id == student.sis_user_id)
    assert (found.canvas, found.synergy, found.synergy_shown, found.agree) == (90.0, None, "N/A", False)
    (cause,) = found.causes
    assert (cause.rule, cause.assignment) == ("TOTALS-MISMATCH-UNSYNCED", "Quiz")
    everything = world.totals_compared(1001, ungraded_as_zero=True, grading_period="all")
    assert sum(each.agree for each in everything) == 0
    with pytest.raises(RefusedError, match="grading_period: is none of Synergy's"):
        world.totals_compared(1001, grading_period="Quarter 9")


def test_a_refusal_carries_its_status_and_the_fields_that_are_wrong(running: Running) -> None:
    with pytest.raises(RefusedError, match="profile: there is no profile") as refused:
        running.control.create("room-1", profile="kern")
    assert (refused.value.status, [each.field for each in refused.value.problems]) == (422, ["profile"])
    with pytest.raises(RefusedError, match="already") as refused:
        running.control.create("default")
    assert refused.value.status == 409
    with (
        pytest.raises(RefusedError, match="since: "),
        running.control.world().journal.follow(Query(since=-1)),
    ):
        pass


def test_what_is_not_there_is_told_from_a_wrong_token(running: Running) -> None:
    with pytest.raises(NotFoundError, match='There is no world "nowhere"'):
        running.control.world("nowhere").read()
    with (
        ControlClient(running.servers.addresses.control, "wrong") as stranger,
        pytest.raises(NotFoundError, match="the token is wrong") as refused,
    ):
        stranger.worlds()
    assert "wrong" not in repr(stranger)
    assert TOKEN not in str(refused.value).split()


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    for url in ("http://127.0.0.1:9", "http://nowhere.invalid", "http://[", "nowhere"):
        with ControlClient(url, TOKEN) as control, pytest.raises(UnreachableError, match="No answer from"):
            control.worlds()


def test_another_server_at_the_address_is_one_clear_error(running: Running) -> None:
    with ControlClient(running.servers.addresses.canvas, TOKEN) as control, pytest.raises(NotFoundError):
        control.worlds()


def test_an_answer_of_another_version_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, running: Running
) -> None:
    monkeypatch.setattr(
        "simulator.control_client.wire.Wire.json", lambda *_a, **_q: {"worlds": [{"name": 1}]}
    )
    with pytest.raises(AnswerError, match="versions of gradelab"):
        running.control.worlds()


def test_the_address_may_be_that_of_the_ready_file(running: Running) -> None:
    with ControlClient(f"{running.servers.addresses.control}/_sim/", TOKEN) as control:
        assert [each.name for each in control.worlds()] == ["default"]


def test_the_client_loads_nothing_of_the_servers() -> None:
    asked = f"import sys, simulator.control_client; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
