"""The leaky bucket of each token: what fills it, what leaks, and what a full one answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.asgi import Tenant, WorldRouter
from simulator.canvas.model import Bucket
from simulator.canvas.routes import build_canvas
from simulator.canvas.rules import throttle
from simulator.canvas.rules.throttle import Limits
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.journal import Journal
from simulator.profiles import KHSD
from tests.unit.canvas.conftest import API, Dial

NOW = datetime(2026, 9, 14, 15, tzinfo=UTC)
LIMITS = Limits.of(KHSD)
REMAINING, COST = "X-Rate-Limit-Remaining", "X-Request-Cost"


def a_bucket(level: float, at: datetime = NOW) -> Bucket:
    return Bucket("token", level, at)


# the arithmetic


def test_the_limits_are_canvass_own_by_default() -> None:
    assert Limits(600.0, 800.0, 10.0, 50.0) == LIMITS


def test_a_bucket_leaks_ten_a_second_down_to_nothing() -> None:
    levels = [
        throttle.leaked(a_bucket(100), NOW + timedelta(seconds=seconds), LIMITS).level
        for seconds in (0, 0.5, 9, 60)
    ]
    assert levels == [100, 95, 10, 0]


def test_a_clock_that_was_put_back_leaks_nothing() -> None:
    assert throttle.leaked(a_bucket(100), NOW - timedelta(hours=1), LIMITS).level == 100


def test_after_a_clock_was_put_back_a_bucket_leaks_from_there() -> None:
    back = NOW - timedelta(hours=1)
    then = throttle.leaked(a_bucket(100), back, LIMITS)
    assert throttle.leaked(then, back + timedelta(seconds=4), LIMITS).level == 60


def test_what_is_poured_into_an_empty_bucket_leaks_from_then_on(
    teacher: TestClient, store: CanvasStore, clock: VirtualClock
) -> None:
    switched(store, canvas_request_cost=100.0)
    left = []
    for seconds in (0, 60, 3600, 5):
        clock.advance(timedelta(seconds=seconds))
        left.append(teacher.get("/courses").headers[REMAINING])
    assert left == ["500.0", "500.0", "500.0", "450.0"]


def test_a_bucket_never_holds_more_than_its_maximum() -> None:
    assert throttle.charged(a_bucket(790), 50, LIMITS).level == 800


@pytest.mark.parametrize(
    ("level", "in_flight", "refused"),
    [(0, 1, False), (549.9, 1, False), (550, 1, True), (0, 11, False), (0, 12, True), (700, 1, True)],
)
def test_a_request_is_let_in_while_it_and_those_beside_it_stay_below_the_mark(
    level: float, in_flight: int, *, refused: bool
) -> None:
    assert throttle.there_is_room(a_bucket(level), in_flight, LIMITS).refused is refused


@given(
    costs=st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), max_size=40),
)
def test_whatever_happens_the_level_stays_between_nothing_and_the_maximum(
    costs: list[tuple[float, float]],
) -> None:
    bucket, now = a_bucket(0), NOW
    for cost, seconds in costs:
        now += timedelta(seconds=seconds)
        bucket = throttle.charged(throttle.leaked(bucket, now, LIMITS), cost, LIMITS)
        assert 0 <= bucket.level <= LIMITS.level_max
        assert 0 <= throttle.remaining(bucket, 0, LIMITS) <= LIMITS.high_water


# on the wire


def switched(store: CanvasStore, **switches: Any) -> None:  # noqa: ANN401 - any switch
    store.profile = replace(store.profile, **switches)


def spend(client: TestClient, times: int) -> list[httpx2.Response]:
    return [client.get("/courses") for _time in range(times)]


def test_every_answer_to_a_token_says_what_it_cost_and_what_is_left(
    teacher: TestClient, store: CanvasStore
) -> None:
    switched(store, canvas_request_cost=12.5)
    answers = [teacher.get("/courses"), teacher.get("/courses/0"), teacher.get("/nowhere")]
    assert [each.status_code for each in answers] == [200, 404, 404]
    assert [each.headers[COST] for each in answers] == ["12.5"] * 3
    assert [each.headers[REMAINING] for each in answers] == ["587.5", "575.0", "562.5"]


def test_a_full_bucket_answers_429_in_plain_text_and_leaks_until_it_lets_in(
    teacher: TestClient, store: CanvasStore, clock: VirtualClock
) -> None:
    switched(store, canvas_request_cost=100.0)
    *let_in, refused = spend(teacher, 7)
    assert [each.status_code for each in let_in] == [200] * 6
    assert (refused.status_code, refused.text) == (429, "429 Too Many Requests (Rate Limit Exceeded)\n")
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"
    assert refused.headers[REMAINING] == "0.0"
    assert COST not in refused.headers
    assert "retry-after" not in refused.headers
    clock.advance(timedelta(seconds=4.9))
    assert teacher.get("/courses").status_code == 429
    clock.advance(timedelta(seconds=0.2))
    assert teacher.get("/courses").status_code == 200


def test_an_older_canvas_answers_403_with_other_words(teacher: TestClient, store: CanvasStore) -> None:
    switched(store, canvas_request_cost=600.0, canvas_throttle_status=403)
    refused = spend(teacher, 2)[1]
    assert (refused.status_code, refused.text) == (403, "403 Forbidden (Rate Limit Exceeded)\n")


def test_a_throttled_request_is_not_carried_out_and_costs_nothing(
    teacher: TestClient, store: CanvasStore, algebra: int, clock: VirtualClock
) -> None:
    switched(store, canvas_request_cost=600.0)
    spend(teacher, 1)
    groups = len(store.groups)
    for _time in range(5):
        answer = teacher.post(f"/courses/{algebra}/assignment_groups", json={"name": "Quizzes"})
        assert answer.status_code == 429
    assert len(store.groups) == groups
    clock.advance(timedelta(seconds=5.1))
    assert teacher.get("/courses").status_code == 200


def test_each_token_has_a_bucket_of_its_own(
    teacher: TestClient, other_teacher: TestClient, store: CanvasStore
) -> None:
    switched(store, canvas_request_cost=600.0)
    assert [each.status_code for each in spend(teacher, 2)] == [200, 429]
    assert other_teacher.get("/courses").status_code == 200


def test_a_token_in_the_query_has_the_same_bucket(dial: Dial, store: CanvasStore) -> None:
    switched(store, canvas_request_cost=600.0)
    nobody = dial("")
    assert nobody.get("/courses?access_token=teacher-token").status_code == 200
    assert nobody.get("/courses?access_token=teacher-token").status_code == 429


@pytest.mark.parametrize("token", ["", "made-up"])
def test_who_has_no_token_has_no_bucket(dial: Dial, store: CanvasStore, token: str) -> None:
    switched(store, canvas_request_cost=600.0)
    answers = spend(dial(token), 3)
    assert [each.status_code for each in answers] == [401] * 3
    assert all(REMAINING not in each.headers for each in answers)


def test_the_throttle_can_be_switched_off(teacher: TestClient, store: CanvasStore) -> None:
    switched(store, canvas_request_cost=600.0, canvas_throttled=False)
    answers = spend(teacher, 3)
    assert [each.status_code for each in answers] == [200] * 3
    assert all(REMAINING not in each.headers for each in answers)


def test_by_default_a_request_costs_nothing_so_that_a_still_world_never_throttles(
    teacher: TestClient, store: CanvasStore
) -> None:
    last = spend(teacher, 200)[-1]
    assert (last.status_code, last.headers[COST], last.headers[REMAINING]) == (200, "0.0", "600.0")
    assert len(store.tables["buckets"]) == 0


def test_the_journal_says_who_was_turned_away_and_by_which_rule(
    teacher: TestClient, store: CanvasStore, journal: Journal
) -> None:
    switched(store, canvas_request_cost=600.0)
    spend(teacher, 2)
    (mark,) = journal.marks()
    assert (mark.by, mark.rule, mark.outcome) == ("canvas", "CANVAS-RATE-LIMIT", "refused")
    assert journal.exchanges()[-1].who.endswith("(teacher)")


def test_a_full_bucket_is_part_of_what_is_frozen(teacher: TestClient, store: CanvasStore) -> None:
    before = store.freeze()
    switched(store, canvas_request_cost=600.0)
    spend(teacher, 1)
    full = store.freeze()
    store.thaw(before)
    assert teacher.get("/courses").status_code == 200
    store.thaw(full)
    assert teacher.get("/courses").status_code == 429


class Slow:
    """An endpoint that answers when it is told to."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.go = asyncio.Event()
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.waiting += 1
        await self.go.wait()
        await self.app(scope, receive, send)


async def test_many_requests_at_once_fill_the_bucket_although_each_is_cheap(
    store: CanvasStore, journal: Journal
) -> None:
    canvas = build_canvas()
    canvas.add_middleware(Slow)
    canvas.user_middleware.reverse()
    stack = canvas.build_middleware_stack()
    canvas.middleware_stack = stack
    slow = _found(stack)
    app = WorldRouter(canvas, lambda _name: Tenant(store, journal), lambda _path: "canvas")
    headers = {"Authorization": "Bearer teacher-token"}
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=API) as client:
        asked = [asyncio.create_task(client.get("/courses", headers=headers)) for _number in range(14)]
        for _turn in range(200):
            await asyncio.sleep(0)  # noqa: TID251 - no time passes; the requests get their turns
        assert slow.waiting == 11
        slow.go.set()
        answers = await asyncio.gather(*asked)
        assert sorted(each.status_code for each in answers) == [200] * 11 + [429] * 3
        assert (await client.get("/courses", headers=headers)).headers[REMAINING] == "600.0"


def _found(app: Any) -> Slow:  # noqa: ANN401 - whatever a layer of the stack is
    while not isinstance(app, Slow):
        app = app.app if hasattr(app, "app") else app._app
    return app


def test_a_profile_can_have_a_small_bucket(teacher: TestClient, store: CanvasStore) -> None:
    small: dict[str, float] = {"canvas_throttle_high_water": 10.0, "canvas_throttle_upfront_cost": 1.0}
    switched(store, canvas_request_cost=5.0, canvas_throttle_leak_per_second=1.0, **small)
    assert [each.status_code for each in spend(teacher, 3)] == [200, 200, 429]


BODIES = [
    {"data": {"name": "Quizzes", "access_token": "teacher-token"}},
    {"json": {"name": "Quizzes", "access_token": "teacher-token"}},
    {"files": {"name": (None, "Quizzes"), "access_token": (None, "teacher-token")}},
]


@pytest.mark.parametrize("body", BODIES, ids=["form", "json", "multipart"])
def test_a_token_in_the_body_has_the_same_bucket(
    dial: Dial, store: CanvasStore, algebra: int, body: dict[str, Any]
) -> None:
    switched(store, canvas_request_cost=600.0)
    url, nobody = f"/courses/{algebra}/assignment_groups", dial("")
    made = nobody.post(url, **body)
    assert (made.status_code, made.json()["name"]) == (200, "Quizzes")
    assert (made.headers[COST], made.headers[REMAINING]) == ("600.0", "0.0")
    assert nobody.post(url, **body).status_code == 429
    assert dial("teacher-token").get("/courses").status_code == 429


@pytest.mark.parametrize(
    "body", [{"data": {"name": "Quizzes"}}, {"content": b"a=%ff"}], ids=["none", "unread"]
)
def test_a_body_without_a_token_is_nobodys(
    dial: Dial, store: CanvasStore, algebra: int, body: dict[str, Any]
) -> None:
    switched(store, canvas_request_cost=600.0)
    answer = dial("").post(f"/courses/{algebra}/assignment_groups", **body)
    assert answer.status_code in {400, 401}
    assert COST not in answer.headers
