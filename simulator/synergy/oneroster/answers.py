"""JSON as OneRoster sends it, in a fraction of the time that `json` takes for a page of rows."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from simulator.json_bytes import json_bytes


class OneRosterResponse(JSONResponse):
    """An answer."""

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - any JSON
        """Write it."""
        return json_bytes(content)
