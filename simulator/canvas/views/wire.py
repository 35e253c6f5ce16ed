"""How Canvas writes single values: times, and ids as strings where the client asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any

_MOMENTS_MAX = 8_192
"""A page of rows has the same few times again and again; so many texts of times are remembered."""
STRING_IDS = "application/json+canvas-string-ids"


@lru_cache(maxsize=_MOMENTS_MAX)
def moment(at: datetime | None) -> str | None:
    """A time in UTC to the second; what is below is cut off, not rounded."""
    if at is None:
        return None
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def local_moment(at: datetime, zone: tzinfo) -> str:
    """A time with the offset of its zone, as users have it."""
    return at.astimezone(zone).replace(microsecond=0).isoformat()


def with_string_ids(body: Any) -> Any:  # noqa: ANN401 - any JSON in, any JSON out
    """The same JSON with every `id`, `..._id` and `..._ids` as text, and the ids of `never_drop`."""
    if isinstance(body, list):
        return [with_string_ids(each) for each in body]
    if isinstance(body, dict):
        return {
            key: _as_text(value) if _names_id(key) else with_string_ids(value) for key, value in body.items()
        }
    return body


def _names_id(key: str) -> bool:
    return key in ("id", "never_drop") or key.endswith(("_id", "_ids"))


def _as_text(value: Any) -> Any:  # noqa: ANN401 - any JSON in, any JSON out
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
