"""Finds what a path names, if this actor may have it.

What is not there is 404; what is there, but another teacher's, is denied.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from simulator.canvas import errors
from simulator.canvas.model import (
    ROOT_ACCOUNT_ID,
    TERM_ID,
    Assignment,
    AssignmentGroup,
    Course,
    GradingPeriod,
    GradingPeriodSet,
    Section,
    Term,
    User,
)
from simulator.canvas.params import Locator, as_integer, locate
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.slashes import with_slashes
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.grading_periods import is_closed
from simulator.canvas.rules.records import taken
from simulator.canvas.rules.standing import (
    ATTENDING_STATES,
    may_read,
    may_teach,
    students_among,
    students_seen,
)
from simulator.state import Table

Record = TypeVar("Record", Course, Section)

_ROOT_ACCOUNT = frozenset({"self", "default", str(ROOT_ACCOUNT_ID)})


def denied(call: Call) -> errors.CanvasError:
    """The refusal of this profile."""
    return errors.denied(call.store.profile.canvas_denied_status)


def course_named(call: Call, text: str, *, deleted_too: bool = False) -> Course:
    """The course of a path or a parameter; a deleted one is not there for most."""
    course = call.store.course_at(_locator(text), deleted_too=deleted_too)
    if course is None:
        raise errors.not_found()
    return may_change(call, course)


def course_to_read(call: Call, text: str) -> tuple[Course, int | None]:
    """The course of a path, for its students to read too, and which of them asks; None for its teachers."""
    course = call.store.course_at(_locator(text))
    if course is None:
        raise errors.not_found()
    enrollments = call.store.enrollments_of(course.id)
    if may_teach(call.actor, course, enrollments):
        return course, None
    if may_read(call.actor, course, enrollments):
        return course, call.actor.user_id
    raise denied(call)


def course_attended(call: Call, text: str) -> Course:
    """The course of a path, for its students too, to hand in and to see their own rows."""
    course = call.store.course_at(_locator(text))
    if course is None:
        raise errors.not_found()
    return _attended(call, course)


def section_attended(call: Call, text: str) -> tuple[Course, Section]:
    """The section of a path with its course, for the students of the course too."""
    section = call.store.section_at(_locator(text))
    course = None if section is None else call.store.course_at(Locator("id", section.course_id))
    if section is None or course is None:
        raise errors.not_found()
    return _attended(call, course), section


def teaches(call: Call, course: Course) -> bool:
    """Whether the caller may see and grade everybody's work in the course."""
    return may_teach(call.actor, course, call.store.enrollments_of(course.id))


def section_named(call: Call, text: str) -> tuple[Course, Section]:
    """The section of a path, with its course."""
    section = call.store.section_at(_locator(text))
    course = None if section is None else call.store.course_at(Locator("id", section.course_id))
    if section is None or course is None:
        raise errors.not_found()
    return may_change(call, course), section


def section_of_course(call: Call, course: Course, text: str) -> Section:
    """A section, if it is one of this course."""
    section = call.store.section_at(_locator(text))
    if section is None or section.course_id != course.id:
        raise errors.not_found()
    return section


def term_named(call: Call, text: str) -> Term:
    """The term of a path or a parameter."""
    term = call.store.terms.at(_locator(text))
    if term is None:
        raise errors.not_found()
    return term


def user_named(call: Call, text: str) -> User:
    """The user of a path; `self` is the token's owner. Whether they may be seen is the endpoint's to ask."""
    located = Locator("id", call.actor.user_id) if text == "self" else _locator(text)
    user = call.store.user_at(located)
    if user is None:
        raise errors.not_found()
    return user


def group_of_course(call: Call, course: Course, text: str) -> AssignmentGroup:
    """An assignment group of this course that is not deleted."""
    group = call.store.groups.get(as_integer(text) or 0)
    if group is None or group.course_id != course.id or group.is_deleted:
        raise errors.not_found()
    return group


def assignment_of_course(call: Call, course: Course, text: str, *, deleted_too: bool = False) -> Assignment:
    """An assignment of this course; a deleted one is not there for most."""
    assignment = call.store.assignment_at(_locator(text))
    if assignment is None or assignment.course_id != course.id or (assignment.is_deleted and not deleted_too):
        raise errors.not_found()
    return assignment


def period_of_courses(call: Call, text: str, term_id: int = TERM_ID) -> GradingPeriod:
    """A grading period that the courses of a term have."""
    number = as_integer(text)
    periods = call.store.grading_periods.of_courses(term_id)
    found = next((each for each in periods if each.id == number), None)
    if found is None:
        raise errors.not_found()
    return found


def period_set_named(call: Call, text: str) -> GradingPeriodSet:
    """A set of grading periods, for those who administer the account."""
    found = call.store.grading_periods.set_with(as_integer(text) or 0)
    if found is None:
        raise errors.not_found()
    if not call.actor.is_admin:
        raise denied(call)
    return found


def is_closed_to(call: Call, assignment: Assignment, user_id: int | None = None) -> bool:
    """Whether the grading period of a student's work is closed, or of anybody's, and not to the caller."""
    if call.actor.is_admin:
        return False
    if user_id is None:
        return is_in_closed_period(call, assignment)
    due_at = call.store.assignees(assignment).due_at_for(user_id)
    return is_closed_at(call, assignment.course_id, due_at)


def is_in_closed_period(call: Call, assignment: Assignment) -> bool:
    """Whether an assignment is due in a closed grading period for anybody."""
    if not call.store.grading_periods.of_courses(call.store.courses[assignment.course_id].term_id):
        return False
    assignees = call.store.assignees(assignment)
    enrollments = () if assignees.are_all_alike else call.store.enrollments_of(assignment.course_id)
    dates = assignees.dates_among(students_seen(enrollments))
    return any(is_closed_at(call, assignment.course_id, each) for each in dates)


def is_closed_at(call: Call, course_id: int, due_at: datetime | None) -> bool:
    """Whether the grading period of a course's work that is due then is closed."""
    periods = call.store.grading_periods.of_courses(call.store.courses[course_id].term_id)
    period_id = period_id_at(due_at, periods)
    return any(each.id == period_id and is_closed(each, call.now) for each in periods)


def own_account(call: Call, text: str) -> None:
    """Check that a path names the one account there is, and that the caller administers it.

    A root account has no SIS id, so none of the ways to name one finds it.
    """
    if text not in _ROOT_ACCOUNT:
        raise errors.not_found()
    if not call.actor.is_admin:
        raise denied(call)


def taken_ids(
    table: Table[int, Record], own_id: int, *, sis: str | None, integration: str | None
) -> list[Fault]:
    """What of a record's SIS ids another one of its kind has, or had before it was deleted."""
    wanted = (("sis_source_id", "sis", sis), ("integration_id", "integration", integration))
    return [
        taken(field, value)
        for field, index, value in wanted
        if value and any(each.id != own_id for each in table.where(**{index: value}))
    ]


def _locator(text: str) -> Locator:
    located = locate(with_slashes(text))
    if located is None:
        raise errors.not_found()
    return located


def may_change(call: Call, course: Course) -> Course:
    """The course, if the caller may see and change it.

    Raises:
        CanvasError: If they may not.
    """
    if not teaches(call, course):
        raise denied(call)
    return course


def _attended(call: Call, course: Course) -> Course:
    enrollments = call.store.enrollments_of(course.id)
    if not may_teach(call.actor, course, enrollments) and call.actor.user_id not in students_among(
        enrollments, ATTENDING_STATES
    ):
        raise denied(call)
    return course
