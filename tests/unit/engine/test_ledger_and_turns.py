import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from sync_engine import LedgerError, Mode, RunReport, RunStatus, Trigger
from sync_engine.domain.beliefs import BelievedItem, BelievedScore
from sync_engine.domain.report import ItemAction, ItemReport, Reason, ScoreAction, ScoreReport
from sync_engine.ledger.opening import open_database
from sync_engine.ledger.store import Ledger
from sync_engine.ledger.tables import metadata
from sync_engine.turns import GradebookBusyError, Turns
from tests.unit.engine.builders import MORNING, an_assignment, details_of

ITEM = BelievedItem("31", "11", "Period 1", "L", details_of(an_assignment()))
SCORE = BelievedScore("31", "11", "21", 8.25, "late")
A_RUN = RunReport(
    run_id="",
    district="valley",
    course_id="1",
    course_name="Algebra 1",
    mode=Mode.POST,
    trigger=Trigger.TEACHER,
    started_at=MORNING,
    finished_at=MORNING + timedelta(seconds=3),
    status=RunStatus.WARNING,
    items=(
        ItemReport(
            "31",
            "Cell quiz",
            "11",
            "Period 1",
            "L",
            ItemAction.CREATED,
            (Reason("FIRST-SEND-CREATES", refused=False, words="w"),),
            (ScoreReport("21", "Ana", ScoreAction.SENT, 8.25, "late"),),
        ),
    ),
    written=2,
)


def a_file(folder: Path) -> str:
    return f"sqlite:///{folder}/ledger.sqlite3"


def test_what_was_noted_is_believed_after_the_file_is_opened_again(tmp_path: Path) -> None:
    for _time in range(2):
        ledger = Ledger(a_file(tmp_path))
        ledger.note_item("valley", "1", ITEM)
        ledger.note_score("valley", "1", SCORE)
        ledger.close()
    ledger = Ledger(a_file(tmp_path))
    beliefs = ledger.beliefs("valley", "1")
    ledger.close()
    assert beliefs.items == {("31", "11"): ITEM}
    assert beliefs.scores == {("31", "11", "21"): SCORE}


def test_a_later_note_replaces_an_earlier_one() -> None:
    ledger = Ledger("sqlite://")
    ledger.note_score("valley", "1", SCORE)
    ledger.note_score("valley", "1", replace(SCORE, score=None, status="excused"))
    assert ledger.beliefs("valley", "1").scores["31", "11", "21"].score is None


def test_districts_and_courses_do_not_mix() -> None:
    ledger = Ledger("sqlite://")
    ledger.note_item("valley", "1", ITEM)
    ledger.note_score("valley", "1", SCORE)
    ledger.note_run(A_RUN)
    for district, course in (("hills", "1"), ("valley", "2")):
        beliefs = ledger.beliefs(district, course)
        assert (beliefs.items, beliefs.scores, ledger.past_runs(district, course)) == ({}, {}, ())
    ledger.forget_item("hills", "1", "31", "11")
    assert ledger.beliefs("valley", "1").items


def test_forgetting_an_item_forgets_its_scores_and_no_others() -> None:
    ledger = Ledger("sqlite://")
    for assignment in ("31", "32"):
        ledger.note_item("valley", "1", replace(ITEM, assignment_id=assignment))
        ledger.note_score("valley", "1", replace(SCORE, assignment_id=assignment))
    ledger.forget_item("valley", "1", "31", "11")
    beliefs = ledger.beliefs("valley", "1")
    assert list(beliefs.items) == [("32", "11")]
    assert list(beliefs.scores) == [("32", "11", "21")]
    ledger.forget_score("valley", "1", "32", "11", "21")
    assert ledger.beliefs("valley", "1").scores == {}


def test_runs_come_back_whole_and_newest_first() -> None:
    ledger = Ledger("sqlite://")
    first, second = ledger.note_run(A_RUN), ledger.note_run(replace(A_RUN, course_id="2"))
    assert first == replace(A_RUN, run_id="1")
    assert ledger.past_runs("valley", None) == (second, first)
    assert ledger.past_runs("valley", "1") == (first,)


def test_the_migrations_make_exactly_the_tables_that_the_store_uses() -> None:
    database = open_database("sqlite://")
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.dispose()


def test_a_ledger_of_a_newer_engine_is_left_alone(tmp_path: Path) -> None:
    database = open_database(a_file(tmp_path))
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    with pytest.raises(LedgerError, match="newer"):
        Ledger(a_file(tmp_path))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("gradesync.sqlite3", "sqlite:///"),
        ("mystery://x", "sqlite:///"),
        ("sqlite:////no/such/folder/x.sqlite3", "no folder"),
        ("sqlite:////dev/null/x.sqlite3", "no folder"),
    ],
)
def test_a_ledger_that_cannot_be_opened_says_why_in_one_line(url: str, words: str) -> None:
    with pytest.raises(LedgerError, match=words) as caught:
        Ledger(url)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").write_text("this is a letter, not a ledger", encoding="utf-8")
    with pytest.raises(LedgerError, match="not a database"):
        Ledger(a_file(tmp_path))


def test_a_gradebook_is_taken_once_and_given_back(tmp_path: Path) -> None:
    for turns in (Turns(None), Turns(tmp_path / "ledger.sqlite3")):
        with (
            turns.take("valley", "1"),
            turns.take("valley", "2"),
            turns.take("hills", "1"),
            pytest.raises(GradebookBusyError),
            turns.take("valley", "1"),
        ):
            pass
        with turns.take("valley", "1"):
            pass


def test_a_gradebook_is_taken_across_processes_and_freed_when_one_dies(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    hold = (
        "import sys; from pathlib import Path; from sync_engine.turns import Turns\n"
        "with Turns(Path(sys.argv[1])).take('valley', '1'): print('taken', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert other.stdin
    assert other.stdout
    with other, other.stdin, other.stdout:
        assert other.stdout.readline() == b"taken\n"
        with pytest.raises(GradebookBusyError), Turns(file).take("valley", "1"):
            pass
        other.kill()
    with Turns(file).take("valley", "1"):
        pass
