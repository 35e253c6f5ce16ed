"""Composition only: an engine from the address of its ledger, a transport and a clock."""

from __future__ import annotations

from sync_engine.engine import Engine
from sync_engine.ledger.opening import ledger_file
from sync_engine.ledger.store import Ledger
from sync_engine.ports import Clock, Transport
from sync_engine.turns import Turns


def build_engine(*, ledger_url: str, transport: Transport, clock: Clock) -> Engine:
    """An engine without districts yet.

    Args:
        ledger_url: Such as "sqlite:///gradesync.sqlite3", or "sqlite://" for one that is gone with the
            process.
        transport: How requests travel; it stays yours to close.
        clock: The time, and all waiting.

    Raises:
        LedgerError: If the ledger cannot be opened.
    """
    ledger = Ledger(ledger_url)
    return Engine(ledger=ledger, turns=Turns(ledger_file(ledger_url)), transport=transport, clock=clock)
