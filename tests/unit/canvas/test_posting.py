"""What the account asks of marked assignments, the SIS API, and what is told about passing back grades."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.journal import Exchange, Journal, Query
from simulator.profiles import Profile

SIS = "http://canvas.test/api/sis"
UNPUBLISHED = {"course": {"event": "claim"}}


def decide(admin: TestClient, **settings: object) -> None:
    """Change the account's settings as its page does."""
    wanted = {name: {"value": value} for name, value in settings.items()}
    answer = admin.put("/accounts/1", json={"account": {"settings": wanted}})
    assert answer.status_code == 200, answer.text


def write(teacher: TestClient, course: int, **fields: object) -> Any:  # noqa: ANN401 - the answer's JSON
    wanted = {"name": "Quiz", "published": True, "points_possible": 10, **fields}
    answer = teacher.post(f"/courses/{course}/assignments", json={"assignment": wanted})
    return answer.json()


DUE = "cannot be blank when Post to Sis is checked"
DUE_REFUSED = {"errors": {"due_at": [{"attribute": "due_at", "type": DUE, "message": DUE}]}}
LONG = "The title cannot be longer than 30 characters"
LONG_REFUSED = {"errors": {"title": [{"attribute": "title", "type": LONG, "message": LONG}]}}


class TestAMarkedAssignmentWithoutADueDate:
    def test_is_refused_where_the_account_asks_for_one(
        self, teacher: TestClient, admin: TestClient, algebra: int, journal: Journal
    ) -> None:
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)
        assert write(teacher, algebra, post_to_sis=True) == DUE_REFUSED
        assert [(mark.rule, mark.outcome) for mark in journal.marks()] == [("DUE-DATE-REQUIRED", "refused")]

    def test_says_beforehand_that_it_needs_one(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)
        assert write(teacher, algebra, post_to_sis=True, due_at="2026-09-18T12:00:00Z")["due_date_required"]
        assert not write(teacher, algebra)["due_date_required"]

    @pytest.mark.parametrize(
        "settings",
        [
            {"sis_syncing": False, "sis_require_assignment_due_date": True},
            {"sis_syncing": True, "sis_require_assignment_due_date": False},
        ],
    )
    def test_is_kept_where_the_account_does_not_sync_or_does_not_ask(
        self, teacher: TestClient, admin: TestClient, algebra: int, settings: dict[str, bool]
    ) -> None:
        decide(admin, **settings)
        assert write(teacher, algebra, post_to_sis=True)["post_to_sis"] is True

    def test_is_kept_while_it_is_not_marked(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)
        assert write(teacher, algebra)["due_at"] is None

    def test_is_kept_where_it_is_not_graded_and_loses_its_mark(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)
        assert write(teacher, algebra, post_to_sis=True, grading_type="not_graded")["post_to_sis"] is False

    def test_made_before_the_account_asked_refuses_edits_that_have_nothing_to_do_with_it(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        old = write(teacher, algebra, post_to_sis=True)
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)
        path = f"/courses/{algebra}/assignments/{old['id']}"
        refused = teacher.put(path, json={"assignment": {"description": "Read chapter 3"}})
        assert (refused.status_code, refused.json()) == (400, DUE_REFUSED)
        assert teacher.get(path).json()["description"] is None


class TestAMarkedAssignmentWithALongName:
    NAME = "N" * 31

    def test_is_refused_over_the_accounts_cap_and_kept_at_it(
        self, teacher: TestClient, admin: TestClient, algebra: int, journal: Journal
    ) -> None:
        decide(
            admin, sis_syncing=True, sis_assignment_name_length=True, sis_assignment_name_length_input="30"
        )
        assert write(teacher, algebra, name=self.NAME, post_to_sis=True) == LONG_REFUSED
        assert ("NAME-TOO-LONG", "refused") in [(mark.rule, mark.outcome) for mark in journal.marks()]
        assert write(teacher, algebra, name=self.NAME[:30], post_to_sis=True)["max_name_length"] == 30

    def test_is_told_one_limit_only_however_long_the_name_is(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(
            admin, sis_syncing=True, sis_assignment_name_length=True, sis_assignment_name_length_input="30"
        )
        assert write(teacher, algebra, name="N" * 256, post_to_sis=True) == LONG_REFUSED

    def test_goes_unnoticed_until_the_mark_is_set(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(
            admin, sis_syncing=True, sis_assignment_name_length=True, sis_assignment_name_length_input="30"
        )
        made = write(teacher, algebra, name=self.NAME)
        assert made["name"] == self.NAME
        marked = teacher.put(
            f"/courses/{algebra}/assignments/{made['id']}", json={"assignment": {"post_to_sis": True}}
        )
        assert marked.json() == LONG_REFUSED

    def test_may_have_255_characters_where_no_account_caps_it(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(admin, sis_syncing=True, sis_assignment_name_length_input="30")
        made = write(teacher, algebra, name="N" * 255, post_to_sis=True)
        assert made["max_name_length"] == 255


class TestADistrictWithoutTheFeature:
    @pytest.fixture
    def profile(self) -> Profile:
        return Profile(name="plain", canvas_sis_features=())

    def test_has_settings_that_change_nothing(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)
        assert write(teacher, algebra, post_to_sis=True)["post_to_sis"] is True

    def test_has_no_sis_api(self, teacher: TestClient, admin: TestClient, algebra: int) -> None:
        no_export = {
            "code": "not_enabled",
            "error": "A SIS integration is not configured and the bulk SIS Grade Export feature "
            "is not enabled",
        }
        for client, path in ((teacher, f"courses/{algebra}"), (admin, "accounts/1")):
            refused = client.get(f"{SIS}/{path}/assignments")
            assert (refused.status_code, refused.json()) == (400, no_export)
        refused = teacher.put(f"{SIS}/courses/{algebra}/disable_post_to_sis")
        assert refused.json()["code"] == "not_enabled"


class TestTheAccount:
    def test_begins_as_canvas_does(self, admin: TestClient) -> None:
        assert admin.get("/accounts/self/settings").json() == {
            "sis_syncing": {"value": False, "locked": False},
            "sis_require_assignment_due_date": {"value": False, "locked": False},
            "sis_assignment_name_length": {"value": False, "locked": False},
            "sis_default_grade_export": {"value": False, "locked": False},
            "disable_post_to_sis_when_grading_period_closed": False,
            "sis_assignment_name_length_input": {"value": None, "locked": False},
            "sis_name": "Synergy",
        }

    def test_keeps_what_its_administrator_decides_and_locks(self, admin: TestClient) -> None:
        wanted = {"sis_syncing": {"value": "1", "locked": True}, "sis_name": "Aspen", "made_up": 1}
        admin.put("/accounts/1", json={"account": {"settings": wanted}})
        kept = admin.get("/accounts/1/settings").json()
        assert (kept["sis_syncing"], kept["sis_name"]) == ({"value": True, "locked": True}, "Aspen")
        assert "made_up" not in kept

    def test_marks_new_assignments_where_it_says_so(
        self, teacher: TestClient, admin: TestClient, algebra: int
    ) -> None:
        decide(admin, sis_default_grade_export=True)
        assert write(teacher, algebra)["post_to_sis"] is True
        assert write(teacher, algebra, post_to_sis=False)["post_to_sis"] is False

    def test_is_the_administrators_alone(self, teacher: TestClient, admin: TestClient) -> None:
        assert [each["id"] for each in admin.get("/accounts").json()] == [1]
        assert teacher.get("/accounts").json() == []
        for verb, path in (("GET", "/accounts/1"), ("PUT", "/accounts/1"), ("GET", "/accounts/1/settings")):
            assert teacher.request(verb, path).status_code == 403
        assert admin.get("/accounts/2").status_code == 404


class TestTheSisApi:
    def test_lists_what_is_published_and_marked_with_everything_that_finds_its_class(
        self, teacher: TestClient, history: int
    ) -> None:
        wanted = write(teacher, history, name="Essay", post_to_sis=True, due_at="2026-09-18T12:00:00Z")
        write(teacher, history, name="Not marked")
        write(teacher, history, name="Not published", post_to_sis=True, published=False)
        (listed,) = teacher.get(f"{SIS}/courses/{history}/assignments").json()
        assert (listed["id"], listed["name"], listed["points_possible"]) == (wanted["id"], "Essay", 10.0)
        assert listed["assignment_group"]["name"] == "Assignments"
        assert "grading_type" not in listed
        assert "updated_at" not in listed
        first, second = listed["sections"]
        assert "xlist_course" not in first
        assert second["xlist_course"]["id"] == history
        assert second["origin_course"]["id"] != history

    @pytest.mark.parametrize(
        ("fields", "counts"),
        [({}, True), ({"omit_from_final_grade": True}, False)],
    )
    def test_says_what_does_not_count(
        self, teacher: TestClient, algebra: int, fields: dict[str, bool], *, counts: bool
    ) -> None:
        write(teacher, algebra, post_to_sis=True, **fields)
        (listed,) = teacher.get(f"{SIS}/courses/{algebra}/assignments").json()
        assert listed["include_in_final_grade"] is counts

    def test_lists_the_whole_account_course_by_course_in_pages(
        self, teacher: TestClient, other_teacher: TestClient, admin: TestClient, algebra: int, history: int
    ) -> None:
        biology = other_teacher.get("/courses").json()[0]["id"]
        for client, course in ((teacher, history), (other_teacher, biology), (teacher, algebra)):
            write(client, course, post_to_sis=True)
        page = admin.get(f"{SIS}/accounts/1/assignments?per_page=2")
        assert 'rel="next"' in page.headers["link"]
        assert f"{SIS}/accounts/1/assignments?page=2&per_page=2" in page.headers["link"]
        rest = admin.get(f"{SIS}/accounts/1/assignments?per_page=2&page=2").json()
        courses = [each["course_id"] for each in [*page.json(), *rest]]
        assert courses == sorted([algebra, history, biology])
        assert teacher.get(f"{SIS}/accounts/1/assignments").status_code == 403

    @pytest.mark.parametrize(
        ("bounds", "count"),
        [
            ({}, 1),
            ({"starts_before": "2026-09-02"}, 1),
            ({"starts_before": "2026-09-01"}, 0),
            ({"ends_after": "2026-12-17T00:00:00Z"}, 1),
            ({"ends_after": "2026-12-18T00:00:00Z"}, 0),
            ({"starts_before": "some day"}, 1),
        ],
    )
    def test_lists_of_the_account_what_its_courses_dates_let_in(
        self, teacher: TestClient, admin: TestClient, algebra: int, bounds: dict[str, str], count: int
    ) -> None:
        write(teacher, algebra, post_to_sis=True)
        dates = {"start_at": "2026-09-01T12:00:00Z", "end_at": "2026-12-18T00:00:00Z"}
        assert teacher.put(f"/courses/{algebra}", json={"course": dates}).status_code == 200
        answer = admin.get(f"{SIS}/accounts/1/assignments", params=bounds)
        assert (answer.status_code, len(answer.json())) == (200, count)

    def test_lets_nobody_take_marks_off_who_may_not_and_says_nothing(
        self, other_teacher: TestClient, algebra: int
    ) -> None:
        answer = other_teacher.put(f"{SIS}/courses/{algebra}/disable_post_to_sis")
        assert (answer.status_code, answer.content) == (401, b"")
        assert other_teacher.put(f"{SIS}/courses/999999/disable_post_to_sis").status_code == 404

    def test_refuses_a_course_that_is_not_published(self, teacher: TestClient, algebra: int) -> None:
        teacher.put(f"/courses/{algebra}", json=UNPUBLISHED)
        refused = teacher.get(f"{SIS}/courses/{algebra}/assignments")
        assert (refused.status_code, refused.json()["code"]) == (400, "unpublished_course")
        refused = teacher.put(f"{SIS}/courses/{algebra}/disable_post_to_sis")
        assert refused.json() == {
            "code": "unpublished_course",
            "error": "Disabling Post to SIS is not available for non-published courses",
        }

    def test_takes_the_marks_off_published_work_alone(self, teacher: TestClient, algebra: int) -> None:
        published = write(teacher, algebra, post_to_sis=True)
        draft = write(teacher, algebra, post_to_sis=True, published=False)
        done = teacher.put(f"{SIS}/courses/{algebra}/disable_post_to_sis")
        assert (done.status_code, done.content) == (204, b"")
        marks = {
            each["id"]: each["post_to_sis"] for each in teacher.get(f"/courses/{algebra}/assignments").json()
        }
        assert marks == {published["id"]: False, draft["id"]: True}


class TestPassingBack:
    def test_is_asked_for_then_told_and_shown(self, teacher: TestClient, algebra: int) -> None:
        work = write(teacher, algebra, post_to_sis=True)
        course = f"/courses/{algebra}"
        shown = f"{course}?include[]=passback_status"
        assert teacher.get(shown).json()["passback_status"] is None
        asked = teacher.post(f"{course}/post_grades", json={"assignments": [work["id"]]})
        assert (asked.status_code, asked.json()) == (200, {"status": "pending"})
        told = {"status": "success", "message": "1 sent", "timestamp": "2026-09-14T16:00:00Z"}
        teacher.post(f"{course}/update_post_grades_status", json=told)
        status = teacher.get(shown).json()["passback_status"]
        assert (status["status"], status["message"]) == ("success", "1 sent")
        assert (status["grades_posted_at"], status["course_section_id"]) == ("2026-09-14T16:00:00Z", None)
        assert "passback_status" not in teacher.get(course).json()

    def test_of_a_section_is_not_that_of_its_course(self, teacher: TestClient, algebra: int) -> None:
        section = teacher.get(f"/courses/{algebra}/sections").json()[0]["id"]
        teacher.post(f"/sections/{section}/update_post_grades_status", json={"status": "failed"})
        of_course = teacher.get(f"/courses/{algebra}?include[]=passback_status").json()["passback_status"]
        of_section = teacher.get(f"/sections/{section}?include[]=passback_status").json()["passback_status"]
        assert (of_course, of_section["status"]) == (None, "failed")

    def test_names_what_is_wrong_with_the_request(self, teacher: TestClient, algebra: int) -> None:
        course = f"/courses/{algebra}"
        missing = teacher.post(f"{course}/post_grades")
        assert (missing.status_code, missing.json()) == (
            400,
            {"errors": [{"message": "assignments is missing"}]},
        )
        unknown = teacher.post(f"{course}/post_grades", json={"assignments": [99]})
        assert unknown.json() == {"error": "Some assignments could not be found: ( 99 )"}
        untold = teacher.post(f"{course}/update_post_grades_status")
        assert untold.json() == {"errors": [{"message": "status is missing"}]}
        told = {"status": "success", "timestamp": "soon"}
        assert teacher.post(f"{course}/update_post_grades_status", json=told).status_code == 400


def test_what_is_not_simulated_is_marked_in_the_journal(
    teacher: TestClient, algebra: int, journal: Journal
) -> None:
    teacher.get(f"/courses/{algebra}/quizzes")
    teacher.patch(f"/courses/{algebra}")
    teacher.get("/courses/9999")
    missed = journal.select(Query(simulated=False))
    told = [(each.method, each.path, each.status) for each in missed if isinstance(each, Exchange)]
    assert told == [
        ("GET", f"/api/v1/courses/{algebra}/quizzes", 404),
        ("PATCH", f"/api/v1/courses/{algebra}", 404),
    ]


ANY = "cannot be blank for any assignees when Post to Sis is checked"


class TestAMarkedAssignmentWithOverrides:
    @pytest.fixture(autouse=True)
    def asks_for_due_dates(self, admin: TestClient) -> None:
        decide(admin, sis_syncing=True, sis_require_assignment_due_date=True)

    def test_needs_no_date_for_everybody(
        self, teacher: TestClient, algebra: int, students: list[int]
    ) -> None:
        override = {"student_ids": students[:1], "due_at": "2026-09-20T12:00:00Z"}
        made = write(teacher, algebra, post_to_sis=True, assignment_overrides=[override])
        assert (made["post_to_sis"], made["due_at"]) == (True, None)

    def test_needs_a_date_for_every_assignee(
        self, teacher: TestClient, algebra: int, students: list[int], journal: Journal
    ) -> None:
        due_at = "2026-09-20T12:00:00Z"
        overrides = [{"student_ids": students[:1], "due_at": due_at}, {"student_ids": students[1:2]}]
        refused = write(teacher, algebra, post_to_sis=True, due_at=due_at, assignment_overrides=overrides)
        assert refused == {"errors": {"due_at": [{"attribute": "due_at", "type": ANY, "message": ANY}]}}
        assert [(mark.rule, mark.outcome) for mark in journal.marks()] == [("DUE-DATE-REQUIRED", "refused")]

    def test_refuses_the_next_edit_once_an_override_without_a_date_is_there(
        self, teacher: TestClient, algebra: int, students: list[int]
    ) -> None:
        made = write(teacher, algebra, post_to_sis=True, due_at="2026-09-20T12:00:00Z")
        url = f"/courses/{algebra}/assignments/{made['id']}"
        override = {"assignment_override": {"student_ids": students[:1], "lock_at": None}}
        assert teacher.post(f"{url}/overrides", json=override).status_code == 201
        refused = teacher.put(url, json={"assignment": {"name": "Other"}}).json()
        assert refused["errors"]["due_at"][0]["message"] == ANY
        freed = teacher.put(url, json={"assignment": {"name": "Other", "post_to_sis": False}}).json()
        assert freed["name"] == "Other"


class TestTheSisApiWithOverrides:
    def listed(self, teacher: TestClient, course: int, query: str = "") -> Any:  # noqa: ANN401 - any JSON
        (only,) = teacher.get(f"{SIS}/courses/{course}/assignments{query}").json()
        return only

    def test_shows_the_dates_of_each_section(
        self, teacher: TestClient, history: int, store: CanvasStore
    ) -> None:
        first, second = store.sections_of(history)
        override = {"course_section_id": second.id, "due_at": "2026-09-20T12:00:00Z"}
        write(teacher, history, post_to_sis=True, assignment_overrides=[override])
        shown = {each["id"]: each for each in self.listed(teacher, history)["sections"]}
        assert "override" not in shown[first.id]
        dates = {"due_at": "2026-09-20T12:00:00Z", "unlock_at": None, "lock_at": None}
        told = shown[second.id]["override"]
        assert told == {"id": told["id"], "override_title": second.name, **dates}

    def test_shows_only_the_sections_that_have_it_to_do(
        self, teacher: TestClient, history: int, store: CanvasStore
    ) -> None:
        first, _second = store.sections_of(history)
        override = {"course_section_id": first.id}
        write(
            teacher,
            history,
            post_to_sis=True,
            only_visible_to_overrides=True,
            assignment_overrides=[override],
        )
        assert [each["id"] for each in self.listed(teacher, history)["sections"]] == [first.id]

    def test_shows_the_dates_of_students_where_they_are_asked_for(
        self, teacher: TestClient, algebra: int, students: list[int], store: CanvasStore
    ) -> None:
        override = {"student_ids": students[:1], "due_at": "2026-09-20T12:00:00Z", "title": "Retake"}
        write(teacher, algebra, post_to_sis=True, assignment_overrides=[override])
        assert "user_overrides" not in self.listed(teacher, algebra)
        (told,) = self.listed(teacher, algebra, "?include[]=student_overrides")["user_overrides"]
        sis_id = store.users[students[0]].sis_user_id
        assert told == {
            "id": told["id"], "title": "Retake", "due_at": "2026-09-20T12:00:00Z", "unlock_at": None,
            "lock_at": None, "students": [{"user_id": students[0], "sis_user_id": sis_id}],
        }  # fmt: skip

    def test_shows_what_the_sis_itself_keeps(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        sis = {"sis_assignment_id": "LI-1", "integration_id": "I-1", "integration_data": {"a": "b"}}
        write(admin, algebra, post_to_sis=True, **sis)
        shown = self.listed(teacher, algebra)
        assert (shown["integration_id"], shown["integration_data"]) == ("I-1", {"a": "b"})
