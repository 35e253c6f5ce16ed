"""Every event that touches a submission, one test each: what it changes, and whether `graded_since` tells.

The order and the numbers are those of the event table in the facts that the fake is built after. Each test
begins with a row that was graded 9 of 10 an hour ago, unless its event needs another beginning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator.app import build_apps
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.world import World, Worlds, build_world
from tests.unit.canvas.conftest import API

BEFORE = "2026-09-14T15:00:00Z"
NOW = "2026-09-14T16:00:00Z"
DUE = "2026-09-14T15:30:00Z"


@dataclass(frozen=True)
class State:
    """What the table has a column for."""

    score: float | None
    grade: str | None
    excused: bool | None
    workflow_state: str
    graded_at: str | None
    posted_at: str | None


GRADED = State(9.0, "9", False, "graded", BEFORE, BEFORE)
UNTOUCHED = State(None, None, None, "unsubmitted", None, None)


@dataclass
class Row:
    """One student's row, and what a teacher and the student do to it."""

    teacher: TestClient
    store: CanvasStore
    clock: VirtualClock
    course: int
    assignment: dict[str, Any]
    student: int

    @property
    def url(self) -> str:
        return f"/courses/{self.course}/assignments/{self.assignment['id']}"

    def grade(self, **fields: str) -> dict[str, Any]:
        form = {f"submission[{name}]": value for name, value in fields.items()}
        return self.put(data=form)

    def put(self, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - what a client sends
        answer = self.teacher.put(f"{self.url}/submissions/{self.student}", **body)
        assert answer.status_code == 200, answer.text
        row: dict[str, Any] = answer.json()
        return row

    def edit(self, **fields: object) -> None:
        answer = self.teacher.put(self.url, json={"assignment": fields})
        assert answer.status_code == 200, answer.text

    def hand_in(self, at: str = NOW) -> None:
        work = {"submission_type": "online_text_entry", "body": "Essay", "user_id": self.student}
        answer = self.teacher.post(
            f"{self.url}/submissions", json={"submission": {**work, "submitted_at": at}}
        )
        assert answer.status_code == 201, answer.text

    def late_policy(self, **fields: object) -> None:
        url = f"/courses/{self.course}/late_policy"
        made = self.teacher.post(url, json={"late_policy": fields}).status_code == 201
        assert made or self.teacher.patch(url, json={"late_policy": fields}).status_code == 204

    def place(self, task: str) -> None:
        """Take the student's places in the course away, in one of the ways there are."""
        for each in self.store.enrollments_of(self.course):
            if each.user_id == self.student and each.workflow_state == "active":
                url = f"/courses/{self.course}/enrollments/{each.id}"
                answer = self.teacher.request("DELETE", url, data={"task": task})
                assert answer.status_code == 200, answer.text

    def enroll(self) -> None:
        section = self.store.sections_of(self.course)[0]
        wanted = {"user_id": self.student, "type": "StudentEnrollment", "enrollment_state": "active"}
        answer = self.teacher.post(f"/sections/{section.id}/enrollments", json={"enrollment": wanted})
        assert answer.status_code == 200, answer.text

    def read(self) -> dict[str, Any]:
        row: dict[str, Any] = self.teacher.get(f"{self.url}/submissions/{self.student}").json()
        return row

    @property
    def state(self) -> State:
        row = self.read()
        return State(*(row[name] for name in State.__annotations__))

    def listed(self, **query: str) -> list[dict[str, Any]]:
        """The student's row on the assignment, in the list that a sync reads."""
        wanted = {"student_ids[]": "all", "per_page": "100", **query}
        rows = self.teacher.get(f"/courses/{self.course}/students/submissions", params=wanted).json()
        mine = (self.student, self.assignment["id"])
        return [each for each in rows if (each["user_id"], each["assignment_id"]) == mine]

    @property
    def is_seen(self) -> bool:
        """Whether `graded_since` tells, to somebody who last looked half an hour ago."""
        return bool(self.listed(graded_since=DUE))


@pytest.fixture
def new_row(
    *,
    teacher: TestClient,
    store: CanvasStore,
    clock: VirtualClock,
    algebra: int,
    students: list[int],
    an_assignment: Callable[..., dict[str, Any]],
) -> Callable[..., Row]:
    """Makes an assignment, and tells of a student's row on it."""

    def make(**fields: object) -> Row:
        wanted = {"submission_types": ["online_text_entry"], **fields}
        return Row(teacher, store, clock, algebra, an_assignment(**wanted), students[0])

    return make


@pytest.fixture
def row(new_row: Callable[..., Row], clock: VirtualClock) -> Row:
    """A row that was graded 9 of 10 an hour ago."""
    graded = new_row()
    graded.grade(posted_grade="9")
    clock.advance(timedelta(hours=1))
    return graded


@pytest.fixture
def dial_world() -> Callable[[World], Row]:
    """A row of a whole world, in which things happen by themselves."""

    def client(world: World, token: str) -> TestClient:
        app = build_apps(Worlds(world)).canvas
        return TestClient(app, base_url=API, headers={"Authorization": f"Bearer {token}"})

    def make(world: World) -> Row:
        teacher = client(world, world.credentials.teacher_tokens[0])
        course = teacher.get("/courses").json()[0]["id"]
        wanted = {"name": "Essay", "points_possible": 10, "published": True}
        essay = {**wanted, "submission_types": ["online_text_entry"]}
        made = teacher.post(f"/courses/{course}/assignments", json={"assignment": essay}).json()
        places = world.canvas.enrollments_of(course)
        student = next(each.user_id for each in places if each.type == "StudentEnrollment")
        return Row(teacher, world.canvas, world.clock, course, made, student)

    return make


def test_row_1_a_grade(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row()
    assert (row.state, row.is_seen) == (UNTOUCHED, False)
    clock.advance(timedelta(hours=1))
    row.grade(posted_grade="9")
    assert row.state == State(9.0, "9", False, "graded", NOW, NOW)
    assert row.is_seen


def test_row_2_the_same_grade_again(row: Row) -> None:
    row.grade(posted_grade="9")
    assert row.state == replace(GRADED, graded_at=NOW)
    assert row.is_seen


@pytest.mark.parametrize("text", ["", "abc"])
def test_row_4_a_grade_that_is_cleared(row: Row, text: str) -> None:
    row.grade(posted_grade=text)
    assert row.state == State(None, None, False, "graded", BEFORE, BEFORE)
    assert not row.is_seen


def test_row_5_an_excuse(row: Row) -> None:
    row.grade(late_policy_status="late")
    row.grade(excuse="true")
    assert row.state == State(None, None, True, "graded", NOW, BEFORE)
    assert row.read()["late_policy_status"] is None
    assert row.is_seen


def test_row_5_an_excuse_of_what_was_never_graded(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row()
    clock.advance(timedelta(hours=1))
    row.grade(excuse="true")
    assert row.state == State(None, None, True, "graded", NOW, NOW)
    assert row.is_seen


def test_row_6_an_excuse_that_is_lifted(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row()
    row.grade(excuse="true")
    clock.advance(timedelta(hours=1))
    row.grade(excuse="false")
    assert row.state == State(None, None, False, "graded", BEFORE, BEFORE)
    assert not row.is_seen


@pytest.mark.parametrize("status", ["late", "missing", "none", "extended"])
def test_row_7_another_status(row: Row, status: str) -> None:
    row.grade(late_policy_status=status)
    assert row.state == replace(GRADED, graded_at=NOW)
    assert row.is_seen


def test_row_7_no_status_any_more(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row()
    row.grade(posted_grade="9", late_policy_status="none")
    clock.advance(timedelta(hours=1))
    row.put(json={"submission": {"late_policy_status": None}})
    assert row.state == replace(GRADED, graded_at=NOW)
    assert row.is_seen


def test_row_7_a_status_lifts_an_excuse(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row()
    row.grade(excuse="true")
    clock.advance(timedelta(hours=1))
    row.grade(late_policy_status="none")
    assert row.state == State(None, None, False, "graded", NOW, BEFORE)
    assert row.is_seen


def test_row_7_a_late_status_takes_points_off_by_the_policy(row: Row) -> None:
    row.late_policy(late_submission_deduction_enabled=True, late_submission_deduction=10)
    row.grade(late_policy_status="late", seconds_late_override="3600")
    assert row.state == State(8.0, "8", False, "graded", NOW, BEFORE)
    assert row.is_seen


def test_row_7_a_missing_status_scores_and_posts_by_the_policy(
    new_row: Callable[..., Row], clock: VirtualClock
) -> None:
    row = new_row()
    row.late_policy(missing_submission_deduction_enabled=True, missing_submission_deduction=100)
    clock.advance(timedelta(hours=1))
    row.grade(late_policy_status="missing")
    assert row.state == State(0.0, "0", False, "graded", NOW, NOW)
    assert row.is_seen


def test_row_8_the_same_status_again(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row()
    row.grade(posted_grade="9", late_policy_status="late")
    clock.advance(timedelta(hours=1))
    row.grade(late_policy_status="late")
    assert row.state == GRADED
    assert not row.is_seen


def test_row_9_a_status_of_the_districts_own(row: Row) -> None:
    row.grade(custom_grade_status_id="2")
    assert row.state == GRADED
    assert row.read()["custom_grade_status_id"] == 2
    assert not row.is_seen


def test_row_9_a_status_of_the_districts_own_in_the_place_of_another(
    new_row: Callable[..., Row], clock: VirtualClock
) -> None:
    row = new_row()
    row.grade(posted_grade="9", late_policy_status="late")
    clock.advance(timedelta(hours=1))
    row.grade(custom_grade_status_id="2")
    assert row.state == replace(GRADED, graded_at=NOW)
    assert row.read()["late_policy_status"] is None
    assert row.is_seen


def test_row_10_time_that_passes_makes_work_missing(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row(due_at=DUE)
    assert (row.read()["missing"], row.read()["seconds_late"]) == (False, 0)
    clock.advance(timedelta(hours=1))
    assert (row.read()["missing"], row.read()["seconds_late"]) == (True, 1800)
    assert row.state == UNTOUCHED
    assert not row.is_seen
    assert len(row.store.submissions) == 0


def test_row_11_the_job_that_scores_missing_work(dial_world: Callable[[World], Row]) -> None:
    world = build_world(7)
    row = dial_world(world)
    row.late_policy(missing_submission_deduction_enabled=True, missing_submission_deduction=100)
    row.edit(due_at="2026-09-14T15:58:00Z")
    world.advance(timedelta(hours=1))
    assert row.state == State(0.0, "0", None, "graded", NOW, NOW)
    assert (row.read()["grader_id"], row.read()["missing"]) == (None, True)
    assert row.is_seen


@pytest.mark.parametrize("how", ["policy", "due date"])
def test_row_12_a_late_policy_that_is_edited_or_a_due_date_that_moves(
    new_row: Callable[..., Row], clock: VirtualClock, how: str
) -> None:
    row = new_row(due_at=DUE)
    row.late_policy(late_submission_deduction_enabled=True, late_submission_deduction=10)
    row.hand_in("2026-09-14T15:40:00Z")
    row.grade(posted_grade="9")
    assert row.state == replace(GRADED, score=8.0, grade="8")
    clock.advance(timedelta(hours=1))
    if how == "policy":
        row.late_policy(late_submission_deduction=20)
        assert row.state == replace(GRADED, score=7.0, grade="7")
    else:
        row.edit(due_at="2026-09-14T15:50:00Z")
        assert row.state == GRADED
    assert row.read()["entered_score"] == 9.0
    assert not row.is_seen


def test_row_13_other_points_or_another_grading_type(row: Row, students: list[int]) -> None:
    excused = replace(row, student=students[1])
    excused.grade(excuse="true")
    row.clock.advance(timedelta(hours=1))
    row.edit(grading_type="percent", points_possible=20)
    later = "2026-09-14T17:00:00Z"
    assert row.state == replace(GRADED, grade="45%", graded_at=later)
    assert excused.state == State(None, None, True, "graded", later, NOW)
    assert row.is_seen
    assert excused.is_seen


def test_row_13_complete_stays_full_points(new_row: Callable[..., Row], clock: VirtualClock) -> None:
    row = new_row(grading_type="pass_fail")
    row.grade(posted_grade="complete")
    clock.advance(timedelta(hours=1))
    row.edit(points_possible=20)
    assert row.state == State(20.0, "complete", False, "graded", NOW, BEFORE)
    assert row.is_seen


def test_row_14_work_that_is_handed_in_again_after_grading(
    new_row: Callable[..., Row], clock: VirtualClock
) -> None:
    row = new_row()
    row.hand_in(BEFORE)
    row.grade(posted_grade="9", late_policy_status="late")
    clock.advance(timedelta(hours=1))
    row.hand_in()
    assert row.state == replace(GRADED, workflow_state="submitted")
    read = row.read()
    assert (read["attempt"], read["grade_matches_current_submission"]) == (2, False)
    assert read["late_policy_status"] is None
    assert not row.is_seen


def test_row_14_work_that_is_handed_in_again_late_keeps_the_grade_from_the_late_policy(
    new_row: Callable[..., Row], clock: VirtualClock
) -> None:
    row = new_row(due_at=DUE)
    row.late_policy(late_submission_deduction_enabled=True, late_submission_deduction=10)
    row.hand_in(BEFORE)
    row.grade(posted_grade="9")
    clock.advance(timedelta(hours=1))
    row.hand_in()
    assert row.read()["late"]
    assert row.state == replace(GRADED, workflow_state="submitted")


def test_row_16_a_comment(row: Row) -> None:
    row.put(json={"comment": {"text_comment": "Well done"}})
    assert row.state == GRADED
    assert not row.is_seen


def test_row_16_a_comment_on_what_was_never_graded_posts_it(
    new_row: Callable[..., Row], clock: VirtualClock
) -> None:
    row = new_row()
    clock.advance(timedelta(hours=1))
    row.put(json={"comment": {"text_comment": "Where is it?"}})
    assert row.state == replace(UNTOUCHED, posted_at=NOW)
    assert not row.is_seen


def test_row_17_an_enrollment_that_is_deleted(row: Row) -> None:
    row.place("delete")
    assert row.listed() == []
    assert row.teacher.get(f"{row.url}/submissions/{row.student}").status_code == 404
    kept = row.store.submission(row.assignment["id"], row.student)
    assert (kept.score, kept.graded_at) == (9.0, datetime(2026, 9, 14, 15, tzinfo=UTC))


def test_row_18_an_enrollment_that_comes_back(row: Row) -> None:
    row.place("delete")
    row.enroll()
    assert row.state == GRADED
    assert not row.is_seen


def test_row_18_an_enrollment_that_comes_back_to_a_cleared_grade(row: Row) -> None:
    row.grade(posted_grade="")
    row.place("delete")
    row.enroll()
    assert row.state == State(None, None, False, "unsubmitted", BEFORE, BEFORE)


def test_row_18_an_assignment_that_comes_back_to_work_that_waits(new_row: Callable[..., Row]) -> None:
    row = new_row()
    row.hand_in(BEFORE)
    row.edit(only_visible_to_overrides=True)
    row.edit(only_visible_to_overrides=False)
    assert row.state == replace(UNTOUCHED, workflow_state="submitted")


@pytest.mark.parametrize("task", ["conclude", "inactivate"])
def test_row_19_an_enrollment_that_is_concluded_or_inactive(row: Row, task: str) -> None:
    row.place(task)
    assert [State(*(each[name] for name in State.__annotations__)) for each in row.listed()] == [GRADED]
    there = row.teacher.get(f"{row.url}/submissions", params={"per_page": 100}).json()
    assert row.student not in {each["user_id"] for each in there}
    assert not row.is_seen


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_row_20_an_assignment_that_is_unpublished_or_deleted(row: Row, how: str) -> None:
    if how == "delete":
        assert row.teacher.delete(row.url).status_code == 200
    else:
        row.edit(published=False)
    assert row.listed() == []
    url = f"/courses/{row.course}/students/submissions"
    answer = row.teacher.get(url, params={"student_ids[]": "all", "assignment_ids[]": row.assignment["id"]})
    assert (answer.status_code, answer.json()) == (403, {"error": "invalid assignment ids requested"})
    kept = row.store.submission(row.assignment["id"], row.student)
    assert (kept.score, kept.graded_at) == (9.0, datetime(2026, 9, 14, 15, tzinfo=UTC))
