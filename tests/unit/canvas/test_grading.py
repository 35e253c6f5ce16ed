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

START = "2026-09-14T15:00:00Z"
AN_HOUR_LATER = "2026-09-14T16:00:00Z"


def outcome(row: dict[str, Any]) -> tuple[object, ...]:
    return row["score"], row["grade"], row["excused"], row["workflow_state"], row["graded_at"]


def test_a_row_that_nobody_touched_is_there_and_never_graded(
    teacher: TestClient, store: CanvasStore, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    row = teacher.get(url).json()
    assert outcome(row) == (None, None, None, "unsubmitted", None)
    assert row["id"] == teacher.get(url).json()["id"]
    assert len(store.submissions) == 0


def test_a_grade_is_kept_with_its_time_its_grader_and_its_posting(
    an_assignment: Make, grade: Grade, students: list[int], store: CanvasStore
) -> None:
    row = grade(an_assignment(), students[0], posted_grade="9")
    assert outcome(row) == (9.0, "9", False, "graded", START)
    assert (row["entered_score"], row["entered_grade"], row["posted_at"]) == (9.0, "9", START)
    assert store.users[row["grader_id"]].sis_user_id is not None


def test_the_answer_to_grading_has_comments_and_all_rows(
    an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    row = grade(an_assignment(), students[0], posted_grade="9")
    assert row["submission_comments"] == []
    assert [each["score"] for each in row["all_submissions"]] == [9.0]


def test_the_same_grade_again_moves_graded_at_but_not_posted_at(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], posted_grade="9")
    assert outcome(row) == (9.0, "9", False, "graded", AN_HOUR_LATER)
    assert row["posted_at"] == START


@pytest.mark.parametrize("text", ["", "abc"])
def test_a_cleared_grade_stays_graded_and_keeps_its_time(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock, text: str
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], posted_grade=text)
    assert outcome(row) == (None, None, False, "graded", START)
    assert row["posted_at"] == START


def test_an_excuse_takes_the_score_and_the_status_away(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9", late_policy_status="late")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], excuse="true")
    assert outcome(row) == (None, None, True, "graded", AN_HOUR_LATER)
    assert row["late_policy_status"] is None


def test_taking_an_excuse_back_leaves_no_score_and_no_trace_in_time(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], excuse="true")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], excuse="false")
    assert outcome(row) == (None, None, False, "graded", START)


def test_an_excuse_of_false_as_text_clears_a_grade(
    an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    assert grade(quiz, students[0], excuse="false")["score"] is None


def test_json_null_and_false_grade_nothing(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    before = grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
    row = teacher.put(url, json={"submission": {"posted_grade": None, "excuse": False}}).json()
    assert outcome(row) == outcome(before)


def test_a_number_lifts_an_excuse(an_assignment: Make, grade: Grade, students: list[int]) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], excuse="1")
    assert outcome(grade(quiz, students[0], posted_grade="7"))[:3] == (7.0, "7", False)


@pytest.mark.parametrize("posted", ["9", ""])
def test_grading_and_excusing_at_once_is_refused(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int], posted: str
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    answer = teacher.put(url, data={"submission[posted_grade]": posted, "submission[excuse]": "true"})
    assert answer.status_code == 400
    assert answer.json() == {"error": "Cannot simultaneously grade and excuse an assignment"}


@pytest.mark.parametrize("status", ["late", "missing", "none", "extended"])
def test_a_new_status_moves_graded_at_and_keeps_the_score(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock, status: str
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    row = grade(quiz, students[0], late_policy_status=status)
    assert outcome(row) == (9.0, "9", False, "graded", AN_HOUR_LATER)
    assert (row["late"], row["missing"]) == (status == "late", status == "missing")


def test_the_same_status_again_changes_nothing(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    quiz = an_assignment()
    before = grade(quiz, students[0], late_policy_status="late")
    clock.advance(timedelta(hours=1))
    assert grade(quiz, students[0], late_policy_status="late")["graded_at"] == before["graded_at"] == START


def test_a_status_on_an_ungraded_row_leaves_it_ungraded(
    an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    row = grade(an_assignment(), students[0], late_policy_status="missing")
    assert outcome(row) == (None, None, False, "unsubmitted", START)
    assert (row["missing"], row["posted_at"]) == (True, None)


def test_a_status_lifts_an_excuse(an_assignment: Make, grade: Grade, students: list[int]) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], excuse="true")
    row = grade(quiz, students[0], late_policy_status="missing")
    assert (row["excused"], row["missing"]) == (False, True)


def test_how_late_is_what_the_teacher_said(an_assignment: Make, grade: Grade, students: list[int]) -> None:
    quiz = an_assignment()
    row = grade(quiz, students[0], late_policy_status="late", seconds_late_override="86400")
    assert (row["late"], row["seconds_late"]) == (True, 86400)
    assert grade(quiz, students[0], late_policy_status="none")["seconds_late"] == 0


@pytest.mark.parametrize("status", ["", "tardy"])
def test_a_status_that_does_not_exist_is_an_invalid_record(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int], status: str
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    answer = teacher.put(url, data={"submission[late_policy_status]": status})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "late_policy_status"


def test_json_null_takes_a_status_off(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], late_policy_status="late")
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
    row = teacher.put(url, json={"submission": {"late_policy_status": None}}).json()
    assert (row["late_policy_status"], row["late"]) == (None, False)


@pytest.mark.parametrize(("kind", "missing"), [("online_upload", True), ("on_paper", False), ("none", False)])
def test_only_work_handed_in_online_goes_missing_by_itself(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    students: list[int],
    clock: VirtualClock,
    kind: str,
    missing: bool,
) -> None:
    quiz = an_assignment(due_at="2026-09-14T15:30:00Z", submission_types=[kind])
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
    assert teacher.get(url).json()["missing"] is False
    clock.advance(timedelta(hours=1))
    row = teacher.get(url).json()
    assert (row["missing"], row["seconds_late"], row["graded_at"]) == (missing, 1800, None)


def test_a_row_that_a_person_graded_or_cleared_is_never_missing_by_itself(
    an_assignment: Make, grade: Grade, students: list[int], clock: VirtualClock
) -> None:
    quiz = an_assignment(due_at="2026-09-14T15:30:00Z", submission_types=["online_upload"])
    clock.advance(timedelta(hours=1))
    assert grade(quiz, students[0], posted_grade="0")["missing"] is False
    assert grade(quiz, students[0], posted_grade="")["missing"] is False


def test_new_points_write_every_grade_anew(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Grade,
    students: list[int],
    clock: VirtualClock,
) -> None:
    quiz = an_assignment(grading_type="percent")
    grade(quiz, students[0], posted_grade="9")
    grade(quiz, students[1], excuse="true")
    grade(quiz, students[2], late_policy_status="late")
    clock.advance(timedelta(hours=1))
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    assert teacher.put(url, json={"assignment": {"points_possible": 20}}).status_code == 200
    rows = [teacher.get(f"{url}/submissions/{each}").json() for each in students[:3]]
    assert outcome(rows[0]) == (9.0, "45%", False, "graded", AN_HOUR_LATER)
    assert outcome(rows[1]) == (None, None, True, "graded", AN_HOUR_LATER)
    assert rows[2]["graded_at"] == START


def test_a_new_name_leaves_the_grades_alone(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Grade,
    students: list[int],
    clock: VirtualClock,
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    teacher.put(url, json={"assignment": {"name": "Quiz One"}})
    assert teacher.get(f"{url}/submissions/{students[0]}").json()["graded_at"] == START


def test_complete_keeps_meaning_full_points(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment(grading_type="pass_fail")
    assert grade(quiz, students[0], posted_grade="complete")["score"] == 10.0
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    teacher.put(url, json={"assignment": {"points_possible": 20}})
    row = teacher.get(f"{url}/submissions/{students[0]}").json()
    assert (row["score"], row["grade"]) == (20.0, "complete")


def test_somebody_who_was_never_a_student_here_is_not_found(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    quiz = an_assignment()
    strangers = [teacher.get("/users/self").json()["id"], 999]
    for user_id in strangers:
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{user_id}"
        assert teacher.put(url, data={"submission[posted_grade]": "9"}).status_code == 404


@pytest.mark.parametrize("task", ["conclude", "delete"])
def test_a_student_who_left_cannot_be_graded(
    *,
    teacher: TestClient,
    store: CanvasStore,
    algebra: int,
    an_assignment: Make,
    students: list[int],
    task: str,
) -> None:
    quiz = an_assignment()
    enrollment = next(each.id for each in store.enrollments_of(algebra) if each.user_id == students[0])
    teacher.request("DELETE", f"/courses/{algebra}/enrollments/{enrollment}", data={"task": task})
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
    answer = teacher.put(url, data={"submission[posted_grade]": "9"})
    assert answer.status_code == 400
    assert answer.json() == {"error": "Student must be enrolled in the course as a student to be graded"}


def test_an_inactive_student_can_be_graded(
    *,
    teacher: TestClient,
    store: CanvasStore,
    algebra: int,
    an_assignment: Make,
    grade: Grade,
    students: list[int],
) -> None:
    enrollment = next(each.id for each in store.enrollments_of(algebra) if each.user_id == students[0])
    teacher.request("DELETE", f"/courses/{algebra}/enrollments/{enrollment}", data={"task": "inactivate"})
    assert grade(an_assignment(), students[0], posted_grade="9")["score"] == 9.0


def test_an_unpublished_or_deleted_assignment_cannot_be_graded(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    hidden, gone = an_assignment(published=False), an_assignment(name="Gone")
    teacher.delete(f"/courses/{algebra}/assignments/{gone['id']}")
    for quiz in (hidden, gone):
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/{students[0]}"
        answer = teacher.put(url, data={"submission[posted_grade]": "9"})
        assert (answer.status_code, answer.json()["status"]) == (403, "unauthorized")


def test_the_test_student_can_be_graded(an_assignment: Make, grade: Grade, test_student: int) -> None:
    assert grade(an_assignment(), test_student, posted_grade="9")["score"] == 9.0


def test_a_section_grades_its_own_students_only(
    teacher: TestClient, store: CanvasStore, history: int
) -> None:
    made = teacher.post(
        f"/courses/{history}/assignments", json={"assignment": {"name": "Q", "published": True}}
    )
    first, second = store.sections_of(history)
    student = next(
        each.user_id for each in store.enrollments_of(history, first.id) if each.type == "StudentEnrollment"
    )
    path = f"assignments/{made.json()['id']}/submissions/{student}"
    form = {"submission[posted_grade]": "1"}
    assert teacher.put(f"/sections/{first.id}/{path}", data=form).json()["score"] == 1.0
    assert teacher.get(f"/sections/{first.id}/{path}").json()["score"] == 1.0
    assert teacher.put(f"/sections/{second.id}/{path}", data=form).status_code == 404
    assert teacher.get(f"/sections/{second.id}/{path}").status_code == 404


class TestOtherReadingsOfCanvas:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(
            name="other",
            canvas_unreadable_grade="keep",
            canvas_false_excuse="keep",
            canvas_invalid_record_status=400,
        )

    @pytest.mark.parametrize("fields", [{"posted_grade": "abc"}, {"excuse": "false"}])
    def test_the_grade_is_kept(
        self, an_assignment: Make, grade: Grade, students: list[int], fields: dict[str, str]
    ) -> None:
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        assert grade(quiz, students[0], **fields)["score"] == 9.0

    def test_an_empty_grade_still_clears(
        self, an_assignment: Make, grade: Grade, students: list[int]
    ) -> None:
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        assert grade(quiz, students[0], posted_grade="")["score"] is None

    def test_an_invalid_record_is_a_bad_request(
        self, teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
    ) -> None:
        url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
        assert teacher.put(url, data={"submission[late_policy_status]": "tardy"}).status_code == 400


def test_what_is_not_graded_cannot_have_a_grade(
    an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    notes = an_assignment(grading_type="not_graded")
    row = grade(notes, students[0], posted_grade="9")
    assert (row["score"], row["grade"], row["graded_at"]) == (None, None, None)


def test_how_late_is_kept_when_a_blank_is_sent(
    an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], late_policy_status="late", seconds_late_override="3600")
    assert grade(quiz, students[0], seconds_late_override="")["seconds_late"] == 3600
    assert grade(quiz, students[0], seconds_late_override="60.5")["seconds_late"] == 60


def test_a_zero_has_no_sign(an_assignment: Make, grade: Make, students: list[int]) -> None:
    row = grade(an_assignment(), students[0], posted_grade="-0")
    assert (repr(row["score"]), row["grade"]) == ("0.0", "0")
