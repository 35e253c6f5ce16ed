"""Reads query strings and forms as Rack does, nesting and all.

`a[b]=1` is a hash, `a[]=1` a list, `a[][b]=1` a list of hashes in which a new element starts only when a
key repeats. What bites: of two equal keys the last wins, and a list of hashes whose elements have different
keys arrives as one merged hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote_plus

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Params: TypeAlias = dict[str, Value]

DEPTH_MAX = 32

_SHORT_CHARACTERS, _SHORT_TEXTS_MAX = 80, 2_048
"""Clients send the same keys and values again and again; so many short ones are remembered."""

_KEY = re.compile(r"(?P<name>[^\[]+)(?P<rest>(?:\[[^\[\]]*\])*)")
_STEP = re.compile(r"\[([^\[\]]*)\]")


class UnreadableError(ValueError):
    """The request's parameters cannot be read.

    Either they are not valid UTF-8 or JSON, they nest too deep, or one key is used as two kinds of thing.
    """


def read_query(text: str) -> Params:
    """Read a query string or a form body.

    Raises:
        UnreadableError: If it cannot be read.
    """
    parts = (part.partition("=") for part in text.split("&"))
    return read_pairs((_decode(name), _decode(value) if equals else None) for name, equals, value in parts)


def read_pairs(pairs: Iterable[tuple[str, Value]]) -> Params:
    """Put names and values together, each into the place that its name says.

    Raises:
        UnreadableError: If they nest too deep, or one key is used as two kinds of thing.
    """
    params: Params = {}
    for name, value in pairs:
        if name:
            _place(params, _path(name), value)
    return params


def read_json(body: bytes) -> Params:
    """Read a JSON body; anything but an object holds no parameters.

    Raises:
        UnreadableError: If it is not JSON.
    """
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The body is not JSON") from error
    return value if isinstance(value, dict) else {}


def _refuse_constant(name: str) -> Value:
    raise ValueError(f"{name} is not JSON")


def _decode(text: str) -> str:
    return _decode_short(text) if len(text) <= _SHORT_CHARACTERS else _decode_any(text)


def _decode_any(text: str) -> str:
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError as error:
        raise UnreadableError("The parameters are not valid UTF-8") from error


@lru_cache(maxsize=_SHORT_TEXTS_MAX)
def _decode_short(text: str) -> str:
    return _decode_any(text)


def _path(key: str) -> list[str]:
    """The steps of a key; one that is not well formed is taken as it stands."""
    found = _KEY.fullmatch(key)
    if found is None:
        return [key]
    path = [found["name"], *_STEP.findall(found["rest"])]
    if len(path) > DEPTH_MAX:
        raise UnreadableError(f"The parameters nest deeper than {DEPTH_MAX}")
    return path


def _place(into: Params, path: list[str], value: Value) -> None:
    key, rest = path[0], path[1:]
    if not rest:
        into[key] = value
    elif rest == [""]:
        _list_at(into, key).append(value)
    elif rest[0] == "":
        _place(_open_element(_list_at(into, key), rest[1:]), rest[1:], value)
    else:
        _place(_hash_at(into, key), rest, value)


def _list_at(into: Params, key: str) -> list[Value]:
    found = into.setdefault(key, [])
    if not isinstance(found, list):
        raise UnreadableError(f"Expected a list at {key}")
    return found


def _hash_at(into: Params, key: str) -> Params:
    found = into.setdefault(key, {})
    if not isinstance(found, dict):
        raise UnreadableError(f"Expected a hash at {key}")
    return found


def _open_element(elements: list[Value], path: list[str]) -> Params:
    """The hash that takes the next value: the last one, unless it has this key already."""
    last = elements[-1] if elements else None
    if isinstance(last, dict) and not _has(last, path):
        return last
    fresh: Params = {}
    elements.append(fresh)
    return fresh


def _has(element: Value, path: list[str]) -> bool:
    for step in path:
        if step == "" or not isinstance(element, dict) or step not in element:
            return False
        element = element[step]
    return True
