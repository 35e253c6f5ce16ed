"""Bugs in class totals, and in what is told about their differences."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

CELLS = "simulator.comparing.cells"
SETTINGS = "simulator.comparing.settings"

MUTANTS = (
    Mutant(
        "unmarked-work-untold",
        catalogue.TOTALS_MISMATCH_UNSYNCED,
        "Nobody is told that an assignment which counts in Canvas is not marked to sync.",
        f"{CELLS}:unsynced",
        bends.yields_nothing,
        (
            "an_assignment_that_is_not_marked_to_sync_counts_in_canvas_alone",
            "a_score_of_an_assignment_that_was_unmarked_later_has_two_possible_causes",
        ),
    ),
    Mutant(
        "filter-moves-nothing",
        catalogue.TOTALS_MISMATCH_FILTER,
        "Canvas's Total column counts all work, whatever grading period it is filtered by.",
        "simulator.canvas.rules.totals.total_column:split_by_period",
        bends.passes_the_filter,
        ("a_filter_of_canvas_shows_fewer_assignments_than_synergy_or_more",),
    ),
    Mutant(
        "filter-untold",
        catalogue.TOTALS_MISMATCH_FILTER,
        "Nobody is told that a filter hides what Synergy counts.",
        f"{SETTINGS}:filtered",
        bends.yields_nothing,
        ("a_filter_of_canvas_shows_fewer_assignments_than_synergy_or_more",),
    ),
    Mutant(
        "ticks-do-not-count",
        catalogue.TOTALS_MISMATCH_GRADING_PERIOD,
        "Synergy counts work in every grading period, ticked for it or not.",
        "simulator.synergy.totals.total:belongs_to",
        bends.answers(value=True),
        ("an_assignment_that_is_not_ticked_for_the_grading_period_counts_in_canvas_alone",),
    ),
    Mutant(
        "missing-tick-untold",
        catalogue.TOTALS_MISMATCH_GRADING_PERIOD,
        "Nobody is told that an assignment is not ticked for the grading period on show.",
        f"{SETTINGS}:not_ticked",
        bends.yields_nothing,
        ("an_assignment_that_is_not_ticked_for_the_grading_period_counts_in_canvas_alone",),
    ),
    Mutant(
        "synergy-weighs-nothing",
        catalogue.TOTALS_MISMATCH_WEIGHTS,
        "Synergy adds points up in a class that weighs its types.",
        "simulator.synergy.class_totals:class_total",
        bends.with_policy(method="points"),
        ("weights_in_synergy_alone_make_another_total_of_the_same_scores",),
    ),
    Mutant(
        "weights-untold",
        catalogue.TOTALS_MISMATCH_WEIGHTS,
        "Nobody is told that the weights of the two gradebooks are not the same.",
        f"{SETTINGS}:weighed_otherwise",
        bends.yields_nothing,
        ("weights_in_synergy_alone_make_another_total_of_the_same_scores",),
    ),
    Mutant(
        "always-two-decimals",
        catalogue.TOTALS_MISMATCH_ROUNDING,
        "Synergy rounds every total to two decimals, whatever the class is set to.",
        "simulator.synergy.totals.total:raw_of",
        bends.with_policy(decimals=2, class_rounding=True),
        (
            "a_class_that_rounds_to_whole_percents_or_cuts_decimals_off_shows_another_total",
            "each_student_of_a_class_has_causes_of_their_own",
        ),
    ),
    Mutant(
        "rounding-untold",
        catalogue.TOTALS_MISMATCH_ROUNDING,
        "Nobody is told that the class rounds otherwise than Canvas does.",
        f"{SETTINGS}:rounded_otherwise",
        bends.yields_nothing,
        ("a_class_that_rounds_to_whole_percents_or_cuts_decimals_off_shows_another_total",),
    ),
    Mutant(
        "old-scores-untold",
        catalogue.TOTALS_MISMATCH_STALE,
        "Nobody is told that Synergy has an old score, status or detail.",
        f"{CELLS}:stale",
        bends.yields_nothing,
        (
            "an_excuse_that_did_not_travel_keeps_a_score_in_the_total_of_synergy",
            "points_that_were_changed_in_canvas_alone_make_another_total",
            "a_score_that_was_lost_on_its_way_is_missing_in_the_total_of_synergy",
            "a_score_that_was_cleared_in_canvas_goes_on_counting_in_synergy",
        ),
    ),
    Mutant(
        "orphan-in-total-untold",
        catalogue.TOTALS_MISMATCH_ORPHAN,
        "Nobody is told that Synergy counts what Canvas does not have any more.",
        f"{CELLS}:orphaned",
        bends.yields_nothing,
        (
            "an_assignment_that_was_deleted_in_canvas_goes_on_counting_in_synergy",
            "each_student_of_a_class_has_causes_of_their_own",
        ),
    ),
    Mutant(
        "zeros-never-viewed",
        catalogue.TOTALS_MISMATCH_UNGRADED,
        'Canvas\'s Total column is the same with "View ungraded as zero".',
        "simulator.canvas.class_book:total_column",
        bends.with_view(ungraded_as_zero=False),
        ("a_blank_that_canvas_views_as_zero_counts_there_alone",),
    ),
    Mutant(
        "blanks-untold",
        catalogue.TOTALS_MISMATCH_UNGRADED,
        "Nobody is told that one gradebook counts what the other leaves blank.",
        f"{CELLS}:ungraded",
        bends.yields_nothing,
        (
            "a_blank_that_canvas_views_as_zero_counts_there_alone",
            "missing_work_is_a_zero_in_synergy_and_nothing_in_canvas",
        ),
    ),
)
