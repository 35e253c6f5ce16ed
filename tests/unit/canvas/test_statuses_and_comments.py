"""A district's own statuses, what a lifted excuse leaves, and comments beside a student's work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]
Put: TypeAlias = Callable[..., dict[str, Any]]

START = "2026-09-14T15:00:00Z"
AN_HOUR_LATER = "2026-09-14T16:00:00Z"


@pytest.fixture
def put(teacher: TestClient, algebra: int) -> Put:
    """Puts a JSON body on a row."""

    def send(assignment: dict[str, Any], user_id: int, body: dict[str, Any]) -> dict[str, Any]:
        url = f"/courses/{algebra}/assignments/{assignment['id']}/submissions/{user_id}"
        answer = teacher.put(url, json=body)
        assert answer.status_code == 200, answer.text
        row: dict[str, Any] = answer.json()
        return row

    return send


# a district's own statuses


def test_an_own_status_takes_the_place_of_an_excuse(
    an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], excuse="true")
    row = grade(quiz, students[0], custom_grade_status_id="2")
    assert (row["custom_grade_status_id"], row["excused"], row["graded_at"]) == (2, False, START)
    assert grade(quiz, students[0], excuse="true")["custom_grade_status_id"] is None


@pytest.mark.parametrize("status", ["late", "missing", "none", "extended"])
def test_a_status_of_canvas_takes_the_place_of_an_own_one_and_the_other_way_round(
    an_assignment: Make, grade: Grade, students: list[int], status: str
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], custom_grade_status_id="2")
    row = grade(quiz, students[0], late_policy_status=status)
    assert (row["custom_grade_status_id"], row["late_policy_status"]) == (None, status)
    row = grade(quiz, students[0], custom_grade_status_id="1")
    assert (row["custom_grade_status_id"], row["late_policy_status"]) == (1, None)


def test_under_an_own_status_nothing_is_late_or_missing(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    quiz = an_assignment(submission_types=["online_upload"], due_at="2026-09-14T15:30:00Z")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], custom_grade_status_id="2")
    assert (row["late"], row["missing"]) == (False, False)
    row = grade(quiz, students[0], custom_grade_status_id="")
    assert (row["custom_grade_status_id"], row["missing"]) == (None, True)


def test_under_an_own_status_late_work_loses_nothing(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    policy = {"late_submission_deduction_enabled": True, "late_submission_deduction": 10}
    teacher.post(f"/courses/{algebra}/late_policy", json={"late_policy": policy})
    essay = an_assignment(submission_types=["online_text_entry"], due_at="2026-09-13T15:30:00Z")
    work = {"submission_type": "online_text_entry", "body": "Essay", "user_id": students[0]}
    teacher.post(f"/courses/{algebra}/assignments/{essay['id']}/submissions", json={"submission": work})
    assert grade(essay, students[0], posted_grade="9")["score"] == 8.0
    row = grade(essay, students[0], custom_grade_status_id="2")
    assert (row["late"], row["score"], row["points_deducted"]) == (False, 9.0, None)


def test_a_status_that_the_district_does_not_have_is_not_there(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    for wrong in ("4", "tardy", "0"):
        answer = teacher.put(url, data={"submission[custom_grade_status_id]": wrong})
        assert answer.status_code == 404
    assert teacher.get(url).json()["custom_grade_status_id"] is None


def test_an_older_canvas_passes_over_them(
    an_assignment: Make, grade: Grade, students: list[int], store: CanvasStore
) -> None:
    store.profile = replace(store.profile, canvas_custom_grade_statuses=None)
    row = grade(an_assignment(), students[0], excuse="true", custom_grade_status_id="2")
    assert (row["custom_grade_status_id"], row["excused"]) == (None, True)


# an excuse that is lifted


@pytest.mark.parametrize(
    ("switches", "state", "graded_at"),
    [
        ({}, "graded", START),
        ({"canvas_lifted_excuse_time": "now"}, "graded", AN_HOUR_LATER),
        ({"canvas_lifted_excuse_state": "ungraded"}, "unsubmitted", START),
    ],
)
def test_what_a_lifted_excuse_leaves_is_the_profiles_to_say(
    *,
    an_assignment: Make,
    grade: Grade,
    students: list[int],
    clock: VirtualClock,
    store: CanvasStore,
    switches: dict[str, Any],
    state: str,
    graded_at: str,
) -> None:
    store.profile = replace(store.profile, **switches)
    quiz = an_assignment()
    grade(quiz, students[0], excuse="true")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], excuse="false")
    assert (row["excused"], row["workflow_state"], row["graded_at"]) == (False, state, graded_at)


# comments


def test_comments_are_kept_in_order_with_who_wrote_them(
    *,
    an_assignment: Make,
    put: Put,
    students: list[int],
    teacher: TestClient,
    algebra: int,
    clock: VirtualClock,
) -> None:
    quiz = an_assignment()
    put(quiz, students[0], {"comment": {"text_comment": "See me"}})
    clock.advance(timedelta(hours=1))
    put(quiz, students[0], {"comment": {"text_comment": "Better", "attempt": 1}})
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions?include[]=submission_comments"
    comments = {row["user_id"]: row["submission_comments"] for row in teacher.get(url).json()}
    me = teacher.get("/users/self").json()
    first, second = comments[students[0]]
    assert first == {
        "id": first["id"],
        "author_id": me["id"],
        "author_name": me["name"],
        "author": first["author"],
        "comment": "See me",
        "created_at": START,
        "edited_at": None,
        "attempt": None,
    }
    assert (second["comment"], second["attempt"], second["created_at"]) == ("Better", 1, AN_HOUR_LATER)
    assert comments[students[1]] == []


def test_a_comment_that_comes_with_a_wrong_status_is_not_kept(
    an_assignment: Make, students: list[int], teacher: TestClient, algebra: int
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    body = {"comment": {"text_comment": "See me"}, "submission": {"late_policy_status": "tardy"}}
    assert teacher.put(url, json=body).status_code == 422
    row = teacher.get(f"{url}?include[]=submission_comments").json()
    assert (row["submission_comments"], row["posted_at"]) == ([], None)


def test_a_student_comments_on_what_they_hand_in_and_posts_nothing(
    an_assignment: Make, students: list[int], admin: TestClient, algebra: int
) -> None:
    quiz = an_assignment(submission_types=["online_text_entry"])
    body = {
        "submission": {"submission_type": "online_text_entry", "body": "Essay"},
        "comment": {"text_comment": "My dog ate page 2"},
    }
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions"
    query = {"as_user_id": str(students[0]), "include[]": "submission_comments"}
    row = admin.post(url, params=query, json=body).json()
    (comment,) = row["submission_comments"]
    assert (comment["author_id"], comment["attempt"], row["posted_at"]) == (students[0], 1, None)


def test_a_row_tells_its_course_when_asked(
    an_assignment: Make, students: list[int], teacher: TestClient, algebra: int
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    assert teacher.get(f"{url}?include[]=course").json()["course"]["id"] == algebra


def test_a_teacher_comments_where_nobody_may_grade(
    *, teacher: TestClient, algebra: int, an_assignment: Make, students: list[int], put: Put
) -> None:
    quiz = an_assignment(published=False)
    row = put(quiz, students[0], {"comment": {"text_comment": "Soon"}})
    assert [each["comment"] for each in row["submission_comments"]] == ["Soon"]
    both = {"comment": {"text_comment": "Now"}, "submission": {"posted_grade": "9"}}
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
    assert teacher.put(url, json=both).status_code == 403
    kept = teacher.get(f"{url}?include[]=submission_comments").json()["submission_comments"]
    assert [each["comment"] for each in kept] == ["Soon"]
