"""What stands before every fake.

Finds the world that a request is for, and writes the exchange into its journal.

Pure ASGI, because Starlette's function middleware halves the rate. A path `/w/NAME/...` belongs to world
NAME, anything else to the default world; the prefix becomes the `root_path`, so links and hrefs keep the host
and the prefix that the client used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.journal import Journal

DEFAULT_WORLD = "default"
"""The world that also answers at the root of the servers."""

WHO = "gradelab.who"
"""Key of the request's state under which a route leaves the name of the actor that it recognised."""

_PREFIX = re.compile(r"^/w/(?P<name>[A-Za-z0-9_.~-]+)(?=/|$)")
_SECRET_BODIES = re.compile(r"/token$")
_REDACTED = "(not kept: it holds a secret)"

SystemOf: TypeAlias = Callable[[str], str]
"""Names the system that a path belongs to, for the journal."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """What one world gives to one fake: the store that its routes work on, and the journal."""

    store: object
    journal: Journal


FindTenant: TypeAlias = Callable[[str], Tenant | None]
"""The tenant of a world's name, or None where there is no such world."""


def world_prefix(name: str) -> str:
    """The path prefix of a world, "" for the default one."""
    return "" if name == DEFAULT_WORLD else f"/w/{name}"


class WorldRouter:
    """Puts the store of the request's world into its state as `store`, and keeps the exchange."""

    def __init__(self, app: ASGIApp, find: FindTenant, system_of: SystemOf) -> None:
        self._app = app
        self._find = find
        self._system_of = system_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        found = _PREFIX.match(scope["path"])
        tenant = self._find(found["name"] if found else DEFAULT_WORLD)
        if tenant is None:
            await _no_such_world(send)
            return
        if found:
            scope = {**scope, "root_path": scope.get("root_path", "") + found[0]}
        scope["state"] = {**scope.get("state", {}), "store": tenant.store, WHO: ""}
        await _Recorder(tenant.journal, self._system_of).play(self._app, scope, receive, send)


class _Recorder:
    """Listens to one exchange and notes it when it ends."""

    def __init__(self, journal: Journal, system_of: SystemOf) -> None:
        self._journal = journal
        self._system_of = system_of
        self._request = bytearray()
        self._response = bytearray()
        self._status = 500
        self._content_type = ""

    async def play(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        async def heard() -> Message:
            message = await receive()
            self._request += message.get("body", b"")
            return message

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._status = message["status"]
                headers = dict(message.get("headers", ()))
                self._content_type = headers.get(b"content-type", b"").decode("latin-1")
            elif message["type"] == "http.response.body":
                self._response += message.get("body", b"")
            await send(message)

        try:
            await app(scope, heard, said)
        finally:
            self._note(scope)

    def _note(self, scope: Scope) -> None:
        path = scope["path"][len(scope.get("root_path", "")) :]
        secret = _SECRET_BODIES.search(path) is not None
        self._journal.note_exchange(
            system=self._system_of(path),
            who=str(scope["state"].get(WHO, "")),
            method=scope["method"],
            path=path,
            query=_without_secrets(scope["query_string"].decode("latin-1")),
            request_body=_REDACTED if secret else self._request.decode("utf-8", "replace"),
            status=self._status,
            response_body=_REDACTED if secret else self._response.decode("utf-8", "replace"),
            content_type=self._content_type,
        )


def name_actor(request: Request, who: str) -> None:
    """Tell the journal whose credentials the request carried."""
    request.scope["state"][WHO] = who


def _without_secrets(query: str) -> str:
    return re.sub(r"(access_token=)[^&]*", r"\1***", query)


async def _no_such_world(send: Send) -> None:
    start: dict[str, Any] = {"type": "http.response.start", "status": 404}
    await send({**start, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": b"There is no world of this name on this server.\n"})
