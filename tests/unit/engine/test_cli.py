import asyncio
import json
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sync_engine import cli
from tests.unit.engine.builders import an_answer
from tests.unit.engine.tiny_systems import CANVAS, ONEROSTER, SECRET, SYNERGY, TOKEN, TinySystems, is_write

FILE = f"""
[districts.valley.canvas]
url = "{CANVAS}"
token = "{TOKEN}"
[districts.valley.oneroster]
url = "{ONEROSTER}"
token_url = "{SYNERGY}/oauth/token"
client_id = "client-1"
client_secret = "{SECRET}"
[districts.valley.policy]
requests_per_second = "off"
"""


class _Borrowed:
    """The stand-in in place of real sockets."""

    systems: TinySystems

    async def __aenter__(self) -> TinySystems:
        return self.systems

    async def __aexit__(self, *_trouble: object) -> None:
        return None


@pytest.fixture
def systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TinySystems:
    """A class with one good and one worthless quiz, and a folder with a configuration."""
    made = TinySystems()
    made.assign("31", "Cell [bold]quiz")
    made.grade("31", "21", 8.0)
    made.assign("32", "Worthless\x1b[31m", points_possible=0)
    made.grade("32", "21", 1.0)
    monkeypatch.setattr(_Borrowed, "systems", made, raising=False)
    monkeypatch.setattr(cli, "HttpTransport", _Borrowed)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gradesync.toml").write_text(FILE, encoding="utf-8")
    return made


def gradesync(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def test_a_plan_is_a_table_with_words_remedy_and_rule(systems: TinySystems) -> None:
    done = gradesync("plan", "--course", "1")
    assert done.exit_code == 1
    assert "would be created (1 score)" in done.stdout
    assert "Give it points in Canvas" in " ".join(done.stdout.replace("│", " ").split())
    assert "ZERO-POINTS-REJECTED" in done.stdout
    assert "Nothing was written" in done.stdout
    assert systems.writes == []


def test_names_are_neither_markup_nor_control_characters(systems: TinySystems) -> None:
    done = gradesync("plan", "--course", "1")
    assert systems.requests
    assert "[bold]quiz" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_post_of_good_items_only_is_exit_0_and_a_second_one_writes_nothing(systems: TinySystems) -> None:
    first = gradesync("post", "--course", "1", "--only", "31")
    assert (first.exit_code, len(systems.writes)) == (0, 2)
    assert "2 written to Synergy" in first.stdout
    second = gradesync("post", "--course", "1", "--only", "31")
    assert (second.exit_code, len(systems.writes)) == (0, 2)


def test_json_is_for_machines(systems: TinySystems) -> None:
    told = json.loads(gradesync("post", "--course", "1", "--json").stdout)
    assert (told["status"], told["written"]) == ("warning", len(systems.writes))
    assert [item["action"] for item in told["items"]] == ["created", "refused"]
    (run,) = json.loads(gradesync("history", "--json").stdout)
    assert run == told
    (course,) = json.loads(gradesync("courses", "--json").stdout)
    assert course["sections"][0]["sis_id"] == "CLASS-A"
    assert json.loads(gradesync("check", "--json").stdout) == [{"district": "valley", "problems": []}]


def test_a_remaster_can_be_planned_and_run(systems: TinySystems) -> None:
    gradesync("post", "--course", "1", "--only", "31")
    assert "REMASTER-RESENDS-ALL" in gradesync("plan", "--remaster", "--course", "1").stdout
    assert gradesync("remaster", "--course", "1", "--only", "31").exit_code == 0
    assert len(systems.writes) == 4


def test_history_lists_past_runs(systems: TinySystems) -> None:
    assert "No run yet" in gradesync("history").stdout
    gradesync("post", "--course", "1")
    assert systems.writes
    assert "Algebra 1" in gradesync("history").stdout


@pytest.mark.usefixtures("systems")
def test_a_scheduled_post_is_refused_where_only_teachers_start_it() -> None:
    done = gradesync("post", "--course", "1", "--scheduled")
    assert done.exit_code == 1
    assert "MANUAL-TRIGGER" in done.stdout


@pytest.mark.usefixtures("systems")
def test_a_missing_course_is_bad_usage_and_lists_those_to_choose_from() -> None:
    done = gradesync("post")
    assert done.exit_code == 2
    assert "Algebra 1" in done.stderr
    assert "--course" in done.stderr


def test_a_missing_course_that_cannot_be_listed_is_bad_usage_all_the_same(systems: TinySystems) -> None:
    systems.before = lambda _request: an_answer(401)
    done = gradesync("post")
    assert done.exit_code == 2
    assert "token" in done.stderr


@pytest.mark.usefixtures("systems")
def test_an_unknown_assignment_or_district_is_bad_usage() -> None:
    assert gradesync("post", "--course", "1", "--only", "99").exit_code == 2
    assert gradesync("plan", "--course", "1", "--district", "elsewhere").exit_code == 2


@pytest.mark.usefixtures("systems")
def test_one_of_several_districts_must_be_chosen(tmp_path: Path) -> None:
    both = FILE + FILE.replace("valley", "hills")
    (tmp_path / "gradesync.toml").write_text(both, encoding="utf-8")
    done = gradesync("plan", "--course", "1")
    assert done.exit_code == 2
    assert "valley, hills" in done.stderr
    assert gradesync("plan", "--course", "1", "--district", "hills").exit_code == 1


@pytest.mark.usefixtures("systems")
def test_all_districts_are_checked_and_listed_unless_one_is_chosen(tmp_path: Path) -> None:
    both = FILE + FILE.replace("valley", "hills")
    (tmp_path / "gradesync.toml").write_text(both, encoding="utf-8")
    assert [line.split()[4] for line in gradesync("check").stdout.splitlines()] == ["valley", "hills"]
    assert "hills" not in gradesync("check", "--district", "valley").stdout
    listed = json.loads(gradesync("courses", "--json").stdout)
    assert [course["district"] for course in listed] == ["valley", "hills"]


def test_refused_credentials_are_one_line_and_exit_1(systems: TinySystems) -> None:
    systems.before = lambda _request: an_answer(401)
    for words in (("post", "--course", "1"), ("check",), ("courses",)):
        done = gradesync(*words)
        assert done.exit_code == 1
        assert "token" in done.output
        assert TOKEN not in done.output
        assert "Traceback" not in done.output


def test_a_refused_score_is_listed_below_with_its_reason(systems: TinySystems) -> None:
    systems.before = lambda request: (
        an_answer(422, b"Computer says no") if is_write(request, "results") else None
    )
    done = gradesync("post", "--course", "1", "--only", "31")
    assert "refused: S21" in done.stdout
    assert "Computer says no" in done.stdout


def test_ctrl_c_is_one_line_and_nothing_is_lost(systems: TinySystems) -> None:
    async def press(_request: object) -> None:
        if systems.writes:
            systems.meanwhile = None
            signal.raise_signal(signal.SIGINT)
            await asyncio.Event().wait()

    systems.meanwhile = press
    stopped = gradesync("post", "--course", "1", "--only", "31")
    assert stopped.exit_code == 1
    assert "Stopped" in stopped.stderr
    assert gradesync("post", "--course", "1", "--only", "31").exit_code == 0
    assert len(systems.writes) == 2, "the line item is not written again"


def test_help_teaches_with_an_example() -> None:
    told = gradesync("--help").stdout
    assert "[districts.valley.oneroster]" in told
    assert "gradesync post --course 1001" in told
