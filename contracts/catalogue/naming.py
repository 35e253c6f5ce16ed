"""Rules about an assignment's name and points."""

from contracts.catalogue.rule import KHSD, Confidence, Rule, RuleKind, Source

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

NAME_NOT_UNIQUE = Rule(
    id="NAME-NOT-UNIQUE",
    says="Where the district wants each name once, assignments of one name in one section are refused.",
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, PowerSchool and Infinite Campus grade passback guides", "requirements"),
    confidence=Confidence.ASSUMED,
    profiles=("oneroster_strict",),
)

ZERO_POINTS_REJECTED = Rule(
    id="ZERO-POINTS-REJECTED",
    says="An assignment worth zero points is refused.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 2"),
)
