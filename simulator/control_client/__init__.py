"""A client of the control API: worlds on a running server, as typed values.

Synchronous, for scripts and tests in any process. It speaks HTTP only and knows nothing of the server but the
values that both use: journal entries, faults, doors.
"""

from simulator.control_client.client import ControlClient
from simulator.control_client.errors import (
    AnswerError,
    ControlClientError,
    NotFoundError,
    RefusedError,
    UnreachableError,
)
from simulator.control_client.values import (
    ClockReading,
    ColumnTotal,
    Difference,
    Happened,
    PlannedFault,
    Snapshot,
    SystemClock,
    Upcoming,
    WorldDescription,
)
from simulator.control_client.world import World

__all__ = [
    "AnswerError",
    "ClockReading",
    "ColumnTotal",
    "ControlClient",
    "ControlClientError",
    "Difference",
    "Happened",
    "NotFoundError",
    "PlannedFault",
    "RefusedError",
    "Snapshot",
    "SystemClock",
    "UnreachableError",
    "Upcoming",
    "World",
    "WorldDescription",
]
