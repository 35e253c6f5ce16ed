"""Bugs in what a post sends, and what it leaves alone."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

CHECKS = "sync_engine.domain.checks"
PLAN = "sync_engine.domain.plan"
ENGINE = "sync_engine.engine"

MUTANTS = (
    Mutant(
        "deselection-ignored",
        catalogue.SELECT_DEFAULT_ALL,
        "The engine sends what the teacher deselected.",
        f"{CHECKS}:why_skipped",
        bends.ignores_selection,
        ("every_flagged_assignment_is_selected_until_the_teacher_deselects_it",),
    ),
    Mutant(
        "everything-sent-again",
        catalogue.SCORE_SENT_ONCE,
        "The engine forgets what it sent, so every post sends every score.",
        f"{PLAN}:decide_post",
        bends.forgets_what_was_sent,
        ("a_second_post_of_an_unchanged_class_writes_nothing",),
    ),
    Mutant(
        "changed-scores-stay-behind",
        catalogue.SCORE_CHANGE_RESENDS,
        "A score that was sent once is never sent again, changed or not.",
        f"{PLAN}:decide_post",
        bends.believes_what_canvas_says,
        ("a_changed_score_replaces_the_one_in_synergy_and_only_that_one_travels",),
    ),
    Mutant(
        "status-alone-travels",
        catalogue.STATUS_CHANGE_NOT_RESENT,
        "A changed status alone sends the score again.",
        f"{PLAN}:decide_post",
        bends.sends_for_status,
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
        bends.sends_zero_for_cleared,
        ("a_score_that_was_cleared_in_canvas_stays_in_synergy",),
    ),
    Mutant(
        "orphans-untold",
        catalogue.DELETE_NOT_PROPAGATED,
        "The report does not tell of assignments that were deleted in Canvas.",
        f"{PLAN}:_deleted_in_canvas",
        bends.yields_nothing,
        ("an_assignment_deleted_in_canvas_stays_in_synergy",),
    ),
    Mutant(
        "schedule-passes-for-a-teacher",
        catalogue.MANUAL_TRIGGER,
        "The nightly schedule posts although the district wants a teacher to do it.",
        f"{ENGINE}:Engine.post",
        bends.schedule_passes_for_a_teacher,
        ("nothing_travels_until_the_teacher_posts",),
    ),
    Mutant(
        "ungraded-taken-along",
        catalogue.UNGRADED_NOT_CREATED,
        "The engine takes an assignment without any score for a graded one.",
        f"{CHECKS}:_has_grade",
        bends.answers(value=True),
        ("an_assignment_without_scores_is_silently_left_out",),
    ),
    Mutant(
        "created-unlocked",
        catalogue.FIRST_SEND_CREATES,
        "Synergy leaves what the sync creates unlocked.",
        "simulator.synergy.third_party:_written",
        bends.answers_with(third_party_readonly=False),
        ("the_first_post_creates_the_assignment_locked_with_its_scores",),
    ),
    Mutant(
        "status-stays-behind",
        catalogue.STATUS_RIDES_WITH_SCORE,
        "The engine leaves the status behind when it sends a score.",
        f"{PLAN}:decide_post",
        bends.loses_status,
        ("a_status_rides_along_when_its_score_changes",),
    ),
    Mutant(
        "synergy-drops-the-code",
        catalogue.STATUS_RIDES_WITH_SCORE,
        "Synergy does not keep the comment code that came with a score.",
        "simulator.synergy.third_party:_score",
        bends.answers_with(comment_code=""),
        ("a_status_rides_along_when_its_score_changes",),
    ),
    Mutant(
        "details-never-follow",
        catalogue.UPDATE_NEEDS_SCORE_CHANGE,
        "Changed details do not ride along with a changed score.",
        f"{PLAN}:_details",
        bends.believed_details,
        ("changed_details_wait_for_a_changed_score",),
    ),
    Mutant(
        "only-the-changed-score-comes-back",
        catalogue.DELETE_THEN_RESYNC,
        "An assignment that was deleted in Synergy is created again with the changed score only.",
        f"{PLAN}:_is_gone",
        bends.answers(value=False),
        ("an_assignment_deleted_in_synergy_comes_back_with_the_next_changed_score",),
    ),
    Mutant(
        "one-bad-item-stops-all",
        catalogue.SYNC_PARTIAL,
        "One refused assignment keeps the others of the run from travelling.",
        f"{ENGINE}:plan_run",
        bends.one_bad_item_stops_all,
        ("four_bad_assignments_do_not_stop_a_good_one",),
    ),
    Mutant(
        "two-syncs-at-once",
        catalogue.SYNC_QUEUE,
        "Two syncs of the same gradebook run at the same time.",
        "sync_engine.turns:Turns.take",
        bends.everybody_at_once,
        ("a_second_post_of_the_same_gradebook_waits_its_turn",),
    ),
    Mutant(
        "marked-before-it-is-sent",
        catalogue.SYNC_TRANSPORT_FAIL,
        "The engine marks a score as sent before Synergy took it.",
        "sync_engine.applying:Applier._send",
        bends.marks_before_it_is_sent,
        ("one_score_that_cannot_be_delivered_stays_to_be_sent",),
    ),
    Mutant(
        "vague-refusals",
        catalogue.SIS_VALIDATION,
        "The report hides Synergy's own words.",
        "sync_engine.domain.words:vendor_refused",
        bends.vague,
        ("a_refusal_that_nobody_documented_is_shown_in_the_words_of_synergy",),
    ),
)
