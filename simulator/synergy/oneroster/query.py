"""OneRoster's query parameters, purely: limit, offset, sort, orderBy, fields, filter.

What lives here: reading the parameters, and applying them to wire objects. What must never be here: HTTP.
What bites: an unknown sort or selection field is a warning, an unknown filter field is an error; the
specification allows one AND or OR, but a production client of Synergy joins three predicates with AND;
parameters that nobody knows are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal, TypeVar

from simulator.synergy.oneroster.shapes import Shape

R = TypeVar("R")

LIMIT_DEFAULT = 100
PREDICATES_MAX = 10

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_PREDICATE = re.compile(
    r"\s*(?P<field>[A-Za-z][\w.:-]*)\s*(?P<op>!=|<=|>=|=|<|>|~)\s*'(?P<value>(?:[^']|'')*)'\s*"
)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T", re.ASCII)
"""Of a value and what it is compared with, one has a time of day: both are instants, a day its first one."""
_JOIN = re.compile(r"(?P<join>AND|OR)(?=\s)", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


class QueryError(Exception):
    """The parameters cannot be understood: 400, with one of OneRoster's minor codes."""

    def __init__(self, words: str, minor: str) -> None:
        super().__init__(words)
        self.words = words
        self.minor = minor


@dataclass(frozen=True, slots=True)
class Warned:
    """The answer is given, but one parameter was left aside."""

    words: str
    minor: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """`field op 'value'`."""

    field: str
    op: str
    value: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Predicates joined by all AND or all OR."""

    predicates: tuple[Predicate, ...] = ()
    join: Literal["AND", "OR"] = "AND"

    def keeps(self, wire: Mapping[str, Any]) -> bool:
        """Whether an object stays in the list."""
        answers = (_holds(predicate, wire) for predicate in self.predicates)
        return all(answers) if self.join == "AND" else any(answers)


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked of a list, understood."""

    limit: int = LIMIT_DEFAULT
    offset: int = 0
    sort: str = ""
    descending: bool = False
    fields: tuple[str, ...] = ()
    filter: Filter = Filter()
    warnings: tuple[Warned, ...] = ()

    def select(self, wire: dict[str, Any]) -> dict[str, Any]:
        """The object with the fields that were asked for; all of them where none were."""
        return {name: wire[name] for name in self.fields if name in wire} if self.fields else wire

    def page(
        self, records: Sequence[R], view: Callable[[R], dict[str, Any]]
    ) -> tuple[list[dict[str, Any]], int]:
        """Filter, sort and cut; with it the number of objects before cutting.

        Only what is asked for is looked at: without filter and order a page of a long list costs a page.
        """
        wanted = slice(self.offset, self.offset + self.limit)
        if not self.filter.predicates and not self.sort:
            return [self.select(view(each)) for each in records[wanted]], len(records)
        kept = [wire for wire in map(view, records) if self.filter.keeps(wire)]
        if self.sort:
            kept = _sorted(kept, self.sort, descending=self.descending)
        return [self.select(wire) for wire in kept[wanted]], len(kept)


def read_query(
    params: Mapping[str, str], shape: Shape, *, limit_max: int, over: Literal["cap", "refuse"] = "cap"
) -> Query:
    """Understand the parameters of a list.

    Args:
        params: As they were sent.
        shape: What the list is of.
        limit_max: The longest page.
        over: What becomes of a limit beyond that.

    Raises:
        QueryError: If paging, filter, order or selection make no sense.
    """
    limit = _whole_number(params, "limit", min(LIMIT_DEFAULT, limit_max), least=1)
    if limit > limit_max and over == "refuse":
        raise QueryError(f"limit: must be at most {limit_max}, not {limit}.", "invaliddata")
    fields, field_warnings = _fields(params, shape)
    sort, sort_warnings = _sort(params, shape)
    return Query(
        limit=min(limit, limit_max),
        offset=_whole_number(params, "offset", 0, least=0),
        sort=sort,
        descending=_descending(params),
        fields=fields,
        filter=_filter(params.get("filter", ""), shape) if "filter" in params else Filter(),
        warnings=(*sort_warnings, *field_warnings),
    )


def read_selection(params: Mapping[str, str], shape: Shape) -> Query:
    """Understand the parameters of a single object: only `fields` means anything there.

    Raises:
        QueryError: If the selection is blank.
    """
    fields, warnings = _fields(params, shape)
    return Query(fields=fields, warnings=warnings)


def _whole_number(params: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    given = params.get(name)
    if given is None:
        return default
    if not _NUMBER.fullmatch(given) or int(given) < least:
        raise QueryError(f'{name}: must be a whole number of at least {least}, not "{given}".', "invaliddata")
    return int(given)


def _descending(params: Mapping[str, str]) -> bool:
    given = params.get("orderBy", "asc").lower()
    if given not in {"asc", "desc"}:
        raise QueryError('orderBy: must be "asc" or "desc".', "invaliddata")
    return given == "desc"


def _sort(params: Mapping[str, str], shape: Shape) -> tuple[str, tuple[Warned, ...]]:
    sort = params.get("sort", "")
    if not sort or shape.has(sort):
        return sort, ()
    return "", (
        Warned(f'sort: there is no field "{sort}", so the list is not sorted.', "invalid_sort_field"),
    )


def _fields(params: Mapping[str, str], shape: Shape) -> tuple[tuple[str, ...], tuple[Warned, ...]]:
    if "fields" not in params:
        return (), ()
    wanted = tuple(name.strip() for name in params["fields"].split(","))
    if not all(wanted):
        raise QueryError("fields: one of its names is blank.", "invalid_blank_selection_field")
    unknown = [name for name in wanted if name not in shape.fields]
    if unknown:
        words = f"fields: there is no field {', '.join(unknown)}, so all fields are given."
        return (), (Warned(words, "invalid_selection_field"),)
    return wanted, ()


def _filter(text: str, shape: Shape) -> Filter:
    predicates: list[Predicate] = []
    joins: set[str] = set()
    at = 0
    while len(predicates) < PREDICATES_MAX:
        found = _PREDICATE.match(text, at)
        if found is None:
            raise QueryError(f"filter: expected field='value' at position {at}.", "invalid_filter_field")
        if not shape.has(found["field"]):
            raise QueryError(f'filter: there is no field "{found["field"]}".', "invalid_filter_field")
        predicates.append(Predicate(found["field"], found["op"], found["value"].replace("''", "'")))
        at = found.end()
        if at == len(text):
            break
        joined = _JOIN.match(text, at)
        joins.add(joined["join"].upper() if joined else "")
        if joined is None or len(joins) > 1:
            raise QueryError(
                "filter: join predicates with AND, or with OR, not with both.", "invalid_filter_field"
            )
        at = joined.end()
    else:
        raise QueryError(f"filter: at most {PREDICATES_MAX} predicates.", "invalid_filter_field")
    return Filter(tuple(predicates), "OR" if joins == {"OR"} else "AND")


def _values(wire: object, path: Sequence[str]) -> Iterator[object]:
    """What a dotted path finds, through lists: a list of references gives the value of each."""
    if isinstance(wire, list):
        for each in wire:
            yield from _values(each, path)
    elif not path:
        yield wire
    elif isinstance(wire, Mapping):
        whole, (top, *inside) = ".".join(path), path
        if whole in wire:  # a key of metadata may have dots of its own
            yield from _values(wire[whole], ())
        elif top in wire:
            yield from _values(wire[top], inside)


def _holds(predicate: Predicate, wire: Mapping[str, Any]) -> bool:
    """A list holds if any of its values does; `!=` holds if none of them is equal."""
    values = list(_values(wire, predicate.field.split(".")))
    if predicate.op == "!=":
        return not any(_compares("=", value, predicate.value) for value in values)
    return any(_compares(predicate.op, value, predicate.value) for value in values)


def _compares(op: str, stored: object, text: str) -> bool:
    if op == "~":
        return text.casefold() in _as_text(stored).casefold()
    left, right = _alike(stored, text)
    return _COMPARE[op](left, right)


def _alike(stored: object, text: str) -> tuple[Any, Any]:
    """Both sides as numbers, as instants, or else as text whose case does not count."""
    if isinstance(stored, int | float) and not isinstance(stored, bool):
        try:
            return stored, float(text)
        except ValueError:
            return _as_text(stored), text.casefold()
    if isinstance(stored, str) and _TIME.match(stored if "T" in stored else text):
        moments = _instant(stored), _instant(text)
        if None not in moments:
            return moments
    return _as_text(stored).casefold(), text.casefold()


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if isinstance(value, Mapping) else str(value)


def _sorted(wires: list[dict[str, Any]], field: str, *, descending: bool) -> list[dict[str, Any]]:
    """In order; objects without the field come after all others, whichever way the order runs."""
    path = field.split(".")
    valued = [(next(_values(wire, path), None), wire) for wire in wires]
    known = [pair for pair in valued if pair[0] is not None]
    known.sort(key=lambda pair: _sort_key(pair[0]), reverse=descending)
    return [wire for _value, wire in known] + [wire for value, wire in valued if value is None]


def _sort_key(value: object) -> tuple[bool, float, str]:
    """Numbers before words, and words without regard to case."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return False, value, ""
    return True, 0, _as_text(value).casefold()
