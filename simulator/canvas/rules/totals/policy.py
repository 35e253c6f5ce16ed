"""What Canvas's source leaves open about totals, as switches that the caller fills.

What lives here: one frozen value with a documented default for each reading that was inferred, or that an
account may turn on and off. What must never be here: what the source says outright; that is code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HiddenExcuse = Literal["zero", "left_out"]
Twin = Literal["highest_id", "lowest_id"]


@dataclass(frozen=True, slots=True)
class TotalsPolicy:
    """The readings in force.

    Attributes:
        hidden_excuse: What work that is excused, but not posted, is in the posted final total. "zero": the
            excuse is as invisible as a score would be, so the work counts as not done. Inferred from the
            order of the steps in Canvas's grade calculator (hiding comes before excusing).
        twin_dropped: Which of two pieces of work that rate the same the server drops first. Canvas's server
            sorts without a tie rule; the default is what its browser does. Totals differ only where the two
            are worth different points.
        ignores_unposted_anonymous: Whether work with unposted anonymous submissions stays out of every total
            until all of them are posted: the account feature `grade_calc_ignore_unposted_anonymous`, which
            exists in both states. Assumed on.
    """

    hidden_excuse: HiddenExcuse = "zero"
    twin_dropped: Twin = "highest_id"
    ignores_unposted_anonymous: bool = True


DEFAULT_POLICY = TotalsPolicy()
