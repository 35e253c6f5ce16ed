"""Opens the ledger's database and brings its schema up to date.

What bites: an in-memory SQLite lives as long as its one connection; two processes that open a new file at
once must not both create its tables; and a file of a newer engine must not be written by an older one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from filelock import FileLock
from sqlalchemy import Engine as Database
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from sync_engine.errors import LedgerError

_MIGRATIONS = Path(__file__).parent / "migrations"
_OPENING_SECONDS_MAX = 60


def ledger_file(url: str) -> Path | None:
    """The file of a SQLite ledger; None for one in memory or on a server."""
    parsed = _parsed(url)
    named = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" else None


def open_database(url: str) -> Database:
    """The database of this address, its schema up to date.

    Raises:
        LedgerError: If it cannot be opened, or is of a newer engine.
    """
    parsed, file = _parsed(url), ledger_file(url)
    shown = parsed.render_as_string(hide_password=True)
    if file is not None and not file.absolute().parent.is_dir():
        raise LedgerError(
            f"The ledger {shown} cannot be opened: there is no folder {file.parent}. Make it first."
        )
    try:
        database = _connectable(parsed, file)
        with _alone(file), database.begin() as connection:
            settings = Config()
            settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
    except CommandError as error:
        raise LedgerError(f"The ledger {shown} was written by a newer gradesync. Update this one.") from error
    except (DBAPIError, OSError, ImportError) as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise LedgerError(
            f"The ledger {shown} cannot be opened: {why}. Check its address and permissions."
        ) from error
    return database


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise LedgerError(
            'The ledger\'s address cannot be read. Write it like "sqlite:///gradesync.sqlite3".'
        ) from error
    return parsed


def _connectable(url: URL, file: Path | None) -> Database:
    if url.get_backend_name() != "sqlite":
        return create_engine(url)
    if file is None:
        return create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    database = create_engine(url)
    event.listen(database, "connect", _prepare_file)
    return database


def _prepare_file(connection: Any, _record: object) -> None:  # noqa: ANN401 - whatever the driver gives
    """Readers do not wait for the writer, and what is committed survives the end of the process."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _alone(file: Path | None) -> AbstractContextManager[object]:
    if file is None:
        return nullcontext()
    return FileLock(f"{file}.opening.lock", timeout=_OPENING_SECONDS_MAX)
