"""Kinds of faults that outlast the request that they strike: tokens that end, storms, restarts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from simulator.faults.kinds.bounds import EXCHANGES_MAX, SECONDS_MAX, one_of, within


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenExpires:
    """The access token that the request carries is over from this request on.

    A OneRoster client may ask for another; a Canvas token is a person's, who has to make a new one.
    TeacherVUE's does not expire, so it is never struck there; nor is a request that carries none, such as the
    one that asks for a token.
    """

    kind: ClassVar[str] = "token_expires"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrottleStorm:
    """The system throttles: this and the next requests, whoever sends them, are turned away as it does.

    Attributes:
        answers: How many in all.
        status: 429, or 403 as Canvas answered until October 2025; OneRoster and TeacherVUE know 429 only.
        retry_after_seconds: For a `Retry-After` header; None for none, as Canvas has none.
    """

    kind: ClassVar[str] = "throttle_storm"

    answers: int = 3
    status: Literal[403, 429] = 429
    retry_after_seconds: int | None = None

    def __post_init__(self) -> None:
        within("does.answers", self.answers, 1, EXCHANGES_MAX)
        one_of("does.status", self.status, (403, 429))
        if self.retry_after_seconds is not None:
            within("does.retry_after_seconds", self.retry_after_seconds, 0, SECONDS_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """The server restarts: connections are dropped, then it is there but not ready; its state is kept.

    It takes every request to the server, whoever sends it. Canvas keeps its tokens in its database, so they
    outlive a restart.

    Attributes:
        dropped: How many requests find their connection dropped, this one included.
        unavailable: How many are answered 503 afterwards.
        tokens: What becomes of OneRoster's access tokens; where Synergy keeps them is not known.
    """

    kind: ClassVar[str] = "restart"

    dropped: int = 2
    unavailable: int = 1
    tokens: Literal["kept", "lost"] = "kept"

    def __post_init__(self) -> None:
        within("does.dropped", self.dropped, 1, EXCHANGES_MAX)
        within("does.unavailable", self.unavailable, 0, EXCHANGES_MAX)
        one_of("does.tokens", self.tokens, ("kept", "lost"))
