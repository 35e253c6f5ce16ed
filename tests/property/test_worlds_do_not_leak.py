"""Two worlds on the same servers, in whatever order they are used: each is as if it were alone.

Both have the same seed, so ids and credentials are the same, and only the path says which world is meant.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpx2
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from simulator.control.pages import telling
from simulator.world import World, Worlds, build_world
from simulator.world_file import world_as_text
from tests.unit.control.control import Control, controlling

SEED = 7
NAMES = ("left", "right")
SETTINGS = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Step:
    """What is done in one of the two worlds. `number` makes it recognisable."""

    world: str
    what: str
    number: int

    @property
    def marker(self) -> str:
        """A text that only this world has in it."""
        return f"{self.world} {self.number}"


class Used:
    """A world in use over HTTP: both fakes and the control API."""

    def __init__(self, control: Control, name: str) -> None:
        self._control = control
        self._name = name
        self._world = control.world(name)
        self._bearer = ""

    async def canvas(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        token = self._world.credentials.teacher_tokens[0]
        answer = await self._control.canvas.request(
            method,
            f"/w/{self._name}/api/v1/{path}",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.is_success, answer.text
        return answer.json()

    async def oneroster(self, method: str, path: str, body: object = None) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self._bearer}"}
        url = f"/w/{self._name}/ims/oneroster/v1p1/{path}"
        answer = await self._control.synergy.request(method, url, json=body, headers=headers)
        if answer.status_code != 401:
            return answer
        credentials = self._world.credentials
        granted = await self._control.synergy.post(
            f"/w/{self._name}/oauth/token",
            auth=(credentials.client_id, credentials.client_secret),
            data={"grant_type": "client_credentials"},
        )
        self._bearer = granted.json()["access_token"]
        headers = {"Authorization": f"Bearer {self._bearer}"}
        return await self._control.synergy.request(method, url, json=body, headers=headers)

    async def teachervue(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        headers = {"Authorization": f"Bearer {self._world.credentials.teachervue_token}"}
        url = f"/w/{self._name}/teachervue/{path}"
        answer = await self._control.synergy.request(method, url, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()

    async def control(self, path: str, body: object = None) -> None:
        answer = await self._control.post(f"/{self._name}/{path}", body)
        assert answer.status_code < 300, answer.text


Act: TypeAlias = Callable[[Used, Step], Awaitable[object]]


async def assign(world: Used, step: Step) -> None:
    course = (await world.canvas("GET", "courses"))[0]["id"]
    body = {"assignment": {"name": step.marker, "points_possible": 10, "published": True}}
    await world.canvas("POST", f"courses/{course}/assignments", body)
    await world.canvas("GET", f"courses/{course}/assignments?per_page=1")


async def write_line_item(world: Used, step: Step) -> None:
    room = (await world.oneroster("GET", "classes?limit=1")).json()["classes"][0]["sourcedId"]
    kind = (await world.oneroster("GET", f"classes/{room}/categories")).json()["categories"][0]["sourcedId"]
    item = {"sourcedId": f"li-{step.number}", "status": "active", "title": step.marker}
    item |= {"assignDate": "2026-09-14T00:00:00.000Z", "dueDate": "2026-09-14T00:00:00.000Z"}
    more = {"class": {"sourcedId": room}, "category": {"sourcedId": kind}}
    body = {"lineItem": {**item, **more, "resultValueMin": 0, "resultValueMax": 10}}
    assert (await world.oneroster("PUT", f"lineItems/{item['sourcedId']}", body)).status_code in {200, 201}


async def type_in_synergy(world: Used, step: Step) -> None:
    room = (await world.teachervue("GET", "classes"))["classes"][0]
    body = {"name": step.marker, "type_id": room["assignment_types"][0]["id"], "max_score": 10}
    await world.teachervue("POST", f"classes/{room['id']}/assignments", body)
    await world.teachervue("GET", f"classes/{room['id']}/assignments")


async def move_clock(world: Used, step: Step) -> None:
    await world.control("clock/advance", {"seconds": 3_600 * (step.number + 1)})


async def take_snapshot(world: Used, step: Step) -> None:
    await world.control("snapshots", {"name": step.marker})


async def restore(world: Used, step: Step) -> None:
    await world.control("snapshots", {"name": step.marker})
    await move_clock(world, step)
    await world.control(f"snapshots/{step.marker}/restore")


async def reset(world: Used, _step: Step) -> None:
    await world.control("reset")


async def plan_fault(world: Used, step: Step) -> None:
    does = {"kind": "answer", "status": 503}
    fault = {
        "name": f"{step.marker} busy",
        "does": does,
        "match": {"system": "oneroster", "methods": ["DELETE"]},
    }
    await world.oneroster("DELETE", "results/nothing")
    await world.control("faults", fault)
    await world.oneroster("DELETE", "results/nothing")
    await world.control("roster-feed")


ACTS: dict[str, Act] = {
    act.__name__: act
    for act in (
        assign,
        write_line_item,
        type_in_synergy,
        move_clock,
        take_snapshot,
        restore,
        reset,
        plan_fault,
    )
}


async def after(steps: list[Step], names: tuple[str, ...]) -> dict[str, World]:
    """The worlds of these names on servers of their own, after the steps that are theirs."""
    worlds = Worlds(*(build_world(SEED, name=name) for name in names))
    async with controlling(worlds) as control:
        used = {name: Used(control, name) for name in names}
        for step in steps:
            if step.world in names:
                await ACTS[step.what](used[step.world], step)
        return {name: control.world(name) for name in names}


def everything(world: World) -> str:
    """All that there is to know of a world: its state and its journal."""
    tell = telling(world)
    return world_as_text(world) + "\n".join(tell(entry) for entry in world.journal.entries)


def histories() -> st.SearchStrategy[list[Step]]:
    """Steps in the one and in the other world, each with a number of its own."""
    moves = st.tuples(st.sampled_from(NAMES), st.sampled_from(sorted(ACTS)))
    return st.lists(moves, min_size=2, max_size=10).map(
        lambda chosen: [Step(world, what, number) for number, (world, what) in enumerate(chosen)]
    )


EVERY_ACT = [
    Step(name, what, 2 * number + side) for number, what in enumerate(ACTS) for side, name in enumerate(NAMES)
]


@SETTINGS
@given(histories())
@example(EVERY_ACT)
def test_each_of_two_worlds_is_as_if_it_were_alone(steps: list[Step]) -> None:
    together = asyncio.run(after(steps, NAMES))
    for name in NAMES:
        (alone,) = asyncio.run(after(steps, (name,))).values()
        assert everything(together[name]) == everything(alone)
        assert together[name].journal.digest() == alone.journal.digest()


def test_every_act_leaves_its_mark_in_its_own_world_only() -> None:
    together = {name: everything(world) for name, world in asyncio.run(after(EVERY_ACT, NAMES)).items()}
    for step in EVERY_ACT:
        if step.what not in {"move_clock", "reset"}:
            assert step.marker in together[step.world], step
    for name, other in (NAMES, NAMES[::-1]):
        marks = [step.marker for step in EVERY_ACT if step.world == other]
        assert [mark for mark in marks if f'"{mark}' in together[name]] == []
