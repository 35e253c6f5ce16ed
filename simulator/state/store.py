"""What both fakes' stores have in common: tables, and a few single values, that freeze and thaw together.

What must never be here: anything of one fake. A store declares each table with `_table` and each single value
that is part of its state in `VALUES`; whatever is neither is lost between a freeze and a thaw.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from simulator.state.table import FrozenTable, Table

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class FrozenStore:
    """A store as it was at one moment."""

    tables: Mapping[str, FrozenTable[Any, Any]]
    values: Mapping[str, object]

    def __len__(self) -> int:
        """How many rows there are in all."""
        return sum(len(table.rows) for table in self.tables.values())


class Store:
    """Tables and values that belong together."""

    VALUES: ClassVar[tuple[str, ...]] = ()
    """The attributes, besides the tables, that are state. Their values are frozen."""
    REFERENCES: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """Which field of which table names a row of which table, by its key; "" and None name none."""

    def __init__(self) -> None:
        self.tables: dict[str, Table[Any, Any]] = {}

    def _table(
        self,
        name: str,
        row: type[Row],
        key: Callable[[Row], Key],
        **indexes: Callable[[Row], Hashable | None],
    ) -> Table[Key, Row]:
        table = Table(row, key, **indexes)
        self.tables[name] = table
        return table

    def freeze(self) -> FrozenStore:
        """The whole state as it is now, at the price of a few references."""
        return FrozenStore(
            {name: table.freeze() for name, table in self.tables.items()},
            {name: getattr(self, name) for name in self.VALUES},
        )

    def thaw(self, frozen: FrozenStore) -> None:
        """Be as that store was."""
        for name, table in self.tables.items():
            table.thaw(frozen.tables[name])
        for name in self.VALUES:
            setattr(self, name, frozen.values[name])
