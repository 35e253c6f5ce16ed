from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.profiles import Profile

Make: TypeAlias = Callable[..., dict[str, Any]]
ALL = "students/submissions?student_ids[]=all&per_page=100"


def rows_of(client: TestClient, course: int, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/courses/{course}/{ALL}{query}")
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()
    return rows


def end(client: TestClient, store: CanvasStore, course: int, user_id: int, task: str) -> int:
    enrollment = next(each.id for each in store.enrollments_of(course) if each.user_id == user_id)
    answer = client.request("DELETE", f"/courses/{course}/enrollments/{enrollment}", data={"task": task})
    assert answer.status_code == 200
    return enrollment


def test_every_student_has_a_row_and_so_has_the_test_student(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int], test_student: int
) -> None:
    an_assignment()
    assert {row["user_id"] for row in rows_of(teacher, algebra)} == {*students, test_student}


def test_without_students_a_teacher_gets_only_their_own_rows_which_are_none(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    an_assignment()
    assert teacher.get(f"/courses/{algebra}/students/submissions").json() == []


def test_a_plain_row_names_no_course_and_no_section(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    an_assignment()
    row = rows_of(teacher, algebra)[0]
    assert row.keys().isdisjoint({"course_id", "section_id", "created_at", "updated_at", "attachments"})


def test_only_published_assignments_have_rows(teacher: TestClient, algebra: int, an_assignment: Make) -> None:
    quiz = an_assignment()
    an_assignment(published=False)
    assert {row["assignment_id"] for row in rows_of(teacher, algebra)} == {quiz["id"]}


@pytest.mark.parametrize("fate", ["unpublished", "deleted", "foreign"])
def test_one_assignment_that_is_not_there_fails_the_whole_call(
    teacher: TestClient, algebra: int, an_assignment: Make, fate: str
) -> None:
    good, bad = an_assignment()["id"], an_assignment(published=fate != "unpublished")["id"]
    if fate == "deleted":
        teacher.delete(f"/courses/{algebra}/assignments/{bad}")
    if fate == "foreign":
        bad = 999
    answer = teacher.get(f"/courses/{algebra}/{ALL}&assignment_ids[]={good}&assignment_ids[]={bad}")
    assert (answer.status_code, answer.json()) == (403, {"error": "invalid assignment ids requested"})


def test_assignments_can_be_chosen(teacher: TestClient, algebra: int, an_assignment: Make) -> None:
    an_assignment()
    quiz = an_assignment()["id"]
    rows = rows_of(teacher, algebra, f"&assignment_ids[]={quiz}")
    assert {row["assignment_id"] for row in rows} == {quiz}


def test_students_can_be_chosen(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    an_assignment()
    answer = teacher.get(f"/courses/{algebra}/students/submissions?student_ids[]={students[3]}")
    assert [row["user_id"] for row in answer.json()] == [students[3]]


def test_a_student_of_another_class_is_denied(
    teacher: TestClient, store: CanvasStore, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    an_assignment()
    outsider = next(user.id for user in store.users.values() if user.sis_user_id and user.id not in students)
    answer = teacher.get(f"/courses/{algebra}/students/submissions?student_ids[]={outsider}")
    assert (answer.status_code, answer.json()["status"]) == (403, "unauthorized")


def test_more_than_a_hundred_students_are_too_many(teacher: TestClient, algebra: int) -> None:
    query = "&".join(f"student_ids[]={number}" for number in range(101))
    answer = teacher.get(f"/courses/{algebra}/students/submissions?{query}")
    assert (answer.status_code, answer.json()) == (400, {"error": "too many students"})


def test_marked_rows_are_those_of_marked_assignments_and_rostered_students(
    teacher: TestClient, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    marked = an_assignment()["id"]
    an_assignment(post_to_sis=False)
    rows = rows_of(teacher, algebra, "&post_to_sis=true")
    assert {row["assignment_id"] for row in rows} == {marked}
    assert {row["user_id"] for row in rows} == set(students)


def test_graded_since_is_strict_and_misses_a_cleared_grade(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Make,
    students: list[int],
    clock: VirtualClock,
) -> None:
    quiz = an_assignment()
    grade(quiz, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    grade(quiz, students[1], posted_grade="8")
    clock.advance(timedelta(hours=1))
    grade(quiz, students[0], posted_grade="")
    since = [row["user_id"] for row in rows_of(teacher, algebra, "&graded_since=2026-09-14T15:00:01Z")]
    assert since == [students[1]]
    assert rows_of(teacher, algebra, "&graded_since=2026-09-14T16:00:01Z") == []


@pytest.mark.parametrize("microseconds", [0, 500])
def test_a_grade_is_returned_again_for_the_time_it_showed(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Make,
    students: list[int],
    clock: VirtualClock,
    microseconds: int,
) -> None:
    clock.advance(timedelta(microseconds=microseconds))
    shown = grade(an_assignment(), students[0], posted_grade="9")["graded_at"]
    assert len(rows_of(teacher, algebra, f"&graded_since={shown}")) == 1


class TestACanvasThatComparesWholeSeconds:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="whole", canvas_graded_that_second="no_more")

    def test_returns_no_grade_again_for_the_time_it_showed(
        self, teacher: TestClient, algebra: int, an_assignment: Make, grade: Make, students: list[int]
    ) -> None:
        shown = grade(an_assignment(), students[0], posted_grade="9")["graded_at"]
        assert rows_of(teacher, algebra, f"&graded_since={shown}") == []


@pytest.mark.parametrize("name", ["graded_since", "submitted_since"])
def test_a_bad_time_is_refused(teacher: TestClient, algebra: int, name: str) -> None:
    answer = teacher.get(f"/courses/{algebra}/{ALL}&{name}=yesterday")
    assert (answer.status_code, answer.json()) == (400, {"errors": {name: f"Invalid datetime for {name}"}})


def test_rows_can_be_chosen_by_their_state(
    teacher: TestClient, algebra: int, an_assignment: Make, grade: Make, students: list[int]
) -> None:
    quiz = an_assignment()
    grade(quiz, students[5], posted_grade="9")
    assert [row["user_id"] for row in rows_of(teacher, algebra, "&workflow_state=graded")] == [students[5]]


@pytest.mark.parametrize(("query", "at"), [("", -1), ("&order_direction=descending", 0)])
def test_rows_in_the_order_of_grading_have_ungraded_ones_last(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Make,
    students: list[int],
    clock: VirtualClock,
    query: str,
    at: int,
) -> None:
    quiz = an_assignment()
    for student in (students[7], students[2]):
        clock.advance(timedelta(hours=1))
        grade(quiz, student, posted_grade="9")
    rows = rows_of(teacher, algebra, f"&order=graded_at{query}")
    graded = [row["user_id"] for row in rows[:2]]
    assert graded[at] == students[2]
    assert all(row["graded_at"] is None for row in rows[2:])


def test_grouped_rows_come_student_by_student_even_without_any(
    teacher: TestClient, store: CanvasStore, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    an_assignment()
    entries = rows_of(teacher, algebra, "&grouped=true&workflow_state=graded")
    assert [each["submissions"] for each in entries] == [[]] * 31
    entry = next(each for each in entries if each["user_id"] == students[0])
    assert entry["sis_user_id"] == store.users[students[0]].sis_user_id
    assert entry["section_id"] == store.sections_of(algebra)[0].id


def test_a_removed_students_rows_vanish_and_return_with_the_old_grade(
    *,
    teacher: TestClient,
    store: CanvasStore,
    algebra: int,
    an_assignment: Make,
    grade: Make,
    students: list[int],
) -> None:
    grade(an_assignment(), students[0], posted_grade="9")
    enrollment = end(teacher, store, algebra, students[0], "delete")
    assert students[0] not in {row["user_id"] for row in rows_of(teacher, algebra)}
    wanted = {"user_id": students[0], "enrollment_state": "active"}
    back = teacher.post(f"/courses/{algebra}/enrollments", json={"enrollment": wanted}).json()
    assert (back["id"], back["enrollment_state"]) == (enrollment, "active")
    row = next(row for row in rows_of(teacher, algebra) if row["user_id"] == students[0])
    assert (row["score"], row["workflow_state"]) == (9.0, "graded")


@pytest.mark.parametrize("task", ["conclude", "inactivate"])
def test_a_student_who_left_is_read_by_class_but_not_by_assignment(
    *,
    teacher: TestClient,
    store: CanvasStore,
    algebra: int,
    an_assignment: Make,
    students: list[int],
    task: str,
) -> None:
    quiz = an_assignment()
    end(teacher, store, algebra, students[0], task)
    assert students[0] in {row["user_id"] for row in rows_of(teacher, algebra)}
    listed = teacher.get(f"/courses/{algebra}/assignments/{quiz['id']}/submissions?per_page=100").json()
    assert students[0] not in {row["user_id"] for row in listed}


def test_students_can_be_chosen_by_enrollment_state(
    teacher: TestClient, store: CanvasStore, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    an_assignment()
    end(teacher, store, algebra, students[0], "conclude")
    assert [row["user_id"] for row in rows_of(teacher, algebra, "&enrollment_state=concluded")] == [
        students[0]
    ]
    assert students[0] not in {
        row["user_id"] for row in rows_of(teacher, algebra, "&enrollment_state=active")
    }
    answer = teacher.get(f"/courses/{algebra}/{ALL}&enrollment_state=lost")
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid enrollment_state"})


YESTERDAY, TOMORROW = "2026-09-13T15:00:00Z", "2026-09-15T15:00:00Z"


@pytest.mark.parametrize(
    "kind", ["term", "course", "section", "enrollment", "concluded course", "course without a restriction"]
)
def test_whose_time_is_over_counts_as_concluded_unless_dates_are_to_be_left_aside(
    *,
    admin: TestClient,
    store: CanvasStore,
    algebra: int,
    an_assignment: Make,
    students: list[int],
    kind: str,
) -> None:
    an_assignment()
    end_in_time(admin, store, algebra, students[0], kind)
    is_over = kind != "course without a restriction"

    def chosen(query: str) -> bool:
        return students[0] in {row["user_id"] for row in rows_of(admin, algebra, query)}

    by_dates = [chosen(f"&enrollment_state={state}") for state in ("active", "concluded")]
    assert by_dates == [not is_over, is_over]
    plain = "&state_based_on_date=false"
    assert [chosen(f"&enrollment_state={state}{plain}") for state in ("active", "concluded")] == [True, False]
    assert chosen(plain)


def end_in_time(admin: TestClient, store: CanvasStore, algebra: int, student: int, kind: str) -> None:
    """Let yesterday have been the end of a student's time in Algebra, which nobody ended by hand."""
    dates = {"start_at": "2026-09-01T15:00:00Z", "end_at": YESTERDAY}
    place = next(each for each in store.enrollments_of(algebra) if each.user_id == student)
    if kind == "term":
        term = admin.post("/accounts/1/terms", json={"enrollment_term": {"name": "Summer", **dates}}).json()
        admin.put(f"/courses/{algebra}", json={"course": {"term_id": term["id"]}})
    elif kind == "section":
        wanted = {**dates, "restrict_enrollments_to_section_dates": True}
        admin.put(f"/sections/{place.section_id}", json={"course_section": wanted})
    elif kind == "enrollment":
        day = timedelta(days=1)
        store.enrollments.put(replace(place, starts_at=store.now - 9 * day, ends_at=store.now - day))
    elif kind == "concluded course":
        admin.put(f"/courses/{algebra}", json={"course": {"event": "conclude"}})
    else:
        wanted = {**dates, "restrict_enrollments_to_course_dates": kind == "course"}
        admin.put(f"/courses/{algebra}", json={"course": wanted})


def test_whose_time_is_to_come_is_neither_active_nor_concluded_but_the_test_student_is_there(
    admin: TestClient, algebra: int, an_assignment: Make, test_student: int
) -> None:
    an_assignment()
    wanted = {"start_at": TOMORROW, "restrict_enrollments_to_course_dates": True}
    admin.put(f"/courses/{algebra}", json={"course": wanted})
    found = {
        row["user_id"]
        for state in ("active", "concluded")
        for row in rows_of(admin, algebra, f"&enrollment_state={state}")
    }
    assert found == {test_student}
    assert len(rows_of(admin, algebra)) > 1


def test_who_is_only_invited_is_not_active(
    teacher: TestClient, store: CanvasStore, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    an_assignment()
    place = next(each for each in store.enrollments_of(algebra) if each.user_id == students[0])
    store.enrollments.put(replace(place, workflow_state="invited"))
    for query in ("", "&state_based_on_date=false"):
        chosen = {row["user_id"] for row in rows_of(teacher, algebra, f"&enrollment_state=active{query}")}
        assert chosen >= set(students[1:])
        assert students[0] not in chosen


def test_a_grouped_row_names_both_ids_by_which_a_sis_knows_its_student(
    teacher: TestClient, store: CanvasStore, algebra: int, an_assignment: Make, students: list[int]
) -> None:
    an_assignment()
    store.users.put(replace(store.users[students[0]], integration_id="I-1"))
    (entry,) = teacher.get(
        f"/courses/{algebra}/students/submissions?grouped=1&student_ids[]={students[0]}"
    ).json()
    assert (entry["sis_user_id"], entry["integration_id"]) == (store.users[students[0]].sis_user_id, "I-1")


def test_a_section_has_its_own_students_only(teacher: TestClient, store: CanvasStore, history: int) -> None:
    teacher.post(f"/courses/{history}/assignments", json={"assignment": {"name": "Q", "published": True}})
    first, second = store.sections_of(history)
    of_first = {row["user_id"] for row in teacher.get(f"/sections/{first.id}/{ALL}").json()}
    of_second = {row["user_id"] for row in teacher.get(f"/sections/{second.id}/{ALL}").json()}
    shared = {store.users[each].name for each in of_first & of_second}
    assert (len(of_first), len(of_second), shared) == (31, 31, {"Test Student"})


def test_rows_of_one_assignment_come_by_user_id(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    url = f"/courses/{algebra}/assignments/{an_assignment()['id']}/submissions?per_page=100"
    users = [row["user_id"] for row in teacher.get(url).json()]
    assert users == sorted(users)


def test_a_row_shows_the_fields_that_were_asked_for(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    an_assignment()
    assert rows_of(teacher, algebra, "&response_fields[]=score&response_fields[]=id")[0].keys() == {
        "id",
        "score",
    }
    assert "score" not in rows_of(teacher, algebra, "&exclude_response_fields[]=score")[0]
    row = rows_of(teacher, algebra, "&include[]=assignment&include[]=user&include[]=visibility")[0]
    assert row["assignment"]["name"] == "Quiz 1"
    assert (row["user"]["id"], row["assignment_visible"]) == (row["user_id"], True)


def test_a_grading_period_that_is_not_there_is_not_found(teacher: TestClient, algebra: int) -> None:
    assert teacher.get(f"/courses/{algebra}/{ALL}&grading_period_id=1").status_code == 404


def test_a_student_of_the_grouped_form_has_their_integration_id(
    *, admin: TestClient, algebra: int, an_assignment: Make, students: list[int], store: CanvasStore
) -> None:
    an_assignment()
    store.users.put(replace(store.users[students[0]], integration_id="I-1"))
    found = admin.get(f"/courses/{algebra}/{ALL}&grouped=1").json()
    ids = {each["user_id"]: each["integration_id"] for each in found}
    assert (ids[students[0]], ids[students[1]]) == ("I-1", None)


def test_an_assignments_id_is_the_number_that_its_text_begins_with(
    teacher: TestClient, algebra: int, an_assignment: Make
) -> None:
    first, _second = an_assignment(), an_assignment()
    rows = rows_of(teacher, algebra, f"&assignment_ids[]=0{first['id']}")
    assert {row["assignment_id"] for row in rows} == {first["id"]}
    answer = teacher.get(f"/courses/{algebra}/{ALL}&assignment_ids[]=x{first['id']}")
    assert (answer.status_code, answer.json()) == (403, {"error": "invalid assignment ids requested"})


def both_ways(client: TestClient, course: int, host: str = "canvas.test") -> list[dict[str, Any]]:
    """Rows that may be remembered; each has to be what the grouped form shows, which is written anew."""
    rows = client.get(f"http://{host}/api/v1/courses/{course}/{ALL}").json()
    grouped = client.get(f"http://{host}/api/v1/courses/{course}/{ALL}&grouped=true").json()
    anew = [row for each in grouped for row in each["submissions"]]
    assert sorted(rows, key=lambda row: row["id"]) == sorted(anew, key=lambda row: row["id"])
    found: list[dict[str, Any]] = rows
    return found


def test_a_row_that_was_read_before_is_never_shown_as_it_was(
    *,
    teacher: TestClient,
    algebra: int,
    an_assignment: Make,
    grade: Make,
    students: list[int],
    clock: VirtualClock,
) -> None:
    """Whatever else its JSON depends on changes between two reads: time, dates, host, assignment, grade."""
    due = (clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    quiz = an_assignment(submission_types=["online_text_entry"], due_at=due)
    grade(quiz, students[0], posted_grade="9", late_policy_status="late", seconds_late_override="60")
    home = f"/courses/{algebra}/assignments/{quiz['id']}"
    seen = [both_ways(teacher, algebra)]
    clock.advance(timedelta(hours=2))
    seen.append(both_ways(teacher, algebra))
    clock.advance(timedelta(minutes=5))
    seen.append(both_ways(teacher, algebra))
    seen.append(both_ways(teacher, algebra, host="other.test"))
    teacher.put(home, json={"assignment": {"due_at": "2026-12-01T00:00:00Z"}})
    seen.append(both_ways(teacher, algebra))
    teacher.put(home, json={"assignment": {"grading_type": "percent"}})
    seen.append(both_ways(teacher, algebra))
    policy = {"late_submission_deduction_enabled": True, "late_submission_deduction": 10}
    teacher.post(f"/courses/{algebra}/late_policy", json={"late_policy": policy})
    seen.append(both_ways(teacher, algebra))
    assert all(before != after for before, after in pairwise(seen))
