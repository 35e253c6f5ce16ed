"""A journal followed while it grows: nothing missed, nothing twice, and an end when the server wants one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sse_starlette import ServerSentEvent

from simulator.addresses import Addresses
from simulator.clock import VirtualClock
from simulator.control import streams as streams_module
from simulator.control.pages import telling
from simulator.control.streams import Followed, Streams, events
from simulator.journal import Journal, Query
from simulator.serving import serving
from simulator.world import World, Worlds, build_world
from tests.unit.control.control import KEY, TOKEN

SECONDS_MAX = 5
ALL = Query()


def follow(world: World, streams: Streams, query: Query = ALL) -> AsyncIterator[ServerSentEvent]:
    return events(Followed(world.journal, query, telling(world), lambda: True), streams)


async def told(following: AsyncIterator[ServerSentEvent], count: int) -> list[tuple[str | None, str | None]]:
    """The kind and id of the next events, comments left out."""
    found: list[tuple[str | None, str | None]] = []
    while len(found) < count:
        event = await asyncio.wait_for(anext(following), SECONDS_MAX)
        if event.comment is None:
            found.append((event.event, event.id))
    return found


def moved(world: World, times: int = 1) -> None:
    for _each in range(times):
        world.clock.advance(timedelta(seconds=1), who="test")


async def test_a_stream_begins_where_it_is_asked_to_and_goes_on_live() -> None:
    world, streams = build_world(7), Streams()
    moved(world, 3)
    following = follow(world, streams, Query(since=1))
    assert await told(following, 2) == [("clock", "2"), ("clock", "3")]
    waiting = asyncio.ensure_future(told(following, 1))
    await asyncio.sleep(0)  # noqa: TID251 - the stream gets a turn and waits
    moved(world)
    assert await waiting == [("clock", "4")]


async def test_a_stream_tells_only_what_it_is_asked_for() -> None:
    world = build_world(7)
    moved(world, 2 * streams_module.READ_AT_ONCE)
    world.snapshot("morning")
    following = follow(world, Streams(), Query(kinds=frozenset({"world"})))
    assert await told(following, 1) == [("world", str(len(world.journal)))]


async def test_a_stream_tells_every_entry_once_however_many_come_while_it_is_read() -> None:
    world = build_world(7)
    following = follow(world, Streams())
    numbers = []
    for _round in range(20):
        moved(world, 70)
        numbers += [int(number or 0) for _kind, number in await told(following, 50)]
    numbers += [int(number or 0) for _kind, number in await told(following, 400)]
    assert numbers == list(range(1, 1401))


async def test_a_stream_that_comes_too_late_for_forgotten_entries_says_how_many_it_missed() -> None:
    journal = Journal(VirtualClock(), entries_max=10)
    for number in range(16):
        journal.note_happening("roster feed", str(number))
    missed = journal.first_number - 1
    assert missed > 0
    following = events(Followed(journal, Query(), lambda _entry: "{}", lambda: True), Streams())
    await anext(following)
    gap = await anext(following)
    assert (gap.event, json.loads(str(gap.data))) == ("gap", {"missed": missed})
    assert (await anext(following)).id == str(missed + 1)


async def test_a_stream_lets_others_have_a_turn_between_two_entries() -> None:
    """The connection is one of them: it learns in its turn that the client has left."""
    world, turns = build_world(7), 0
    moved(world, 50)

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)  # noqa: TID251 - a turn is what is counted

    waiting = asyncio.ensure_future(others())
    async for _event in follow(world, Streams(), Query(until=50)):
        pass
    waiting.cancel()
    assert turns >= 50


async def test_a_stream_ends_after_the_last_entry_that_was_asked_for() -> None:
    world = build_world(7)
    moved(world, 3)
    kinds = [event.event async for event in follow(world, Streams(), Query(until=2)) if event.event]
    assert kinds == ["clock", "clock", "end"]


async def test_a_stream_that_is_closed_listens_no_longer() -> None:
    world, streams = build_world(7), Streams()
    moved(world)
    async with aclosing(follow(world, streams)) as following:  # type: ignore[type-var]
        await told(following, 1)
        assert (len(streams), len(world.journal._listeners)) == (1, 1)
    assert (len(streams), len(world.journal._listeners)) == (0, 0)


class Server:
    """The fakes and the control API over sockets, and what the tests ask of it."""

    def __init__(self, worlds: Worlds, addresses: Addresses, client: httpx2.AsyncClient) -> None:
        self.worlds = worlds
        self.addresses = addresses
        self.client = client

    def stream(self, query: str = "", **headers: str) -> Any:  # noqa: ANN401 - an asynchronous context
        return self.client.stream("GET", f"/_sim/worlds/default/journal/stream{query}", headers=headers)


async def serve(ends: asyncio.Event, started: asyncio.Future[Server]) -> None:
    worlds = Worlds(build_world(7))
    async with (
        serving(worlds, control_token=TOKEN) as addresses,
        httpx2.AsyncClient(base_url=addresses.control, headers=KEY, timeout=SECONDS_MAX) as client,
    ):
        started.set_result(Server(worlds, addresses, client))
        await ends.wait()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    ends = asyncio.Event()
    started: asyncio.Future[Server] = asyncio.get_running_loop().create_future()
    serving_task = asyncio.ensure_future(serve(ends, started))
    yield await started
    ends.set()
    await serving_task


async def next_event(lines: AsyncIterator[str]) -> dict[str, str]:
    """The next event that is no comment, field by field."""
    event: dict[str, str] = {}
    async for line in lines:
        if not line and set(event) - {"", "retry"}:
            return event
        name, _colon, value = line.partition(": ")
        event |= {name: value}
    return event


async def test_over_sockets_an_event_carries_the_entry_as_json(server: Server) -> None:
    world = server.worlds.get("default")
    assert world is not None
    async with server.stream() as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        lines = answer.aiter_lines()
        moved(world)
        event = await next_event(lines)
        assert (event["event"], event["id"]) == ("clock", "1")
        assert json.loads(event["data"])["who"] == "test"
        posted = await server.client.post("/_sim/worlds/default/snapshots", json={"name": "morning"})
        assert posted.status_code == 201
        assert (await next_event(lines))["event"] == "world"


async def test_a_browser_that_lost_the_stream_goes_on_where_it_was(server: Server) -> None:
    world = server.worlds.get("default")
    assert world is not None
    moved(world, 5)
    async with server.stream("?since=1", **{"Last-Event-ID": "3"}) as answer:
        assert (await next_event(answer.aiter_lines()))["id"] == "4"


@pytest.mark.parametrize("number", ["-1", "x", "1" * 40])
async def test_a_last_event_that_is_no_number_is_422(server: Server, number: str) -> None:
    answer = await server.client.get("/_sim/worlds/default/journal/stream", headers={"Last-Event-ID": number})
    assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "Last-Event-ID")


async def test_a_stream_says_that_its_world_was_deleted_and_ends(server: Server) -> None:
    async with server.stream() as answer:
        lines = answer.aiter_lines()
        assert (await server.client.delete("/_sim/worlds/default")).status_code == 204
        event = await next_event(lines)
        assert (event["event"], json.loads(event["data"])) == ("end", {"why": "the world was deleted"})
        assert [line async for line in lines] == []


async def test_more_streams_than_there_may_be_are_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams_module, "STREAMS_MAX", 1)
    async with server.stream() as first:
        await anext(first.aiter_lines())
        async with server.stream() as second:
            assert second.status_code == 503
    await asyncio.sleep(0.1)  # noqa: TID251 - the server sees that the client went away in real time
    async with server.stream() as third:
        assert third.status_code == 200
