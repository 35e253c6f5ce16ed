"""Stands before Canvas's endpoints, and turns away a token that asks for too much.

What lives here: the headers and the answer, byte for byte. What must never be here: the arithmetic of the
bucket; `rules.throttle` has it. What bites: only a token that belongs to somebody has a bucket, so a token in
the form of a body, which nobody has read yet, is not charged.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.asgi import exchange_of
from simulator.canvas.model import Actor
from simulator.canvas.rules import throttle
from simulator.canvas.rules.throttle import Limits
from simulator.canvas.store import CanvasStore

_PHRASES = {403: "403 Forbidden", 429: "429 Too Many Requests"}


class Throttle:
    """Canvas's request throttle, for tokens."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        store = scope.get("state", {}).get("store")
        actor = _actor(scope, store) if isinstance(store, CanvasStore) else None
        if actor is None or not store.profile.canvas_throttled:
            await self._app(scope, receive, send)
            return
        with store.in_flight(actor):
            await self._handle(store, actor, scope, receive, send)

    async def _handle(
        self, store: CanvasStore, actor: Actor, scope: Scope, receive: Receive, send: Send
    ) -> None:
        limits = Limits.of(store.profile)
        bucket = throttle.leaked(store.bucket_of(actor), store.now, limits)
        verdict = throttle.there_is_room(bucket, store.count_in_flight(actor), limits)
        if verdict.refused:
            exchange_of(scope).who = actor.name
            store.note_refusal(f"requests of {actor.name}", verdict)
            await _too_many(store.profile.canvas_throttle_status)(scope, receive, send)
            return

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                _charge(store, actor, limits, MutableHeaders(raw=message["headers"]))
            await send(message)

        await self._app(scope, receive, said)


def _charge(store: CanvasStore, actor: Actor, limits: Limits, headers: MutableHeaders) -> None:
    """Pour the request's cost into the bucket, and tell the client what is left."""
    cost = store.profile.canvas_request_cost
    before = throttle.leaked(store.bucket_of(actor), store.now, limits)
    bucket = throttle.charged(before, cost, limits)
    if bucket.level or store.bucket_of(actor).level:
        store.put_bucket(bucket)
    others = store.count_in_flight(actor) - 1
    headers["X-Request-Cost"] = str(float(cost))
    headers["X-Rate-Limit-Remaining"] = str(throttle.remaining(bucket, others, limits))


def _too_many(status: int) -> PlainTextResponse:
    words = f"{_PHRASES[status]} (Rate Limit Exceeded)\n"
    return PlainTextResponse(words, status, headers={"X-Rate-Limit-Remaining": "0.0"})


def _actor(scope: Scope, store: CanvasStore) -> Actor | None:
    """Whose token the request carries, in its header or its query."""
    scheme, _space, token = Headers(scope=scope).get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        if b"access_token=" not in scope["query_string"]:
            return None
        token = parse_qs(scope["query_string"].decode("latin-1")).get("access_token", [""])[-1]
    return store.actor_of(token.strip())
