"""The journal of a world on a running server: asked, exported, followed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from simulator.control_client import reading
from simulator.control_client.errors import AnswerError
from simulator.control_client.events import events
from simulator.control_client.wire import Wire
from simulator.journal import Entry, Query

PAGES_MAX = 100_000
"""More pages than any journal has."""
EVERYTHING = Query()


class Journal:
    """What happened in one world."""

    def __init__(self, wire: Wire, world: str) -> None:
        self._wire = wire
        self._world = world

    def entries(self, query: Query = EVERYTHING, *, page: int = 1_000) -> Iterator[Entry]:
        """The entries that a query wants, oldest first, fetched so many at a time."""
        for _page in range(PAGES_MAX):
            told = self._wire.json("GET", *self._path(), query={**_asked(query), "limit": page})
            found = reading.read(reading.page, told)
            yield from (reading.read(reading.entry, each) for each in found.entries)
            if not found.more:
                return
            query = replace(query, since=found.next)
        raise AnswerError(f"The journal has more than {PAGES_MAX} pages")

    def ndjson(self, query: Query = EVERYTHING) -> str:
        """The entries as text, a JSON object a line."""
        return self._wire.text(*self._path("ndjson"), query=_asked(query))

    def har(self, query: Query = EVERYTHING) -> dict[str, Any]:
        """The exchanges as an HTTP Archive (HAR 1.2), ready for `json.dump`."""
        archive: dict[str, Any] = self._wire.json("GET", *self._path("har"), query=_asked(query))
        return archive

    @contextlib.contextmanager
    def follow(self, query: Query = EVERYTHING) -> Iterator[Following]:
        """The entries that a query wants, from `since` on, as they come.

        The block gets an iterator. It waits for the next entry, and ends when the world is deleted, when
        `until` is reached or when the server stops.
        """
        with self._wire.lines(*self._path("stream"), query=_asked(query)) as lines:
            yield Following(lines)

    def _path(self, *more: str) -> tuple[str, ...]:
        return ("worlds", self._world, "journal", *more)


class Following:
    """An iterator over entries while they come.

    Attributes:
        missed: How many entries the server had forgotten before it came to them.
        ended: Why there are no more; "" while there may be, and where the server stopped.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._events = events(lines)
        self.missed = 0
        self.ended = ""

    def __iter__(self) -> Iterator[Entry]:
        return self

    def __next__(self) -> Entry:
        for event in self._events:
            told = reading.read(json.loads, event.data)
            if event.kind == "gap":
                self.missed += reading.read(lambda each: int(each["missed"]), told)
            elif event.kind == "end":
                self.ended = reading.read(lambda each: str(each["why"]), told)
            else:
                return reading.read(reading.entry, told)
        raise StopIteration


def _asked(query: Query) -> dict[str, Any]:
    """A query as query parameters; what is empty is left out on the way."""
    return {
        "since": query.since,
        "until": query.until,
        "kind": sorted(query.kinds),
        "system": query.system,
        "method": sorted(query.methods),
        "who": query.who,
        "path": query.path,
        "status": query.status,
        "rule": query.rule,
        "fault": query.fault,
        "simulated": "" if query.simulated is None else str(query.simulated).lower(),
    }
