"""Students hand in work: themselves, acted as by the administrator, or through a grader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from simulator.canvas import enrolling, recording
from simulator.canvas.attempts import ATTEMPTS_KEPT_MAX
from simulator.canvas.model import Work
from simulator.canvas.rules.handing_in import handed_in
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.journal import Journal

Make: TypeAlias = Callable[..., dict[str, Any]]
Grade: TypeAlias = Callable[..., dict[str, Any]]
HandIn: TypeAlias = Callable[..., httpx.Response]

START = "2026-09-14T15:00:00Z"
AN_HOUR_LATER = "2026-09-14T16:00:00Z"
IN_HALF_AN_HOUR = "2026-09-14T15:30:00Z"
TEXT = {"submission_type": "online_text_entry", "body": "Essay"}


@pytest.fixture
def hand_in(admin: TestClient, algebra: int) -> HandIn:
    """Hands in as a student does, through the administrator who acts as them."""

    def post(essay: dict[str, Any], student: int, /, **fields: object) -> httpx.Response:
        url = f"/courses/{algebra}/assignments/{essay['id']}/submissions"
        return admin.post(url, params={"as_user_id": student}, json={"submission": {**TEXT, **fields}})

    return post


@pytest.fixture
def an_essay(an_assignment: Make) -> Make:
    return lambda **fields: an_assignment(
        **{
            "name": "Essay",
            "submission_types": ["online_text_entry", "online_url", "online_upload"],
            **fields,
        }
    )


def test_a_student_hands_in_and_the_row_waits_for_a_grade(
    an_essay: Make, hand_in: HandIn, students: list[int], teacher: TestClient, algebra: int
) -> None:
    essay = an_essay()
    answer = hand_in(essay, students[0])
    row = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/assignments/{essay['id']}/submissions/{students[0]}")
    assert (row["workflow_state"], row["submitted_at"], row["attempt"]) == ("submitted", START, 1)
    assert (row["submission_type"], row["body"], row["url"]) == ("online_text_entry", "Essay", None)
    assert (row["score"], row["graded_at"], row["grade_matches_current_submission"]) == (None, None, True)
    shown = teacher.get(f"/courses/{algebra}/assignments/{essay['id']}").json()
    assert (shown["needs_grading_count"], shown["has_submitted_submissions"]) == (1, True)
    assert (shown["graded_submissions_exist"], shown["unpublishable"]) == (False, False)


def test_a_graded_hand_in_waits_no_more(
    *,
    an_essay: Make,
    hand_in: HandIn,
    grade: Grade,
    students: list[int],
    teacher: TestClient,
    algebra: int,
) -> None:
    essay = an_essay()
    hand_in(essay, students[0])
    hand_in(essay, students[1])
    hand_in(essay, students[2])
    grade(essay, students[0], posted_grade="9")
    grade(essay, students[1], excuse="true")
    url = f"/courses/{algebra}/assignments/{essay['id']}"
    assert teacher.get(url).json()["needs_grading_count"] == 1
    grade(essay, students[0], posted_grade="")
    assert teacher.get(url).json()["needs_grading_count"] == 2


def test_whoever_left_leaves_nothing_to_grade(
    *,
    an_essay: Make,
    hand_in: HandIn,
    students: list[int],
    teacher: TestClient,
    algebra: int,
    store: CanvasStore,
) -> None:
    essay = an_essay()
    hand_in(essay, students[0])
    for each in store.enrollments_of(algebra):
        if each.user_id == students[0]:
            enrolling.set_state(store, each, "completed")
    assert teacher.get(f"/courses/{algebra}/assignments/{essay['id']}").json()["needs_grading_count"] == 0


def test_a_web_address_gets_its_scheme(an_essay: Make, hand_in: HandIn, students: list[int]) -> None:
    row = hand_in(an_essay(), students[0], submission_type="online_url", url="example.org/essay").json()
    assert (row["submission_type"], row["url"], row["body"]) == (
        "online_url",
        "http://example.org/essay",
        None,
    )


@pytest.mark.parametrize("url", ["", "two words", "ftp://example.org", "http://[bad"])
def test_what_is_no_web_address_is_told_so(
    an_essay: Make, hand_in: HandIn, students: list[int], url: str
) -> None:
    answer = hand_in(an_essay(), students[0], submission_type="online_url", url=url)
    assert answer.status_code == 400
    assert answer.json()["errors"]["url"][0]["message"] == "is not a valid URL"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"submission_type": "online_quiz"}, "Invalid submission[submission_type] given"),
        ({"submission_type": "media_recording"}, "Invalid submission[submission_type] given"),
        ({"submission_type": None}, "Invalid submission[submission_type] given"),
        (
            {"submission_type": "online_url"},
            "Invalid parameters for submission_type online_url. Required: submission[url]",
        ),
        ({"submission_type": "online_upload", "file_ids": [1]}, "No valid file ids given"),
        ({"body": "  "}, "Text entry submission cannot be empty"),
    ],
)
def test_work_that_the_assignment_does_not_take_is_refused(
    *,
    an_essay: Make,
    hand_in: HandIn,
    students: list[int],
    store: CanvasStore,
    fields: dict[str, object],
    words: str,
) -> None:
    answer = hand_in(an_essay(), students[0], **fields)
    assert (answer.status_code, answer.json()) == (400, {"message": words})
    assert len(store.submissions) == 0


def test_nothing_under_the_wrapper_is_a_bad_request(
    an_essay: Make, admin: TestClient, algebra: int, students: list[int]
) -> None:
    url = f"/courses/{algebra}/assignments/{an_essay()['id']}/submissions?as_user_id={students[0]}"
    answer = admin.post(url, json={})
    assert (answer.status_code, answer.json()) == (400, {"errors": [{"message": "submission is missing"}]})


def test_a_second_attempt_keeps_the_grade_of_the_first(
    *,
    an_essay: Make,
    hand_in: HandIn,
    grade: Grade,
    students: list[int],
    clock: VirtualClock,
    teacher: TestClient,
    algebra: int,
) -> None:
    essay = an_essay()
    hand_in(essay, students[0])
    grade(essay, students[0], posted_grade="9")
    clock.advance(timedelta(hours=1))
    hand_in(essay, students[0], body="Better essay")
    url = f"/courses/{algebra}/assignments/{essay['id']}"
    row = teacher.get(f"{url}/submissions/{students[0]}?include[]=submission_history").json()
    assert (row["score"], row["grade"], row["workflow_state"], row["graded_at"]) == (
        9.0,
        "9",
        "submitted",
        START,
    )
    assert (row["attempt"], row["grade_matches_current_submission"]) == (2, False)
    history = [(each["attempt"], each["body"], each["workflow_state"]) for each in row["submission_history"]]
    assert history == [(1, "Essay", "graded"), (2, "Better essay", "submitted")]
    assert teacher.get(url).json()["needs_grading_count"] == 1
    cleared = grade(essay, students[0], posted_grade="")
    assert (cleared["workflow_state"], cleared["grade_matches_current_submission"]) == ("submitted", False)
    again = grade(essay, students[0], posted_grade="10")
    assert (again["workflow_state"], again["grade_matches_current_submission"]) == ("graded", True)


def test_a_row_that_nobody_touched_has_itself_for_a_history(
    an_essay: Make, students: list[int], teacher: TestClient, algebra: int
) -> None:
    url = f"/courses/{algebra}/assignments/{an_essay()['id']}/submissions/{students[0]}"
    history = teacher.get(f"{url}?include[]=submission_history").json()["submission_history"]
    assert [(each["attempt"], each["workflow_state"]) for each in history] == [(None, "unsubmitted")]


def test_of_very_many_attempts_the_oldest_are_forgotten(
    an_essay: Make, students: list[int], store: CanvasStore
) -> None:
    essay, now = an_essay(), store.now
    row = store.submission(essay["id"], students[0])
    for _attempt in range(ATTEMPTS_KEPT_MAX + 3):
        store.attempts.keep(row)
        row = recording.put_submission(store, handed_in(row, Work("online_text_entry", "Essay"), now))
    kept = [each.attempt for each in store.attempts.before(row)]
    assert (len(kept), kept[0], row.attempt) == (ATTEMPTS_KEPT_MAX, 3, ATTEMPTS_KEPT_MAX + 3)


def test_submitted_since_finds_what_came_in_later(
    *,
    an_essay: Make,
    hand_in: HandIn,
    students: list[int],
    clock: VirtualClock,
    teacher: TestClient,
    algebra: int,
) -> None:
    essay = an_essay()
    hand_in(essay, students[0])
    clock.advance(timedelta(hours=1))
    hand_in(essay, students[1])
    query = f"/courses/{algebra}/students/submissions?student_ids[]=all&submitted_since="
    assert [row["user_id"] for row in teacher.get(query + START).json()] == [students[1]]
    assert teacher.get(query + AN_HOUR_LATER).json() == []


def test_what_came_in_after_the_due_date_is_late_and_stays_as_late(
    *,
    an_essay: Make,
    hand_in: HandIn,
    students: list[int],
    clock: VirtualClock,
    teacher: TestClient,
    algebra: int,
) -> None:
    essay = an_essay(due_at=IN_HALF_AN_HOUR)
    hand_in(essay, students[0])
    clock.advance(timedelta(hours=1))
    hand_in(essay, students[1])
    clock.advance(timedelta(hours=1))
    url = f"/courses/{algebra}/assignments/{essay['id']}/submissions"
    rows = {row["user_id"]: row for row in teacher.get(url).json()}
    told = [(row["late"], row["missing"], row["seconds_late"]) for row in map(rows.get, students[:3]) if row]
    assert told == [(False, False, 0), (True, False, 1800), (False, True, 5400)]


def test_a_status_of_the_first_attempt_is_not_one_of_the_second(
    an_essay: Make, hand_in: HandIn, grade: Grade, students: list[int]
) -> None:
    essay = an_essay()
    hand_in(essay, students[0])
    grade(essay, students[0], late_policy_status="late", seconds_late_override="60")
    row = hand_in(essay, students[0]).json()
    assert (row["late_policy_status"], row["late"], row["seconds_late"]) == (None, False, 0)


def test_the_statuses_of_work_and_of_grade_are_told_where_they_are_asked_for(
    *, an_essay: Make, hand_in: HandIn, grade: Grade, students: list[int], teacher: TestClient, algebra: int
) -> None:
    essay, late, gone = (
        an_essay(due_at=due) for due in (None, "2026-09-14T14:00:00Z", "2026-09-14T14:00:00Z")
    )

    def statuses(work: dict[str, Any]) -> tuple[str, str | None]:
        url = f"/courses/{algebra}/assignments/{work['id']}/submissions/{students[0]}"
        row = teacher.get(url, params={"include[]": ["submission_status", "grading_status"]}).json()
        return row["submission_status"], row["grading_status"]

    assert statuses(essay) == ("unsubmitted", None)
    hand_in(essay, students[0])
    assert statuses(essay) == ("submitted", "needs_grading")
    grade(essay, students[0], posted_grade="9")
    assert statuses(essay) == ("submitted", "graded")
    hand_in(essay, students[0])
    assert statuses(essay) == ("resubmitted", "needs_grading")
    hand_in(late, students[0])
    assert statuses(late) == ("late", "needs_grading")
    assert statuses(gone) == ("missing", None)
    grade(gone, students[0], excuse="true")
    assert statuses(gone) == ("unsubmitted", "excused")


@pytest.mark.parametrize(
    "fields",
    [
        {"published": False},
        {"unlock_at": "2026-09-15T15:00:00Z"},
        {"lock_at": "2026-09-14T14:00:00Z"},
    ],
)
def test_a_closed_assignment_takes_nothing_from_a_student(
    an_essay: Make, hand_in: HandIn, students: list[int], fields: dict[str, object]
) -> None:
    assert hand_in(an_essay(**fields), students[0]).status_code == 403


def test_an_excused_student_hands_nothing_in(
    an_essay: Make, hand_in: HandIn, grade: Grade, students: list[int]
) -> None:
    essay = an_essay()
    grade(essay, students[0], excuse="true")
    assert hand_in(essay, students[0]).status_code == 403


def test_who_is_no_student_of_the_course_hands_nothing_in(
    *, an_essay: Make, hand_in: HandIn, store: CanvasStore, students: list[int], algebra: int
) -> None:
    essay = an_essay()
    stranger = next(each for each in store.users if each not in students)
    assert hand_in(essay, stranger).status_code == 403
    for each in store.enrollments_of(algebra):
        if each.user_id == students[0]:
            enrolling.set_state(store, each, "inactive")
    assert hand_in(essay, students[0]).status_code == 403


def test_a_deleted_assignment_is_not_there(
    an_essay: Make, hand_in: HandIn, students: list[int], teacher: TestClient, algebra: int
) -> None:
    essay = an_essay()
    teacher.delete(f"/courses/{algebra}/assignments/{essay['id']}")
    assert hand_in(essay, students[0]).status_code == 404


def test_a_teacher_hands_in_for_a_student_at_a_time_of_their_own(
    an_essay: Make, students: list[int], teacher: TestClient, algebra: int
) -> None:
    essay = an_essay(due_at=IN_HALF_AN_HOUR, lock_at="2026-09-14T15:40:00Z")
    url = f"/courses/{algebra}/assignments/{essay['id']}/submissions"
    wanted = {**TEXT, "user_id": students[0], "submitted_at": AN_HOUR_LATER}
    answer = teacher.post(url, json={"submission": wanted})
    assert answer.status_code == 201
    assert (answer.json()["user_id"], answer.json()["submitted_at"]) == (students[0], AN_HOUR_LATER)
    assert answer.json()["late"] is True
    refused = teacher.post(url, json={"submission": {**wanted, "submitted_at": "yesterday"}})
    assert refused.json() == {"errors": {"submitted_at": "Invalid datetime for submitted_at"}}
    assert teacher.post(url, json={"submission": {**wanted, "user_id": 999999}}).status_code == 404
    assert teacher.post(url, json={"submission": TEXT}).status_code == 403


def test_for_a_student_nobody_hands_in_what_is_not_published_or_to_where_they_are_no_more(
    *, an_essay: Make, students: list[int], teacher: TestClient, algebra: int, store: CanvasStore
) -> None:
    drawer, open_one = an_essay(published=False), an_essay()
    work = {"submission": {**TEXT, "user_id": students[0]}}
    rows = f"/courses/{algebra}/assignments/{{}}/submissions"
    assert teacher.post(rows.format(drawer["id"]), json=work).status_code == 403
    for each in store.enrollments_of(algebra):
        if each.user_id == students[0]:
            enrolling.set_state(store, each, "completed")
    assert teacher.post(rows.format(open_one["id"]), json=work).status_code == 403


def test_a_course_that_is_over_takes_nothing_from_a_student(
    *, an_essay: Make, hand_in: HandIn, students: list[int], teacher: TestClient, algebra: int
) -> None:
    essay = an_essay()
    teacher.put(f"/courses/{algebra}", json={"course": {"event": "conclude"}})
    assert hand_in(essay, students[0]).status_code == 403


def test_a_district_may_not_let_graders_hand_in(
    an_essay: Make, students: list[int], teacher: TestClient, algebra: int, store: CanvasStore
) -> None:
    store.profile = replace(store.profile, canvas_graders_hand_in=False)
    url = f"/courses/{algebra}/assignments/{an_essay()['id']}/submissions"
    answer = teacher.post(url, json={"submission": {**TEXT, "user_id": students[0]}})
    assert answer.status_code == 403


def test_a_student_hands_in_for_nobody_else_and_at_no_other_time(
    an_essay: Make, hand_in: HandIn, students: list[int]
) -> None:
    essay = an_essay()
    assert hand_in(essay, students[0], user_id=students[1]).status_code == 403
    assert hand_in(essay, students[0], submitted_at=START).status_code == 403
    assert hand_in(essay, students[0], user_id=students[0]).status_code == 201


def test_work_can_be_handed_in_through_a_section(
    an_essay: Make, students: list[int], admin: TestClient, store: CanvasStore, algebra: int
) -> None:
    section = next(each.section_id for each in store.enrollments_of(algebra) if each.user_id == students[0])
    url = f"/sections/{section}/assignments/{an_essay()['id']}/submissions"
    answer = admin.post(url, params={"as_user_id": students[0]}, json={"submission": TEXT})
    assert answer.status_code == 201


def test_what_students_handed_in_cannot_be_unpublished(
    *,
    an_essay: Make,
    hand_in: HandIn,
    grade: Grade,
    students: list[int],
    teacher: TestClient,
    algebra: int,
) -> None:
    graded, handed_in = an_essay(), an_essay()
    grade(graded, students[0], posted_grade="9")
    hand_in(handed_in, students[0])
    unpublish = {"assignment": {"published": False}}
    url = f"/courses/{algebra}/assignments"
    assert teacher.put(f"{url}/{graded['id']}", json=unpublish).json()["published"] is False
    answer = teacher.put(f"{url}/{handed_in['id']}", json=unpublish)
    (fault,) = answer.json()["errors"]["published"]
    assert answer.status_code == 400
    words = "Can't unpublish if there are student submissions"
    assert fault == {"attribute": "workflow_state", "type": words, "message": words}
    assert teacher.get(f"{url}/{handed_in['id']}").json()["published"] is True


# acting as somebody


def test_the_journal_says_who_acted_as_whom(
    admin: TestClient, students: list[int], store: CanvasStore, journal: Journal
) -> None:
    me = admin.get("/users/self", params={"as_user_id": students[0]}).json()
    assert me["id"] == students[0]
    (told,) = journal.exchanges()
    assert told.who == f"admin as {store.users[students[0]].name}"


@pytest.mark.parametrize("named", ["999999", "nobody", "sis_user_id:nobody"])
def test_nobody_acts_as_somebody_who_is_not_there(admin: TestClient, named: str) -> None:
    answer = admin.get("/users/self", params={"as_user_id": named})
    assert (answer.status_code, answer.json()) == (401, {"errors": "Invalid as_user_id"})


def test_a_teacher_acts_as_nobody_but_themself(teacher: TestClient, students: list[int]) -> None:
    assert teacher.get("/users/self", params={"as_user_id": students[0]}).status_code == 401
    me = teacher.get("/users/self").json()["id"]
    assert teacher.get("/users/self", params={"as_user_id": me}).json()["id"] == me
    assert teacher.get("/users/self", params={"as_user_id": "self"}).json()["id"] == me


def test_who_is_acted_as_has_their_own_rights_only(
    an_essay: Make, admin: TestClient, students: list[int], algebra: int
) -> None:
    essay, me = an_essay(), {"as_user_id": students[0]}
    rows = f"/courses/{algebra}/assignments/{essay['id']}/submissions"
    assert admin.get(rows, params=me).status_code == 403
    assert admin.get(f"{rows}/{students[1]}", params=me).status_code == 403
    assert admin.put(f"{rows}/{students[0]}", params=me, json={}).status_code == 403
    assert admin.get("/accounts/1/courses", params=me).status_code == 403
    assert admin.get(f"{rows}/self", params=me).json()["user_id"] == students[0]
    drawer = an_essay(published=False)
    mine = f"/courses/{algebra}/assignments/{drawer['id']}/submissions/self"
    assert admin.get(mine, params=me).status_code == 403


def test_a_student_sees_their_own_rows_without_what_is_hidden(
    *,
    an_essay: Make,
    admin: TestClient,
    grade: Grade,
    students: list[int],
    algebra: int,
    store: CanvasStore,
) -> None:
    essay, me = an_essay(), {"as_user_id": students[0]}
    grade(essay, students[0], posted_grade="9")
    mine = f"/courses/{algebra}/students/submissions"
    assert [row["score"] for row in admin.get(mine, params=me).json()] == [9.0]
    store.submissions.put(replace(store.submission(essay["id"], students[0]), posted_at=None))
    (row,) = admin.get(mine, params=me).json()
    assert not {"score", "grade", "entered_score", "entered_grade"} & set(row)
    assert row["workflow_state"] == "graded"
    kept = store.submission(essay["id"], students[0])
    store.submissions.put(replace(kept, workflow_state="submitted"))
    assert "score" not in admin.get(mine, params=me).json()[0]
    everybody = admin.get(mine, params={**me, "student_ids[]": "all"}).json()
    assert [row["user_id"] for row in everybody] == [students[0]]
    assert admin.get(mine, params={**me, "student_ids[]": students[1]}).status_code == 403
