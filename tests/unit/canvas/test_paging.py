from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator.canvas.paging import per_page_of

SUBMISSIONS = "students/submissions?student_ids[]=all"


def relations(link: str) -> list[str]:
    return [part.split('rel="')[1].rstrip('"') for part in link.split(",")]


def follow(client: TestClient, url: str) -> list[list[dict[str, Any]]]:
    pages, next_url = [], url
    while next_url:
        answer = client.get(next_url)
        pages.append(answer.json())
        next_url = answer.links.get("next", {}).get("url", "")
    return pages


@pytest.mark.parametrize(
    ("asked", "given"), [(None, 10), ("0", 1), ("-3", 1), ("x", 1), ("7", 7), ("100", 100), ("101", 100)]
)
def test_a_client_gets_between_one_and_a_hundred_rows_and_ten_at_first(asked: str | None, given: int) -> None:
    assert per_page_of(asked) == given


def test_the_link_header_has_canvas_order_and_form(teacher: TestClient, algebra: int) -> None:
    answer = teacher.get(f"/courses/{algebra}/users?per_page=10&enrollment_type[]=student&page=2")
    url = f"http://canvas.test/api/v1/courses/{algebra}/users?enrollment_type[]=student"
    assert answer.headers["link"] == ",".join(
        f'<{url}&page={page}&per_page=10>; rel="{rel}"'
        for rel, page in (("current", 2), ("next", 3), ("prev", 1), ("first", 1), ("last", 3))
    )


def test_following_next_gives_every_row_once(teacher: TestClient, algebra: int) -> None:
    pages = follow(teacher, f"/courses/{algebra}/users?enrollment_type[]=student&per_page=7")
    assert [len(page) for page in pages] == [7, 7, 7, 7, 2]
    assert len({row["id"] for page in pages for row in page}) == 30


def test_the_last_numbered_page_has_no_next(teacher: TestClient, algebra: int) -> None:
    answer = teacher.get(f"/courses/{algebra}/users?enrollment_type[]=student&page=3")
    assert relations(answer.headers["link"]) == ["current", "prev", "first", "last"]


def test_a_page_past_the_end_is_an_empty_list(teacher: TestClient, algebra: int) -> None:
    answer = teacher.get(f"/courses/{algebra}/users?page=99")
    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.parametrize("page", ["x", "0", "-1", "first", "bookmark:WzFd"])
def test_a_page_that_is_no_number_is_not_found_on_a_numbered_list(
    teacher: TestClient, algebra: int, page: str
) -> None:
    assert teacher.get(f"/courses/{algebra}/users?page={page}").status_code == 404


def test_class_submissions_have_bookmarks_and_no_last_page(
    teacher: TestClient, algebra: int, an_assignment: Callable[..., dict[str, Any]]
) -> None:
    an_assignment()
    answer = teacher.get(f"/courses/{algebra}/{SUBMISSIONS}")
    assert relations(answer.headers["link"]) == ["current", "next", "first"]
    assert "page=bookmark:" in answer.links["next"]["url"]
    assert "page=first" in answer.links["first"]["url"]


@pytest.mark.parametrize("order", ["id", "graded_at"])
def test_following_bookmarks_gives_every_row_once(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Callable[..., dict[str, Any]],
    grade: Callable[..., dict[str, Any]],
    students: list[int],
    order: str,
) -> None:
    grade(an_assignment(), students[20], posted_grade="9")
    an_assignment(name="Quiz 2")
    pages = follow(teacher, f"/courses/{algebra}/{SUBMISSIONS}&order={order}&per_page=10")
    rows = [row["id"] for page in pages for row in page]
    assert len(rows) == len(set(rows)) == 62


@pytest.mark.parametrize("page", ["bookmark:!!", "bookmark:W10", "bookmark:WyJ4Il0", "2", "nonsense"])
def test_a_bookmark_that_cannot_be_read_starts_again(
    teacher: TestClient, algebra: int, an_assignment: Callable[..., dict[str, Any]], page: str
) -> None:
    an_assignment()
    url = f"/courses/{algebra}/{SUBMISSIONS}"
    assert teacher.get(f"{url}&page={page}").json() == teacher.get(url).json()


@pytest.mark.parametrize("how", ["grouped=1", "order_direction=descending"])
def test_grouped_and_descending_lists_are_numbered(
    teacher: TestClient, algebra: int, an_assignment: Callable[..., dict[str, Any]], how: str
) -> None:
    an_assignment()
    answer = teacher.get(f"/courses/{algebra}/{SUBMISSIONS}&{how}")
    assert relations(answer.headers["link"]) == ["current", "next", "first", "last"]


def test_grouped_pages_count_students(
    teacher: TestClient, algebra: int, an_assignment: Callable[..., dict[str, Any]]
) -> None:
    an_assignment()
    an_assignment(name="Quiz 2")
    page = teacher.get(f"/courses/{algebra}/{SUBMISSIONS}&grouped=false&per_page=5").json()
    assert [len(student["submissions"]) for student in page] == [2] * 5


def test_links_keep_the_host_and_the_world_of_the_client(teacher: TestClient) -> None:
    answer = teacher.get("http://other.test:8080/w/room-1/api/v1/courses?per_page=1")
    assert answer.links["next"]["url"] == "http://other.test:8080/w/room-1/api/v1/courses?page=2&per_page=1"


def test_links_never_carry_the_token(dial: Callable[[str], TestClient]) -> None:
    answer = dial("").get("/courses?access_token=teacher-token&per_page=1")
    assert answer.status_code == 200
    assert "teacher-token" not in answer.headers["link"]
