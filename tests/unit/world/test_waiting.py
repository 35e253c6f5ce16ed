"""Waiting for the virtual clock, and the clock that jumps when everything waits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx2
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from simulator.asgi import Tenant, WorldRouter
from simulator.clock import SCHOOL_MORNING, VirtualClock
from simulator.journal import Journal
from simulator.waiting import IN_PROCESS, Autojump, Waiting


def a_clock(autojump: Autojump | None = None) -> tuple[VirtualClock, Waiting]:
    clock = VirtualClock()
    waiting = Waiting(clock, autojump)
    clock.on_step = lambda _by, _who: waiting.wake()
    return clock, waiting


async def turns(number: int = 300) -> None:
    for _turn in range(number):
        await asyncio.sleep(0)  # noqa: TID251 - no time passes


async def test_whoever_sleeps_wakes_when_the_clock_has_passed_and_not_before() -> None:
    clock, waiting = a_clock()
    sleeper = asyncio.ensure_future(waiting.sleep(60))
    await turns()
    clock.advance(timedelta(seconds=59))
    await turns()
    assert not sleeper.done()
    clock.advance(timedelta(seconds=1))
    await sleeper


async def test_without_autojump_the_clock_stands_however_many_wait() -> None:
    clock, waiting = a_clock()
    sleepers = [asyncio.ensure_future(waiting.sleep(each)) for each in (1, 2)]
    await turns()
    assert clock.now() == SCHOOL_MORNING
    for each in sleepers:
        each.cancel()


async def test_when_everything_waits_the_clock_jumps_from_sleeper_to_sleeper() -> None:
    clock, waiting = a_clock(IN_PROCESS)
    woken: list[tuple[int, float]] = []

    async def sleep(seconds: int) -> None:
        await waiting.sleep(seconds)
        woken.append((seconds, (clock.now() - SCHOOL_MORNING).total_seconds()))

    await asyncio.gather(sleep(30), sleep(10), sleep(20))
    assert woken == [(10, 10.0), (20, 20.0), (30, 30.0)]


async def test_the_clock_does_not_jump_while_somebody_is_at_work() -> None:
    clock, waiting = a_clock(IN_PROCESS)
    go_on = asyncio.Event()

    async def work() -> None:
        with waiting.busy():
            await go_on.wait()

    worker = asyncio.ensure_future(work())
    sleeper = asyncio.ensure_future(waiting.sleep(10))
    await turns()
    assert clock.now() == SCHOOL_MORNING
    go_on.set()
    await asyncio.gather(worker, sleeper)
    assert clock.now() == SCHOOL_MORNING + timedelta(seconds=10)


async def test_an_answer_that_is_late_on_purpose_waits_like_everybody_else() -> None:
    clock, waiting = a_clock(IN_PROCESS)
    with waiting.busy():
        await waiting.sleep_while_busy(45)
    assert clock.now() == SCHOOL_MORNING + timedelta(seconds=45)


async def test_whoever_gave_up_waiting_does_not_make_the_clock_jump() -> None:
    clock, waiting = a_clock(IN_PROCESS)
    impatient = asyncio.ensure_future(waiting.sleep(3600))
    await asyncio.sleep(0)  # noqa: TID251 - lets it begin
    impatient.cancel()
    await waiting.sleep(5)
    assert clock.now() == SCHOOL_MORNING + timedelta(seconds=5)
    await turns()
    assert (clock.now(), len(waiting)) == (SCHOOL_MORNING + timedelta(seconds=5), 0)


async def test_a_system_that_is_at_work_keeps_the_clock_from_jumping() -> None:
    clock = VirtualClock()
    waiting = Waiting(clock, IN_PROCESS)
    busy: list[int] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        busy.append(waiting._busy)
        await PlainTextResponse("done")(scope, receive, send)

    tenant = Tenant(object(), Journal(clock), waiting=waiting)
    router = WorldRouter(app, lambda _name: tenant, lambda _path: "canvas")
    transport = httpx2.ASGITransport(app=router)
    async with httpx2.AsyncClient(transport=transport, base_url="http://it") as client:
        await client.get("/")
    assert busy == [1]


async def test_a_pause_moves_a_clock_that_nobody_else_would_move() -> None:
    clock, waiting = a_clock()
    await waiting.pause(30, served=False)
    assert clock.now() == SCHOOL_MORNING + timedelta(seconds=30)


async def test_a_pause_of_a_clock_that_is_moved_by_hand_takes_real_time_of_a_client_behind_a_socket() -> None:
    clock, waiting = a_clock()
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await waiting.pause(0.05, served=True)
    assert loop.time() - begun >= 0.04
    assert clock.now() == SCHOOL_MORNING


async def test_a_clock_that_is_to_jump_no_longer_stops_where_it_is() -> None:
    clock, waiting = a_clock(IN_PROCESS)
    first, second = (asyncio.ensure_future(waiting.sleep(each)) for each in (60, 120))
    first.add_done_callback(lambda _done: setattr(waiting, "autojump", None))
    await first
    await turns()
    assert not second.done()
    assert clock.now() == SCHOOL_MORNING + timedelta(seconds=60)
    clock.advance(timedelta(seconds=60))
    await second
