from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from simulator.canvas.params import read_moment
from simulator.canvas.store import CanvasStore
from simulator.clock import SCHOOL_MORNING, VirtualClock
from simulator.journal import Journal
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]


def created(teacher: TestClient, course: int, **fields: object) -> dict[str, Any]:
    answer = teacher.post(f"/courses/{course}/assignments", json={"assignment": {"name": "Quiz", **fields}})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def refusal(teacher: TestClient, course: int, **fields: object) -> dict[str, Any]:
    answer = teacher.post(f"/courses/{course}/assignments", json={"assignment": {"name": "Quiz", **fields}})
    assert answer.status_code == 400, answer.text
    errors: dict[str, Any] = answer.json()["errors"]
    return errors


def test_a_new_assignment_falls_into_the_default_trap(teacher: TestClient, algebra: int) -> None:
    made = created(teacher, algebra)
    group = teacher.get(f"/courses/{algebra}/assignment_groups/{made['assignment_group_id']}").json()
    assert group["name"] == "Assignments"
    assert (made["points_possible"], made["due_at"], made["post_to_sis"]) == (0.0, None, False)
    assert (made["workflow_state"], made["published"]) == ("unpublished", False)
    assert made["submission_types"] == ["none"]


class TestADistrictThatSyncsByDefault:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="eager", canvas_sync_flag_default=True)

    def test_marks_a_new_assignment_to_sync(self, teacher: TestClient, algebra: int) -> None:
        assert created(teacher, algebra)["post_to_sis"] is True
        assert created(teacher, algebra, post_to_sis=False)["post_to_sis"] is False


@pytest.mark.parametrize(
    "ungraded",
    [{"grading_type": "not_graded"}, {"submission_types": ["not_graded"]}, {"submission_types": "wiki_page"}],
)
def test_an_assignment_that_is_not_graded_loses_its_sync_mark(
    teacher: TestClient, algebra: int, journal: Journal, ungraded: dict[str, object]
) -> None:
    assert created(teacher, algebra, post_to_sis=True, **ungraded)["post_to_sis"] is False
    mark = journal.marks()[-1]
    assert (mark.by, mark.rule, mark.outcome, mark.subject) == (
        "canvas",
        "NOT-GRADED-INELIGIBLE",
        "refused",
        "Quiz",
    )
    assert "Sync to Synergy" in mark.words


def test_a_graded_assignment_keeps_its_sync_mark(teacher: TestClient, algebra: int, journal: Journal) -> None:
    assert created(teacher, algebra, post_to_sis=True)["post_to_sis"] is True
    assert [mark.outcome for mark in journal.marks()] == ["upheld"]


def test_an_assignment_that_stops_being_graded_loses_its_sync_mark(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}"
    assert (
        teacher.put(url, json={"assignment": {"grading_type": "not_graded"}}).json()["post_to_sis"] is False
    )


def test_forms_and_json_say_the_same(teacher: TestClient, algebra: int) -> None:
    form = {
        "assignment[name]": "Essay",
        "assignment[points_possible]": "12.5",
        "assignment[published]": "true",
        "assignment[submission_types][]": "online_upload",
        "assignment[due_at]": "2026-09-20T12:00:00-07:00",
    }
    made = teacher.post(f"/courses/{algebra}/assignments", data=form).json()
    assert (made["name"], made["points_possible"], made["published"]) == ("Essay", 12.5, True)
    assert made["submission_types"] == ["online_upload"]
    assert made["due_at"] == "2026-09-20T19:00:00Z"


@pytest.mark.parametrize("body", [{}, {"assignment": {}}, {"assignment": "Quiz"}, {"name": "Quiz"}])
def test_without_the_wrapper_canvas_misses_it(
    teacher: TestClient, algebra: int, body: dict[str, object]
) -> None:
    answer = teacher.post(f"/courses/{algebra}/assignments", json=body)
    assert answer.status_code == 400
    assert answer.json() == {"errors": [{"message": "assignment is missing"}]}


@pytest.mark.parametrize(
    ("fields", "key", "message"),
    [
        ({"name": "x" * 256}, "title", "The title cannot be longer than 255 characters"),
        (
            {"points_possible": -1},
            "points_possible",
            "The value of possible points for this assignment must be zero or greater.",
        ),
        (
            {"points_possible": 1_000_000_000},
            "points_possible",
            "The value of possible points for this assignment cannot exceed 999999999.",
        ),
        ({"due_at": "tomorrow"}, "assignment[due_at]", "Invalid datetime for due_at"),
        ({"due_at": "2026-09-20"}, "assignment[due_at]", "Invalid datetime for due_at"),
        ({"due_at": "2026-02-31T00:00:00Z"}, "assignment[due_at]", "Invalid datetime for due_at"),
        ({"assignment_group_id": 0}, "assignment[assignment_group_id]", "must be a positive number"),
        (
            {"submission_types": ["carrier_pigeon"]},
            "assignment[submission_types]",
            "Invalid submission types",
        ),
        (
            {"due_at": "2026-09-20T12:00:00Z", "lock_at": "2026-09-19T12:00:00Z"},
            "due_at",
            "must be between availability dates",
        ),
    ],
)
def test_what_does_not_validate_is_refused_by_field(
    teacher: TestClient, algebra: int, fields: dict[str, object], key: str, message: str
) -> None:
    errors = refusal(teacher, algebra, **fields)
    assert errors == {key: [{"attribute": key, "type": message, "message": message}]}


def test_a_refused_assignment_is_not_kept(teacher: TestClient, store: CanvasStore, algebra: int) -> None:
    refusal(teacher, algebra, points_possible=-1)
    assert len(store.assignments) == 0


def test_a_name_cannot_be_blank(teacher: TestClient, algebra: int) -> None:
    assert refusal(teacher, algebra, name=" ")["title"][0]["type"] == "blank"


def test_a_due_date_at_midnight_is_the_end_of_that_day(teacher: TestClient, algebra: int) -> None:
    assert created(teacher, algebra, due_at="2026-09-20T00:00:00-07:00")["due_at"] == "2026-09-21T06:59:59Z"


def test_a_due_date_can_be_cleared(teacher: TestClient, algebra: int, an_assignment: Make) -> None:
    quiz = an_assignment(due_at="2026-09-20T12:00:00Z")
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    assert teacher.put(url, data={"assignment[due_at]": ""}).json()["due_at"] is None


def test_a_group_that_does_not_exist_is_passed_over(
    teacher: TestClient, algebra: int, store: CanvasStore
) -> None:
    made = created(teacher, algebra, assignment_group_id=424242)
    assert made["assignment_group_id"] == store.first_group(algebra).id


def test_an_edit_changes_only_what_it_names(teacher: TestClient, algebra: int, an_assignment: Make) -> None:
    quiz = an_assignment(due_at="2026-09-20T12:00:00Z")
    answer = teacher.put(
        f"/courses/{algebra}/assignments/{quiz['id']}", json={"assignment": {"name": "Quiz One"}}
    )
    assert answer.status_code == 200
    assert answer.json() == {**quiz, "name": "Quiz One"}


def test_a_deleted_assignment_is_returned_once_and_then_gone(
    *,
    teacher: TestClient,
    store: CanvasStore,
    algebra: int,
    an_assignment: Make,
    grade: Make,
    students: list[int],
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    answer = teacher.delete(url)
    assert (answer.status_code, answer.json()["workflow_state"]) == (200, "deleted")
    statuses = [
        teacher.get(url).status_code,
        teacher.put(url, json={"assignment": {"name": "x"}}).status_code,
        teacher.delete(url).status_code,
        teacher.get(f"{url}/submissions").status_code,
    ]
    assert statuses == [404] * 4
    assert teacher.get(f"/courses/{algebra}/assignments").json() == []
    assert store.submissions[quiz["id"], students[0]].score == 9.0


def test_a_graded_assignment_can_be_unpublished(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Make, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    assert (
        teacher.put(url, json={"assignment": {"published": False}}).json()["workflow_state"] == "unpublished"
    )
    assert len(teacher.get(f"{url}/submissions").json()) == 10


def test_a_graded_row_shows_on_the_assignment(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Make, students: list[int]
) -> None:
    quiz = an_assignment()
    assert quiz["graded_submissions_exist"] is False
    grade(quiz, students[0], posted_grade="9")
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    assert teacher.get(url).json()["graded_submissions_exist"] is True


def test_assignments_are_listed_group_by_group(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    tests = teacher.post(f"/courses/{algebra}/assignment_groups", data={"name": "Tests"}).json()
    an_assignment(name="Test 1", assignment_group_id=tests["id"])
    an_assignment(name="Quiz 1")
    an_assignment(name="Quiz 2")
    url = f"/courses/{algebra}/assignments"
    assert [each["name"] for each in teacher.get(url).json()] == ["Quiz 1", "Quiz 2", "Test 1"]
    in_group = teacher.get(f"/courses/{algebra}/assignment_groups/{tests['id']}/assignments").json()
    assert [each["name"] for each in in_group] == ["Test 1"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search_term=QUIZ", ["Quiz 1", "Quiz 2"]),
        ("post_to_sis=true", ["Quiz 1"]),
        ("post_to_sis=false", ["Quiz 2", "Essay"]),
    ],
)
def test_assignments_can_be_narrowed(
    teacher: TestClient, algebra: int, an_assignment: Make, query: str, names: list[str]
) -> None:
    an_assignment(name="Quiz 1")
    an_assignment(name="Quiz 2", post_to_sis=False)
    an_assignment(name="Essay", post_to_sis=False)
    answer = teacher.get(f"/courses/{algebra}/assignments?{query}")
    assert [each["name"] for each in answer.json()] == names


def test_chosen_assignments_must_all_exist_on_one_page(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    one, two = an_assignment()["id"], an_assignment()["id"]
    url = f"/courses/{algebra}/assignments?assignment_ids[]={two}"
    assert [each["id"] for each in teacher.get(url).json()] == [two]
    unknown = teacher.get(f"{url}&assignment_ids[]=999")
    assert (unknown.status_code, unknown.json()) == (400, {"message": "Invalid assignment_ids: 999"})
    crowded = teacher.get(f"{url}&assignment_ids[]={one}&per_page=1")
    assert crowded.json() == {"message": f"Invalid assignment_ids: {two}"}
    many = "&".join("assignment_ids[]=1" for _ in range(101))
    assert teacher.get(f"/courses/{algebra}/assignments?{many}").json() == {
        "message": "Request contains too many assignment_ids.  Limit 100"
    }


def test_overrides_are_absent_unless_asked_for(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    an_assignment()
    url = f"/courses/{algebra}/assignments"
    assert "overrides" not in teacher.get(url).json()[0]
    assert teacher.get(f"{url}?include[]=overrides").json()[0]["overrides"] == []


@settings(derandomize=True)
@given(st.text(max_size=40) | st.datetimes().map(lambda at: at.isoformat() + "+23:59"))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    try:
        moment = read_moment(text, SCHOOL_MORNING.tzinfo)  # type: ignore[arg-type]
    except ValueError:
        return
    assert moment.utcoffset() is not None


@pytest.mark.parametrize("year", ["0000", "0001", "9999"])
def test_the_edges_of_the_calendar_are_no_server_error(teacher: TestClient, algebra: int, year: str) -> None:
    for time in ("01-01T00:00:00+14:00", "12-31T00:00:00-08:00", "12-31T23:59:59-14:00"):
        wanted = {"assignment": {"name": "Quiz", "due_at": f"{year}-{time}"}}
        assert teacher.post(f"/courses/{algebra}/assignments", json=wanted).status_code in (201, 400)


def test_of_parameters_that_cannot_be_read_only_the_first_kind_is_told(
    teacher: TestClient, algebra: int
) -> None:
    wanted: dict[str, Any] = {"name": "", "points_possible": -1, "submission_types": ["carrier_pigeon"]}
    wanted |= {"due_at": "tomorrow", "lock_at": "later", "assignment_group_id": "first"}
    assert list(refusal(teacher, algebra, **wanted)) == ["assignment[assignment_group_id]"]
    del wanted["assignment_group_id"]
    assert list(refusal(teacher, algebra, **wanted)) == ["assignment[due_at]", "assignment[lock_at]"]
    del wanted["due_at"], wanted["lock_at"]
    assert list(refusal(teacher, algebra, **wanted)) == ["assignment[submission_types]"]
    del wanted["submission_types"]
    assert set(refusal(teacher, algebra, **wanted)) == {"title", "points_possible"}


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_group_is_none_and_a_blank_date_clears(
    teacher: TestClient, algebra: int, an_assignment: Make, blank: str | None
) -> None:
    quiz = an_assignment(due_at="2026-09-20T12:00:00Z")
    wanted = {"assignment": {"assignment_group_id": blank, "due_at": blank}}
    edited = teacher.put(f"/courses/{algebra}/assignments/{quiz['id']}", json=wanted).json()
    assert (edited["assignment_group_id"], edited["due_at"]) == (quiz["assignment_group_id"], None)


@pytest.mark.parametrize("nonsense", [{"at": "noon"}, ["2026-09-20T12:00:00Z"], "2026-09-20T12:00:00+0000"])
def test_a_date_that_is_no_full_time_is_refused(teacher: TestClient, algebra: int, nonsense: object) -> None:
    assert list(refusal(teacher, algebra, due_at=nonsense)) == ["assignment[due_at]"]


def test_locking_at_midnight_is_the_end_of_that_day_and_opening_is_not(
    teacher: TestClient, algebra: int
) -> None:
    midnight = "2026-09-20T00:00:00-07:00"
    made = created(teacher, algebra, lock_at=midnight, unlock_at=midnight)
    assert (made["lock_at"], made["unlock_at"]) == ("2026-09-21T06:59:59Z", "2026-09-20T07:00:00Z")


def test_what_is_not_graded_takes_no_work_unless_told_so(teacher: TestClient, algebra: int) -> None:
    alone = created(teacher, algebra, grading_type="not_graded")
    told = created(teacher, algebra, grading_type="not_graded", submission_types=["on_paper"])
    page = created(teacher, algebra, submission_types=["wiki_page"])
    kinds = [(each["grading_type"], each["submission_types"]) for each in (alone, told, page)]
    assert kinds == [
        ("not_graded", ["not_graded"]),
        ("not_graded", ["on_paper"]),
        ("not_graded", ["wiki_page"]),
    ]


def test_an_edit_that_changes_nothing_leaves_no_trace_in_time(
    teacher: TestClient, algebra: int, an_assignment: Make, clock: VirtualClock
) -> None:
    quiz = an_assignment()
    url = f"/courses/{algebra}/assignments/{quiz['id']}"
    clock.advance(timedelta(hours=1))
    same = teacher.put(url, json={"assignment": {"name": quiz["name"]}}).json()
    assert same["updated_at"] == quiz["updated_at"]
    assert teacher.put(url, json={"assignment": {"name": "Essay"}}).json()["updated_at"] != quiz["updated_at"]
