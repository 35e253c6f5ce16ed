"""Canvas's REST API, `/api/v1`, its SIS API, `/api/sis`, and its GraphQL: one module for each family.

What bites: the families that a sync seldom asks, `seldom.py`, are loaded when a request finds no route among
the others, so that the servers start sooner.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.canvas.routes import (
    assignments,
    class_submissions,
    courses,
    enrollments,
    grading,
    groups,
    overrides,
    people,
    sections,
)
from simulator.canvas.routes.application import canvas_application
from simulator.canvas.routes.slashes import KeepEncodedSlashes
from simulator.canvas.routes.spelling import TakeOtherSpellings
from simulator.canvas.routes.throttling import Throttle
from simulator.late_app import LateApp

OFTEN_ASKED = (
    class_submissions, grading, overrides, assignments, groups, enrollments, courses, sections, people,
)  # fmt: skip
"""Routes are tried in this order, so those that a sync asks most come first; and "overrides" is no
assignment's id, so overrides come before assignments."""


def build_canvas() -> FastAPI:
    """The application; the store of each request's world comes with the request, as `state.store`."""
    app = canvas_application(_asks_the_others())
    for family in OFTEN_ASKED:
        app.include_router(family.router, prefix="/api/v1")
    app.add_middleware(Throttle)
    app.add_middleware(TakeOtherSpellings)
    app.add_middleware(KeepEncodedSlashes)
    return app


class _FromTheOthers(Response):
    """The answer of the families that are seldom asked."""

    def __init__(self, others: ASGIApp) -> None:
        super().__init__()
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let them answer. Nobody has read the body yet, because no route was found."""
        await self._others(scope, receive, send)


def _asks_the_others() -> Callable[[Request, Exception], Awaitable[Response]]:
    """What to do about a request for which none of the first families has a route."""
    others = LateApp(_others)

    async def ask(_request: Request, _error: Exception) -> Response:
        return _FromTheOthers(others)

    return ask


def _others() -> FastAPI:
    from simulator.canvas.routes.seldom import build_others  # noqa: PLC0415 - loading them is what is put off

    return build_others()
