"""What a teacher does on Synergy's own screens: look, save an assignment, type into a cell, delete.

What lives here: the order in which rules are asked about the lock, and what a save leaves behind. What must
never be here: HTTP, JSON. A save is judged by what it would change: a screen sends all its fields back,
changed or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts import catalogue
from simulator.synergy import duplicates, period_boxes, rules
from simulator.synergy.model import Assignment, ClassSection, Score, Session
from simulator.synergy.store import GradebookStore, Refused
from simulator.verdicts import Verdict

SCREEN_FIELDS = {
    "name": "name",
    "description": "description",
    "type_guid": "type_id",
    "max_score": "max_score",
    "points": "points",
    "assigned_on": "date",
    "due_date": "due_date",
    "period_guids": "grading_period_ids",
    "show_only_when_scored": "show_only_when_scored",
    "score_type": "score_type",
    "category": "category",
}
"""What the lock covers: attributes of an assignment, and how the screen calls them."""

_IN_PLACE_OF_A_TYPE = {rules.HIDDEN: catalogue.HIDDEN_TYPE, rules.DELETED: catalogue.DELETED_TYPE}


def open_gradebook(store: GradebookStore, section: ClassSection) -> tuple[Session | None, list[Assignment]]:
    """Grade Book Main: the grading period that it shows, and the assignments that are in it."""
    period = store.shown_period(section)
    all_of_them = look_at(store, store.assignments_in(section.guid))
    shown = [each for each in all_of_them if period is None or period.guid in each.period_guids]
    if period is not None and len(shown) < len(all_of_them):
        words = f"{len(all_of_them) - len(shown)} of {len(all_of_them)} assignments are not in {period.name}"
        store.journal.note_upheld("synergy", catalogue.GP_DISAPPEAR_ON_SWITCH, section.name, words)
    return period, shown


def show_period(store: GradebookStore, section: ClassSection, period: Session | None) -> ClassSection:
    """Switch Grade Book Main to a grading period; None lets it follow the calendar."""
    guid = "" if period is None else period.guid
    return (
        section
        if guid == section.shown_period_guid
        else store.classes.put(replace(section, shown_period_guid=guid))
    )


def look_at(store: GradebookStore, assignments: Sequence[Assignment]) -> Sequence[Assignment]:
    """Edit screens, which show "Hidden" or "Deleted" where the class has no such type; each is noted."""
    for assignment in assignments:
        kind = store.class_types[assignment.type_guid]
        shown = rules.name_of_type(kind, store.classes[assignment.class_guid].type_choice)
        rule = _IN_PLACE_OF_A_TYPE.get(shown)
        if rule is not None and shown != kind.name:
            subject = store.subject_of(assignment.name, assignment.class_guid)
            store.journal.note_upheld("synergy", rule, subject, f'its type "{kind.name}" is shown as {shown}')
    return assignments


def save_many(store: GradebookStore, wanted: Sequence[Assignment]) -> Refused | None:
    """Save the Assignments screen: every row of it, or none."""
    for each in wanted:
        subject, stored = store.subject_of(each.name, each.class_guid), store.assignments[each.line_item_id]
        touched = tuple(dict.fromkeys((*stored.period_guids, *each.period_guids)))
        windows = _windows(store, each.name, touched) if each != stored else ()
        refused = store.judge(subject, (rules.the_screen_for_many_leaves_it_alone(each), *windows))
        if refused is not None:
            return refused
    for each in wanted:
        stored = store.assignments[each.line_item_id]
        if each != stored:
            ticked = stored.periods_ticked_by_teacher or each.period_guids != stored.period_guids
            store.keep_assignment(
                replace(each, modified_at=store.clock.now(), periods_ticked_by_teacher=ticked)
            )
    return None


def add_assignment(store: GradebookStore, wanted: Assignment) -> Assignment | Refused:
    """A teacher's own assignment: unlocked, and never touched by the third party."""
    subject = store.subject_of(wanted.name, wanted.class_guid)
    refused = store.judge(subject, _windows(store, wanted.name, wanted.period_guids))
    if refused is not None:
        return refused
    store.keep_assignment(wanted)
    period_boxes.note_new(store, wanted)
    return wanted


def save_assignment(store: GradebookStore, stored: Assignment, wanted: Assignment) -> Assignment | Refused:
    """Save the edit screen, its lock included."""
    changed = tuple(
        word for name, word in SCREEN_FIELDS.items() if getattr(stored, name) != getattr(wanted, name)
    )
    touched = tuple(dict.fromkeys((*stored.period_guids, *wanted.period_guids)))
    refused = _judge_edit(store, stored, changed, touched, locked_after=wanted.third_party_readonly)
    if refused is not None:
        return refused
    if wanted == stored:
        return stored
    ticked = stored.periods_ticked_by_teacher or "grading_period_ids" in changed
    saved = replace(wanted, modified_at=store.clock.now(), periods_ticked_by_teacher=ticked)
    store.keep_assignment(saved)
    return saved


def save_score(store: GradebookStore, assignment: Assignment, wanted: Score) -> Refused | None:
    """Type into a grade cell. A cell left with nothing in it is empty again."""
    stored = store.scores.get(wanted.cell)
    is_empty = not (wanted.is_scored or wanted.excused or wanted.comment_code or wanted.comment)
    if wanted == stored or (is_empty and stored is None):
        return None
    touched, locked = assignment.period_guids, assignment.third_party_readonly
    refused = _judge_edit(store, assignment, ("score",), touched, locked_after=locked)
    if refused is not None:
        return refused
    if is_empty:
        store.erase_score(wanted.cell)
    else:
        store.keep_score(replace(wanted, scored_on=store.today(), modified_at=store.clock.now()))
    return None


def delete_assignment(
    store: GradebookStore, assignment: Assignment, *, unlocked_unsaved: bool
) -> Refused | None:
    """Delete an assignment with its scores.

    Args:
        store: The gradebook.
        assignment: What to delete.
        unlocked_unsaved: The screen shows the lock off, and nobody has saved that.
    """
    verdicts: tuple[Verdict, ...] = ()
    if unlocked_unsaved:
        verdicts = (rules.the_unlock_was_saved(assignment, store.profile),)
    elif assignment.third_party_readonly:
        verdicts = (rules.a_locked_assignment_stays(assignment),)
    elif assignment.synced:
        verdicts = (
            rules.a_locked_assignment_stays(assignment),
            rules.the_unlock_was_saved(assignment, store.profile),
        )
    subject = store.subject_of(assignment.name, assignment.class_guid)
    copies = duplicates.copies_of(store, assignment)
    if verdicts and copies:
        others = [(each, store.classes[each.class_guid].name) for each in copies]
        verdicts = (*verdicts, rules.the_other_copies_are_unlocked(assignment, others, store.profile))
    verdicts = (*verdicts, *_windows(store, assignment.name, assignment.period_guids))
    refused = store.judge(subject, verdicts)
    if refused is None:
        store.erase_assignment(assignment.line_item_id)
        if any(each.class_guid == assignment.class_guid for each in copies):
            store.journal.note_upheld("synergy", catalogue.DUPLICATES_DELETE, subject, "one copy less")
    return refused


def _judge_edit(
    store: GradebookStore,
    stored: Assignment,
    changed: tuple[str, ...],
    touched: tuple[str, ...],
    *,
    locked_after: bool,
) -> Refused | None:
    """Ask about the lock, then about the grading periods that the change touches.

    A teacher's own unlocked assignment has no lock to be asked about. To turn the lock is no change of the
    gradebook, so a closed period does not mind it.
    """
    if not changed:
        return None
    subject = store.subject_of(stored.name, stored.class_guid)
    has_lock = stored.synced or stored.third_party_readonly
    if has_lock:
        verdict = rules.the_fields_are_open(stored, changed, store.profile, locked_after=locked_after)
        refused = store.judge(subject, (verdict,))
        if refused is not None:
            return refused
    refused = store.judge(subject, _windows(store, stored.name, touched))
    if refused is None and has_lock:
        store.journal.note_upheld(
            "synergy", catalogue.UNLOCK_EDIT_RELOCK, subject, f"changed {', '.join(changed)}"
        )
    return refused


def _windows(store: GradebookStore, name: str, period_guids: tuple[str, ...]) -> tuple[Verdict, ...]:
    """What the grading periods say; asked only where one is closed, so that nothing else is noted of it."""
    periods = [store.sessions[guid] for guid in period_guids]
    if not any(period.is_closed for period in periods):
        return ()
    return (rules.the_teacher_may_edit_them(name, periods, store.profile),)
