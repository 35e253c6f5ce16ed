"""How the Grade Book computes one student's class total: a pure room with two front doors.

`class_total` adds up a grading period, `composed_total` composes a semester of several such totals.
"""

from simulator.profiles.scale import FOUR_POINT, PERCENT, Band, Scale
from simulator.synergy.totals.book import (
    AssignmentType,
    Category,
    Entry,
    Item,
    Period,
    ScoreType,
)
from simulator.synergy.totals.composing import Term, composed_total
from simulator.synergy.totals.policy import TotalsPolicy, policy_by
from simulator.synergy.totals.result import ClassTotal, ItemRow, Standing, TermKind, TermRow, TypeRow
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
    "Term",
    "TermKind",
    "TermRow",
    "TotalsPolicy",
    "TypeRow",
    "class_total",
    "composed_total",
    "policy_by",
]
