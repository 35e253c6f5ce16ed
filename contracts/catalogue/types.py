"""Rules about assignment types in Synergy: whose they are, which a class uses, what they weigh."""

from contracts.catalogue.rule import KHSD, Rule, RuleKind, Source

HIDDEN_TYPE = Rule(
    id="HIDDEN-TYPE",
    says='An assignment whose type the class does not use shows "Hidden" in its place.',
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 11"),
)

DELETED_TYPE = Rule(
    id="DELETED-TYPE",
    says='An assignment whose type was deleted shows "Deleted" in its place, until it is given another one.',
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 11"),
)

TYPE_WEIGHTS_SUM_100 = Rule(
    id="TYPE-WEIGHTS-SUM-100",
    says="The weights of the assignment types of a class add up to 100 percent.",
    kind=RuleKind.REFUSAL,
    source=Source("Synergy's quick guide 'Grade Book Setup'", "Assignment Weighting"),
)

TYPE_DISTRICT_LOCKED = Rule(
    id="TYPE-DISTRICT-LOCKED",
    says=(
        "Where the district has fixed the assignment types, a teacher adds none, leaves none out, changes "
        "no weight and rounds no other way."
    ),
    kind=RuleKind.REFUSAL,
    source=Source(
        "Corvallis SD 509J, 'Synergy district defaults'", "types, weights and rounding are the district's"
    ),
    profiles=("corvallis",),
)
