"""Faults as JSON, and back.

What lives here: the shape, and a message for everything in it that is not as it must be. What bites: it is
strict, because a fault that was misspelt would never fire.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any

from simulator.faults.kinds import KINDS, Does, FaultError
from simulator.faults.plan import Fault, Match

_NUMBER_MAX = 1e15

_TYPES: dict[str, tuple[str, tuple[type, ...]]] = {
    "str": ("a text", (str,)),
    "int": ("a whole number", (int,)),
    "float": ("a number", (int, float)),
    "bool": ("true or false", (bool,)),
    "int | None": ("a whole number or null", (int, type(None))),
    "Literal[403, 429]": ("a whole number", (int,)),
    "Literal['first', 'second']": ("a text", (str,)),
    "Literal['kept', 'lost']": ("a text", (str,)),
}
"""For each type that a field has: how a person calls it, and what JSON reads it as."""


def fault_as_json(fault: Fault) -> dict[str, Any]:
    """A fault as JSON-ready values, with every field."""
    return {
        "name": fault.name,
        "does": {"kind": fault.kind, **asdict(fault.does)},
        "match": {**asdict(fault.match), "methods": list(fault.match.methods)},
        "after": fault.after,
        "times": fault.times,
        "probability": fault.probability,
    }


def fault_from_json(told: object) -> Fault:
    """The fault that JSON tells.

    `name` and `does` with its `kind` are required; what is left out is as the field's default says.

    Raises:
        FaultError: If a field is missing, unknown, of the wrong type or out of its range.
    """
    fault = _object("the fault", told, ("name", "does", "match", "after", "times", "probability"))
    for name in ("name", "does"):
        if name not in fault:
            raise FaultError(name, "is required")
    values = _values("", {name: fault[name] for name in fault if name not in ("does", "match")}, Fault)
    return Fault(does=_does(fault["does"]), match=_match(fault.get("match", {})), **values)


def _does(told: object) -> Does:
    kinds = ", ".join(KINDS)
    if not isinstance(told, dict) or "kind" not in told:
        raise FaultError("does", f'must be an object with a "kind", which is one of {kinds}')
    kind = told["kind"]
    made = KINDS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise FaultError("does.kind", f"must be one of {kinds}, not {_short(kind)}")
    given = {name: value for name, value in told.items() if name != "kind"}
    names = tuple(each.name for each in fields(made))
    _object("does", given, names)
    values = _values("does.", given, made)
    for each in fields(made):
        if each.name not in values and each.default is MISSING:
            raise FaultError(f"does.{each.name}", f"is required by {kind}")
    return made(**values)


def _match(told: object) -> Match:
    match = _object("match", told, tuple(each.name for each in fields(Match)))
    methods = match.get("methods", [])
    if not isinstance(methods, list) or not all(isinstance(each, str) for each in methods):
        raise FaultError("match.methods", 'must be a list of texts such as ["PUT"]')
    values = _values("match.", {name: match[name] for name in match if name != "methods"}, Match)
    return Match(methods=tuple(methods), **values)


def _object(where: str, told: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise FaultError(where, f"must be an object, not {_short(told)}")
    unknown = [name for name in told if name not in names]
    if unknown:
        there_are = ", ".join(names) or "none"
        raise FaultError(_named(where, str(unknown[0])), f"is no field of it; its fields are: {there_are}")
    return told


def _named(where: str, name: str) -> str:
    """A field's whole name, cut where somebody sent a long one."""
    return f"{where}.{name[:40]}" if where in ("does", "match") else name[:40]


def _values(prefix: str, given: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The values of fields, each held to the type that the dataclass gives it."""
    types = {each.name: str(each.type) for each in fields(kind)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        called, allowed = _TYPES[types[name]]
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            raise FaultError(f"{prefix}{name}", f"must be {called}, not {_short(value)}")
        values[name] = _sound(f"{prefix}{name}", value)
    return values


def _sound(where: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """The value, unless it is one that nothing could be done with."""
    if isinstance(value, str) and not _has_utf8(value):
        raise FaultError(where, "must be a text that UTF-8 can hold")
    if isinstance(value, int | float) and not abs(value) < _NUMBER_MAX:
        raise FaultError(where, "must be a number that can be counted to")
    return value


def _has_utf8(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}..."
