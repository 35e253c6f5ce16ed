"""What a student reads: the course, its published assignments, their own rows, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]
Ask: TypeAlias = Callable[..., httpx.Response]

FOR_GRADERS = {
    "has_overrides", "needs_grading_count", "unpublishable", "sis_assignment_id", "integration_id",
    "integration_data",
}  # fmt: skip
DUE = "2026-09-18T20:00:00Z"
LATER = "2026-09-25T20:00:00Z"


@pytest.fixture
def ask(admin: TestClient, students: list[int]) -> Ask:
    """Asks as the first student of Algebra."""

    def get(url: str, **params: str | int | list[str]) -> httpx.Response:
        return admin.get(url, params={"as_user_id": students[0], **params})

    return get


def put_off(teacher: TestClient, algebra: int, quiz: dict[str, Any], student: int, **fields: str) -> None:
    """Give one student other dates."""
    url = f"/courses/{algebra}/assignments/{quiz['id']}/overrides"
    wanted = {"student_ids": [student], "title": "Later", **fields}
    answer = teacher.post(url, json={"assignment_override": wanted})
    assert answer.status_code == 201, answer.text


class TestACourse:
    def test_is_read_without_what_only_a_sis_needs(self, ask: Ask, teacher: TestClient, algebra: int) -> None:
        shown, taught = ask(f"/courses/{algebra}").json(), teacher.get(f"/courses/{algebra}").json()
        assert set(taught) - set(shown) == {"sis_course_id", "integration_id"}
        assert [each["type"] for each in shown["enrollments"]] == ["student"]
        listed = ask("/courses", **{"include[]": "term"}).json()
        assert algebra in [each["id"] for each in listed]
        assert not any("sis_course_id" in each for each in listed)
        assert "sis_term_id" not in listed[0]["term"]
        includes = {"include[]": ["passback_status", "term"]}
        assert "passback_status" not in ask(f"/courses/{algebra}", **includes).json()
        whole = teacher.get(f"/courses/{algebra}", params=includes).json()
        assert (whole["passback_status"], "sis_term_id" in whole["term"]) == (None, True)

    def test_is_not_read_before_it_is_published(self, ask: Ask, store: CanvasStore, algebra: int) -> None:
        store.put_course(replace(store.courses[algebra], workflow_state="unpublished"))
        for url in (f"/courses/{algebra}", f"/courses/{algebra}/assignments"):
            assert ask(url).status_code == 403

    def test_is_still_read_after_its_end_and_by_whoever_left_with_their_work(
        self, ask: Ask, teacher: TestClient, store: CanvasStore, algebra: int, students: list[int]
    ) -> None:
        (place,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
        store.put_course(replace(store.courses[algebra], workflow_state="completed"))
        assert ask(f"/courses/{algebra}").json()["workflow_state"] == "completed"
        teacher.delete(f"/courses/{algebra}/enrollments/{place['id']}", params={"task": "conclude"})
        assert ask(f"/courses/{algebra}").status_code == 200
        teacher.delete(f"/courses/{algebra}/enrollments/{place['id']}", params={"task": "delete"})
        assert ask(f"/courses/{algebra}").status_code == 403

    def test_is_not_changed_nor_are_other_courses_read(
        self, ask: Ask, admin: TestClient, algebra: int
    ) -> None:
        params = {"as_user_id": ask("/users/self").json()["id"]}
        assert (
            admin.put(f"/courses/{algebra}", params=params, json={"course": {"name": "X"}}).status_code == 403
        )
        stranger = admin.post("/accounts/1/courses", json={"course": {"name": "X"}, "offer": True}).json()[
            "id"
        ]
        assert ask(f"/courses/{stranger}").status_code == 403
        assert ask("/courses/999").status_code == 404


class TestAssignments:
    def test_are_read_where_they_are_published_and_theirs(
        self, ask: Ask, an_assignment: Make, algebra: int, students: list[int], teacher: TestClient
    ) -> None:
        mine, unpublished = an_assignment(name="Mine"), an_assignment(name="Draft", published=False)
        others = an_assignment(name="Theirs", only_visible_to_overrides=True)
        put_off(teacher, algebra, others, students[1])
        names = [each["name"] for each in ask(f"/courses/{algebra}/assignments").json()]
        assert names == ["Mine"]
        group = f"/courses/{algebra}/assignment_groups/{mine['assignment_group_id']}/assignments"
        assert [each["name"] for each in ask(group).json()] == ["Mine"]
        for each, status in ((mine, 200), (unpublished, 403), (others, 403)):
            assert ask(f"/courses/{algebra}/assignments/{each['id']}").status_code == status
        refused = ask(f"/courses/{algebra}/assignments", **{"assignment_ids[]": unpublished["id"]})
        assert refused.json() == {"message": f"Invalid assignment_ids: {unpublished['id']}"}

    def test_show_nothing_that_is_for_graders(self, ask: Ask, an_assignment: Make, algebra: int) -> None:
        quiz = an_assignment()
        shown = ask(f"/courses/{algebra}/assignments/{quiz['id']}").json()
        assert set(quiz) - set(shown) == FOR_GRADERS
        includes = {"include[]": ["overrides", "assignment_visibility"]}
        assert ask(f"/courses/{algebra}/assignments/{quiz['id']}", **includes).json() == shown

    def test_have_the_dates_that_hold_for_the_student(
        self, ask: Ask, an_assignment: Make, algebra: int, students: list[int], teacher: TestClient
    ) -> None:
        quiz = an_assignment(due_at=DUE)
        put_off(teacher, algebra, quiz, students[0], due_at=LATER)
        url = f"/courses/{algebra}/assignments/{quiz['id']}"
        assert (ask(url).json()["due_at"], teacher.get(url).json()["due_at"]) == (LATER, DUE)
        (dates,) = ask(url, **{"include[]": "all_dates"}).json()["all_dates"]
        assert (dates["due_at"], dates["title"]) == (LATER, "Later")

    def test_are_locked_before_they_open_and_after_they_close(
        self, ask: Ask, an_assignment: Make, algebra: int, clock: VirtualClock
    ) -> None:
        quiz = an_assignment(
            description="Read", unlock_at="2026-09-15T15:00:00Z", lock_at="2026-09-16T15:00:00Z"
        )
        url = f"/courses/{algebra}/assignments/{quiz['id']}"
        early = ask(url).json()
        assert (early["locked_for_user"], early["description"]) == (True, None)
        assert early["lock_info"] == {
            "asset_string": f"assignment_{quiz['id']}",
            "unlock_at": "2026-09-15T15:00:00Z",
            "can_view": False,
        }
        assert early["lock_explanation"] == "This assignment is locked until Sep 15 at 8am."
        clock.advance(timedelta(days=1))
        open_now = ask(url).json()
        assert (open_now["locked_for_user"], open_now["description"]) == (False, "Read")
        assert not {"lock_info", "lock_explanation"} & set(open_now)
        clock.advance(timedelta(days=1))
        late = ask(url).json()
        assert (late["locked_for_user"], late["description"]) == (True, "Read")
        assert late["lock_info"]["lock_at"] == "2026-09-16T15:00:00Z"
        assert late["lock_explanation"] == "This assignment was locked Sep 16 at 8am."

    def test_come_with_their_own_submission_where_it_is_asked_for(
        self,
        *,
        ask: Ask,
        an_assignment: Make,
        algebra: int,
        students: list[int],
        grade: Grade,
        teacher: TestClient,
    ) -> None:
        quiz, hidden = an_assignment(), an_assignment(name="Hidden", post_manually=True)
        for each in (quiz, hidden):
            grade(each, students[0], posted_grade="9")
        wanted = {"include[]": ["submission", "assignment", "submission_comments"]}
        first, second = ask(f"/courses/{algebra}/assignments", **wanted).json()
        assert (first["submission"]["user_id"], first["submission"]["score"]) == (students[0], 9.0)
        assert first["submission"]["submission_comments"] == []
        assert "submission" not in first["submission"]["assignment"]
        assert "score" not in second["submission"]
        url = f"/courses/{algebra}/assignments/{quiz['id']}"
        assert ask(url, **wanted).json()["submission"]["grade"] == "9"
        assert "submission" not in ask(url).json()
        assert "submission" not in teacher.get(url, params=wanted).json()

    def test_are_in_buckets_by_what_the_student_did(
        self, ask: Ask, an_assignment: Make, algebra: int, admin: TestClient, students: list[int]
    ) -> None:
        essay = an_assignment(submission_types=["online_text_entry"], due_at="2026-09-13T20:00:00Z")
        url = f"/courses/{algebra}/assignments"

        def named(bucket: str) -> list[int]:
            return [each["id"] for each in ask(url, bucket=bucket).json()]

        buckets = ("past", "overdue", "unsubmitted", "ungraded")
        assert [named(each) for each in buckets] == [[essay["id"]]] * 3 + [[]]
        work = {"submission": {"submission_type": "online_text_entry", "body": "Essay"}}
        rows = f"{url}/{essay['id']}/submissions"
        assert admin.post(rows, params={"as_user_id": students[0]}, json=work).status_code == 201
        assert [named(each) for each in buckets] == [[essay["id"]], [], [], [essay["id"]]]


def test_groups_come_with_the_students_own_assignments_and_submissions(
    ask: Ask, an_assignment: Make, algebra: int, students: list[int], grade: Grade
) -> None:
    quiz = an_assignment()
    an_assignment(name="Draft", published=False)
    grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignment_groups"
    (group,) = ask(url, **{"include[]": ["assignments", "submission"]}).json()
    assert [(each["name"], each["submission"]["score"]) for each in group["assignments"]] == [("Quiz 1", 9.0)]
    assert not FOR_GRADERS & set(group["assignments"][0])
    assert ask(f"{url}/{group['id']}").json()["name"] == group["name"]


def test_grading_periods_are_read(ask: Ask, algebra: int) -> None:
    periods = ask(f"/courses/{algebra}/grading_periods").json()
    assert (periods["grading_periods"], periods["grading_periods_read_only"]) == ([], True)


class TestSubmissions:
    def test_of_others_are_not_read_in_any_way(
        self, ask: Ask, an_assignment: Make, algebra: int, students: list[int], teacher: TestClient
    ) -> None:
        quiz = an_assignment()
        rows = f"/courses/{algebra}/assignments/{quiz['id']}/submissions"
        (section,) = teacher.get(f"/courses/{algebra}/sections").json()
        of_section = f"/sections/{section['id']}/assignments/{quiz['id']}/submissions"
        for url in (rows, of_section, f"{rows}/{students[1]}", f"{of_section}/{students[1]}"):
            assert ask(url).status_code == 403
        mass = f"/courses/{algebra}/students/submissions"
        assert ask(mass, **{"student_ids[]": students[1]}).status_code == 403
        assert [each["user_id"] for each in ask(mass, **{"student_ids[]": "all"}).json()] == [students[0]]

    def test_of_their_own_are_read_after_they_left_with_their_work(
        self,
        *,
        ask: Ask,
        an_assignment: Make,
        algebra: int,
        students: list[int],
        teacher: TestClient,
        grade: Grade,
    ) -> None:
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        (place,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
        teacher.delete(f"/courses/{algebra}/enrollments/{place['id']}", params={"task": "conclude"})
        own = ask(f"/courses/{algebra}/assignments/{quiz['id']}/submissions/self")
        assert own.json()["score"] == 9.0
        assert [each["score"] for each in ask(f"/courses/{algebra}/students/submissions").json()] == [9.0]

    def test_of_their_own_name_no_sis_and_show_no_more_of_the_assignment_than_itself_does(
        self, ask: Ask, an_assignment: Make, algebra: int
    ) -> None:
        quiz = an_assignment()
        (grouped,) = ask(f"/courses/{algebra}/students/submissions", grouped="1").json()
        assert set(grouped) == {"user_id", "section_id", "submissions"}
        row = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/self"
        shown = ask(row, **{"include[]": ["assignment", "course"]}).json()
        assert not FOR_GRADERS & set(shown["assignment"])
        assert "sis_course_id" not in shown["course"]


def test_what_is_a_graders_stays_a_graders(ask: Ask, an_assignment: Make, algebra: int) -> None:
    an_assignment()
    own = f"/courses/{algebra}"
    for url in ("late_policy", "settings", "gradebook_history/days", "gradebook_history/feed", "users"):
        assert ask(f"{own}/{url}").status_code == 403
    assert ask(f"/audit/grade_change{own}").status_code == 403


class TestPeople:
    def test_are_read_by_nobody_but_graders_and_themselves(
        self, ask: Ask, students: list[int], teacher: TestClient
    ) -> None:
        assert ask(f"/users/{students[1]}").status_code == 403
        assert ask(f"/users/{students[1]}/enrollments").status_code == 403
        teachers_own = teacher.get("/users/self").json()
        assert ask(f"/users/{teachers_own['id']}").status_code == 403

    def test_are_to_themselves_what_no_sis_knows(
        self, ask: Ask, teacher: TestClient, students: list[int], an_assignment: Make
    ) -> None:
        ids = {"sis_user_id", "integration_id", "login_id"}
        seen, known = ask("/users/self").json(), teacher.get(f"/users/{students[0]}").json()
        assert (set(known) - set(seen), set(seen) - set(known)) == (ids, {"email"})
        assert "sis_user_id" in teacher.get("/users/self").json()
        quiz = an_assignment()
        row = f"/courses/{quiz['course_id']}/assignments/{quiz['id']}/submissions/{students[0]}"
        assert not ids & set(ask(row, **{"include[]": "user"}).json()["user"])

    def test_have_places_that_name_no_sis_to_themselves(
        self, ask: Ask, teacher: TestClient, algebra: int, students: list[int]
    ) -> None:
        own = next(each for each in ask("/users/self/enrollments").json() if each["course_id"] == algebra)
        (known,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
        assert set(known) - set(own) == {
            "sis_import_id", "sis_account_id", "sis_course_id", "course_integration_id", "sis_section_id",
            "section_integration_id", "sis_user_id",
        }  # fmt: skip
        assert "login_id" not in own["user"]


class TestCoursesOfAUser:
    def test_are_ones_own(self, teacher: TestClient, ask: Ask, students: list[int]) -> None:
        assert teacher.get("/users/self/courses").json() == teacher.get("/courses").json()
        assert ask(f"/users/{students[0]}/courses").json() == ask("/courses").json()

    def test_are_read_by_administrators_and_by_nobody_else(
        self, teacher: TestClient, admin: TestClient, ask: Ask, students: list[int]
    ) -> None:
        listed = admin.get(f"/users/{students[0]}/courses").json()
        assert [each["id"] for each in listed] == [each["id"] for each in ask("/courses").json()]
        assert (listed[0]["enrollments"][0]["user_id"], "sis_course_id" in listed[0]) == (students[0], True)
        assert teacher.get(f"/users/{students[0]}/courses").status_code == 403
        assert ask(f"/users/{students[1]}/courses").status_code == 403
        assert admin.get("/users/999/courses").status_code == 404
