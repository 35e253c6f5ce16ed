"""Lets a SIS id have a slash: `sis_course_id:A%2FB` is one segment of a path, not two.

A server decodes a path before anybody routes it, so an encoded slash looks like any other by then. What lives
here: reading such paths anew, with a stand-in for the slashes that were encoded, and the way back. What must
never be here: which path leads where.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_STAND_IN = "\ue02f"
"""A character of Unicode's private use area, which no SIS has in its ids."""
_ENCODED = re.compile(rb"%2[fF]")


class KeepEncodedSlashes:
    """Puts the stand-in where the client encoded a slash. Pure ASGI, and quick where there is none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        raw = scope.get("raw_path") or b""
        if scope["type"] == "http" and b"%2" in raw and _ENCODED.search(raw):
            scope = {**scope, "path": _reread(raw, scope)}
        await self._app(scope, receive, send)


def with_slashes(text: str) -> str:
    """A segment of a path as the client meant it."""
    return text.replace(_STAND_IN, "/") if _STAND_IN in text else text


def quoted(path: str) -> str:
    """A path as a part of a URL, its encoded slashes encoded again."""
    parts = path.split(_STAND_IN)
    return "%2F".join(quote(part, safe="/:") for part in parts)


def _reread(raw: bytes, scope: Scope) -> str:
    marked = _ENCODED.sub(quote(_STAND_IN).encode(), raw.partition(b"?")[0])
    path = unquote(marked.decode("latin-1"))
    return path if with_slashes(path) == scope["path"] else str(scope["path"])
