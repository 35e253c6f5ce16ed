"""What an account asks of an assignment that is marked to sync, and what an edit of its settings makes of it.

Source: Canvas source, assignment model, `lib/assignment_util`, account settings; canvas-lms issue 1272 shows
one of the refusals live. What bites: the rules hold only for marked assignments and only where the account
syncs, so a name that is too long goes unnoticed until the mark is set; and they are asked on every save.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts import catalogue
from simulator.canvas.model import Account, Assignment
from simulator.canvas.params import as_flag, as_integer, as_text
from simulator.canvas.rack import Params, Value
from simulator.verdicts import Refusal, Verdict, enforces

NAME_LENGTH_MAX = 255
"""The length of a name where no account caps it."""
INTEGRATIONS_FEATURE = "new_sis_integrations"
UNMARKING_FEATURE = "disable_post_to_sis_when_grading_period_closed"
EXPORT_BY_HAND = "bulk_sis_grade_export"
EXPORT_FEATURES = ("post_grades", EXPORT_BY_HAND)
"""Either opens the SIS API."""
FLAGS = (
    "sis_syncing", "sis_require_assignment_due_date", "sis_assignment_name_length",
    "sis_default_grade_export", "disable_post_to_sis_when_grading_period_closed",
)  # fmt: skip
"""The settings that are on or off, and that an account can lock for those below it."""


def syncs(account: Account) -> bool:
    """Whether the account's rules about marked assignments hold at all."""
    return account.sis_syncing and INTEGRATIONS_FEATURE in account.features


def exports_grades(account: Account) -> bool:
    """Whether the SIS API answers."""
    return not set(EXPORT_FEATURES).isdisjoint(account.features)


def needs_due_date(assignment: Assignment, account: Account) -> bool:
    """Whether this assignment may not be without a due date."""
    return assignment.post_to_sis and syncs(account) and account.sis_require_assignment_due_date


def unmarks_by_itself(account: Account) -> bool:
    """Whether marks are taken off when a grading period closes; the setting needs two features."""
    return account.disable_post_to_sis_when_grading_period_closed and {
        INTEGRATIONS_FEATURE,
        UNMARKING_FEATURE,
    } <= set(account.features)


def marks_new_ones(account: Account) -> bool:
    """Whether an assignment is marked when nobody says; where the bulk export is on, never."""
    return account.sis_default_grade_export and EXPORT_BY_HAND not in account.features


def name_length_max(account: Account) -> int:
    """The most characters that the name of a marked assignment may have."""
    cap = account.sis_assignment_name_length_input
    capped = syncs(account) and account.sis_assignment_name_length
    return cap if capped and cap is not None else NAME_LENGTH_MAX


@enforces(catalogue.DUE_DATE_REQUIRED)
def has_its_due_date(
    assignment: Assignment, account: Account, override_dates: Collection[datetime | None] = ()
) -> Refusal | None:
    """A marked assignment has a due date where the account asks for one; with overrides, each of them has."""
    if not needs_due_date(assignment, account):
        return None
    if None in override_dates:
        return Refusal("cannot be blank for any assignees when Post to Sis is checked", field="due_at")
    if assignment.due_at is None and not override_dates:
        return Refusal("cannot be blank when Post to Sis is checked", field="due_at")
    return None


@enforces(catalogue.NAME_TOO_LONG)
def has_a_name_that_fits(assignment: Assignment, account: Account) -> Refusal | None:
    """A marked assignment's name is no longer than the account allows."""
    length_max = name_length_max(account)
    if assignment.post_to_sis and len(assignment.name) > length_max:
        return Refusal(f"The title cannot be longer than {length_max} characters", field="title")
    return None


def judge_marked(
    assignment: Assignment, account: Account, override_dates: Collection[datetime | None] = ()
) -> tuple[Verdict, ...]:
    """Every rule of the account about an assignment that is marked to sync, in Canvas's order.

    `override_dates` is when it is due by each of its overrides, None where one sets no date.
    """
    if not assignment.post_to_sis or not syncs(account):
        return ()
    verdicts: list[Verdict] = []
    if account.sis_require_assignment_due_date:
        verdicts.append(has_its_due_date(assignment, account, override_dates))
    if account.sis_assignment_name_length:
        verdicts.append(has_a_name_that_fits(assignment, account))
    return tuple(verdicts)


def revise_account(account: Account, wanted: Params) -> Account:
    """Apply the settings of `wanted` that are there: `{"sis_syncing": {"value": true, "locked": false}}`.

    A setting that Canvas does not know, or whose value is none, is passed over, as Canvas does.
    """
    for name in FLAGS:
        if name in wanted:
            decided: dict[str, Any] = {name: as_flag(_value_of(wanted[name]))}
            account = _locked(replace(account, **decided), name, wanted[name])
    if "sis_assignment_name_length_input" in wanted:
        told = _value_of(wanted["sis_assignment_name_length_input"])
        account = replace(account, sis_assignment_name_length_input=as_integer(told) or None)
    sis_name = (as_text(wanted.get("sis_name")) or "").strip()
    return replace(account, sis_name=sis_name) if sis_name else account


def _value_of(setting: Value) -> Value:
    return setting.get("value") if isinstance(setting, dict) else setting


def _locked(account: Account, name: str, setting: Value) -> Account:
    if not isinstance(setting, dict) or "locked" not in setting:
        return account
    others = tuple(each for each in account.locked if each != name)
    return replace(account, locked=(*others, name) if as_flag(setting["locked"]) else others)
