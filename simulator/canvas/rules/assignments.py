"""What an edit makes of an assignment: its new value, or the faults for which Canvas refuses it.

Source: Canvas source, assignment model and its API. What bites: a due date of exactly midnight becomes the
end of that day; a group that does not exist is passed over without a word; the sync mark of ungraded work is
taken off, not refused; and of parameters that cannot be read, only the first kind is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from contracts import catalogue
from simulator.canvas.model import DATES, Account, Assignment
from simulator.canvas.params import as_flag, as_integer, as_number, as_text, as_words
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignment_parameters import date_wanted, group_wanted, parameters_unreadable
from simulator.canvas.rules.post_policy import must_be_manual
from simulator.canvas.rules.posting import NAME_LENGTH_MAX, judge_marked
from simulator.canvas.rules.sis_fields import with_sis_fields
from simulator.verdicts import Refusal, Verdict, enforces

POINTS_MAX = 999_999_999
GRADING_TYPES = ("points", "percent", "letter_grade", "gpa_scale", "pass_fail", "not_graded")
CANNOT_UNPUBLISH = "Can't unpublish if there are student submissions"
_UNGRADED_TYPES = frozenset({"not_graded", "wiki_page"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why Canvas does not save: under `key` in the answer, about `attribute`; `code` is its `type`."""

    key: str
    attribute: str
    message: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """The outcome of an edit. With faults, nothing is saved."""

    assignment: Assignment
    faults: tuple[Fault, ...]
    verdicts: tuple[Verdict, ...]


def is_gradeable(assignment: Assignment) -> bool:
    """Whether a grade on it can ever count."""
    return assignment.grading_type != "not_graded" and _UNGRADED_TYPES.isdisjoint(assignment.submission_types)


@enforces(catalogue.NOT_GRADED_INELIGIBLE)
def can_be_marked_to_sync(assignment: Assignment, sis_name: str) -> Refusal | None:
    """Only graded work can have the sync mark."""
    if is_gradeable(assignment):
        return None
    words = f'"{assignment.name}" is not graded, so it cannot be marked "Sync to {sis_name}".'
    return Refusal(words, field="post_to_sis")


def revise(
    assignment: Assignment,
    wanted: Params,
    *,
    groups: Collection[int],
    zone: tzinfo,
    account: Account,
    is_handed_in: bool = False,
    sis_ids_taken: Collection[str] = (),
    override_dates: Collection[datetime | None] = (),
) -> Revision:
    """Apply the fields of `wanted` that are there, then judge the whole.

    Args:
        assignment: The assignment as it is.
        wanted: What was sent.
        groups: The ids of the course's assignment groups.
        zone: The zone of times without an offset.
        account: What its account asks of it.
        is_handed_in: Whether a student has handed in anything; then it can no longer be unpublished.
        sis_ids_taken: The SIS ids of other assignments.
        override_dates: When it is due by each of its overrides; None where an override sets no date.
    """
    before = assignment
    unreadable = parameters_unreadable(wanted, zone)
    if unreadable:
        return Revision(assignment, tuple(Fault(key, key, words) for key, words in unreadable.items()), ())
    faults: list[Fault] = []
    for name, edit in _EDITS.items():
        if name in wanted:
            assignment, fault = edit(assignment, wanted)
            faults += [fault] if fault else []
    if "assignment_group_id" in wanted:
        assignment = _moved(assignment, wanted, groups)
    assignment = _dated(assignment, wanted, zone)
    if assignment.submission_types == ("wiki_page",):
        assignment = replace(assignment, grading_type="not_graded")
    if is_handed_in and before.is_published and not assignment.is_published:
        faults.append(Fault("published", "workflow_state", CANNOT_UNPUBLISH))
    if assignment.due_at and "due_at" in wanted and "only_visible_to_overrides" not in wanted:
        assignment = replace(assignment, only_visible_to_overrides=False)
    assignment, unread = with_sis_fields(assignment, wanted)
    faults += [Fault(unread, unread, "Invalid integration data")] if unread else []
    if assignment.sis_assignment_id in sis_ids_taken:
        faults.append(_taken(assignment))
    verdicts: tuple[Verdict, ...] = ()
    if assignment.post_to_sis:
        can_be_marked = can_be_marked_to_sync(assignment, account.sis_name)
        assignment = replace(assignment, post_to_sis=not can_be_marked.refused)
        verdicts = (can_be_marked, *judge_marked(assignment, account, override_dates))
    broken = _broken(verdicts)
    is_named_too_long = any(each.key == "title" for each in broken)
    own = _judge(assignment, length_max=None if is_named_too_long else NAME_LENGTH_MAX)
    return Revision(assignment, (*faults, *own, *broken), verdicts)


def _judge(assignment: Assignment, *, length_max: int | None) -> list[Fault]:
    """What Canvas refuses whatever the account says; None for a name's length that was judged already."""
    faults = []
    if not assignment.name.strip():
        faults.append(Fault("title", "title", "can't be blank", "blank"))
    if length_max is not None and len(assignment.name) > length_max:
        faults.append(Fault("title", "title", f"The title cannot be longer than {length_max} characters"))
    due, opens, closes = assignment.due_at, assignment.unlock_at, assignment.lock_at
    if due and ((opens and due < opens) or (closes and due > closes)):
        faults.append(Fault("due_at", "due_at", "must be between availability dates"))
    if assignment.hide_in_gradebook and not can_hide_in_gradebook(assignment):
        key = "hide_in_gradebook"
        faults.append(Fault(key, key, "is not included in the list", "inclusion"))
    return faults


def can_hide_in_gradebook(assignment: Assignment) -> bool:
    """Only what is worth nothing, and omitted from the final grade, can be hidden from the gradebook."""
    return assignment.omit_from_final_grade and assignment.points_possible == 0


def _taken(assignment: Assignment) -> Fault:
    key = "sis_source_id"
    return Fault(key, key, f'SIS ID "{assignment.sis_assignment_id}" is already in use', "taken")


def _broken(verdicts: tuple[Verdict, ...]) -> list[Fault]:
    """What the account's rules refuse. A mark that was taken off is no fault."""
    refusals = [each.refusal for each in verdicts if each.refusal and each.refusal.field != "post_to_sis"]
    return [Fault(each.field, each.field, each.words) for each in refusals]


def _named(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return replace(assignment, name=as_text(wanted["name"]) or ""), None


def _described(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return replace(assignment, description=as_text(wanted["description"])), None


def _positioned(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    position = as_integer(wanted["position"])
    return replace(assignment, position=position or assignment.position), None


def _worth(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    key = "points_possible"
    number = 0.0 if wanted[key] in (None, "") else as_number(wanted[key])
    if number is None or isinstance(wanted[key], bool):
        return assignment, Fault(key, key, "is not a number", "not_a_number")
    if number < 0:
        return assignment, Fault(
            key, key, "The value of possible points for this assignment must be zero or greater."
        )
    if number > POINTS_MAX:
        return assignment, Fault(
            key, key, f"The value of possible points for this assignment cannot exceed {POINTS_MAX}."
        )
    return replace(assignment, points_possible=number), None


def _graded_as(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    kind = as_text(wanted["grading_type"])
    if not kind:
        return assignment, None
    if kind not in GRADING_TYPES:
        return assignment, Fault("grading_type", "grading_type", "is not included in the list", "inclusion")
    assignment = replace(assignment, grading_type=kind)
    if kind == "not_graded" and wanted.get("submission_types") is None:
        assignment = replace(assignment, submission_types=("not_graded",))
    return assignment, None


def _handed_in_as(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    if wanted["submission_types"] is None:
        return assignment, None
    return replace(assignment, submission_types=as_words(wanted["submission_types"]) or ("none",)), None


def _published(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    state = "published" if as_flag(wanted["published"]) else "unpublished"
    return replace(assignment, workflow_state=state), None


def _marked(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return replace(assignment, post_to_sis=as_flag(wanted["post_to_sis"])), None


def _omitted(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return replace(assignment, omit_from_final_grade=as_flag(wanted["omit_from_final_grade"])), None


def _hidden(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return replace(assignment, hide_in_gradebook=as_flag(wanted["hide_in_gradebook"])), None


def _for_some(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    is_only = as_flag(wanted["only_visible_to_overrides"])
    return replace(assignment, only_visible_to_overrides=is_only), None


def _posted_by_hand(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    """Null takes the course's policy; what must be posted by hand stays so, whatever is asked for."""
    by_hand = None if wanted["post_manually"] is None else as_flag(wanted["post_manually"])
    return (assignment if must_be_manual(assignment) else replace(assignment, post_manually=by_hand)), None


def _anonymous(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return _hiding(replace(assignment, anonymous_grading=as_flag(wanted["anonymous_grading"]))), None


def _moderated(assignment: Assignment, wanted: Params) -> tuple[Assignment, Fault | None]:
    return _hiding(replace(assignment, moderated_grading=as_flag(wanted["moderated_grading"]))), None


def _hiding(assignment: Assignment) -> Assignment:
    """The assignment, with manual posting as its own policy from now on if it has to have it."""
    return replace(assignment, post_manually=True) if must_be_manual(assignment) else assignment


_EDITS: dict[str, Callable[[Assignment, Params], tuple[Assignment, Fault | None]]] = {
    "name": _named,
    "description": _described,
    "position": _positioned,
    "points_possible": _worth,
    "grading_type": _graded_as,
    "submission_types": _handed_in_as,
    "published": _published,
    "post_to_sis": _marked,
    "omit_from_final_grade": _omitted,
    "hide_in_gradebook": _hidden,
    "only_visible_to_overrides": _for_some,
    "anonymous_grading": _anonymous,
    "moderated_grading": _moderated,
    "post_manually": _posted_by_hand,
}


def _moved(assignment: Assignment, wanted: Params, groups: Collection[int]) -> Assignment:
    group_id = group_wanted(wanted)
    if group_id is None or group_id not in groups:
        return assignment
    return replace(assignment, group_id=group_id)


def _dated(assignment: Assignment, wanted: Params, zone: tzinfo) -> Assignment:
    dates: dict[str, Any] = {
        name: date_wanted(wanted, name, zone) if name in wanted else getattr(assignment, name)
        for name in DATES
    }
    return replace(assignment, **dates)
