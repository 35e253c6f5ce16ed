from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.model import Submission
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]

LOG = "/audit/grade_change"


@pytest.fixture
def quiz(an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock) -> dict[str, Any]:
    """An hour between each: graded 9, 9 again, excused, graded 8, cleared; a second student graded 5."""
    made = an_assignment()
    for fields in (
        {"posted_grade": "9"},
        {"posted_grade": "9"},
        {"excuse": "true"},
        {"posted_grade": "8"},
        {"posted_grade": ""},
    ):
        grade(made, students[0], **fields)
        clock.advance(timedelta(hours=1))
    grade(made, students[1], posted_grade="5")
    return made


def told(answer: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 - a response
    names = ("grade_before", "grade_after", "excused_before", "excused_after")
    return [tuple(event[name] for name in names) for event in answer.json()["events"]]


def test_the_log_has_cleared_grades_and_excuses_and_no_change_that_changed_nothing(
    teacher: TestClient, algebra: int, quiz: dict[str, Any]
) -> None:
    answer = teacher.get(f"{LOG}/courses/{algebra}")
    assert told(answer) == [
        (None, "5", False, False),
        ("8", None, False, False),
        (None, "8", True, False),
        ("9", None, False, True),
        (None, "9", False, False),
    ]
    assert [event["version_number"] for event in answer.json()["events"]] == [1, 5, 4, 3, 1]
    assert {event["event_type"] for event in answer.json()["events"]} == {"grade_change"}
    assert {event["links"]["assignment"] for event in answer.json()["events"]} == {quiz["id"]}


def test_an_excuse_that_is_taken_back_is_an_entry_though_no_grade_changed(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], excuse="true")
    grade(quiz, students[0], excuse="false")
    assert told(teacher.get(f"{LOG}/courses/{algebra}")) == [
        (None, None, True, False),
        (None, None, False, True),
    ]


def test_a_grade_that_the_world_began_with_is_what_the_first_change_changed(
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Grade,
    *,
    students: list[int],
    store: CanvasStore,
) -> None:
    quiz = an_assignment()
    begun = Submission(quiz["id"], students[0], 7.0, "7", excused=False, workflow_state="graded")
    store.submissions.put(replace(begun, graded_at=store.now - timedelta(days=3), grader_id=students[1]))
    assert told(teacher.get(f"{LOG}/courses/{algebra}")) == []
    grade(quiz, students[0], posted_grade="9")
    answer = teacher.get(f"{LOG}/courses/{algebra}")
    assert told(answer) == [("7", "9", False, False), (None, "7", False, False)]
    assert answer.json()["events"][1]["created_at"] == "2026-09-11T15:00:00Z"


def test_an_entry_links_to_what_comes_with_it(
    teacher: TestClient, algebra: int, quiz: dict[str, Any], students: list[int], store: CanvasStore
) -> None:
    actor = store.actor_of("teacher-token")
    assert actor is not None
    body = teacher.get(f"{LOG}/courses/{algebra}").json()
    assert body["events"][0]["links"] == {
        "course": algebra,
        "assignment": quiz["id"],
        "student": str(students[1]),
        "grader": str(actor.user_id),
        "page_view": None,
    }
    linked = body["linked"]
    assert [each["id"] for each in linked["courses"]] == [algebra]
    assert [each["id"] for each in linked["assignments"]] == [quiz["id"]]
    assert {each["id"] for each in linked["users"]} == {actor.user_id, *students[:2]}
    assert linked["page_views"] == []
    assert body["links"]["events.course"] == "http://canvas.test/api/v1/courses/{events.course}"


@pytest.mark.usefixtures("quiz")
def test_the_log_can_be_of_an_assignment_a_student_or_a_grader(
    admin: TestClient, quiz: dict[str, Any], students: list[int], store: CanvasStore
) -> None:
    actor = store.actor_of("teacher-token")
    assert actor is not None
    assert len(told(admin.get(f"{LOG}/assignments/{quiz['id']}"))) == 5
    assert told(admin.get(f"{LOG}/students/{students[1]}")) == [(None, "5", False, False)]
    assert len(told(admin.get(f"{LOG}/graders/{actor.user_id}"))) == 5
    assert told(admin.get(f"{LOG}/graders/{students[0]}")) == []


@pytest.mark.usefixtures("quiz")
def test_the_log_answers_several_conditions_at_once(
    admin: TestClient, teacher: TestClient, algebra: int, history: int, students: list[int]
) -> None:
    query: dict[str, str | int] = {"course_id": algebra, "student_id": students[1]}
    assert len(told(teacher.get(LOG, params=query))) == 1
    assert told(admin.get(LOG, params={"student_id": students[1], "grader_id": students[0]})) == []
    assert told(admin.get(LOG, params={"course_id": history, "student_id": students[1]})) == []
    refused = admin.get(LOG)
    assert (refused.status_code, refused.json()) == (
        400,
        {"message": "Must specify at least one query condition"},
    )


@pytest.mark.usefixtures("quiz")
def test_the_log_can_begin_and_end_at_a_time(teacher: TestClient, algebra: int) -> None:
    query = {"start_time": "2026-09-14T17:00:00Z", "end_time": "2026-09-14T18:00:00Z"}
    answer = teacher.get(f"{LOG}/courses/{algebra}", params=query)
    assert [event["created_at"] for event in answer.json()["events"]] == [
        "2026-09-14T18:00:00Z",
        "2026-09-14T17:00:00Z",
    ]
    everything = teacher.get(f"{LOG}/courses/{algebra}", params={"start_time": "yesterday"})
    assert len(everything.json()["events"]) == 5


@pytest.mark.usefixtures("quiz")
def test_the_log_has_pages_with_bookmarks(teacher: TestClient, algebra: int) -> None:
    answer = teacher.get(f"{LOG}/courses/{algebra}?per_page=3")
    assert "page=bookmark" in answer.links["next"]["url"]
    assert "last" not in answer.links
    rest = teacher.get(answer.links["next"]["url"])
    assert told(answer) + told(rest) == told(teacher.get(f"{LOG}/courses/{algebra}"))
    assert "next" not in rest.links


def test_an_entry_keeps_what_the_assignment_was_worth(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    wanted = {"assignment": {"points_possible": 20}}
    teacher.put(f"/courses/{algebra}/assignments/{quiz['id']}", json=wanted)
    grade(quiz, students[0], posted_grade="18")
    events = teacher.get(f"{LOG}/courses/{algebra}").json()["events"]
    worth = [(each["points_possible_before"], each["points_possible_after"]) for each in events]
    assert worth == [(20.0, 20.0), (10.0, 10.0)]


@pytest.mark.usefixtures("quiz")
def test_an_entry_says_what_the_grade_is_now_if_that_is_asked_for(teacher: TestClient, algebra: int) -> None:
    events = teacher.get(f"{LOG}/courses/{algebra}?include[]=current_grade").json()["events"]
    assert [each.get("grade_current") for each in events] == ["5", None, None, None, None]
    plain = teacher.get(f"{LOG}/courses/{algebra}").json()["events"]
    assert not any("grade_current" in each for each in plain)


@pytest.mark.parametrize("part", ["assignments/1", "students/1", "graders/1", "courses/999", "courses/x", ""])
def test_all_but_a_teachers_own_courses_is_an_administrators(
    teacher: TestClient, admin: TestClient, part: str
) -> None:
    assert teacher.get(f"{LOG}/{part}".rstrip("/")).status_code == 403
    assert admin.get(f"{LOG}/{part}".rstrip("/")).status_code in {404, 400}


def test_another_teachers_course_is_denied(other_teacher: TestClient, algebra: int) -> None:
    assert other_teacher.get(f"{LOG}/courses/{algebra}").status_code == 403


class TestAnOlderCanvas:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="older", canvas_grade_log_of_course="administrators")

    def test_tells_its_administrators_alone(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        assert teacher.get(f"{LOG}/courses/{algebra}").status_code == 403
        assert admin.get(f"{LOG}/courses/{algebra}").json()["events"] == []
