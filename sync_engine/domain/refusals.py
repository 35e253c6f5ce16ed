"""From a vendor's words of refusal to the rule that they mean.

What lives here: the recognising. The table is `Policy.refusal_words`, because Synergy's own words are not
public. What bites: the words often quote the assignment's name, and a quiz called "Power points" must not
look like a fault of its points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

UNKNOWN_REFUSAL = "SIS-VALIDATION"
"""The rule of a refusal that no pattern recognises: its own words are shown."""

OF_ONE_SCORE = frozenset({"STUDENT-NOT-IN-CLASS", "SCORES-ENTERED-IN-SYNERGY-LOST", UNKNOWN_REFUSAL})
"""Refused scores of these rules say nothing about the other scores of the assignment.

Any other refusal does.
"""


def rule_of(words: str, table: Iterable[tuple[str, str]], *, names: Iterable[str] = ()) -> str:
    """The id of the rule that a refusal means.

    Args:
        words: What the vendor said.
        table: Patterns, each with the rule that it means, in the order of trying.
        names: Names of our own that the words may quote; what they contain is no evidence.
    """
    evidence = words
    for name in sorted(filter(None, names), key=len, reverse=True):
        evidence = evidence.replace(name, " ")
    for pattern, rule in table:
        if re.search(pattern, evidence, re.IGNORECASE | re.DOTALL):
            return rule
    return UNKNOWN_REFUSAL
