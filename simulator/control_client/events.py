"""Server-sent events from lines. Pure: what must never be here is a connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `data` is its lines together."""

    kind: str
    data: str


def events(lines: Iterable[str]) -> Iterator[Event]:
    """The events that these lines tell; comments and what nobody asked for are passed over.

    Source: the HTML standard, "Server-sent events", interpreting an event stream.
    """
    kind, data = "message", list[str]()
    for line in lines:
        if not line:
            if data:
                yield Event(kind, "\n".join(data))
            kind, data = "message", []
            continue
        name, _colon, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "data":
            data.append(value)
