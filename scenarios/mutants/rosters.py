"""Bugs in how the roster comes to Canvas, and in what the sync makes of a student who moved."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "night-brings-nothing",
        catalogue.ROSTER_REVERSE_NIGHTLY,
        "The nightly feed leaves Canvas's roster as it is.",
        "simulator.world:take_in",
        bends.answers(""),
        (
            "a_new_student_is_in_canvas_only_after_the_night",
            "a_student_who_left_is_refused_until_the_night_takes_them_out_of_canvas",
        ),
    ),
    Mutant(
        "night-only-adds",
        catalogue.ROSTER_REVERSE_NIGHTLY,
        "The nightly feed brings who is new, and never takes away who left.",
        "simulator.canvas.rules.rostering:is_of_the_roster",
        bends.answers(value=False),
        (
            "a_remaster_carries_the_scores_of_a_student_who_changed_sections",
            "a_student_who_left_is_refused_until_the_night_takes_them_out_of_canvas",
        ),
    ),
    Mutant(
        "move-goes-unseen",
        catalogue.REMASTER_MOVES_STUDENT,
        "The engine does not see that a student came from another section, so a post sends everything anew.",
        "sync_engine.domain.entry:_sent_elsewhere",
        bends.answers({}),
        (
            "a_remaster_carries_the_scores_of_a_student_who_changed_sections",
            "a_score_that_changed_after_the_move_travels_with_an_ordinary_post",
        ),
    ),
)
