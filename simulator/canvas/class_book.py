"""The gradebook of one course: the totals that the server keeps, and the Total column that a teacher sees.

What lives here: looking up once what is the same for every student. What must never be here: arithmetic;
`rules.totals` has it. What bites: the two may differ, because a browser computes the column for itself, from
hidden work too and with the filters that are set.
"""

from __future__ import annotations

from simulator.canvas.model import Course
from simulator.canvas.rules.class_totals import StudentWork, setup_of, work_of
from simulator.canvas.rules.post_policy import is_muted
from simulator.canvas.rules.standing import STUDENT_TYPES
from simulator.canvas.rules.totals import (
    ColumnTotal,
    ColumnView,
    Period,
    Totals,
    TotalsPolicy,
    total_column,
    totals_of,
)
from simulator.canvas.store import CanvasStore


class ClassBook:
    """A course as its totals are computed, as it is at the moment.

    Args:
        store: The Canvas.
        course: The course.
    """

    def __init__(self, store: CanvasStore, course: Course) -> None:
        periods, profile = store.grading_periods, store.profile
        self._store = store
        self._course = course
        self._setup = setup_of(
            course,
            store.groups_of(course.id),
            periods.in_use(course.term_id),
            periods.of_courses(course.term_id),
        )
        self._assignments = store.assignments_of(course.id)
        self._assignees = {each.id: store.assignees(each) for each in self._assignments}
        self._policy = TotalsPolicy(
            hidden_excuse=profile.canvas_hidden_excuse,
            twin_dropped=profile.canvas_twin_dropped,
            ignores_unposted_anonymous=profile.canvas_ignores_unposted_anonymous,
        )
        self._unposted_anonymous = frozenset(
            each.id
            for each in self._assignments
            if each.anonymous_grading and is_muted(store.present_rows(each))
        )

    @property
    def periods(self) -> tuple[Period, ...]:
        """The grading periods that the course has."""
        return tuple(self._setup.periods)

    @property
    def period_ids(self) -> tuple[int, ...]:
        """Their ids."""
        return tuple(each.id for each in self.periods)

    def students(self, section_id: int = 0) -> tuple[int, ...]:
        """Who has a row in the gradebook, in a section or in all: present ones, by their sortable names."""
        users = self._store.users
        places = self._store.enrollments_of(self._course.id, section_id or None)
        found = {
            each.user_id
            for each in places
            if each.type in STUDENT_TYPES and each.workflow_state in ("active", "invited")
        }
        return tuple(sorted(found, key=lambda each: (users[each].sortable_name.casefold(), each)))

    def totals_of(self, user_id: int) -> Totals:
        """What the server keeps of a student."""
        work = self._work_of(user_id)
        return totals_of(work.items, self._setup, is_concluded=work.is_concluded, policy=self._policy)

    def column_of(self, user_id: int, view: ColumnView) -> ColumnTotal:
        """What the Total column shows of a student.

        Raises:
            ValueError: If the view filters by a period that the course does not have.
        """
        work = self._work_of(user_id)
        return total_column(
            work.items, self._setup, view, is_concluded=work.is_concluded, policy=self._policy
        )

    def _work_of(self, user_id: int) -> StudentWork:
        store = self._store
        return work_of(
            self._assignments,
            {
                each.id: row
                for each in self._assignments
                if (row := store.submissions.get((each.id, user_id)))
            },
            [each for each in store.enrollments.where(user=user_id) if each.course_id == self._course.id],
            assigned={each.id: self._assignees[each.id].assigned(user_id) for each in self._assignments},
            unposted_anonymous=self._unposted_anonymous,
        )
