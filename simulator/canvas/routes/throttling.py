"""Stands before Canvas's endpoints, and turns away a token that asks for too much.

What lives here: the headers and the answer, byte for byte. What must never be here: the arithmetic of the
bucket; `rules.throttle` has it. What bites: only a token that belongs to somebody has a bucket; and a token
can be in the body, which then is read here and handed on.
"""

from __future__ import annotations

from typing import TypeAlias
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.asgi import exchange_of
from simulator.canvas.bodies import read_body
from simulator.canvas.model import Actor, Bucket
from simulator.canvas.params import as_text
from simulator.canvas.rack import UnreadableError
from simulator.canvas.rules import throttle
from simulator.canvas.rules.throttle import Limits
from simulator.canvas.store import CanvasStore

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]

_PHRASES = {403: "403 Forbidden", 429: "429 Too Many Requests"}


class Throttle:
    """Canvas's request throttle, for tokens."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        store = scope.get("state", {}).get("store")
        if not isinstance(store, CanvasStore) or not store.profile.canvas_throttled:
            await self._app(scope, receive, send)
            return
        token = _token(scope)
        if token is None:
            token, receive = await _token_in_body(scope, receive)
        actor = store.actor_of(token.strip())
        if actor is None:
            await self._app(scope, receive, send)
            return
        with store.buckets.in_flight(actor):
            await self._handle(store, actor, scope, receive, send)

    async def _handle(
        self, store: CanvasStore, actor: Actor, scope: Scope, receive: Receive, send: Send
    ) -> None:
        limits = Limits.of(store.profile)
        bucket = _bucket(store, actor, limits)
        verdict = throttle.there_is_room(bucket, store.buckets.count_in_flight(actor), limits)
        if verdict.refused:
            exchange_of(scope).who = actor.name
            store.note_refusal(f"requests of {actor.name}", verdict)
            await _too_many(store.profile.canvas_throttle_status)(scope, receive, send)
            return

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_charge(store, actor, limits)]}
            await send(message)

        await self._app(scope, receive, said)


def _charge(store: CanvasStore, actor: Actor, limits: Limits) -> Headers:
    """Pour the request's cost into the bucket; the headers that tell the client what is left."""
    cost = store.profile.canvas_request_cost
    bucket = throttle.charged(_bucket(store, actor, limits), cost, limits)
    if bucket.level:
        store.buckets.put(bucket)
    left = throttle.remaining(bucket, store.buckets.count_in_flight(actor) - 1, limits)
    return (
        (b"x-request-cost", str(float(cost)).encode()),
        (b"x-rate-limit-remaining", str(left).encode()),
    )


def _bucket(store: CanvasStore, actor: Actor, limits: Limits) -> Bucket:
    now = store.now
    return throttle.leaked(store.buckets.of(actor, now), now, limits)


def _too_many(status: int) -> PlainTextResponse:
    words = f"{_PHRASES[status]} (Rate Limit Exceeded)\n"
    return PlainTextResponse(words, status, headers={"X-Rate-Limit-Remaining": "0.0"})


def _token(scope: Scope) -> str | None:
    """The token that a request carries in its header or its query, None where it carries none there."""
    given: bytes = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
    scheme, _space, token = given.decode("latin-1").partition(" ")
    if scheme.lower() == "bearer":
        return token
    query: bytes = scope["query_string"]
    if b"access_token=" not in query:
        return None
    return parse_qs(query.decode("latin-1")).get("access_token", [""])[-1]


async def _token_in_body(scope: Scope, receive: Receive) -> tuple[str, Receive]:
    """The token that a body carries, "" for none, and how to receive that body once more."""
    request = Request(scope, receive)
    body = await request.body()
    unsent = [body]

    async def again() -> Message:
        if unsent:
            return {"type": "http.request", "body": unsent.pop(), "more_body": False}
        return await receive()

    try:
        params = read_body(request.headers.get("content-type", ""), body)
    except UnreadableError:
        return "", again
    return as_text(params.get("access_token")) or "", again
