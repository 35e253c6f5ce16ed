"""`gradelab` as its user meets it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx2

from contracts.catalogue import RULES
from tests.acceptance.commands import run, serving

ONE = "a_status_alone_is_not_sent"


def test_a_run_shows_the_table_the_seed_and_the_time_and_ends_with_0(tmp_path: Path) -> None:
    done = run("gradelab", "run", "--only", "STATUS-CHANGE-NOT-RESENT", "--seed", "11", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Seed 11." in done.stdout.splitlines()[0]
    assert "STATUS-CHANGE-NOT-RESENT" in done.stdout
    assert "A status alone is not sent" in done.stdout
    assert "upheld" in done.stdout
    assert " s. Seed 11" in done.stdout.splitlines()[-1]


def test_a_run_needs_no_sockets_in_process(tmp_path: Path) -> None:
    done = run("gradelab", "run", "--in-process", "--only", ONE, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "in process" in done.stdout


def test_a_broken_rule_turns_the_run_red_names_the_rule_and_says_how_to_replay_it(tmp_path: Path) -> None:
    done = run("gradelab", "run", "--in-process", "--mutant", "status-alone-travels", cwd=tmp_path)
    assert done.returncode == 1
    assert "FAIL" in done.stdout
    assert "STATUS-CHANGE-NOT-RESENT" in done.stdout
    assert f"gradelab run --only {ONE} --seed 7 --in-process --mutant status-alone-travels" in done.stdout


def test_reports_are_written_for_people_and_machines(tmp_path: Path) -> None:
    done = run(
        "gradelab", "run", "--in-process", "--only", ONE, "--report-dir", "reports/today", cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "reports" / "today"
    suite = ET.parse(folder / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "0", "0")
    assert suite.find(f"testcase[@name='{ONE}']") is not None
    events = [
        json.loads(line) for line in (folder / "events.ndjson").read_text(encoding="utf-8").splitlines()
    ]
    assert events[0]["event"] == "RunStarted"
    assert events[-1] == {**events[-1], "event": "RunFinished", "passed": 1, "failed": 0}
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "STATUS-CHANGE-NOT-RESENT" in page
    assert "http://" not in page.replace("http://127", "")
    assert "src=" not in page


def test_machines_can_read_the_run_from_the_output(tmp_path: Path) -> None:
    done = run("gradelab", "run", "--in-process", "--only", ONE, "--json", cwd=tmp_path)
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert events[0] == "RunStarted"
    assert events[-1] == "RunFinished"


def test_an_unknown_rule_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    done = run("gradelab", "run", "--only", "SCORE-SEND-ONCE", cwd=tmp_path)
    assert done.returncode == 2
    assert "SCORE-SENT-ONCE" in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_lists_every_rule_with_its_stories_and_mutants(tmp_path: Path) -> None:
    listed = json.loads(run("gradelab", "rules", "--json", cwd=tmp_path).stdout)
    assert [rule["id"] for rule in listed] == [rule.id for rule in RULES]
    assert all(rule["scenarios"] and rule["mutants"] for rule in listed)
    assert set(listed[0]) == {
        "id",
        "says",
        "kind",
        "confidence",
        "source",
        "profiles",
        "scenarios",
        "mutants",
    }


def test_serve_tells_scripts_where_the_fakes_are_and_takes_the_file_away_when_it_stops(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, "--seed", "3") as ready:
        assert set(ready) == {
            *("canvas", "oneroster", "teachervue", "control", "profile", "switches", "seed"),
            "written_by",
        }
        assert (ready["profile"], ready["seed"]) == ("khsd", 3)
        canvas = httpx2.get(
            ready["canvas"]["url"] + "/api/v1/courses",
            headers={"Authorization": f"Bearer {ready['canvas']['teacher_token']}"},
        )
        assert [course["name"] for course in canvas.json()] == ["Algebra 1", "World History"]
        token = httpx2.post(
            ready["oneroster"]["token_url"],
            auth=(ready["oneroster"]["client_id"], ready["oneroster"]["client_secret"]),
            data={"grant_type": "client_credentials"},
        ).json()["access_token"]
        classes = httpx2.get(
            ready["oneroster"]["url"] + "/classes", headers={"Authorization": f"Bearer {token}"}
        ).json()
        assert len(classes["classes"]) == 4
        screens = httpx2.get(
            ready["teachervue"]["url"] + "/classes",
            headers={"Authorization": f"Bearer {ready['teachervue']['token']}"},
        )
        assert len(screens.json()["classes"]) == 4
        journal = httpx2.get(
            ready["control"]["url"] + "/worlds/default/journal",
            headers={"Authorization": f"Bearer {ready['control']['token']}"},
        ).json()
        assert token not in json.dumps(journal)
        assert httpx2.get(ready["control"]["url"] + "/worlds").status_code == 404
    assert not (tmp_path / "ready.json").exists()


def test_a_port_in_use_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("gradelab", "serve", "--canvas-port", port, cwd=tmp_path)
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert "--canvas-port" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_profile_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    done = run("gradelab", "serve", "--profile", "kern", cwd=tmp_path)
    assert done.returncode == 2
    assert "khsd" in done.stderr
    assert "Traceback" not in done.stderr
