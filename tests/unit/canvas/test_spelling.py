"""Other ways to spell a request that Rails takes for the same, and some that it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from simulator.canvas.routes.spelling import TakeOtherSpellings, plain_path
from simulator.journal import Journal

Make: TypeAlias = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "path",
    [
        "/courses/{}.json",
        "/courses/{}/",
        "/courses//{}",
        "/courses/{}//",
        "/courses/{}.json/",
        "/courses/%31%30%30%31",
    ],
)
def test_another_spelling_of_a_path_is_the_same_path(teacher: TestClient, algebra: int, path: str) -> None:
    assert teacher.get(path.format(algebra)).json()["id"] == algebra


@pytest.mark.parametrize("path", ["/courses/{}.xml", "/courses/{}.JSON", "/Courses/{}", "/courses/{}%2F"])
def test_what_only_looks_alike_is_not_found(teacher: TestClient, algebra: int, path: str) -> None:
    assert teacher.get(path.format(algebra)).status_code == 404


def test_families_that_are_seldom_asked_take_them_too(teacher: TestClient, algebra: int) -> None:
    assert teacher.get(f"/courses/{algebra}/grading_periods.json").json()["grading_periods"] == []
    sis = f"http://canvas.test/api/sis/courses/{algebra}/assignments"
    assert teacher.get(f"{sis}.json").json() == teacher.get(f"{sis}/").json() == []


def test_a_sis_id_keeps_its_slashes_whatever_the_spelling(admin: TestClient, algebra: int) -> None:
    admin.put(f"/courses/{algebra}", json={"course": {"sis_course_id": "A//B/"}})
    for path in ("sis_course_id:A%2F%2FB%2F", "sis_course_id:A%2F%2FB%2F.json", "sis_course_id:A%2F%2FB%2F/"):
        assert admin.get(f"/courses/{path}").json()["id"] == algebra


def test_the_links_of_a_page_have_the_plain_spelling(teacher: TestClient, algebra: int) -> None:
    plain = teacher.get(f"/courses/{algebra}/users?per_page=5").headers["Link"]
    assert teacher.get(f"/courses/{algebra}//users.json?per_page=5").headers["Link"] == plain


def test_a_head_is_a_get_without_its_body(teacher: TestClient, algebra: int, journal: Journal) -> None:
    whole = teacher.get(f"/courses/{algebra}/users?per_page=5")
    head = teacher.head(f"/courses/{algebra}/users?per_page=5")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    assert journal.exchanges()[-1].simulated is True
    assert teacher.head("/nonsense").status_code == 404


async def test_the_body_of_a_head_is_left_out_before_any_server_sees_it() -> None:
    said: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"[]"})

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    await TakeOtherSpellings(app)({"type": "http", "method": "HEAD", "path": "/x"}, receive, send)
    assert [each.get("body", b"") for each in said] == [b"", b""]
    assert said[0]["headers"] == [(b"content-length", b"2")]


def test_writing_takes_other_spellings_too(teacher: TestClient, algebra: int, an_assignment: Make) -> None:
    quiz = an_assignment()
    url = f"/courses/{algebra}/assignments/{quiz['id']}.json"
    assert teacher.put(url, json={"assignment": {"name": "Essay"}}).json()["name"] == "Essay"


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/", "/"),
        ("//", "/"),
        ("", ""),
        ("/api/graphql.json", "/api/graphql.json"),
        ("/api/v1/courses.json", "/api/v1/courses"),
        ("/api/v1/courses.json.json", "/api/v1/courses.json"),
    ],
)
def test_a_format_is_taken_off_once_and_only_where_there_is_one(path: str, plain: str) -> None:
    assert plain_path(path) == plain
