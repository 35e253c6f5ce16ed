"""One request and one answer, as the suite sees them. How they travel is the business of whoever runs it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from contracts.conformance.check import BrokenError

BODY_TOLD_MAX = 300


@dataclass(frozen=True, slots=True)
class Question:
    """A request."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. The names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever the provider says
        """The body.

        Raises:
            BrokenError: If it is no JSON.
        """
        try:
            return json.loads(self.body)
        except ValueError as error:
            told = self.body[:BODY_TOLD_MAX].decode("utf-8", "replace")
            raise BrokenError(f"the body of a {self.status} is no JSON: {told!r}") from error

    def links(self) -> dict[str, str]:
        """The addresses of the `Link` header by their rel."""
        found = re.findall(r'<([^>]*)>\s*;\s*rel="?(\w+)"?', self.headers.get("link", ""))
        return {rel: url for url, rel in found}


class Send(Protocol):
    """Sends a request and waits for the answer. Redirects are not followed."""

    async def __call__(self, question: Question, /) -> Reply:
        """Send it.

        Raises:
            OSError: If nobody answers.
        """
        ...


def address(base: str, path: str, params: Mapping[str, object] | None = None) -> str:
    """A URL; what is in the query is escaped so that every signature method agrees on it."""
    query = urlencode({name: str(value) for name, value in (params or {}).items()}, quote_via=quote, safe="")
    return f"{base}{path}" + (f"?{query}" if query else "")
