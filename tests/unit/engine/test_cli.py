import asyncio
import io
import json
import signal
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from sync_engine import ProgressStep, Stage, cli
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

STOP_SECONDS_MAX = 20
"""A command that does not stop by then fails its test instead of holding up all others."""


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
    monkeypatch.setenv("COLUMNS", "140")
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
    assert "Assignments: 1 created, 1 left out. 2 writes to Synergy." in first.stdout
    second = gradesync("post", "--course", "1", "--only", "31")
    assert (second.exit_code, len(systems.writes)) == (0, 2)


def test_json_is_for_machines(systems: TinySystems) -> None:
    told = json.loads(gradesync("post", "--course", "1", "--json").stdout)
    assert (told["status"], told["written"]) == ("warning", len(systems.writes))
    assert [item["action"] for item in told["items"]] == ["created", "refused"]
    assert json.loads(gradesync("history", "--json", "--full").stdout) == [told]
    (run,) = json.loads(gradesync("history", "--json").stdout)
    assert run["assignments"] == {"created": 1, "refused": 1}
    assert run["refused_by"] == ["NAME-SPECIAL-CHARS", "ZERO-POINTS-REJECTED"]
    assert "items" not in run
    (course,) = json.loads(gradesync("courses", "--json").stdout)
    assert course["sections"][0]["sis_id"] == "CLASS-A"
    assert json.loads(gradesync("check", "--json").stdout) == [{"district": "valley", "problems": []}]


def test_a_remaster_can_be_planned_and_run(systems: TinySystems) -> None:
    gradesync("post", "--course", "1", "--only", "31")
    assert "REMASTER-RESENDS-ALL" in gradesync("plan", "--remaster", "--course", "1").stdout
    assert gradesync("remaster", "--course", "1", "--only", "31").exit_code == 0
    assert len(systems.writes) == 4


def test_history_lists_past_runs(systems: TinySystems) -> None:
    assert "no run yet" in gradesync("history").stdout
    gradesync("post", "--course", "1")
    assert systems.writes
    told = gradesync("history").stdout
    assert "Algebra 1" in told
    assert told.splitlines()[4].split()[-2:] == ["1", "1"], "one assignment sent, one refused"


def test_history_shows_no_more_runs_than_are_asked_for(systems: TinySystems) -> None:
    for _run in range(3):
        gradesync("post", "--course", "1", "--only", "31")
    assert systems.writes
    runs = json.loads(gradesync("history", "--json", "--limit", "2").stdout)
    assert [run["run_id"] for run in runs] == ["3", "2"]
    wrong = gradesync("history", "--limit", "none")
    assert (wrong.exit_code, wrong.stderr) == (2, 'gradesync: --limit: "none" is no number above 0.\n')


@pytest.mark.usefixtures("systems")
def test_history_of_several_districts_is_told_district_by_district(tmp_path: Path) -> None:
    both = FILE + FILE.replace("valley", "hills")
    (tmp_path / "gradesync.toml").write_text(both, encoding="utf-8")
    gradesync("post", "--course", "1", "--district", "hills")
    told = gradesync("history").stdout
    assert "District valley: no run yet" in told
    assert "District hills: the latest runs" in told


@pytest.mark.usefixtures("systems")
def test_a_plan_for_machines_names_what_would_be_done_and_not_what_was() -> None:
    told = json.loads(gradesync("plan", "--course", "1", "--json").stdout)
    assert [item["action"] for item in told["items"]] == ["create", "refuse"]
    assert told["items"][0]["scores"][0]["action"] == "send"


def test_a_course_without_anything_marked_to_sync_says_so(systems: TinySystems) -> None:
    for assignment in systems.assignments.values():
        assignment["post_to_sis"] = False
    done = gradesync("plan", "--course", "1")
    assert done.exit_code == 0
    assert "Nothing in this course is marked to sync." in done.stdout


def test_an_unchanged_assignment_says_which_rule_decided_it_and_remarks_come_last(
    systems: TinySystems,
) -> None:
    gradesync("post", "--course", "1", "--only", "31")
    systems.assignments["31"]["due_at"] = None
    told = gradesync("post", "--course", "1", "--only", "31").stdout
    assert told.index("SCORE-SENT-ONCE") < told.index("DUE-DATE-REQUIRED")
    assert "note: It has no due date" in told


@pytest.mark.usefixtures("systems")
@pytest.mark.parametrize(
    "words", [("plan", "--course", "1"), ("courses",), ("post", "--course", "1"), ("history",)]
)
def test_eighty_columns_are_wide_enough_and_no_line_ends_in_blanks(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    gradesync("post", "--course", "1")
    lines = gradesync(*words).stdout.splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.usefixtures("systems")
@pytest.mark.parametrize("ledger", ["nonsense", "sqlite:///absent/ledger.sqlite3"])
def test_a_ledger_that_cannot_be_opened_is_bad_configuration_and_names_the_key(
    tmp_path: Path, ledger: str
) -> None:
    (tmp_path / "gradesync.toml").write_text(f'ledger = "{ledger}"\n{FILE}', encoding="utf-8")
    done = gradesync("history")
    assert done.exit_code == 2
    assert "gradesync.toml: ledger: The ledger" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("systems")
def test_a_course_that_is_no_number_is_bad_usage() -> None:
    done = gradesync("post", "--course", "abc")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert '--course: "abc"' in done.stderr


@pytest.mark.parametrize(
    "words", [("plant",), ("plan", "--cuorse", "1"), ("plan", "--course"), ("plan", "extra")]
)
def test_wrong_usage_is_one_line_and_exit_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("sys.argv", ["gradesync", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert said.err.startswith("gradesync: ")
    assert "gradesync --help" in said.err


@pytest.mark.parametrize("words", [("-h",), ("post", "-h"), ("--version",)])
def test_help_and_version_are_where_one_looks_for_them(words: tuple[str, ...]) -> None:
    done = gradesync(*words)
    assert done.exit_code == 0
    assert "gradesync" in done.stdout
    assert "<" not in done.stdout, "values have names of their own"
    assert [line for line in done.stdout.splitlines() if line != line.rstrip()] == []


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
            await asyncio.wait_for(asyncio.Event().wait(), timeout=STOP_SECONDS_MAX)

    systems.meanwhile = press
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
    try:
        stopped = gradesync("post", "--course", "1", "--only", "31")
    finally:
        signal.signal(signal.SIGINT, before)
    assert stopped.exit_code == 1
    assert "Stopped" in stopped.stderr
    assert gradesync("post", "--course", "1", "--only", "31").exit_code == 0
    assert len(systems.writes) == 2, "the line item is not written again"


def test_help_teaches_with_an_example() -> None:
    told = gradesync("--help").stdout
    assert "[districts.valley.oneroster]" in told
    assert "gradesync post --course 1001" in told


def test_the_bar_on_a_terminal_counts_only_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(
        cli, "make_console", lambda **_where: Console(file=screen, force_terminal=True, width=80)
    )
    with cli._watching(quiet=False) as tell:
        assert tell is not None
        tell(ProgressStep(Stage.READING_CANVAS, 0, 0, "Algebra 1"))
        tell(ProgressStep(Stage.WRITING, 2, 3, "Cell quiz"))
    assert "starting" in screen.getvalue()
    assert "2/3" in screen.getvalue()
    assert "None" not in screen.getvalue()
    assert "0/0" not in screen.getvalue()
