"""Kinds of faults that lie between the request and what is kept of it.

Dropped connections, lost and repeated deliveries, reads of what is old or on the move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from simulator.faults.kinds.bounds import ROWS_MAX, SECONDS_MAX, FaultError, one_of, within


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
    """The sender gets the true acknowledgement, and nothing of it is kept (Kern's FAQ 5).

    Only a write that is acknowledged can be lost so; one that is refused is none.
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
    """The rows of a list shift while a client pages: the page begins at another row than it would have.

    It strikes only requests of a later page, by number or offset: who pages by bookmark does not mind.

    Attributes:
        rows: By how many they shift. So many rows before the page went away, and the client misses as many;
            if negative, so many came in, and the client gets as many twice.
    """

    kind: ClassVar[str] = "shifting_rows"

    rows: int = 1

    def __post_init__(self) -> None:
        within("does.rows", self.rows, -ROWS_MAX, ROWS_MAX)
        if self.rows == 0:
            raise FaultError("does.rows", "must not be 0: then nothing would shift")
