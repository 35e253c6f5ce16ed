"""Enrollments: whose they are, which are listed, how they end, and what becomes of the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.schools import School
from tests.unit.canvas.test_grading_periods import IN_AUTUMN, IN_WINTER, two_periods

Make: TypeAlias = Callable[..., dict[str, Any]]


def listed(client: TestClient, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()
    return rows


@pytest.fixture
def place(store: CanvasStore, algebra: int, students: list[int]) -> int:
    """The first student's enrollment in Algebra."""
    return next(each.id for each in store.enrollments_of(algebra) if each.user_id == students[0])


@pytest.fixture
def end(teacher: TestClient, algebra: int, place: int) -> Callable[[str], dict[str, Any]]:
    """Ends that enrollment with a task in a form body, as real clients send it."""

    def do(task: str) -> dict[str, Any]:
        answer = teacher.request("DELETE", f"/courses/{algebra}/enrollments/{place}", data={"task": task})
        assert answer.status_code == 200, answer.text
        row: dict[str, Any] = answer.json()
        return row

    return do


@pytest.fixture
def nine(an_assignment: Make, grade: Make, students: list[int]) -> dict[str, Any]:
    """The first student's 9 of 10 on a quiz: the row, and the course that it is in."""
    quiz = an_assignment()
    return {**grade(quiz, students[0], posted_grade="9"), "course_id": quiz["course_id"]}


class TestOfAUser:
    def test_an_administrator_sees_anybodys_and_a_teacher_only_their_own(
        self, teacher: TestClient, admin: TestClient, students: list[int]
    ) -> None:
        mine = listed(teacher, "/users/self/enrollments")
        assert {each["type"] for each in mine} == {"TeacherEnrollment"}
        theirs = listed(admin, f"/users/{students[0]}/enrollments")
        assert {each["user_id"] for each in theirs} == {students[0]}
        assert len({each["course_id"] for each in theirs}) > 1
        assert teacher.get(f"/users/{students[0]}/enrollments").status_code == 403

    def test_only_what_goes_on_is_listed_unless_more_is_asked_for(
        self, admin: TestClient, students: list[int], algebra: int, end: Callable[[str], Any]
    ) -> None:
        url = f"/users/{students[0]}/enrollments"
        before = len(listed(admin, url))
        end("inactivate")
        assert len(listed(admin, url)) == before - 1
        assert [each["course_id"] for each in listed(admin, f"{url}?state[]=inactive")] == [algebra]
        end("conclude")
        assert len(listed(admin, f"{url}?state[]=current_and_concluded")) == before
        assert len(listed(admin, f"{url}?state[]=current_and_invited")) == before - 1

    def test_ones_own_states_are_checked(self, teacher: TestClient) -> None:
        answer = teacher.get("/users/self/enrollments?state[]=active&state[]=deleted")
        assert (answer.status_code, answer.json()) == (400, {"error": "Invalid state deleted"})

    def test_they_are_chosen_by_term_and_by_sis_ids(
        self, admin: TestClient, school: School, students: list[int], algebra: int
    ) -> None:
        url = f"/users/{students[0]}/enrollments"
        admin.post("/accounts/1/terms", data={"enrollment_term[sis_term_id]": "T1"})
        admin.put(f"/courses/{algebra}", data={"course[term_id]": "sis_term_id:T1"})
        in_term = listed(admin, f"{url}?enrollment_term_id=sis_term_id:T1")
        of_course = listed(admin, f"{url}?sis_course_id[]={school.courses[0].guid}")
        assert [each["course_id"] for each in in_term] == [algebra]
        assert [each["id"] for each in of_course] == [each["id"] for each in in_term]
        assert listed(admin, f"{url}?sis_account_id[]=A") == []
        assert admin.get(f"{url}?enrollment_term_id=77").status_code == 404

    def test_with_its_course_gone_an_enrollment_is_deleted_too(
        self, admin: TestClient, students: list[int], algebra: int
    ) -> None:
        admin.request("DELETE", f"/courses/{algebra}", data={"event": "delete"})
        url = f"/users/{students[0]}/enrollments"
        assert algebra not in {each["course_id"] for each in listed(admin, url)}
        (gone,) = listed(admin, f"{url}?state[]=deleted")
        assert (gone["course_id"], gone["enrollment_state"]) == (algebra, "deleted")

    def test_the_grades_are_those_of_the_period_where_the_course_has_it(
        self, admin: TestClient, history: int, an_assignment: Make, grade: Make, students: list[int]
    ) -> None:
        autumn, winter = two_periods(admin)
        quiz = an_assignment(due_at=IN_AUTUMN)
        algebra = quiz["course_id"]
        grade(quiz, students[0], posted_grade="9")
        grade(an_assignment(due_at=IN_WINTER), students[0], posted_grade="5")
        wanted = {"assignment": {"name": "Essay", "points_possible": 10, "published": True}}
        essay = admin.post(f"/courses/{history}/assignments", json=wanted).json()["id"]
        row = f"/courses/{history}/assignments/{essay}/submissions/{students[0]}"
        admin.put(row, data={"submission[posted_grade]": "7"})
        term = admin.post("/accounts/1/terms", data={"enrollment_term[name]": "Spring"}).json()["id"]
        admin.put(f"/courses/{history}", data={"course[term_id]": str(term)})
        url = f"/users/{students[0]}/enrollments"
        for period, score in ((autumn, 90.0), (winter, 50.0)):
            shown = listed(admin, f"{url}?grading_period_id={period}")
            grades = {each["course_id"]: each["grades"] for each in shown}
            assert grades[algebra]["current_score"] == score
            assert grades[algebra]["grading_period_id"] == period
            assert grades[history]["current_score"] is None
        refused = admin.get(f"{url}?grading_period_id=77")
        assert (refused.status_code, refused.json()) == (400, {"error": "invalid grading_period_id"})


class TestOfACourse:
    def test_inactive_ones_are_listed_but_not_for_one_person(
        self, teacher: TestClient, store: CanvasStore, algebra: int, place: int, end: Callable[[str], Any]
    ) -> None:
        students = [store.enrollments[place].user_id]
        url = f"/courses/{algebra}/enrollments?per_page=100"
        end("deactivate")
        assert store.enrollments[place].completed_at is None
        assert place in {each["id"] for each in listed(teacher, url)}
        assert listed(teacher, f"{url}&user_id={students[0]}") == []
        end("conclude")
        assert place not in {each["id"] for each in listed(teacher, url)}

    def test_the_type_is_ignored_where_a_role_is_given(self, teacher: TestClient, algebra: int) -> None:
        url = f"/courses/{algebra}/enrollments?per_page=100&role[]=TeacherEnrollment"
        shown = listed(teacher, f"{url}&type[]=StudentEnrollment")
        assert {each["type"] for each in shown} == {"TeacherEnrollment"}

    def test_a_period_of_another_term_is_no_period_of_the_course(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        autumn, _winter = two_periods(admin)
        url = f"/courses/{algebra}/enrollments?grading_period_id={autumn}"
        assert teacher.get(url).status_code == 200
        term = admin.post("/accounts/1/terms", data={"enrollment_term[name]": "Spring"}).json()["id"]
        admin.put(f"/courses/{algebra}", data={"course[term_id]": str(term)})
        refused = teacher.get(url)
        assert (refused.status_code, refused.json()) == (400, {"error": "invalid grading_period_id"})

    def test_everything_that_is_told_of_an_enrollment_is_shown(
        self, admin: TestClient, algebra: int, students: list[int]
    ) -> None:
        parent = admin.post("/accounts/1/users", data={"pseudonym[unique_id]": "pat"}).json()["id"]
        wanted = {
            "user_id": parent,
            "role": "ObserverEnrollment",
            "associated_user_id": students[0],
            "limit_privileges_to_course_section": True,
            "start_at": "2026-09-01T00:00:00Z",
            "end_at": "2026-12-01T00:00:00Z",
            "enrollment_state": "active",
        }
        made = admin.post(f"/courses/{algebra}/enrollments", json={"enrollment": wanted}).json()
        told = ("associated_user_id", "limit_privileges_to_course_section", "start_at", "end_at")
        assert {name: made[name] for name in told} == {name: wanted[name] for name in told}
        assert (made["type"], made["enrollment_state"]) == ("ObserverEnrollment", "active")
        assert "grades" not in made
        unknown = {"user_id": parent, "associated_user_id": 99, "type": "ObserverEnrollment"}
        answer = admin.post(f"/courses/{algebra}/enrollments", json={"enrollment": unknown})
        assert answer.status_code == 404

    def test_a_concluded_course_takes_nobody(
        self, admin: TestClient, algebra: int, students: list[int]
    ) -> None:
        admin.request("DELETE", f"/courses/{algebra}", data={"event": "conclude"})
        answer = admin.post(f"/courses/{algebra}/enrollments", json={"enrollment": {"user_id": students[0]}})
        assert (answer.status_code, answer.json()) == (
            400,
            {"message": "Can't add an enrollment to a concluded course."},
        )


class TestWhatBecomesOfTheRows:
    @pytest.mark.parametrize(("task", "state"), [("conclude", "completed"), ("inactivate", "inactive")])
    def test_concluded_and_inactive_students_keep_theirs_for_who_asks_for_all(
        self, teacher: TestClient, nine: dict[str, Any], end: Callable[[str], Any], task: str, state: str
    ) -> None:
        course, student = nine["course_id"], nine["user_id"]
        assert end(task)["enrollment_state"] == state
        of_assignment = f"/courses/{course}/assignments/{nine['assignment_id']}/submissions?per_page=100"
        assert student not in {each["user_id"] for each in listed(teacher, of_assignment)}
        of_all = f"/courses/{course}/students/submissions?student_ids[]=all&per_page=100"
        (row,) = (each for each in listed(teacher, of_all) if each["user_id"] == student)
        kept = ("score", "grade", "excused", "graded_at", "posted_at", "workflow_state", "grader_id")
        assert {name: row[name] for name in kept} == {name: nine[name] for name in kept}

    def test_a_deleted_students_rows_come_back_with_the_enrollment(
        self, teacher: TestClient, admin: TestClient, nine: dict[str, Any], end: Callable[[str], Any]
    ) -> None:
        course, student = nine["course_id"], nine["user_id"]
        end("delete")
        url = f"/courses/{course}/assignments/{nine['assignment_id']}/submissions/{student}"
        assert teacher.get(url).status_code == 404
        wanted = {"enrollment": {"user_id": student, "enrollment_state": "active"}}
        admin.post(f"/courses/{course}/enrollments", json=wanted)
        again = teacher.get(url).json()
        assert (again["score"], again["graded_at"]) == (9.0, nine["graded_at"])
