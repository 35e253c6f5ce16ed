"""Reads single parameters as Rails does: what is true, what is a number, what names a record.

What lives here: pure readings of one value. What must never be here: which parameters an endpoint has.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from simulator.canvas.rack import Params, Value

_TRUE_WORDS = frozenset({"true", "t", "yes", "y", "on", "1"})
_INTEGER = re.compile(r"[0-9]{1,18}")
_LEADING_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,18})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_FRACTION = re.compile(r"\.([0-9]+)")
_SIS_PREFIX = re.compile(r"(?P<hex>hex:)?(?P<by>(?:sis|lti)_[a-z_]+):(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Locator:
    """How a path or a parameter names a record: by Canvas's `id` or by a SIS id, such as `sis_user_id`."""

    by: str
    value: str | int


def is_given(value: Value) -> bool:
    """Whether Ruby takes the value for true: everything but null and false, so "" and "0" too."""
    return value is not None and value is not False


def as_flag(value: Value) -> bool:
    """A boolean in any of the ways in which Canvas takes one."""
    return isinstance(value, str | bool | int) and str(value).lower() in _TRUE_WORDS


def as_text(value: Value) -> str | None:
    """The text of a plain value, or None for null, a list or a hash."""
    if value is None or isinstance(value, list | dict):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_words(value: Value) -> tuple[str, ...]:
    """A list of texts, whether it came as a list or as one value."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(as_text, values) if text)


def as_hash(value: Value) -> Params:
    """A hash, empty where something else came."""
    return value if isinstance(value, dict) else {}


def as_integer(value: Value) -> int | None:
    """A whole number of reasonable length, or None."""
    text = as_text(value)
    return int(text) if text is not None and _INTEGER.fullmatch(text) else None


def as_leading_integer(value: Value) -> int:
    """The whole number that a text begins with, 0 where it begins with none, as Ruby's `to_i`."""
    found = _LEADING_INTEGER.match(as_text(value) or "")
    return int(found[1]) if found else 0


def as_number(value: Value) -> float | None:
    """A finite number, or None."""
    text = as_text(value)
    if text is None or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def read_moment(text: str, zone: tzinfo) -> datetime:
    """A time in full ISO 8601 with seconds; one without an offset is in `zone`.

    Raises:
        ValueError: If it is anything else.
    """
    if not _MOMENT.fullmatch(text):
        raise ValueError(f"{text!r} is not a full ISO 8601 time")
    plain = _FRACTION.sub(lambda found: f".{found[1][:6]:<06}", text)
    try:
        moment = datetime.fromisoformat(plain)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is out of range") from error


def as_moment(value: Value, zone: tzinfo) -> datetime | None:
    """A date, or a time to the minute or finer; one without an offset is in `zone`. None for anything else.

    So Rails reads the dates of most records, where `read_moment` is what the strict ones ask for.
    """
    try:
        moment = datetime.fromisoformat(as_text(value) or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def locate(text: str) -> Locator | None:
    """How a text names a record, or None where it names none."""
    if _INTEGER.fullmatch(text):
        return Locator("id", int(text))
    found = _SIS_PREFIX.fullmatch(text)
    if found is None:
        return None
    if not found["hex"]:
        return Locator(found["by"], found["value"])
    try:
        return Locator(found["by"], bytes.fromhex(found["value"]).decode())
    except ValueError:
        return None


def inspected(value: Value) -> str:
    """A value as Ruby shows it to programmers, and Canvas in some refusals: `"x"`, `["1", "2"]`, `nil`."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(inspected, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inspected(key)}=>{inspected(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
