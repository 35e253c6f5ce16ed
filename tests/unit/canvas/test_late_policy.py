"""Late policies: their endpoints, what they take off, and when rows are looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from simulator.canvas.model import Assignment, LatePolicy, Submission
from simulator.canvas.rules.late_policy import Terms, points_deducted, score_for_missing, with_policy
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]

START = "2026-09-14T15:00:00Z"
DUE = "2026-09-14T15:30:00Z"
NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
HOUR, DAY = 3600, 86400
TEN_A_DAY = {"late_submission_deduction_enabled": True, "late_submission_deduction": 10}


def a_policy(**fields: Any) -> LatePolicy:  # noqa: ANN401 - fields of a policy
    return replace(LatePolicy(1, 1, late_enabled=True, late_deduction=10.0), **fields)


def work(**fields: Any) -> Assignment:  # noqa: ANN401 - fields of an assignment
    blank = Assignment(1, 1, 1, "Essay", 1, NOON, NOON, submission_types=("online_text_entry",))
    return replace(blank, points_possible=10.0, workflow_state="published", **fields)


@pytest.fixture
def late_policy(teacher: TestClient, algebra: int) -> Callable[..., dict[str, Any]]:
    """Gives Algebra a late policy."""

    def make(**fields: object) -> dict[str, Any]:
        answer = teacher.post(f"/courses/{algebra}/late_policy", json={"late_policy": fields})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()["late_policy"]
        return made

    return make


@pytest.fixture
def an_essay(an_assignment: Make) -> Make:
    return lambda **fields: an_assignment(
        **{"name": "Essay", "submission_types": ["online_text_entry"], "due_at": DUE, **fields}
    )


@pytest.fixture
def hand_in(teacher: TestClient, algebra: int) -> Callable[[dict[str, Any], int, str], dict[str, Any]]:
    """Hands in for a student, at a time."""

    def post(essay: dict[str, Any], user_id: int, at: str) -> dict[str, Any]:
        url = f"/courses/{algebra}/assignments/{essay['id']}/submissions"
        wanted = {
            "submission_type": "online_text_entry",
            "body": "Essay",
            "user_id": user_id,
            "submitted_at": at,
        }
        answer = teacher.post(url, json={"submission": wanted})
        assert answer.status_code == 201, answer.text
        row: dict[str, Any] = answer.json()
        return row

    return post


@pytest.fixture
def read(teacher: TestClient, algebra: int) -> Callable[[dict[str, Any], int], dict[str, Any]]:
    def get(essay: dict[str, Any], user_id: int) -> dict[str, Any]:
        url = f"/courses/{algebra}/assignments/{essay['id']}/submissions/{user_id}"
        row: dict[str, Any] = teacher.get(url).json()
        return row

    return get


def points(row: dict[str, Any]) -> tuple[object, ...]:
    return tuple(
        row[name] for name in ("score", "grade", "entered_score", "entered_grade", "points_deducted")
    )


# endpoints


def test_a_course_has_no_late_policy_until_it_gets_one(
    teacher: TestClient, algebra: int, late_policy: Make
) -> None:
    url = f"/courses/{algebra}/late_policy"
    missing = teacher.get(url)
    assert missing.status_code == 404
    assert missing.json() == {"errors": [{"message": "The specified resource does not exist."}]}
    assert teacher.patch(url, json={"late_policy": TEN_A_DAY}).status_code == 404
    made = late_policy(**TEN_A_DAY)
    assert teacher.get(url).json() == {"late_policy": made}
    assert made == {
        "id": made["id"],
        "missing_submission_deduction_enabled": False,
        "missing_submission_deduction": 0.0,
        "late_submission_deduction_enabled": True,
        "late_submission_deduction": 10.0,
        "late_submission_interval": "day",
        "late_submission_minimum_percent_enabled": False,
        "late_submission_minimum_percent": 0.0,
    }
    assert isinstance(made["id"], str)


def test_a_second_late_policy_is_refused_and_the_first_one_stays(
    teacher: TestClient, algebra: int, late_policy: Make
) -> None:
    first = late_policy(**TEN_A_DAY)
    answer = teacher.post(f"/courses/{algebra}/late_policy", json={"late_policy": {}})
    assert answer.status_code == 400
    message = "only one late policy per course is allowed"
    assert answer.json() == {"status": "bad_request", "errors": [{"message": message}]}
    assert teacher.get(f"/courses/{algebra}/late_policy").json()["late_policy"] == first


def test_a_change_answers_with_nothing_and_keeps_what_it_does_not_name(
    teacher: TestClient, algebra: int, late_policy: Make
) -> None:
    late_policy(**TEN_A_DAY)
    url = f"/courses/{algebra}/late_policy"
    form = {
        "late_policy[late_submission_interval]": "hour",
        "late_policy[late_submission_minimum_percent]": "4.745",
    }
    answer = teacher.patch(url, data=form)
    assert (answer.status_code, answer.content) == (204, b"")
    now = teacher.get(url).json()["late_policy"]
    assert (now["late_submission_interval"], now["late_submission_deduction"]) == ("hour", 10.0)
    assert now["late_submission_minimum_percent"] == 4.75


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("late_submission_deduction", -1, "must be greater than or equal to 0"),
        ("missing_submission_deduction", 100.5, "must be less than or equal to 100"),
        ("late_submission_minimum_percent", "much", "is not a number"),
        ("late_submission_minimum_percent", None, "is not a number"),
        ("late_submission_interval", "millennium", "is not included in the list"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_value_that_cannot_be_is_named_and_nothing_is_kept(
    *, teacher: TestClient, history: int, field: str, value: object, message: str, method: str
) -> None:
    url = f"/courses/{history}/late_policy"
    if method == "PATCH":
        teacher.post(url, json={"late_policy": TEN_A_DAY})
    before = teacher.get(url).json()
    wanted = {"late_submission_deduction_enabled": False, field: value}
    answer = teacher.request(method, url, json={"late_policy": wanted})
    assert answer.status_code == 422
    assert answer.json()["errors"][field][0]["message"] == message
    assert teacher.get(url).json() == before


def test_the_wrapper_is_asked_for(teacher: TestClient, algebra: int, other_teacher: TestClient) -> None:
    url = f"/courses/{algebra}/late_policy"
    answer = teacher.post(url, json={"late_submission_deduction": 10})
    assert (answer.status_code, answer.json()) == (400, {"errors": [{"message": "late_policy is missing"}]})
    assert other_teacher.get(url).status_code == 403


# arithmetic


@pytest.mark.parametrize(
    ("seconds", "interval", "expected"),
    [
        (0, "day", 0.0),
        (1, "day", 1.0),
        (DAY, "day", 1.0),
        (DAY + 1, "day", 2.0),
        (30 * DAY, "day", 9.0),
        (HOUR, "hour", 1.0),
        (3 * HOUR + 1, "hour", 4.0),
    ],
)
def test_each_interval_that_has_begun_costs_a_tenth_of_the_points_at_most_all_that_there_are(
    seconds: int,
    interval: Literal["day", "hour"],
    expected: float,
) -> None:
    assert points_deducted(a_policy(late_interval=interval), 9.0, work(), seconds) == expected


def test_lateness_takes_a_score_no_lower_than_the_minimum() -> None:
    policy = a_policy(minimum_enabled=True, minimum_percent=85.0)
    assert points_deducted(policy, 9.0, work(), 3 * DAY) == 0.5
    assert points_deducted(policy, 8.0, work(), 3 * DAY) == 0.0
    assert points_deducted(replace(policy, minimum_enabled=False), 9.0, work(), 3 * DAY) == 3.0


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("points", 1.0), ("percent", 1.0), ("letter_grade", 1.0), ("gpa_scale", 1.0), ("pass_fail", 0.0)],
)
def test_only_what_has_points_can_lose_some(kind: str, expected: float) -> None:
    assert points_deducted(a_policy(), 10.0, work(grading_type=kind), 1) == expected


def test_without_points_or_without_the_switch_nothing_is_lost() -> None:
    assert points_deducted(a_policy(late_enabled=False), 9.0, work(), DAY) == 0.0
    assert points_deducted(a_policy(), 9.0, replace(work(), points_possible=0.0), DAY) == 0.0


def test_a_deduction_is_cut_to_the_hundredth_half_up() -> None:
    assert (
        points_deducted(a_policy(late_deduction=3.35), 9.0, replace(work(), points_possible=1.5), 1) == 0.05
    )
    assert (
        points_deducted(a_policy(late_deduction=33.33), 9.0, replace(work(), points_possible=7.5), 1) == 2.5
    )


@pytest.mark.parametrize(
    ("kind", "deduction", "expected"),
    [("points", 100.0, 0.0), ("points", 40.0, 6.0), ("percent", 12.5, 8.75), ("pass_fail", 0.0, 0.0)],
)
def test_missing_work_is_short_of_the_full_points_by_the_deduction(
    kind: str, deduction: float, expected: float
) -> None:
    policy = a_policy(missing_enabled=True, missing_deduction=deduction)
    assert score_for_missing(policy, work(grading_type=kind)) == expected


@given(
    entered=st.decimals(-20, 200, places=2).map(float),
    percent=st.decimals(0, 100, places=2).map(float),
    minimum=st.decimals(0, 100, places=2).map(float),
    possible=st.decimals(0, 200, places=2).map(float),
    seconds=st.integers(0, 40 * DAY),
)
def test_what_was_entered_can_always_be_told_and_asking_twice_changes_nothing(
    entered: float, percent: float, minimum: float, possible: float, seconds: int
) -> None:
    policy = a_policy(late_deduction=percent, minimum_enabled=True, minimum_percent=minimum)
    row = Submission(1, 1, score=entered, grade="x", submitted_at=NOON + timedelta(seconds=seconds))
    terms = Terms(policy, replace(work(), points_possible=possible), NOON, NOON + timedelta(days=50))
    once = with_policy(row, terms)
    assert once.score is not None
    assert once.score >= min(0.0, entered)
    assert once.score <= entered
    if (once.points_deducted or 0.0) <= max(entered, 0.0):
        assert once.entered_score == entered
    assert with_policy(once, terms) == once


def test_half_a_hundredth_costs_no_more_than_it_is_worth() -> None:
    row = Submission(1, 1, score=0.005, grade="0.005", submitted_at=NOON + timedelta(days=30))
    terms = Terms(a_policy(), replace(work(), points_possible=1.0), NOON, NOON + timedelta(days=50))
    after = with_policy(row, terms)
    assert (after.score, after.points_deducted) == (0.0, 0.01)


def test_work_that_is_not_handed_in_online_any_more_loses_nothing_by_itself() -> None:
    row = Submission(1, 1, score=9.0, grade="9", submitted_at=NOON + timedelta(days=1))
    terms = Terms(a_policy(), work(), NOON, NOON + timedelta(days=50))
    on_paper = replace(terms, assignment=replace(work(), submission_types=("on_paper",)))
    assert with_policy(row, terms).score == 8.0
    assert with_policy(row, on_paper) == row
    by_hand = replace(row, late_policy_status="late", seconds_late_override=DAY)
    assert with_policy(by_hand, on_paper).score == 8.0


# grading late work


def test_a_grade_for_late_work_counts_less_than_was_entered(
    *, late_policy: Make, an_essay: Make, hand_in: Make, grade: Grade, students: list[int]
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-15T16:00:00Z")
    row = grade(essay, students[0], posted_grade="9.7")
    assert points(row) == (7.7, "7.7", 9.7, "9.7", 2.0)
    assert (row["late"], row["workflow_state"]) == (True, "graded")


def test_a_letter_is_the_one_of_what_is_left(
    *, late_policy: Make, an_essay: Make, hand_in: Make, grade: Grade, students: list[int]
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay(grading_type="letter_grade")
    hand_in(essay, students[0], "2026-09-14T16:00:00Z")
    assert points(grade(essay, students[0], posted_grade="A")) == (9.0, "A-", 10.0, "A", 1.0)


def test_work_in_time_loses_nothing_and_knows_no_deduction(
    *, late_policy: Make, an_essay: Make, hand_in: Make, grade: Grade, students: list[int]
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], DUE)
    assert points(grade(essay, students[0], posted_grade="9")) == (9.0, "9", 9.0, "9", None)


def test_late_work_without_a_policy_loses_nothing_and_says_so(
    *, an_essay: Make, hand_in: Make, grade: Grade, students: list[int]
) -> None:
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-15T16:00:00Z")
    assert points(grade(essay, students[0], posted_grade="9")) == (9.0, "9", 9.0, "9", 0.0)


def test_a_status_by_hand_makes_paper_late_by_as_much_as_the_teacher_says(
    *, late_policy: Make, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    late_policy(**TEN_A_DAY)
    quiz = an_assignment(submission_types=["on_paper"], due_at=DUE)
    assert points(grade(quiz, students[0], posted_grade="9", late_policy_status="late"))[0] == 9.0
    row = grade(quiz, students[0], seconds_late_override=str(2 * DAY))
    assert (row["seconds_late"], *points(row)) == (2 * DAY, 7.0, "7", 9.0, "9", 2.0)
    for status in ("none", "extended"):
        assert points(grade(quiz, students[0], late_policy_status=status))[::2] == (9.0, 9.0, None)
    assert points(grade(quiz, students[0], late_policy_status="late"))[0] == 9.0


@pytest.mark.parametrize("cleared", [{"posted_grade": ""}, {"excuse": "true"}])
def test_without_a_grade_there_is_nothing_to_lose(
    *,
    late_policy: Make,
    an_essay: Make,
    hand_in: Make,
    grade: Grade,
    students: list[int],
    cleared: dict[str, str],
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-15T16:00:00Z")
    grade(essay, students[0], posted_grade="9")
    row = grade(essay, students[0], **cleared)
    assert points(row)[:4] == (None, None, None, None)
    assert not row["points_deducted"]


def test_a_status_of_missing_scores_the_row_and_a_grade_goes_before_it(
    *, late_policy: Make, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    late_policy(missing_submission_deduction_enabled=True, missing_submission_deduction=75)
    quiz = an_assignment()
    row = grade(quiz, students[0], late_policy_status="missing")
    assert (row["score"], row["grade"], row["workflow_state"], row["posted_at"]) == (
        2.5,
        "2.5",
        "graded",
        START,
    )
    grade(quiz, students[1], posted_grade="9")
    assert grade(quiz, students[1], late_policy_status="missing")["score"] == 9.0


def test_more_points_for_the_assignment_cost_more_for_each_day(
    *,
    late_policy: Make,
    an_essay: Make,
    hand_in: Make,
    grade: Grade,
    read: Make,
    students: list[int],
    teacher: TestClient,
    algebra: int,
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-15T10:00:00Z")
    grade(essay, students[0], posted_grade="9")
    teacher.put(f"/courses/{algebra}/assignments/{essay['id']}", json={"assignment": {"points_possible": 20}})
    assert points(read(essay, students[0])) == (7.0, "7", 9.0, "9", 2.0)


def test_in_a_closed_period_the_policy_is_silent(
    *,
    late_policy: Make,
    an_essay: Make,
    hand_in: Make,
    students: list[int],
    admin: TestClient,
    clock: VirtualClock,
    algebra: int,
) -> None:
    late_policy(**TEN_A_DAY)
    close_on_20_september(admin)
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-15T10:00:00Z")
    clock.advance(timedelta(days=10))
    row = f"/courses/{algebra}/assignments/{essay['id']}/submissions/{students[0]}"
    shown = admin.put(row, json={"submission": {"posted_grade": "9"}}).json()
    assert (shown["score"], shown["late"]) == (9.0, True)
    change = {"late_submission_deduction": 20, "missing_submission_deduction_enabled": True}
    assert admin.patch(f"/courses/{algebra}/late_policy", json={"late_policy": change}).status_code == 204
    rows = admin.get(f"/courses/{algebra}/assignments/{essay['id']}/submissions?per_page=100").json()
    assert {each["score"] for each in rows} == {9.0, None}


def close_on_20_september(admin: TestClient) -> None:
    """Give the courses one grading period, which is over on that day."""
    wanted = {"enrollment_term_ids": [1], "grading_period_set": {"title": "Year"}}
    made = admin.post("/accounts/1/grading_period_sets", json=wanted).json()["grading_period_set"]["id"]
    autumn = {"title": "Autumn", "start_date": "2026-08-01T00:00:00Z", "end_date": "2026-09-20T00:00:00Z"}
    url = f"/grading_period_sets/{made}/grading_periods/batch_update"
    assert admin.patch(url, json={"grading_periods": [autumn]}).status_code == 200


def test_a_new_status_of_late_knows_nothing_of_the_seconds_of_work_before(
    *, late_policy: Make, an_essay: Make, hand_in: Make, grade: Grade, students: list[int]
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], START)
    grade(essay, students[0], posted_grade="9", late_policy_status="late", seconds_late_override="60")
    hand_in(essay, students[0], START)
    row = grade(essay, students[0], late_policy_status="late")
    assert (row["seconds_late"], row["score"]) == (0, 8.0)
    assert grade(essay, students[0], posted_grade="9")["score"] == 9.0


# looking again


@pytest.fixture
def late_row(
    *,
    late_policy: Make,
    an_essay: Make,
    hand_in: Make,
    grade: Grade,
    students: list[int],
    clock: VirtualClock,
) -> dict[str, Any]:
    """Work that came in an hour late and got 9 of 10 points, less one; an hour ago by now."""
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-14T16:30:00Z")
    grade(essay, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    return essay


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"late_submission_deduction": 20}, (7.0, "7", 9.0, "9", 2.0)),
        (
            {"late_submission_minimum_percent_enabled": True, "late_submission_minimum_percent": 85},
            (8.5, "8.5", 9.0, "9", 0.5),
        ),
        ({"late_submission_deduction_enabled": False}, (8.0, "8", 9.0, "9", 1.0)),
    ],
)
def test_a_changed_policy_takes_off_anew_from_what_was_entered(
    *,
    late_row: dict[str, Any],
    read: Make,
    teacher: TestClient,
    algebra: int,
    students: list[int],
    change: dict[str, object],
    expected: tuple[object, ...],
) -> None:
    teacher.patch(f"/courses/{algebra}/late_policy", json={"late_policy": change})
    row = read(late_row, students[0])
    assert points(row) == expected
    assert row["graded_at"] == START


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        ("2026-09-14T17:00:00Z", (9.0, "9", 9.0, "9", None)),
        ("2026-09-12T15:30:00Z", (6.0, "6", 9.0, "9", 3.0)),
        ("", (9.0, "9", 9.0, "9", None)),
    ],
)
def test_a_moved_due_date_makes_work_more_or_less_late(
    *,
    late_row: dict[str, Any],
    read: Make,
    teacher: TestClient,
    algebra: int,
    students: list[int],
    due_at: str,
    expected: tuple[object, ...],
) -> None:
    url = f"/courses/{algebra}/assignments/{late_row['id']}"
    teacher.put(url, json={"assignment": {"due_at": due_at}})
    row = read(late_row, students[0])
    assert points(row) == expected
    assert row["graded_at"] == START


def test_late_deductions_that_are_switched_off_are_not_given_back_though_missing_work_is_scored(
    late_row: dict[str, Any], read: Make, teacher: TestClient, algebra: int, students: list[int]
) -> None:
    change = {"late_submission_deduction_enabled": False, "missing_submission_deduction_enabled": True}
    teacher.patch(f"/courses/{algebra}/late_policy", json={"late_policy": change})
    assert points(read(late_row, students[0])) == (8.0, "8", 9.0, "9", 1.0)
    assert read(late_row, students[1])["score"] == 10.0


@pytest.mark.parametrize("fields", [{"published": False}, {"points_possible": 0}])
def test_work_that_is_unpublished_or_worth_nothing_is_not_looked_at(
    *,
    late_policy: Make,
    an_essay: Make,
    read: Make,
    students: list[int],
    clock: VirtualClock,
    fields: dict[str, object],
) -> None:
    essay = an_essay(**fields)
    clock.advance(timedelta(hours=1))
    late_policy(missing_submission_deduction_enabled=True, missing_submission_deduction=100)
    assert read(essay, students[0])["score"] is None


def test_a_canvas_may_move_graded_at_when_it_looks_again(
    *,
    late_row: dict[str, Any],
    read: Make,
    teacher: TestClient,
    algebra: int,
    students: list[int],
    store: CanvasStore,
) -> None:
    store.profile = replace(store.profile, canvas_recomputed_time="now")
    change = {"late_policy": {"late_submission_deduction": 20}}
    teacher.patch(f"/courses/{algebra}/late_policy", json=change)
    assert read(late_row, students[0])["graded_at"] == "2026-09-14T16:00:00Z"


def test_late_work_that_comes_again_in_time_gets_its_points_back_when_it_is_graded(
    *,
    late_row: dict[str, Any],
    hand_in: Make,
    grade: Grade,
    students: list[int],
) -> None:
    row = hand_in(late_row, students[0], DUE)
    assert points(row) == (8.0, "8", 9.0, "9", 1.0)
    assert row["grade_matches_current_submission"] is False
    assert points(grade(late_row, students[0], posted_grade="9")) == (9.0, "9", 9.0, "9", None)


def test_a_regrade_takes_lateness_off_a_grade_of_work_before_too(
    *, late_row: dict[str, Any], hand_in: Make, teacher: TestClient, algebra: int, students: list[int]
) -> None:
    hand_in(late_row, students[0], "2026-09-14T16:45:00Z")
    url = f"/courses/{algebra}/assignments/{late_row['id']}"
    teacher.put(url, json={"assignment": {"points_possible": 20}})
    row = teacher.get(f"{url}/submissions/{students[0]}").json()
    assert points(row) == (7.0, "7", 9.0, "9", 2.0)


def test_a_policy_for_missing_work_scores_what_is_missing_already(
    *,
    late_policy: Make,
    an_essay: Make,
    hand_in: Make,
    grade: Grade,
    read: Make,
    students: list[int],
    clock: VirtualClock,
) -> None:
    essay = an_essay()
    hand_in(essay, students[1], START)
    clock.advance(timedelta(days=3))
    grade(essay, students[2], posted_grade="5")
    grade(essay, students[3], excuse="true")
    late_policy(missing_submission_deduction_enabled=True, missing_submission_deduction=100)
    scores = [read(essay, each)["score"] for each in students[:5]]
    assert scores == [0.0, None, 5.0, None, 0.0]
    row = read(essay, students[0])
    assert (row["missing"], row["workflow_state"], row["grader_id"]) == (True, "graded", None)


# with bulk updates and post policies


def test_a_bulk_update_takes_points_off_too_and_only_the_score_that_counts_is_no_change(
    *,
    late_policy: Make,
    an_essay: Make,
    hand_in: Make,
    read: Make,
    students: list[int],
    clock: VirtualClock,
    teacher: TestClient,
    algebra: int,
) -> None:
    late_policy(**TEN_A_DAY)
    essay = an_essay()
    hand_in(essay, students[0], "2026-09-14T16:30:00Z")
    url = f"/courses/{algebra}/assignments/{essay['id']}/submissions/update_grades"

    def post(grade: str) -> dict[str, Any]:
        wish = {"grade_data": {str(students[0]): {"posted_grade": grade, "text_comment": "Late"}}}
        assert teacher.post(url, json=wish).status_code == 200
        row: dict[str, Any] = read(essay, students[0])
        return row

    assert points(post("9")) == (8.0, "8", 9.0, "9", 1.0)
    clock.advance(timedelta(hours=1))
    row = post("8")
    assert (row["graded_at"], *points(row)) == (START, 8.0, "8", 9.0, "9", 1.0)
    row = post("9")
    assert (row["graded_at"], *points(row)) == ("2026-09-14T16:00:00Z", 8.0, "8", 9.0, "9", 1.0)


def test_a_missing_score_of_a_class_that_posts_by_hand_stays_hidden(
    *,
    late_policy: Make,
    an_essay: Make,
    read: Make,
    students: list[int],
    clock: VirtualClock,
    teacher: TestClient,
    algebra: int,
) -> None:
    teacher.put(f"/courses/{algebra}", json={"course": {"post_manually": True}})
    essay = an_essay()
    clock.advance(timedelta(hours=1))
    late_policy(missing_submission_deduction_enabled=True, missing_submission_deduction=100)
    row = read(essay, students[0])
    assert (row["score"], row["posted_at"]) == (0.0, None)


@pytest.mark.usefixtures("late_row")
def test_the_log_of_grade_changes_knows_what_a_policy_took_off_anew(
    teacher: TestClient, algebra: int
) -> None:
    change = {"late_policy": {"late_submission_deduction": 20}}
    teacher.patch(f"/courses/{algebra}/late_policy", json=change)
    log = teacher.get(f"/audit/grade_change/courses/{algebra}").json()["events"]
    assert (log[0]["grade_before"], log[0]["grade_after"]) == ("8", "7")
