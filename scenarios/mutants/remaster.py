"""Bugs in the remaster."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

PLAN = "sync_engine.domain.plan"

MUTANTS = (
    Mutant(
        "remaster-is-a-post",
        catalogue.REMASTER_RESENDS_ALL,
        "A remaster sends only what changed, like a post.",
        f"{PLAN}:decide_remaster",
        bends.remaster_is_a_post,
        ("a_remaster_sends_scores_statuses_and_details_whether_they_changed_or_not",),
    ),
    Mutant(
        "remaster-trusts-the-ledger",
        catalogue.REMASTER_FIXES_LEDGER,
        "A remaster does not look at what Synergy has.",
        f"{PLAN}:decide_remaster",
        bends.remaster_trusts_ledger,
        (
            "a_score_that_canvas_believes_it_sent_comes_back_only_with_a_remaster",
            "a_score_that_synergy_acknowledged_and_forgot_comes_back_with_a_remaster",
        ),
    ),
    Mutant(
        "section-filter-ignored",
        catalogue.COMPARE_PROCEDURE,
        "Canvas's gradebook shows the students of every section, whichever is filtered by.",
        "simulator.canvas.class_book:ClassBook.students",
        bends.of_every_section,
        ("totals_are_compared_after_a_remaster_section_by_section_with_all_periods",),
    ),
)
