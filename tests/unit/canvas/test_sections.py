"""Sections by hand: their fields, their end, and cross-listing with what it does to people and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas import enrolling
from simulator.canvas.intake import take_in
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.roster import Place, Roster, RosterClass, RosterCourse
from simulator.schools import School

Make: TypeAlias = Callable[..., dict[str, Any]]


@pytest.fixture
def section(store: CanvasStore, algebra: int) -> int:
    return store.sections_of(algebra)[0].id


@dataclass(frozen=True)
class Classes:
    """Algebra with its one section, History with its two, and who sees both."""

    admin: TestClient
    teacher: TestClient
    store: CanvasStore
    algebra: int
    history: int

    @property
    def section(self) -> int:
        """Algebra's, wherever it is now."""
        return next(
            each.id
            for each in self.store.sections.values()
            if self.algebra in (each.course_id, each.nonxlist_course_id)
        )

    def cross_list(self) -> dict[str, Any]:
        """Move Algebra's section to History."""
        answer = self.admin.post(f"/sections/{self.section}/crosslist/{self.history}")
        assert answer.status_code == 200, answer.text
        section: dict[str, Any] = answer.json()
        return section


@pytest.fixture
def classes(
    admin: TestClient, teacher: TestClient, store: CanvasStore, algebra: int, history: int
) -> Classes:
    return Classes(admin, teacher, store, algebra, history)


def enrollments(client: TestClient, course: int, **query: object) -> list[dict[str, Any]]:
    answer = client.get(f"/courses/{course}/enrollments", params={"per_page": 100, **query})  # type: ignore[dict-item]
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()
    return rows


class TestFields:
    def test_a_section_is_renamed_and_dated(self, teacher: TestClient, section: int) -> None:
        form = {
            "course_section[name]": "Period 1",
            "course_section[start_at]": "2026-09-01T00:00Z",
            "course_section[end_at]": "2026-12-20",
            "course_section[restrict_enrollments_to_section_dates]": "true",
        }
        changed = teacher.put(f"/sections/{section}", data=form)
        assert changed.status_code == 200
        shown = teacher.get(f"/sections/{section}").json()
        assert changed.json() == shown
        assert (shown["name"], shown["start_at"], shown["end_at"]) == (
            "Period 1",
            "2026-09-01T00:00:00Z",
            "2026-12-20T08:00:00Z",
        )
        assert shown["restrict_enrollments_to_section_dates"] is True
        cleared = teacher.put(f"/sections/{section}", data={"course_section[end_at]": ""}).json()
        assert (cleared["end_at"], cleared["start_at"]) == (None, "2026-09-01T00:00:00Z")

    def test_only_an_administrator_gives_sis_ids(
        self, teacher: TestClient, admin: TestClient, section: int
    ) -> None:
        form = {"course_section[name]": "New", "course_section[sis_section_id]": "S-1"}
        before = teacher.get(f"/sections/{section}").json()
        refused = teacher.put(f"/sections/{section}", data=form)
        assert (refused.status_code, refused.json()) == (
            401,
            {"message": "You must have manage_sis permission to update sis attributes"},
        )
        assert teacher.get(f"/sections/{section}").json() == before
        form["course_section[integration_id]"] = "I-1"
        changed = admin.put(f"/sections/{section}", data=form).json()
        assert (changed["sis_section_id"], changed["integration_id"]) == ("S-1", "I-1")

    def test_a_sis_id_is_taken_by_a_deleted_section_too_unless_it_is_to_come_back(
        self, admin: TestClient, algebra: int, history: int
    ) -> None:
        wanted = {"course_section[name]": "Extra", "course_section[sis_section_id]": "X-1"}
        made = admin.post(f"/courses/{algebra}/sections", data=wanted).json()
        assert admin.delete(f"/sections/{made['id']}").status_code == 200
        assert admin.get("/sections/sis_section_id:X-1").status_code == 404
        refused = admin.post(f"/courses/{algebra}/sections", data=wanted)
        assert (refused.status_code, refused.json()["errors"]["sis_source_id"][0]["message"]) == (
            400,
            'SIS ID "X-1" is already in use',
        )
        elsewhere = admin.post(
            f"/courses/{history}/sections", data={**wanted, "enable_sis_reactivation": "1"}
        )
        assert elsewhere.status_code == 400, "it is another course's"
        again = admin.post(f"/courses/{algebra}/sections", data={**wanted, "enable_sis_reactivation": "1"})
        assert again.json()["id"] == made["id"]
        assert admin.get("/sections/sis_section_id:X-1").json()["id"] == made["id"]

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"name": "x" * 256}, "name"),
            ({"start_at": "2026-09-02T00:00:00Z", "end_at": "2026-09-01T00:00:00Z"}, "end_at"),
        ],
    )
    def test_what_does_not_validate_is_not_kept(
        self, teacher: TestClient, section: int, form: dict[str, str], field: str
    ) -> None:
        before = teacher.get(f"/sections/{section}").json()
        wanted = {f"course_section[{name}]": text for name, text in form.items()}
        answer = teacher.put(f"/sections/{section}", data=wanted)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert teacher.get(f"/sections/{section}").json() == before

    def test_a_section_of_a_course_is_changed_by_way_of_that_course_only(
        self, teacher: TestClient, algebra: int, history: int, section: int
    ) -> None:
        form = {"course_section[name]": "Period 9"}
        assert teacher.put(f"/courses/{history}/sections/{section}", data=form).status_code == 404
        changed = teacher.put(f"/courses/{algebra}/sections/{section}", data=form)
        assert changed.json()["name"] == "Period 9"


class TestItsEnd:
    def test_a_section_with_people_cannot_be_deleted(self, teacher: TestClient, section: int) -> None:
        refused = teacher.delete(f"/sections/{section}")
        assert (refused.status_code, refused.json()) == (
            400,
            {"message": "You can't delete a section that has enrollments"},
        )

    def test_an_empty_one_can_and_is_gone(
        self, teacher: TestClient, store: CanvasStore, algebra: int, section: int
    ) -> None:
        for each in store.enrollments_of(algebra, section):
            if each.type == "StudentEnrollment":
                url = f"/courses/{algebra}/enrollments/{each.id}"
                assert teacher.request("DELETE", url, data={"task": "delete"}).status_code == 200
        teaching = next(
            each for each in store.enrollments_of(algebra, section) if each.type == "TeacherEnrollment"
        )
        extra = teacher.post(f"/courses/{algebra}/sections", data={"course_section[name]": "Empty"}).json()
        assert teacher.delete(f"/sections/{section}").status_code == 400, "its teacher is in it still"
        wanted = {"enrollment": {"user_id": teaching.user_id, "type": "TeacherEnrollment"}}
        wanted["enrollment"]["enrollment_state"] = "active"
        teacher.post(f"/sections/{extra['id']}/enrollments", json=wanted)
        teacher.request("DELETE", f"/courses/{algebra}/enrollments/{teaching.id}", data={"task": "delete"})
        deleted = teacher.delete(f"/sections/{section}")
        assert (deleted.status_code, deleted.json()["id"]) == (200, section)
        assert teacher.get(f"/sections/{section}").status_code == 404
        assert [each["name"] for each in teacher.get(f"/courses/{algebra}/sections").json()] == ["Empty"]

    def test_the_roster_opens_a_deleted_section_again(
        self, admin: TestClient, store: CanvasStore, school: School, algebra: int, section: int
    ) -> None:
        for each in store.enrollments_of(algebra, section):
            enrolling.set_state(store, each, "deleted")
        assert admin.delete(f"/sections/{section}").status_code == 200
        course = school.courses[0]
        (period,) = course.sections
        places = tuple(Place(period.guid, each.guid, "student") for each in period.students)
        courses = (RosterCourse(course.guid, course.code, course.name),)
        opened = RosterClass(period.guid, period.number, period.name, course.guid)
        take_in(store, Roster(2, (), courses, (opened,), places))
        again = admin.get(f"/sections/sis_section_id:{school.courses[0].sections[0].guid}").json()
        assert again["id"] == section
        students = enrollments(admin, algebra, **{"type[]": "StudentEnrollment"})
        assert len(students) == len(school.courses[0].sections[0].students)


class TestIncludes:
    def test_students_come_with_their_enrollments_when_both_are_asked_for(
        self, teacher: TestClient, algebra: int
    ) -> None:
        url = f"/courses/{algebra}/sections"
        (plain,) = teacher.get(f"{url}?include[]=enrollments").json()
        assert "students" not in plain
        (shown,) = teacher.get(f"{url}?include[]=students&include[]=enrollments").json()
        student = shown["students"][0]
        (place,) = student["enrollments"]
        assert (place["user_id"], place["course_section_id"]) == (student["id"], shown["id"])
        assert "user" not in place
        assert place["grades"]["current_score"] is None

    def test_how_passing_back_went_is_told_of_the_section_it_was_told_of(
        self, teacher: TestClient, store: CanvasStore, history: int
    ) -> None:
        first, second = store.sections_of(history)
        teacher.post(f"/sections/{second.id}/update_post_grades_status", data={"status": "done"})
        shown = teacher.get(f"/courses/{history}/sections?include[]=passback_status").json()
        told = {each["id"]: each["passback_status"] for each in shown}
        assert told[first.id] is None
        assert (told[second.id]["status"], told[second.id]["course_section_id"]) == ("done", second.id)

    def test_sections_are_found_by_a_part_of_their_name(self, teacher: TestClient, history: int) -> None:
        first, _second = teacher.get(f"/courses/{history}/sections").json()
        found = teacher.get(f"/courses/{history}/sections", params={"search_term": first["name"].upper()})
        assert [each["id"] for each in found.json()] == [first["id"]]


class TestCrossListing:
    def test_a_section_moves_with_its_people_and_comes_back(self, classes: Classes) -> None:
        admin, algebra, history, section = classes.admin, classes.algebra, classes.history, classes.section
        people = {each["id"] for each in enrollments(admin, algebra)}
        moved = classes.teacher.post(f"/sections/{section}/crosslist/{history}")
        assert moved.status_code == 200
        assert (moved.json()["course_id"], moved.json()["nonxlist_course_id"]) == (history, algebra)
        assert moved.json()["sis_course_id"] == classes.store.courses[history].sis_course_id
        assert enrollments(admin, algebra) == []
        assert people <= {each["id"] for each in enrollments(admin, history)}
        assert {each["course_id"] for each in enrollments(admin, history)} == {history}
        home = admin.delete(f"/sections/{section}/crosslist")
        assert (home.json()["course_id"], home.json()["nonxlist_course_id"]) == (algebra, None)
        assert {each["id"] for each in enrollments(admin, algebra)} == people

    def test_a_second_cross_listing_keeps_the_first_origin(
        self, admin: TestClient, algebra: int, history: int, section: int
    ) -> None:
        third = admin.post("/accounts/1/courses", data={"course[name]": "Third"}).json()["id"]
        admin.post(f"/sections/{section}/crosslist/{history}")
        again = admin.post(f"/sections/{section}/crosslist/{third}").json()
        assert (again["course_id"], again["nonxlist_course_id"]) == (third, algebra)
        back = admin.post(f"/sections/{section}/crosslist/{algebra}").json()
        assert (back["course_id"], back["nonxlist_course_id"]) == (algebra, algebra)
        assert admin.delete(f"/sections/{section}/crosslist").json()["nonxlist_course_id"] is None

    def test_into_the_course_that_it_is_in_it_does_not_move(
        self, teacher: TestClient, algebra: int, section: int
    ) -> None:
        stayed = teacher.post(f"/sections/{section}/crosslist/{algebra}").json()
        assert (stayed["course_id"], stayed["nonxlist_course_id"]) == (algebra, None)

    def test_what_is_not_cross_listed_has_no_way_back(self, teacher: TestClient, section: int) -> None:
        refused = teacher.delete(f"/sections/{section}/crosslist")
        assert (refused.status_code, refused.json()) == (400, {"message": "section is not cross-listed"})

    def test_a_deleted_origin_comes_back_unpublished(
        self, admin: TestClient, store: CanvasStore, history: int
    ) -> None:
        section = store.sections_of(history)[1]
        origin = section.nonxlist_course_id
        assert admin.get(f"/courses/{origin}").status_code == 404
        assert admin.delete(f"/sections/{section.id}/crosslist").json()["course_id"] == origin
        assert admin.get(f"/courses/{origin}").json()["workflow_state"] == "unpublished"

    def test_the_caller_must_be_at_home_in_both_courses(
        self, classes: Classes, other_teacher: TestClient
    ) -> None:
        store, section = classes.store, classes.section
        biology = next(each.id for each in store.courses.values() if each.course_code == "BIO1")
        assert classes.teacher.post(f"/sections/{section}/crosslist/{biology}").status_code == 403
        assert other_teacher.post(f"/sections/{section}/crosslist/{biology}").status_code == 403
        assert classes.admin.post(f"/sections/{section}/crosslist/999").status_code == 404
        assert classes.admin.post(f"/sections/{section}/crosslist/{biology}").status_code == 200
        refused = classes.teacher.delete(f"/sections/{section}/crosslist")
        assert refused.status_code == 403, "the teacher's own enrollment has moved along"
        assert store.sections[section].course_id == biology
        assert store.enrollments_of(classes.algebra) == ()

    def test_sticky_fields_that_are_to_be_left_alone_stay(
        self, admin: TestClient, algebra: int, history: int, section: int
    ) -> None:
        left = {"override_sis_stickiness": "false"}
        asked = admin.post(f"/sections/{section}/crosslist/{history}", data=left)
        assert (asked.status_code, asked.json()["course_id"]) == (200, algebra)
        admin.post(f"/sections/{section}/crosslist/{history}")
        asked = admin.request("DELETE", f"/sections/{section}/crosslist", data=left)
        assert (asked.status_code, asked.json()["course_id"]) == (200, history)

    def test_rows_leave_the_origin_and_untouched_ones_are_in_the_target(
        self, classes: Classes, an_assignment: Make, grade: Make, students: list[int]
    ) -> None:
        admin, algebra, section = classes.admin, classes.algebra, classes.section
        quiz = an_assignment()
        grade(quiz, students[0], posted_grade="9")
        target = admin.post("/accounts/1/courses", data={"course[name]": "Third"}).json()["id"]
        wanted = {"assignment": {"name": "Essay", "points_possible": 10, "published": True}}
        essay = admin.post(f"/courses/{target}/assignments", json=wanted).json()
        old = f"/courses/{algebra}/assignments/{quiz['id']}/submissions"
        new = f"/courses/{target}/assignments/{essay['id']}/submissions"
        admin.post(f"/sections/{section}/crosslist/{target}")
        assert admin.get(old).json() == []
        assert admin.get(f"{old}/{students[0]}").status_code == 404
        everything = f"/courses/{algebra}/students/submissions?student_ids[]=all"
        assert admin.get(everything).json() == []
        row = admin.get(f"{new}/{students[0]}").json()
        assert (row["workflow_state"], row["score"], row["grade"]) == ("unsubmitted", None, None)
        admin.delete(f"/sections/{section}/crosslist")
        assert admin.get(f"{old}/{students[0]}").json()["score"] == 9.0
        assert admin.get(f"{new}/{students[0]}").status_code == 404

    def test_a_student_of_two_sections_keeps_the_rows_of_the_origin(
        self, classes: Classes, an_assignment: Make, grade: Make, students: list[int]
    ) -> None:
        admin, algebra, section = classes.admin, classes.algebra, classes.section
        quiz = an_assignment()
        other = admin.post(f"/courses/{algebra}/sections", data={"course_section[name]": "Extra"}).json()
        wanted = {"enrollment": {"user_id": students[0], "enrollment_state": "active"}}
        admin.post(f"/sections/{other['id']}/enrollments", json=wanted)
        grade(quiz, students[0], posted_grade="9")
        admin.post(f"/sections/{section}/crosslist/{classes.history}")
        (row,) = admin.get(f"/courses/{algebra}/assignments/{quiz['id']}/submissions").json()
        assert (row["user_id"], row["score"]) == (students[0], 9.0)

    def test_the_assignments_of_both_courses_look_changed(
        self, admin: TestClient, clock: VirtualClock, history: int, section: int, an_assignment: Make
    ) -> None:
        quiz = an_assignment()
        clock.advance(timedelta(hours=1))
        admin.post(f"/sections/{section}/crosslist/{history}")
        after = admin.get(f"/courses/{quiz['course_id']}/assignments/{quiz['id']}").json()
        assert after["updated_at"] > quiz["updated_at"]

    def test_a_concluded_student_moves_along_concluded_at_the_same_instant(
        self, classes: Classes, clock: VirtualClock, students: list[int]
    ) -> None:
        store, algebra = classes.store, classes.algebra
        place = next(each for each in store.enrollments_of(algebra) if each.user_id == students[0])
        classes.admin.delete(f"/courses/{algebra}/enrollments/{place.id}")
        ended = store.enrollments[place.id].completed_at
        clock.advance(timedelta(hours=1))
        classes.cross_list()
        moved = store.enrollments[place.id]
        assert (moved.course_id, moved.workflow_state) == (classes.history, "completed")
        assert moved.completed_at == ended
        assert moved.updated_at > place.updated_at

    def test_work_set_after_a_student_left_stays_out_of_the_total_however_the_section_moves(
        self, classes: Classes, clock: VirtualClock, an_assignment: Make, grade: Make, students: list[int]
    ) -> None:
        admin, algebra = classes.admin, classes.algebra
        grade(an_assignment(), students[0], posted_grade="9")
        (place,) = enrollments(admin, algebra, user_id=students[0])
        admin.delete(f"/courses/{algebra}/enrollments/{place['id']}")
        clock.advance(timedelta(hours=1))
        an_assignment(name="Quiz 2")
        clock.advance(timedelta(hours=1))
        classes.cross_list()
        admin.delete(f"/sections/{classes.section}/crosslist")
        (ended,) = enrollments(admin, algebra, user_id=students[0], **{"state[]": "completed"})
        assert ended["grades"]["final_score"] == 90.0

    def test_the_sis_api_tells_the_origin_from_the_target(
        self, admin: TestClient, store: CanvasStore, algebra: int, history: int, section: int
    ) -> None:
        admin.post(f"/sections/{section}/crosslist/{history}")
        wanted = {"assignment": {"name": "Essay", "published": True, "post_to_sis": True}}
        admin.post(f"/courses/{history}/assignments", json=wanted)
        url = f"http://canvas.test/api/sis/courses/{history}/assignments"
        (item,) = admin.get(url).json()
        told = {each["id"]: each for each in item["sections"]}
        guid = store.courses[algebra].sis_course_id
        assert (told[section]["origin_course"]["id"], told[section]["origin_course"]["sis_id"]) == (
            algebra,
            guid,
        )
        assert told[section]["xlist_course"]["id"] == history
        at_home = next(each for each in store.sections_of(history) if each.nonxlist_course_id is None)
        assert "xlist_course" not in told[at_home.id]
        assert told[at_home.id]["origin_course"]["id"] == history


def test_a_section_that_moves_leaves_its_own_dates_behind_for_good(
    classes: Classes, an_assignment: Make
) -> None:
    quiz = an_assignment()
    overrides = f"/courses/{classes.algebra}/assignments/{quiz['id']}/overrides"
    dates = {"course_section_id": classes.section, "due_at": "2026-10-01T20:00:00Z"}
    assert classes.admin.post(overrides, json={"assignment_override": dates}).status_code == 201
    classes.cross_list()
    assert classes.admin.get(overrides).json() == []
    classes.admin.delete(f"/sections/{classes.section}/crosslist")
    assert classes.admin.get(overrides).json() == []
