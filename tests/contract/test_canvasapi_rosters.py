"""`canvasapi` reads and changes courses, sections, enrollments, users, terms and grading periods.

Every call of these families that a grade passback, or whoever sets one up, makes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from canvasapi.exceptions import (
    BadRequest,
    Forbidden,
    ResourceDoesNotExist,
    UnprocessableEntity,
)
from requests import JSONDecodeError

from simulator.profiles import KHSD
from simulator.testing.world import WorldInTest
from tests.contract.their_canvas import Theirs, the_course, the_students, their_canvas


@pytest.fixture
def canvas(world: WorldInTest) -> Iterator[Theirs]:
    """The administrator's client."""
    with their_canvas(world) as client:
        yield client


@pytest.fixture
def teachers(world: WorldInTest) -> Iterator[Theirs]:
    """The client of the teacher of Algebra and of cross-listed World History."""
    with their_canvas(world, world.canvas.teacher_token) as client:
        yield client


@pytest.fixture
def account(canvas: Theirs) -> Theirs:
    return canvas.get_account(1)


class TestCourses:
    def test_one_is_found_by_its_id_and_by_its_sis_id(self, canvas: Theirs, world: WorldInTest) -> None:
        course = the_course(canvas, world)
        assert canvas.get_course(course.id).sis_course_id == world.school.courses[0].guid
        assert course.created_at_date == datetime.fromisoformat(course.created_at)
        with pytest.raises(ResourceDoesNotExist):
            canvas.get_course("nobody's", use_sis_id=True)

    def test_one_is_made_changed_concluded_and_deleted(self, canvas: Theirs, account: Theirs) -> None:
        made = account.create_course(
            course={
                "name": "Art",
                "course_code": "ART",
                "sis_course_id": "A/1",
                "start_at": "2026-09-01",
            },
            offer=True,
        )
        assert (made.workflow_state, made.start_at) == ("available", "2026-09-01T07:00:00Z")
        assert canvas.get_course("A%2F1", use_sis_id=True).id == made.id
        renamed = made.update(course={"name": "Fine Art", "apply_assignment_group_weights": True})
        assert (renamed, made.name, made.apply_assignment_group_weights) == ("Fine Art", "Fine Art", True)
        assert made.conclude() is True
        assert canvas.get_course(made.id).workflow_state == "completed"
        assert made.delete() is True
        with pytest.raises(ResourceDoesNotExist):
            canvas.get_course(made.id)
        with pytest.raises(BadRequest, match="already in use"):
            account.create_course(course={"name": "Art", "sis_course_id": "A/1"})

    def test_the_account_and_the_teacher_list_theirs(self, account: Theirs, teachers: Theirs) -> None:
        assert {each.course_code for each in account.get_courses()} == {"ALG1", "BIO1", "WHIST"}
        assert [each.course_code for each in teachers.get_courses(enrollment_type="teacher")] == [
            "ALG1",
            "WHIST",
        ]
        with pytest.raises(Forbidden):
            list(teachers.get_account(1).get_courses())

    def test_settings_are_read_and_changed(self, canvas: Theirs, world: WorldInTest) -> None:
        course = the_course(canvas, world)
        assert course.get_settings()["hide_final_grades"] is False
        assert course.update_settings(hide_final_grades=True)["hide_final_grades"] is True
        assert course.get_settings()["hide_final_grades"] is True


class TestSections:
    def test_they_are_listed_found_made_changed_and_deleted(self, canvas: Theirs, world: WorldInTest) -> None:
        course, guid = the_course(canvas, world), world.school.courses[0].sections[0].guid
        (section,) = course.get_sections(include=["students", "total_students"])
        assert (section.sis_section_id, section.total_students) == (guid, len(section.students))
        assert canvas.get_section(guid, use_sis_id=True).id == section.id
        assert course.get_section(section.id).nonxlist_course_id is None
        extra = course.create_course_section(course_section={"name": "Extra", "sis_section_id": "X-1"})
        extra.edit(course_section={"name": "Spare"})
        assert (extra.name, canvas.get_section(extra.id).name) == ("Spare", "Spare")
        assert extra.delete().id == extra.id
        with pytest.raises(ResourceDoesNotExist):
            canvas.get_section(extra.id)
        with pytest.raises(BadRequest, match="You can't delete a section that has enrollments"):
            section.delete()

    def test_one_is_cross_listed_and_sent_home(self, canvas: Theirs, world: WorldInTest) -> None:
        algebra, history = the_course(canvas, world), the_course(canvas, world, 2)
        (section,) = algebra.get_sections()
        before = {each.id for each in section.get_enrollments()}
        moved = section.cross_list_section(history)
        assert (moved.course_id, moved.nonxlist_course_id) == (history.id, algebra.id)
        assert list(algebra.get_enrollments()) == []
        assert {each.id for each in moved.get_enrollments()} == before
        home = moved.decross_list_section()
        assert (home.course_id, home.nonxlist_course_id) == (algebra.id, None)
        with pytest.raises(BadRequest, match="section is not cross-listed"):
            home.decross_list_section()
        with pytest.raises(ResourceDoesNotExist):
            section.cross_list_section(999)


class TestEnrollments:
    def test_they_are_listed_of_a_course_a_section_and_a_user(
        self, canvas: Theirs, teachers: Theirs, world: WorldInTest
    ) -> None:
        course = the_course(canvas, world)
        students = list(course.get_enrollments(type=["StudentEnrollment"]))
        assert len(students) == 30
        assert students[0].grades["current_score"] is None
        assert students[0].user["sis_user_id"] == students[0].sis_user_id
        (section,) = course.get_sections()
        everybody = {each.id for each in section.get_enrollments()}
        assert {each.id for each in students} < everybody
        user = canvas.get_user(students[0].sis_user_id, "sis_user_id")
        assert students[0].id in {each.id for each in user.get_enrollments()}
        assert {each.type for each in teachers.get_current_user().get_enrollments()} == {"TeacherEnrollment"}
        with pytest.raises(BadRequest, match="invalid grading_period_id"):
            list(course.get_enrollments(grading_period_id=77))
        with pytest.raises(Forbidden):
            list(teachers.get_user(user.id).get_enrollments())

    def test_one_is_made_and_ended_in_every_way(
        self, canvas: Theirs, account: Theirs, world: WorldInTest
    ) -> None:
        course = the_course(canvas, world)
        user = account.create_user({"unique_id": "pat"}, user={"name": "Pat Doe"})
        wanted = {"type": "StudentEnrollment", "enrollment_state": "active"}
        place = course.enroll_user(user, enrollment=wanted)
        assert (place.enrollment_state, place.sis_user_id, place.course_id) == ("active", None, course.id)
        assert place.deactivate("inactivate").enrollment_state == "inactive"
        assert place.reactivate().enrollment_state == "active"
        with pytest.raises(BadRequest, match="enrollment not inactive"):
            place.reactivate()
        assert place.deactivate("conclude").enrollment_state == "completed"
        assert place.deactivate("delete").enrollment_state == "deleted"
        with pytest.raises(ResourceDoesNotExist):
            place.deactivate("delete")
        section = course.create_course_section(course_section={"name": "Extra"})
        assert section.enroll_user(user).course_section_id == section.id
        with pytest.raises(BadRequest, match="Invalid type"):
            course.enroll_user(user, enrollment={"type": "PandaEnrollment"})


class TestUsers:
    def test_they_are_found_in_a_course_and_in_the_account(
        self, canvas: Theirs, account: Theirs, world: WorldInTest
    ) -> None:
        course, student = the_course(canvas, world), world.school.courses[0].students[0]
        assert len(the_students(course)) == 30
        (found,) = course.get_users(search_term=student.name, include=["email", "enrollments"])
        assert (found.sis_user_id, found.email) == (student.guid, student.email)
        assert course.get_user(found.id).name == student.name
        assert course.get_user(student.guid, "sis_user_id").id == found.id
        assert canvas.get_user(student.email, "sis_login_id").id == found.id
        assert canvas.get_current_user().name == "Canvas Administrator"
        assert student.guid in {each.sis_user_id for each in account.get_users()}
        for whose in (canvas, course):
            with pytest.raises(ResourceDoesNotExist):
                whose.get_user(999)

    def test_one_is_made_once(self, account: Theirs) -> None:
        made = account.create_user({"unique_id": "pat", "sis_user_id": "P-1"}, user={"name": "Pat Doe"})
        assert (made.sis_user_id, made.sortable_name) == ("P-1", "Doe, Pat")
        with pytest.raises(BadRequest, match="already in use"):
            account.create_user({"unique_id": "pat"})


class TestTheAccount:
    def test_terms_are_listed_and_made(self, account: Theirs) -> None:
        (default,) = account.get_enrollment_terms()
        assert (default.id, default.name) == (1, "Default Term")
        made = account.create_enrollment_term(
            enrollment_term={
                "name": "Spring",
                "sis_term_id": "SP",
                "start_at": datetime(2027, 1, 5, tzinfo=UTC),
            }
        )
        assert made.start_at == "2027-01-05T00:00:00Z"
        assert account.get_enrollment_term(made.id).sis_term_id == "SP"
        assert [each.name for each in account.get_enrollment_terms()] == ["Spring", "Default Term"]
        with pytest.raises(BadRequest, match="already in use"):
            account.create_enrollment_term(enrollment_term={"sis_term_id": "SP"})
        with pytest.raises(ResourceDoesNotExist):
            account.get_enrollment_term(77)

    def test_sis_imports_are_switched_off(self, account: Theirs, world: WorldInTest) -> None:
        attachment = StringIO("user_id,login_id\n")
        attachment.name = "users.csv"
        with pytest.raises(Forbidden, match="SIS imports are not enabled for this account"):
            account.create_sis_import(attachment)
        assert world.journal.exchanges()[-1].simulated is False

    def test_another_account_is_not_there(self, canvas: Theirs) -> None:
        assert [each.id for each in canvas.get_accounts()] == [1]
        with pytest.raises(ResourceDoesNotExist):
            canvas.get_account(2)
        with pytest.raises(ResourceDoesNotExist):
            canvas.get_account("A-1", use_sis_id=True)


AUTUMN = {
    "title": "Autumn",
    "start_date": datetime(2026, 8, 1, tzinfo=UTC).isoformat(),
    "end_date": datetime(2026, 10, 31, tzinfo=UTC).isoformat(),
}


def make_a_period(canvas: Theirs) -> None:
    """Two requests that no method of `canvasapi` sends."""
    requester = canvas._Canvas__requester
    wanted = [("grading_period_set[title]", "Year"), ("enrollment_term_ids[]", 1)]
    made = requester.request("POST", "accounts/1/grading_period_sets", _kwargs=wanted)
    number = made.json()["grading_period_set"]["id"]
    fields = [(f"grading_periods[][{name}]", text) for name, text in AUTUMN.items()]
    requester.request("PATCH", f"grading_period_sets/{number}/grading_periods/batch_update", _kwargs=fields)


class TestGradingPeriods:
    def test_they_are_read_with_ids_that_are_texts(
        self, canvas: Theirs, account: Theirs, world: WorldInTest
    ) -> None:
        make_a_period(canvas)
        course = the_course(canvas, world)
        (period,) = course.get_grading_periods()
        assert (period.title, period.id, period.course_id) == ("Autumn", str(int(period.id)), course.id)
        assert course.get_grading_period(period.id).start_date == "2026-08-01T00:00:00Z"
        assert [each.id for each in account.get_grading_periods()] == [period.id]
        with pytest.raises(ResourceDoesNotExist):
            course.get_grading_period(77)
        with pytest.raises(ResourceDoesNotExist):
            period.delete()
        with pytest.raises(JSONDecodeError):
            account.delete_grading_period(period.id)  # done, and Canvas's 204 has no JSON in it
        assert list(course.get_grading_periods()) == []

    def test_where_a_course_changes_the_accounts_they_are_changed_and_deleted(
        self, new_world: Callable[..., WorldInTest]
    ) -> None:
        world = new_world(profile=replace(KHSD, canvas_course_period_edits="administrators"))
        with their_canvas(world) as canvas:
            make_a_period(canvas)
            (period,) = the_course(canvas, world).get_grading_periods()
            # A list of two hashes with different keys arrives as one merged hash.
            dates = {"start_date": "2026-08-10T00:00:00Z", "end_date": "2026-10-20T00:00:00Z"}
            changed = period.update([dates, {"title": "Fall", "weight": 40}])
            assert (changed.title, changed.start_date, changed.weight) == ("Fall", dates["start_date"], 40.0)
            with pytest.raises(UnprocessableEntity, match="must be after start date"):
                period.update([{"start_date": dates["end_date"], "end_date": dates["start_date"]}])
            assert period.delete() == 204
            with pytest.raises(ResourceDoesNotExist):
                period.delete()
