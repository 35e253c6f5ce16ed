"""What a switch takes: told in words, read from JSON or from what somebody typed.

What lives here: values of the kinds that switches have. What must never be here: which switches there are.
What bites: pydantic is imported where it is needed, because every command loads the profiles.
"""

from __future__ import annotations

import difflib
import json
import types
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

_NOTHING = type(None)
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", Decimal: "a number", str: "a text"}
_EXAMPLES = {str: '["one", "two"]', int: "[1, 2]"}
VALUE_CHARACTERS_TOLD_MAX = 80
"""A message repeats so much of a value that cannot be used."""


class UnusableValueError(ValueError):
    """A switch does not take this value. The message says what it takes."""


def words_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any annotation of a switch
    """The values between which a switch chooses, as they are typed; none where it takes more than a few."""
    if get_origin(kind) is Literal:
        return tuple(str(each) for each in get_args(kind))
    return ("true", "false") if kind is bool else ()


def takes(kind: Any) -> str:  # noqa: ANN401 - any annotation of a switch
    """What a switch of this kind takes, in words."""
    if get_origin(kind) in {Union, types.UnionType}:
        inner = [takes(each) for each in get_args(kind) if each is not _NOTHING]
        return ", ".join([*inner, "or null"])
    if get_origin(kind) is Literal:
        *others, last = words_of(kind)
        return f"{', '.join(others)} or {last}"
    if get_origin(kind) is tuple:
        return _takes_list(get_args(kind)[0])
    return f"an object in JSON with {_fields_of(kind)}" if is_dataclass(kind) else _WORDS[kind]


def read_value(kind: Any, value: object) -> Any:  # noqa: ANN401 - the value of a switch
    """A value of this kind, from a value of JSON or from its text.

    A text is taken for JSON first, unless the switch takes texts: `40`, `true`, `null`, `["a"]`.

    Raises:
        UnusableValueError: If the switch does not take it.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - as the module's head says

    complaint = ""
    for candidate in _as_json(kind, value):
        try:
            return TypeAdapter(kind).validate_json(candidate, strict=True)
        except ValidationError as error:
            complaint = complaint or _inside(error.errors(include_url=False, include_context=False))
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    near = nearest(str(shown), words_of(kind))
    meant = f" Did you mean {near}?" if near else ""
    raise UnusableValueError(
        f"takes {takes(kind)}, not {quoted(shown)}{f' ({complaint})' if complaint else ''}.{meant}"
    )


def json_value(kind: Any, value: object) -> Any:  # noqa: ANN401 - any JSON-ready value
    """The value of a switch as JSON has it."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - as the module's head says

    return TypeAdapter(kind).dump_python(value, mode="json")


def nearest(typed: str, names: Sequence[str]) -> str:
    """The name that comes nearest to what was typed, "" if none does."""
    typed = shortened(typed)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(typed.casefold(), list(folded), n=1)
    return folded[near[0]] if near else ""


def _as_json(kind: Any, value: object) -> list[str]:  # noqa: ANN401 - any annotation of a switch
    """The texts of JSON that the value may stand for, the likeliest first."""
    try:
        as_it_is = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return []
    if isinstance(value, str) and kind is not str:
        return [as_it_is, value] if get_origin(kind) is Literal else [value, as_it_is]
    return [as_it_is]


def _inside(faults: Sequence[Any]) -> str:
    """What is wrong within a list or an object, where its place says more than "not this"."""
    inside = next((each for each in faults if each["loc"] and each["type"] != "json_invalid"), None)
    if inside is None:
        return ""
    where = ".".join(str(part) for part in inside["loc"])
    return (
        f"{where}: {inside['msg'].removeprefix('Value error, ').replace('Input should', 'must').rstrip('.')}"
    )


def _takes_list(kind: Any) -> str:  # noqa: ANN401 - any annotation
    if is_dataclass(kind):
        return f"a list in JSON of objects with {_fields_of(kind)}"
    return f"a list in JSON, such as {_EXAMPLES[kind]}"


def _fields_of(kind: Any) -> str:  # noqa: ANN401 - a dataclass
    return ", ".join(each.name for each in fields(kind))


def quoted(shown: str) -> str:
    """A text as a message repeats it: in quotes, on one line, no longer than need be."""
    return f'"{shortened(" ".join(shown.split()))}"'


def shortened(text: str) -> str:
    """So much of a text as a message repeats."""
    return text if len(text) <= VALUE_CHARACTERS_TOLD_MAX else f"{text[:VALUE_CHARACTERS_TOLD_MAX]}..."
