"""Bugs in what an assignment may be called and be worth."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

RULES_OF_SYNERGY = "simulator.synergy.rules"
CHECKS = "sync_engine.domain.checks"

MUTANTS = (
    Mutant(
        "engine-lets-long-names-pass",
        catalogue.NAME_TOO_LONG,
        "The engine does not measure names.",
        f"{CHECKS}:_name_length",
        bends.finds_nothing,
        ("a_name_that_is_too_long_is_refused_and_a_shorter_one_travels",),
    ),
    Mutant(
        "synergy-takes-long-names",
        catalogue.NAME_TOO_LONG,
        "Synergy keeps names of any length.",
        f"{RULES_OF_SYNERGY}:the_name_fits",
        bends.never_refuses(catalogue.NAME_TOO_LONG),
        ("synergy_itself_refuses_a_name_that_is_too_long",),
    ),
    Mutant(
        "one-name-for-two",
        catalogue.NAME_NOT_UNIQUE,
        "The engine does not look whether a name is taken.",
        f"{CHECKS}:_name_once",
        bends.finds_nothing,
        ("two_assignments_of_one_name_are_refused_until_one_is_renamed",),
    ),
    Mutant(
        "engine-lets-odd-names-pass",
        catalogue.NAME_SPECIAL_CHARS,
        "The engine does not look at the characters of a name.",
        f"{CHECKS}:_name_characters",
        bends.finds_nothing,
        ("a_name_with_special_characters_is_refused_and_a_plain_one_travels",),
    ),
    Mutant(
        "synergy-takes-odd-names",
        catalogue.NAME_SPECIAL_CHARS,
        "Synergy takes any character.",
        f"{RULES_OF_SYNERGY}:the_name_is_plain",
        bends.never_refuses(catalogue.NAME_SPECIAL_CHARS),
        ("synergy_itself_refuses_a_name_with_special_characters",),
    ),
    Mutant(
        "engine-lets-zero-points-pass",
        catalogue.ZERO_POINTS_REJECTED,
        "The engine does not look at the points.",
        f"{CHECKS}:_points",
        bends.finds_nothing,
        ("an_assignment_worth_nothing_is_refused_until_it_has_points",),
    ),
    Mutant(
        "synergy-takes-zero-points",
        catalogue.ZERO_POINTS_REJECTED,
        "Synergy takes assignments worth nothing.",
        f"{RULES_OF_SYNERGY}:points_are_more_than_zero",
        bends.never_refuses(catalogue.ZERO_POINTS_REJECTED),
        ("synergy_itself_refuses_an_assignment_worth_nothing",),
    ),
)
