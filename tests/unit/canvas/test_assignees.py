"""What overrides make of rows, grades and totals over HTTP: whose the work is, by when, and whose no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
DUE = "2026-09-20T18:00:00Z"
LATER = "2026-11-25T18:00:00Z"
SUMMER_TO_FALL = [
    {"title": "Q1", "start_date": "2026-08-01T00:00:00Z", "end_date": "2026-10-31T00:00:00Z"},
    {"title": "Q2", "start_date": "2026-10-31T00:00:00Z", "end_date": "2026-12-31T00:00:00Z"},
]


@pytest.fixture
def only_for(an_assignment: Make) -> Make:
    """Makes an assignment for these students alone, or for everybody with a date of theirs."""

    def make(*students: int, only: bool = True, due_at: str = LATER, **fields: object) -> dict[str, Any]:
        overrides = [{"student_ids": list(students), "due_at": due_at}] if students else []
        return an_assignment(
            due_at=DUE, only_visible_to_overrides=only, assignment_overrides=overrides, **fields
        )

    return make


@pytest.fixture
def periods(admin: TestClient) -> list[int]:
    wanted = {"enrollment_term_ids": [1], "grading_period_set": {"title": "Year"}}
    made = admin.post("/accounts/1/grading_period_sets", json=wanted).json()["grading_period_set"]["id"]
    filled = admin.patch(
        f"/grading_period_sets/{made}/grading_periods/batch_update", json={"grading_periods": SUMMER_TO_FALL}
    )
    return [int(each["id"]) for each in filled.json()["grading_periods"]]


def reassign(teacher: TestClient, work: dict[str, Any], **fields: object) -> None:
    url = f"/courses/{work['course_id']}/assignments/{work['id']}"
    answer = teacher.put(url, json={"assignment": fields})
    assert answer.status_code == 200, answer.text


def rows_of(teacher: TestClient, work: dict[str, Any], query: str = "") -> dict[int, dict[str, Any]]:
    url = f"/courses/{work['course_id']}/assignments/{work['id']}/submissions?per_page=100{query}"
    return {row["user_id"]: row for row in teacher.get(url).json()}


def test_only_those_who_are_assigned_have_rows_in_every_list(
    teacher: TestClient, algebra: int, only_for: Make, students: list[int]
) -> None:
    work = only_for(students[0], students[2])
    assigned = [students[0], students[2]]
    home = f"/courses/{algebra}/students/submissions?student_ids[]=all&per_page=100"
    flat = [row["user_id"] for row in teacher.get(home).json()]
    grouped = {each["user_id"]: each["submissions"] for each in teacher.get(f"{home}&grouped=1").json()}
    assert list(rows_of(teacher, work)) == assigned
    assert flat == assigned
    assert [user_id for user_id, rows in grouped.items() if rows] == assigned
    assert grouped[students[1]] == []


def test_a_students_row_shows_their_own_date_and_grading_period(
    teacher: TestClient, only_for: Make, students: list[int], periods: list[int]
) -> None:
    rows = rows_of(teacher, only_for(students[0], only=False))
    assert [rows[each]["cached_due_date"] for each in students[:2]] == [LATER, DUE]
    assert [rows[each]["grading_period_id"] for each in students[:2]] == [periods[1], periods[0]]


def test_work_goes_missing_by_the_students_own_date(
    *, teacher: TestClient, only_for: Make, students: list[int], clock: VirtualClock
) -> None:
    work = only_for(students[0], only=False, submission_types=["online_upload"])
    clock.advance(timedelta(days=10))
    rows = rows_of(teacher, work)
    assert [rows[each]["missing"] for each in students[:2]] == [False, True]
    assert [rows[each]["seconds_late"] > 0 for each in students[:2]] == [False, True]


def test_the_grading_period_of_a_list_is_the_students_own(
    *, teacher: TestClient, algebra: int, only_for: Make, students: list[int], periods: list[int]
) -> None:
    only_for(students[0], only=False)
    home = f"/courses/{algebra}/students/submissions?student_ids[]=all&per_page=100&grading_period_id="
    assert [row["user_id"] for row in teacher.get(f"{home}{periods[1]}").json()] == [students[0]]
    assert students[0] not in [row["user_id"] for row in teacher.get(f"{home}{periods[0]}").json()]


def test_whoever_is_not_assigned_cannot_be_read_nor_graded(
    teacher: TestClient, only_for: Make, students: list[int]
) -> None:
    work = only_for(students[0])
    url = f"/courses/{work['course_id']}/assignments/{work['id']}/submissions/{students[1]}"
    answers = [teacher.get(url), teacher.put(url, data={"submission[posted_grade]": "9"})]
    assert [each.status_code for each in answers] == [404, 403]


class TestACanvasThatDeniesTheRow:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="denying", canvas_unassigned_row="denied")

    def test_of_whoever_is_not_assigned(
        self, teacher: TestClient, only_for: Make, students: list[int]
    ) -> None:
        work = only_for(students[0])
        url = f"/courses/{work['course_id']}/assignments/{work['id']}/submissions/{students[1]}"
        assert teacher.get(url).status_code == 403


@pytest.fixture
def due_twice(
    teacher: TestClient, only_for: Make, students: list[int], store: CanvasStore, algebra: int
) -> Callable[[], str]:
    """Gives a student a date of their own, and their section a later one; says which of them holds."""

    def give() -> str:
        work = only_for(students[0], only=False)
        seats = [each.section_id for each in store.enrollments_of(algebra) if each.user_id == students[0]]
        overrides = [
            {"student_ids": students[:1], "due_at": DUE},
            {"course_section_id": seats[0], "due_at": LATER},
        ]
        reassign(teacher, work, assignment_overrides=overrides)
        due: str = rows_of(teacher, work)[students[0]]["cached_due_date"]
        return due

    return give


def test_the_later_of_two_overrides_holds(due_twice: Callable[[], str]) -> None:
    assert due_twice() == LATER


class TestACanvasThatPutsAStudentsOwnDateFirst:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="own-first", canvas_override_rank="individual_first")

    def test_holds_to_it_though_the_section_has_longer(self, due_twice: Callable[[], str]) -> None:
        assert due_twice() == DUE


class TestAStudentWhoIsUnassigned:
    def test_loses_the_row_and_gets_it_back_with_the_old_grade(
        self, *, teacher: TestClient, only_for: Make, students: list[int], grade: Make, clock: VirtualClock
    ) -> None:
        work = only_for(*students[:2])
        grade(work, students[1], posted_grade="9")
        before = rows_of(teacher, work)[students[1]]
        clock.advance(timedelta(hours=1))
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:1], "due_at": LATER}])
        assert list(rows_of(teacher, work)) == students[:1]
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:2], "due_at": LATER}])
        assert rows_of(teacher, work)[students[1]] == before

    def test_gets_a_cleared_row_back_as_one_that_was_never_graded(
        self, *, teacher: TestClient, only_for: Make, students: list[int], grade: Make
    ) -> None:
        work = only_for(*students[:2])
        grade(work, students[1], posted_grade="9")
        cleared = grade(work, students[1], posted_grade="")
        assert cleared["workflow_state"] == "graded"
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:1], "due_at": LATER}])
        reassign(teacher, work, only_visible_to_overrides=False)
        after = rows_of(teacher, work)[students[1]]
        assert (after["workflow_state"], after["graded_at"]) == ("unsubmitted", cleared["graded_at"])

    def test_is_back_when_the_assignment_gets_a_date_for_everybody(
        self, teacher: TestClient, only_for: Make, students: list[int]
    ) -> None:
        work = only_for(students[0])
        reassign(teacher, work, due_at=LATER)
        shown = teacher.get(f"/courses/{work['course_id']}/assignments/{work['id']}").json()
        assert (shown["only_visible_to_overrides"], shown["visible_to_everyone"]) == (False, True)
        assert students[1] in rows_of(teacher, work)

    def test_stays_so_where_the_same_edit_says_so(
        self, teacher: TestClient, only_for: Make, students: list[int]
    ) -> None:
        work = only_for(students[0])
        reassign(teacher, work, due_at=LATER, only_visible_to_overrides=True)
        assert list(rows_of(teacher, work)) == students[:1]

    def test_has_no_such_work_in_the_total(
        self, *, teacher: TestClient, algebra: int, only_for: Make, students: list[int], grade: Make
    ) -> None:
        work, other = only_for(*students[:2]), only_for(*students[:2], name="Other")
        grade(work, students[1], posted_grade="2")
        grade(other, students[1], posted_grade="10")
        assert self.total(teacher, algebra, students[1]) == 60.0
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:1], "due_at": LATER}])
        assert self.total(teacher, algebra, students[1]) == 100.0

    @staticmethod
    def total(teacher: TestClient, course: int, student: int) -> object:
        (seat,) = teacher.get(f"/courses/{course}/enrollments?user_id={student}").json()
        return seat["grades"]["current_score"]


def test_a_total_of_a_period_has_the_work_that_is_due_in_it_for_the_student(
    *, teacher: TestClient, algebra: int, only_for: Make, students: list[int], grade: Make, periods: list[int]
) -> None:
    work = only_for(students[0], only=False)
    for student in students[:2]:
        grade(work, student, posted_grade="8")
    seats = {
        (each["user_id"], number): each["grades"]["current_score"]
        for number in (0, 1)
        for each in teacher.get(
            f"/courses/{algebra}/enrollments?type[]=StudentEnrollment&per_page=100"
            f"&grading_period_id={periods[number]}"
        ).json()
    }
    assert [seats[students[0], number] for number in (0, 1)] == [None, 80.0]
    assert [seats[students[1], number] for number in (0, 1)] == [80.0, None]


def test_who_may_see_an_assignment_is_told_as_texts(
    teacher: TestClient, only_for: Make, students: list[int]
) -> None:
    work = only_for(*students[:2])
    url = f"/courses/{work['course_id']}/assignments/{work['id']}?include[]=assignment_visibility"
    assert teacher.get(url).json()["assignment_visibility"] == [str(each) for each in students[:2]]


def test_a_row_tells_whether_its_student_sees_the_assignment(
    teacher: TestClient, only_for: Make, students: list[int]
) -> None:
    rows = rows_of(teacher, only_for(students[0]), "&include[]=visibility")
    assert rows[students[0]]["assignment_visible"] is True


def test_a_closed_period_keeps_teachers_from_the_students_whose_work_is_due_in_it(
    *, teacher: TestClient, only_for: Make, students: list[int], periods: list[int], clock: VirtualClock
) -> None:
    work = only_for(students[0], only=False)
    clock.advance(timedelta(days=50))
    url = f"/courses/{work['course_id']}/assignments/{work['id']}"
    statuses = [
        teacher.put(f"{url}/submissions/{each}", data={"submission[posted_grade]": "9"}).status_code
        for each in students[:2]
    ]
    assert statuses == [200, 403]
    assert teacher.get(url).json()["in_closed_grading_period"] is True
    assert periods


class TestAStudentWithDatesOfTheirOwn:
    ONLINE: ClassVar = {"submission_types": ["online_text_entry"]}

    @pytest.fixture
    def hand_in(self, admin: TestClient) -> Callable[[dict[str, Any], int], int]:
        """Hands in work as a student does, by way of the administrator; the status of the answer."""

        def post(work: dict[str, Any], student: int) -> int:
            wanted = {"submission_type": "online_text_entry", "body": "Done"}
            url = f"/courses/{work['course_id']}/assignments/{work['id']}/submissions"
            return admin.post(f"{url}?as_user_id={student}", json={"submission": wanted}).status_code

        return post

    def test_hands_in_until_their_own_lock_date(
        self, *, an_assignment: Make, students: list[int], clock: VirtualClock,
        hand_in: Callable[[dict[str, Any], int], int],
    ) -> None:  # fmt: skip
        override = {"student_ids": students[:1], "lock_at": LATER}
        work = an_assignment(lock_at=DUE, assignment_overrides=[override], **self.ONLINE)
        clock.advance(timedelta(days=20))
        assert [hand_in(work, each) for each in students[:2]] == [201, 403]

    def test_hands_in_nothing_where_the_work_is_not_theirs(
        self, only_for: Make, students: list[int], hand_in: Callable[[dict[str, Any], int], int]
    ) -> None:
        work = only_for(students[0], **self.ONLINE)
        assert [hand_in(work, each) for each in students[:2]] == [201, 403]

    def test_is_late_by_their_own_date(
        self, *, teacher: TestClient, only_for: Make, students: list[int], clock: VirtualClock,
        hand_in: Callable[[dict[str, Any], int], int],
    ) -> None:  # fmt: skip
        work = only_for(students[0], only=False, **self.ONLINE)
        clock.advance(timedelta(days=20))
        for student in students[:2]:
            hand_in(work, student)
        rows = rows_of(teacher, work)
        assert [rows[each]["late"] for each in students[:2]] == [False, True]

    def test_waits_for_a_grade_only_while_the_work_is_theirs(
        self, *, teacher: TestClient, algebra: int, only_for: Make, students: list[int],
        hand_in: Callable[[dict[str, Any], int], int],
    ) -> None:  # fmt: skip
        work = only_for(*students[:2], **self.ONLINE)
        hand_in(work, students[1])
        url = f"/courses/{algebra}/assignments?bucket=ungraded"
        assert [each["needs_grading_count"] for each in teacher.get(url).json()] == [1]
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:1], "due_at": LATER}])
        assert teacher.get(url).json() == []

    def test_loses_points_by_their_own_date(
        self, *, teacher: TestClient, only_for: Make, students: list[int], clock: VirtualClock, grade: Make,
        hand_in: Callable[[dict[str, Any], int], int],
    ) -> None:  # fmt: skip
        work = only_for(students[0], only=False, **self.ONLINE)
        policy = {"late_submission_deduction_enabled": True, "late_submission_deduction": 50}
        teacher.post(f"/courses/{work['course_id']}/late_policy", json={"late_policy": policy})
        clock.advance(timedelta(days=7))
        hand_in(work, students[1])
        assert grade(work, students[1], posted_grade="10")["points_deducted"] == 5.0
        override = {"student_ids": students[:2], "due_at": LATER}
        reassign(teacher, work, assignment_overrides=[override])
        assert rows_of(teacher, work)[students[1]]["score"] == 10.0


class TestOthersGradingTools:
    def test_a_bulk_update_does_not_find_whoever_is_not_assigned(
        self, teacher: TestClient, only_for: Make, students: list[int]
    ) -> None:
        work = only_for(students[0])
        url = f"/courses/{work['course_id']}/assignments/{work['id']}/submissions/update_grades"
        wanted = {str(each): {"posted_grade": "9"} for each in students[:2]}
        progress = teacher.post(url, json={"grade_data": wanted}).json()
        after = teacher.get(f"/progress/{progress['id']}").json()
        assert (after["workflow_state"], str(students[1]) in after["message"]) == ("failed", True)
        assert {row["score"] for row in rows_of(teacher, work).values()} == {9.0}

    def test_posting_grades_leaves_out_whoever_is_not_assigned(
        self, *, teacher: TestClient, only_for: Make, students: list[int], grade: Make, store: CanvasStore
    ) -> None:
        work = only_for(*students[:2], post_manually=True)
        for student in students[:2]:
            grade(work, student, posted_grade="9")
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:1], "due_at": LATER}])
        deed = f"postAssignmentGrades(input: {{assignmentId: {work['id']}}})"
        query = f"mutation {{ {deed} {{ errors {{ message }} }} }}"
        answer = teacher.post("http://canvas.test/api/graphql", json={"query": query})
        assert answer.json()["data"]["postAssignmentGrades"]["errors"] is None
        posted = [store.submission(work["id"], each).posted_at is not None for each in students[:2]]
        assert posted == [True, False]

    def test_an_assignment_is_muted_by_the_hidden_grades_of_its_assignees_alone(
        self, *, teacher: TestClient, only_for: Make, students: list[int], grade: Make
    ) -> None:
        work = only_for(*students[:2])
        grade(work, students[0], posted_grade="9")
        reassign(teacher, work, post_manually=True)
        grade(work, students[1], posted_grade="9")
        url = f"/courses/{work['course_id']}/assignments/{work['id']}"
        assert teacher.get(url).json()["muted"] is True
        reassign(teacher, work, assignment_overrides=[{"student_ids": students[:1], "due_at": LATER}])
        assert teacher.get(url).json()["muted"] is False
