"""Kinds of faults that lie between the request and what is kept of it.

Dropped connections, lost and repeated deliveries, reads of what is old or on the move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from simulator.faults.kinds.bounds import ROWS_MAX, SECONDS_MAX, one_of, within


@dataclass(frozen=True, slots=True, kw_only=True)
class DropBefore:
    """The connection is dropped before the request is handled: nothing happened."""

    kind: ClassVar[str] = "dropped_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAfter:
    """The request is carried out, then the connection is dropped: its sender never hears of it."""

    kind: ClassVar[str] = "dropped_after_commit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The sender gets the true acknowledgement, and nothing of it is kept (the seed's FAQ 5).

    Only a request that writes can be lost so.
    """

    kind: ClassVar[str] = "acknowledged_but_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """The request reaches the system twice, as a proxy that tries again delivers it.

    Only a request that writes is delivered twice.

    Attributes:
        hears: Which of the two answers the sender gets.
    """

    kind: ClassVar[str] = "delivered_twice"

    hears: Literal["first", "second"] = "second"

    def __post_init__(self) -> None:
        one_of("does.hears", self.hears, ("first", "second"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A read is answered as things stood a while ago, as by a copy that lags behind.

    It strikes only a read that a write of that while would have changed: before such a write nothing is
    stale.

    Attributes:
        seconds: How far the copy lags behind, in seconds of the world's clock.
    """

    kind: ClassVar[str] = "stale_read"

    seconds: float = 60.0

    def __post_init__(self) -> None:
        within("does.seconds", self.seconds, 0, SECONDS_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifting:
    """The rows of a list shift while a client pages: so many are missed, and as many come twice.

    It strikes only requests of a later page. What bites: lists that page by bookmark do not mind.

    Attributes:
        rows: By how many they shift.
    """

    kind: ClassVar[str] = "shifting_rows"

    rows: int = 1

    def __post_init__(self) -> None:
        within("does.rows", self.rows, 1, ROWS_MAX)
