"""The control API in process, as its tests meet it: both fakes and the API over the same worlds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from starlette.types import ASGIApp

from simulator.app import NOWHERE, Apps, build_apps
from simulator.profiles import ONEROSTER_STRICT
from simulator.world import World, Worlds, build_world

TOKEN = "key"
KEY = {"Authorization": f"Bearer {TOKEN}"}
NEW = {"name": "fresh", "seed": 7}


@dataclass(frozen=True)
class Control:
    """A client of the API, and what it controls."""

    worlds: Worlds
    client: httpx2.AsyncClient
    canvas: httpx2.AsyncClient
    synergy: httpx2.AsyncClient

    async def get(self, path: str, /, **params: str | int | list[str]) -> httpx2.Response:
        return await self.client.get(f"/_sim/worlds{path}", params=params)

    async def post(self, path: str, body: object = None) -> httpx2.Response:
        return await self.client.post(f"/_sim/worlds{path}", json={} if body is None else body)

    async def put(self, path: str, body: object) -> httpx2.Response:
        return await self.client.put(f"/_sim/worlds{path}", json=body)

    async def delete(self, path: str) -> httpx2.Response:
        return await self.client.delete(f"/_sim/worlds{path}")

    def world(self, name: str) -> World:
        found = self.worlds.get(name)
        assert found is not None
        return found


def two_worlds() -> Worlds:
    return Worlds(build_world(7), build_world(8, name="room-1", profile=ONEROSTER_STRICT))


@asynccontextmanager
async def controlling(worlds: Worlds) -> AsyncIterator[Control]:
    apps = build_apps(worlds, control_token=TOKEN)
    assert apps.control is not None
    async with (
        _client(apps.control, NOWHERE.control, KEY) as client,
        _client(apps.canvas, NOWHERE.canvas) as canvas,
        _client(apps.synergy, NOWHERE.synergy) as synergy,
    ):
        yield Control(worlds, client, canvas, synergy)


def apps_of(worlds: Worlds) -> Apps:
    return build_apps(worlds, control_token=TOKEN)


def _client(app: ASGIApp, url: str, headers: dict[str, str] | None = None) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=url, headers=headers)


def complaint(answer: httpx2.Response) -> tuple[int, str]:
    """The status of a refusal, and the field that it names."""
    told = answer.json()
    assert told["error"]
    return answer.status_code, told["problems"][0]["field"]
