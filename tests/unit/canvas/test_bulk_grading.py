from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas import enrolling
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]
Bulk: TypeAlias = Callable[..., dict[str, Any]]
Row: TypeAlias = Callable[[dict[str, Any], int], dict[str, Any]]

START = "2026-09-14T15:00:00Z"
AN_HOUR_LATER = "2026-09-14T16:00:00Z"


@pytest.fixture
def bulk(teacher: TestClient) -> Bulk:
    """Sends a form to update_grades and returns the progress, once it is over."""

    def post(place: str, form: dict[str, str]) -> dict[str, Any]:
        answer = teacher.post(f"/{place}/submissions/update_grades", data=form)
        assert answer.status_code == 200, answer.text
        assert answer.json()["workflow_state"] == "queued"
        found: dict[str, Any] = teacher.get(answer.json()["url"]).json()
        return found

    return post


@pytest.fixture
def row(teacher: TestClient, algebra: int) -> Row:
    """Reads a student's row on an assignment, with its comments."""

    def get(assignment: dict[str, Any], user_id: int) -> dict[str, Any]:
        url = f"/courses/{algebra}/assignments/{assignment['id']}/submissions/{user_id}"
        found: dict[str, Any] = teacher.get(url, params={"include[]": "submission_comments"}).json()
        return found

    return get


def outcome(row: dict[str, Any]) -> tuple[object, ...]:
    return row["score"], row["grade"], row["excused"], row["workflow_state"], row["graded_at"]


def test_an_update_answers_with_its_progress_before_it_is_done(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/update_grades"
    answer = teacher.post(url, data={f"grade_data[{students[0]}][posted_grade]": "9"})
    progress = answer.json()
    assert (answer.status_code, progress["workflow_state"], progress["completion"]) == (200, "queued", 0.0)
    assert (progress["tag"], progress["context_type"], progress["context_id"]) == (
        "submissions_update",
        "Course",
        algebra,
    )
    assert progress["url"] == f"http://canvas.test/api/v1/progress/{progress['id']}"
    done = teacher.get(f"/progress/{progress['id']}").json()
    assert (done["workflow_state"], done["completion"], done["message"]) == ("completed", 100.0, None)
    assert "results" not in done


@pytest.mark.parametrize("names", ["the path", "the data"])
def test_an_assignment_can_be_named_by_its_sis_id(
    *,
    admin: TestClient,
    algebra: int,
    an_assignment: Make,
    students: list[int],
    bulk: Bulk,
    row: Row,
    names: str,
) -> None:
    quiz = an_assignment()
    named = {"assignment": {"sis_assignment_id": "QUIZ-1"}}
    assert admin.put(f"/courses/{algebra}/assignments/{quiz['id']}", json=named).status_code == 200
    if names == "the path":
        place = f"courses/{algebra}/assignments/sis_assignment_id:QUIZ-1"
        done = bulk(place, {f"grade_data[{students[0]}][posted_grade]": "9"})
    else:
        key = f"grade_data[sis_assignment_id:QUIZ-1][{students[0]}][posted_grade]"
        done = bulk(f"courses/{algebra}", {key: "9"})
    assert (done["workflow_state"], row(quiz, students[0])["score"]) == ("completed", 9.0)


def test_an_update_grades_excuses_and_clears(
    *, algebra: int, an_assignment: Make, grade: Grade, students: list[int], bulk: Bulk, row: Row
) -> None:
    quiz = an_assignment()
    grade(quiz, students[2], posted_grade="8")
    form = {
        f"grade_data[{students[0]}][posted_grade]": "85%",
        f"grade_data[{students[1]}][excuse]": "true",
        f"grade_data[{students[2]}][posted_grade]": "",
    }
    assert bulk(f"courses/{algebra}/assignments/{quiz['id']}", form)["workflow_state"] == "completed"
    assert outcome(row(quiz, students[0])) == (8.5, "8.5", False, "graded", START)
    assert outcome(row(quiz, students[1])) == (None, None, True, "graded", START)
    assert outcome(row(quiz, students[2])) == (None, None, False, "graded", START)
    assert row(quiz, students[0])["posted_at"] == START


def test_an_update_of_a_course_reaches_many_assignments(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, row: Row
) -> None:
    first, second = an_assignment(), an_assignment(name="Quiz 2")
    form = {f"grade_data[{each['id']}][{students[0]}][posted_grade]": "7" for each in (first, second)}
    bulk(f"courses/{algebra}", form)
    assert [row(each, students[0])["score"] for each in (first, second)] == [7.0, 7.0]


@pytest.mark.parametrize("fields", [{"posted_grade": "9"}, {"posted_grade": "9", "excuse": "false"}])
def test_the_same_score_again_does_not_move_graded_at(
    algebra: int,
    an_assignment: Make,
    grade: Grade,
    *,
    students: list[int],
    bulk: Bulk,
    row: Row,
    clock: VirtualClock,
    store: CanvasStore,
    fields: dict[str, str],
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    place = f"courses/{algebra}/assignments/{quiz['id']}"
    bulk(place, {f"grade_data[{students[0]}][{name}]": value for name, value in fields.items()})
    assert row(quiz, students[0])["graded_at"] == START
    assert len(store.versions.of(store.submission(quiz["id"], students[0]))) == 1
    bulk(place, {f"grade_data[{students[0]}][posted_grade]": "8"})
    assert row(quiz, students[0])["graded_at"] == AN_HOUR_LATER


def test_an_excuse_again_does_not_move_graded_at_and_taking_it_back_does_not_either(
    algebra: int, an_assignment: Make, *, students: list[int], bulk: Bulk, row: Row, clock: VirtualClock
) -> None:
    quiz = an_assignment()
    place = f"courses/{algebra}/assignments/{quiz['id']}"
    for excuse in ("true", "true", "false"):
        bulk(place, {f"grade_data[{students[0]}][excuse]": excuse})
        clock.advance(timedelta(hours=1))
    assert outcome(row(quiz, students[0])) == (None, None, False, "graded", START)


def test_clearing_a_row_that_nobody_graded_does_not_touch_it(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, store: CanvasStore
) -> None:
    place = f"courses/{algebra}/assignments/{an_assignment()['id']}"
    bulk(place, {f"grade_data[{students[0]}][posted_grade]": ""})
    assert len(store.submissions) == 0


def test_null_clears_a_grade_as_an_empty_text_does(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int], *, row: Row
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/update_grades"
    teacher.post(url, json={"grade_data": {str(students[0]): {"posted_grade": None}}})
    assert outcome(row(quiz, students[0])) == (None, None, False, "graded", START)


def test_a_comment_alone_grades_nobody_and_posts_the_row(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, row: Row, *, store: CanvasStore
) -> None:
    quiz = an_assignment()
    bulk(
        f"courses/{algebra}/assignments/{quiz['id']}",
        {f"grade_data[{students[0]}][text_comment]": "Well done"},
    )
    found = row(quiz, students[0])
    assert outcome(found) == (None, None, None, "unsubmitted", None)
    assert found["posted_at"] == START
    (comment,) = found["submission_comments"]
    assert (comment["comment"], comment["created_at"]) == ("Well done", START)
    assert store.users[comment["author_id"]].name == comment["author_name"]


def test_a_comment_that_comes_with_a_grade_keeps_it(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, row: Row
) -> None:
    quiz = an_assignment()
    form = {
        f"grade_data[{students[0]}][text_comment]": "Well done",
        f"grade_data[{students[0]}][posted_grade]": "9",
    }
    bulk(f"courses/{algebra}/assignments/{quiz['id']}", form)
    assert outcome(row(quiz, students[0])) == (9.0, "9", False, "graded", START)


def test_a_comment_on_hidden_work_posts_nothing(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, row: Row
) -> None:
    quiz = an_assignment(post_manually=True)
    form = {
        f"grade_data[{students[0]}][text_comment]": "Well done",
        f"grade_data[{students[0]}][posted_grade]": "9",
    }
    bulk(f"courses/{algebra}/assignments/{quiz['id']}", form)
    found = row(quiz, students[0])
    assert (found["score"], found["posted_at"], len(found["submission_comments"])) == (9.0, None, 1)


def test_a_comment_with_a_grade_of_one_row_is_kept_too(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions/{students[0]}"
    answer = teacher.put(url, data={"comment[text_comment]": "See me"}).json()
    assert [each["comment"] for each in answer["submission_comments"]] == ["See me"]
    assert (answer["score"], answer["posted_at"], answer["graded_at"]) == (None, START, None)


def test_students_who_are_not_there_fail_the_job_and_the_others_are_graded(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, row: Row, *, store: CanvasStore
) -> None:
    quiz = an_assignment()
    sis_id = store.users[students[0]].sis_user_id
    form = {
        "grade_data[999999][posted_grade]": "1",
        f"grade_data[sis_user_id:{sis_id}][posted_grade]": "9",
        "grade_data[sis_user_id:none][posted_grade]": "1",
    }
    progress = bulk(f"courses/{algebra}/assignments/{quiz['id']}", form)
    assert progress["workflow_state"] == "failed"
    assert progress["message"] == "Couldn't find User(s) with API ids '999999', 'sis_user_id:none'"
    assert row(quiz, students[0])["score"] == 9.0


@pytest.mark.parametrize(("state", "is_graded"), [("inactive", True), ("completed", False)])
def test_an_inactive_student_is_graded_and_a_concluded_one_is_not_found(
    algebra: int,
    an_assignment: Make,
    *,
    students: list[int],
    bulk: Bulk,
    store: CanvasStore,
    state: str,
    is_graded: bool,
) -> None:
    for each in store.enrollments_of(algebra):
        if each.user_id == students[0]:
            enrolling.set_state(store, each, state)
    form = {f"grade_data[{students[0]}][posted_grade]": "9"}
    progress = bulk(f"courses/{algebra}/assignments/{an_assignment()['id']}", form)
    assert progress["workflow_state"] == ("completed" if is_graded else "failed")
    assert len(store.submissions) == int(is_graded)


def test_a_section_reaches_its_own_students_only(
    teacher: TestClient, history: int, bulk: Bulk, store: CanvasStore
) -> None:
    made = teacher.post(
        f"/courses/{history}/assignments", json={"assignment": {"name": "Essay", "published": True}}
    ).json()
    first, second = store.sections_of(history)
    ours, theirs = (
        next(
            each.user_id
            for each in store.enrollments_of(history, section.id)
            if each.type == "StudentEnrollment"
        )
        for section in (first, second)
    )
    form = {f"grade_data[{user_id}][posted_grade]": "1" for user_id in (theirs, ours)}
    progress = bulk(f"sections/{first.id}/assignments/{made['id']}", form)
    assert progress["message"] == f"Couldn't find User(s) with API ids '{theirs}'"
    assert [each.user_id for each in store.submissions.values()] == [ours]
    whole = {f"grade_data[{made['id']}][{theirs}][posted_grade]": "1"}
    assert bulk(f"sections/{second.id}", whole)["workflow_state"] == "completed"


def test_a_grade_and_an_excuse_at_once_break_the_job_where_they_stand(
    algebra: int, an_assignment: Make, students: list[int], bulk: Bulk, store: CanvasStore
) -> None:
    form = {
        f"grade_data[{students[0]}][posted_grade]": "9",
        f"grade_data[{students[1]}][posted_grade]": "9",
        f"grade_data[{students[1]}][excuse]": "true",
        f"grade_data[{students[2]}][posted_grade]": "9",
    }
    progress = bulk(f"courses/{algebra}/assignments/{an_assignment()['id']}", form)
    assert progress["workflow_state"] == "failed"
    assert progress["message"].startswith("Unexpected error, ID: ")
    assert [each.user_id for each in store.submissions.values()] == [students[0]]


@pytest.mark.parametrize("body", [{}, {"grade_data": {}}, {"grade_data": "9"}, {"grade_data": []}])
def test_an_update_needs_its_grades(teacher: TestClient, algebra: int, body: dict[str, Any]) -> None:
    answer = teacher.post(f"/courses/{algebra}/submissions/update_grades", json=body)
    assert (answer.status_code, answer.json()) == (400, {"error": "'grade_data' parameter required"})


def test_an_update_of_assignments_that_are_not_there_is_refused(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int], store: CanvasStore
) -> None:
    quiz, gone = an_assignment(), an_assignment(name="Gone")
    teacher.delete(f"/courses/{algebra}/assignments/{gone['id']}")
    data = {str(each): {str(students[0]): {"posted_grade": 9}} for each in (quiz["id"], gone["id"], "x")}
    answer = teacher.post(f"/courses/{algebra}/submissions/update_grades", json={"grade_data": data})
    words = f"Some assignments could not be found: ( {gone['id']}, x )"
    assert (answer.status_code, answer.json()) == (400, {"error": words})
    assert len(store.submissions) == 0


def test_an_update_of_unpublished_work_is_refused(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    form = {f"grade_data[{students[0]}][posted_grade]": "9"}
    for quiz in (an_assignment(published=False), an_assignment(name="Two graders", moderated_grading=True)):
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/update_grades"
        assert teacher.post(url, data=form).status_code == 403


def test_another_teacher_neither_updates_nor_sees_how_it_stands(
    other_teacher: TestClient, algebra: int, an_assignment: Make, students: list[int], bulk: Bulk
) -> None:
    place = f"courses/{algebra}/assignments/{an_assignment()['id']}"
    form = {f"grade_data[{students[0]}][posted_grade]": "9"}
    assert other_teacher.post(f"/{place}/submissions/update_grades", data=form).status_code == 403
    assert other_teacher.get(f"/progress/{bulk(place, form)['id']}").status_code == 403


@pytest.mark.parametrize("number", ["999", "x"])
def test_a_progress_that_nobody_made_is_not_found(teacher: TestClient, number: str) -> None:
    assert teacher.get(f"/progress/{number}").status_code == 404


class TestAJobThatIsHeldForPolls:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="held", canvas_job_polls=2)

    def test_is_queued_then_running_then_done(
        self,
        teacher: TestClient,
        algebra: int,
        an_assignment: Make,
        *,
        students: list[int],
        row: Row,
    ) -> None:
        quiz = an_assignment()
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/update_grades"
        progress = teacher.post(url, data={f"grade_data[{students[0]}][posted_grade]": "9"}).json()
        seen = []
        for _poll in range(4):
            told = teacher.get(f"/progress/{progress['id']}").json()
            seen.append((told["workflow_state"], told["completion"], row(quiz, students[0])["score"]))
        assert seen == [
            ("queued", 0.0, None),
            ("running", 50.0, None),
            ("completed", 100.0, 9.0),
            ("completed", 100.0, 9.0),
        ]


class TestAJobThatIsHeldForTime:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="held", canvas_job_seconds=60)

    def test_is_done_when_its_time_has_come(
        self,
        teacher: TestClient,
        algebra: int,
        an_assignment: Make,
        *,
        students: list[int],
        clock: VirtualClock,
        row: Row,
    ) -> None:
        quiz = an_assignment()
        url = f"/courses/{algebra}/assignments/{quiz['id']}/submissions/update_grades"
        progress = teacher.post(url, data={f"grade_data[{students[0]}][posted_grade]": "9"}).json()
        seen = []
        for _quarter in range(5):
            told = teacher.get(f"/progress/{progress['id']}").json()
            seen.append((told["workflow_state"], told["completion"]))
            clock.advance(timedelta(seconds=15))
        running = [("running", 25.0), ("running", 50.0), ("running", 75.0)]
        assert seen == [("queued", 0.0), *running, ("completed", 100.0)]
        assert row(quiz, students[0])["graded_at"] == "2026-09-14T15:01:00Z"

    def test_cannot_grade_what_was_unpublished_meanwhile(
        self,
        teacher: TestClient,
        algebra: int,
        an_assignment: Make,
        *,
        students: list[int],
        clock: VirtualClock,
        store: CanvasStore,
    ) -> None:
        quiz, other = an_assignment(), an_assignment(name="Quiz 2")
        data = {str(each["id"]): {str(students[0]): {"posted_grade": 9}} for each in (quiz, other)}
        url = f"/courses/{algebra}/submissions/update_grades"
        progress = teacher.post(url, json={"grade_data": data}).json()
        teacher.delete(f"/courses/{algebra}/assignments/{quiz['id']}")
        clock.advance(timedelta(seconds=60))
        told = teacher.get(f"/progress/{progress['id']}").json()
        words = "Some assignments are either not published or deleted and can not be graded"
        assert (told["workflow_state"], told["message"]) == ("failed", f"{words} '{quiz['id']}'")
        assert [each.assignment_id for each in store.submissions.values()] == [other["id"]]


@pytest.mark.parametrize(("reading", "status"), [("grade", 200), ("refuse", 403)])
class TestAClosedGradingPeriod:
    @pytest.fixture
    def profile(self, reading: Any) -> Profile:  # noqa: ANN401 - one of the switch's values
        return Profile(name="closed", canvas_bulk_closed_period=reading)

    def test_is_graded_in_or_not_as_the_profile_says(
        self,
        teacher: TestClient,
        admin: TestClient,
        algebra: int,
        an_assignment: Make,
        *,
        students: list[int],
        status: int,
    ) -> None:
        quiz = an_assignment(due_at="2026-08-20T20:00:00Z")
        wanted = {"enrollment_term_ids": [1], "grading_period_set": {"title": "Year"}}
        made = admin.post("/accounts/1/grading_period_sets", json=wanted).json()["grading_period_set"]["id"]
        over = {"title": "Over", "start_date": "2026-08-01T00:00:00Z", "end_date": "2026-08-31T00:00:00Z"}
        admin.patch(
            f"/grading_period_sets/{made}/grading_periods/batch_update", json={"grading_periods": [over]}
        )
        place = f"/courses/{algebra}/assignments/{quiz['id']}"
        one = teacher.put(f"{place}/submissions/{students[0]}", data={"submission[posted_grade]": "9"})
        assert one.status_code == 403
        form = {f"grade_data[{students[0]}][posted_grade]": "9"}
        assert teacher.post(f"{place}/submissions/update_grades", data=form).status_code == status
        assert admin.post(f"{place}/submissions/update_grades", data=form).status_code == 200
