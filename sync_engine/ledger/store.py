"""What the engine believes it sent, and its past runs; noted after every acknowledged write.

What lives here: the ledger and nothing that decides. What bites: each note is a transaction of its own, so
that an engine that is killed in the middle has forgotten nothing that Synergy took. Districts never see each
other's rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Table, and_, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ColumnElement

from sync_engine.domain.beliefs import Beliefs, BelievedItem, BelievedScore, Details
from sync_engine.domain.report import RunReport
from sync_engine.errors import LedgerError
from sync_engine.ledger.opening import open_database
from sync_engine.ledger.tables import items, runs, scores

REPORT: TypeAdapter[RunReport] = TypeAdapter(RunReport)
"""Reports to JSON and back, here and on the command line."""

RUNS_SHOWN_MAX = 200


class Ledger:
    """One database, many districts."""

    def __init__(self, url: str) -> None:
        self._database = open_database(url)

    def close(self) -> None:
        """Let the database go."""
        self._database.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction.

        Raises:
            LedgerError: If the database cannot take it. The run stops then: it could not note what it sends.
        """
        try:
            with self._database.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise LedgerError(
                f"The ledger cannot be written ({error.orig}). What was sent so far is noted. "
                "Free some space or check the file's permissions, then run it again."
            ) from error

    def beliefs(self, district: str, course_id: str) -> Beliefs:
        """All that is believed of one course."""
        with self._database.connect() as connection:
            item_rows = connection.execute(select(items).where(_in_course(items, district, course_id))).all()
            score_rows = connection.execute(
                select(scores).where(_in_course(scores, district, course_id))
            ).all()
        return Beliefs(
            {(row.assignment_id, row.section_id): _item(row) for row in item_rows},
            {(row.assignment_id, row.section_id, row.student_id): _score(row) for row in score_rows},
        )

    def note_item(self, district: str, course_id: str, item: BelievedItem) -> None:
        """Synergy acknowledged this line item."""
        key = _key(district, course_id, item.assignment_id, item.section_id)
        values = {
            "section_name": item.section_name,
            "line_item_id": item.line_item_id,
            **asdict(item.details),
        }
        with self._writing() as connection:
            _replace(connection, items, key, values)

    def note_score(self, district: str, course_id: str, score: BelievedScore) -> None:
        """Synergy acknowledged this result."""
        key = _key(district, course_id, score.assignment_id, score.section_id) | {
            "student_id": score.student_id
        }
        with self._writing() as connection:
            _replace(connection, scores, key, {"score": score.score, "status": score.status})

    def forget_score(
        self, district: str, course_id: str, assignment_id: str, section_id: str, student_id: str
    ) -> None:
        """Synergy has it no more, by our doing."""
        key = _key(district, course_id, assignment_id, section_id) | {"student_id": student_id}
        with self._writing() as connection:
            connection.execute(delete(scores).where(_matches(scores, key)))

    def forget_item(self, district: str, course_id: str, assignment_id: str, section_id: str) -> None:
        """The line item vanished from Synergy, its scores with it."""
        key = _key(district, course_id, assignment_id, section_id)
        with self._writing() as connection:
            connection.execute(delete(scores).where(_matches(scores, key)))
            connection.execute(delete(items).where(_matches(items, key)))

    def note_run(self, report: RunReport) -> RunReport:
        """A run ended. It gets the next number of this ledger as its id."""
        row = {"district": report.district, "course_id": report.course_id, "report": ""}
        with self._writing() as connection:
            key = connection.execute(insert(runs).values(row)).inserted_primary_key
            assert key is not None, "a single insert returns its key"
            numbered = replace(report, run_id=str(key[0]))
            text = REPORT.dump_json(numbered).decode()
            connection.execute(update(runs).where(runs.c.number == key[0]).values(report=text))
        return numbered

    def past_runs(
        self, district: str, course_id: str | None, *, limit: int = RUNS_SHOWN_MAX
    ) -> tuple[RunReport, ...]:
        """The latest so many runs, newest first."""
        wanted = runs.c.district == district
        if course_id is not None:
            wanted = and_(wanted, runs.c.course_id == course_id)
        asked = (
            select(runs.c.report)
            .where(wanted)
            .order_by(runs.c.number.desc())
            .limit(min(limit, RUNS_SHOWN_MAX))
        )
        with self._database.connect() as connection:
            return tuple(REPORT.validate_json(text) for text in connection.execute(asked).scalars())


def _key(district: str, course_id: str, assignment_id: str, section_id: str) -> dict[str, str]:
    return {
        "district": district,
        "course_id": course_id,
        "assignment_id": assignment_id,
        "section_id": section_id,
    }


def _matches(table: Table, key: Mapping[str, str]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _in_course(table: Table, district: str, course_id: str) -> ColumnElement[bool]:
    return _matches(table, {"district": district, "course_id": course_id})


def _replace(connection: Connection, table: Table, key: Mapping[str, str], values: Mapping[str, Any]) -> None:
    """Update or insert, in words that every database understands."""
    if connection.execute(update(table).where(_matches(table, key)).values(**values)).rowcount == 0:
        connection.execute(insert(table).values(**key, **values))


def _item(row: Row[Any]) -> BelievedItem:
    details = Details(row.title, row.class_id, row.category_id, row.assigned_at, row.due_at, row.points)
    return BelievedItem(row.assignment_id, row.section_id, row.section_name, row.line_item_id, details)


def _score(row: Row[Any]) -> BelievedScore:
    return BelievedScore(row.assignment_id, row.section_id, row.student_id, row.score, row.status)
