"""Reads the other ways to spell a request, which Rails takes for the same: HEAD, slashes, `.json`.

What must never be here: which path leads where. What bites: `.json` is no part of a SIS id at the end of a
path, so whoever has such ids writes them in hexadecimal.

Source: Rails, its router, which takes a path without doubled and closing slashes; Rack's HEAD, which is a GET
whose body is not sent; Canvas source, its API routes, whose ids never end in ".json".
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DOUBLED = re.compile(r"/{2,}")
_FORMAT = ".json"
_WITH_FORMAT = ("/api/v1/", "/api/sis/")
"""Only below these; GraphQL has no format."""


class TakeOtherSpellings:
    """Puts the plain spelling in the place of another one. Pure ASGI, and quick where it is plain already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        prefix = scope.get("root_path", "")
        path = scope["path"][len(prefix) :]
        plain = plain_path(path)
        if plain != path:
            scope = {**scope, "path": prefix + plain}
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        await self._app(scope, receive, send)


def plain_path(path: str) -> str:
    """A path as the routes have it."""
    if "//" in path:
        path = _DOUBLED.sub("/", path)
    if path.endswith("/") and path != "/":
        path = path[:-1]
    if path.endswith(_FORMAT) and path.startswith(_WITH_FORMAT):
        path = path.removesuffix(_FORMAT)
    return path


def _without_body(send: Send) -> Send:
    """Sends the head of an answer, which tells how long the body would be, and leaves the body out."""

    async def said(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return said
