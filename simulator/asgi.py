"""What stands before every fake.

Finds the world that a request is for, and writes the exchange into its journal.

Pure ASGI, because Starlette's function middleware halves the rate. A path `/w/NAME/...` belongs to world
NAME, anything else to the default world; the prefix becomes the `root_path`, so links and hrefs keep the host
and the prefix that the client used.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Any, TypeAlias

from starlette.datastructures import URL
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.clock import Clock
from simulator.journal import Journal
from simulator.not_simulated import header_of
from simulator.waiting import Waiting

DEFAULT_WORLD = "default"
"""The world that also answers at the root of the servers."""
WORLD_NAME = r"[A-Za-z0-9_.~-]{1,200}"
"""What a world may be called, as a pattern: it is a part of URLs."""

EXCHANGE = "gradelab.exchange"
"""Key of the request's state under which its `ExchangeInProgress` is found."""

_PREFIX = re.compile(rf"^/w/(?P<name>{WORLD_NAME})(?=/|$)")
_HEADER_NAMES_MAX = 256
"""Clients send the same few names again and again; so many are remembered."""
_DATES_MAX = 64
"""A world's clock stands still through many exchanges; so many of its dates are remembered."""
_BASES_MAX = 256
"""Clients call a world by the same host again and again; so many of its addresses are remembered."""
_SECRET_BODIES = re.compile(r"/token/?$")
_REDACTED = "(not kept: it holds a secret)"
_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-csrf-token"}
)

SystemOf: TypeAlias = Callable[[str], str]
"""Names the system that a path belongs to, for the journal."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """What one world gives to one fake.

    Attributes:
        store: What its routes work on.
        journal: Where its exchanges are noted.
        clock: The time that this system takes for the present one; None for the journal's own time.
        waiting: Who waits for the world's clock, to be told that an exchange goes on.
        around: Puts what is planned to go wrong around the application.
        tells_not_simulated: Whether a header tells the client what the fake does not simulate.
    """

    store: object
    journal: Journal
    clock: Clock | None = None
    waiting: Waiting | None = None
    around: Callable[[ASGIApp], ASGIApp] = lambda app: app
    tells_not_simulated: bool = False


FindTenant: TypeAlias = Callable[[str], Tenant | None]
"""The tenant of a world's name, or None where there is no such world."""


@dataclass(slots=True)
class ExchangeInProgress:
    """An exchange while it goes on: what the journal will keep of it.

    `fault`, `handled`, and `answered` belong to whoever makes something go wrong on purpose.
    """

    system: str
    who: str = ""
    request_body: bytearray = field(default_factory=bytearray)
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    response_parts: list[bytes] = field(default_factory=list)
    fault: str = ""
    handled: bool = True
    simulated: bool = True
    """Whether the fake knows the path and the verb at all."""
    tells_not_simulated: bool = False
    """Whether the client wants to be told what is not simulated."""
    left_aside: Callable[[], Iterable[str]] = tuple
    """The parameters of the request that the fake has not looked at, as far as it can tell."""

    def hear(self, message: Message) -> None:
        """Take in a part of the request."""
        self.request_body += message.get("body", b"")

    def abandoned(self) -> None:
        """The client went away before it had sent its request: nobody reads what was to be answered."""
        self.status, self.headers, self.handled = 0, (), False
        self.response_parts.clear()

    def answered(self, message: Message) -> None:
        """Take in a part of the answer, whether it reaches the client or not."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = _shown(message.get("headers", ()))
            self.response_parts.clear()
        elif message["type"] == "http.response.body":
            self.response_parts.append(message.get("body", b""))


def world_prefix(name: str) -> str:
    """The path prefix of a world, "" for the default one."""
    return "" if name == DEFAULT_WORLD else f"/w/{name}"


def path_in_world(scope: Scope) -> str:
    """The path of a request without its world's prefix."""
    path: str = scope["path"][len(scope.get("root_path", "")) :]
    return path


def base_of(request: Request) -> str:
    """Scheme, host and world prefix that the client used, without a slash at the end."""
    scope = request.scope
    root_path = scope.get("app_root_path", scope.get("root_path", ""))
    host = next((value for name, value in scope["headers"] if name == b"host"), None)
    server = scope.get("server")  # which a server may give as a list
    return _base_of(scope.get("scheme", "http"), host, None if server is None else tuple(server), root_path)


@lru_cache(maxsize=_BASES_MAX)
def _base_of(scheme: str, host: bytes | None, server: tuple[str, int | None] | None, root_path: str) -> str:
    headers = [] if host is None else [(b"host", host)]
    scope = {"scheme": scheme, "server": server, "headers": headers, "path": f"{root_path}/"}
    return str(URL(scope=scope)).rstrip("/")


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
        exchange = ExchangeInProgress(
            self._system_of(path_in_world(scope)), tells_not_simulated=tenant.tells_not_simulated
        )
        scope["state"] = {**scope.get("state", {}), "store": tenant.store, EXCHANGE: exchange}
        with contextlib.nullcontext() if tenant.waiting is None else tenant.waiting.busy():
            await _Player(tenant, exchange).play(self._app, scope, receive, send)


class _Player:
    """Lets the application answer, listens, and notes the exchange when it ends."""

    def __init__(self, tenant: Tenant, exchange: ExchangeInProgress) -> None:
        self._tenant = tenant
        self._exchange = exchange
        self._world_clock = tenant.journal.clock
        self._system_clock = tenant.clock or self._world_clock

    async def play(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        begun = self._world_clock.now()

        async def heard() -> Message:
            message = await receive()
            self._exchange.hear(message)
            return message

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = not_simulated_header(self._exchange, message)
                message = {**message, "headers": [*message.get("headers", ()), self._date(), *told]}
            self._exchange.answered(message)
            await send(message)

        try:
            await self._tenant.around(app)(scope, heard, said)
        except ClientDisconnect:
            self._exchange.abandoned()
        finally:
            took = self._world_clock.now() - begun
            note_exchange(self._tenant.journal, self._exchange, scope, seconds=took.total_seconds())

    def _date(self) -> tuple[bytes, bytes]:
        """The `Date` header: what this system takes for the time."""
        return b"date", _date_of(self._system_clock.now().replace(microsecond=0))


@lru_cache(maxsize=_DATES_MAX)
def _date_of(second: datetime) -> bytes:
    return format_datetime(second, usegmt=True).encode()


def not_simulated_header(exchange: ExchangeInProgress, started: Message) -> list[tuple[bytes, bytes]]:
    """What the fake does not simulate of this exchange, where the client wants to be told; or nothing."""
    if not exchange.tells_not_simulated:
        return []
    length = next((value for name, value in started.get("headers", ()) if name == b"content-length"), b"")
    return header_of(
        started["status"],
        simulated=exchange.simulated,
        left_aside=exchange.left_aside,
        is_empty=length == b"2",
    )


def note_exchange(journal: Journal, exchange: ExchangeInProgress, scope: Scope, *, seconds: float) -> None:
    """Keep an exchange that has come to its end, without its secrets."""
    path = path_in_world(scope)
    secret = _SECRET_BODIES.search(path) is not None
    headers = dict(exchange.headers)
    journal.note_exchange(
        system=exchange.system,
        who=exchange.who,
        method=scope["method"],
        path=path,
        query=_without_secrets(scope["query_string"].decode("latin-1")),
        request_body=_REDACTED if secret else exchange.request_body.decode("utf-8", "replace"),
        status=exchange.status,
        response_body=_REDACTED if secret else b"".join(exchange.response_parts).decode("utf-8", "replace"),
        content_type=headers.get("content-type", ""),
        request_headers=_shown(scope["headers"]),
        response_headers=exchange.headers,
        fault=exchange.fault,
        handled=exchange.handled,
        simulated=exchange.simulated,
        seconds=seconds,
    )


def exchange_of(scope: Scope) -> ExchangeInProgress:
    """The exchange that a request is part of."""
    exchange: ExchangeInProgress = scope["state"][EXCHANGE]
    return exchange


def name_actor(request: Request, who: str) -> None:
    """Tell the journal whose credentials the request carried."""
    exchange_of(request.scope).who = who


def _shown(headers: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - ASGI's pairs of bytes
    """Headers as text, names in lower case, secrets left out."""
    named = [(_header_name(name), value) for name, value in headers]
    return tuple(
        [(name, "***" if name in _SECRET_HEADERS else value.decode("latin-1")) for name, value in named]
    )


@lru_cache(maxsize=_HEADER_NAMES_MAX)
def _header_name(name: bytes) -> str:
    return name.decode("latin-1").lower()


def _without_secrets(query: str) -> str:
    return re.sub(r"((?:access_token|client_secret)=)[^&]*", r"\1***", query)


async def _no_such_world(send: Send) -> None:
    start: dict[str, Any] = {"type": "http.response.start", "status": 404}
    await send({**start, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": b"There is no world of this name on this server.\n"})
