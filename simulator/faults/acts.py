"""What each kind of fault does to a request: one short function for each.

What must never be here: deciding whether (`decision`), how a vendor says no (`vendors`).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from simulator.asgi import note_exchange
from simulator.faults import vendors
from simulator.faults.answered import Answered
from simulator.faults.call import NEVER_STALE, Call
from simulator.faults.decision import Strike
from simulator.faults.kinds import (
    Answer,
    Drip,
    DropAfter,
    DropBefore,
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
from simulator.faults.plan import PageAsked
from simulator.state import FrozenStore, FrozenTable

_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>%(status)d</title></head>\n"
    b"<body><h1>%(status)d</h1><p>This page is for people.</p></body></html>\n"
)


async def do(call: Call, strike: Strike) -> None:  # noqa: PLR0912 - one line for each kind
    """Do what a fault does to this request."""
    match strike.fault.does:
        case Answer() as does:
            await _answer(call, does)
        case Latency() as does:
            await _come_late(call, strike, does)
        case DropBefore():
            call.undo()
            await call.drop()
        case DropAfter():
            await call.drop(instead_of=await call.carry_out())
        case Lost():
            await _lose(call)
        case Twice() as does:
            await _deliver_twice(call, does)
        case Truncated() as does:
            await _cut(call, does)
        case Malformed():
            await _damage(call)
        case HtmlPage() as does:
            await _show_page(call, does)
        case Drip() as does:
            await _drip(call, does)
        case Stale() as does:
            await _read_stale(call, does)
        case Shifting() as does:
            await _shift(call, does)
        case TokenExpires():
            await _end_token(call)
        case ThrottleStorm() as does:
            await _throttle(call, does)
        case Restart() as does:
            await _restart(call, does, strike.step)


async def _answer(call: Call, does: Answer) -> None:
    await _carry_out_or_undo(call, committed=does.committed)
    await call.answer(_error(call, does.status, does.words, does.retry_after_seconds))


async def _carry_out_or_undo(call: Call, *, committed: bool) -> None:
    if committed:
        await call.carry_out()
    else:
        call.undo()


def _error(call: Call, status: int, words: str, retry_after: int | None = None) -> Answered:
    return vendors.error_answer(
        call.asked.system, call.request, status, words, retry_after=retry_after, report=len(call.journal)
    )


async def _come_late(call: Call, strike: Strike, does: Latency) -> None:
    answered = await call.carry_out()
    thrown = call.plan.die(f"{strike.fault.name}: seconds", strike.number) if does.spread_seconds else 0
    await call.let_pass(does.seconds + does.spread_seconds * thrown)
    await call.answer(answered)


async def _lose(call: Call) -> None:
    answered = await call.carry_out()
    call.undo()
    await call.answer(answered)


async def _deliver_twice(call: Call, does: Twice) -> None:
    first = await call.carry_out()
    delivered = replace(call.exchange, response_parts=[])
    delivered.answered(first.start)
    delivered.answered({"type": "http.response.body", "body": first.body})
    note_exchange(call.journal, delivered, call.scope, seconds=0.0)
    second = await call.carry_out_again()
    await call.answer(first if does.hears == "first" else second)


async def _cut(call: Call, does: Truncated) -> None:
    answered = await call.carry_out()
    if not answered.body:
        await call.drop(instead_of=answered)
        return
    await call.said(answered.with_body(answered.body).start)
    part = answered.body[: int(len(answered.body) * does.share)]
    await call.said({"type": "http.response.body", "body": part, "more_body": True})
    await call.drop()


async def _damage(call: Call) -> None:
    answered = await call.carry_out()
    if answered.status in {204, 304}:
        answered = replace(answered, status=200)
    headers = tuple(pair for pair in answered.headers if pair[0].lower() != b"content-type")
    damaged = replace(answered, headers=(*headers, (b"content-type", b"application/json; charset=utf-8")))
    await call.answer(damaged.with_body(answered.body[:-1] + b',"'))


async def _show_page(call: Call, does: HtmlPage) -> None:
    await _carry_out_or_undo(call, committed=does.committed)
    page = Answered(does.status, ((b"content-type", b"text/html; charset=utf-8"),), b"")
    await call.answer(page.with_body(_PAGE % {b"status": does.status}))


async def _drip(call: Call, does: Drip) -> None:
    answered = await call.carry_out()
    pieces = min(does.pieces, max(1, len(answered.body)))
    size = -(-len(answered.body) // pieces)
    await call.said(answered.start)
    for number in range(pieces):
        await call.let_pass(does.seconds / pieces)
        piece = answered.body[number * size : (number + 1) * size]
        await call.said({"type": "http.response.body", "body": piece, "more_body": number + 1 < pieces})


async def _read_stale(call: Call, does: Stale) -> None:
    now = call.journal.clock.now()
    held = call.plan.held_at(call.asked.system, now - timedelta(seconds=does.seconds))
    live = call.store.freeze()
    if held is not None:
        call.store.thaw(FrozenStore({**held.tables, **_entering(live)}, live.values))
    try:
        answered = await call.carry_out_again()
    finally:
        call.store.thaw(FrozenStore({**live.tables, **_entering(call.store.freeze())}, live.values))
    await call.answer(answered)


def _entering(store: FrozenStore) -> dict[str, FrozenTable[Any, Any]]:
    """The tables that no copy is late with."""
    return {name: table for name, table in store.tables.items() if name in NEVER_STALE}


async def _shift(call: Call, does: Shifting) -> None:
    answered = await call.carry_out()
    query = call.request.url.query
    asked = PageAsked.of(query)
    if asked.offset:
        moved = await call.carry_out(_with(query, "offset", max(0, asked.offset + does.rows)))
        await call.answer(answered.with_body(moved.body))
        return
    here = _rows(answered)
    if not here:
        await call.answer(answered)
        return
    beside: list[Any] = []
    for away in range(1, abs(does.rows) + 1):  # a page has one row at least, so no more are needed
        number = asked.number + (away if does.rows > 0 else -away)
        page = _rows(await call.carry_out(_with(query, "page", number))) if number > 0 else []
        beside = beside + page if does.rows > 0 else page + beside
        if not page or len(beside) >= abs(does.rows):
            break
    await call.answer(answered.with_body(_as_body(_shifted(here, beside, does.rows))))


def _shifted(here: list[Any], beside: list[Any], rows: int) -> list[Any]:
    """A numbered page that begins some rows later or earlier, of it and of those after it or before it."""
    return (here + beside)[rows:][: len(here)] if rows > 0 else (beside[rows:] + here)[: len(here)]


def _rows(answered: Answered) -> list[Any]:
    """The rows of a list; none where the answer is no list."""
    try:
        told = json.loads(answered.body)
    except ValueError:
        return []
    return told if isinstance(told, list) else []


def _as_body(rows: list[Any]) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def _with(query: str, name: str, value: int) -> bytes:
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != name]
    return urlencode([*kept, (name, str(value))]).encode()


async def _end_token(call: Call) -> None:
    call.undo()
    vendors.forget_token(call.store, call.asked.system, call.request)
    await call.answer(await call.carry_out())


async def _throttle(call: Call, does: ThrottleStorm) -> None:
    call.undo()
    await call.answer(
        vendors.throttled(call.asked.system, call.request, does.status, retry_after=does.retry_after_seconds)
    )


async def _restart(call: Call, does: Restart, step: int) -> None:
    call.undo()
    if step == 0 and does.tokens == "lost":
        vendors.forget_all_tokens(call.store)
    if step < does.dropped:
        await call.drop()
        return
    await call.answer(_error(call, 503, ""))
