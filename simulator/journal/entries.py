"""What a journal holds: frozen entries, each numbered and stamped with the world's time.

What must never be here: a secret. Authorization headers and the bodies of token requests are left out before
an entry is made.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

Outcome: TypeAlias = Literal["upheld", "refused"]
Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its answer.

    Attributes:
        system: "canvas", "oneroster" or "teachervue".
        who: The actor whose credentials were used, "" for none.
        path: Without the world's prefix.
        request_body: As text, at most `BODY_CHARACTERS_MAX` characters; `response_body` likewise.
        status: What was answered, or would have been had the connection held; 0 where nothing came about.
        fault: The kind of the planned fault that was done to it, "" for none.
        handled: Whether the system carried the request out. A fault may answer in its place.
        simulated: Whether the fake knows the path and the verb. If not, the answer teaches nothing about what
            the real system would have said.
        seconds: How long the answer took, in seconds of the world's clock.
    """

    kind: ClassVar = "exchange"

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
    request_headers: Headers = ()
    response_headers: Headers = ()
    fault: str = ""
    handled: bool = True
    simulated: bool = True
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule's verdict on one subject. `by` is who asked the rule: "canvas", "synergy", "engine"."""

    kind: ClassVar = "mark"

    number: int
    at: datetime
    by: str
    rule: str
    outcome: Outcome
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The clock moved to `at`. `who` moved it: "control", "stage", "test"; "" where it jumped by itself."""

    kind: ClassVar = "clock"

    number: int
    at: datetime
    by: timedelta
    who: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """The clock came to an appointment, and something happened by itself."""

    kind: ClassVar = "happening"

    number: int
    at: datetime
    what: str
    """The kind of the appointment, such as "roster feed"."""
    words: str


@dataclass(frozen=True, slots=True)
class FaultStruck:
    """A planned fault was done to the exchange that follows. `subject` is its method and path."""

    kind: ClassVar = "fault"

    number: int
    at: datetime
    fault: str
    """The name that the plan gave it."""
    what: str
    """Its kind, such as "dropped_after_commit"."""
    system: str
    subject: str


@dataclass(frozen=True, slots=True)
class WorldStep:
    """Something was done to the whole world: `what` is "snapshot", "restore", "fork", "reset", "faults"..."""

    kind: ClassVar = "world"

    number: int
    at: datetime
    what: str
    words: str
    who: str = ""


Entry: TypeAlias = Exchange | Mark | ClockStep | Happening | FaultStruck | WorldStep


def entry_as_dict(entry: Entry) -> dict[str, Any]:
    """An entry as JSON-ready values: `kind` first, times in ISO 8601, durations in seconds."""
    told: dict[str, Any] = {"kind": entry.kind}
    for each in fields(entry):
        value = getattr(entry, each.name)
        if isinstance(value, datetime):
            told[each.name] = value.isoformat()
        elif isinstance(value, timedelta):
            told[f"{each.name}_seconds"] = value.total_seconds()
        elif each.name.endswith("_headers"):
            told[each.name] = [list(pair) for pair in value]
        else:
            told[each.name] = value
    return told
