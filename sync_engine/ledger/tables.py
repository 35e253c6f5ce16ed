"""The ledger's tables, as SQLAlchemy sees them.

What lives here: the shape of today. How a database of yesterday becomes one is in `migrations`, and a test
holds the two together. What bites: SQLite forgets zones, so every instant is kept as UTC text.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, TypeDecorator
from sqlalchemy.engine import Dialect


class Instant(TypeDecorator[datetime]):
    """A moment with a zone, kept as UTC text that sorts in time."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the hook's shape
        """Into the database."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the hook's shape
        """Out of it."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

items = Table(
    "items",
    metadata,
    Column("district", String(200), primary_key=True),
    Column("course_id", String(64), primary_key=True),
    Column("assignment_id", String(64), primary_key=True),
    Column("section_id", String(64), primary_key=True),
    Column("section_name", Text, nullable=False),
    Column("line_item_id", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("class_id", Text, nullable=False),
    Column("category_id", Text, nullable=False),
    Column("assigned_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("points", Float, nullable=False),
)
"""One row for each line item that Synergy acknowledged."""

scores = Table(
    "scores",
    metadata,
    Column("district", String(200), primary_key=True),
    Column("course_id", String(64), primary_key=True),
    Column("assignment_id", String(64), primary_key=True),
    Column("section_id", String(64), primary_key=True),
    Column("student_id", String(64), primary_key=True),
    Column("score", Float),
    Column("status", String(16), nullable=False),
)
"""One row for each result that Synergy acknowledged; a score of NULL means exempt."""

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("district", String(200), nullable=False, index=True),
    Column("course_id", String(64), nullable=False, index=True),
    Column("report", Text, nullable=False),
)
"""One row for each run that ended, with its whole report as JSON."""
