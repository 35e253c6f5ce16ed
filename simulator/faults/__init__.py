"""Faults between things: values in a plan, decided purely, done at the door of each fake.

`kinds`, `plan`, `decision` and `wire` are pure; `fault_plan` keeps a world's plan; `striking` does it.
"""

from simulator.faults.decision import Decision, Standing, Strike, decide
from simulator.faults.fault_plan import NOTHING_PLANNED, FaultPlan, PlanState
from simulator.faults.kinds import (
    KINDS,
    Answer,
    Does,
    Drip,
    DropAfter,
    DropBefore,
    FaultError,
    HtmlPage,
    Latency,
    Lost,
    Malformed,
    Restart,
    Shifting,
    Stale,
    ThrottleStorm,
    TokenExpires,
    Truncated,
    Twice,
)
from simulator.faults.plan import Asked, Fault, Match
from simulator.faults.wire import fault_as_json, fault_from_json

__all__ = [
    "KINDS",
    "NOTHING_PLANNED",
    "Answer",
    "Asked",
    "Decision",
    "Does",
    "Drip",
    "DropAfter",
    "DropBefore",
    "Fault",
    "FaultError",
    "FaultPlan",
    "HtmlPage",
    "Latency",
    "Lost",
    "Malformed",
    "Match",
    "PlanState",
    "Restart",
    "Shifting",
    "Stale",
    "Standing",
    "Strike",
    "ThrottleStorm",
    "TokenExpires",
    "Truncated",
    "Twice",
    "decide",
    "fault_as_json",
    "fault_from_json",
]
