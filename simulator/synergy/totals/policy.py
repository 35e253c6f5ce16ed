"""What a class sets for its totals, and how this room reads what no public page says, as one frozen value.

What lives here: values, each with its source and confidence. What must never be here: behaviour. Whoever
knows better changes a field, never a module. What bites: the first four fields are settings of a class, all
others are readings of how Synergy itself computes.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal, TypeAlias, get_args

from contracts.catalogue.rule import Confidence
from simulator.synergy.totals.marks import PERCENT, Between, Scale
from simulator.synergy.totals.rounding import RoundingMode

Method: TypeAlias = Literal["weighted", "points"]
Decimals: TypeAlias = Literal[0, 1, 2]

ASSUMED, OBSERVED, DOCUMENTED = Confidence.ASSUMED, Confidence.OBSERVED, Confidence.DOCUMENTED

_GRADEBOOKS = "gradebooks of a Washington district in student projects, 2018 to 2025"
_UNTOLD = "no public page or sample tells"


def _read_from(source: str, confidence: Confidence) -> dict[str, object]:
    """The passport of a field, as a switch of the profile has one."""
    return {"source": source, "confidence": confidence}


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsPolicy:
    """How class totals are computed.

    Raises:
        ValueError: If the class rounds to other than 0, 1 or 2 decimals.
    """

    # settings of a class
    method: Method = field(
        default="weighted",
        metadata=_read_from(
            "Synergy help, assignment scoring settings: total points or weighted types", DOCUMENTED
        ),
    )
    class_rounding: bool = field(
        default=True,
        metadata=_read_from(
            "Corvallis SD 509J, Synergy district defaults: Class Rounding is on, to match Canvas", DOCUMENTED
        ),
    )
    decimals: Decimals = field(
        default=2,
        metadata=_read_from(
            "Corvallis SD 509J: two decimals, to match Canvas; classes elsewhere have 0 or 1", DOCUMENTED
        ),
    )
    scale: Scale = field(
        default=PERCENT,
        metadata=_read_from(
            "Tigard-Tualatin SD, grade scale: bounds to the hundredth; these letters are ours", ASSUMED
        ),
    )

    # rounding
    rounding_off_means: RoundingMode = field(
        default="truncate",
        metadata=_read_from(
            f"{_GRADEBOOKS}: whole classes truncate (87.167 is 87.1); only this setting can explain it",
            ASSUMED,
        ),
    )
    total_from: Literal["exact", "displayed"] = field(
        default="exact",
        metadata=_read_from(f"{_UNTOLD} whether contributions add up as they are or as shown", ASSUMED),
    )

    # which assignments belong to a period
    period_membership: Literal["ticked", "assignment_date", "due_date"] = field(
        default="ticked",
        metadata=_read_from(
            "Edupoint's table EGB_GBPERIODS and the tab Grading Periods: an assignment counts in the periods "
            f"that are ticked; {_UNTOLD} whether the dates of a mark choose among them again",
            DOCUMENTED,
        ),
    )

    # what an assignment is worth
    missing_percent: Decimal | None = field(
        default=Decimal(0),
        metadata=_read_from(
            "Eugene SD 4J, Grade Book Comments: missing scores 0 by default and the value can be set; "
            "Lincoln PS has 0 % and 50 %. None leaves it out",
            DOCUMENTED,
        ),
    )
    zero_points_item: Literal["adds_score", "adds_nothing"] = field(
        default="adds_score",
        metadata=_read_from(
            f"{_GRADEBOOKS}: scored assignments without points possible; {_UNTOLD} what they add", ASSUMED
        ),
    )
    extra_credit_possible: Literal["ignored", "counted"] = field(
        default="ignored",
        metadata=_read_from(
            f"{_GRADEBOOKS}: extra credit is exported without points possible; {_UNTOLD} what it adds",
            ASSUMED,
        ),
    )
    negative_score: Literal["counts", "as_zero"] = field(
        default="counts",
        metadata=_read_from(f"{_UNTOLD} whether Synergy takes a score below zero", ASSUMED),
    )
    unknown_mark: Literal["linear", "not_counted"] = field(
        default="linear",
        metadata=_read_from(f"{_UNTOLD} what a number is worth that its score type does not list", ASSUMED),
    )
    penalty_base: Literal["score", "possible"] = field(
        default="score",
        metadata=_read_from(
            f"Eugene SD 4J: a comment has a Penalty %; {_UNTOLD} whether of the score or of what is possible",
            ASSUMED,
        ),
    )

    # dropping
    drop_order: Literal["percent", "points"] = field(
        default="percent",
        metadata=_read_from(
            f"Synergy's quick guide: a type drops a number of scores; {_UNTOLD} what makes one low", ASSUMED
        ),
    )
    drop_tie: Literal["older", "newer"] = field(
        default="older", metadata=_read_from(f"{_UNTOLD} which of two equally low scores goes", ASSUMED)
    )
    drop_scope: Literal["period", "class"] = field(
        default="period",
        metadata=_read_from(f"{_UNTOLD} whether each period drops its own or the class drops once", ASSUMED),
    )
    drop_keeps_one: bool = field(
        default=True, metadata=_read_from(f"{_UNTOLD} whether a type can drop every score", ASSUMED)
    )

    # weights
    extra_credit_only_type: Literal["ignored", "keeps_weight"] = field(
        default="ignored",
        metadata=_read_from(
            "a published gradebook: a type without counted points gives its weight to the others; "
            f"{_UNTOLD} whether one with extra credit only does",
            ASSUMED,
        ),
    )
    weight_sum: Literal["normalised", "as_entered"] = field(
        default="normalised",
        metadata=_read_from(
            f"Synergy's quick guide: weights add up to 100; {_UNTOLD} what happens where they do not", ASSUMED
        ),
    )
    zero_weight_type: Literal["unlisted", "listed"] = field(
        default="unlisted",
        metadata=_read_from(
            f"{_GRADEBOOKS}: a type of an assignment that is in no row and not in the total", OBSERVED
        ),
    )

    # marks
    between_bands: Between = field(
        default="lower",
        metadata=_read_from(f"{_UNTOLD} the letter of a number between two bounds, as 89.995", ASSUMED),
    )

    def __post_init__(self) -> None:
        if self.decimals not in get_args(Decimals):
            raise ValueError(f"decimals: a class rounds to 0, 1 or 2 decimals, not {self.decimals}.")

    @property
    def rounding(self) -> RoundingMode:
        """How this class rounds."""
        return "half_up" if self.class_rounding else self.rounding_off_means


def policy_passports() -> dict[str, Field[Any]]:
    """Every field by name; `metadata` holds its source and confidence."""
    return {each.name: each for each in fields(TotalsPolicy)}
