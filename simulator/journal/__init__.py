"""The append-only record of one world: who asked what, what the rules said, what happened and when."""

from simulator.journal.entries import (
    ClockStep,
    Entry,
    Exchange,
    FaultStruck,
    Happening,
    Mark,
    Outcome,
    WorldStep,
    entry_as_dict,
)
from simulator.journal.journal import BODY_CHARACTERS_MAX, ENTRIES_MAX, Journal
from simulator.journal.query import ENTRY_KINDS, Query

__all__ = [
    "BODY_CHARACTERS_MAX",
    "ENTRIES_MAX",
    "ENTRY_KINDS",
    "ClockStep",
    "Entry",
    "Exchange",
    "FaultStruck",
    "Happening",
    "Journal",
    "Mark",
    "Outcome",
    "Query",
    "WorldStep",
    "entry_as_dict",
]
