"""How the class totals of Synergy are read where no public page says: one group of switches.

What lives here: values, each with its source and confidence. What must never be here: behaviour, and what a
class sets for itself (its method, its rounding, its scale).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from simulator.profiles.passport import ASSUMED, DOCUMENTED, OBSERVED, switch

RoundingMode: TypeAlias = Literal["half_up", "truncate"]
Between: TypeAlias = Literal["lower", "upper"]

_GRADEBOOKS = "gradebooks of a Washington district in student projects, 2018 to 2025"
_UNTOLD = "no public page or sample tells"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTotalReadings:
    """What Synergy does, as far as a class total depends on it, whatever the class sets."""

    # rounding
    rounding_off_means: Literal["half_up", "truncate"] = switch(
        "truncate",
        f"{_GRADEBOOKS}: whole classes truncate (87.167 is 87.1); only this setting can explain it",
        ASSUMED,
    )
    total_from: Literal["exact", "displayed"] = switch(
        "exact", f"{_UNTOLD} whether contributions add up as they are or as shown", ASSUMED
    )

    # which assignments belong to a period
    period_membership: Literal["ticked", "assignment_date", "due_date"] = switch(
        "ticked",
        "Edupoint's table EGB_GBPERIODS and the tab Grading Periods: an assignment counts in the periods "
        f"that are ticked; {_UNTOLD} whether the dates of a mark choose among them again",
        DOCUMENTED,
    )

    # what an assignment is worth
    missing_percent: Decimal | None = switch(  # noqa: RUF009 - a decimal never changes
        Decimal(0),
        "Eugene SD 4J, Grade Book Comments: missing scores 0 by default and the value can be set; "
        "Lincoln PS has 0 % and 50 %. None leaves it out",
        DOCUMENTED,
    )
    zero_points_item: Literal["adds_score", "adds_nothing"] = switch(
        "adds_score",
        f"{_GRADEBOOKS}: scored assignments without points possible; {_UNTOLD} what they add",
        ASSUMED,
    )
    extra_credit_possible: Literal["ignored", "counted"] = switch(
        "ignored",
        f"{_GRADEBOOKS}: extra credit is exported without points possible; {_UNTOLD} what it adds",
        ASSUMED,
    )
    negative_score: Literal["counts", "as_zero"] = switch(
        "counts", f"{_UNTOLD} whether Synergy takes a score below zero", ASSUMED
    )
    unknown_mark: Literal["linear", "not_counted"] = switch(
        "linear", f"{_UNTOLD} what a number is worth that its score type does not list", ASSUMED
    )
    penalty_base: Literal["score", "possible"] = switch(
        "score",
        f"Eugene SD 4J: a comment has a Penalty %; {_UNTOLD} whether of the score or of what is possible",
        ASSUMED,
    )

    unfinished_score: Literal["left_out", "counts"] = switch(
        "left_out",
        "OneRoster 1.1: a score that is partially graded is not for totals, and before it nothing is graded; "
        f"{_UNTOLD} whether Synergy keeps to that",
        ASSUMED,
    )

    # dropping
    drop_order: Literal["percent", "points"] = switch(
        "percent",
        f"Synergy's quick guide: a type drops a number of scores; {_UNTOLD} what makes one low",
        ASSUMED,
    )
    drop_tie: Literal["older", "newer"] = switch(
        "older", f"{_UNTOLD} which of two equally low scores goes", ASSUMED
    )
    drop_scope: Literal["period", "class"] = switch(
        "period", f"{_UNTOLD} whether each period drops its own or the class drops once", ASSUMED
    )
    drop_keeps_one: bool = switch(
        default=True, source=f"{_UNTOLD} whether a type can drop every score", confidence=ASSUMED
    )

    # weights
    extra_credit_only_type: Literal["ignored", "keeps_weight"] = switch(
        "ignored",
        "a published gradebook: a type without counted points gives its weight to the others; "
        f"{_UNTOLD} whether one with extra credit only does",
        ASSUMED,
    )
    weight_sum: Literal["normalised", "as_entered"] = switch(
        "normalised",
        f"Synergy's quick guide: weights add up to 100; {_UNTOLD} what happens where they do not",
        ASSUMED,
    )
    zero_weight_type: Literal["unlisted", "listed"] = switch(
        "unlisted", f"{_GRADEBOOKS}: a type of an assignment that is in no row and not in the total", OBSERVED
    )

    # term weighting
    term_marks: Literal["exact", "rounded"] = switch(
        "exact",
        "a district guide to Term Weighting: a semester is 45 + 45 + exam 10, or 90 + exam 10; "
        f"{_UNTOLD} whether the marks go in as they are or as their class rounds them",
        ASSUMED,
    )
    absent_term: Literal["redistributed", "as_zero", "no_mark"] = switch(
        "redistributed",
        f"{_UNTOLD} what a semester is while its exam has no mark; a type without points gives its weight "
        "to the others",
        ASSUMED,
    )

    # marks
    between_bands: Literal["lower", "upper"] = switch(
        "lower", f"{_UNTOLD} the letter of a number between two bounds, as 89.995", ASSUMED
    )
