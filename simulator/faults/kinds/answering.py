"""Kinds of faults that spoil the answer: another one, a late one, a damaged one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from simulator.faults.kinds.bounds import PIECES_MAX, SECONDS_MAX, WORDS_CHARACTERS_MAX, FaultError, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The vendor answers this status, in its own error body, in place of what was asked for.

    Attributes:
        words: What the error says; "" for what the vendor says with this status.
        retry_after_seconds: For a `Retry-After` header; None for none.
        committed: Whether the request is carried out all the same.
    """

    kind: ClassVar[str] = "answer"

    status: int
    words: str = ""
    retry_after_seconds: int | None = None
    committed: bool = False

    def __post_init__(self) -> None:
        within("does.status", self.status, 400, 599)
        within("does.words", len(self.words), 0, WORDS_CHARACTERS_MAX, "characters")
        if self.retry_after_seconds is not None:
            within("does.retry_after_seconds", self.retry_after_seconds, 0, SECONDS_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A page for people comes in place of the answer, as from a proxy or a log-in screen.

    Attributes:
        status: With which status; a log-in screen comes with 200.
        committed: Whether the request is carried out all the same.
    """

    kind: ClassVar[str] = "html_page"

    status: int = 502
    committed: bool = False

    def __post_init__(self) -> None:
        within("does.status", self.status, 200, 599)
        if self.status in {204, 205, 304}:
            raise FaultError("does.status", f"an answer of {self.status} has no body, so it can show no page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """The answer is a good one, but it comes late.

    Attributes:
        seconds: What passes before it, at least.
        spread_seconds: So much more at most; how much, the seed says.
    """

    kind: ClassVar[str] = "latency"

    seconds: float
    spread_seconds: float = 0.0

    def __post_init__(self) -> None:
        within("does.seconds", self.seconds, 0, SECONDS_MAX)
        within("does.spread_seconds", self.spread_seconds, 0, SECONDS_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drip:
    """The answer's body comes in pieces, and time passes before each.

    Attributes:
        pieces: In how many; at most one for each byte.
        seconds: How long it takes altogether.
    """

    kind: ClassVar[str] = "slow_drip"

    seconds: float
    pieces: int = 10

    def __post_init__(self) -> None:
        within("does.seconds", self.seconds, 0, SECONDS_MAX)
        within("does.pieces", self.pieces, 1, PIECES_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncated:
    """The answer is cut: its headers promise the whole, a part comes, and the connection is dropped.

    Attributes:
        share: How much of the body comes, from 0 up to but not 1.
    """

    kind: ClassVar[str] = "truncated_body"

    share: float = 0.5

    def __post_init__(self) -> None:
        within("does.share", self.share, 0, math.nextafter(1, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """The answer has its own status and headers, but its body is JSON no more."""

    kind: ClassVar[str] = "malformed_json"
