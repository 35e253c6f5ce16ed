"""The door of each fake while something is planned to go wrong there.

Looks at every request, has it decided what is done to it, notes it, and does it. What bites: a fault that
asks which rule was asked, who asks, or whether a write was acknowledged, can only be decided on once the
request was carried out; it is carried out unseen then, and undone if need be. The marks of a request that was
undone stay in the journal, and its exchange says that it was not carried out.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.asgi import exchange_of, path_in_world
from simulator.faults.acts import do
from simulator.faults.answered import read_body, saying
from simulator.faults.call import Call
from simulator.faults.fault_plan import FaultPlan
from simulator.faults.kinds import leaves_undone
from simulator.faults.plan import Asked, PageAsked
from simulator.faults.vendors import token_of
from simulator.journal import Journal
from simulator.waiting import Waiting


class Striking:
    """An application around a fake. Made for each request of a world with planned faults."""

    def __init__(self, app: ASGIApp, *, plan: FaultPlan, waiting: Waiting) -> None:
        self._app = app
        self._plan = plan
        self._waiting = waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        body, is_whole = await read_body(receive)
        if not is_whole:
            await self._app(scope, saying(body, receive, is_whole=False), send)
            return
        call = self._call(scope, receive, send, body)
        try:
            await self._handle(call)
        finally:
            if self._plan.remembers and call.asked.writes and call.has_written:
                self._plan.remember(call.asked.system, call.begun, call.before)

    async def _handle(self, call: Call) -> None:
        if self._plan.wants_rehearsal(call.asked):
            begun = len(call.journal)
            answered = await call.carry_out()
            rules = frozenset(mark.rule for mark in call.journal.marks(since=begun))
            call.asked = replace(call.asked, who=call.exchange.who, rules=rules, status=answered.status)
        strike = self._plan.decide(call.asked).strike
        if strike is None:
            await _as_ever(call)
            return
        does = strike.fault.does
        call.exchange.fault = strike.fault.kind
        call.exchange.handled = not leaves_undone(does)
        call.journal.note_fault(
            strike.fault.name, strike.fault.kind, call.asked.system, f"{call.asked.method} {call.asked.path}"
        )
        await do(call, strike)

    def _call(self, scope: Scope, receive: Receive, send: Send, body: bytes) -> Call:
        exchange, journal = exchange_of(scope), self._plan.journal
        page = PageAsked.of(scope["query_string"].decode("latin-1"))
        asked = Asked(
            system=exchange.system,
            method=scope["method"],
            path=path_in_world(scope),
            body=body.decode("utf-8", "replace"),
            later_page=page.is_later,
            numbered_page=page.is_later_by_number,
            carries_token=bool(token_of(exchange.system, Request(scope))),
            written_seconds_ago=self._written_seconds_ago(exchange.system, journal),
        )
        return Call(
            app=self._app,
            scope=scope,
            receive=receive,
            said=send,
            body=body,
            asked=asked,
            store=scope["state"]["store"],
            journal=journal,
            exchange=exchange,
            plan=self._plan,
            pause=lambda seconds, served: self._waiting.pause(seconds, served=served),
        )

    def _written_seconds_ago(self, system: str, journal: Journal) -> float | None:
        written = self._plan.written_at(system)
        return None if written is None else (journal.clock.now() - written).total_seconds()


async def _as_ever(call: Call) -> None:
    """Nothing is done to it."""
    if call.rehearsed is not None:
        await call.answer(call.rehearsed)
        return
    await call.app(call.scope, saying(call.body, call.receive), call.said)
