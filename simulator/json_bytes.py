"""JSON as bytes, several times faster than the standard library: a page of rows is mostly this."""

from __future__ import annotations

import json
from typing import Any

import orjson


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    """UTF-8, without spaces, every character as it is."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        # A whole number of more than 64 bits, which a client may have sent and is to get back.
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
