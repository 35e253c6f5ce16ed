"""What can go wrong, as values: one class for each kind of fault, with its `kind` as JSON calls it.

What lives here: the fields, what they mean, and what they may be. What must never be here: doing it
(`striking`), deciding when (`decision`).
"""

from __future__ import annotations

from typing import TypeAlias

from simulator.faults.kinds.answering import Answer, Drip, HtmlPage, Latency, Malformed, Truncated
from simulator.faults.kinds.bounds import FaultError
from simulator.faults.kinds.carrying import DropAfter, DropBefore, Lost, Shifting, Stale, Twice
from simulator.faults.kinds.lasting import Restart, ThrottleStorm, TokenExpires

Does: TypeAlias = (
    Answer
    | Latency
    | DropBefore
    | DropAfter
    | Lost
    | Twice
    | Truncated
    | Malformed
    | HtmlPage
    | Drip
    | Stale
    | Shifting
    | TokenExpires
    | ThrottleStorm
    | Restart
)

KINDS: dict[str, type[Does]] = {
    each.kind: each
    for each in (
        Answer,
        Latency,
        DropBefore,
        DropAfter,
        Lost,
        Twice,
        Truncated,
        Malformed,
        HtmlPage,
        Drip,
        Stale,
        Shifting,
        TokenExpires,
        ThrottleStorm,
        Restart,
    )
}
"""Every kind of fault, by what JSON calls it."""


def exchanges_of(does: Does) -> int:
    """How many exchanges one strike takes: the one that it matched, and for some kinds those after it."""
    match does:
        case ThrottleStorm():
            return does.answers
        case Restart():
            return does.dropped + does.unavailable
        case _:
            return 1


def leaves_undone(does: Does) -> bool:
    """Whether nothing of the request is carried out when this strikes."""
    match does:
        case Answer() | HtmlPage():
            return not does.committed
        case DropBefore() | Lost() | ThrottleStorm() | Restart():
            return True
        case _:
            return False


__all__ = [
    "KINDS",
    "Answer",
    "Does",
    "Drip",
    "DropAfter",
    "DropBefore",
    "FaultError",
    "HtmlPage",
    "Latency",
    "Lost",
    "Malformed",
    "Restart",
    "Shifting",
    "Stale",
    "ThrottleStorm",
    "TokenExpires",
    "Truncated",
    "Twice",
    "exchanges_of",
    "leaves_undone",
]
