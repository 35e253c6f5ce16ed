from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]

MONDAY, TUESDAY = "2026-09-14", "2026-09-15"
START = "2026-09-14T15:00:00Z"
A_DAY_LATER = "2026-09-15T15:00:00Z"


@pytest.fixture
def history(teacher: TestClient, algebra: int) -> Callable[..., Any]:
    """Reads a part of Algebra's gradebook history."""

    def get(part: str, **query: str | int) -> Any:  # noqa: ANN401 - any JSON
        answer = teacher.get(f"/courses/{algebra}/gradebook_history/{part}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


@pytest.fixture
def teacher_id(store: CanvasStore) -> int:
    actor = store.actor_of("teacher-token")
    assert actor is not None
    return actor.user_id


@pytest.fixture
def quiz(an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock) -> dict[str, Any]:
    """Graded 9 on Monday; on Tuesday 9 again, cleared, and then 7; a second student on Monday alone."""
    made = an_assignment()
    grade(made, students[0], posted_grade="9")
    grade(made, students[1], posted_grade="5")
    clock.advance(timedelta(days=1))
    for text in ("9", "", "7"):
        grade(made, students[0], posted_grade=text)
    return made


def test_the_days_of_grading_come_latest_first_with_their_graders(
    history: Callable[..., Any], quiz: dict[str, Any], teacher_id: int
) -> None:
    days = history("days")
    assert [day["date"] for day in days] == [TUESDAY, MONDAY]
    for day in days:
        assert [grader["id"] for grader in day["graders"]] == [teacher_id]
        assert [each["id"] for each in day["graders"][0]["assignments"]] == [quiz["id"]]
        assert day["graders"][0]["assignments"][0]["name"] == "Quiz 1"


def test_a_page_of_days_is_a_page_of_submissions(
    teacher: TestClient, algebra: int, quiz: dict[str, Any]
) -> None:
    answer = teacher.get(f"/courses/{algebra}/gradebook_history/days?per_page=1")
    assert ([day["date"] for day in answer.json()], quiz["name"]) == ([TUESDAY], "Quiz 1")
    second = teacher.get(answer.links["next"]["url"])
    assert [day["date"] for day in second.json()] == [MONDAY]
    assert "next" not in second.links


def test_a_day_is_the_schools_day(
    history: Callable[..., Any], an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    clock.advance(timedelta(hours=13))
    grade(an_assignment(), students[0], posted_grade="9")
    assert [day["date"] for day in history("days")] == [MONDAY]
    assert clock.now().date().isoformat() == TUESDAY


@pytest.mark.usefixtures("quiz")
def test_a_day_has_its_graders(history: Callable[..., Any], teacher_id: int, store: CanvasStore) -> None:
    graders = history(MONDAY)
    assert [(each["id"], each["name"]) for each in graders] == [(teacher_id, store.users[teacher_id].name)]
    assert history("2026-09-13") == []


def test_a_submission_is_on_its_last_day_with_all_versions_that_changed_its_score(
    history: Callable[..., Any], quiz: dict[str, Any], students: list[int], teacher_id: int
) -> None:
    path = f"graders/{teacher_id}/assignments/{quiz['id']}/submissions"
    (row,) = history(f"{TUESDAY}/{path}")
    newest, first = row["versions"]
    assert (first["user_id"], row["submission_id"]) == (students[0], first["id"])
    assert (first["previous_grade"], first["previous_graded_at"], first["previous_grader"]) == (None,) * 3
    assert (first["new_grade"], first["new_graded_at"], first["new_score"]) == ("9", START, 9.0)
    assert (newest["new_grade"], newest["new_graded_at"], newest["score"]) == ("7", A_DAY_LATER, 7.0)
    assert (newest["previous_grade"], newest["previous_graded_at"]) == (None, A_DAY_LATER)
    assert newest["previous_grader"] == newest["new_grader"] == newest["current_grader"] == newest["grader"]
    assert (first["current_grade"], first["current_graded_at"]) == ("7", A_DAY_LATER)
    (other,) = history(f"{MONDAY}/{path}")
    assert [each["user_id"] for each in other["versions"]] == [students[1]]


@pytest.mark.parametrize("narrowing", [{"response_fields[]": "id"}, {"exclude_response_fields[]": "grade"}])
def test_what_became_of_a_grade_is_told_whichever_fields_are_asked_for(
    history: Callable[..., Any], quiz: dict[str, Any], teacher_id: int, narrowing: dict[str, str]
) -> None:
    path = f"{TUESDAY}/graders/{teacher_id}/assignments/{quiz['id']}/submissions"
    ((newest, _first),) = (each["versions"] for each in history(path, **narrowing))
    assert "grade" not in newest
    assert (newest["new_grade"], newest["new_graded_at"], newest["new_score"]) == ("7", A_DAY_LATER, 7.0)


def test_nobody_else_graded_that_day(
    history: Callable[..., Any], quiz: dict[str, Any], students: list[int]
) -> None:
    for grader in ("0", str(students[0]), "x"):
        assert history(f"{MONDAY}/graders/{grader}/assignments/{quiz['id']}/submissions") == []


def test_the_feed_has_every_version_newest_first(
    history: Callable[..., Any], quiz: dict[str, Any], students: list[int]
) -> None:
    feed = history("feed")
    assert [(each["user_id"], each["grade"]) for each in feed] == [
        (students[0], "7"),
        (students[0], None),
        (students[0], "9"),
        (students[1], "5"),
        (students[0], "9"),
    ]
    assert {each["assignment_name"] for each in feed} == {quiz["name"]}
    assert [each["current_grade"] for each in feed] == ["7", "7", "7", "5", "7"]
    assert not any(key.startswith(("new_", "previous_")) for each in feed for key in each)


@pytest.mark.usefixtures("quiz")
def test_the_feed_can_begin_with_the_oldest_and_be_of_one_student(
    history: Callable[..., Any], students: list[int], store: CanvasStore
) -> None:
    feed = history("feed", user_id=students[1], ascending="true")
    assert [(each["grade"], each["user_name"]) for each in feed] == [("5", store.users[students[1]].name)]
    oldest = history("feed", ascending="1")
    assert [each["grade"] for each in oldest] == ["9", "5", "9", None, "7"]


def test_the_feed_can_be_of_one_assignment(
    history: Callable[..., Any], quiz: dict[str, Any], an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    other = an_assignment(name="Quiz 2")
    grade(other, students[0], posted_grade="1")
    assert len(history("feed", assignment_id=quiz["id"])) == 5
    assert [each["grade"] for each in history("feed", assignment_id=other["id"])] == ["1"]


@pytest.mark.usefixtures("quiz")
def test_the_feed_has_numbered_pages(teacher: TestClient, algebra: int) -> None:
    answer = teacher.get(f"/courses/{algebra}/gradebook_history/feed?per_page=2&page=3")
    assert [each["grade"] for each in answer.json()] == ["9"]
    assert answer.links["last"]["url"].endswith("page=3&per_page=2")


@pytest.mark.parametrize("day", ["2026-13-01", "0000-01-01", "yesterday", "2026-09-14T00:00:00Z"])
def test_a_day_that_is_none_is_refused(teacher: TestClient, algebra: int, day: str) -> None:
    assert teacher.get(f"/courses/{algebra}/gradebook_history/{day}").status_code == 400


def test_another_teacher_reads_no_history(other_teacher: TestClient, algebra: int) -> None:
    for part in ("days", "feed", MONDAY):
        assert other_teacher.get(f"/courses/{algebra}/gradebook_history/{part}").status_code == 403


def test_another_number_of_points_is_another_version(
    teacher: TestClient, algebra: int, history: Callable[..., Any], quiz: dict[str, Any]
) -> None:
    wanted = {"assignment": {"points_possible": 20}}
    teacher.put(f"/courses/{algebra}/assignments/{quiz['id']}", json=wanted)
    assert len(history("feed")) == 7


def test_a_row_without_a_grade_has_no_version_of_another_number_of_points(
    teacher: TestClient,
    algebra: int,
    history: Callable[..., Any],
    grade: Grade,
    *,
    quiz: dict[str, Any],
    students: list[int],
) -> None:
    grade(quiz, students[1], posted_grade="")
    wanted = {"assignment": {"points_possible": 20}}
    teacher.put(f"/courses/{algebra}/assignments/{quiz['id']}", json=wanted)
    assert [each["grade"] for each in history("feed", user_id=students[1])] == [None, "5"]


class TestACanvasAsItsDocumentationHasIt:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="documented", canvas_history_assignments="ids")

    def test_names_assignments_by_their_ids(self, history: Callable[..., Any], quiz: dict[str, Any]) -> None:
        assert [day["graders"][0]["assignments"] for day in history("days")] == [[quiz["id"]]] * 2
