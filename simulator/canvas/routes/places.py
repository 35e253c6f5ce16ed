"""Enrollments as one call sees them, with the totals of students.

What lives here: how a page of them is written; what is the same for a whole course is looked up once. What
must never be here: which enrollments are on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from simulator.canvas.class_book import ClassBook
from simulator.canvas.model import Course, Enrollment, GradingPeriod
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.lookup import teaches
from simulator.canvas.rules.courses import state_shown
from simulator.canvas.rules.standing import STUDENT_TYPES
from simulator.canvas.rules.totals import FourTotals, Total, Totals
from simulator.canvas.views.people import Grades, Place, enrollment_json

ShowPlace: TypeAlias = Callable[[Enrollment], dict[str, Any]]
"""Writes one enrollment."""
TotalsOf: TypeAlias = Callable[[int], Totals]
"""The totals of the user with this id."""

_NO_TOTAL = Total(score=None, points=None)
_NO_TOTALS = FourTotals(_NO_TOTAL, _NO_TOTAL, _NO_TOTAL, _NO_TOTAL)


def shows_places(call: Call, *, period_id: int | None = None, names_user: bool = True) -> ShowPlace:
    """How this call sees enrollments, whichever courses they are in."""
    totals_in: dict[int, TotalsOf] = {}
    is_taught: dict[int, bool] = {}
    store = call.store

    def show(enrollment: Enrollment) -> dict[str, Any]:
        course, section = store.courses[enrollment.course_id], store.sections[enrollment.section_id]
        grades = None
        if enrollment.type in STUDENT_TYPES:
            if course.id not in totals_in:
                totals_in[course.id] = totals_in_course(call, course)
                is_taught[course.id] = teaches(call, course)
            totals = of_period(totals_in[course.id](enrollment.user_id), period_id)
            grades = Grades(
                totals,
                period_id,
                has_points="current_points" in call.includes,
                is_own=not is_taught[course.id],
                is_hidden=course.hide_final_grades,
            )
        state = state_shown(enrollment, course)
        place = Place(enrollment, state, store.users[enrollment.user_id], course, section, grades)
        return enrollment_json(
            place,
            base=call.base,
            zone=store.zone,
            names_user=names_user,
            has_import_id=call.actor.is_admin,
        )

    return show


def totals_in_course(call: Call, course: Course) -> TotalsOf:
    """How this call gets the totals of the students of a course."""
    return ClassBook(call.store, course).totals_of


def of_period(totals: Totals, period_id: int | None) -> FourTotals:
    """The totals of a grading period, or of the whole course; in a period of other courses there are none."""
    return totals.course if period_id is None else totals.periods.get(period_id, _NO_TOTALS)


def current_period(call: Call, course: Course) -> GradingPeriod | None:
    """The grading period of a course that goes on now."""
    periods = call.store.grading_periods.of_courses(course.term_id)
    return next((each for each in periods if each.starts_at < call.now <= each.ends_at), None)
