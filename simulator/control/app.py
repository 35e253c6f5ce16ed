"""The control application: its routes, and the guard before them.

Every path answers the same plain 404 without the token, so that nobody learns from outside whether it is
there. A server that was started without a token has no such application at all.
"""

from __future__ import annotations

import hmac

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from simulator.addresses import Addresses
from simulator.control.answers import Complaint, ControlError, problem_answer
from simulator.control.asking import Controlled
from simulator.control.routes import ROUTES
from simulator.control.streams import Streams
from simulator.world import Worlds


def build_control(worlds: Worlds, addresses: Addresses, token: str) -> ControlApp:
    """The control application over these worlds, for whoever carries this token."""
    return ControlApp(Controlled(worlds, addresses, Streams()), token)


class ControlApp:
    """Lets nothing through without the token, and says nothing about it."""

    def __init__(self, control: Controlled, token: str) -> None:
        self._app = Starlette(
            routes=ROUTES,
            exception_handlers={ControlError: _refused, HTTPException: _not_served, ClientDisconnect: _gone},
        )
        self._app.router.redirect_slashes = False
        self._app.state.controlled = control
        self._streams = control.streams
        self._expected = f"Bearer {token}".encode()

    def end_streams(self) -> None:
        """Let every answer that goes on come to its end: the server stops."""
        self._streams.end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        given = dict(scope.get("headers", ())).get(b"authorization", b"")
        if scope["type"] != "http" or hmac.compare_digest(given, self._expected):
            await self._app(scope, receive, send)
        else:
            await Response("Not Found", 404, media_type="text/plain")(scope, receive, send)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ControlError)
    return problem_answer(error)


async def _gone(_request: Request, _error: Exception) -> Response:
    """A client that went away in the middle of its request: nothing was done, and nobody reads this."""
    return problem_answer(ControlError(400, Complaint("", "The request ended before its body did.")))


async def _not_served(request: Request, error: Exception) -> Response:
    """A path that is none, or a method that it does not have."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = ", ".join(sorted(_methods(request)))
        says = f"{request.method} is not for this path; it has {allowed}."
        return problem_answer(ControlError(405, Complaint("", says), headers={"Allow": allowed}))
    says = "There is no such path; the documentation of the control API lists them."
    return problem_answer(ControlError(error.status_code, Complaint("", says)))


def _methods(request: Request) -> set[str]:
    """All methods of the routes that have this path."""
    return {
        method
        for route in ROUTES
        if route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
