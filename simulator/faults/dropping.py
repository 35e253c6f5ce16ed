"""Dropping a connection: for real over sockets, as an exception in process.

A server that can drop offers it as an extension of the scope, `gradelab.drop`, with a function `close` that
closes the connection once what was written is out. In process there is no connection, so the application
raises, and the client's transport tells its client what a socket would have.
"""

from __future__ import annotations

from starlette.types import Receive, Scope

DROP = "gradelab.drop"
_GOODBYES_MAX = 100
"""So many messages may still come before the server sees that the connection is gone."""


class ConnectionDroppedError(Exception):
    """A planned fault dropped the connection; there was none to drop, because this is in process.

    Whoever calls the application catches it and tells its client that the connection was cut off.
    """


def is_served(scope: Scope) -> bool:
    """Whether a server that can drop stands before the application."""
    return DROP in scope.get("extensions", {})


async def drop(scope: Scope, receive: Receive) -> None:
    """Drop the connection that a request came by.

    Raises:
        ConnectionDroppedError: In process.
    """
    if not is_served(scope):
        raise ConnectionDroppedError(f"{scope['method']} {scope['path']}: the connection was dropped")
    scope["extensions"][DROP]["close"]()
    for _message in range(_GOODBYES_MAX):
        if (await receive())["type"] == "http.disconnect":
            return
