"""The journal itself: entries are appended, listened to and asked for, never changed.

What bites: a journal keeps its newest `ENTRIES_MAX` entries, so that a server that runs for weeks does not
eat its machine; their numbers go on, and `first_number` tells where what is left begins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from contracts.catalogue.rule import Rule
from simulator.clock import Clock
from simulator.journal.entries import (
    ClockStep,
    Entry,
    Exchange,
    FaultStruck,
    Happening,
    Headers,
    Mark,
    Outcome,
    WorldStep,
    entry_as_dict,
)
from simulator.journal.query import Query
from simulator.verdicts import Verdict

BODY_CHARACTERS_MAX = 1_048_576
ENTRIES_MAX = 200_000
_DROPPED_AT_ONCE = 10_000
"""So many of the oldest entries go when the journal is full, so that it is not trimmed at every entry."""


class Journal:
    """All entries of one world, oldest first."""

    def __init__(self, clock: Clock, *, entries_max: int = ENTRIES_MAX) -> None:
        self.clock = clock
        self._entries: list[Entry] = []
        self._forgotten = 0
        self._entries_max = entries_max
        self._listeners: list[Callable[[Entry], None]] = []

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is kept."""
        return tuple(self._entries)

    @property
    def first_number(self) -> int:
        """The number of the oldest entry that is kept."""
        return self._forgotten + 1

    def select(self, query: Query) -> Iterator[Entry]:
        """The entries that a query wants, oldest first."""
        begin = max(0, query.since - self._forgotten)
        end = max(0, query.until - self._forgotten) if query.until else None
        return (entry for entry in self._entries[begin:end] if query.wants(entry))

    def exchanges(
        self, *, system: str = "", methods: Iterable[str] = (), since: int = 0
    ) -> tuple[Exchange, ...]:
        """The exchanges after entry `since`, narrowed to a system and to methods where given."""
        query = Query(
            since=since, kinds=frozenset({Exchange.kind}), system=system, methods=frozenset(methods)
        )
        return tuple(entry for entry in self.select(query) if isinstance(entry, Exchange))

    def marks(self, *, since: int = 0) -> tuple[Mark, ...]:
        """The rule verdicts after entry `since`."""
        query = Query(since=since, kinds=frozenset({Mark.kind}))
        return tuple(entry for entry in self.select(query) if isinstance(entry, Mark))

    def digest(self, *, since: int = 0) -> str:
        """What two journals have in common if they say the same: a hash of all entries after `since`.

        Entry numbers do not count, so that a part of a journal can be compared with a part of another.
        """
        hashed = hashlib.sha256()
        for entry in self.select(Query(since=since)):
            told = entry_as_dict(entry)
            del told["number"]
            hashed.update(json.dumps(told, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace"))
        return hashed.hexdigest()

    def __len__(self) -> int:
        """The number of the newest entry, whether all before it are kept or not."""
        return self._forgotten + len(self._entries)

    def listen(self, listener: Callable[[Entry], None]) -> Callable[[], None]:
        """Call `listener` with every entry from now on, until what is returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def note_exchange(
        self,
        *,
        system: str,
        who: str,
        method: str,
        path: str,
        query: str,
        request_body: str,
        status: int,
        response_body: str,
        content_type: str,
        request_headers: Headers = (),
        response_headers: Headers = (),
        fault: str = "",
        handled: bool = True,
        simulated: bool = True,
        seconds: float = 0.0,
    ) -> None:
        """Keep one request and its answer."""
        self._append(
            Exchange(
                number=self._next_number(),
                at=self.clock.now(),
                system=system,
                who=who,
                method=method,
                path=path,
                query=query,
                request_body=request_body[:BODY_CHARACTERS_MAX],
                status=status,
                response_body=response_body[:BODY_CHARACTERS_MAX],
                content_type=content_type,
                request_headers=request_headers,
                response_headers=response_headers,
                fault=fault,
                handled=handled,
                simulated=simulated,
                seconds=seconds,
            )
        )

    def note_verdicts(self, by: str, subject: str, verdicts: Iterable[Verdict]) -> None:
        """Keep what the rules said of one subject."""
        for verdict in verdicts:
            outcome: Outcome = "refused" if verdict.refused else "upheld"
            self.note_mark(
                by, verdict.rule.id, outcome, subject, verdict.refusal.words if verdict.refusal else ""
            )

    def note_upheld(self, by: str, rule: Rule, subject: str, words: str = "") -> None:
        """Keep that a rule that permits something was used."""
        self.note_mark(by, rule.id, "upheld", subject, words)

    def note_mark(self, by: str, rule_id: str, outcome: Outcome, subject: str, words: str = "") -> None:
        """Keep a verdict of somebody who cites rules as text, such as the engine's report."""
        self._append(Mark(self._next_number(), self.clock.now(), by, rule_id, outcome, subject, words))

    def note_clock_step(self, by: timedelta, who: str = "") -> None:
        """Keep that the clock moved."""
        self._append(ClockStep(self._next_number(), self.clock.now(), by, who))

    def note_happening(self, what: str, words: str) -> None:
        """Keep what happened by itself when the clock came to it."""
        self._append(Happening(self._next_number(), self.clock.now(), what, words))

    def note_fault(self, fault: str, what: str, system: str, subject: str) -> None:
        """Keep that a planned fault struck."""
        self._append(FaultStruck(self._next_number(), self.clock.now(), fault, what, system, subject))

    def note_world_step(self, what: str, words: str, who: str = "") -> None:
        """Keep what was done to the whole world."""
        self._append(WorldStep(self._next_number(), self.clock.now(), what, words, who))

    def take_over(self, other: Journal) -> None:
        """Begin with another journal's past, as a forked world does."""
        self._entries = list(other._entries)
        self._forgotten = other._forgotten

    def _next_number(self) -> int:
        return len(self) + 1

    def _append(self, entry: Entry) -> None:
        if len(self._entries) >= self._entries_max:
            dropped = min(_DROPPED_AT_ONCE, self._entries_max // 2 or 1)
            del self._entries[:dropped]
            self._forgotten += dropped
        self._entries.append(entry)
        for listener in tuple(self._listeners):
            listener(entry)

    def __repr__(self) -> str:
        return f"Journal({len(self)} entries)"
