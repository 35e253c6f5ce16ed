"""Totals of what this Canvas keeps, from the rows to the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas import recording
from simulator.canvas.model import Assignment, AssignmentGroup, Course, Enrollment, Submission
from simulator.canvas.rules.assigning import Assigned
from simulator.canvas.rules.class_totals import setup_of, work_of
from simulator.canvas.rules.totals import FourTotals, totals_of
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]

NOW = datetime(2026, 9, 14, tzinfo=UTC)
COURSE = Course(1, "Algebra", "ALG1", NOW)
PLACE = Enrollment(1, 5, 1, 1, "StudentEnrollment", "active", NOW, NOW)
QUIZ = Assignment(1, 1, 1, "Quiz", 1, NOW, NOW, points_possible=10.0, workflow_state="published")
GROUP = AssignmentGroup(1, 1, "Quizzes", 1)


def a_quiz(number: int, **fields: object) -> Assignment:
    return replace(QUIZ, id=number, **fields)  # type: ignore[arg-type]


def totals(
    work: dict[Assignment, Submission | None],
    *,
    group: AssignmentGroup = GROUP,
    places: tuple[Enrollment, ...] = (PLACE,),
) -> FourTotals:
    rows = {assignment.id: row for assignment, row in work.items() if row is not None}
    assigned = {each.id: Assigned(is_assigned=True, due_at=each.due_at) for each in work}
    found = work_of(work, rows, places, assigned=assigned)
    return totals_of(found.items, setup_of(COURSE, [group]), is_concluded=found.is_concluded).course


def graded(number: int, score: float | None, **fields: object) -> Submission:
    row = Submission(number, 5, score, str(score), excused=False, workflow_state="graded", posted_at=NOW)
    return replace(row, **fields)  # type: ignore[arg-type]


def scores(found: FourTotals) -> list[float | None]:
    return [each.score for each in (found.current, found.final, found.unposted_current, found.unposted_final)]


def test_a_row_that_nobody_touched_is_ungraded() -> None:
    assert scores(totals({a_quiz(1): graded(1, 8), a_quiz(2): None})) == [80.0, 40.0, 80.0, 40.0]


def test_totals_have_letters_where_the_course_uses_canvass_own_scheme(
    teacher: TestClient,
    algebra: int,
    students: list[int],
    an_assignment: Make,
    grade: Callable[..., dict[str, Any]],
) -> None:
    grade(an_assignment(), students[0], posted_grade="8.9")

    def letters() -> list[str | None]:
        (place,) = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]}).json()
        names = ("current_grade", "final_grade", "unposted_current_grade", "unposted_final_grade")
        return [place["grades"][name] for name in names]

    assert letters() == [None] * 4
    teacher.put(f"/courses/{algebra}", json={"course": {"grading_standard_id": 0}})
    assert letters() == ["B+"] * 4


def test_a_hidden_row_counts_only_in_the_unposted_totals() -> None:
    hidden = graded(2, 4, posted_at=None)
    assert scores(totals({a_quiz(1): graded(1, 2), a_quiz(2): hidden})) == [20.0, 10.0, 30.0, 30.0]


@pytest.mark.parametrize(
    "fields",
    [
        {"workflow_state": "unpublished"},
        {"grading_type": "not_graded"},
        {"submission_types": ("wiki_page",)},
        {"omit_from_final_grade": True},
    ],
)
def test_work_that_does_not_count_counts_nowhere(fields: dict[str, Any]) -> None:
    assert scores(totals({a_quiz(1): graded(1, 9), a_quiz(2, **fields): graded(2, 1)})) == [90.0] * 4


def test_an_excused_row_counts_nowhere() -> None:
    excused = graded(2, None, excused=True)
    assert scores(totals({a_quiz(1): graded(1, 5), a_quiz(2): excused})) == [50.0] * 4


def test_the_rules_of_a_group_drop_work() -> None:
    work: dict[Assignment, Submission | None] = {
        a_quiz(number): graded(number, score) for number, score in ((1, 5), (2, 7), (3, 9), (4, 10))
    }
    for group, expected in (
        (replace(GROUP, drop_lowest=1), 86.67),
        (replace(GROUP, drop_lowest=1, drop_highest=1), 80.0),
        (replace(GROUP, drop_lowest=1, never_drop=(1,)), 80.0),
    ):
        assert totals(work, group=group).current.score == expected


LATER = a_quiz(2, created_at=NOW + timedelta(days=2))
GONE = replace(PLACE, workflow_state="completed", updated_at=NOW + timedelta(days=1))
GRADED_AND_LATER: dict[Assignment, Submission | None] = {a_quiz(1): graded(1, 5), LATER: None}


class TestAStudentWhoLeft:
    def test_work_that_came_later_is_no_zero(self) -> None:
        assert totals(GRADED_AND_LATER, places=(GONE,)).unposted_final.score == 50.0
        assert totals(GRADED_AND_LATER).unposted_final.score == 25.0

    def test_one_enrollment_that_goes_on_keeps_the_work_coming(self) -> None:
        assert totals(GRADED_AND_LATER, places=(GONE, PLACE)).unposted_final.score == 25.0

    def test_a_deleted_enrollment_keeps_nobody_in(self) -> None:
        deleted = replace(PLACE, workflow_state="deleted")
        assert totals(GRADED_AND_LATER, places=(GONE, deleted)).unposted_final.score == 50.0

    def test_work_without_a_grade_by_then_leaves_the_posted_totals(self) -> None:
        work = {a_quiz(1): graded(1, 5), a_quiz(3): None}
        assert scores(totals(work, places=(GONE,))) == [50.0, 50.0, 50.0, 25.0]


@pytest.fixture
def url(algebra: int) -> str:
    return f"/courses/{algebra}/assignment_groups"


@pytest.fixture
def give(grade: Make, students: list[int]) -> Make:
    """Puts fields of the first student's submission."""
    return lambda assignment, **fields: grade(assignment, students[0], **fields)


@pytest.fixture
def enrollment(teacher: TestClient, algebra: int, students: list[int]) -> Callable[[str], dict[str, Any]]:
    """Reads the first student's enrollment, if it is in the state."""

    def read(state: str) -> dict[str, Any]:
        listed = f"/courses/{algebra}/enrollments?user_id={students[0]}&state[]={state}"
        (row,) = teacher.get(listed).json()
        found: dict[str, Any] = row
        return found

    return read


Read: TypeAlias = Callable[[str], dict[str, Any]]


class TestOnTheWire:
    def test_a_group_takes_and_shows_what_is_dropped(self, teacher: TestClient, url: str) -> None:
        form = {"name": "Tests", "rules[drop_lowest]": "1", "rules[drop_highest]": "2"}
        made = teacher.post(url, data={**form, "rules[never_drop][]": ["33", "17"]}).json()
        assert made["rules"] == {"drop_lowest": 1, "drop_highest": 2, "never_drop": [33, 17]}
        assert teacher.get(f"{url}/{made['id']}").json() == made

    def test_rules_can_come_as_json(self, teacher: TestClient, url: str) -> None:
        body = {"name": "Tests", "rules": {"drop_lowest": 1, "never_drop": [33]}}
        assert teacher.post(url, json=body).json()["rules"] == {"drop_lowest": 1, "never_drop": [33]}

    def test_a_group_without_rules_shows_none(self, teacher: TestClient, url: str) -> None:
        assert teacher.post(url, data={"name": "Tests"}).json()["rules"] == {}

    def test_new_rules_replace_the_old_ones_and_other_edits_leave_them(
        self, teacher: TestClient, url: str
    ) -> None:
        made = teacher.post(url, data={"rules[drop_lowest]": "1", "rules[never_drop][]": "33"}).json()
        one = f"{url}/{made['id']}"
        kept = teacher.put(one, data={"name": "Renamed"}).json()
        assert (kept["name"], kept["rules"]) == ("Renamed", {"drop_lowest": 1, "never_drop": [33]})
        assert teacher.put(one, json={"rules": None}).json()["rules"] == kept["rules"]
        assert teacher.put(one, data={"rules[drop_highest]": "3"}).json()["rules"] == {"drop_highest": 3}
        assert teacher.put(one, data={"rules": ""}).json()["rules"] == {}

    @pytest.mark.parametrize(
        ("text", "number"), [("0", 0), ("", 0), ("abc", 0), ("2 or so", 2), (" 3", 3), ("-1", -1)]
    )
    def test_a_number_is_read_as_far_as_it_goes(
        self, teacher: TestClient, url: str, text: str, number: int
    ) -> None:
        made = teacher.post(url, data={"rules[drop_lowest]": text}).json()
        assert made["rules"] == {"drop_lowest": number}

    def test_ids_that_are_never_dropped_are_texts_where_ids_are(self, teacher: TestClient, url: str) -> None:
        made = teacher.post(
            url,
            data={"rules[never_drop][]": "33", "rules[drop_lowest]": "1"},
            headers={"Accept": "application/json+canvas-string-ids"},
        ).json()
        assert made["rules"] == {"never_drop": ["33"], "drop_lowest": 1}

    def test_a_drop_rule_moves_the_grades_of_an_enrollment(
        self, teacher: TestClient, url: str, an_assignment: Make, give: Make, enrollment: Read
    ) -> None:
        first = an_assignment()
        give(first, posted_grade="5")
        give(an_assignment(name="Quiz 2"), posted_grade="9")
        an_assignment(name="Quiz 3")
        teacher.put(f"{url}/{first['assignment_group_id']}", data={"rules[drop_lowest]": "1"})
        grades = enrollment("active")["grades"]
        assert (grades["current_score"], grades["final_score"]) == (90.0, 70.0)
        assert (grades["unposted_current_score"], grades["unposted_final_score"]) == (90.0, 70.0)
        assert grades["current_grade"] is None

    def test_a_student_who_left_is_not_given_zeros_for_later_work(
        self, teacher: TestClient, clock: VirtualClock, an_assignment: Make, give: Make, enrollment: Read
    ) -> None:
        give(an_assignment(), posted_grade="5")
        row = enrollment("active")
        clock.advance(timedelta(days=1))
        teacher.request("DELETE", f"/courses/{row['course_id']}/enrollments/{row['id']}")
        clock.advance(timedelta(days=1))
        an_assignment(name="Quiz 2")
        grades = enrollment("completed")["grades"]
        assert (grades["final_score"], grades["unposted_final_score"]) == (50.0, 50.0)


@pytest.mark.parametrize(("hidden_excuse", "final"), [("zero", 45.0), ("left_out", 90.0)])
class TestTheSwitchForHiddenExcuses:
    @pytest.fixture
    def profile(self, hidden_excuse: Any) -> Profile:  # noqa: ANN401 - a literal
        return Profile(name="other", canvas_hidden_excuse=hidden_excuse)

    def test_it_decides_about_the_posted_final_total(
        self, store: CanvasStore, an_assignment: Make, give: Make, enrollment: Read, final: float
    ) -> None:
        give(an_assignment(), posted_grade="9")
        row = give(an_assignment(name="Quiz 2"), excuse="true")
        excused = store.submission(row["assignment_id"], row["user_id"])
        recording.put_submission(store, replace(excused, posted_at=None))
        assert enrollment("active")["grades"]["final_score"] == final


@pytest.mark.parametrize(("ignores", "before"), [(True, (50.0, 50.0)), (False, (70.0, 50.0))])
class TestTheSwitchForAnonymousWork:
    @pytest.fixture
    def profile(self, *, ignores: bool) -> Profile:
        return Profile(name="other", canvas_ignores_unposted_anonymous=ignores)

    def test_it_decides_whether_anonymous_work_counts_before_it_is_posted(
        self,
        *,
        store: CanvasStore,
        an_assignment: Make,
        give: Make,
        enrollment: Read,
        before: tuple[float, float],
    ) -> None:
        give(an_assignment(), posted_grade="5")
        essay = an_assignment(name="Essay", anonymous_grading=True)
        give(essay, posted_grade="9")

        def unposted() -> tuple[float, float]:
            grades = enrollment("active")["grades"]
            return grades["unposted_current_score"], grades["current_score"]

        assert unposted() == before
        kept = store.assignments[essay["id"]]
        store.submissions.update([replace(each, posted_at=store.now) for each in store.present_rows(kept)])
        assert unposted() == (70.0, 70.0)


@pytest.mark.parametrize("twin_dropped", ["highest_id", "lowest_id"])
class TestTheSwitchForTwins:
    @pytest.fixture
    def profile(self, twin_dropped: Any) -> Profile:  # noqa: ANN401 - a literal
        return Profile(name="other", canvas_twin_dropped=twin_dropped)

    def test_it_decides_which_of_two_equals_is_dropped(
        self,
        teacher: TestClient,
        url: str,
        an_assignment: Make,
        give: Make,
        enrollment: Read,
        *,
        twin_dropped: str,
    ) -> None:
        small = an_assignment()
        give(small, posted_grade="5")
        give(an_assignment(name="Quiz 2", points_possible=20), posted_grade="10")
        teacher.put(f"{url}/{small['assignment_group_id']}", data={"rules[drop_lowest]": "1"})
        tests = teacher.post(url, data={"name": "Tests"}).json()["id"]
        give(an_assignment(name="Test", points_possible=40, assignment_group_id=tests), posted_grade="30")
        assert enrollment("active")["grades"]["current_score"] == (
            70.0 if twin_dropped == "highest_id" else 66.67
        )
