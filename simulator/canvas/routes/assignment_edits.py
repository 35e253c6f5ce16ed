"""What a call wants of an assignment, judged: its fields, its overrides, what a closed period protects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.canvas import errors
from simulator.canvas.model import Assignment, Course
from simulator.canvas.params import as_hash, as_text
from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.lookup import is_closed_at, is_in_closed_period
from simulator.canvas.routes.override_edits import planned_overrides
from simulator.canvas.rules import closed_periods
from simulator.canvas.rules.assignments import Revision, revise
from simulator.canvas.rules.overrides import OverridesPlan
from simulator.canvas.rules.sis_fields import without_sis_fields


@dataclass(frozen=True, slots=True)
class AssignmentEdit:
    """What is to be kept: the assignment, and its overrides where the edit says anything of them."""

    revision: Revision
    plan: OverridesPlan | None


def edit_wanted(call: Call, course: Course, before: Assignment) -> AssignmentEdit:
    """Read and judge an edit; an assignment with the id 0 is new.

    Raises:
        CanvasError: If it cannot be kept as it is wanted.
    """
    wanted = as_hash(call.params.get("assignment"))
    if not wanted:
        raise errors.missing("assignment")
    if not call.actor.is_admin:
        wanted = without_sis_fields(wanted)
    plan = planned_overrides(call, course, before, wanted)
    revision = _revised(call, course, before, wanted, plan)
    if not call.actor.is_admin:
        _check_periods(call, before, revision.assignment, plan)
    return AssignmentEdit(revision, plan)


def _revised(
    call: Call, course: Course, before: Assignment, wanted: Params, plan: OverridesPlan | None
) -> Revision:
    store = call.store
    revision = revise(
        before,
        wanted,
        groups={group.id for group in store.groups_of(course.id)},
        zone=store.zone,
        account=store.account,
        sis_ids_taken=_sis_ids_taken(call, before, as_text(wanted.get("sis_assignment_id"))),
        is_handed_in=any(row.work is not None for row in store.touched_rows(before.id)),
        override_dates=_override_dates(call, before, plan),
    )
    if revision.faults:
        store.note_refused(revision)
        raise errors.unsaved(revision.faults)
    return revision


def _sis_ids_taken(call: Call, assignment: Assignment, sis_id: str | None) -> tuple[str, ...]:
    """The SIS id that is wanted, if another assignment has it; a deleted one keeps its own."""
    if not sis_id:
        return ()
    others = [each for each in call.store.assignments.where(sis=sis_id) if each.id != assignment.id]
    return (sis_id,) if others else ()


def _override_dates(
    call: Call, assignment: Assignment, plan: OverridesPlan | None
) -> tuple[datetime | None, ...]:
    overrides = call.store.overrides.of(assignment.id) if plan is None else plan.kept
    return tuple(each.due_at for each in overrides)


def _check_periods(call: Call, before: Assignment, after: Assignment, plan: OverridesPlan | None) -> None:
    """Refuse what a closed grading period protects, from everybody but administrators."""

    def is_closed(due_at: datetime | None) -> bool:
        return is_closed_at(call, before.course_id, due_at)

    if before.id == 0:
        refused = closed_periods.refused_creation(after, is_closed)
    else:
        refused = closed_periods.refused_dates(before, after, is_closed)
    if plan is not None and refused is None:
        refused = closed_periods.refused_plan(call.store.overrides.of(before.id), plan, is_closed)
    if refused is not None:
        raise errors.unsaved([refused], 403)
    if before.id and is_in_closed_period(call, before):
        changes = closed_periods.refused_changes(before, after)
        if changes:
            raise errors.unsaved(changes)
