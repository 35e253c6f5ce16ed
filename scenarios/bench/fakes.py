"""What the fakes cost beside bare FastAPI routes that do the same, in one process and without sockets.

A socket and a client would cost both sides the same and make the ratio look better than it is.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from pydantic import BaseModel

from scenarios.bench.caller import Caller
from scenarios.bench.figure import Figure
from scenarios.bench.snapshots import snapshot_figures
from simulator.app import Apps, build_apps
from simulator.world import World, Worlds, build_world

PAGE = 100
ASSIGNMENTS = 4
"""So many on a class of thirty make a full page of a hundred rows."""
ROUNDS, CALLS = 60, 15
RATE_SHARE_MIN = 0.5


def bench_fakes(seed: int) -> Iterator[Figure]:
    """A page of submissions from Canvas and a PUT of a result to Synergy, each beside a bare route.

    Then what it costs to go back in the world behind them.
    """
    yield from asyncio.run(_bench(seed))
    yield from snapshot_figures(seed)


async def _bench(seed: int) -> list[Figure]:
    world = build_world(seed)
    apps = build_apps(Worlds(world))
    gc.collect()
    gc.freeze()  # as `gradelab serve` does once it answers
    return [*await _page_of_submissions(world, apps), *await _put_of_a_result(world, apps)]


async def _page_of_submissions(world: World, apps: Apps) -> list[Figure]:
    canvas = Caller(apps.canvas, f"Bearer {world.credentials.teacher_tokens[0]}")
    course = (await canvas.json("GET", "/api/v1/courses"))[0]["id"]
    students = await canvas.json(
        "GET", f"/api/v1/courses/{course}/users?enrollment_type[]=student&per_page=100"
    )
    for number in range(ASSIGNMENTS):
        wanted = {"assignment": {"name": f"Quiz {number}", "points_possible": 10, "published": True}}
        work = await canvas.json("POST", f"/api/v1/courses/{course}/assignments", wanted)
        for student in students:
            row = f"/api/v1/courses/{course}/assignments/{work['id']}/submissions/{student['id']}"
            await canvas.json("PUT", row, {"submission": {"posted_grade": "9"}})
    query = urlencode({"student_ids[]": "all", "per_page": PAGE})
    path = f"/api/v1/courses/{course}/students/submissions?{query}"
    page = await canvas.json("GET", path)
    if len(page) != PAGE:
        raise RuntimeError(f"The page has {len(page)} rows instead of {PAGE}")

    bare = FastAPI()

    @bare.get("/page")
    async def page_route() -> list[dict[str, Any]]:
        return list(page)

    plain = Caller(bare, "")
    return await _side_by_side(
        f"a page of {PAGE} submissions",
        lambda: canvas.call("GET", path),
        lambda: plain.call("GET", "/page"),
    )


class _Link(BaseModel):
    sourcedId: str  # noqa: N815 - OneRoster's own name


class _Result(BaseModel):
    sourcedId: str  # noqa: N815 - OneRoster's own name
    status: str
    lineItem: _Link  # noqa: N815 - OneRoster's own name
    student: _Link
    score: float
    scoreStatus: str  # noqa: N815 - OneRoster's own name
    scoreDate: str  # noqa: N815 - OneRoster's own name


class _ResultBody(BaseModel):
    result: _Result


async def _put_of_a_result(world: World, apps: Apps) -> list[Figure]:
    place = "/ims/oneroster/v1p1"
    synergy = Caller(apps.synergy, await _bearer(world, apps))
    room = (await synergy.json("GET", f"{place}/classes?limit=1"))["classes"][0]["sourcedId"]
    student = (await synergy.json("GET", f"{place}/classes/{room}/students?limit=1"))["users"][0]["sourcedId"]
    kinds = (await synergy.json("GET", f"{place}/classes/{room}/categories?limit=1"))["categories"]
    item = {
        "sourcedId": "bench-item",
        "status": "active",
        "title": "Quiz",
        "assignDate": "2026-09-14T00:00:00Z",
        "dueDate": "2026-09-18T00:00:00Z",
        "class": {"sourcedId": room},
        "category": {"sourcedId": kinds[0]["sourcedId"]},
        "resultValueMin": 0,
        "resultValueMax": 10,
    }
    await synergy.json("PUT", f"{place}/lineItems/bench-item", {"lineItem": item})
    result = {
        "sourcedId": "bench-result",
        "status": "active",
        "lineItem": {"sourcedId": "bench-item"},
        "student": {"sourcedId": student},
        "score": 9,
        "scoreStatus": "fully graded",
        "scoreDate": "2026-09-14",
    }
    body = json.dumps({"result": result}).encode()
    bare = FastAPI()
    kept: dict[str, _Result] = {}

    @bare.put("/results/{sourced_id}", status_code=201)
    async def put_route(sourced_id: str, wanted: _ResultBody) -> _ResultBody:
        kept[sourced_id] = wanted.result
        return wanted

    plain = Caller(bare, "")
    return await _side_by_side(
        "a PUT of a result",
        lambda: synergy.call("PUT", f"{place}/results/bench-result", body),
        lambda: plain.call("PUT", "/results/bench-result", body),
    )


async def _bearer(world: World, apps: Apps) -> str:
    pair = f"{world.credentials.client_id}:{world.credentials.client_secret}"
    basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
    door = Caller(apps.synergy, basic, content_type="application/x-www-form-urlencoded")
    _status, answer = await door.call("POST", "/oauth/token", b"grant_type=client_credentials")
    return f"Bearer {json.loads(answer)['access_token']}"


async def _side_by_side(
    name: str, fake: Callable[[], Awaitable[object]], bare: Callable[[], Awaitable[object]]
) -> list[Figure]:
    """The rounds take turns, so that both meet the same machine, and each is compared with its neighbour."""
    rounds = [(await _seconds(fake), await _seconds(bare)) for _round in range(ROUNDS)]
    share = statistics.median(of_bare / of_fake for of_fake, of_bare in rounds)
    return [
        Figure(
            f"{name}, bare FastAPI", statistics.median(of_bare for _fake, of_bare in rounds) * 1_000, "ms"
        ),
        Figure(f"{name}, the fake", statistics.median(of_fake for of_fake, _bare in rounds) * 1_000, "ms"),
        Figure(f"{name}, rate of the fake beside the bare one", share, "x", RATE_SHARE_MIN, True),  # noqa: FBT003 - more is better
    ]


async def _seconds(call: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()  # noqa: TID251 - a benchmark measures real time
    for _call in range(CALLS):
        await call()
    return (time.perf_counter() - begun) / CALLS  # noqa: TID251
