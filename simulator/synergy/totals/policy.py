"""What a class sets for its totals, laid over how Synergy is read where no public page tells.

What lives here: values. What must never be here: behaviour, and a reading: those are switches of the profile,
each with its source. Whoever knows better changes a field, never a module.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from simulator.profiles.class_totals import ClassTotalReadings, RoundingMode
from simulator.profiles.scale import PERCENT, Scale

Method: TypeAlias = Literal["weighted", "points"]
Decimals: TypeAlias = Literal[0, 1, 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsPolicy(ClassTotalReadings):
    """How the totals of one class are computed.

    Attributes:
        method: Weighted types or total points (Synergy help, assignment scoring settings).
        class_rounding: "Class Rounding"; on in Corvallis SD 509J, to match Canvas.
        decimals: Two in Corvallis SD 509J, to match Canvas; classes elsewhere have 0 or 1.
        scale: What the mark is a number of, and the letters of it.

    Raises:
        ValueError: If the class rounds to other than 0, 1 or 2 decimals.
    """

    method: Method = "weighted"
    class_rounding: bool = True
    decimals: Decimals = 2
    scale: Scale = PERCENT

    def __post_init__(self) -> None:
        if self.decimals not in get_args(Decimals):
            raise ValueError(f"decimals: a class rounds to 0, 1 or 2 decimals, not {self.decimals}.")

    @property
    def rounding(self) -> RoundingMode:
        """How this class rounds."""
        return "half_up" if self.class_rounding else self.rounding_off_means


def policy_by(
    readings: ClassTotalReadings, *, method: Method, class_rounding: bool, decimals: Decimals, scale: Scale
) -> TotalsPolicy:
    """The settings of a class, laid over the readings."""
    read = {each.name: getattr(readings, each.name) for each in fields(ClassTotalReadings)}
    return TotalsPolicy(**read, method=method, class_rounding=class_rounding, decimals=decimals, scale=scale)
