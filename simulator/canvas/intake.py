"""Takes a roster into Canvas, as the nightly SIS import does.

What lives here: carrying out what `rules.rostering` decided. What must never be here: where the roster comes
from. What bites: a submission is a student's on an assignment, whatever the section. So a move within a
course keeps every grade, and whoever leaves the course takes them out of sight until they come back.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.canvas import enrolling
from simulator.canvas.model import Course, Section
from simulator.canvas.params import Locator
from simulator.canvas.rules import rostering
from simulator.canvas.rules.rostering import KIND_OF_ROLE, ROLE_OF_KIND, Changes, Known
from simulator.canvas.store import CanvasStore
from simulator.roster import Place, Roster, RosterClass, RosterCourse


def take_in(store: CanvasStore, roster: Roster) -> str:
    """Make Canvas's roster this one; what that changed, in a sentence, "" for nothing."""
    changes = rostering.changes_of(roster, _known(store))
    courses = {each.guid: each for each in roster.courses}
    for person in changes.people:
        store.add_user_of_roster(person)
    for each in changes.classes:
        _open_section(store, each, courses[each.course_guid])
    _carry_out(store, changes)
    store.roster_version = roster.version
    return (
        rostering.told(changes, {each.guid: each.course_guid for each in roster.classes}) if changes else ""
    )


def _known(store: CanvasStore) -> Known:
    return Known(
        people={each.sis_user_id for each in store.users.values() if each.sis_user_id},
        classes={
            each.sis_section_id
            for each in store.sections.values()
            if each.sis_section_id and not each.is_deleted
        },
        places={
            Place(section.sis_section_id, user.sis_user_id, ROLE_OF_KIND[each.type]): each
            for each in store.enrollments.values()
            if rostering.is_of_the_roster(each) and each.type in ROLE_OF_KIND
            if (section := store.sections[each.section_id]).sis_section_id is not None
            if (user := store.users[each.user_id]).sis_user_id is not None
        },
    )


def _carry_out(store: CanvasStore, changes: Changes) -> None:
    for place in changes.begin:
        section = store.section_at(Locator("sis_section_id", place.class_guid))
        user = store.user_at(Locator("sis_user_id", place.person_guid))
        assert section is not None, "a roster's places are in its classes"
        assert user is not None, "a roster's places are its people's"
        kind = KIND_OF_ROLE[place.role]
        enrollment = enrolling.enroll(store, user.id, section, kind=kind, state="active")
        store.enrollments.put(replace(enrollment, from_sis=True))
    for _place, enrollment in changes.end:
        enrolling.set_state(store, enrollment, store.profile.roster_ended_enrollment)


def _open_section(store: CanvasStore, new: RosterClass, of: RosterCourse) -> None:
    """Open a section, or open again the one of this SIS id that somebody deleted."""
    course = _course_for(store, new, of)
    gone = store.section_at(Locator("sis_section_id", new.guid), deleted_too=True)
    section = (
        store.add_section(course.id, name=new.name, sis_section_id=new.guid)
        if gone is None
        else store.sections.put(
            replace(gone, course_id=course.id, name=new.name, nonxlist_course_id=None, is_deleted=False)
        )
    )
    _seat_test_student(store, course, section)


def _course_for(store: CanvasStore, new: RosterClass, of: RosterCourse) -> Course:
    """The Canvas course that a new section belongs to, made where there is none."""
    own = store.profile.roster_new_section == "own_course"
    sis_id, code, name = (new.guid, new.number, new.name) if own else (of.guid, of.code, of.name)
    found = store.course_at(Locator("sis_course_id", sis_id))
    return found or store.add_course(name=name, code=code, sis_course_id=sis_id)


def _seat_test_student(store: CanvasStore, course: Course, section: Section) -> None:
    """A course's Test Student sits in every section of it."""
    seats = store.enrollments_of(course.id)
    seat = next((each for each in seats if each.type == "StudentViewEnrollment"), None)
    if seat is not None:
        enrolling.enroll(store, seat.user_id, section, kind=seat.type, state="active")
