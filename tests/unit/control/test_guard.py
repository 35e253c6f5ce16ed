"""Nothing for whoever has no token, and clear answers for whoever has."""

from __future__ import annotations

import httpx2
import pytest
from starlette.types import Message

from simulator.app import build_apps
from simulator.control.routes import ROUTES
from simulator.synergy.oneroster.scopes import ALL_SCOPES
from simulator.world import Worlds, build_world
from tests.unit.control.control import TOKEN, Control

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic key", "key", "Bearer ", "bearer key"])
@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES} | {"/_sim", "/_sim/nothing", "/"}))
async def test_without_the_token_every_path_is_the_same_plain_404(
    control: Control, path: str, header: str
) -> None:
    for method in METHODS:
        answer = await control.client.request(
            method, path.replace("{name}", "default"), headers={"Authorization": header}
        )
        assert (answer.status_code, answer.text) == (404, "" if method == "HEAD" else "Not Found")
        assert answer.headers["Content-Type"].startswith("text/plain")


async def test_without_a_control_token_there_is_no_control_api_and_the_fakes_have_none_either() -> None:
    apps = build_apps(Worlds(build_world(7)))
    assert apps.control is None
    for app in (apps.canvas, apps.synergy):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://fake.test") as client:
            assert (await client.get("/_sim/worlds")).status_code == 404


async def test_an_empty_token_opens_nothing() -> None:
    assert build_apps(Worlds(build_world(7)), control_token="").control is None


async def test_a_path_that_is_none_is_404_in_json(control: Control) -> None:
    answer = await control.client.get("/_sim/nothing")
    assert (answer.status_code, answer.json()["error"]) == (
        404,
        "There is no such path; the documentation of the control API lists them.",
    )


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/_sim/worlds", "GET, HEAD, POST"),
        ("PUT", "/_sim/worlds/default", "DELETE, GET, HEAD"),
        ("GET", "/_sim/worlds/default/reset", "POST"),
    ],
)
async def test_a_method_that_a_path_does_not_have_is_405_and_told_which_it_has(
    control: Control, method: str, path: str, allowed: str
) -> None:
    answer = await control.client.request(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert allowed in answer.json()["error"]


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if "{name}" in each.path], ids=lambda each: each.path
)
async def test_a_world_that_is_not_there_is_404_and_says_where_to_look(
    control: Control, route: object
) -> None:
    path, (method, *_rest) = route.path, sorted(route.methods - {"HEAD"})  # type: ignore[attr-defined]
    if (method, path) == ("PUT", "/_sim/worlds/{name}/file"):
        return  # it makes the world
    answer = await control.client.request(
        method,
        path.replace("{name}", "nowhere").replace("{system}", "canvas"),
        params={"since": "1"} if "difference" in path else {},
    )
    assert answer.status_code == 404
    assert answer.json()["error"] == 'There is no world "nowhere". GET /_sim/worlds lists them.'


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", ""),
        ("GET", "/default"),
        ("DELETE", "/default"),
        ("POST", "/default/reset"),
        ("POST", "/default/fork"),
        ("GET", "/default/clock"),
        ("POST", "/default/clock/advance"),
        ("GET", "/default/clock/appointments"),
        ("GET", "/default/snapshots"),
        ("GET", "/default/difference"),
        ("GET", "/default/file"),
        ("GET", "/default/journal"),
        ("GET", "/default/journal/ndjson"),
        ("GET", "/default/journal/har"),
        ("GET", "/default/journal/stream"),
        ("POST", "/default/roster-feed"),
    ],
)
async def test_a_query_parameter_that_is_not_known_is_refused_and_named(
    control: Control, method: str, path: str
) -> None:
    answer = await control.client.request(method, f"/_sim/worlds{path}", params={"verbose": "1"})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == "verbose"
    assert len(control.worlds) == 2


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"[]", b"null", b"[" * 100_000, b'{"a":' * 5_000, b"1" * 5_000, b'"\\ud800"']
)
async def test_a_body_that_is_no_object_is_422_and_says_what_a_body_is(control: Control, body: bytes) -> None:
    answer = await control.client.post("/_sim/worlds", content=body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("The body must be")


async def test_a_body_that_is_too_large_is_413(control: Control) -> None:
    answer = await control.client.post("/_sim/worlds", content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/default/reset", "/default/roster-feed"])
async def test_a_body_where_none_is_taken_is_refused(control: Control, path: str) -> None:
    answer = await control.client.post(f"/_sim/worlds{path}", json={"seed": 3})
    assert answer.status_code == 422
    assert len(control.world("default").journal) == 0


async def test_a_client_that_goes_away_in_the_middle_of_its_body_changes_nothing(control: Control) -> None:
    app = build_apps(control.worlds, control_token=TOKEN).control
    assert app is not None
    said: list[Message] = []
    parts: list[Message] = [
        {"type": "http.request", "body": b'{"name": "half"', "more_body": True},
        {"type": "http.disconnect"},
    ]
    heard = iter(parts)

    async def receive() -> Message:
        return next(heard)

    async def send(message: Message) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/_sim/worlds",
        "query_string": b"",
        "headers": [(b"authorization", f"Bearer {TOKEN}".encode())],
    }
    await app(scope, receive, send)
    assert said[0]["status"] == 400
    assert [world.name for world in control.worlds] == ["default", "room-1"]


@pytest.mark.parametrize(
    ("system", "path"),
    [
        ("canvas", "/api/v1/courses/1001"),
        ("canvas", "/api/graphql"),
        ("synergy", "/ims/oneroster/v1p1/lineItems/x"),
    ],
)
async def test_a_client_that_goes_away_from_a_fake_gets_no_answer_and_no_500_is_kept(
    control: Control, system: str, path: str
) -> None:
    apps, world = build_apps(control.worlds, control_token=TOKEN), control.world("default")
    key = world.synergy.issue_token(ALL_SCOPES) if system == "synergy" else world.credentials.admin_token
    parts: list[Message] = [
        {"type": "http.request", "body": b"{", "more_body": True},
        {"type": "http.disconnect"},
    ]
    heard = iter(parts)

    async def receive() -> Message:
        return next(heard)

    async def send(_message: Message) -> None:
        """Nobody is there to hear it."""

    scope = {
        "type": "http",
        "method": "POST" if path.endswith("graphql") else "PUT",
        "path": path,
        "query_string": b"",
        "headers": [
            (b"authorization", f"Bearer {key}".encode()),
            (b"content-type", b"application/json"),
        ],
    }
    await (apps.canvas if system == "canvas" else apps.synergy)(scope, receive, send)
    kept = world.journal.exchanges()[-1]
    assert (kept.path, kept.status, kept.handled) == (path, 0, False)
