"""One sync per gradebook at a time, in this process and across processes.

What lives here: the turn-taking. A ledger in a file has its locks in a folder beside it, so that a nightly
run and a teacher on the same machine never meet; they end with their process, so a killed engine blocks
nobody. What bites: a ledger in memory or on a server is guarded within one process only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from filelock import FileLock, Timeout

from sync_engine.domain.identity import gradebook_id
from sync_engine.errors import EngineError


class GradebookBusyError(EngineError):
    """The gradebook has a sync under way. Wait until it has ended."""


class Turns:
    """Who is at which gradebook."""

    def __init__(self, ledger_file: Path | None) -> None:
        self._folder = ledger_file.with_name(f"{ledger_file.name}.turns") if ledger_file else None
        self._taken: set[str] = set()

    @contextmanager
    def take(self, district: str, course_id: str) -> Iterator[None]:
        """Have the gradebook to oneself, or be told at once that somebody else has it.

        Raises:
            GradebookBusyError: If a sync of it is under way.
        """
        gradebook = gradebook_id(district, course_id)
        if gradebook in self._taken:
            raise GradebookBusyError(f"The gradebook of course {course_id} is being synced already.")
        self._taken.add(gradebook)
        try:
            with self._lock(gradebook):
                yield
        except Timeout as error:
            raise GradebookBusyError(
                f"The gradebook of course {course_id} is being synced already."
            ) from error
        finally:
            self._taken.discard(gradebook)

    def _lock(self, gradebook: str) -> AbstractContextManager[object]:
        if self._folder is None:
            return nullcontext()
        self._folder.mkdir(exist_ok=True)
        return FileLock(self._folder / f"{gradebook}.lock", timeout=0)
