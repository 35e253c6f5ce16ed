"""How `canvasapi` and the fake Canvas talk: pages, hosts, parameters, and a "no" of every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from canvasapi.exceptions import (
    BadRequest,
    CanvasException,
    Conflict,
    Forbidden,
    InvalidAccessToken,
    RateLimitExceeded,
    ResourceDoesNotExist,
    Unauthorized,
)

from simulator.faults import Answer, Fault, Match
from simulator.profiles import KHSD
from simulator.testing.world import WorldInTest
from tests.contract.their_canvas import the_course, the_students, their_canvas


def pages_asked(world: WorldInTest, path: str) -> list[str]:
    """The queries of all requests to a path, in order."""
    return [each.query for each in world.journal.exchanges() if each.path.endswith(path)]


class TestPages:
    def test_numbered_ones_are_followed_past_a_hundred_rows(self, world: WorldInTest) -> None:
        with their_canvas(world) as canvas:
            account = canvas.get_account(1)
            there = len(list(account.get_users()))
            made = [account.create_user({"unique_id": f"guest-{number}"}).id for number in range(101 - there)]
            users = [each.id for each in account.get_users()]
        assert len(users) == len(set(users)) == 101
        assert set(made) <= set(users)
        assert pages_asked(world, "/accounts/1/users")[-2:] == ["per_page=100", "page=2&per_page=100"]

    def test_bookmarked_ones_are_followed_past_a_hundred_rows(self, world: WorldInTest) -> None:
        with their_canvas(world, world.canvas.teacher_token) as canvas:
            course = the_course(canvas, world)
            works = [course.create_assignment({"name": f"Quiz {n}", "published": True}).id for n in range(4)]
            students = the_students(course)
            rows = list(course.get_multiple_submissions(student_ids=[each.id for each in students]))
        assert len(rows) == len(students) * len(works) == 120
        assert {(each.assignment_id, each.user_id) for each in rows} == {
            (work, student.id) for work in works for student in students
        }
        first, second = pages_asked(world, "/students/submissions")
        assert "page=" not in first.replace("per_page=", "")
        assert "page=bookmark:" in second

    def test_of_two_sizes_the_last_one_holds(self, world: WorldInTest) -> None:
        with their_canvas(world) as canvas:
            found = list(the_course(canvas, world).get_users(per_page=2))
        assert len(found) == 31
        assert pages_asked(world, "/search_users") == ["per_page=2&per_page=100"]

    def test_links_name_the_host_by_which_the_client_came(self, world: WorldInTest) -> None:
        url = world.canvas.url.replace("127.0.0.1", "localhost")
        assert url != world.canvas.url
        with their_canvas(world, url=url) as canvas:
            account = canvas.get_account(1)
            there = len(list(account.get_users()))
            for number in range(101 - there):
                account.create_user({"unique_id": f"guest-{number}"})
            assert len(list(account.get_users())) == 101

    def test_parameters_that_nobody_knows_are_passed_over(self, world: WorldInTest) -> None:
        with their_canvas(world) as canvas:
            assert list(the_course(canvas, world).get_grading_periods(nonsense=1)) == []
        assert "kwargs=" in pages_asked(world, "/grading_periods")[0]


class TestRefusals:
    def test_a_token_that_nobody_has(self, world: WorldInTest) -> None:
        with their_canvas(world, "made-up") as canvas, pytest.raises(InvalidAccessToken) as caught:
            canvas.get_current_user()
        assert caught.value.message == [{"message": "Invalid access token."}]

    def test_another_teachers_course(self, world: WorldInTest) -> None:
        told = "user not authorized to perform that action"
        with their_canvas(world, world.canvas.teacher_token) as canvas, pytest.raises(Forbidden, match=told):
            the_course(canvas, world, 1)

    def test_another_teachers_course_where_canvas_is_old(self, new_world: Callable[..., WorldInTest]) -> None:
        world = new_world(profile=replace(KHSD, canvas_denied_status=401))
        with their_canvas(world, world.canvas.teacher_token) as canvas, pytest.raises(Unauthorized):
            the_course(canvas, world, 1)

    @pytest.mark.parametrize(("status", "kind"), [(429, RateLimitExceeded), (403, Forbidden)])
    def test_too_many_requests(
        self, new_world: Callable[..., WorldInTest], status: int, kind: type[Exception]
    ) -> None:
        costly = replace(KHSD, canvas_request_cost=600.0, canvas_throttle_status=status)  # type: ignore[arg-type]  # one of two
        world = new_world(profile=costly)
        with their_canvas(world) as canvas:
            canvas.get_current_user()
            with pytest.raises(kind, match=r"(?i)rate limit exceeded") as caught:
                canvas.get_current_user()
        assert type(caught.value) is kind

    @pytest.mark.parametrize(
        ("status", "kind"), [(409, Conflict), (500, CanvasException), (503, CanvasException)]
    )
    def test_what_goes_wrong_on_purpose(self, world: WorldInTest, status: int, kind: type[Exception]) -> None:
        world.faults.plan(Fault(name="no", does=Answer(status=status), match=Match(system="canvas")))
        with their_canvas(world) as canvas, pytest.raises(kind):
            canvas.get_current_user()

    def test_a_path_that_is_not_simulated_is_not_there_and_the_journal_says_so(
        self, world: WorldInTest
    ) -> None:
        with their_canvas(world) as canvas, pytest.raises(ResourceDoesNotExist):
            list(the_course(canvas, world).get_quizzes())
        assert world.journal.exchanges()[-1].simulated is False

    def test_a_mistake_comes_with_what_canvas_says_of_it(self, world: WorldInTest) -> None:
        with their_canvas(world) as canvas, pytest.raises(BadRequest) as caught:
            the_course(canvas, world).enroll_user(1, enrollment={"type": "PandaEnrollment"})
        assert str(caught.value) == '{"message":"Invalid type"}'


def test_it_says_who_it_is(world: WorldInTest) -> None:
    with their_canvas(world) as canvas:
        canvas.get_current_user()
    headers = dict(world.journal.exchanges()[-1].request_headers)
    assert headers["user-agent"].startswith("python-canvasapi/3.")
    assert headers["authorization"] == "***"
