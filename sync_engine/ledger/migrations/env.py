"""Runs the steps of the schema on the connection that `opening` hands over; alembic loads it by its path."""

from __future__ import annotations

from alembic import context

from sync_engine.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
