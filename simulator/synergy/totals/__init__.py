"""How the Grade Book computes one student's class total: a pure room with one front door, `class_total`."""

from simulator.profiles.scale import FOUR_POINT, PERCENT, Band, Scale
from simulator.synergy.totals.book import (
    AssignmentType,
    Category,
    Entry,
    Item,
    Period,
    ScoreType,
)
from simulator.synergy.totals.policy import TotalsPolicy, policy_by
from simulator.synergy.totals.result import ClassTotal, ItemRow, Standing, TypeRow
from simulator.synergy.totals.total import class_total

__all__ = [
    "FOUR_POINT",
    "PERCENT",
    "AssignmentType",
    "Band",
    "Category",
    "ClassTotal",
    "Entry",
    "Item",
    "ItemRow",
    "Period",
    "Scale",
    "ScoreType",
    "Standing",
    "TotalsPolicy",
    "TypeRow",
    "class_total",
    "policy_by",
]
