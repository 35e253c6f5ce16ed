"""Lists that come in pages, read until they can be trusted.

What lives here: noticing that rows moved while a list was read, and reading it again. What must never be
here: a vendor's way of paging. What bites: who pages by number or offset misses a row when one before it goes
away, and gets one twice when one comes in; some servers also tell a wrong total, so what comes twice the same
is believed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sync_engine.errors import SystemFaultError

Row = TypeVar("Row")

LIST_READS_MAX = 3
"""A list that changes more often than this is being worked on: better to say so than to go on guessing."""


@dataclass(frozen=True, slots=True)
class ListRead(Generic[Row]):
    """One reading of a list.

    Attributes:
        rows: In the order in which they came.
        keys: What tells each row from the others.
        totals: How many rows there are in all, as each page told it; empty where none did.
    """

    rows: tuple[Row, ...]
    keys: tuple[Hashable, ...]
    totals: frozenset[float] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether no row came twice, and as many came as every page promised."""
        return len(set(self.keys)) == len(self.keys) and self.totals <= {float(len(self.keys))}

    @property
    def unique(self) -> list[Row]:
        """The rows, each once."""
        return list(dict(zip(self.keys, self.rows, strict=True)).values())


async def read_whole(read: Callable[[], Awaitable[ListRead[Row]]], system: str, path: str) -> list[Row]:
    """Read a list, and again where its rows moved meanwhile.

    Raises:
        SystemFaultError: If it keeps changing.
    """
    before: ListRead[Row] | None = None
    for _reading in range(LIST_READS_MAX):
        seen = await read()
        if seen.is_whole or (before is not None and before.keys == seen.keys):
            return seen.unique
        before = seen
    raise SystemFaultError(
        f"{system} changes the list {path} while it is being read.",
        "Run it again when nobody is working there; nothing is lost.",
    )
