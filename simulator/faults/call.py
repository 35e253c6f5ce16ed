"""One request in the hands of the faults: carrying it out unseen, undoing it, answering it.

What lives here: what all kinds need. What each kind does with it is in `acts`. What bites: undoing puts the
tables back, while what was counted (a Canvas id, an entry of the journal) stays counted, as a database's
sequences do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.asgi import ExchangeInProgress
from simulator.faults.answered import Answered, carry_out
from simulator.faults.dropping import drop, is_served
from simulator.faults.fault_plan import FaultPlan
from simulator.faults.plan import Asked
from simulator.journal import Journal
from simulator.state import FrozenStore, Store

NEVER_STALE = frozenset({"tokens", "actors", "buckets", "nonces", "visits"})
"""Who may enter, and how often: a copy that lags behind knows it too, and it changes by mere asking."""

Pause: TypeAlias = Callable[[float, bool], Awaitable[None]]
"""Lets so many seconds pass; for a client behind a socket, or in process."""


@dataclass(slots=True)
class Call:
    """A request that a fault may be done to.

    Attributes:
        before: What the system held when it came, and `begun` the instant.
        rehearsed: The answer, where it was carried out before it was decided what is done to it.
    """

    app: ASGIApp
    scope: Scope
    receive: Receive
    said: Send
    body: bytes
    asked: Asked
    store: Store
    journal: Journal
    exchange: ExchangeInProgress
    plan: FaultPlan
    pause: Pause
    before: FrozenStore = field(init=False)
    begun: datetime = field(init=False)
    rehearsed: Answered | None = None

    def __post_init__(self) -> None:
        self.before = self.store.freeze()
        self.begun = self.journal.clock.now()

    @property
    def request(self) -> Request:
        """The request, to be looked at."""
        return Request(self.scope)

    async def carry_out(self, query: bytes | None = None) -> Answered:
        """What the system answers, unseen; with another query string where one is given."""
        if query is not None:
            return await carry_out(self.app, {**self.scope, "query_string": query}, self.body)
        if self.rehearsed is None:
            self.rehearsed = await carry_out(self.app, self.scope, self.body)
        return self.rehearsed

    async def carry_out_again(self) -> Answered:
        """The same once more."""
        self.rehearsed = None
        return await self.carry_out()

    def undo(self) -> None:
        """Be as if it had not been carried out, if it was."""
        if self.rehearsed is not None:
            self.store.thaw(self.before)
            self.rehearsed = None

    async def answer(self, answered: Answered) -> None:
        """Send an answer as it is."""
        await answered.send(self.said)

    async def let_pass(self, seconds: float) -> None:
        """Let time pass before the answer goes on."""
        await self.pause(seconds, is_served(self.scope))

    async def drop(self, *, instead_of: Answered | None = None) -> None:
        """Drop the connection; the journal keeps what would have been answered."""
        if instead_of is not None:
            self.exchange.answered(instead_of.start)
            self.exchange.answered({"type": "http.response.body", "body": instead_of.body})
        await drop(self.scope, self.receive)

    @property
    def has_written(self) -> bool:
        """Whether anything but tokens is different from what it was when the request came."""
        now = self.store.freeze()
        return any(
            table.rows is not self.before.tables[name].rows
            for name, table in now.tables.items()
            if name not in NEVER_STALE
        )
