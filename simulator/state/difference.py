"""What is different between two moments of a store: as values, and as text that a person reads.

What lives here: comparing frozen tables. What must never be here: what a row means; each system says how its
rows are called. Two tables that share their dictionary are equal without a look into them, so the price is
that of what was written in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from simulator.state.store import FrozenStore

How: TypeAlias = Literal["added", "removed", "changed"]
Call: TypeAlias = Callable[[str, Any, FrozenStore], str]
"""Says how a row of a table is called, given the store that it is in."""

_SIGNS: dict[How, str] = {"added": "+", "removed": "-", "changed": "~"}
_SILENT_FIELDS = frozenset({"digest", "token_digest"})
"""What a person has no use for and nobody should copy around."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row that is not what it was."""

    field: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.field.replace('_', ' ')} {_told(self.before)} -> {_told(self.after)}"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that came, went, or is not what it was.

    `called` names it for a person; `fields` are the changed ones, all that have a value for a row that came
    or went.
    """

    table: str
    how: How
    key: Any
    called: str
    fields: tuple[FieldChange, ...]

    def __str__(self) -> str:
        told = ", ".join(map(str, self.fields)) if self.how == "changed" else ""
        return f"{_SIGNS[self.how]} {self.called}" + (f": {told}" if told else "")

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "table": self.table,
            "how": self.how,
            "key": plain(self.key),
            "called": self.called,
            "fields": {
                each.field: {"before": plain(each.before), "after": plain(each.after)} for each in self.fields
            },
        }


def differences(
    before: FrozenStore, after: FrozenStore, call: Call, *, untold: frozenset[str] = frozenset()
) -> Iterator[RowChange]:
    """What changed from one moment to the other, table by table, those left out that are `untold`."""
    for name, then in before.tables.items():
        now = after.tables[name]
        if then.rows is now.rows or name in untold:
            continue
        for key, row in now.rows.items():
            old = then.rows.get(key)
            if old is row or old == row:
                continue
            how: How = "added" if old is None else "changed"
            yield RowChange(name, how, key, call(name, row, after), tuple(_field_changes(old, row)))
        for key, row in then.rows.items():
            if key not in now.rows:
                called = call(name, row, before)
                yield RowChange(name, "removed", key, called, tuple(_field_changes(row, None)))


def as_text(changes: Iterable[RowChange]) -> list[str]:
    """One line a change."""
    return [str(each) for each in changes]


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a row
    """A value as JSON can say it: times in ISO 8601, rows as objects, sets in order."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(map(plain, value), key=str)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value


def _field_changes(before: Any, after: Any) -> Iterator[FieldChange]:  # noqa: ANN401 - rows, or None
    for each in fields(before if after is None else after):
        if each.name in _SILENT_FIELDS:
            continue
        then = None if before is None else getattr(before, each.name)
        now = None if after is None else getattr(after, each.name)
        if then != now:
            yield FieldChange(each.name, then, now)


def _told(value: Any) -> str:  # noqa: ANN401 - any value of a row
    """A value as a person writes it."""
    match value:
        case None | ():
            told = "nothing"
        case bool():
            told = "yes" if value else "no"
        case float():
            told = f"{value:g}"
        case datetime():
            told = f"{value:%Y-%m-%d %H:%M:%S}"
        case str():
            told = f'"{value}"'
        case list() | tuple() | set() | frozenset():
            told = ", ".join(_told(each) for each in plain(value))
        case _:
            told = str(plain(value))
    return told
