"""The plugin as somebody else's project meets it: their tests, their pytest, only our package beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.testing.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


ASKS_BOTH_SYSTEMS = """
import httpx2

def test_canvas_answers(world):
    bearer = {"Authorization": f"Bearer {world.canvas.teacher_token}"}
    courses = httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer).json()
    assert [each["name"] for each in courses] == list(world.canvas.teachers[0].courses)

def test_synergy_answers(world):
    asked = httpx2.post(
        world.oneroster.token_url,
        auth=(world.oneroster.client_id, world.oneroster.client_secret),
        data={"grant_type": "client_credentials"},
    )
    bearer = {"Authorization": f"Bearer {asked.json()['access_token']}"}
    found = httpx2.get(f"{world.oneroster.url}/classes", headers=bearer).json()["classes"]
    assert len(found) == sum(len(course.sections) for course in world.school.courses)

def test_teachervue_answers(world):
    bearer = {"Authorization": f"Bearer {world.teachervue.token}"}
    assert httpx2.get(f"{world.teachervue.url}/classes", headers=bearer).status_code == 200
"""


def test_both_systems_answer_with_the_credentials_that_the_fixture_gives(project: Project) -> None:
    code, output = project.pytest(ASKS_BOTH_SYSTEMS)

    assert code == 0, output
    assert "3 passed" in output


SWITCHES = """
import dataclasses
import pytest
from simulator.profiles import KHSD

@pytest.mark.gradelab(profile="oneroster_strict", switches={"name_length_max": 40})
def test_marker(world, new_world):
    assert (world.profile, world.switches) == ("oneroster_strict", {"name_length_max": 40})
    assert new_world(switches={"put_body": "none"}).switches == {"put_body": "none"}

def test_own(new_world):
    own = dataclasses.replace(KHSD, name="mine", name_length_max=20)
    made = new_world(profile=own, switches={"put_body": "none"})
    assert (made.profile, made.switches) == ("mine", {"name_length_max": 20, "put_body": "none"})

@pytest.mark.gradelab(switches={"name_lenght_max": 40})
def test_unknown_switch(world):
    pass

@pytest.mark.gradelab(switches={"put_body": "some"})
def test_unknown_value(world):
    pass

@pytest.mark.gradelab(switches=["put_body=none"])
def test_no_switches(world):
    pass

@pytest.mark.gradelab(switches={"put_body": "none"})
def test_failure(world):
    assert False
"""


def test_single_switches_are_set_and_told_and_wrong_ones_refused(project: Project) -> None:
    code, output = project.pytest(SWITCHES)

    assert code == 1
    assert "1 failed, 2 passed, 3 errors" in output, output
    assert "name_lenght_max: is no switch. Did you mean name_length_max? It takes a whole number." in output
    assert 'put_body: takes object, empty or none, not "some".' in output
    assert "Switches are given by name, such as {'name_length_max': 20}" in output
    assert "seed 7, profile khsd with put_body=none; it is " in output
    assert "During handling" not in output


FRESH_FOR_EACH = """
import httpx2
import pytest

@pytest.mark.parametrize("number", range(4))
def test_nothing_of_the_test_before_is_left(world, number):
    bearer = {"Authorization": f"Bearer {world.canvas.teacher_token}"}
    course = httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer).json()[0]["id"]
    groups = f"{world.canvas.url}/api/v1/courses/{course}/assignment_groups"
    before = [each["name"] for each in httpx2.get(groups, headers=bearer).json()]
    assert "Mine" not in before
    httpx2.post(groups, headers=bearer, json={"name": "Mine"}).raise_for_status()

def test_two_worlds_of_one_test_share_nothing(new_world):
    one, two = new_world(), new_world(seed=8)
    assert one.canvas.url != two.canvas.url
    assert one.canvas.teacher_token != two.canvas.teacher_token
    foreign = {"Authorization": f"Bearer {one.canvas.teacher_token}"}
    asked = httpx2.get(f"{two.canvas.url}/api/v1/courses", headers=foreign)
    assert asked.status_code == 401

def test_worlds_are_gone_with_their_test(gradelab_servers):
    assert gradelab_servers.ask(lambda: len(gradelab_servers.worlds)) == 0
"""


def test_every_test_has_a_world_of_its_own_and_takes_it_away(project: Project) -> None:
    code, output = project.pytest(FRESH_FOR_EACH)

    assert code == 0, output


def test_workers_of_xdist_do_not_get_into_each_others_way(project: Project) -> None:
    code, output = project.pytest(FRESH_FOR_EACH, "-n", "2")

    assert code == 0, output


MADE_OF = """
import pytest

def test_default(world):
    assert (world.seed, world.profile) == (11, "khsd")

@pytest.mark.gradelab(seed=12, profile="oneroster_strict")
def test_marker(world):
    assert (world.seed, world.profile) == (12, "oneroster_strict")

@pytest.mark.gradelab(seed=12)
def test_wish(new_world):
    assert new_world(seed=13).seed == 13
    assert new_world().seed == 12

@pytest.mark.gradelab(start="empty")
def test_start(world):
    assert world.school.courses == ()

@pytest.mark.gradelab(start="distrct")
def test_unknown_start(world):
    pass

@pytest.mark.gradelab(profile="nowhere")
def test_unknown(world):
    pass

@pytest.mark.gradelab(sede=12)
def test_misspelt(world):
    pass
"""


def test_the_command_line_then_the_marker_then_the_wish_say_what_a_world_is_made_of(project: Project) -> None:
    code, output = project.pytest(MADE_OF, "--gradelab-seed", "11")

    assert code == 1
    assert "4 passed, 3 errors" in output, output
    assert 'There is no profile "nowhere". Choose one of: khsd, ' in output
    assert "A world is made of seed, profile, switches, start" in output
    assert "sede" in output
    assert output.count('there is no start "distrct". Did you mean "district"?') == 1
    assert "During handling" not in output
    assert "gradelab: seed 11" in output


FAILS = """
import httpx2

def test_that_fails(world):
    bearer = {"Authorization": f"Bearer {world.canvas.teacher_token}"}
    httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer)
    httpx2.get(f"{world.canvas.url}/api/v1/courses/5", headers=bearer)
    assert world.canvas.url == ""
"""


def test_a_failure_tells_the_seed_that_replays_it_and_the_last_requests_and_no_secret(
    project: Project,
) -> None:
    code, output = project.pytest(FAILS, "--gradelab-seed", "11")

    assert code == 1
    assert "seed 11, profile khsd" in output
    assert "again: pytest 'test_theirs.py::test_that_fails' --gradelab-seed 11" in output
    assert "canvas: GET /api/v1/courses -> 200" in output
    assert (
        "canvas: GET /api/v1/courses/5 -> 404\n"
        '    {"errors":[{"message":"The specified resource does not exist."}]}\n'
    ) in output
    assert "token=" not in output


FROM_OUTSIDE = """
from datetime import UTC, datetime, timedelta
import httpx2

def bearer(world):
    return {"Authorization": f"Bearer {world.canvas.teacher_token}"}

def test_clock(world):
    before = world.clock.now()
    assert world.clock.advance(minutes=90) - before == timedelta(minutes=90)
    assert world.clock.advance(timedelta(hours=1)) == before + timedelta(minutes=150)
    tomorrow = before + timedelta(days=1)
    assert world.clock.advance_to(tomorrow) == tomorrow
    assert world.clock.advance_to_next() == "roster feed"
    world.clock.set_skew("canvas", ahead=timedelta(hours=1))
    said = httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer(world)).headers["date"]
    assert datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) == (
        world.clock.now() + timedelta(hours=1)
    ).replace(microsecond=0)

def test_snapshot(world):
    course = httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer(world)).json()[0]["id"]
    groups = f"{world.canvas.url}/api/v1/courses/{course}/assignment_groups"
    before = world.snapshot()
    httpx2.post(groups, headers=bearer(world), json={"name": "Mine"}).raise_for_status()
    assert 'assignment group "Mine"' in str(before.difference())
    before.restore()
    assert before.difference().is_empty
    assert "Mine" not in httpx2.get(groups, headers=bearer(world)).text

def test_journal(world):
    httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer(world))
    httpx2.get(f"{world.canvas.url}/api/v1/nowhere", headers=bearer(world))
    assert [each.status for each in world.journal.exchanges(system="canvas")] == [200, 404]
    assert [each.path for each in world.journal.exchanges(path="/nowhere")] == ["/api/v1/nowhere"]
    assert world.journal.marks() == ()

def test_reset(world):
    began = world.clock.now()
    world.clock.advance(days=1)
    world.reset()
    assert world.clock.now() == began
"""


def test_clock_snapshot_journal_and_reset_work_from_the_tests_own_thread(project: Project) -> None:
    code, output = project.pytest(FROM_OUTSIDE)

    assert code == 0, output


def test_a_session_that_asks_for_no_world_starts_no_server_and_imports_nothing_heavy(
    project: Project,
) -> None:
    code, output = project.pytest(
        "import sys\ndef test_light():\n"
        "    assert not {'simulator.world', 'simulator.serving', 'simulator.app'} & set(sys.modules)\n"
        "    import threading\n"
        "    assert all('gradelab' not in each.name for each in threading.enumerate())\n"
    )

    assert code == 0, output


MISTAKEN = """
import pytest
from datetime import timedelta
from simulator.clock import ClockError

def test_an_amount_of_what(world):
    with pytest.raises(TypeError, match=r"advance\\(hours=2\\)"):
        world.clock.advance(2)
    with pytest.raises(TypeError, match=r"timedelta\\(minutes=5\\)"):
        world.clock.set_skew("canvas", ahead=5)

def test_a_system_without_a_clock(world):
    with pytest.raises(ClockError, match="canvas, synergy"):
        world.clock.set_skew("oneroster", ahead=timedelta(minutes=5))

def test_a_fault_as_json_has_it(world):
    with pytest.raises(TypeError, match="fault_from_json"):
        world.faults.plan({"name": "lost", "does": {"kind": "acknowledged_but_lost"}})

def test_a_rule_that_there_is_not(world):
    with pytest.raises(ValueError, match="READONLY-OF-ERROR"):
        world.journal.marks(rule="READONLY-OF-ERROR")

def test_a_kind_that_there_is_not(world):
    with pytest.raises(ValueError, match="exchange, mark"):
        world.journal.entries(kinds={"exchanges"})
"""


def test_what_could_never_be_meant_is_told_before_anything_is_done(project: Project) -> None:
    code, output = project.pytest(MISTAKEN)

    assert code == 0, output


PLANS = """
import httpx2
import pytest
from simulator.faults import DropBefore, Fault, Match

def ask(world):
    bearer = {"Authorization": f"Bearer {world.canvas.teacher_token}"}
    return httpx2.get(f"{world.canvas.url}/api/v1/courses", headers=bearer)

def test_struck(world):
    planned = world.faults.plan(Fault(name="gone", does=DropBefore(), match=Match(system="canvas")))
    assert world.faults.unfired == (planned,)
    with pytest.raises(httpx2.TransportError):
        ask(world)
    assert (world.faults.fired, world.faults.unfired) == ((planned,), ())
    world.faults.clear()
    assert ask(world).status_code == 200

def test_never_struck(world):
    world.faults.plan(Fault(name="never asked", does=DropBefore(), match=Match(system="oneroster")))
    ask(world)

def test_struck_and_gone_back(world):
    world.faults.plan(Fault(name="gone", does=DropBefore(), match=Match(system="canvas")))
    planned = world.snapshot()
    with pytest.raises(httpx2.TransportError):
        ask(world)
    planned.restore()

@pytest.mark.parametrize("how", ["clear", "restore", "reset"])
def test_taken_back(world, how):
    before = world.snapshot()
    world.faults.plan(Fault(name=f"taken back by {how}", does=DropBefore(), match=Match(system="canvas")))
    {"clear": world.faults.clear, "restore": before.restore, "reset": world.reset}[how]()
    assert ask(world).status_code == 200
"""


def test_a_fault_that_never_struck_fails_the_test_that_planned_it(project: Project) -> None:
    code, output = project.pytest(PLANS)

    assert code == 1
    assert "4 failed, 2 passed" in output, output
    for name in ("never asked", "taken back by clear", "taken back by restore", "taken back by reset"):
        assert f"Planned, but it never struck: {name} (" in output
