"""Assignments as one call sees them: whole for graders, and for a student what is theirs and meant for them.

What lives here: which are a student's, and how one is written. What must never be here: submissions, which
show the assignment in turn (`rows`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.canvas.model import Assignment
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.lookup import is_in_closed_period
from simulator.canvas.routes.override_edits import show_dates, show_override
from simulator.canvas.rules.locking import lock_on
from simulator.canvas.rules.post_policy import is_manual, is_muted
from simulator.canvas.rules.posting import name_length_max, needs_due_date
from simulator.canvas.rules.standing import CURRENT_STATES, students_among, students_seen
from simulator.canvas.views.assignments import WorkOn, as_student_sees, assignment_json
from simulator.canvas.views.overrides import all_dates_json


def is_theirs(call: Call, assignment: Assignment, student_id: int) -> bool:
    """Whether a student reads an assignment: it is published, and they have it to do."""
    return assignment.is_published and call.store.assignees(assignment).includes(student_id)


def with_own_dates(call: Call, assignments: Iterable[Assignment], student_id: int) -> tuple[Assignment, ...]:
    """Those of these assignments that a student reads, with the dates that hold for them."""
    return tuple(
        call.store.assignees(each).assignment_for(each, student_id)
        for each in assignments
        if is_theirs(call, each, student_id)
    )


def show_assignment(call: Call, assignment: Assignment, student_id: int | None = None) -> dict[str, Any]:
    """An assignment with nothing included, as whoever grades it sees it, or as this student does."""
    store, account = call.store, call.store.account
    if student_id is not None:
        assignment = store.assignees(assignment).assignment_for(assignment, student_id)
    body = assignment_json(
        assignment,
        base=call.base,
        work=work_on(call, assignment),
        is_manual=is_manual(assignment, store.courses[assignment.course_id]),
        is_muted=is_muted(store.present_rows(assignment)),
        in_closed_period=is_in_closed_period(call, assignment),
        has_overrides=store.overrides.are_on(assignment.id),
        duplicate_of=store.assignments.get(assignment.duplicate_of_id or 0),
        due_date_required=needs_due_date(assignment, account),
        name_length_max=name_length_max(account),
    )
    if student_id is None:
        return body
    return as_student_sees(body, lock_on(assignment, call.now), store.zone)


def show_with_dates(call: Call, assignment: Assignment, student_id: int | None = None) -> dict[str, Any]:
    """An assignment with what the call wants included of its dates; whose they are is for graders alone."""
    body = show_assignment(call, assignment, student_id)
    store = call.store
    if "all_dates" in call.includes:
        body["all_dates"] = _all_dates(call, assignment, student_id)
    if student_id is None and "overrides" in call.includes:
        body["overrides"] = [show_override(call, each) for each in store.overrides.of(assignment.id)]
    if student_id is None and "assignment_visibility" in call.includes:
        students = students_seen(store.enrollments_of(assignment.course_id))
        body["assignment_visibility"] = [str(each) for each in store.assignees(assignment).among(students)]
    return body


def work_on(call: Call, assignment: Assignment) -> WorkOn:
    """What was handed in and graded so far; who is not there any more leaves nothing to grade."""
    rows = call.store.touched_rows(assignment.id)
    waiting = {row.user_id for row in rows if row.needs_grading}
    if waiting:
        present = students_among(call.store.enrollments_of(assignment.course_id), CURRENT_STATES)
        waiting &= set(call.store.assignees(assignment).among(present))
    return WorkOn(
        is_graded=any(row.has_grade for row in rows),
        is_handed_in=any(row.work is not None for row in rows),
        needs_grading_count=len(waiting),
    )


def _all_dates(call: Call, assignment: Assignment, student_id: int | None) -> list[dict[str, Any]]:
    """Every set of dates; of a student's only those of overrides that name them, else the common ones."""
    if student_id is None:
        return all_dates_json(assignment, show_dates(call, assignment))
    mine = show_dates(call, assignment, student_id)
    return mine or all_dates_json(assignment, ())
