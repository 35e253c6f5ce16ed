"""What an edit makes of an assignment's overrides, or why Canvas refuses it.

Source: Canvas source, `lib/api/v1/assignment_override` and the models; Instructure's documentation of
assignment overrides. What bites: an edit that does not name a date takes it off the override, so every date
that is to stay has to be sent again; whose an override is cannot change, but for the students of an ad hoc
one; and a date that cannot be read is shown as Ruby shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from simulator.canvas.model import DATES, AssignmentOverride
from simulator.canvas.params import as_flag, as_text, inspected, is_given
from simulator.canvas.rack import Params, Value
from simulator.canvas.rules.assignment_parameters import MIDNIGHTS_ARE_ENDS, end_of_day_if_midnight
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.posting import NAME_LENGTH_MAX

NEEDS_TARGET = "one of student_ids, group_id, or course_section_id is required"
NO_GROUPS = "group_id is not valid for non-group assignments"
"""There are no groups of students here, so no assignment is one for groups."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds whom an override can be for; each gives an id, or None for what names nobody in the course."""

    student: Callable[[Value], int | None]
    section: Callable[[Value], int | None]


@dataclass(frozen=True, slots=True)
class OverrideEdit:
    """The outcome of an edit of one override. With errors, nothing is kept."""

    override: AssignmentOverride
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverridesPlan:
    """What is to become of an assignment's overrides: which are kept, new ones with id 0, and which go."""

    kept: tuple[AssignmentOverride, ...] = ()
    dropped: tuple[AssignmentOverride, ...] = ()


def revise_override(
    before: AssignmentOverride | None, assignment_id: int, wanted: Value, targets: Targets, zone: tzinfo
) -> OverrideEdit:
    """Make an override, or change one.

    Args:
        before: The override as it is, None for a new one.
        assignment_id: Whose it is.
        wanted: What was sent; nothing at all is an empty edit.
        targets: Finds students and sections.
        zone: The zone of times without an offset.
    """
    override = before or AssignmentOverride(0, assignment_id)
    if is_given(wanted) and not isinstance(wanted, dict):
        return OverrideEdit(override, ("invalid override data",))
    fields: Params = wanted if isinstance(wanted, dict) else {}
    override, errors = _aimed(override, fields, targets, is_new=before is None)
    override, misread = _dated(override, fields, zone)
    return OverrideEdit(_finished(override, fields), (*errors, *misread))


def fault_of(override: AssignmentOverride, others: Iterable[AssignmentOverride]) -> Fault | None:
    """Why an override cannot be kept beside the others of its assignment, None where it can."""
    if len(override.title) > NAME_LENGTH_MAX:
        return Fault("title", "title", f"is too long (maximum is {NAME_LENGTH_MAX} characters)", "too_long")
    others = [each for each in others if each.id != override.id or each.id == 0]
    if override.section_id is not None:
        taken = any(each.section_id == override.section_id for each in others)
        return Fault("set_id", "set_id", "taken") if taken else None
    if set(override.student_ids) & {student for each in others for student in each.student_ids}:
        key = "assignment_override_students"
        return Fault(key, key, "already belongs to an assignment override", "taken")
    return None


def all_day_date(override: AssignmentOverride, zone: tzinfo) -> tuple[bool, str | None]:
    """Whether it is due at the end of a day, and on which day it is due, in the zone of the course."""
    if override.due_at is None:
        return False, None
    try:
        local = override.due_at.astimezone(zone)
    except OverflowError:  # on the first or the last day that there is, the zone's day is one too far
        local = override.due_at
    return (local.hour, local.minute) == (23, 59), local.date().isoformat()


def _aimed(
    override: AssignmentOverride, wanted: Params, targets: Targets, *, is_new: bool
) -> tuple[AssignmentOverride, tuple[str, ...]]:
    """The override with whom it is for, as far as that is to be told or can change."""
    asks_students = is_given(wanted.get("student_ids"))
    if asks_students and (is_new or override.is_adhoc):
        return _for_students(override, wanted["student_ids"], targets)
    if not is_new:
        return override, ()
    if "group_id" in wanted:
        return override, (NO_GROUPS,)
    if "course_section_id" not in wanted:
        return override, (NEEDS_TARGET,)
    section_id = targets.section(wanted["course_section_id"])
    if section_id is None:
        return override, (f"unknown section id {inspected(wanted['course_section_id'])}",)
    return replace(override, section_id=section_id), ()


def _for_students(
    override: AssignmentOverride, wanted: Value, targets: Targets
) -> tuple[AssignmentOverride, tuple[str, ...]]:
    if not isinstance(wanted, list) or not wanted:
        return override, (f"invalid student_ids {inspected(wanted)}",)
    found = [targets.student(each) for each in wanted]
    bad: list[Value] = [as_text(each) for each, number in zip(wanted, found, strict=True) if number is None]
    if bad:
        return override, (f"unknown student ids: {inspected(bad)}",)
    students = tuple(sorted({number for number in found if number is not None}))
    return replace(override, student_ids=students), ()


def _dated(
    override: AssignmentOverride, wanted: Params, zone: tzinfo
) -> tuple[AssignmentOverride, tuple[str, ...]]:
    dates: dict[str, Any] = dict.fromkeys(DATES)
    errors = []
    for name in DATES:
        text = wanted.get(name)
        if not is_given(text) or text == "":
            continue
        moment = _moment(text, zone)
        if moment is None:
            errors.append(f"invalid {name} {inspected(text)}")
        else:
            dates[name] = end_of_day_if_midnight(moment, zone) if name in MIDNIGHTS_ARE_ENDS else moment
    return replace(override, sets=tuple(name for name in DATES if name in wanted), **dates), tuple(errors)


def _moment(value: Value, zone: tzinfo) -> datetime | None:
    """A time as Rails reads one: more leniently than elsewhere, a day alone or without seconds too."""
    try:
        moment = datetime.fromisoformat(as_text(value) or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _finished(override: AssignmentOverride, wanted: Params) -> AssignmentOverride:
    if "unassign_item" in wanted:
        override = replace(override, unassigns=as_flag(wanted["unassign_item"]))
    if not override.is_adhoc:
        return override
    count = len(override.student_ids)
    counted = f"{count} student{'' if count == 1 else 's'}" if is_given(wanted.get("student_ids")) else ""
    return replace(override, title=as_text(wanted.get("title")) or counted or override.title)
