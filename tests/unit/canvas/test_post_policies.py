from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]

START = "2026-09-14T15:00:00Z"
AN_HOUR_LATER = "2026-09-14T16:00:00Z"


@pytest.fixture
def set_course(teacher: TestClient, algebra: int) -> Callable[..., None]:
    """Edits the course as a form."""

    def put(**fields: str) -> None:
        answer = teacher.put(f"/courses/{algebra}", data={f"course[{k}]": v for k, v in fields.items()})
        assert answer.status_code == 200, answer.text

    return put


@pytest.fixture
def shown(teacher: TestClient, algebra: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Reads an assignment again."""

    def get(assignment: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = teacher.get(f"/courses/{algebra}/assignments/{assignment['id']}").json()
        return found

    return get


@pytest.fixture
def scores(teacher: TestClient, algebra: int, students: list[int]) -> Callable[[], list[float | None]]:
    """Reads the first student's four totals: what is posted, current and final, and what is there."""

    def read() -> list[float | None]:
        answer = teacher.get(f"/courses/{algebra}/enrollments", params={"user_id": students[0]})
        grades = answer.json()[0]["grades"]
        names = ("current_score", "final_score", "unposted_current_score", "unposted_final_score")
        return [grades[name] for name in names]

    return read


def test_a_hidden_grade_is_there_for_the_grader_and_in_the_unposted_totals_alone(
    an_assignment: Make, grade: Grade, students: list[int], scores: Callable[[], list[float | None]]
) -> None:
    row = grade(an_assignment(post_manually=True), students[0], posted_grade="9")
    assert (row["score"], row["grade"], row["graded_at"], row["posted_at"]) == (9.0, "9", START, None)
    assert scores() == [None, 0.0, 90.0, 90.0]


def test_an_excuse_stays_hidden_too(an_assignment: Make, grade: Grade, students: list[int]) -> None:
    row = grade(an_assignment(post_manually=True), students[0], excuse="true")
    assert (row["excused"], row["graded_at"], row["posted_at"]) == (True, START, None)


def test_an_assignment_without_a_policy_of_its_own_takes_its_courses(
    an_assignment: Make, grade: Grade, students: list[int], set_course: Callable[..., None]
) -> None:
    set_course(post_manually="true")
    quiz = an_assignment()
    assert quiz["post_manually"] is True
    assert grade(quiz, students[0], posted_grade="9")["posted_at"] is None


def test_the_assignments_own_policy_goes_before_the_courses(
    an_assignment: Make, grade: Grade, students: list[int], set_course: Callable[..., None]
) -> None:
    set_course(post_manually="true")
    quiz = an_assignment(post_manually=False)
    assert quiz["post_manually"] is False
    assert grade(quiz, students[0], posted_grade="9")["posted_at"] == START


def test_null_gives_an_assignment_its_courses_policy_back(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    quiz = an_assignment(post_manually=True)
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    answer = teacher.put(url, json={"assignment": {"post_manually": None}})
    assert answer.json()["post_manually"] is False


def test_another_policy_posts_nothing_and_hides_nothing(
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
    for manually, later in ((True, None), (False, AN_HOUR_LATER)):
        teacher.put(url, json={"assignment": {"post_manually": manually}})
        rows = teacher.get(f"{url}/submissions").json()
        assert next(row["posted_at"] for row in rows if row["user_id"] == students[0]) == START
        assert grade(quiz, students[1], posted_grade="9")["posted_at"] == later


def test_a_grade_that_is_given_again_does_not_hide_what_was_posted(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    teacher.put(url, json={"assignment": {"post_manually": True}})
    assert grade(quiz, students[0], posted_grade="8")["posted_at"] == START


def test_the_courses_policy_is_set_on_every_assignment_of_it(
    an_assignment: Make, shown: Callable[..., dict[str, Any]], set_course: Callable[..., None]
) -> None:
    own, none = an_assignment(post_manually=False), an_assignment(name="Quiz 2")
    set_course(post_manually="true")
    assert [shown(each)["post_manually"] for each in (own, none)] == [True, True]


class TestAnOlderCanvas:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="older", canvas_course_policy_reach="those_without_their_own")

    def test_leaves_an_assignment_its_own_policy(
        self, an_assignment: Make, shown: Callable[..., dict[str, Any]], set_course: Callable[..., None]
    ) -> None:
        own, none = an_assignment(post_manually=False), an_assignment(name="Quiz 2")
        set_course(post_manually="true")
        assert [shown(each)["post_manually"] for each in (own, none)] == [False, True]


def test_a_courses_policy_is_shown_to_whoever_asks_for_it(
    teacher: TestClient, algebra: int, set_course: Callable[..., None]
) -> None:
    set_course(post_manually="true")
    assert "post_manually" not in teacher.get(f"/courses/{algebra}").json()
    assert teacher.get(f"/courses/{algebra}?include[]=post_manually").json()["post_manually"] is True


def test_a_name_that_is_too_long_leaves_the_policy_alone(teacher: TestClient, algebra: int) -> None:
    wanted = {"course": {"name": "x" * 256, "post_manually": True}}
    assert teacher.put(f"/courses/{algebra}", json=wanted).status_code == 400
    assert teacher.get(f"/courses/{algebra}?include[]=post_manually").json()["post_manually"] is False


def test_anonymous_work_is_always_posted_by_hand(
    teacher: TestClient, algebra: int, an_assignment: Make, set_course: Callable[..., None]
) -> None:
    quiz = an_assignment(anonymous_grading=True, post_manually=False)
    assert (quiz["anonymous_grading"], quiz["post_manually"], quiz["anonymize_students"]) == (
        True,
        True,
        True,
    )
    set_course(post_manually="false")
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    assert teacher.put(url, json={"assignment": {"post_manually": False}}).json()["post_manually"] is True


def test_an_assignment_is_muted_until_every_row_is_posted(
    an_assignment: Make,
    grade: Grade,
    students: list[int],
    test_student: int,
    shown: Callable[..., dict[str, Any]],
) -> None:
    quiz = an_assignment()
    for user_id in (*students, test_student):
        assert shown(quiz)["muted"] is True
        grade(quiz, user_id, posted_grade="9")
    assert shown(quiz)["muted"] is False


class TestModeratedWork:
    def test_takes_no_grade_until_its_grades_are_published(
        self, teacher: TestClient, algebra: int, an_assignment: Make, grade: Grade, students: list[int]
    ) -> None:
        quiz = an_assignment(moderated_grading=True)
        url = f"/courses/{algebra}/assignments/{quiz['id']}"
        refused = teacher.put(f"{url}/submissions/{students[0]}", data={"submission[posted_grade]": "9"})
        assert refused.status_code == 403
        assert teacher.post(f"{url}/provisional_grades/publish").json() == {"message": "OK"}
        assert grade(quiz, students[0], posted_grade="9")["posted_at"] is None

    def test_is_posted_by_hand_until_then_and_as_anybody_likes_afterwards(
        self, teacher: TestClient, algebra: int, an_assignment: Make
    ) -> None:
        quiz = an_assignment(moderated_grading=True, post_manually=False)
        assert quiz["post_manually"] is True
        url = f"/courses/{algebra}/assignments/{quiz['id']}"
        teacher.post(f"{url}/provisional_grades/publish")
        assert teacher.get(url).json()["post_manually"] is True
        assert (
            teacher.put(url, json={"assignment": {"post_manually": False}}).json()["post_manually"] is False
        )

    @pytest.mark.parametrize(
        ("moderated", "times", "words"),
        [
            (False, 1, "Assignment does not use moderated grading"),
            (True, 2, "Assignment grades have already been published"),
        ],
    )
    def test_is_published_once(
        self,
        teacher: TestClient,
        algebra: int,
        an_assignment: Make,
        *,
        moderated: bool,
        times: int,
        words: str,
    ) -> None:
        quiz = an_assignment(moderated_grading=moderated)
        url = f"/courses/{algebra}/assignments/{quiz['id']}/provisional_grades/publish"
        answers = [teacher.post(url) for _time in range(times)]
        assert (answers[-1].status_code, answers[-1].json()) == (400, {"message": words})
