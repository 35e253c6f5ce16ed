"""Enrollments as one call sees them, with the totals of students.

What lives here: how a page of them is written; what is the same for a whole course is looked up once. What
must never be here: which enrollments are on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from simulator.canvas.model import Course, Enrollment, GradingPeriod
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.lookup import teaches
from simulator.canvas.rules.class_totals import setup_of, student_totals
from simulator.canvas.rules.courses import state_shown
from simulator.canvas.rules.post_policy import is_muted
from simulator.canvas.rules.standing import STUDENT_TYPES
from simulator.canvas.rules.totals import FourTotals, Total, Totals, TotalsPolicy
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
        return enrollment_json(place, base=call.base, zone=store.zone, names_user=names_user)

    return show


def totals_in_course(call: Call, course: Course) -> TotalsOf:
    """How this call gets the totals of the students of a course."""
    store, profile = call.store, call.store.profile
    periods = store.grading_periods
    setup = setup_of(
        course, store.groups_of(course.id), periods.in_use(course.term_id), periods.of_courses(course.term_id)
    )
    assignments = store.assignments_of(course.id)
    assignees = {each.id: store.assignees(each) for each in assignments}
    policy = TotalsPolicy(
        hidden_excuse=profile.canvas_hidden_excuse,
        twin_dropped=profile.canvas_twin_dropped,
        ignores_unposted_anonymous=profile.canvas_ignores_unposted_anonymous,
    )
    anonymous = frozenset(
        each.id for each in assignments if each.anonymous_grading and is_muted(store.present_rows(each))
    )

    def totals_of(user_id: int) -> Totals:
        return student_totals(
            setup,
            assignments,
            {each.id: row for each in assignments if (row := store.submissions.get((each.id, user_id)))},
            [each for each in store.enrollments.where(user=user_id) if each.course_id == course.id],
            assigned={each.id: assignees[each.id].assigned(user_id) for each in assignments},
            policy=policy,
            unposted_anonymous=anonymous,
        )

    return totals_of


def of_period(totals: Totals, period_id: int | None) -> FourTotals:
    """The totals of a grading period, or of the whole course; in a period of other courses there are none."""
    return totals.course if period_id is None else totals.periods.get(period_id, _NO_TOTALS)


def current_period(call: Call, course: Course) -> GradingPeriod | None:
    """The grading period of a course that goes on now."""
    periods = call.store.grading_periods.of_courses(course.term_id)
    return next((each for each in periods if each.starts_at < call.now <= each.ends_at), None)
