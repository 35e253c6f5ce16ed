"""Bugs on purpose.

Each breaks one rule inside a fake or inside the engine, and names the stories that catch it.

A story that passes proves little until it has been seen to fail. A mutant reaches through the front doors by
name, which nothing else may do: `target` is "module:attribute", and `bend` makes the broken thing from the
right one. No import of the rooms is needed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias
from unittest.mock import patch

from contracts import catalogue
from contracts.catalogue import Rule
from simulator.verdicts import Refusal, Verdict

Bend: TypeAlias = Callable[[Any], Any]
"""From the right function to the broken one."""

RULES_OF_SYNERGY = "simulator.synergy.rules"
CHECKS = "sync_engine.domain.checks"
PLAN = "sync_engine.domain.plan"
ENGINE = "sync_engine.engine"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A bug on purpose.

    Attributes:
        name: How the command line calls it.
        rule: The rule that it breaks.
        says: What is wrong now, in one sentence.
        target: "module:attribute" or "module:Class.method" of what it replaces.
        killed_by: Stories that go red with it, by name.
    """

    name: str
    rule: Rule
    says: str
    target: str
    bend: Bend = field(repr=False)
    killed_by: tuple[str, ...]


@contextmanager
def broken_by(mutant: Mutant) -> Iterator[None]:
    """Put the bug in for the length of the block."""
    module_name, _colon, path = mutant.target.partition(":")
    holder: object = importlib.import_module(module_name)
    *classes, attribute = path.split(".")
    for name in classes:
        holder = getattr(holder, name)
    with patch.object(holder, attribute, mutant.bend(getattr(holder, attribute))):
        yield


# --- ways of breaking


def _never_refuses(rule: Rule) -> Bend:
    """The rule of a fake is asked, and always says yes."""
    return lambda _right: lambda *_args, **_kwargs: Verdict(rule, None)


def _finds_nothing(_right: object) -> Callable[..., None]:
    """A check of the engine never finds anything wrong."""
    return lambda *_args, **_kwargs: None


def _with_entry(**assignment: object) -> Bend:
    """The engine's check sees the assignment with these fields, whatever they really are."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        return lambda entry, *rest: right(
            replace(entry, assignment=replace(entry.assignment, **assignment)), *rest
        )

    return bend


def _ignores_selection(right: Callable[..., Any]) -> Callable[..., Any]:
    return lambda entry, policy, _selection: right(entry, policy, None)


def _takes_any_type(_right: object) -> Callable[..., Any]:
    return lambda entry, _policy: entry.klass.categories[0]


def _drops_quietly(unmatched: Callable[[Any], bool]) -> Bend:
    """A score that cannot be matched is left out without a word."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        def score(entry: Any, student: Any, decision: Any) -> Any:  # noqa: ANN401 - whatever the engine hands on
            planned = right(entry, student, decision)
            quiet = planned.action.value == "refused" and unmatched(student)
            return replace(planned, action=type(planned.action)("empty"), reasons=()) if quiet else planned

        return score

    return bend


def _first_section_only(right: Callable[..., Any]) -> Callable[..., Any]:
    def entries(*args: object) -> Iterator[Any]:
        seen: set[str] = set()
        for entry in right(*args):
            if entry.assignment.id not in seen:
                seen.add(entry.assignment.id)
                yield entry

    return entries


def _forgets_what_was_sent(right: Callable[..., Any]) -> Callable[..., Any]:
    """Every score looks new, so every post sends all."""
    return lambda grade, _believed, policy: right(grade, None, policy)


def _believes_what_canvas_says(right: Callable[..., Any]) -> Callable[..., Any]:
    """A changed score looks sent already."""

    def decide(grade: Any, believed: Any, policy: Any) -> Any:  # noqa: ANN401
        return right(grade if believed is None else replace(grade, score=believed.score), believed, policy)

    return decide


def _sends_for_status(right: Callable[..., Any]) -> Callable[..., Any]:
    """A changed status alone marks the score for sending."""

    def decide(grade: Any, believed: Any, policy: Any) -> Any:  # noqa: ANN401
        changed = believed is not None and not grade.is_blank and grade.status != believed.status
        return (
            right(grade, None, replace(policy, excused_never_sent="send_exempt"))
            if changed
            else right(grade, believed, policy)
        )

    return decide


def _loses_status(right: Callable[..., Any]) -> Callable[..., Any]:
    """The status stays behind when a score is sent."""
    return lambda grade, believed, policy: right(replace(grade, status="none"), believed, policy)


def _sends_zero_for_cleared(right: Callable[..., Any]) -> Callable[..., Any]:
    """A cleared score is taken for a zero."""

    def decide(grade: Any, believed: Any, policy: Any) -> Any:  # noqa: ANN401
        cleared = believed is not None and grade.is_blank
        return right(replace(grade, score=0.0) if cleared else grade, believed, policy)

    return decide


def _remaster_is_a_post(_right: object) -> Callable[..., Any]:
    """A remaster sends only what changed."""
    post = importlib.import_module("sync_engine.domain.grades").decide_post
    return lambda grade, believed, policy, **_rest: post(grade, believed, policy)


def _remaster_trusts_ledger(right: Callable[..., Any]) -> Callable[..., Any]:
    """A remaster does not look at what Synergy has."""
    return lambda grade, believed, policy, **_rest: right(grade, believed, policy, in_synergy=True)


def _yields_nothing(_right: object) -> Callable[..., Iterator[Any]]:
    return lambda *_args, **_kwargs: iter(())


def _answers(value: object) -> Bend:
    return lambda _right: lambda *_args, **_kwargs: value


def _schedule_passes_for_a_teacher(right: Callable[..., Any]) -> Callable[..., Any]:
    def post(*args: object, **asked: object) -> Any:  # noqa: ANN401
        asked.pop("trigger", None)
        return right(*args, **asked)

    return post


def _one_bad_item_stops_all(right: Callable[..., Any]) -> Callable[..., Any]:
    def plan(*args: object, **asked: object) -> tuple[Any, ...]:
        items = right(*args, **asked)
        bad = any(item.action.value == "refused" for item in items)
        return tuple(
            replace(item, action=type(item.action)("skipped")) if bad and item.writes else item
            for item in items
        )

    return plan


def _everybody_at_once(_right: object) -> Callable[..., Any]:
    return lambda *_args: nullcontext()


def _marks_before_it_is_sent(right: Callable[..., Any]) -> Callable[..., Any]:
    believed_score = importlib.import_module("sync_engine.domain.beliefs").BelievedScore

    async def send(applier: Any, item: Any, score: Any) -> None:  # noqa: ANN401
        believed = believed_score(
            item.assignment_id,
            item.section_id,
            score.student.id,
            score=score.grade.score,
            status=score.grade.status,
        )
        applier._ledger.note_score(*applier._where, believed)  # noqa: SLF001 - a bug on purpose goes where bugs go
        await right(applier, item, score)

    return send


def _vague(right: Callable[..., Any]) -> Callable[..., Any]:
    return lambda rule, _words: right(rule, "An error occurred.")


def _with(**fields: object) -> Bend:
    """The right answer with these fields replaced."""

    def bend(right: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: replace(right(*args, **kwargs), **fields)

    return bend


def _believed_details(right: Callable[..., Any]) -> Callable[..., Any]:
    """Once an assignment was sent, changes of its details go unseen."""
    return lambda entry, policy: entry.believed.details if entry.believed else right(entry, policy)


def _always_refuses(words: str) -> Bend:
    return lambda _right: lambda *_args, **_kwargs: Verdict(catalogue.LOCKED_EDIT_REFUSED, Refusal(words))


MUTANTS: tuple[Mutant, ...] = (
    # set-up
    Mutant(
        "any-type-will-do",
        catalogue.GROUP_NAME_MATCH,
        "The engine files an assignment under the first type of the class, whatever its group is called.",
        f"{CHECKS}:category_for",
        _takes_any_type,
        ("a_group_that_is_spelled_otherwise_is_refused_and_the_remedy_works",),
    ),
    Mutant(
        "flag-ignored",
        catalogue.SYNC_FLAG_REQUIRED,
        'The engine sends assignments without "Sync to Synergy".',
        f"{CHECKS}:why_skipped",
        _with_entry(flagged=True),
        ("only_an_assignment_marked_to_sync_takes_part",),
    ),
    Mutant(
        "canvas-flags-anything",
        catalogue.NOT_GRADED_INELIGIBLE,
        "Canvas lets an assignment that is not graded be marked to sync.",
        "simulator.canvas.rules.assignments:can_be_marked_to_sync",
        _never_refuses(catalogue.NOT_GRADED_INELIGIBLE),
        ("an_assignment_that_is_not_graded_cannot_be_marked_to_sync",),
    ),
    Mutant(
        "unpublished-taken-for-ungraded",
        catalogue.PUBLISHED_REQUIRED,
        "The engine does not look whether an assignment is published.",
        f"{CHECKS}:why_skipped",
        _with_entry(published=True),
        ("an_unpublished_assignment_waits_until_it_is_published",),
    ),
    Mutant(
        "hand-made-section-accepted",
        catalogue.COURSE_MUST_BE_SIS_LINKED,
        "The engine does not look whether a section came from Synergy.",
        f"{CHECKS}:_linked",
        _finds_nothing,
        ("a_section_made_by_hand_is_refused_and_the_rostered_one_goes_on",),
    ),
    Mutant(
        "due-date-not-checked",
        catalogue.DUE_DATE_REQUIRED,
        "The engine sends undated assignments although the district requires a date.",
        f"{CHECKS}:_due_date",
        _finds_nothing,
        ("where_the_district_asks_for_a_due_date_an_assignment_without_one_is_refused",),
    ),
    Mutant(
        "guest-dropped-quietly",
        catalogue.STUDENT_NEEDS_SIS_ID,
        "The score of a student without an SIS id is left out without a word.",
        f"{PLAN}:_score",
        _drops_quietly(lambda student: not student.sis_id),
        ("a_student_added_by_hand_is_left_out_and_the_class_is_not",),
    ),
    Mutant(
        "newcomer-dropped-quietly",
        catalogue.STUDENT_NOT_IN_CLASS,
        "The score of a student whom Synergy's class does not have is left out without a word.",
        f"{PLAN}:_score",
        _drops_quietly(lambda student: bool(student.sis_id)),
        ("a_student_who_is_not_in_the_synergy_class_gets_no_score_there",),
    ),
    Mutant(
        "first-section-only",
        catalogue.CROSSLIST_FANOUT,
        "Only the first section of a cross-listed course gets the assignment.",
        f"{PLAN}:entries",
        _first_section_only,
        ("a_cross_listed_course_writes_one_assignment_into_each_class",),
    ),
    # names and points
    Mutant(
        "engine-lets-long-names-pass",
        catalogue.NAME_TOO_LONG,
        "The engine does not measure names.",
        f"{CHECKS}:_name_length",
        _finds_nothing,
        ("a_name_that_is_too_long_is_refused_and_a_shorter_one_travels",),
    ),
    Mutant(
        "synergy-takes-long-names",
        catalogue.NAME_TOO_LONG,
        "Synergy keeps names of any length.",
        f"{RULES_OF_SYNERGY}:the_name_fits",
        _never_refuses(catalogue.NAME_TOO_LONG),
        ("synergy_itself_refuses_a_name_that_is_too_long",),
    ),
    Mutant(
        "engine-lets-odd-names-pass",
        catalogue.NAME_SPECIAL_CHARS,
        "The engine does not look at the characters of a name.",
        f"{CHECKS}:_name_characters",
        _finds_nothing,
        ("a_name_with_special_characters_is_refused_and_a_plain_one_travels",),
    ),
    Mutant(
        "synergy-takes-odd-names",
        catalogue.NAME_SPECIAL_CHARS,
        "Synergy takes any character.",
        f"{RULES_OF_SYNERGY}:the_name_is_plain",
        _never_refuses(catalogue.NAME_SPECIAL_CHARS),
        ("synergy_itself_refuses_a_name_with_special_characters",),
    ),
    Mutant(
        "engine-lets-zero-points-pass",
        catalogue.ZERO_POINTS_REJECTED,
        "The engine does not look at the points.",
        f"{CHECKS}:_points",
        _finds_nothing,
        ("an_assignment_worth_nothing_is_refused_until_it_has_points",),
    ),
    Mutant(
        "synergy-takes-zero-points",
        catalogue.ZERO_POINTS_REJECTED,
        "Synergy takes assignments worth nothing.",
        f"{RULES_OF_SYNERGY}:points_are_more_than_zero",
        _never_refuses(catalogue.ZERO_POINTS_REJECTED),
        ("synergy_itself_refuses_an_assignment_worth_nothing",),
    ),
    # sending
    Mutant(
        "deselection-ignored",
        catalogue.SELECT_DEFAULT_ALL,
        "The engine sends what the teacher deselected.",
        f"{CHECKS}:why_skipped",
        _ignores_selection,
        ("every_flagged_assignment_is_selected_until_the_teacher_deselects_it",),
    ),
    Mutant(
        "everything-sent-again",
        catalogue.SCORE_SENT_ONCE,
        "The engine forgets what it sent, so every post sends every score.",
        f"{PLAN}:decide_post",
        _forgets_what_was_sent,
        ("a_second_post_of_an_unchanged_class_writes_nothing",),
    ),
    Mutant(
        "changed-scores-stay-behind",
        catalogue.SCORE_CHANGE_RESENDS,
        "A score that was sent once is never sent again, changed or not.",
        f"{PLAN}:decide_post",
        _believes_what_canvas_says,
        ("a_changed_score_replaces_the_one_in_synergy_and_only_that_one_travels",),
    ),
    Mutant(
        "status-alone-travels",
        catalogue.STATUS_CHANGE_NOT_RESENT,
        "A changed status alone sends the score again.",
        f"{PLAN}:decide_post",
        _sends_for_status,
        (
            "a_status_alone_is_not_sent",
            "excusing_a_student_after_the_score_was_sent_does_not_reach_synergy",
        ),
    ),
    Mutant(
        "cleared-becomes-zero",
        catalogue.SCORE_CLEARED_NOT_SENT,
        "A cleared score is sent as a zero.",
        f"{PLAN}:decide_post",
        _sends_zero_for_cleared,
        ("a_score_that_was_cleared_in_canvas_stays_in_synergy",),
    ),
    Mutant(
        "orphans-untold",
        catalogue.DELETE_NOT_PROPAGATED,
        "The report does not tell of assignments that were deleted in Canvas.",
        f"{PLAN}:_deleted_in_canvas",
        _yields_nothing,
        ("an_assignment_deleted_in_canvas_stays_in_synergy",),
    ),
    Mutant(
        "schedule-passes-for-a-teacher",
        catalogue.MANUAL_TRIGGER,
        "The nightly schedule posts although the district wants a teacher to do it.",
        f"{ENGINE}:Engine.post",
        _schedule_passes_for_a_teacher,
        ("nothing_travels_until_the_teacher_posts",),
    ),
    Mutant(
        "ungraded-taken-along",
        catalogue.UNGRADED_NOT_CREATED,
        "The engine takes an assignment without any score for a graded one.",
        f"{CHECKS}:_has_grade",
        _answers(value=True),
        ("an_assignment_without_scores_is_silently_left_out",),
    ),
    Mutant(
        "created-unlocked",
        catalogue.FIRST_SEND_CREATES,
        "Synergy leaves what the sync creates unlocked.",
        "simulator.synergy.third_party:_written",
        _with(third_party_readonly=False),
        ("the_first_post_creates_the_assignment_locked_with_its_scores",),
    ),
    Mutant(
        "status-stays-behind",
        catalogue.STATUS_RIDES_WITH_SCORE,
        "The engine leaves the status behind when it sends a score.",
        f"{PLAN}:decide_post",
        _loses_status,
        ("a_status_rides_along_when_its_score_changes",),
    ),
    Mutant(
        "synergy-drops-the-code",
        catalogue.STATUS_RIDES_WITH_SCORE,
        "Synergy does not keep the comment code that came with a score.",
        "simulator.synergy.third_party:_score",
        _with(comment_code=""),
        ("a_status_rides_along_when_its_score_changes",),
    ),
    Mutant(
        "details-never-follow",
        catalogue.UPDATE_NEEDS_SCORE_CHANGE,
        "Changed details do not ride along with a changed score.",
        f"{PLAN}:_details",
        _believed_details,
        ("changed_details_wait_for_a_changed_score",),
    ),
    Mutant(
        "only-the-changed-score-comes-back",
        catalogue.DELETE_THEN_RESYNC,
        "An assignment that was deleted in Synergy is created again with the changed score only.",
        f"{PLAN}:_is_gone",
        _answers(value=False),
        ("an_assignment_deleted_in_synergy_comes_back_with_the_next_changed_score",),
    ),
    Mutant(
        "one-bad-item-stops-all",
        catalogue.SYNC_PARTIAL,
        "One refused assignment keeps the others of the run from travelling.",
        f"{ENGINE}:plan_run",
        _one_bad_item_stops_all,
        ("four_bad_assignments_do_not_stop_a_good_one",),
    ),
    Mutant(
        "two-syncs-at-once",
        catalogue.SYNC_QUEUE,
        "Two syncs of the same gradebook run at the same time.",
        "sync_engine.turns:Turns.take",
        _everybody_at_once,
        ("a_second_post_of_the_same_gradebook_waits_its_turn",),
    ),
    Mutant(
        "marked-before-it-is-sent",
        catalogue.SYNC_TRANSPORT_FAIL,
        "The engine marks a score as sent before Synergy took it.",
        "sync_engine.applying:Applier._send",
        _marks_before_it_is_sent,
        ("one_score_that_cannot_be_delivered_stays_to_be_sent",),
    ),
    Mutant(
        "vague-refusals",
        catalogue.SIS_VALIDATION,
        "The report hides Synergy's own words.",
        "sync_engine.domain.words:vendor_refused",
        _vague,
        ("a_refusal_that_nobody_documented_is_shown_in_the_words_of_synergy",),
    ),
    # remaster
    Mutant(
        "remaster-is-a-post",
        catalogue.REMASTER_RESENDS_ALL,
        "A remaster sends only what changed, like a post.",
        f"{PLAN}:decide_remaster",
        _remaster_is_a_post,
        ("a_remaster_sends_scores_statuses_and_details_whether_they_changed_or_not",),
    ),
    Mutant(
        "remaster-trusts-the-ledger",
        catalogue.REMASTER_FIXES_LEDGER,
        "A remaster does not look at what Synergy has.",
        f"{PLAN}:decide_remaster",
        _remaster_trusts_ledger,
        ("a_score_that_canvas_believes_it_sent_comes_back_only_with_a_remaster",),
    ),
    # locks
    Mutant(
        "open-lock-written",
        catalogue.READONLY_OFF_ERROR,
        "Synergy lets the sync write an assignment whose Third Party Readonly is off.",
        f"{RULES_OF_SYNERGY}:the_lock_is_on",
        _never_refuses(catalogue.READONLY_OFF_ERROR),
        ("an_unlocked_assignment_is_refused_until_it_is_locked_again",),
    ),
    Mutant(
        "lock-does-not-hold",
        catalogue.LOCKED_EDIT_REFUSED,
        "Synergy lets a teacher edit what is locked.",
        f"{RULES_OF_SYNERGY}:the_fields_are_open",
        _never_refuses(catalogue.LOCKED_EDIT_REFUSED),
        ("a_locked_assignment_cannot_be_edited_in_synergy",),
    ),
    Mutant(
        "unlocking-does-not-help",
        catalogue.UNLOCK_EDIT_RELOCK,
        "Synergy refuses the edit although the assignment was unlocked.",
        f"{RULES_OF_SYNERGY}:the_fields_are_open",
        _always_refuses("This assignment cannot be changed."),
        ("unlock_change_save_then_lock_and_save_changes_what_canvas_owns",),
    ),
    Mutant(
        "locked-can-be-deleted",
        catalogue.DELETE_LOCKED_REFUSED,
        "Synergy lets a teacher delete what is locked.",
        f"{RULES_OF_SYNERGY}:a_locked_assignment_stays",
        _never_refuses(catalogue.DELETE_LOCKED_REFUSED),
        ("a_locked_assignment_can_be_deleted_only_after_the_unlock_was_saved",),
    ),
    Mutant(
        "unsaved-unlock-counts",
        catalogue.UNLOCK_SAVE_FIRST,
        "Synergy deletes although the unlock was not saved.",
        f"{RULES_OF_SYNERGY}:the_unlock_was_saved",
        _never_refuses(catalogue.UNLOCK_SAVE_FIRST),
        ("a_locked_assignment_can_be_deleted_only_after_the_unlock_was_saved",),
    ),
)
"""All mutants, family by family."""
