"""The night: what Canvas makes of Synergy's roster, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from simulator.canvas import enrolling
from simulator.canvas.model import Enrollment
from simulator.canvas.rules.standing import students_seen
from simulator.journal import Happening
from simulator.profiles import KHSD
from simulator.synergy import office
from simulator.synergy.model import ClassSection, Member
from simulator.synergy.office import NewClass, NewStudent
from simulator.world import World, build_world
from simulator.world_file import world_as_text, world_from_text


def a_world(**switches: Any) -> World:  # noqa: ANN401 - any switch
    return build_world(7, profile=replace(KHSD, **switches))


def night(world: World) -> str:
    """Let a day pass; what the feed brought."""
    world.advance(timedelta(days=1))
    told = [each for each in world.journal.entries if isinstance(each, Happening)]
    return next(each.words for each in reversed(told) if each.what == "roster feed")


def section_of(world: World, number: str) -> ClassSection:
    return next(each for each in world.synergy.classes.values() if each.number == number)


def first_of(world: World, number: str) -> Member:
    return world.synergy.students_in(section_of(world, number).guid)[0]


def seats(world: World, student: Member, number: str) -> list[Enrollment]:
    """The student's enrollments in the Canvas section of a class, in whatever state."""
    section = world.canvas.sections.first(sis=section_of(world, number).guid)
    user = world.canvas.users.first(sis=student.guid)
    assert section is not None
    enrollments = world.canvas.enrollments.where(section=section.id)
    return [each for each in enrollments if user is not None and each.user_id == user.id]


def states(world: World, student: Member, number: str) -> list[str]:
    return [each.workflow_state for each in seats(world, student, number)]


def move(world: World, student: Member, old: str, new: str) -> None:
    office.move(world.synergy, student, old=section_of(world, old), new=section_of(world, new))


def admit(world: World) -> Member:
    return office.admit(world.synergy, NewStudent("Ada", "Newcomer", "10", world.school.guid))


def open_class(world: World, number: str = "WHIST-06") -> ClassSection:
    sister = section_of(world, "WHIST-02")
    course = world.synergy.courses[sister.course_guid]
    teacher = world.synergy.members[sister.teacher_guid]
    return office.open_class(world.synergy, NewClass(number, f"{course.name} - {number}", course, teacher))


def test_a_quiet_night_brings_nothing_and_cites_no_rule() -> None:
    world = a_world()
    before = world.canvas.freeze().tables
    assert night(world) == "Nothing changed in Synergy's roster"
    assert world.journal.marks() == ()
    assert all(world.canvas.freeze().tables[name].rows == each.rows for name, each in before.items())


def test_a_move_is_one_and_keeps_the_student_and_the_grades_of_the_course() -> None:
    world = a_world()
    student = first_of(world, "WHIST-02")
    move(world, student, "WHIST-02", "WHIST-04")
    assert states(world, student, "WHIST-02") == ["active"]
    assert night(world) == "Synergy's roster brought 1 move between sections"
    assert (states(world, student, "WHIST-02"), states(world, student, "WHIST-04")) == (
        ["deleted"],
        ["active"],
    )
    (seat,) = seats(world, student, "WHIST-04")
    assert seat.user_id in students_seen(world.canvas.enrollments_of(seat.course_id))
    (mark,) = world.journal.marks()
    assert (mark.rule, mark.outcome) == ("ROSTER-REVERSE-NIGHTLY", "upheld")


@pytest.mark.parametrize("state", ["deleted", "completed", "inactive"])
def test_how_an_enrollment_ends_is_the_profiles(state: str) -> None:
    world = a_world(roster_ended_enrollment=state)
    student = first_of(world, "BIO1-03")
    office.leave_school(world.synergy, student)
    night(world)
    assert states(world, student, "BIO1-03") == [state]
    assert night(world) == "Nothing changed in Synergy's roster"


@pytest.mark.parametrize("state", ["deleted", "completed", "inactive"])
def test_whoever_comes_back_gets_the_enrollment_back(state: str) -> None:
    world = a_world(roster_ended_enrollment=state)
    student, section = first_of(world, "BIO1-03"), section_of(world, "BIO1-03")
    office.leave(world.synergy, section, student)
    night(world)
    office.join(world.synergy, section, student)
    night(world)
    assert states(world, student, "BIO1-03") == ["active"]


def test_a_new_student_gets_a_user_and_a_place() -> None:
    world = a_world()
    ada = admit(world)
    office.join(world.synergy, section_of(world, "BIO1-03"), ada)
    assert night(world) == "Synergy's roster brought 1 new person, 1 new enrollment"
    user = world.canvas.users.first(sis=ada.guid)
    assert user is not None
    assert (user.name, user.sortable_name, user.login_id) == ("Ada Newcomer", "Newcomer, Ada", ada.email)
    assert [each.from_sis for each in seats(world, ada, "BIO1-03")] == [True]


def test_a_new_section_comes_into_its_course_with_teacher_and_test_student() -> None:
    world = a_world()
    opened = open_class(world)
    night(world)
    section = world.canvas.sections.first(sis=opened.guid)
    course = world.canvas.courses.first(sis=opened.course_guid)
    assert section is not None
    assert course is not None
    assert section.course_id == course.id
    kinds = [each.type for each in world.canvas.enrollments_of(course.id, section.id)]
    assert sorted(kinds) == ["StudentViewEnrollment", "TeacherEnrollment"]


def test_a_new_section_gets_a_course_of_its_own_where_the_district_rosters_so() -> None:
    world = a_world(roster_new_section="own_course")
    opened = open_class(world)
    night(world)
    course = world.canvas.courses.first(sis=opened.guid)
    assert course is not None
    assert (course.workflow_state, course.name) == ("unpublished", opened.name)
    assert [each.sis_section_id for each in world.canvas.sections_of(course.id)] == [opened.guid]
    assert [each.name for each in world.canvas.groups_of(course.id)] == ["Assignments"]


def test_what_was_enrolled_by_hand_stays() -> None:
    world = a_world()
    world.canvas.add_user(name="Guest", login_id="guest", sis_user_id=None)
    guest = world.canvas.users.first(login="guest")
    section = world.canvas.sections.first(sis=section_of(world, "BIO1-03").guid)
    assert guest is not None
    assert section is not None
    seat = enrolling.enroll(world.canvas, guest.id, section, kind="StudentEnrollment", state="active")
    admit(world)
    night(world)
    assert world.canvas.enrollments[seat.id].workflow_state == "active"


def test_whoever_was_enrolled_by_hand_ahead_of_synergy_becomes_the_rosters() -> None:
    world = a_world()
    here = {each.guid for each in world.synergy.students_in(section_of(world, "BIO1-03").guid)}
    student = next(
        each for each in world.synergy.members.values() if each.role == "student" and each.guid not in here
    )
    user = world.canvas.users.first(sis=student.guid)
    section = world.canvas.sections.first(sis=section_of(world, "BIO1-03").guid)
    assert user is not None
    assert section is not None
    enrolling.enroll(world.canvas, user.id, section, kind="StudentEnrollment", state="active")
    office.join(world.synergy, section_of(world, "BIO1-03"), student)
    night(world)
    office.leave(world.synergy, section_of(world, "BIO1-03"), student)
    night(world)
    assert states(world, student, "BIO1-03") == ["deleted"]


def test_what_an_administrator_changed_stands_while_the_roster_does_not_change() -> None:
    world = a_world()
    student = first_of(world, "BIO1-03")
    (seat,) = seats(world, student, "BIO1-03")
    enrolling.set_state(world.canvas, seat, "deleted")
    night(world)
    assert states(world, student, "BIO1-03") == ["deleted"]
    admit(world)
    night(world)
    assert states(world, student, "BIO1-03") == ["active"]


def test_a_section_that_was_cross_listed_stays_where_it_was_put() -> None:
    world = a_world()
    section = world.canvas.sections.first(sis=section_of(world, "ALG1-01").guid)
    biology = world.canvas.courses.first(sis=section_of(world, "BIO1-03").course_guid)
    assert section is not None
    assert biology is not None
    world.canvas.sections.put(replace(section, course_id=biology.id, nonxlist_course_id=section.course_id))
    ada = admit(world)
    office.join(world.synergy, section_of(world, "ALG1-01"), ada)
    night(world)
    assert [each.course_id for each in seats(world, ada, "ALG1-01")] == [biology.id]


def test_the_version_that_canvas_has_is_part_of_a_snapshot_and_of_a_file() -> None:
    world = a_world()
    student = first_of(world, "WHIST-02")
    move(world, student, "WHIST-02", "WHIST-04")
    world.snapshot("evening")
    night(world)
    world.restore("evening")
    assert states(world, student, "WHIST-04") == []
    copy = world_from_text(world_as_text(world), name="copy")
    for each in (world, copy):
        assert night(each) == "Synergy's roster brought 1 move between sections"
        assert each.canvas.roster_version == each.synergy.roster_version == 2


def test_a_period_that_the_office_opened_again_stays_open() -> None:
    world = a_world()
    world.advance(timedelta(days=13))
    period = next(each for each in world.synergy.grading_periods() if each.is_closed)
    assert period.name == "Progress 1"
    office.set_period_closed(world.synergy, period, closed=False)
    world.advance(timedelta(days=10))
    assert not any(each.is_closed for each in world.synergy.grading_periods())
