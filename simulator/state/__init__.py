"""How a world's state is kept: in tables that can be frozen at any moment, at the price of a reference.

What lives here: the table, and what can be done with frozen tables without knowing what is in them (compare,
write into a file, read back). What must never be here: the meaning of a row.
"""

from simulator.state.store import FrozenStore, Store
from simulator.state.table import FrozenTable, Table

__all__ = ["FrozenStore", "FrozenTable", "Store", "Table"]
