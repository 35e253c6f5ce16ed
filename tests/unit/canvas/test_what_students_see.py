"""What is hidden from students stays hidden from them, by whichever way they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]
AsStudent: TypeAlias = Callable[..., Any]

POSTED = {"html_url", "current_score", "current_grade", "final_score", "final_grade"}
ESSAY = {"submission_type": "online_text_entry", "body": "Essay"}


@pytest.fixture
def as_student(admin: TestClient, students: list[int]) -> AsStudent:
    """What the first student of Algebra reads at an address."""

    def get(url: str, **params: str | int) -> Any:  # noqa: ANN401 - the answer's JSON
        answer = admin.get(url, params={"as_user_id": students[0], **params})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def own_grades(as_student: AsStudent, algebra: int, **params: str) -> dict[str, Any]:
    places = as_student("/users/self/enrollments", **params)
    (grades,) = (each["grades"] for each in places if each["course_id"] == algebra)
    return dict(grades)


class TestAStudentsOwnEnrollment:
    def test_tells_nothing_of_hidden_grades(
        self,
        *,
        teacher: TestClient,
        as_student: AsStudent,
        algebra: int,
        students: list[int],
        an_assignment: Make,
        grade: Grade,
    ) -> None:
        grade(an_assignment(post_manually=True), students[0], posted_grade="9")
        own = own_grades(as_student, algebra, **{"include[]": "current_points"})
        assert set(own) == POSTED | {"current_points"}
        assert (own["current_score"], own["final_score"]) == (None, 0.0)
        (place,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
        assert place["grades"]["unposted_current_score"] == 90.0

    def test_has_no_totals_where_the_course_hides_them_from_its_students(
        self, teacher: TestClient, as_student: AsStudent, algebra: int, students: list[int]
    ) -> None:
        teacher.put(f"/courses/{algebra}", json={"course": {"hide_final_grades": True}})
        assert set(own_grades(as_student, algebra)) == {"html_url"}
        (place,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
        assert "unposted_final_score" in place["grades"]


@pytest.mark.parametrize(("post_manually", "is_there"), [(False, True), (True, False)])
def test_that_there_is_no_grade_yet_is_hidden_too_where_grades_are_posted_by_hand(
    *,
    as_student: AsStudent,
    algebra: int,
    students: list[int],
    an_assignment: Make,
    post_manually: bool,
    is_there: bool,
) -> None:
    quiz = an_assignment(post_manually=post_manually)
    row = as_student(f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}")
    assert [name in row for name in ("score", "grade", "entered_score", "entered_grade")] == [is_there] * 4


def test_a_grade_that_is_hidden_again_is_hidden_in_earlier_attempts_too(
    *,
    teacher: TestClient,
    admin: TestClient,
    as_student: AsStudent,
    algebra: int,
    students: list[int],
    an_assignment: Make,
    grade: Grade,
) -> None:
    essay = an_assignment(submission_types=["online_text_entry"])
    rows = f"/courses/{algebra}/assignments/{essay['id']}/submissions"

    def hand_in() -> None:
        answer = admin.post(rows, params={"as_user_id": students[0]}, json={"submission": ESSAY})
        assert answer.status_code == 201, answer.text

    hand_in()
    grade(essay, students[0], posted_grade="7")
    hand_in()

    def scores() -> list[float | None]:
        row = as_student(f"{rows}/{students[0]}", **{"include[]": "submission_history"})
        return [each.get("score") for each in row["submission_history"]]

    assert scores() == [7.0, 7.0]
    wanted = f'{{assignmentId: "{essay["id"]}"}}'
    words = f"mutation {{ hideAssignmentGrades(input: {wanted}) {{ errors {{ message }} }} }}"
    hidden = teacher.post("http://canvas.test/api/graphql", json={"query": words})
    assert hidden.json()["data"]["hideAssignmentGrades"]["errors"] is None
    assert scores() == [None, None]


@pytest.fixture
def comments_read(
    teacher: TestClient, as_student: AsStudent, algebra: int, students: list[int], an_assignment: Make
) -> Callable[[], list[list[str]]]:
    """A grader comments on a hidden grade; what its student reads of it before it is posted, and after."""
    quiz = an_assignment(post_manually=True)
    row = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
    wanted = {"submission": {"posted_grade": "3"}, "comment": {"text_comment": "You got 3"}}
    post = f'mutation {{ postAssignmentGrades(input: {{assignmentId: "{quiz["id"]}"}}) {{ __typename }} }}'

    def read() -> list[str]:
        found = as_student(row, **{"include[]": "submission_comments"})["submission_comments"]
        return [each["comment"] for each in found]

    def both() -> list[list[str]]:
        assert [each["comment"] for each in teacher.put(row, json=wanted).json()["submission_comments"]]
        before = read()
        teacher.post("http://canvas.test/api/graphql", json={"query": post})
        return [before, read()]

    return both


def test_what_a_grader_wrote_waits_with_the_grade(comments_read: Callable[[], list[list[str]]]) -> None:
    assert comments_read() == [[], ["You got 3"]]


class TestACanvasThatShowsCommentsAtOnce:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="open", canvas_hidden_comments="shown")

    def test_lets_them_be_read_before_the_grade(self, comments_read: Callable[[], list[list[str]]]) -> None:
        assert comments_read() == [["You got 3"], ["You got 3"]]


class TestTheTotalsOfAGroupedList:
    def test_have_hidden_grades_in_them_for_graders_alone(
        self,
        *,
        teacher: TestClient,
        as_student: AsStudent,
        algebra: int,
        students: list[int],
        an_assignment: Make,
        grade: Grade,
    ) -> None:
        grade(an_assignment(post_manually=True), students[0], posted_grade="9")
        url = f"/courses/{algebra}/students/submissions"
        wanted: dict[str, str | int] = {
            "grouped": "1",
            "include[]": "total_scores",
            "student_ids[]": students[0],
        }
        posted = {"computed_current_score": None, "computed_final_score": 0.0}
        unposted = {"unposted_current_score": 90.0, "unposted_final_score": 90.0}
        (seen_by_grader,), (seen_by_student,) = (
            teacher.get(url, params=wanted).json(),
            as_student(url, **wanted),
        )
        assert scores_in(seen_by_grader) == posted | unposted
        assert scores_in(seen_by_student) == posted

    def test_are_not_there_unasked_nor_where_the_course_hides_them(
        self, teacher: TestClient, as_student: AsStudent, algebra: int, an_assignment: Make
    ) -> None:
        an_assignment()
        url = f"/courses/{algebra}/students/submissions"
        assert scores_in(as_student(url, grouped="1")[0]) == {}
        teacher.put(f"/courses/{algebra}", json={"course": {"hide_final_grades": True}})
        assert scores_in(as_student(url, **{"grouped": "1", "include[]": "total_scores"})[0]) == {}


def scores_in(entry: dict[str, Any]) -> dict[str, float | None]:
    return {name: value for name, value in entry.items() if name.endswith("_score")}
