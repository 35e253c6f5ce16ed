"""The grading period boxes of an assignment that the third party sends, and what the journal is told of them.

What lives here: which boxes are ticked after a write, by what was sent, what was there and the class setting.
What must never be here: whether the periods take a write (`rules`). What bites: OneRoster gives a line item
one grading period, Synergy several.
"""

from __future__ import annotations

from datetime import date

from contracts import catalogue
from simulator.synergy import ticking
from simulator.synergy.model import Assignment, LineItemDraft
from simulator.synergy.store import GradebookStore


def boxes_after(store: GradebookStore, draft: LineItemDraft, stored: Assignment | None) -> tuple[str, ...]:
    """The periods that are ticked after the write.

    OneRoster shows the first of them only; a client that sends back what it read has named no other.
    """
    if stored is not None and stored.periods_ticked_by_teacher:
        return stored.period_guids
    named = _named(store, draft)
    if named and store.profile.sent_grading_period == "alone":
        shown = stored.period_guids if stored is not None else ()
        return shown if named in shown[:1] else (named,)
    setting = store.classes[draft.class_guid].period_default
    if (
        stored is not None
        and named in {"", *stored.period_guids}
        and ticking.ticks_stay(stored, draft.due_date, setting, store.profile)
    ):
        return stored.period_guids
    by_setting = _by_the_setting(store, draft.class_guid, draft.due_date)
    if not named:
        return by_setting
    return tuple(each.guid for each in store.grading_periods() if each.guid in {named, *by_setting})


def note_sent(
    store: GradebookStore, draft: LineItemDraft, assignment: Assignment, stored: Assignment | None
) -> None:
    """Note where an assignment that was sent went by its due date; a client may have named the period."""
    if _named(store, draft) and store.profile.sent_grading_period == "alone":
        return
    if stored is None:
        note_new(store, assignment)
    elif stored.due_date != assignment.due_date:
        _note_due_date(store, assignment)


def note_new(store: GradebookStore, assignment: Assignment) -> None:
    """Note where a new assignment went by the class setting, if that is "Assignment Due Date"."""
    if assignment.periods_ticked_by_teacher or not _went_by_due_date(store, assignment):
        return
    names = ", ".join(store.sessions[each].name for each in assignment.period_guids)
    subject = store.subject_of(assignment.name, assignment.class_guid)
    words = f"the setting is Assignment Due Date: it is in {names}"
    store.journal.note_upheld("synergy", catalogue.GP_DEFAULT_DUE_DATE, subject, words)
    _note_due_date(store, assignment)


def _note_due_date(store: GradebookStore, assignment: Assignment) -> None:
    """Note it where the due date ticked every period that holds it, as the profile may have it otherwise."""
    due = assignment.due_date
    if due is None or not _went_by_due_date(store, assignment):
        return
    holding = ticking.periods_that_hold(due, store.grading_periods())
    if tuple(each.guid for each in holding) == assignment.period_guids:
        subject = store.subject_of(assignment.name, assignment.class_guid)
        words = f"due {due.isoformat()}, it is in {', '.join(each.name for each in holding)}"
        store.journal.note_upheld("synergy", catalogue.GP_BY_DUE_DATE_COMPUTE, subject, words)


def _went_by_due_date(store: GradebookStore, assignment: Assignment) -> bool:
    due, section = assignment.due_date, store.classes[assignment.class_guid]
    if due is None or section.period_default != "assignment_due_date":
        return False
    holds = bool(ticking.periods_that_hold(due, store.grading_periods()))
    return holds and assignment.period_guids == _by_the_setting(store, section.guid, due)


def _by_the_setting(store: GradebookStore, class_guid: str, due: date | None) -> tuple[str, ...]:
    """What "Grading Period Default for New Assignments" of a class ticks for this due date."""
    periods, setting = store.grading_periods(), store.classes[class_guid].period_default
    return ticking.grading_periods_for(due, store.today(), periods, setting, store.profile)


def _named(store: GradebookStore, draft: LineItemDraft) -> str:
    """The period that counts as named by the client."""
    return "" if store.profile.sent_grading_period == "ignored" else draft.period_guid
