"""What a submission carries beside its own fields: names for the nameless, groups, what is read, stickers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]

NOBODY = {"id": None, "name": None}


def rows_of(quiz: dict[str, Any]) -> str:
    return f"/courses/{quiz['course_id']}/assignments/{quiz['id']}/submissions"


class TestAnonymousIds:
    def test_are_for_administrators_and_one_for_each_student(
        self, admin: TestClient, teacher: TestClient, an_assignment: Make, students: list[int]
    ) -> None:
        quiz, other = an_assignment(), an_assignment(name="Quiz 2")
        wanted = {"per_page": 100}
        rows = admin.get(rows_of(quiz), params=wanted).json()
        ids = [each["anonymous_id"] for each in rows]
        assert len(set(ids)) == len(rows) > len(students)
        assert all(len(each) == 5 and each.isalnum() for each in ids)
        assert [each["anonymous_id"] for each in admin.get(rows_of(quiz), params=wanted).json()] == ids
        elsewhere = {each["anonymous_id"] for each in admin.get(rows_of(other), params=wanted).json()}
        assert not elsewhere & set(ids)
        assert not any("anonymous_id" in each for each in teacher.get(rows_of(quiz)).json())

    def test_are_there_whichever_fields_are_asked_for_and_in_no_version_of_before(
        self, admin: TestClient, an_assignment: Make, grade: Grade, students: list[int]
    ) -> None:
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        params = {"response_fields[]": "score", "include[]": "submission_history"}
        row = admin.get(f"{rows_of(quiz)}/{students[0]}", params=params).json()
        assert "anonymous_id" in row
        assert "anonymous_id" not in row["submission_history"][0]
        (version,) = admin.get(f"/courses/{quiz['course_id']}/gradebook_history/feed").json()
        assert "anonymous_id" not in version


def test_a_group_is_nobodys_where_there_are_none(
    teacher: TestClient, an_assignment: Make, students: list[int]
) -> None:
    params = {"include[]": ["group", "submission_history"]}
    row = teacher.get(f"{rows_of(an_assignment())}/{students[0]}", params=params).json()
    assert (row["group"], row["submission_history"][0]["group"]) == (NOBODY, NOBODY)


@pytest.mark.parametrize("include", ["rubric_assessment", "full_rubric_assessment"])
def test_a_rubric_assessment_is_passed_over_where_there_is_no_rubric(
    teacher: TestClient, an_assignment: Make, students: list[int], include: str
) -> None:
    url = f"{rows_of(an_assignment())}/{students[0]}"
    body = {"submission": {"posted_grade": "9"}, "rubric_assessment": {"crit_1": {"points": 3}}}
    answer = teacher.put(url, json={**body, "include": [include]})
    assert (answer.status_code, answer.json()["score"]) == (200, 9.0)
    assert include not in teacher.get(url, params={"include[]": include}).json()


class TestWhatIsRead:
    @pytest.fixture
    def read_state(self, admin: TestClient) -> Callable[..., str]:
        def ask(quiz: dict[str, Any], student: int, **params: str | int) -> str:
            wanted = {"include[]": "read_state", "as_user_id": student, **params}
            answer = admin.get(f"{rows_of(quiz)}/{student}", params=wanted)
            assert answer.status_code == 200, answer.text
            return str(answer.json()["read_state"])

        return ask

    def test_is_new_to_a_student_once_after_each_other_grade(
        self, read_state: Callable[..., str], an_assignment: Make, grade: Grade, students: list[int]
    ) -> None:
        quiz, student = an_assignment(), students[0]
        assert read_state(quiz, student) == "read"
        grade(quiz, student, posted_grade="9")
        assert [read_state(quiz, student) for _ in range(2)] == ["unread", "read"]
        grade(quiz, student, posted_grade="9")
        assert read_state(quiz, student) == "read"
        for wish in ({"posted_grade": "8"}, {"excuse": "true"}, {"posted_grade": ""}):
            grade(quiz, student, **wish)
            assert [read_state(quiz, student) for _ in range(2)] == ["unread", "read"]

    def test_is_new_with_a_comment_of_somebody_else(
        self,
        *,
        read_state: Callable[..., str],
        an_assignment: Make,
        students: list[int],
        teacher: TestClient,
    ) -> None:
        quiz, student = an_assignment(), students[0]
        teacher.put(f"{rows_of(quiz)}/{student}", json={"comment": {"text_comment": "Well done"}})
        assert [read_state(quiz, student) for _ in range(2)] == ["unread", "read"]

    def test_is_not_new_while_it_is_hidden(
        self,
        *,
        read_state: Callable[..., str],
        an_assignment: Make,
        grade: Grade,
        students: list[int],
        teacher: TestClient,
    ) -> None:
        quiz, student = an_assignment(post_manually=True), students[0]
        grade(quiz, student, posted_grade="9")
        assert read_state(quiz, student) == "read"
        wanted = f'{{assignmentId: "{quiz["id"]}"}}'
        words = f"mutation {{ postAssignmentGrades(input: {wanted}) {{ errors {{ message }} }} }}"
        teacher.post("http://canvas.test/api/graphql", json={"query": words})
        assert read_state(quiz, student) == "unread"

    def test_is_read_to_graders_and_leaves_no_version(
        self,
        *,
        read_state: Callable[..., str],
        an_assignment: Make,
        grade: Grade,
        students: list[int],
        teacher: TestClient,
    ) -> None:
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        url, params = f"{rows_of(quiz)}/{students[0]}", {"include[]": "read_state"}
        before = teacher.get(url, params=params).json()
        assert before["read_state"] == "read"
        assert read_state(quiz, students[0]) == "unread"
        assert teacher.get(url, params=params).json() == before
        assert len(teacher.get(f"/courses/{quiz['course_id']}/gradebook_history/feed").json()) == 1


class TestStickers:
    def test_are_put_on_and_taken_off_and_touch_no_grade(
        self, an_assignment: Make, grade: Grade, students: list[int]
    ) -> None:
        quiz = an_assignment()
        graded = grade(quiz, students[0], posted_grade="9")
        row = grade(quiz, students[0], sticker="trophy")
        own = ("submission_comments", "all_submissions", "sticker")
        assert row["sticker"] == "trophy"
        assert {key: row[key] for key in row if key not in own} == {
            key: graded[key] for key in graded if key not in own
        }
        assert grade(quiz, students[0], posted_grade="8")["sticker"] == "trophy"
        assert grade(quiz, students[0], sticker="")["sticker"] is None

    def test_are_of_those_that_canvas_has(
        self, teacher: TestClient, an_assignment: Make, students: list[int]
    ) -> None:
        url = f"{rows_of(an_assignment())}/{students[0]}"
        answer = teacher.put(url, json={"submission": {"sticker": "unicorn", "posted_grade": "9"}})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "sticker")
        assert (teacher.get(url).json()["sticker"], teacher.get(url).json()["score"]) == (None, None)


@pytest.mark.parametrize("grading_type", ["letter_grade", "gpa_scale"])
@pytest.mark.parametrize("prefers_points", ["true", "false"])
def test_a_number_is_points_where_no_letter_of_the_scheme_is_one(
    *,
    teacher: TestClient,
    an_assignment: Make,
    students: list[int],
    grading_type: str,
    prefers_points: str,
) -> None:
    quiz = an_assignment(grading_type=grading_type)
    form = {"submission[posted_grade]": "9", "prefer_points_over_scheme": prefers_points}
    row = teacher.put(f"{rows_of(quiz)}/{students[0]}", data=form).json()
    assert (row["score"], row["grade"]) == (9.0, "A-")


def test_who_brought_a_user_into_canvas_is_for_administrators(
    admin: TestClient, teacher: TestClient, algebra: int, students: list[int]
) -> None:
    url = f"/courses/{algebra}/users/{students[0]}"
    seen, whole = teacher.get(url).json(), admin.get(url).json()
    assert set(whole) - set(seen) == {"sis_import_id"}
    assert whole["sis_import_id"] is not None
    (place,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
    assert place["user"] == seen
