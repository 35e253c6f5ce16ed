"""The control application, loaded when it is first asked: most runs of the fakes never are.

What bites: the first request waits a fifth of a second for it, once in the life of a server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from simulator.addresses import Addresses
from simulator.world import Worlds

if TYPE_CHECKING:
    from simulator.control import ControlApp


class LateControl:
    """An ASGI application that stands for the control application until somebody calls."""

    def __init__(self, worlds: Worlds, addresses: Addresses, token: str) -> None:
        self._worlds = worlds
        self._addresses = addresses
        self._token = token
        self._app: ControlApp | None = None

    def end_streams(self) -> None:
        """Let every answer that goes on come to its end: the server stops."""
        if self._app is not None:
            self._app.end_streams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if self._app is None:
            from simulator.control import build_control  # noqa: PLC0415 - loading it is what is put off

            self._app = build_control(self._worlds, self._addresses, self._token)
        await self._app(scope, receive, send)
