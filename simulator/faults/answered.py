"""A whole answer as a value, and letting an application give one.

What lives here: carrying a request out without its client noticing, so that what comes of it can be looked
at, kept back, changed or thrown away. What bites: nothing here waits for anybody, so a request that is
carried out so is never interrupted by another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_BYTES_MAX = 16 * 1024 * 1024
"""A request whose body is longer is none that faults look into."""

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole answer."""

    status: int
    headers: Headers
    body: bytes

    @classmethod
    def of(cls, response: Response) -> Answered:
        """What a response would send."""
        return cls(response.status_code, tuple(response.raw_headers), bytes(response.body))

    def with_body(self, body: bytes) -> Answered:
        """The same with another body, and the length that goes with it."""
        kept = tuple((name, value) for name, value in self.headers if name.lower() != b"content-length")
        return replace(self, headers=(*kept, (b"content-length", str(len(body)).encode())), body=body)

    @property
    def start(self) -> Message:
        """Its first message."""
        return {"type": "http.response.start", "status": self.status, "headers": list(self.headers)}

    async def send(self, send: Send) -> None:
        """Send all of it."""
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})


async def read_body(receive: Receive) -> tuple[bytes, bool]:
    """The body of a request, and whether it is all of it.

    It is not where the client went away, or where it is too long to look into.
    """
    body = bytearray()
    while len(body) <= REQUEST_BYTES_MAX:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body), True
    return bytes(body), False


def saying(body: bytes, after: Receive, *, is_whole: bool = True) -> Receive:
    """Says what was read of a body already; then whatever still comes."""
    said = False

    async def receive() -> Message:
        nonlocal said
        if said:
            return await after()
        said = True
        return {"type": "http.request", "body": body, "more_body": not is_whole}

    return receive


async def carry_out(app: ASGIApp, scope: Scope, body: bytes) -> Answered:
    """Let the application answer a request; its client hears nothing of it."""
    messages: list[Message] = []

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def keep(message: Message) -> None:
        messages.append(message)

    await app({**scope, "state": dict(scope["state"])}, saying(body, gone), keep)
    start = messages[0]
    said = b"".join(each.get("body", b"") for each in messages[1:])
    return Answered(start["status"], tuple(start.get("headers", ())), said)
