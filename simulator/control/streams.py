"""Following a journal while it grows: server-sent events from entry `since` on, then live.

What lives here: waiting for entries and telling them. There is no queue to overflow: a stream remembers only
how far it has come, and the journal itself is what is still to be told. What bites: a server that stops waits
for open answers, so every stream ends when `Streams.end` says so. One whose client no longer reads cannot;
`serving.py` cancels it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from itertools import islice

import anyio.lowlevel
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from simulator.journal import Entry, Journal, Query

STREAMS_MAX = 500
"""So many journals are followed at once."""
READ_AT_ONCE = 500
"""So many entries are taken from the journal between two looks at what else is going on."""
PING_SECONDS = 15
SEND_SECONDS_MAX = 60.0
"""A client that takes nothing for so long is gone."""
RETRY_MILLISECONDS = 1_000
"""So long a browser waits before it asks again."""


class Streams:
    """All open streams, so that they can be ended, or told to look whether their world is still there."""

    def __init__(self) -> None:
        self._open: set[asyncio.Event] = set()
        self.ended = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Whether no more can be opened."""
        return len(self._open) >= STREAMS_MAX

    def __len__(self) -> int:
        return len(self._open)

    def opened(self) -> asyncio.Event:
        """A new stream's bell."""
        bell = asyncio.Event()
        self._open.add(bell)
        return bell

    def closed(self, bell: asyncio.Event) -> None:
        """A stream is over."""
        self._open.discard(bell)

    def ring(self) -> None:
        """Have all streams look again."""
        for bell in self._open:
            bell.set()

    def end(self) -> None:
        """End all streams, those to come included: the server stops."""
        self.ended.set()
        self.ring()


@dataclass(frozen=True, slots=True)
class Followed:
    """What one stream tells.

    Attributes:
        journal: Whose entries.
        query: Which of them; `since` is where it begins, `until` where it ends.
        tell: An entry as JSON text.
        is_there: Whether the world is still there.
    """

    journal: Journal
    query: Query
    tell: Callable[[Entry], str]
    is_there: Callable[[], bool]


async def events(followed: Followed, streams: Streams) -> AsyncIterator[ServerSentEvent]:
    """The entries as events: `event` is the entry's kind, `id` its number, `data` the entry as JSON.

    An event `gap` tells that entries were forgotten before this stream came to them, an event `end` that the
    world was deleted or the last entry that was asked for has been told. A server that stops just ends.
    """
    bell = streams.opened()
    unlisten = followed.journal.listen(lambda _entry: bell.set())
    since = followed.query.since
    try:
        yield ServerSentEvent(comment="following the journal", retry=RETRY_MILLISECONDS)
        while not streams.ended.is_set():
            bell.clear()
            missed = followed.journal.first_number - 1 - since
            if missed > 0:
                yield ServerSentEvent(f'{{"missed":{missed}}}', event="gap")
                since += missed
            since, found = _next_entries(followed, since)
            for entry in found:
                yield ServerSentEvent(followed.tell(entry), event=entry.kind, id=str(entry.number))
                await anyio.lowlevel.checkpoint()  # or nobody notices that the client has left
            why = _over(followed, since)
            if why:
                yield ServerSentEvent(f'{{"why":"{why}"}}', event="end")
                return
            if since >= len(followed.journal):
                await bell.wait()
            await anyio.lowlevel.checkpoint()  # entries that nobody wants are passed over in turns
    finally:
        unlisten()
        streams.closed(bell)


def _next_entries(followed: Followed, since: int) -> tuple[int, list[Entry]]:
    """How far the stream has come, and the entries on the way that are wanted."""
    newest = min(len(followed.journal), max(since, followed.journal.first_number - 1) + READ_AT_ONCE)
    query = replace(followed.query, since=since, until=min(newest, followed.query.until or newest))
    return max(since, newest), list(islice(followed.journal.select(query), READ_AT_ONCE))


def _over(followed: Followed, since: int) -> str:
    if not followed.is_there():
        return "the world was deleted"
    if followed.query.until and since >= followed.query.until:
        return "this was the last entry that was asked for"
    return ""


def stream_answer(followed: Followed, streams: Streams) -> Response:
    """The answer that carries the events."""
    return EventSourceResponse(
        events(followed, streams), ping=PING_SECONDS, send_timeout=SEND_SECONDS_MAX, sep="\n"
    )
