"""HTTP as a story needs it: a base URL, a token, JSON in and out, over the stage's wire."""

from __future__ import annotations

import json
from typing import Any

from scenarios.stage.narration import StoryError
from sync_engine import Answer, Request, Transport

PAGES_MAX = 50


class Web:
    """One system, as one person who is signed in sees it."""

    def __init__(self, wire: Transport, base_url: str, token: str) -> None:
        self._wire = wire
        self._base_url = base_url
        self._token = token

    async def ask(self, method: str, path: str, body: object = None, **params: str) -> Answer:
        """Send a request and take whatever comes back."""
        return await self._wire.send(
            Request(
                method,
                self._base_url + path,
                params=tuple(params.items()),
                headers={"authorization": f"Bearer {self._token}", "accept": "application/json"},
                json_body=body,
            )
        )

    async def must(self, method: str, path: str, body: object = None, **params: str) -> Any:  # noqa: ANN401 - JSON
        """Send a request that has to succeed; the JSON of its answer.

        Raises:
            StoryError: If it was refused.
        """
        answer = await self.ask(method, path, body, **params)
        if answer.status >= 400:
            raise StoryError(
                f"{method} {path} with {json.dumps(body)} was answered {answer.status}: {answer.text}"
            )
        return answer.json() if answer.body else None
