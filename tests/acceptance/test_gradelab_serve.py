"""`gradelab serve` from start to stop: the files that it leaves, what it greets with, what it loads."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from simulator.faults import Answer, Fault, Match
from simulator.world import build_world
from simulator.world_file import world_as_text
from tests.acceptance.commands import command, environment, run, serving

LOADED = """
import asyncio, sys
from pathlib import Path
from scenarios import serve
from simulator.serving import Ports
from simulator.starting import Wish
import scenarios.cli

def say(line):
    if line == "Press Ctrl-C to stop.":
        asyncio.get_running_loop().call_soon(__import__("signal").raise_signal, 2)

told = {"ready_file": None, "engine_config": None, "bare": False, "say": say, "control_token": "a-token"}
asyncio.run(serve.serve_until_stopped(wish=Wish(), host="127.0.0.1", ports=Ports(), **told))
print([name for name in ("sync_engine", "sqlalchemy", "alembic") if name in sys.modules])
"""


def test_a_fresh_school_has_work_that_travels_work_that_does_not_and_says_why(tmp_path: Path) -> None:
    with serving(tmp_path, "--engine-config", "gradesync.toml", bare=False):
        courses = json.loads(run("gradesync", "courses", "--json", cwd=tmp_path).stdout)
        plans = {
            course["name"]: run(
                "gradesync", "plan", "--district", course["district"], "--course", course["id"], cwd=tmp_path
            )
            for course in courses
        }
        assert {name: done.returncode for name, done in plans.items()} == {
            "Algebra 1": 0,
            "Biology": 0,
            "World History": 1,
        }
        assert "Assignments: 2 would be created, 2 left out." in plans["Biology"].stdout
        assert "GROUP-NAME-MATCH" in plans["World History"].stdout
        readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
        walked = set(re.findall(r"--district (\w+) --course (\d+)", readme))
        assert walked, "the README walks through a course"
        assert walked <= {(course["district"], course["id"]) for course in courses}
        first = courses[0]
        sync = ["--district", first["district"], "--course", first["id"]]
        posted = run("gradesync", "post", *sync, cwd=tmp_path)
        assert (posted.returncode, "created (30 scores)" in posted.stdout) == (0, True)


def test_a_bare_school_has_nothing_and_the_engine_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, "--engine-config", "gradesync.toml"):
        course = json.loads(run("gradesync", "courses", "--json", cwd=tmp_path).stdout)[0]
        sync = ["--district", course["district"], "--course", course["id"]]
        assert (
            "Nothing in this course is marked to sync."
            in run("gradesync", "plan", *sync, cwd=tmp_path).stdout
        )


def test_the_ready_file_is_the_last_to_appear_and_a_stale_one_goes_at_once(tmp_path: Path) -> None:
    stale = tmp_path / "ready.json"
    stale.write_text('{"written_by": "gradelab serve", "seed": 1}', encoding="utf-8")
    with serving(tmp_path, "--engine-config", "gradesync.toml", "--seed", "9") as first:
        if first["seed"] == 1:  # read before the fakes had begun
            for _poll in range(600):
                if stale.exists() and json.loads(stale.read_text(encoding="utf-8"))["seed"] == 9:
                    break
                time.sleep(0.05)  # noqa: TID251 - another process starts in real time
        ready = json.loads(stale.read_text(encoding="utf-8"))
        assert ready["seed"] == 9
        config = (tmp_path / "gradesync.toml").read_text(encoding="utf-8")
        assert ready["oneroster"]["client_secret"] in config
        assert (tmp_path / "gradesync.toml").stat().st_mtime_ns <= stale.stat().st_mtime_ns
    assert not stale.exists()


def test_the_greeting_tells_every_address_and_how_to_begin(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("gradelab", "serve", "--ready-file", "ready.json"),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for _poll in range(600):
            if (tmp_path / "ready.json").exists():
                break
            time.sleep(0.05)  # noqa: TID251 - another process starts in real time
        ready = json.loads((tmp_path / "ready.json").read_text(encoding="utf-8"))
    finally:
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[0]
    assert process.returncode == 0
    for url in (
        ready["canvas"]["url"],
        ready["oneroster"]["token_url"],
        ready["teachervue"]["url"],
        ready["control"]["url"],
    ):
        assert url in told
    assert ready["control"]["token"] in told
    assert told.splitlines()[0].startswith("Seed 7, profile khsd.")
    assert "-d grant_type=client_credentials" in told
    assert told.splitlines()[-1] == "Stopped."
    assert list(tmp_path.iterdir()) == []


def test_the_greeting_tells_how_the_school_starts_and_what_was_set(tmp_path: Path) -> None:
    words = ("--set", "name_length_max=40", "--set", "class_totals.drop_tie=newer", "--tell-not-simulated")
    process = subprocess.Popen(
        command("gradelab", "serve", "--bare", "--ready-file", "ready.json", *words),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for _poll in range(600):
            if (tmp_path / "ready.json").exists():
                break
            time.sleep(0.05)  # noqa: TID251 - another process starts in real time
        ready = json.loads((tmp_path / "ready.json").read_text(encoding="utf-8"))
        lacking = httpx2.get(f"{ready['canvas']['url']}/api/v1/nowhere")
    finally:
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[0].splitlines()
    assert ready["switches"] == {"class_totals.drop_tie": "newer", "name_length_max": 40}
    assert lacking.headers["X-Gradelab-Not-Simulated"] == "path"
    assert told[0].startswith(
        "Seed 7, profile khsd with name_length_max=40, class_totals.drop_tie=newer. All"
    )
    assert told[1] == "What is not simulated is told in a header, X-Gradelab-Not-Simulated."
    assert "It is Monday 2026-09-14 08:00 in America/Los_Angeles, and stays so until the control API" in (
        "\n".join(told)
    )
    assert "  Quarter 1, 2026-08-17 to 2026-10-16" in told
    assert "  Edward Nguyen teaches Algebra 1, World History" in told
    assert any(line.startswith("Marks: in Canvas, GET /api/v1/courses/ID/") for line in told)


def test_a_world_that_was_exported_takes_no_other_switches(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text(world_as_text(build_world(7)), encoding="utf-8")
    done = run("gradelab", "serve", "--world", "world.json", "--set", "name_length_max=40", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "gradelab: --world: world.json: a world that was exported has its switches already, so none can be "
        "set. Leave them out, or start from another file.\n"
    )


@pytest.mark.parametrize(("option", "value"), [("--profile", "midland"), ("--seed", "3")])
def test_a_world_that_was_exported_has_its_own_seed_and_profile(
    tmp_path: Path, option: str, value: str
) -> None:
    (tmp_path / "world.json").write_text(world_as_text(build_world(7)), encoding="utf-8")
    done = run("gradelab", "serve", "--world", "world.json", option, value, cwd=tmp_path)
    told = (
        f"gradelab: {option}: world.json is a world that was exported, and has its own. Leave {option} out."
    )
    assert (done.returncode, done.stderr) == (2, f"{told}\n")


def test_two_servers_do_not_share_their_files(tmp_path: Path) -> None:
    with serving(tmp_path, "--engine-config", "engine.toml") as ready:
        for option, file in (("--ready-file", "ready.json"), ("--engine-config", "engine.toml")):
            done = run("gradelab", "serve", option, file, cwd=tmp_path)
            assert done.returncode == 2
            assert done.stderr.startswith(
                f"gradelab: {option}: {file} belongs to a gradelab serve that still answers at "
            )
        assert json.loads((tmp_path / "ready.json").read_text(encoding="utf-8")) == ready


def test_a_reset_goes_back_to_the_work_that_serve_began_with(tmp_path: Path) -> None:
    with serving(tmp_path, bare=False) as ready, httpx2.Client(timeout=30) as client:
        key = {"Authorization": f"Bearer {ready['canvas']['teacher_token']}"}
        course = client.get(f"{ready['canvas']['url']}/api/v1/courses", headers=key).json()[0]["id"]
        work = f"{ready['canvas']['url']}/api/v1/courses/{course}/assignments"
        began = client.get(work, headers=key).json()
        client.delete(f"{work}/{began[0]['id']}", headers=key)
        client.post(work, headers=key, json={"assignment": {"name": "Of no importance"}})
        control = {"Authorization": f"Bearer {ready['control']['token']}"}
        done = client.post(f"{ready['control']['url']}/worlds/default/reset", headers=control)
        assert (done.status_code, client.get(work, headers=key).json()) == (200, began)


def test_a_world_that_was_exported_goes_on_as_it_was(tmp_path: Path) -> None:
    world = build_world(7)
    world.faults.plan(Fault(name="gone", does=Answer(status=503), match=Match(system="canvas"), times=None))
    world.advance(timedelta(days=200))
    (tmp_path / "monday.json").write_text(world_as_text(world), encoding="utf-8")
    with serving(tmp_path, "--world", "monday.json", bare=False) as ready:
        control = {"Authorization": f"Bearer {ready['control']['token']}"}
        url = f"{ready['control']['url']}/worlds/default/file"
        assert httpx2.get(url, headers=control, timeout=30).text == world_as_text(world)


def test_the_first_work_travels_in_a_school_with_types_of_its_own(tmp_path: Path) -> None:
    rooms = tmp_path / "rooms.yaml"
    rooms.write_text(
        "teachers: [Grace Hopper]\nstudents: [Ada Lovelace]\ncourses: [{name: Algebra 1}]\n"
        "assignment_types: [{name: Exams, weight: 70}, {name: Essays, weight: 30}]\n"
    )
    with serving(tmp_path, "--world", "rooms.yaml", "--engine-config", "gradesync.toml", bare=False):
        course = json.loads(run("gradesync", "courses", "--json", cwd=tmp_path).stdout)[0]
        planned = run("gradesync", "plan", "--course", course["id"], cwd=tmp_path)
    assert (planned.returncode, "Assignments: 2 would be created" in planned.stdout) == (0, True)


def test_nobody_can_guess_the_token_of_the_control_api_from_the_seed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with serving(tmp_path / "a") as first, serving(tmp_path / "b") as second:
        assert first["seed"] == second["seed"]
        assert first["control"]["token"] != second["control"]["token"]


def test_the_token_of_the_control_api_can_be_chosen(tmp_path: Path) -> None:
    with serving(tmp_path, "--control-token", "only-for-this-lesson") as ready:
        assert ready["control"]["token"] == "only-for-this-lesson"
        key = {"Authorization": "Bearer only-for-this-lesson"}
        assert httpx2.get(f"{ready['control']['url']}/worlds", headers=key, timeout=30).status_code == 200


def test_what_somebody_else_wrote_stays(tmp_path: Path) -> None:
    mine = tmp_path / "gradesync.toml"
    mine.write_text("[districts.real]\n", encoding="utf-8")
    done = run("gradelab", "serve", "--engine-config", "gradesync.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "gradelab did not write it" in done.stderr
    assert mine.read_text(encoding="utf-8") == "[districts.real]\n"


def test_every_port_in_use_is_one_line_that_names_its_option(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for name in ("canvas", "synergy", "control"):
            done = run(
                "gradelab", "serve", f"--{name}-port", port, "--ready-file", "ready.json", cwd=tmp_path
            )
            assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
            assert f"--{name}-port" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_serving_loads_neither_the_engine_nor_its_libraries(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stdout + done.stderr


def test_help_loads_nothing_that_makes_it_slow(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['gradelab', '--help']\n"
        "from scenarios.entry import main\n"
        "try: main()\n"
        "finally: print({'faker', 'fastapi', 'httpx2', 'sync_engine', 'sqlalchemy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--world", "distrct"), 'there is no start "distrct". Did you mean "district"?'),
        (("--world", "district:sections=0"), 'sections: "0" is outside of the limits. Give 1 to 2000.'),
        (("--world", "./none.yaml"), "there is no such file."),
        (("--world", "rooms.yaml"), "rooms.yaml:2: courses[0].teacher: "),
        (("--profile", "nowhere"), 'there is no profile "nowhere". Choose one of: khsd, '),
    ],
)
def test_a_world_that_cannot_be_made_is_one_line_and_nothing_starts(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "rooms.yaml").write_text(
        "students: [Ada Lovelace]\ncourses: [{name: Algebra 1, teacher: Grace Hopper}]\n", encoding="utf-8"
    )
    done = run("gradelab", "serve", *arguments, "--ready-file", "ready.json", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert told in done.stderr
    assert not (tmp_path / "ready.json").exists()


def test_a_world_starts_from_a_file_of_the_readers(tmp_path: Path) -> None:
    (tmp_path / "rooms.yaml").write_text(
        "teachers: [Grace Hopper]\nstudents: [Ada Lovelace]\ncourses: [{name: Algebra 1}]\n", encoding="utf-8"
    )
    with serving(tmp_path, "--world", "rooms.yaml") as ready:
        (teacher,) = ready["canvas"]["teachers"]
    assert (teacher["name"], teacher["courses"]) == ("Grace Hopper", ["Algebra 1"])
