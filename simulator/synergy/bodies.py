"""What both faces ask of a JSON body before its meaning: that it is JSON, and can be said back.

`NaN`, numbers beyond a float, half a surrogate pair and bottomless nesting are all things that a JSON parser
may take and a JSON writer cannot give back, so they are refused here, once. Days keep to years that every
time zone can express.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

DEPTH_MAX = 20
YEAR_MIN, YEAR_MAX = 1900, 2199

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BodyError(Exception):
    """The body cannot be taken. `field` is the one at fault, or "" for the whole."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.field = field


def read_object(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body.

    Raises:
        BodyError: If it is no JSON object, or holds something that cannot be said back.
    """
    try:
        value = _READER.decode(raw.decode("utf-8"))
        if b"\\u" in raw:  # only so can half a surrogate pair come in
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BodyError("The body must be JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise BodyError("The body must be a JSON object.")
    if raw.count(b"{") + raw.count(b"[") > DEPTH_MAX and _too_deep(value):
        raise BodyError(f"The body is nested deeper than {DEPTH_MAX} levels.")
    return value


_PLAIN_WORDS = {
    "missing": "This field is required.",
    "dict_type": "must be an object.",
    "model_type": "must be an object.",
    "model_attributes_type": "must be an object.",
}
"""Where pydantic would speak of Python's types, or of our own."""


def first_of(error: ValidationError) -> ErrorDetails:
    """What to tell first: a field that does not exist, because it may be a missing one, misspelt."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return min(found, key=lambda each: each["type"] != "extra_forbidden")


def first_fault(error: ValidationError, *, known: tuple[str, ...] = ()) -> BodyError:
    """The first thing that is wrong, with the field's name and what would be right.

    Args:
        error: What pydantic found.
        known: The fields that exist, for the words about one that does not.
    """
    fault = first_of(error)
    field = ".".join(str(part) for part in fault["loc"])
    if fault["type"] in _PLAIN_WORDS:
        return BodyError(_PLAIN_WORDS[fault["type"]], field)
    if fault["type"] == "extra_forbidden":
        return BodyError(f"There is no such field; these exist: {', '.join(known)}.", field)
    return BodyError(fault["msg"].removeprefix("Value error, ") + ".", field)


def a_day(value: object) -> date:
    """Read YYYY-MM-DD, and nothing that merely resembles it."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        day = date.fromisoformat(value)
        if YEAR_MIN <= day.year <= YEAR_MAX:
            return day
    raise ValueError(f"must be a day such as 2026-09-18, between the years {YEAR_MIN} and {YEAR_MAX}")


def not_blank(value: object) -> object:
    """Let a text pass that says something."""
    if isinstance(value, str) and not value.strip():
        raise ValueError("must not be blank")
    return value


Day = Annotated[date, BeforeValidator(a_day)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, Field(strict=True)]
Name = Annotated[str, Field(strict=True), BeforeValidator(not_blank)]


def field_names(model: type[BaseModel]) -> tuple[str, ...]:
    """How the fields of a body are called on the wire."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is beyond a float")
    return number


_READER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


def _too_deep(value: object) -> bool:
    level: list[object] = [value]
    for _depth in range(DEPTH_MAX):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
