"""The header that tells, where somebody wants it, that a path or a parameter is not simulated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from simulator.app import NOWHERE, build_apps
from simulator.faults.wire import fault_from_json
from simulator.not_simulated import HEADER, WatchedParams, WatchedWords, header_of
from simulator.world import World, Worlds, build_world


@dataclass(frozen=True)
class Asking:
    world: World
    canvas: httpx2.AsyncClient
    synergy: httpx2.AsyncClient

    async def canvas_says(self, path: str, method: str = "GET", **form: str) -> str | None:
        answer = await self.canvas.request(method, f"/api/v1{path}", params=form)
        return answer.headers.get(HEADER)

    async def oneroster_says(self, path: str, method: str = "GET", **params: str) -> str | None:
        answer = await self.synergy.request(method, f"/ims/oneroster/v1p1{path}", params=params)
        return answer.headers.get(HEADER)


@pytest.fixture
async def asking() -> AsyncIterator[Asking]:
    """Both fakes over a world whose clients are told."""
    world = build_world(7)
    world.tells_not_simulated = True
    apps = build_apps(Worlds(world))
    async with (
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=apps.canvas),
            base_url=NOWHERE.canvas,
            headers={"Authorization": f"Bearer {world.credentials.teacher_tokens[0]}"},
        ) as canvas,
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=apps.synergy), base_url=NOWHERE.synergy
        ) as synergy,
    ):
        given = await synergy.post(
            "/oauth/token",
            auth=(world.credentials.client_id, world.credentials.client_secret),
            data={"grant_type": "client_credentials"},
        )
        synergy.headers["Authorization"] = f"Bearer {given.json()['access_token']}"
        yield Asking(world, canvas, synergy)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/courses/1001/quizzes"),
        ("PATCH", "/courses/1001"),
        ("GET", "/accounts/1/sis_imports"),
        ("GET", "/nowhere"),
    ],
)
async def test_canvas_tells_of_a_path_that_it_does_not_have(asking: Asking, method: str, path: str) -> None:
    key = {"Authorization": f"Bearer {asking.world.credentials.admin_token}"}
    asking.canvas.headers.update(key)
    assert await asking.canvas_says(path, method) == "path"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/scores"), ("PATCH", "/classes"), ("GET", "/"), ("POST", "/lineItems")],
)
async def test_oneroster_tells_of_a_path_that_it_does_not_have_and_so_does_the_journal(
    asking: Asking, method: str, path: str
) -> None:
    assert await asking.oneroster_says(path, method) == "path"
    assert asking.world.journal.exchanges()[-1].simulated is False


async def test_teachervue_tells_it_too(asking: Asking) -> None:
    answer = await asking.synergy.get("/teachervue/report_cards")
    assert answer.headers[HEADER] == "path"
    assert asking.world.journal.exchanges()[-1].simulated is False


async def test_what_is_there_is_told_of_neither_where_it_is_found_nor_where_it_is_not(asking: Asking) -> None:
    assert await asking.canvas_says("/courses") is None
    assert await asking.canvas_says("/courses/99") is None
    assert await asking.oneroster_says("/classes") is None
    assert await asking.oneroster_says("/classes/nobody") is None
    assert all(each.simulated for each in asking.world.journal.exchanges())


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"blueprint": "true"}, "parameters blueprint"),
        ({"include[]": "permissions"}, "parameters include[]=permissions"),
        ({"include[]": "term"}, None),
        ({"enrollment_state": "active", "per_page": "5", "page": "1", "include[]": "sections"}, None),
        ({"state[]": "available", "colour": "a, b\r\nX-Evil: 1"}, "parameters colour"),
        ({"b\r\nX-Evil: 1": "x"}, "parameters b%0D%0AX-Evil%3A%201"),
    ],
)
async def test_canvas_tells_of_the_parameters_that_it_has_not_looked_at(
    asking: Asking, params: dict[str, str], told: str | None
) -> None:
    assert await asking.canvas_says("/courses", **params) == told


async def test_a_list_without_rows_does_not_tell_of_what_each_row_would_have_included(asking: Asking) -> None:
    nothing = "/courses/1001/students/submissions"
    assert await asking.canvas_says(nothing, **{"student_ids[]": "all", "include[]": "rubric"}) is None


async def test_a_refusal_tells_of_no_parameter(asking: Asking) -> None:
    assert await asking.canvas_says("/courses/99", colour="green") is None


async def test_oneroster_tells_of_the_parameters_that_it_does_not_read(asking: Asking) -> None:
    assert await asking.oneroster_says("/classes", limit="3", sort="title", filter="status='active'") is None
    assert await asking.oneroster_says("/classes", limit="3", expand="course") == "parameters expand"
    one = (await asking.synergy.get("/ims/oneroster/v1p1/classes")).json()["classes"][0]["sourcedId"]
    assert await asking.oneroster_says(f"/classes/{one}", fields="title", limit="3") == "parameters limit"


async def test_a_fault_that_answers_is_no_gap(asking: Asking) -> None:
    asking.world.faults.plan(fault_from_json({"name": "down", "does": {"kind": "answer", "status": 503}}))
    assert await asking.canvas_says("/courses", colour="green") is None


async def test_the_journal_keeps_what_was_told(asking: Asking) -> None:
    await asking.canvas_says("/courses", colour="green")
    kept = dict(asking.world.journal.exchanges()[-1].response_headers)
    assert kept[HEADER.lower()] == "parameters colour"


async def test_without_the_wish_nothing_is_told_and_every_header_is_as_before(asking: Asking) -> None:
    asking.world.tells_not_simulated = False
    assert await asking.canvas_says("/nowhere") is None
    assert await asking.canvas_says("/courses", colour="green") is None
    assert await asking.oneroster_says("/nowhere") is None
    assert await asking.oneroster_says("/classes", expand="course") is None


async def test_a_fork_tells_as_its_world_does(asking: Asking) -> None:
    assert asking.world.fork("other").tells_not_simulated is True


def test_the_header_is_bounded() -> None:
    names = [f"name{number}" * 50 for number in range(100)]
    ((_name, value),) = header_of(200, simulated=True, left_aside=lambda: names, is_empty=False)
    assert len(value) < 2_000


def test_parameters_remember_what_was_looked_up() -> None:
    params = WatchedParams({"a": 1, "b": 2, "c": 3, "d": 4})
    assert (params["a"], params.get("b"), "c" in params) == (1, 2, True)
    assert params.left_aside() == ["d"]
    words = WatchedWords(("x", "y"))
    assert ("x" in words, words) == (True, ("x", "y"))
    assert words.left_aside() == ["y"]
