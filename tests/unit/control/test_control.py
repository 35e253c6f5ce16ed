"""The control API: worlds from outside, and nothing for whoever has no token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from simulator.control.routes import build_control
from simulator.profiles import ONEROSTER_STRICT
from simulator.world import Worlds, build_world

KEY = {"Authorization": "Bearer key"}


@pytest.fixture
def worlds() -> Worlds:
    return Worlds(build_world(7), build_world(8, name="room-1", profile=ONEROSTER_STRICT))


@pytest.fixture
async def control(worlds: Worlds) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=build_control(worlds, "key"))
    async with httpx2.AsyncClient(transport=transport, base_url="http://sim.test", headers=KEY) as client:
        yield client


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic key", "key"])
@pytest.mark.parametrize("path", ["/_sim/worlds", "/_sim/nothing", "/"])
async def test_without_the_token_every_path_is_the_same_plain_404(
    control: httpx2.AsyncClient, path: str, header: str
) -> None:
    answer = await control.get(path, headers={"Authorization": header})
    assert (answer.status_code, answer.text) == (404, "Not Found")
    assert answer.headers["Content-Type"].startswith("text/plain")


async def test_the_worlds_are_listed_with_what_they_were_built_from(control: httpx2.AsyncClient) -> None:
    now = "2026-09-14T15:00:00+00:00"
    assert (await control.get("/_sim/worlds")).json() == {
        "worlds": [
            {"name": "default", "seed": 7, "profile": "khsd", "now": now},
            {"name": "room-1", "seed": 8, "profile": "oneroster_strict", "now": now},
        ]
    }


async def test_advancing_moves_the_clock_of_one_world_and_is_noted(control: httpx2.AsyncClient) -> None:
    answer = await control.post("/_sim/worlds/room-1/clock/advance", json={"seconds": 90})
    assert answer.json() == {"now": "2026-09-14T15:01:30+00:00"}
    assert (await control.get("/_sim/worlds/room-1/clock")).json() == answer.json()
    assert (await control.get("/_sim/worlds/default/clock")).json() == {"now": "2026-09-14T15:00:00+00:00"}
    entries = (await control.get("/_sim/worlds/room-1/journal")).json()["entries"]
    assert [(entry["kind"], entry["by_seconds"], entry["who"]) for entry in entries] == [
        ("clock", 90.0, "control")
    ]


@pytest.mark.parametrize(
    "body",
    [
        '{"seconds": -1}',
        '{"seconds": "60"}',
        '{"seconds": 1e300}',
        '{"seconds": true}',
        "{}",
        '{"minutes": 1}',
    ],
)
async def test_a_bad_advance_is_422_and_names_the_field(control: httpx2.AsyncClient, body: str) -> None:
    answer = await control.post("/_sim/worlds/default/clock/advance", content=body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(("seconds: ", "minutes: "))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"[" * 100_000])
async def test_a_malformed_advance_is_422(control: httpx2.AsyncClient, body: bytes) -> None:
    assert (await control.post("/_sim/worlds/default/clock/advance", content=body)).status_code == 422


async def test_a_world_ends_with_its_last_year_and_that_is_a_refusal(control: httpx2.AsyncClient) -> None:
    statuses = []
    for _decade in range(18):
        answer = await control.post("/_sim/worlds/default/clock/advance", json={"seconds": 10 * 366 * 86_400})
        statuses.append(answer.status_code)
    assert statuses == [200] * 17 + [422]


async def test_the_journal_goes_on_where_the_last_call_ended(control: httpx2.AsyncClient) -> None:
    advance = "/_sim/worlds/default/clock/advance"
    await control.post(advance, json={"seconds": 1})
    first = (await control.get("/_sim/worlds/default/journal")).json()
    await control.post(advance, json={"seconds": 2})
    second = (await control.get("/_sim/worlds/default/journal", params={"since": first["next"]})).json()
    assert [entry["by_seconds"] for entry in second["entries"]] == [2.0]
    assert second["next"] == 2


async def test_the_journal_can_be_narrowed_to_a_kind(control: httpx2.AsyncClient) -> None:
    await control.post("/_sim/worlds/default/clock/advance", json={"seconds": 1})
    told: dict[str, Any] = {}
    for kind in ("clock", "mark", "exchange"):
        answer = await control.get("/_sim/worlds/default/journal", params={"kind": kind})
        told[kind] = len(answer.json()["entries"])
    assert told == {"clock": 1, "mark": 0, "exchange": 0}


@pytest.mark.parametrize("params", [{"since": "-1"}, {"since": "x"}, {"since": "²"}, {"kind": "gossip"}])
async def test_a_bad_question_to_the_journal_is_422_and_names_the_field(
    control: httpx2.AsyncClient, params: dict[str, str]
) -> None:
    answer = await control.get("/_sim/worlds/default/journal", params=params)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(f"{next(iter(params))}: ")


async def test_a_reset_world_is_as_new_opens_with_the_same_credentials_and_remembers(
    control: httpx2.AsyncClient, worlds: Worlds
) -> None:
    world = worlds.get("room-1")
    assert world is not None
    credentials = world.credentials
    await control.post("/_sim/worlds/room-1/clock/advance", json={"seconds": 5})
    answer = await control.post("/_sim/worlds/room-1/reset")
    assert answer.json()["now"] == "2026-09-14T15:00:00+00:00"
    assert worlds.get("room-1") is world
    assert world.credentials == credentials
    assert [entry.kind for entry in world.journal.entries] == ["clock", "world"]


async def test_a_world_that_is_not_there_is_404_in_json(control: httpx2.AsyncClient) -> None:
    for method, path in (("GET", "journal"), ("GET", "clock"), ("POST", "clock/advance"), ("POST", "reset")):
        answer = await control.request(method, f"/_sim/worlds/nowhere/{path}")
        assert (answer.status_code, answer.json()) == (404, {"error": 'There is no world "nowhere".'})
