"""The append-only record of one world: every exchange, every rule verdict, every step of the clock.

Entries are frozen and numbered; nothing is ever changed or removed. Authorization headers and the bodies of
token requests never get here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from contracts.catalogue.rule import Rule
from simulator.clock import VirtualClock
from simulator.verdicts import Verdict

Outcome: TypeAlias = Literal["upheld", "refused"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its answer.

    `system` is "canvas", "oneroster" or "teachervue"; `who` the actor whose credentials were used ("" for
    none);
    `path` is without the world's prefix; bodies are text as sent, at most `BODY_CHARACTERS_MAX` characters.
    """

    number: int
    at: datetime
    system: str
    who: str
    method: str
    path: str
    query: str
    request_body: str
    status: int
    response_body: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule's verdict on one subject. `by` is who asked the rule: "canvas", "synergy", "engine"."""

    number: int
    at: datetime
    by: str
    rule: str
    outcome: Outcome
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The clock moved to `at`."""

    number: int
    at: datetime
    by: timedelta


Entry: TypeAlias = Exchange | Mark | ClockStep

BODY_CHARACTERS_MAX = 1_048_576


class Journal:
    """All entries of one world, oldest first."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self._listeners: list[Callable[[Entry], None]] = []

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything so far."""
        return tuple(self._entries)

    def exchanges(
        self, *, system: str = "", methods: Iterable[str] = (), since: int = 0
    ) -> tuple[Exchange, ...]:
        """The exchanges after entry `since`, narrowed to a system and to methods where given."""
        wanted = frozenset(methods)
        return tuple(
            entry
            for entry in self._entries[since:]
            if isinstance(entry, Exchange)
            and (not system or entry.system == system)
            and (not wanted or entry.method in wanted)
        )

    def marks(self, *, since: int = 0) -> tuple[Mark, ...]:
        """The rule verdicts after entry `since`."""
        return tuple(entry for entry in self._entries[since:] if isinstance(entry, Mark))

    def __len__(self) -> int:
        return len(self._entries)

    def listen(self, listener: Callable[[Entry], None]) -> None:
        """Call `listener` with every entry from now on."""
        self._listeners.append(listener)

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
    ) -> None:
        """Keep one request and its answer."""
        self._append(
            Exchange(
                number=self._next_number(),
                at=self._clock.now(),
                system=system,
                who=who,
                method=method,
                path=path,
                query=query,
                request_body=request_body[:BODY_CHARACTERS_MAX],
                status=status,
                response_body=response_body[:BODY_CHARACTERS_MAX],
                content_type=content_type,
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
        self._append(Mark(self._next_number(), self._clock.now(), by, rule_id, outcome, subject, words))

    def note_clock_step(self, by: timedelta) -> None:
        """Keep that the clock moved."""
        self._append(ClockStep(self._next_number(), self._clock.now(), by))

    def _next_number(self) -> int:
        return len(self._entries) + 1

    def _append(self, entry: Entry) -> None:
        self._entries.append(entry)
        for listener in self._listeners:
            listener(entry)


def entry_as_dict(entry: Entry) -> dict[str, Any]:
    """An entry as JSON-ready values: `kind` first, times in ISO 8601, durations in seconds."""
    fields: dict[str, Any] = {"kind": {Exchange: "exchange", Mark: "mark", ClockStep: "clock"}[type(entry)]}
    for name, value in asdict(entry).items():
        if isinstance(value, datetime):
            fields[name] = value.isoformat()
        elif isinstance(value, timedelta):
            fields[f"{name}_seconds"] = value.total_seconds()
        else:
            fields[name] = value
    return fields
