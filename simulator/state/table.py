"""A table of frozen rows by key: what a fake keeps its state in.

Rows are values and are replaced, never changed, so freezing a table copies nothing: the frozen table and the
live one share their dictionaries, and the first write afterwards makes the live one a copy of its own. What
bites: iterate over `values()` only when all rows are wanted; who wants the rows of one course asks an index.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterable, Iterator, ValuesView
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")

Buckets = dict[Hashable, dict[Any, None]]
"""The keys of an index, by the value that they are found under, in the order of their rows."""


@dataclass(frozen=True, slots=True)
class FrozenTable(Generic[Key, Row]):
    """A table as it was at one moment. Nobody writes into its dictionaries any more."""

    rows: dict[Key, Row]
    buckets: dict[str, Buckets]

    def __repr__(self) -> str:
        return f"FrozenTable({len(self.rows)} rows)"


class Table(Generic[Key, Row]):
    """Rows by key, oldest first.

    Args:
        row: The type of the rows, a frozen dataclass.
        key: Reads a row's key off it.
        indexes: Each reads off a row the value that it is found under, None for a row that is not to be
            found by it.
    """

    __slots__ = ("_buckets", "_indexes", "_key", "_owned", "_rows", "_shared", "row_type")

    def __init__(
        self, row: type[Row], key: Callable[[Row], Key], **indexes: Callable[[Row], Hashable | None]
    ) -> None:
        self.row_type = row
        self._key = key
        self._indexes = indexes
        self._rows: dict[Key, Row] = {}
        self._buckets: dict[str, Buckets] = {name: {} for name in indexes}
        self._shared = False
        self._owned: dict[str, set[Hashable]] = {name: set() for name in indexes}
        """The buckets that no frozen table shares."""

    # reading

    def __getitem__(self, key: Key) -> Row:
        return self._rows[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def get(self, key: Key) -> Row | None:
        """The row of this key, or None."""
        return self._rows.get(key)

    def values(self) -> ValuesView[Row]:
        """All rows, oldest first."""
        return self._rows.values()

    def items(self) -> ItemsView[Key, Row]:
        """All keys and rows, oldest first."""
        return self._rows.items()

    def where(self, **found: Hashable) -> Iterator[Row]:
        """The rows found under this value of one index, oldest first.

        Example: `enrollments.where(course=7)`.
        """
        ((index, value),) = found.items()
        rows = self._rows
        return (rows[key] for key in tuple(self._buckets[index].get(value, ())))

    def first(self, **found: Hashable) -> Row | None:
        """The oldest row found under this value of one index."""
        return next(self.where(**found), None)

    def count(self, **found: Hashable) -> int:
        """How many rows are found under this value of one index."""
        ((index, value),) = found.items()
        return len(self._buckets[index].get(value, ()))

    # writing

    def put(self, row: Row) -> Row:
        """Keep a row, in place of an earlier one of its key."""
        self._own()
        key = self._key(row)
        before = self._rows.get(key)
        self._rows[key] = row
        for index, value_of in self._indexes.items():
            now = value_of(row)
            was = None if before is None else value_of(before)
            if was == now:
                continue
            if was is not None:
                self._take_out(index, was, key)
            if now is not None:
                self._bucket(index, now)[key] = None
        return row

    def update(self, rows: Iterable[Row]) -> None:
        """Keep many rows."""
        for row in rows:
            self.put(row)

    def pop(self, key: Key) -> Row | None:
        """Let a row go; one that is not there is no error."""
        if key not in self._rows:
            return None
        self._own()
        row = self._rows.pop(key)
        for index, value_of in self._indexes.items():
            value = value_of(row)
            if value is not None:
                self._take_out(index, value, key)
        return row

    # freezing

    def freeze(self) -> FrozenTable[Key, Row]:
        """The table as it is now. Costs nothing until the next write."""
        self._shared = True
        return FrozenTable(self._rows, self._buckets)

    def thaw(self, frozen: FrozenTable[Key, Row]) -> None:
        """Be as that table was. The frozen one stays as it is."""
        self._rows = frozen.rows
        self._buckets = frozen.buckets
        self._shared = True

    def replace_all(self, rows: Iterable[Row]) -> None:
        """Forget every row and keep these."""
        self._rows = {}
        self._buckets = {name: {} for name in self._indexes}
        self._owned = {name: set() for name in self._indexes}
        self._shared = False
        self.update(rows)

    def _own(self) -> None:
        """Make the dictionaries ours before a write, if a frozen table shares them."""
        if not self._shared:
            return
        self._rows = dict(self._rows)
        self._buckets = {name: dict(buckets) for name, buckets in self._buckets.items()}
        self._owned = {name: set() for name in self._indexes}
        self._shared = False

    def _bucket(self, index: str, value: Hashable) -> dict[Any, None]:
        buckets, owned = self._buckets[index], self._owned[index]
        if value not in owned:
            buckets[value] = dict(buckets.get(value, ()))
            owned.add(value)
        return buckets[value]

    def _take_out(self, index: str, value: Hashable, key: Key) -> None:
        bucket = self._bucket(index, value)
        bucket.pop(key, None)
        if not bucket:
            del self._buckets[index][value]
            self._owned[index].discard(value)

    def __repr__(self) -> str:
        return f"Table({len(self._rows)} {self.row_type.__name__})"
