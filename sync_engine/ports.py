"""The engine's doors to the outside, as Protocols: one HTTP exchange, and the time.

What lives here: shapes. What must never be here: a library. `transport.py` is the transport that ships; a
harness brings its own, in process or lossy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `params` keeps order and repeats; at most one of `json_body` and `form` is given."""

    method: str
    url: str
    params: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    json_body: Any = None
    form: tuple[tuple[str, str], ...] | None = None

    def __repr__(self) -> str:
        """Without headers and bodies: they hold secrets and pupils' marks."""
        return f"Request({self.method} {self.url})"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 become a replacement sign."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:  # noqa: ANN401 - JSON is anything
        """The body as JSON.

        Raises:
            ValueError: If it is not JSON.
        """
        return json.loads(self.body)


class TransportError(Exception):
    """No answer came.

    Refused, unreachable, timed out, or cut off. Whether the request was carried out is unknown.
    """


class Transport(Protocol):
    """One HTTP request in, one answer out. Follows no redirects, repeats nothing, raises for no status."""

    async def send(self, request: Request) -> Answer:
        """Send and wait for the whole answer.

        Raises:
            TransportError: If no answer came.
        """
        ...


class Clock(Protocol):
    """The time, and waiting."""

    def now(self) -> datetime:
        """The present instant, with a zone."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait so long."""
        ...
