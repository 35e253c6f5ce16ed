"""Rules about grading periods: what they are open for, and when."""

from contracts.catalogue.rule import Confidence, Rule, RuleKind, Source

GP_CLOSED_WRITE = Rule(
    id="GP-CLOSED-WRITE",
    says="Where the district's Synergy says so, the sync may not write into a grading period that is closed.",
    kind=RuleKind.REFUSAL,
    source=Source(
        "RSD 105, 'Synergy End of Quarter Process'; Infinite Campus guides to Canvas grade passback",
        "grading windows; scores outside of the term",
    ),
    confidence=Confidence.ASSUMED,
    profiles=("oneroster_strict",),
)
