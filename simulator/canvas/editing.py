"""Keeps new and edited assignments, their overrides and late policies, and what follows for rows.

What lives here: carrying out what `rules.assignments` and `rules.overrides` decided. What bites: an edit can
reach every row, since points and grading type write grades anew, and due dates make work late or missing.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.canvas.lateness import look_again, look_again_at_course, settled
from simulator.canvas.model import Assignment, AssignmentOverride, LatePolicy
from simulator.canvas.rules.assigning import Assignees
from simulator.canvas.rules.assignments import Revision
from simulator.canvas.rules.grading import assigned_again, needs_regrading, regraded
from simulator.canvas.rules.overrides import OverridesPlan
from simulator.canvas.store import CanvasStore


def add_assignment(store: CanvasStore, revision: Revision, plan: OverridesPlan | None = None) -> Assignment:
    """Keep a new assignment with its overrides; it gets its id and, last in its group, its place."""
    wanted = revision.assignment
    assignment = replace(
        wanted,
        id=store.next_assignment_id(),
        position=wanted.position or store.next_position(wanted.group_id),
    )
    if plan is not None:
        store.overrides.keep(replace(each, assignment_id=assignment.id) for each in plan.kept)
    kept = store.keep_assignment(assignment, revision)
    due_dates_changed(store, kept)
    return kept


def put_assignment(
    store: CanvasStore,
    before: Assignment,
    revision: Revision,
    *,
    editor_id: int,
    plan: OverridesPlan | None = None,
) -> Assignment:
    """Keep an edited assignment and its overrides, and write its grades anew where the edit touches them.

    Args:
        store: The Canvas that the assignment is in.
        before: The assignment as it was.
        revision: What the edit makes of it.
        editor_id: Who edits.
        plan: What is to become of its overrides, None where they stay as they are.
    """
    assignees = store.assignees(before)
    if plan is not None:
        store.overrides.drop(plan.dropped)
        store.overrides.keep(plan.kept)
    is_changed = plan is not None or revision.assignment != before
    after = store.keep_assignment(revision.assignment, revision, is_changed=is_changed)
    _assign_again(store, after, assignees)
    if needs_regrading(before, after):
        for row in store.touched_rows(after.id):
            if row.has_grade:
                again = regraded(row, before, after, editor_id, store.now)
                store.put_settled(settled(store, again, is_regraded=True))
    due_dates_changed(store, after)
    return after


def put_overrides(
    store: CanvasStore, assignment: Assignment, plan: OverridesPlan
) -> tuple[AssignmentOverride, ...]:
    """Keep some overrides of an assignment, changed or new, and let others go."""
    before = store.assignees(assignment)
    store.overrides.drop(plan.dropped)
    kept = store.overrides.keep(plan.kept)
    _assign_again(store, assignment, before)
    due_dates_changed(store, store.assignments.put(replace(assignment, updated_at=store.now)))
    return kept


def put_late_policy(store: CanvasStore, policy: LatePolicy) -> LatePolicy:
    """Keep a course's late policy, and apply it to the rows that there are."""
    kept = store.late_policies.put(policy)
    look_again_at_course(store, kept.course_id)
    store.on_missing_work()
    return kept


def due_dates_changed(store: CanvasStore, assignment: Assignment) -> None:
    """Look again at what is late and missing: an assignment's due dates are others than before."""
    look_again(store, assignment)
    store.on_missing_work()


def _assign_again(store: CanvasStore, assignment: Assignment, before: Assignees) -> None:
    """Give the rows back to those who have the assignment to do now, and did not before."""
    now = store.assignees(assignment)
    if now.are_all_alike and before.are_all_alike:
        return
    for row in store.touched_rows(assignment.id):
        if now.includes(row.user_id) and not before.includes(row.user_id):
            store.submissions.put(assigned_again(row))
