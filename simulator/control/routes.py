"""`/_sim/`: what a script or a trainer does to worlds from outside: look, move the clock, start again.

Every path answers the same plain 404 without the token, so that nobody learns from outside whether it is
there. A world that is reset begins again: the same credentials open it, and its journal goes on.
"""

from __future__ import annotations

import hmac
import json
from datetime import timedelta
from typing import Annotated, Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.clock import ClockError
from simulator.journal import ENTRY_KINDS, Query, entry_as_dict
from simulator.world import World, Worlds

ADVANCE_SECONDS_MAX = 10 * 366 * 24 * 3600
"""Ten years: more than any story needs."""


class _Advance(BaseModel):
    model_config = ConfigDict(extra="forbid")

    seconds: Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=ADVANCE_SECONDS_MAX)]


def build_control(worlds: Worlds, token: str) -> ASGIApp:
    """The control application over these worlds, for whoever carries this token."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_exception_handler(HTTPException, _problem)
    _add_routes(app, worlds)
    return _Guard(app, token)


class _Guard:
    """Lets nothing through without the token, and says nothing about it."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, self._expected):
                await Response("Not Found", 404, media_type="text/plain")(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _add_routes(app: FastAPI, worlds: Worlds) -> None:
    def world_of(name: str) -> World:
        world = worlds.get(name)
        if world is None:
            raise HTTPException(404, f'There is no world "{name}".')
        return world

    @app.get("/_sim/worlds")
    async def list_worlds() -> JSONResponse:
        return JSONResponse({"worlds": [_described(world) for world in worlds]})

    @app.get("/_sim/worlds/{name}/journal")
    async def read_journal(request: Request, name: str) -> JSONResponse:
        return JSONResponse(_entries(world_of(name), request))

    @app.get("/_sim/worlds/{name}/clock")
    async def read_clock(name: str) -> JSONResponse:
        return JSONResponse({"now": world_of(name).clock.now().isoformat()})

    @app.post("/_sim/worlds/{name}/clock/advance")
    async def advance_clock(request: Request, name: str) -> JSONResponse:
        world = world_of(name)
        by = _seconds(await request.body())
        try:
            world.advance(timedelta(seconds=by), who="control")
        except ClockError as error:
            raise HTTPException(422, f"seconds: {error}.") from error
        return JSONResponse({"now": world.clock.now().isoformat()})

    @app.post("/_sim/worlds/{name}/reset")
    async def reset_world(name: str) -> JSONResponse:
        world = world_of(name)
        world.reset(who="control")
        return JSONResponse(_described(world))


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": str(error.detail)}, error.status_code, headers=error.headers)


def _described(world: World) -> dict[str, Any]:
    return {
        "name": world.name,
        "seed": world.seed,
        "profile": world.profile.name,
        "now": world.clock.now().isoformat(),
    }


def _entries(world: World, request: Request) -> dict[str, Any]:
    """The journal after entry `since`, narrowed to a kind; `next` is the `since` of the next call."""
    since = request.query_params.get("since", "0")
    if not (since.isascii() and since.isdigit() and len(since) <= 12):
        raise HTTPException(422, "since: must be the number of an entry, 0 for all.")
    kind = request.query_params.get("kind")
    if kind is not None and kind not in ENTRY_KINDS:
        raise HTTPException(422, f"kind: must be one of {', '.join(ENTRY_KINDS)}.")
    wanted = Query(since=int(since), kinds=frozenset({kind} if kind else ()))
    return {
        "entries": [entry_as_dict(entry) for entry in world.journal.select(wanted)],
        "next": len(world.journal),
    }


def _seconds(raw: bytes) -> float:
    try:
        return _Advance.model_validate(json.loads(raw)).seconds
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in fault["loc"]) or "the body"
        raise HTTPException(422, f"{field}: {fault['msg']}.") from error
    except (ValueError, RecursionError) as error:
        raise HTTPException(422, 'The body must be JSON such as {"seconds": 60}.') from error
