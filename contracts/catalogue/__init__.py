"""Every documented rule as a typed constant.

Cite a rule by its constant (`catalogue.SCORE_SENT_ONCE`), never by a string: "find usages" then leads from
the rule to the function that enforces it, the story that proves it and the mutant that breaks it. The engine
is the one exception: it may not import this package, so it cites ids as text and `tests/tidy` holds them to
this list.
"""

from contracts.catalogue import locks, naming, periods, remaster, rosters, sending, setup, totals, types
from contracts.catalogue.locks import *  # noqa: F403 - the constants are this package's interface
from contracts.catalogue.naming import *  # noqa: F403
from contracts.catalogue.periods import *  # noqa: F403
from contracts.catalogue.remaster import *  # noqa: F403
from contracts.catalogue.rosters import *  # noqa: F403
from contracts.catalogue.rule import Confidence, Rule, RuleKind, Source
from contracts.catalogue.sending import *  # noqa: F403
from contracts.catalogue.setup import *  # noqa: F403
from contracts.catalogue.totals import *  # noqa: F403
from contracts.catalogue.types import *  # noqa: F403

RULES: tuple[Rule, ...] = tuple(
    value
    for family in (setup, naming, sending, remaster, locks, types, rosters, periods, totals)
    for value in vars(family).values()
    if isinstance(value, Rule)
)
"""All rules, family by family, in the order in which they are written down."""

_BY_ID = {rule.id: rule for rule in RULES}


def rule_named(rule_id: str) -> Rule | None:
    """The rule of this id, or None where the catalogue has none."""
    return _BY_ID.get(rule_id)


__all__ = ["RULES", "Confidence", "Rule", "RuleKind", "Source", "rule_named"]
