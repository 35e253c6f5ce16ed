"""What nobody but an administrator may change of work that is due in a closed grading period.

Source: Canvas source, the protection of submittables by grading periods, and `lib/api/v1/assignment`. What
lives here: the refusals and their texts. What must never be here: who asks. What bites: a date may move
neither out of a closed period nor into one; and Canvas does not ask what happens to students who fall back on
the common date because an override goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from typing import TypeAlias

from simulator.canvas.model import Assignment, AssignmentGroup, AssignmentOverride
from simulator.canvas.rules.assignments import Fault, is_gradeable
from simulator.canvas.rules.overrides import OverridesPlan

IsClosed: TypeAlias = Callable[[datetime | None], bool]
"""Whether work due then, or never, is in a closed grading period."""

CHANGED = "cannot be changed because this assignment is due in a closed grading period"
DATE_SET = "Cannot set the due date to a date within a closed grading period"
DATE_MOVED_OUT = "Cannot change the due date when due in a closed grading period"
DATE_MOVED_IN = "Cannot change the due date to a date within a closed grading period"
HIDDEN = "Cannot set only visible to overrides when due in a closed grading period"
OVERRIDE_SET = "Cannot set override due date to a date within a closed grading period"
OVERRIDE_MOVED_OUT = "Cannot change the due date of an override in a closed grading period"
OVERRIDE_MOVED_IN = "Cannot change an override due date to a date within a closed grading period"
OVERRIDE_DROPPED = "Cannot delete an override with a due date within a closed grading period"

_OPEN = frozenset({
    "id", "course_id", "created_at", "updated_at", "description", "submission_types", "due_at",
    "only_visible_to_overrides", "post_to_sis", "post_manually", "grades_published_at",
})  # fmt: skip
"""What may be changed all the same; the last two are no fields of an assignment in Canvas's edits."""
_CANVAS_NAMES = {"group_id": "assignment_group_id", "sis_assignment_id": "sis_source_id"}
_KEYS = {"workflow_state": "published"}
"""Under which key an attribute stands in the answer, where that is not its own name."""


def refused_creation(new: Assignment, is_closed: IsClosed) -> Fault | None:
    """A new assignment is not due in a closed period."""
    if new.only_visible_to_overrides or not is_gradeable(new) or not is_closed(new.due_at):
        return None
    return _of_date(DATE_SET)


def refused_dates(before: Assignment, after: Assignment, is_closed: IsClosed) -> Fault | None:
    """An assignment leaves no closed period and enters none."""
    moved = before.due_at != after.due_at
    hides = before.only_visible_to_overrides != after.only_visible_to_overrides
    if not is_gradeable(after) or not (moved or hides):
        return None
    if is_closed(before.due_at) and not before.only_visible_to_overrides:
        name = "only_visible_to_overrides"
        return _of_date(DATE_MOVED_OUT) if moved else Fault(name, name, HIDDEN)
    if before.only_visible_to_overrides and after.only_visible_to_overrides:
        return None
    return _of_date(DATE_MOVED_IN) if is_closed(after.due_at) else None


def refused_changes(before: Assignment, after: Assignment) -> tuple[Fault, ...]:
    """What an edit changes of an assignment that is due in a closed period, one fault for each field."""
    if not is_gradeable(before) and not is_gradeable(after):
        return ()
    changed = [
        _CANVAS_NAMES.get(each.name, each.name)
        for each in fields(Assignment)
        if each.name not in _OPEN and getattr(before, each.name) != getattr(after, each.name)
    ]
    return tuple(Fault(_KEYS.get(name, name), name, CHANGED) for name in changed)


def changes_totals(before: AssignmentGroup, after: AssignmentGroup) -> bool:
    """Whether an edit of a group changes what its assignments count for."""
    return _counting(before) != _counting(after)


def refused_override(
    before: AssignmentOverride | None, after: AssignmentOverride, is_closed: IsClosed
) -> Fault | None:
    """One override is not made in a closed period, leaves none and enters none."""
    if before is None:
        return _of_date(OVERRIDE_SET) if _is_in(after, is_closed) else None
    if before == after:
        return None
    if _is_in(before, is_closed):
        return _of_date(OVERRIDE_MOVED_OUT)
    return _of_date(OVERRIDE_MOVED_IN) if _is_in(after, is_closed) else None


def refused_plan(
    before: Iterable[AssignmentOverride], plan: OverridesPlan, is_closed: IsClosed
) -> Fault | None:
    """The same for all overrides of an assignment at once; here only another date counts as an edit."""
    by_id = {each.id: each for each in before}
    made = [each for each in plan.kept if each.id == 0]
    if any(_is_in(each, is_closed) for each in made):
        return _of_date(OVERRIDE_SET)
    moved = [(by_id[each.id], each) for each in plan.kept if each.id and by_id[each.id].due_at != each.due_at]
    if any(_is_in(was, is_closed) for was, _now in moved):
        return _of_date(OVERRIDE_MOVED_OUT)
    if any(_is_in(now, is_closed) for _was, now in moved):
        return _of_date(OVERRIDE_MOVED_IN)
    return _of_date(OVERRIDE_DROPPED) if any(_is_in(each, is_closed) for each in plan.dropped) else None


def _counting(group: AssignmentGroup) -> tuple[object, ...]:
    return group.group_weight, group.drop_lowest, group.drop_highest, group.never_drop


def _is_in(override: AssignmentOverride, is_closed: IsClosed) -> bool:
    """Whether its own date is in a closed period; one that sets no date has none to be judged by."""
    return "due_at" in override.sets and is_closed(override.due_at)


def _of_date(message: str) -> Fault:
    return Fault("due_at", "due_at", message)
