"""`gradesync`, the real engine, against both fakes.

Every process on its own, over sockets, as a district runs it.
"""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx2

from tests.acceptance.commands import command, environment, run, serving

COURSE = "World History"


class Books:
    """Both books of a running `gradelab serve`, seen and changed by the teacher."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self._ready = ready
        self._canvas = {"Authorization": f"Bearer {ready['canvas']['teacher_token']}"}
        courses = httpx2.get(f"{self._api}/courses", headers=self._canvas).json()
        self.course_id = next(str(course["id"]) for course in courses if course["name"] == COURSE)

    @property
    def _api(self) -> str:
        return str(self._ready["canvas"]["url"]) + "/api/v1"

    def students(self) -> list[dict[str, Any]]:
        answer = httpx2.get(
            f"{self._api}/courses/{self.course_id}/enrollments?type[]=StudentEnrollment&per_page=100",
            headers=self._canvas,
        )
        return [enrollment["user"] for enrollment in answer.json()]

    def assign(self, name: str, *, group: str = "Quizzes", points: float = 10) -> str:
        groups = httpx2.get(
            f"{self._api}/courses/{self.course_id}/assignment_groups", headers=self._canvas
        ).json()
        known = {each["name"]: each["id"] for each in groups}
        if group not in known:
            made = httpx2.post(
                f"{self._api}/courses/{self.course_id}/assignment_groups",
                headers=self._canvas,
                json={"name": group},
            )
            known[group] = made.json()["id"]
        answer = httpx2.post(
            f"{self._api}/courses/{self.course_id}/assignments",
            headers=self._canvas,
            json={
                "assignment": {
                    "name": name,
                    "assignment_group_id": known[group],
                    "points_possible": points,
                    "due_at": "2026-09-21T23:59:59-07:00",
                    "published": True,
                    "post_to_sis": True,
                }
            },
        )
        return str(answer.json()["id"])

    def grade(self, assignment_id: str, students: list[dict[str, Any]], score: float) -> None:
        with httpx2.Client(headers=self._canvas) as client:
            for student in students:
                client.put(
                    f"{self._api}/courses/{self.course_id}/assignments/{assignment_id}/submissions/{student['id']}",
                    json={"submission": {"posted_grade": f"{score:g}"}},
                ).raise_for_status()

    def writes(self) -> list[str]:
        """The paths of all writes that Synergy took, in order."""
        control = self._ready["control"]
        answer = httpx2.get(
            f"{control['url']}/worlds/default/journal?kind=exchange",
            headers={"Authorization": f"Bearer {control['token']}"},
        )
        return [
            entry["path"]
            for entry in answer.json()["entries"]
            if entry["system"] == "oneroster" and entry["method"] == "PUT" and entry["status"] < 300
        ]

    def scores(self, name: str) -> list[str]:
        """Who has a score of this assignment in Synergy, one entry for each score, over all classes."""
        vue = self._ready["teachervue"]
        headers = {"Authorization": f"Bearer {vue['token']}"}
        found = []
        for each in httpx2.get(f"{vue['url']}/classes", headers=headers).json()["classes"]:
            shown = httpx2.get(f"{vue['url']}/classes/{each['id']}/assignments", headers=headers).json()
            found += [
                cell["student_id"]
                for screen in shown["assignments"]
                if screen["name"] == name
                for cell in screen["scores"]
            ]
        return found


def district_key(config: Path) -> str:
    """The district of the first teacher in the configuration that `gradelab serve` wrote."""
    line = next(
        line for line in config.read_text(encoding="utf-8").splitlines() if line.startswith("[districts.")
    )
    return line.removeprefix("[districts.").rstrip("]")


def test_a_class_is_planned_posted_posted_again_and_remastered(tmp_path: Path) -> None:
    config = tmp_path / "gradesync.toml"
    with serving(tmp_path, "--engine-config", str(config)) as ready:
        books = Books(ready)
        students = books.students()[:3]
        quiz = books.assign("Silk Road quiz")
        books.grade(quiz, students, 9)
        books.grade(books.assign("Field trip", group="Trips"), students, 5)
        sync = ["--district", district_key(config), "--course", books.course_id]

        planned = run("gradesync", "plan", *sync, cwd=tmp_path)
        assert planned.returncode == 1, "the plan has a refusal"
        assert "GROUP-NAME-MATCH" in planned.stdout
        assert books.writes() == []

        posted = run("gradesync", "post", *sync, cwd=tmp_path)
        assert posted.returncode == 1
        assert "Trips" in posted.stdout, "the words name the group"
        assert sorted(books.scores("Silk Road quiz")) == sorted(
            student["sis_user_id"] for student in students
        )

        before = len(books.writes())
        again = run("gradesync", "post", *sync, "--json", cwd=tmp_path)
        assert len(books.writes()) == before, "a second post of an unchanged class writes nothing"
        assert json.loads(again.stdout)["written"] == 0

        remastered = run("gradesync", "remaster", *sync, "--only", quiz, cwd=tmp_path)
        assert remastered.returncode == 0, remastered.stdout + remastered.stderr
        assert len(books.writes()) > before
        assert "remaster" in run("gradesync", "history", "--district", sync[1], cwd=tmp_path).stdout


def test_an_engine_killed_in_the_middle_of_a_post_finishes_it_the_next_time(tmp_path: Path) -> None:
    config = tmp_path / "gradesync.toml"
    with serving(tmp_path, "--engine-config", str(config)) as ready:
        books = Books(ready)
        students = books.students()
        quiz = books.assign("Silk Road quiz")
        books.grade(quiz, students, 9)
        sync = ["--district", district_key(config), "--course", books.course_id]
        engine = subprocess.Popen(
            command("gradesync", "post", *sync),
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _poll in range(2000):
            if len(books.writes()) > 8:
                break
            time.sleep(0.005)  # noqa: TID251 - another process works in real time
        engine.send_signal(signal.SIGKILL)
        engine.wait(timeout=10)
        partly = books.scores("Silk Road quiz")
        assert 0 < len(partly) < len(students), "the engine was to be killed in the middle"

        done = run("gradesync", "post", *sync, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        scores = books.scores("Silk Road quiz")
        assert sorted(scores) == sorted(student["sis_user_id"] for student in students)
        assert len(set(scores)) == len(scores) == 60
        repeated = len(books.writes()) - len(set(books.writes()))
        assert repeated <= 1, "at most the one write that was under way is repeated"


def test_a_wrong_token_is_one_clear_line_and_exit_1(tmp_path: Path) -> None:
    config = tmp_path / "gradesync.toml"
    with serving(tmp_path, "--engine-config", str(config)) as ready:
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace(ready["canvas"]["teacher_token"], "wrong-token"), encoding="utf-8")
        done = run("gradesync", "post", "--district", district_key(config), "--course", "1001", cwd=tmp_path)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Canvas" in said
    assert "token" in said
    assert "wrong-token" not in said
    assert "Traceback" not in said


def test_a_wrong_client_secret_is_one_clear_line_and_exit_1(tmp_path: Path) -> None:
    config = tmp_path / "gradesync.toml"
    with serving(tmp_path, "--engine-config", str(config)) as ready:
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace(ready["oneroster"]["client_secret"], "wrong-secret"), encoding="utf-8")
        books = Books(ready)
        books.grade(books.assign("Silk Road quiz"), books.students()[:1], 9)
        done = run(
            "gradesync", "post", "--district", district_key(config), "--course", books.course_id, cwd=tmp_path
        )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "client" in said
    assert "wrong-secret" not in said
    assert "Traceback" not in said


def test_an_unreachable_url_is_one_clear_line_and_exit_1(tmp_path: Path) -> None:
    done = run(
        "gradesync",
        "post",
        "--course",
        "1001",
        cwd=tmp_path,
        GRADESYNC_CANVAS_URL="http://127.0.0.1:9",
        GRADESYNC_CANVAS_TOKEN="any",
        GRADESYNC_ONEROSTER_URL="http://127.0.0.1:9/ims/oneroster/v1p1",
        GRADESYNC_ONEROSTER_TOKEN_URL="http://127.0.0.1:9/oauth/token",
        GRADESYNC_ONEROSTER_CLIENT_ID="any",
        GRADESYNC_ONEROSTER_CLIENT_SECRET="any",
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "http://127.0.0.1:9" in said
    assert "Traceback" not in said


def test_a_malformed_configuration_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    (tmp_path / "gradesync.toml").write_text("[districts.khsd.canvas]\nurl = 5\n", encoding="utf-8")
    done = run("gradesync", "plan", "--course", "1", cwd=tmp_path)
    assert done.returncode == 2
    assert "gradesync.toml" in done.stderr
    assert "districts.khsd" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_configuration_at_all_says_how_to_give_one(tmp_path: Path) -> None:
    done = run("gradesync", "plan", cwd=tmp_path)
    assert done.returncode == 2
    assert "gradesync.toml" in done.stderr
    assert "GRADESYNC_CANVAS_URL" in done.stderr
