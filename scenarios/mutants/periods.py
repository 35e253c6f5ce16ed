"""Bugs in what a closed grading period keeps out."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "closed-period-written",
        catalogue.GP_CLOSED_WRITE,
        "Synergy takes a score for a closed grading period although its district refuses them.",
        "simulator.synergy.rules:the_periods_are_open",
        bends.never_refuses(catalogue.GP_CLOSED_WRITE),
        ("a_score_for_a_closed_grading_period_is_refused_until_the_office_opens_it",),
    ),
    Mutant(
        "period-never-closes",
        catalogue.GP_CLOSED_WRITE,
        "A grading period stays open after its last day.",
        "simulator.synergy.store:GradebookStore.close_period",
        bends.answers(None),
        ("a_score_for_a_closed_grading_period_is_refused_until_the_office_opens_it",),
    ),
)
