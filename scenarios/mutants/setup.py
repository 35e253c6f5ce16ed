"""Bugs in what must be set up before anything can travel."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

CHECKS = "sync_engine.domain.checks"
RULES_OF_SYNERGY = "simulator.synergy.rules"
PLAN = "sync_engine.domain.plan"

MUTANTS = (
    Mutant(
        "assignees-not-looked-at",
        catalogue.ASSIGN_TO_WHOLE,
        "The engine does not look whom an assignment is for.",
        "sync_engine.domain.checks:_assigned_to_whole",
        bends.finds_nothing,
        ("what_is_for_single_students_is_refused_until_everyone_has_it",),
    ),
    Mutant(
        "any-type-will-do",
        catalogue.GROUP_NAME_MATCH,
        "The engine files an assignment under the first type of the class, whatever its group is called.",
        f"{CHECKS}:category_for",
        bends.takes_any_type,
        ("a_group_that_is_spelled_otherwise_is_refused_and_the_remedy_works",),
    ),
    Mutant(
        "any-category-taken",
        catalogue.GROUP_NAME_MATCH,
        "Synergy takes an assignment of a type that its class does not have.",
        f"{RULES_OF_SYNERGY}:the_type_is_one_of_the_class",
        bends.never_refuses(catalogue.GROUP_NAME_MATCH),
        ("a_type_of_another_class_is_refused_by_synergy_itself",),
    ),
    Mutant(
        "category-refused-without-its-rule",
        catalogue.GROUP_NAME_MATCH,
        "Synergy's refusal of a type does not say that it is about the type.",
        f"{RULES_OF_SYNERGY}:the_type_is_one_of_the_class",
        bends.refuses_with(catalogue.GROUP_NAME_MATCH, "This cannot be saved."),
        (
            "a_type_that_is_removed_while_a_post_runs_is_refused_by_synergy_itself",
            "a_type_of_another_class_is_refused_by_synergy_itself",
        ),
    ),
    Mutant(
        "flag-ignored",
        catalogue.SYNC_FLAG_REQUIRED,
        'The engine sends assignments without "Sync to Synergy".',
        f"{CHECKS}:why_skipped",
        bends.with_entry(flagged=True),
        ("only_an_assignment_marked_to_sync_takes_part",),
    ),
    Mutant(
        "canvas-flags-anything",
        catalogue.NOT_GRADED_INELIGIBLE,
        "Canvas lets an assignment that is not graded be marked to sync.",
        "simulator.canvas.rules.assignments:can_be_marked_to_sync",
        bends.never_refuses(catalogue.NOT_GRADED_INELIGIBLE),
        ("an_assignment_that_is_not_graded_cannot_be_marked_to_sync",),
    ),
    Mutant(
        "unpublished-taken-for-ungraded",
        catalogue.PUBLISHED_REQUIRED,
        "The engine does not look whether an assignment is published.",
        f"{CHECKS}:why_skipped",
        bends.with_entry(published=True),
        ("an_unpublished_assignment_waits_until_it_is_published",),
    ),
    Mutant(
        "hand-made-section-accepted",
        catalogue.COURSE_MUST_BE_SIS_LINKED,
        "The engine does not look whether a section came from Synergy.",
        f"{CHECKS}:_linked",
        bends.finds_nothing,
        ("a_section_made_by_hand_is_refused_and_the_rostered_one_goes_on",),
    ),
    Mutant(
        "due-date-not-checked",
        catalogue.DUE_DATE_REQUIRED,
        "The engine sends undated assignments although the district requires a date.",
        f"{CHECKS}:_due_date",
        bends.finds_nothing,
        ("where_the_district_asks_for_a_due_date_an_assignment_without_one_is_refused",),
    ),
    Mutant(
        "undated-taken",
        catalogue.DUE_DATE_REQUIRED,
        "Synergy takes an assignment without a due date although its district requires one.",
        f"{RULES_OF_SYNERGY}:there_is_a_due_date",
        bends.never_refuses(catalogue.DUE_DATE_REQUIRED),
        ("synergy_itself_refuses_an_assignment_without_a_due_date",),
    ),
    Mutant(
        "guest-dropped-quietly",
        catalogue.STUDENT_NEEDS_SIS_ID,
        "The score of a student without an SIS id is left out without a word.",
        f"{PLAN}:_score",
        bends.drops_quietly(lambda student: not student.sis_id),
        ("a_student_added_by_hand_is_left_out_and_the_class_is_not",),
    ),
    Mutant(
        "newcomer-dropped-quietly",
        catalogue.STUDENT_NOT_IN_CLASS,
        "The score of a student whom Synergy's class does not have is left out without a word.",
        f"{PLAN}:_score",
        bends.drops_quietly(lambda student: bool(student.sis_id)),
        ("a_student_who_is_not_in_the_synergy_class_gets_no_score_there",),
    ),
    Mutant(
        "leaver-scored",
        catalogue.STUDENT_NOT_IN_CLASS,
        "Synergy takes a score of a student who is not in the class any more.",
        f"{RULES_OF_SYNERGY}:the_student_is_in_the_class",
        bends.never_refuses(catalogue.STUDENT_NOT_IN_CLASS),
        ("a_student_who_is_withdrawn_while_a_post_runs_is_refused_by_synergy_itself",),
    ),
    Mutant(
        "first-section-only",
        catalogue.CROSSLIST_FANOUT,
        "Only the first section of a cross-listed course gets the assignment.",
        f"{PLAN}:entries",
        bends.first_section_only,
        ("a_cross_listed_course_writes_one_assignment_into_each_class",),
    ),
)
