"""The first ledger: items, scores, runs.

A step is history: it spells its columns out and never imports today's tables.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "items",
        *_place(),
        sa.Column("section_name", sa.Text, nullable=False),
        sa.Column("line_item_id", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("class_id", sa.Text, nullable=False),
        sa.Column("category_id", sa.Text, nullable=False),
        sa.Column("assigned_at", sa.String(32), nullable=False),
        sa.Column("due_at", sa.String(32)),
        sa.Column("points", sa.Float, nullable=False),
    )
    op.create_table(
        "scores",
        *_place(),
        sa.Column("student_id", sa.String(64), primary_key=True),
        sa.Column("score", sa.Float),
        sa.Column("status", sa.String(16), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("district", sa.String(200), nullable=False, index=True),
        sa.Column("course_id", sa.String(64), nullable=False, index=True),
        sa.Column("report", sa.Text, nullable=False),
    )


def _place() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("district", sa.String(200), primary_key=True),
        sa.Column("course_id", sa.String(64), primary_key=True),
        sa.Column("assignment_id", sa.String(64), primary_key=True),
        sa.Column("section_id", sa.String(64), primary_key=True),
    )
