"""The sync engine: carries assignments and scores from Canvas to Synergy over OneRoster 1.1.

Deployable alone, with the other packages of this project deleted. What is exported here is its front door;
everything else is its own business and may change.
"""

from sync_engine.bootstrap import build_engine
from sync_engine.district import CanvasAccess, District, OneRosterAccess
from sync_engine.domain.policy import Policy
from sync_engine.domain.progress import ProgressStep, Stage
from sync_engine.domain.report import (
    ItemAction,
    ItemReport,
    Mode,
    Reason,
    RunReport,
    RunStatus,
    ScoreAction,
    ScoreReport,
    Trigger,
)
from sync_engine.domain.snapshot import CourseListing, Section
from sync_engine.engine import Engine
from sync_engine.errors import (
    AccessRefusedError,
    ConfigError,
    EngineError,
    LedgerError,
    NotFoundError,
    SystemFaultError,
    UnknownAssignmentError,
    UnknownDistrictError,
)
from sync_engine.ports import Answer, Clock, Request, Transport, TransportError
from sync_engine.transport import HttpTransport

__all__ = [
    "AccessRefusedError",
    "Answer",
    "CanvasAccess",
    "Clock",
    "ConfigError",
    "CourseListing",
    "District",
    "Engine",
    "EngineError",
    "HttpTransport",
    "ItemAction",
    "ItemReport",
    "LedgerError",
    "Mode",
    "NotFoundError",
    "OneRosterAccess",
    "Policy",
    "ProgressStep",
    "Reason",
    "Request",
    "RunReport",
    "RunStatus",
    "ScoreAction",
    "ScoreReport",
    "Section",
    "Stage",
    "SystemFaultError",
    "Transport",
    "TransportError",
    "Trigger",
    "UnknownAssignmentError",
    "UnknownDistrictError",
    "build_engine",
]
