"""What other OneRoster providers are known to do otherwise than this Synergy: one group of switches.

What lives here: values, each with its source. What must never be here: behaviour. The defaults are what this
fake does; no public page says that Synergy does any of the other things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.profiles.passport import ASSUMED, OBSERVED, switch

_BLACKBAUD = "Blackbaud's community pages on grade passback"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDeviations:
    """How a provider differs where OneRoster 1.1 leaves it room, or does not."""

    vendor_header: str = switch(
        "",
        "Infinite Campus answers 401 to a gradebook request without the header x-vendor-authorization; "
        '"" asks for none',
        OBSERVED,
    )
    error_words: Literal["full", "bare"] = switch(
        "full", f"{_BLACKBAUD}: a refusal says failure and error, and not why", OBSERVED
    )
    line_item_deletes: Literal["accept", "refuse"] = switch(
        "accept", f"{_BLACKBAUD}: line items cannot be deleted", OBSERVED
    )
    dates_outside_period: Literal["accept", "refuse"] = switch(
        "accept",
        f"{_BLACKBAUD}: a line item whose dates lie outside of its grading period is refused",
        OBSERVED,
    )
    days_in: Literal["district", "utc"] = switch(
        "district",
        f"{_BLACKBAUD}: days are those of UTC, so 11:59 pm of the last day is the day after",
        OBSERVED,
    )
    score_before_assigned: Literal["accept", "refuse"] = switch(
        "accept", f"{_BLACKBAUD}: a score dated before its line item was assigned is refused", OBSERVED
    )
    typed_scores: Literal["overwrite", "refuse"] = switch(
        "overwrite",
        f"{_BLACKBAUD}: a score that a teacher typed by hand is not overwritten. That Synergy's is, follows "
        "from Kern's FAQ 8 and is said nowhere",
        ASSUMED,
    )
    unfinished_statuses: Literal["keep", "fully_graded"] = switch(
        "keep", f"{_BLACKBAUD}: submitted and partially graded become fully graded", OBSERVED
    )
