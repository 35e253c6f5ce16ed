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
    Cause,
    ClockReading,
    ColumnTotal,
    Difference,
    Happened,
    PlannedFault,
    Snapshot,
    SystemClock,
    TotalsCompared,
    Upcoming,
    WorldDescription,
)
from simulator.control_client.world import World

__all__ = [
    "AnswerError",
    "Cause",
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
    "TotalsCompared",
    "UnreachableError",
    "Upcoming",
    "World",
    "WorldDescription",
]
