"""How Canvas computes class totals: what its server stores and what its gradebook shows.

What lives here: arithmetic over values of this room's own. What must never be here: the store's nouns, a
clock, the wire; callers map what they have to `Item` and `GradingSetup`. What bites: the server and the
browser compute apart and do not always agree, and both are right.
"""

from simulator.canvas.rules.totals.dropping import DropRules
from simulator.canvas.rules.totals.due_dates import DueOverride, effective_due_at
from simulator.canvas.rules.totals.groups import Group
from simulator.canvas.rules.totals.items import Item
from simulator.canvas.rules.totals.letters import DEFAULT_SCHEME, GradingScheme
from simulator.canvas.rules.totals.periods import Period, period_of
from simulator.canvas.rules.totals.policy import TotalsPolicy
from simulator.canvas.rules.totals.total_column import (
    ALL_PERIODS,
    ColumnTotal,
    ColumnView,
    period_at_first,
    total_column,
)
from simulator.canvas.rules.totals.totals import (
    FourTotals,
    GradingSetup,
    Total,
    Totals,
    effective_final_score,
    totals_of,
)

__all__ = [
    "ALL_PERIODS",
    "DEFAULT_SCHEME",
    "ColumnTotal",
    "ColumnView",
    "DropRules",
    "DueOverride",
    "FourTotals",
    "GradingScheme",
    "GradingSetup",
    "Group",
    "Item",
    "Period",
    "Total",
    "Totals",
    "TotalsPolicy",
    "effective_due_at",
    "effective_final_score",
    "period_at_first",
    "period_of",
    "total_column",
    "totals_of",
]
