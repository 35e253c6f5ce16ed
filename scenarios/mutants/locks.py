"""Bugs in Third Party Readonly."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

RULES_OF_SYNERGY = "simulator.synergy.rules"

MUTANTS = (
    Mutant(
        "open-lock-written",
        catalogue.READONLY_OFF_ERROR,
        "Synergy lets the sync write an assignment whose Third Party Readonly is off.",
        f"{RULES_OF_SYNERGY}:the_lock_is_on",
        bends.never_refuses(catalogue.READONLY_OFF_ERROR),
        ("an_unlocked_assignment_is_refused_until_it_is_locked_again",),
    ),
    Mutant(
        "lock-does-not-hold",
        catalogue.LOCKED_EDIT_REFUSED,
        "Synergy lets a teacher edit what is locked.",
        f"{RULES_OF_SYNERGY}:the_fields_are_open",
        bends.never_refuses(catalogue.LOCKED_EDIT_REFUSED),
        ("a_locked_assignment_cannot_be_edited_in_synergy",),
    ),
    Mutant(
        "unlocking-does-not-help",
        catalogue.UNLOCK_EDIT_RELOCK,
        "Synergy refuses the edit although the assignment was unlocked.",
        f"{RULES_OF_SYNERGY}:the_fields_are_open",
        bends.always_refuses("This assignment cannot be changed."),
        ("unlock_change_save_then_lock_and_save_changes_what_canvas_owns",),
    ),
    Mutant(
        "locked-can-be-deleted",
        catalogue.DELETE_LOCKED_REFUSED,
        "Synergy lets a teacher delete what is locked.",
        f"{RULES_OF_SYNERGY}:a_locked_assignment_stays",
        bends.never_refuses(catalogue.DELETE_LOCKED_REFUSED),
        ("a_locked_assignment_can_be_deleted_only_after_the_unlock_was_saved",),
    ),
    Mutant(
        "unsaved-unlock-counts",
        catalogue.UNLOCK_SAVE_FIRST,
        "Synergy deletes although the unlock was not saved.",
        f"{RULES_OF_SYNERGY}:the_unlock_was_saved",
        bends.never_refuses(catalogue.UNLOCK_SAVE_FIRST),
        ("a_locked_assignment_can_be_deleted_only_after_the_unlock_was_saved",),
    ),
    Mutant(
        "assignments-screen-writes-all",
        catalogue.ASSIGNMENTS_SCREEN_REFUSED,
        "The Assignments screen changes what came from Canvas.",
        f"{RULES_OF_SYNERGY}:the_screen_for_many_leaves_it_alone",
        bends.never_refuses(catalogue.ASSIGNMENTS_SCREEN_REFUSED),
        ("the_assignments_screen_changes_nothing_that_came_from_canvas",),
    ),
    Mutant(
        "typed-score-stays",
        catalogue.SCORES_ENTERED_IN_SYNERGY_LOST,
        "Synergy keeps what a teacher typed, although nothing says that it minds.",
        f"{RULES_OF_SYNERGY}:the_typed_score_gives_way",
        bends.always_refuses("A teacher has typed a score here.", catalogue.SCORES_ENTERED_IN_SYNERGY_LOST),
        ("a_score_typed_in_synergy_is_lost_when_canvas_sends_that_cell_again",),
    ),
    Mutant(
        "typed-score-lost-all-the-same",
        catalogue.SCORES_ENTERED_IN_SYNERGY_LOST,
        "The sync overwrites what a teacher typed, although this system minds.",
        f"{RULES_OF_SYNERGY}:the_typed_score_gives_way",
        bends.never_refuses(catalogue.SCORES_ENTERED_IN_SYNERGY_LOST),
        ("where_typed_scores_are_kept_the_sync_is_refused_until_the_cell_is_emptied",),
    ),
    Mutant(
        "duplicate-stays-for-ever",
        catalogue.DUPLICATES_DELETE,
        "A duplicate cannot be deleted, whatever is unlocked.",
        f"{RULES_OF_SYNERGY}:the_other_copies_are_unlocked",
        bends.always_refuses("This duplicate cannot be deleted."),
        ("a_duplicate_is_unlocked_and_saved_and_then_deleted",),
    ),
    Mutant(
        "other-sections-forgotten",
        catalogue.DUPLICATES_ACROSS_SECTIONS,
        "A duplicate goes although the other one is still locked in another section.",
        f"{RULES_OF_SYNERGY}:the_other_copies_are_unlocked",
        bends.never_refuses(catalogue.DUPLICATES_ACROSS_SECTIONS),
        ("a_duplicate_in_two_sections_goes_once_the_other_is_unlocked_in_both",),
    ),
    Mutant(
        "second-copy-refused",
        catalogue.DUPLICATES_CAUSE,
        "Synergy refuses a second copy, although nothing says that it minds.",
        f"{RULES_OF_SYNERGY}:a_second_copy_may_come",
        bends.always_refuses("It is there already.", catalogue.DUPLICATES_CAUSE),
        ("a_sync_that_lost_its_links_sends_the_quiz_a_second_time",),
    ),
    Mutant(
        "second-copy-taken-all-the-same",
        catalogue.DUPLICATES_CAUSE,
        "A second copy comes, although this system minds.",
        f"{RULES_OF_SYNERGY}:a_second_copy_may_come",
        bends.never_refuses(catalogue.DUPLICATES_CAUSE),
        ("where_second_copies_are_refused_the_quiz_is_there_once",),
    ),
)
