"""The transport that ships: aiohttp, one request in, one answer out.

What lives here: time-outs, limits, and putting a library's faults into plain words. What must never be here:
retries (see `exchange`), redirects followed (they would carry a token elsewhere), cookies kept (districts
share one session).
"""

from __future__ import annotations

import json
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from sync_engine.ports import Answer, Request, TransportError

CONNECT_SECONDS_MAX = 10.0
ANSWER_SECONDS_MAX = 60.0
ANSWER_BYTES_MAX = 64 * 1024 * 1024
CONNECTIONS_MAX = 32


class HttpTransport:
    """Sends over real sockets. Make it inside a running event loop, and close it."""

    def __init__(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS_MAX),
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX, sock_connect=CONNECT_SECONDS_MAX),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "gradesync"},
        )
        # aiohttp repeats a request once by itself where the connection breaks, and has no option against it.
        # That is for `exchange` to decide, which counts, waits, and asks whether the request may be repeated.
        self._session._retry_connection = False  # noqa: SLF001

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def send(self, request: Request) -> Answer:
        """Send and wait for the whole answer.

        Raises:
            TransportError: If no answer came.
        """
        headers, body = _body(request)
        try:
            async with self._session.request(
                request.method, _url(request), headers=headers, data=body, allow_redirects=False
            ) as response:
                content = await _bounded(response)
                return Answer(
                    response.status,
                    {name.lower(): value for name, value in response.headers.items()},
                    content,
                )
        except TimeoutError as error:
            raise TransportError("no answer came in time") from error
        except aiohttp.InvalidURL as error:
            raise TransportError("that is no web address") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise TransportError(_in_words(error)) from error


def _url(request: Request) -> URL:
    """The address byte for byte: a followed link must come back as it was given."""
    query = urlencode(request.params)
    joint = "&" if "?" in request.url else "?"
    return URL(f"{request.url}{joint}{query}" if query else request.url, encoded=True)


def _body(request: Request) -> tuple[dict[str, str], bytes | None]:
    headers = dict(request.headers)
    if request.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers, urlencode(request.form).encode()
    if request.json_body is not None:
        headers["Content-Type"] = "application/json"
        return headers, json.dumps(request.json_body, allow_nan=False).encode()
    return headers, None


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        content += chunk
        if len(content) > ANSWER_BYTES_MAX:
            raise TransportError(f"the answer is larger than {ANSWER_BYTES_MAX // 1024 // 1024} MB")
    return bytes(content)


def _in_words(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "there is no host of this name"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not trusted"
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        return "it does not speak TLS there (is it http:// rather than https://?)"
    if isinstance(error, aiohttp.ClientConnectorError):
        return (
            "the connection was refused"
            if isinstance(error.os_error, ConnectionRefusedError)
            else "no connection"
        )
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError | ConnectionError):
        return "the connection was cut off"
    return "the exchange broke off"
