"""Bugs in assignment types."""

from contracts import catalogue
from scenarios.mutants import bends
from scenarios.mutants.mutant import Mutant

RULES_OF_SYNERGY = "simulator.synergy.rules"

MUTANTS = (
    Mutant(
        "hidden-type-shown",
        catalogue.HIDDEN_TYPE,
        "A type that the class does not use is shown by its name.",
        f"{RULES_OF_SYNERGY}:name_of_type",
        bends.by_its_name,
        ("a_type_that_the_class_does_not_use_shows_as_hidden",),
    ),
    Mutant(
        "deleted-type-shown",
        catalogue.DELETED_TYPE,
        "A type that was deleted is shown by its name.",
        f"{RULES_OF_SYNERGY}:name_of_type",
        bends.by_its_name,
        ("a_type_that_was_deleted_shows_as_deleted_until_another_is_chosen",),
    ),
    Mutant(
        "any-weights-will-do",
        catalogue.TYPE_WEIGHTS_SUM_100,
        "Weights are saved whatever they add up to.",
        f"{RULES_OF_SYNERGY}:the_weights_are_whole",
        bends.never_refuses(catalogue.TYPE_WEIGHTS_SUM_100),
        ("weights_that_do_not_add_up_to_a_hundred_are_not_saved",),
    ),
    Mutant(
        "district-types-open",
        catalogue.TYPE_DISTRICT_LOCKED,
        "A teacher changes types that the district has fixed.",
        f"{RULES_OF_SYNERGY}:the_types_are_the_teachers_to_change",
        bends.never_refuses(catalogue.TYPE_DISTRICT_LOCKED),
        ("where_the_district_fixes_types_a_teacher_adds_none",),
    ),
)
