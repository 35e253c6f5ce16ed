"""Two ways to the same faulty world: over real sockets and in process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import lru_cache
from typing import Any

import httpx2
import pytest

from simulator.addresses import Addresses
from simulator.app import Apps, build_apps
from simulator.faults import Does, Fault, Match
from simulator.in_process import InProcessTransport
from simulator.journal import Exchange, FaultStruck
from simulator.serving import serving
from simulator.waiting import IN_PROCESS, OVER_SOCKETS
from simulator.world import World, Worlds, build_world

SEED = 7
ONEROSTER = "/ims/oneroster/v1p1"
IN_PROCESS_WORLDS = Worlds()
"""Building the applications takes longer than a test, so those in process share them."""


class Faulty:
    """A world, and short ways to ask it as the sync, the teacher in Canvas and the teacher in Synergy."""

    def __init__(self, world: World, canvas: httpx2.AsyncClient, synergy: httpx2.AsyncClient) -> None:
        self.world = world
        self._canvas = canvas
        self._synergy = synergy
        self.section = world.school.courses[0].sections[0]
        self.student = self.section.students[0]
        self.token = world.synergy.issue_token(
            frozenset(
                {"roster-core.readonly", "gradebook.readonly", "gradebook.createput", "gradebook.delete"}
            )
        )

    def plan(self, does: Does, match: Match | None = None, **more: Any) -> Fault:  # noqa: ANN401 - a Fault's fields
        return self.world.faults.plan(Fault(name="it", does=does, match=match or Match(), **more))

    async def sync(self, method: str, path: str, body: object = None, **options: Any) -> httpx2.Response:  # noqa: ANN401 - passed on as it is
        """Ask OneRoster."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return await self._synergy.request(method, ONEROSTER + path, headers=headers, json=body, **options)

    async def token_endpoint(self) -> httpx2.Response:
        credentials = self.world.credentials
        return await self._synergy.post(
            "/oauth/token",
            auth=(credentials.client_id, credentials.client_secret),
            data={"grant_type": "client_credentials"},
        )

    async def screen(self) -> httpx2.Response:
        """Look at the class's assignments in TeacherVUE."""
        headers = {"Authorization": f"Bearer {self.world.credentials.teachervue_token}"}
        return await self._synergy.get(
            f"/teachervue/classes/{self.section.guid}/assignments", headers=headers
        )

    async def canvas(
        self,
        path: str,
        method: str = "GET",
        *,
        as_nobody: bool = False,
        **options: Any,  # noqa: ANN401 - passed on as it is
    ) -> httpx2.Response:
        bearer = {"Authorization": f"Bearer {self.world.credentials.teacher_tokens[0]}"}
        headers = {} if as_nobody else bearer
        return await self._canvas.request(method, f"/api/v1{path}", headers=headers, **options)

    async def put_item(self, number: int = 1) -> httpx2.Response:
        """Write a line item."""
        item = {
            "sourcedId": f"item-{number}",
            "status": "active",
            "dateLastModified": "2026-09-14T15:00:00.000Z",
            "title": f"Cell quiz {number}",
            "assignDate": "2026-09-10T07:00:00.000Z",
            "dueDate": "2026-09-14T07:00:00.000Z",
            "class": {"sourcedId": self.section.guid, "type": "class"},
            "category": {"sourcedId": self._category(), "type": "category"},
            "resultValueMin": 0.0,
            "resultValueMax": 10.0,
        }
        return await self.sync("PUT", f"/lineItems/item-{number}", {"lineItem": item})

    async def put_score(self, score: float = 8.0) -> httpx2.Response:
        """Write the first student's score on the first line item."""
        result = {
            "sourcedId": "result-1",
            "status": "active",
            "dateLastModified": "2026-09-14T15:00:00.000Z",
            "lineItem": {"sourcedId": "item-1", "type": "lineItem"},
            "student": {"sourcedId": self.student.guid, "type": "user"},
            "scoreStatus": "fully graded",
            "score": score,
            "scoreDate": "2026-09-14",
        }
        return await self.sync("PUT", "/results/result-1", {"result": result})

    def _category(self) -> str:
        return self.world.synergy.types_of(self.section.guid)[0].guid

    @property
    def items(self) -> int:
        """How many line items Synergy holds."""
        return len(self.world.synergy.assignments)

    @property
    def exchanges(self) -> list[Exchange]:
        return list(self.world.journal.exchanges())

    @property
    def strikes(self) -> list[str]:
        return [
            f"{entry.fault}: {entry.what} at {entry.system}"
            for entry in self.world.journal.entries
            if isinstance(entry, FaultStruck)
        ]


@lru_cache(maxsize=1)
def _apps() -> Apps:
    return build_apps(IN_PROCESS_WORLDS)


@pytest.fixture(params=["sockets", "in process"])
async def faulty(request: pytest.FixtureRequest) -> AsyncIterator[Faulty]:
    async with AsyncExitStack() as stack:
        world = build_world(SEED)
        if request.param == "sockets":
            world.waiting.autojump = OVER_SOCKETS
            addresses = await stack.enter_async_context(serving(Worlds(world)))
            transports: list[httpx2.AsyncBaseTransport | None] = [None, None]
        else:
            world.waiting.autojump = IN_PROCESS
            IN_PROCESS_WORLDS.add(world)
            apps = _apps()
            addresses = Addresses("http://canvas.test", "http://synergy.test", "")
            transports = [InProcessTransport(app=apps.canvas), InProcessTransport(app=apps.synergy)]
        canvas, synergy = [
            await stack.enter_async_context(
                httpx2.AsyncClient(base_url=url, transport=transport, timeout=10, trust_env=False)
            )
            for url, transport in zip((addresses.canvas, addresses.synergy), transports, strict=True)
        ]
        yield Faulty(world, canvas, synergy)
