"""Rules about an assignment's name and points."""

from contracts.catalogue.rule import KHSD, Rule, RuleKind, Source

NAME_TOO_LONG = Rule(
    id="NAME-TOO-LONG",
    says="An assignment whose name is longer than Synergy keeps is refused.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 2"),
)

NAME_SPECIAL_CHARS = Rule(
    id="NAME-SPECIAL-CHARS",
    says="An assignment whose name has characters that Synergy does not take is refused.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 2"),
)

ZERO_POINTS_REJECTED = Rule(
    id="ZERO-POINTS-REJECTED",
    says="An assignment worth zero points is refused.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 2"),
)
