"""httpx2 straight into the fakes' applications, without sockets: fast, and the same as over a wire.

What bites: a dropped connection reaches the client as the error that httpx2 raises for one over a socket, so
a client under test need not know the difference.
"""

from __future__ import annotations

import httpx2

from simulator.faults.dropping import ConnectionDroppedError


class InProcessTransport(httpx2.ASGITransport):
    """An ASGI transport that knows planned faults."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            httpx2.RemoteProtocolError: If a planned fault dropped the connection.
        """
        try:
            return await super().handle_async_request(request)
        except ConnectionDroppedError as error:
            raise httpx2.RemoteProtocolError("The connection was cut off", request=request) from error
