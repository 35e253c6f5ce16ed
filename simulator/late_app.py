"""An application that is put together when it is first called: most runs of the fakes never call some.

What must never be here: what any of them is. What bites: the first request waits for the loading, a tenth of
a second or two, once in the life of a server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

App = TypeVar("App", bound=ASGIApp)


class LateApp(Generic[App]):
    """Stands for an application until somebody calls.

    Args:
        build: Loads it and puts it together; called once.

    Attributes:
        built: The application, None as long as nobody has called.
    """

    def __init__(self, build: Callable[[], App]) -> None:
        self._build = build
        self.built: App | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if self.built is None:
            self.built = self._build()
        await self.built(scope, receive, send)
