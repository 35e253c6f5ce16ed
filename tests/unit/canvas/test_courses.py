"""Courses: making them, every field, their settings, their end, and what their lists show."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator.canvas.store import CanvasStore
from simulator.journal import Journal
from simulator.schools import School
from tests.unit.canvas.test_grading_periods import AUTUMN, IN_AUTUMN, WINTER, a_set, fill


def make(admin: TestClient, **form: str) -> dict[str, Any]:
    answer = admin.post("/accounts/1/courses", data=form)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def codes(answer: Any) -> list[str]:  # noqa: ANN401 - an answer
    assert answer.status_code == 200, answer.text
    return [course["course_code"] for course in answer.json()]


class TestMakingOne:
    def test_it_begins_unpublished_with_one_group_and_no_people(self, admin: TestClient) -> None:
        made = make(admin, **{"course[name]": "Marine Biology", "course[sis_course_id]": "MB/1"})
        assert (made["workflow_state"], made["course_code"], made["sis_course_id"]) == (
            "unpublished",
            "MB",
            "MB/1",
        )
        assert admin.get(f"/courses/{made['id']}").json() == made
        groups = admin.get(f"/courses/{made['id']}/assignment_groups").json()
        assert [each["name"] for each in groups] == ["Assignments"]
        assert admin.get(f"/courses/{made['id']}/enrollments").json() == []
        assert make(admin)["name"] == "Unnamed Course"

    def test_it_can_be_offered_at_once_with_the_caller_in_it(self, admin: TestClient) -> None:
        made = make(admin, offer="true", enroll_me="true", **{"course[name]": "Art"})
        assert (made["workflow_state"], made["enrollments"][0]["type"]) == ("available", "teacher")

    def test_a_sis_id_is_taken_by_a_deleted_course_too_unless_it_is_to_come_back(
        self, admin: TestClient
    ) -> None:
        wanted = {"course[name]": "Art", "course[sis_course_id]": "A-1"}
        made = make(admin, **wanted)
        admin.request("DELETE", f"/courses/{made['id']}", data={"event": "delete"})
        refused = admin.post("/accounts/1/courses", data=wanted)
        assert (refused.status_code, refused.json()["errors"]["sis_source_id"][0]["message"]) == (
            400,
            'SIS ID "A-1" is already in use',
        )
        again = make(admin, enable_sis_reactivation="true", **wanted)
        assert (again["id"], again["workflow_state"]) == (made["id"], "unpublished")

    def test_only_an_administrator_makes_courses(self, teacher: TestClient, admin: TestClient) -> None:
        form = {"course[name]": "Mine"}
        assert teacher.post("/accounts/1/courses", data=form).status_code == 403
        assert admin.post("/accounts/2/courses", data=form).status_code == 404


class TestFields:
    def test_everything_that_can_be_written_is_shown(self, admin: TestClient, algebra: int) -> None:
        term = admin.post("/accounts/1/terms", data={"enrollment_term[sis_term_id]": "T1"}).json()
        wanted = {
            "name": "Algebra",
            "course_code": "ALG",
            "sis_course_id": "SIS-9",
            "integration_id": "INT-9",
            "apply_assignment_group_weights": True,
            "grading_standard_id": 0,
            "hide_final_grades": True,
            "grade_passback_setting": "nightly_sync",
            "start_at": "2026-08-20T07:00:00Z",
            "end_at": "2026-12-18T08:00:00Z",
            "restrict_enrollments_to_course_dates": True,
            "default_view": "feed",
            "license": "cc_by",
            "course_format": "blended",
            "is_public": True,
        }
        answer = admin.put(f"/courses/{algebra}", json={"course": {**wanted, "term_id": "sis_term_id:T1"}})
        assert answer.status_code == 200
        shown = admin.get(f"/courses/{algebra}").json()
        assert {name: shown[name] for name in wanted} == wanted
        assert shown["enrollment_term_id"] == term["id"]

    def test_a_key_that_is_sent_empty_takes_the_scheme_and_the_setting_away(
        self, admin: TestClient, algebra: int
    ) -> None:
        fields = ("grading_standard_id", "grade_passback_setting", "sis_course_id")
        sent = ("7", "disabled", "X")
        for name, value in zip(fields, sent, strict=True):
            admin.put(f"/courses/{algebra}", data={f"course[{name}]": value})
        kept = admin.put(f"/courses/{algebra}", data={"course[name]": "Algebra"}).json()
        assert [kept[name] for name in fields] == [7, "disabled", "X"]
        emptied = {f"course[{name}]": "" for name in fields}
        assert [admin.put(f"/courses/{algebra}", data=emptied).json()[name] for name in fields] == [None] * 3

    def test_what_canvas_does_not_know_is_passed_over(self, teacher: TestClient, algebra: int) -> None:
        before = teacher.get(f"/courses/{algebra}").json()
        form = {
            "course[grade_passback_setting]": "hourly",
            "course[event]": "explode",
            "course[sis_course_id]": "MINE",
            "course[term_id]": "999",
        }
        answer = teacher.put(f"/courses/{algebra}", data=form)
        assert (answer.status_code, answer.json()) == (200, before)

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"name": "x" * 256}, "name"),
            ({"course_code": "x" * 256}, "course_code"),
            ({"start_at": "2026-09-02", "end_at": "2026-09-01"}, "conclude_at"),
        ],
    )
    def test_what_does_not_validate_is_not_kept(
        self, teacher: TestClient, algebra: int, form: dict[str, str], field: str
    ) -> None:
        before = teacher.get(f"/courses/{algebra}").json()
        wanted = {f"course[{name}]": text for name, text in form.items()} | {"course[is_public]": "1"}
        answer = teacher.put(f"/courses/{algebra}", data=wanted)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert teacher.get(f"/courses/{algebra}").json() == before

    def test_a_term_that_is_not_there_is_404(self, admin: TestClient, algebra: int) -> None:
        for term in ("999", "sis_term_id:none", "sis_nonsense:1"):
            answer = admin.put(f"/courses/{algebra}", data={"course[term_id]": term})
            assert answer.status_code == 404

    def test_a_course_in_another_term_has_the_periods_of_that_term(
        self, admin: TestClient, teacher: TestClient, algebra: int, history: int
    ) -> None:
        fill(admin, a_set(admin), AUTUMN)
        term = admin.post("/accounts/1/terms", data={"enrollment_term[name]": "Spring"}).json()["id"]
        made = admin.post(
            "/accounts/1/grading_period_sets",
            json={"grading_period_set": {"title": "Spring"}, "enrollment_term_ids": [term]},
        )
        fill(admin, made.json()["grading_period_set"]["id"], WINTER)
        admin.put(f"/courses/{history}", data={"course[term_id]": str(term)})
        titles = {
            course: [
                each["title"]
                for each in teacher.get(f"/courses/{course}/grading_periods").json()["grading_periods"]
            ]
            for course in (algebra, history)
        }
        assert titles == {algebra: ["Autumn"], history: ["Winter"]}
        terms = admin.get("/accounts/1/terms").json()["enrollment_terms"]
        assert {each["id"]: each["grading_period_group_id"] is not None for each in terms} == {
            1: True,
            term: True,
        }

    def test_its_work_is_in_the_periods_of_its_own_term(
        self, admin: TestClient, teacher: TestClient, algebra: int
    ) -> None:
        (autumn,) = fill(admin, a_set(admin), AUTUMN).json()["grading_periods"]
        wanted = {"assignment": {"name": "Quiz", "published": True, "due_at": IN_AUTUMN}}
        quiz = teacher.post(f"/courses/{algebra}/assignments", json=wanted).json()
        rows = f"/courses/{algebra}/students/submissions?student_ids[]=all"
        assert {each["grading_period_id"] for each in teacher.get(rows).json()} == {int(autumn["id"])}
        term = admin.post("/accounts/1/terms", data={"enrollment_term[name]": "Spring"}).json()["id"]
        admin.put(f"/courses/{algebra}", data={"course[term_id]": str(term)})
        assert {each["grading_period_id"] for each in teacher.get(rows).json()} == {None}
        assert teacher.get(f"{rows}&grading_period_id={autumn['id']}").status_code == 404
        refused = f"http://canvas.test/api/sis/courses/{algebra}/disable_post_to_sis"
        answer = admin.put(refused, data={"grading_period_id": autumn["id"]})
        assert answer.json()["code"] == "not_found"
        past = {"title": "Old", "start_date": "2026-01-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z"}
        fill(admin, a_set(admin), past)
        late = teacher.put(
            f"/courses/{algebra}/assignments/{quiz['id']}",
            json={"assignment": {"due_at": "2026-01-15T00:00:00Z"}},
        ).json()
        assert late["in_closed_grading_period"] is False, "the period that has closed is another term's"


class TestSettings:
    def test_they_are_switched_without_a_wrapper(self, teacher: TestClient, algebra: int) -> None:
        url = f"/courses/{algebra}/settings"
        before = teacher.get(url).json()
        assert (before["allow_student_discussion_topics"], before["hide_final_grades"]) == (True, False)
        form = {"allow_student_discussion_topics": "false", "hide_final_grades": "1", "nonsense": "1"}
        changed = teacher.put(url, data=form).json()
        assert changed == {
            **before,
            "allow_student_discussion_topics": False,
            "hide_final_grades": True,
        }
        assert teacher.get(url).json() == changed
        assert teacher.get(f"/courses/{algebra}").json()["hide_final_grades"] is True
        back = teacher.put(url, data={"allow_student_discussion_topics": "on", "hide_final_grades": "no"})
        assert back.json() == before

    def test_they_are_not_for_strangers(self, other_teacher: TestClient, algebra: int) -> None:
        assert other_teacher.get(f"/courses/{algebra}/settings").status_code == 403
        assert other_teacher.put(f"/courses/{algebra}/settings", data={}).status_code == 403


class TestItsEnd:
    @pytest.mark.parametrize(("event", "state"), [("delete", "deleted"), ("conclude", "completed")])
    def test_a_form_says_which_end(
        self, teacher: TestClient, store: CanvasStore, algebra: int, event: str, state: str
    ) -> None:
        answer = teacher.request("DELETE", f"/courses/{algebra}", data={"event": event})
        assert (answer.status_code, answer.json()) == (200, {event: True})
        assert store.courses[algebra].workflow_state == state

    @pytest.mark.parametrize("form", [{}, {"event": "explode"}])
    def test_no_other_end_is_known(self, teacher: TestClient, algebra: int, form: dict[str, str]) -> None:
        answer = teacher.request("DELETE", f"/courses/{algebra}", data=form)
        assert (answer.status_code, answer.json()) == (
            400,
            {"message": 'Only "delete" and "conclude" events are allowed.'},
        )
        assert teacher.get(f"/courses/{algebra}").json()["workflow_state"] == "available"

    def test_a_deleted_course_can_be_undeleted_and_nothing_else(
        self, admin: TestClient, algebra: int
    ) -> None:
        admin.request("DELETE", f"/courses/{algebra}", data={"event": "delete"})
        assert admin.put(f"/courses/{algebra}", data={"course[name]": "x"}).status_code == 404
        again = admin.put(f"/courses/{algebra}", data={"course[event]": "undelete"}).json()
        assert again["workflow_state"] == "unpublished"
        offered = admin.put(f"/courses/{algebra}", data={"offer": "true"}).json()
        assert offered["workflow_state"] == "available"


class TestLists:
    def test_ones_own_are_chosen_by_state_role_and_enrollment(
        self, teacher: TestClient, admin: TestClient, store: CanvasStore, algebra: int
    ) -> None:
        assert codes(teacher.get("/courses")) == ["ALG1", "WHIST"]
        assert codes(teacher.get("/courses?enrollment_type=student")) == []
        assert codes(teacher.get("/courses?enrollment_role=TeacherEnrollment")) == ["ALG1", "WHIST"]
        place = next(each for each in store.enrollments_of(algebra) if each.type == "TeacherEnrollment")
        admin.delete(f"/courses/{algebra}/enrollments/{place.id}")
        assert codes(teacher.get("/courses?enrollment_state=active")) == ["WHIST"]
        assert codes(teacher.get("/courses?enrollment_state=completed")) == ["ALG1"]
        assert codes(teacher.get("/courses?enrollment_state=invited_or_pending")) == []
        admin.put(f"/courses/{algebra}", data={"course[event]": "claim"})
        assert codes(teacher.get("/courses?enrollment_state=completed&state[]=available")) == []
        assert codes(teacher.get("/courses?enrollment_state=completed&state[]=unpublished")) == ["ALG1"]

    def test_a_student_sees_published_courses_only(
        self, teacher: TestClient, admin: TestClient, store: CanvasStore
    ) -> None:
        me = teacher.get("/users/self").json()["id"]
        biology = next(each.id for each in store.courses.values() if each.course_code == "BIO1")
        wanted = {"enrollment": {"user_id": me, "enrollment_state": "active"}}
        admin.post(f"/courses/{biology}/enrollments", json=wanted)
        assert codes(teacher.get("/courses?enrollment_type=student")) == ["BIO1"]
        admin.put(f"/courses/{biology}", data={"course[event]": "claim"})
        assert codes(teacher.get("/courses?enrollment_type=student")) == []

    def test_the_accounts_courses_are_filtered_and_sorted(
        self, admin: TestClient, school: School, algebra: int
    ) -> None:
        url = "/accounts/self/courses"
        empty = make(admin, **{"course[name]": "Zen", "course[course_code]": "ZEN"})
        term = admin.post("/accounts/1/terms", data={"enrollment_term[sis_term_id]": "T1"}).json()
        admin.put(f"/courses/{algebra}", data={"course[term_id]": str(term["id"])})
        teacher = school.teachers[0].guid
        found = {
            "published=false": ["ZEN"],
            "published=true": ["ALG1", "BIO1", "WHIST"],
            "with_enrollments=true": ["ALG1", "BIO1", "WHIST"],
            "with_enrollments=false": ["ZEN"],
            "enrollment_type[]=teacher": ["ALG1", "BIO1", "WHIST"],
            "enrollment_type[]=observer": [],
            f"by_teachers[]=sis_user_id:{teacher}": ["ALG1", "WHIST"],
            "enrollment_term_id=sis_term_id:T1": ["ALG1"],
            "enrollment_term_id=1": ["BIO1", "WHIST", "ZEN"],
            "search_term=zen": ["ZEN"],
            f"search_term={school.courses[1].guid}": ["BIO1"],
            "sort=course_name&order=desc": ["ZEN", "WHIST", "BIO1", "ALG1"],
            "completed=true": [],
            "state[]=deleted": [str(each.number) for each in school.courses[2].sections[1:]],
        }
        assert {query: codes(admin.get(f"{url}?{query}")) for query in found} == found
        admin.request("DELETE", f"/courses/{empty['id']}", data={"event": "conclude"})
        assert codes(admin.get(f"{url}?completed=1")) == ["ZEN"]
        assert admin.get(f"{url}?enrollment_term_id=99").status_code == 404
        assert admin.get(f"{url}?by_teachers[]=99").status_code == 404


class TestIncludes:
    def test_the_term_the_teachers_and_the_account(
        self, teacher: TestClient, school: School, algebra: int
    ) -> None:
        wanted = ("term", "teachers", "account", "concluded", "total_students", "passback_status")
        plain = teacher.get(f"/courses/{algebra}").json()
        query = "&".join(f"include[]={name}" for name in wanted)
        shown = teacher.get(f"/courses/{algebra}?{query}").json()
        assert {name: shown[name] for name in plain} == plain
        assert set(shown) - set(plain) == set(wanted)
        assert (shown["term"]["id"], shown["term"]["name"]) == (1, "Default Term")
        (person,) = shown["teachers"]
        assert person["display_name"] == school.teachers[0].name
        assert (shown["account"]["id"], shown["concluded"], shown["total_students"]) == (1, False, 30)
        assert shown["passback_status"] is None

    def test_the_sections_are_those_of_the_caller_or_all_for_who_has_none(
        self, teacher: TestClient, admin: TestClient, history: int
    ) -> None:
        url = f"/courses/{history}?include[]=sections"
        mine = teacher.get(url).json()["sections"]
        assert {each["enrollment_role"] for each in mine} == {"TeacherEnrollment"}
        everyones = admin.get(url).json()["sections"]
        assert [each["id"] for each in everyones] == [each["id"] for each in mine]
        assert set(everyones[0]) == {"id", "name", "start_at", "end_at"}

    def test_a_student_gets_totals_of_the_course_and_of_the_period_that_goes_on(
        self, teacher: TestClient, admin: TestClient, store: CanvasStore
    ) -> None:
        me = teacher.get("/users/self").json()["id"]
        biology = next(each.id for each in store.courses.values() if each.course_code == "BIO1")
        admin.post(
            f"/courses/{biology}/enrollments",
            json={"enrollment": {"user_id": me, "enrollment_state": "active"}},
        )
        fill(admin, a_set(admin), AUTUMN, WINTER)
        for name, due_at, points in (("A", IN_AUTUMN, "10"), ("B", "2026-11-16T20:00:00Z", "5")):
            wanted = {"name": name, "points_possible": 10, "published": True, "due_at": due_at}
            work = admin.post(f"/courses/{biology}/assignments", json={"assignment": wanted}).json()
            row = f"/courses/{biology}/assignments/{work['id']}/submissions/{me}"
            admin.put(row, data={"submission[posted_grade]": points})
        url = "/courses?enrollment_type=student&include[]="
        (plain,) = teacher.get(f"{url}current_grading_period_scores").json()
        assert "has_grading_periods" not in plain, "it is ignored without total_scores"
        (course,) = teacher.get(f"{url}total_scores&include[]=current_grading_period_scores").json()
        (place,) = course["enrollments"]
        assert course["has_grading_periods"] is True
        assert (place["computed_current_score"], place["current_period_computed_current_score"]) == (
            75.0,
            100.0,
        )
        assert place["current_grading_period_title"] == "Autumn"
        assert place["totals_for_all_grading_periods_option"] is False
        admin.put(f"/courses/{biology}", data={"course[hide_final_grades]": "1"})
        (course,) = teacher.get(f"{url}total_scores").json()
        assert "computed_current_score" not in course["enrollments"][0]


def test_nothing_of_it_is_told_as_not_simulated(admin: TestClient, journal: Journal) -> None:
    made = make(admin)
    admin.get(f"/courses/{made['id']}/settings")
    assert all(each.simulated for each in journal.exchanges())
