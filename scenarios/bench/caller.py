"""A client without a socket, for benchmarks: it costs next to nothing itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls an application as a server would, with as little around it as can be.

    Attributes:
        authorization: The whole header, "" for none.
    """

    app: ASGIApp
    authorization: str
    content_type: str = "application/json"

    async def json(self, method: str, target: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON
        """The answer as JSON.

        Raises:
            RuntimeError: If it is a refusal.
        """
        status, answer = await self.call(method, target, b"" if body is None else json.dumps(body).encode())
        if status >= 400:
            raise RuntimeError(f"{method} {target} -> {status}: {answer.decode()[:300]}")
        return json.loads(answer)

    async def call(self, method: str, target: str, body: bytes = b"") -> tuple[int, bytes]:
        """The status and the body of the answer."""
        path, _mark, query = target.partition("?")
        answer = bytearray()
        status = 0

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            answer.extend(message.get("body", b""))

        await self.app(self._scope(method, path, query), receive, send)
        return status, bytes(answer)

    def _scope(self, method: str, path: str, query: str) -> Scope:
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (b"host", b"localhost"),
                (b"content-type", self.content_type.encode()),
                (b"authorization", self.authorization.encode()),
            ],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
