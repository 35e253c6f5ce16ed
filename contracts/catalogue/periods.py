"""Rules about grading periods: what they are open for, and when."""

from contracts.catalogue.rule import KHSD, Confidence, Rule, RuleKind, Source

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

GP_CLOSED_EDIT = Rule(
    id="GP-CLOSED-EDIT",
    says=(
        "Where the district's Synergy says so, a teacher types no score and changes nothing in a grading "
        "period that is closed."
    ),
    kind=RuleKind.REFUSAL,
    source=Source("RSD 105, 'Synergy End of Quarter Process'", '"Report Period Data is Editable"'),
    confidence=Confidence.ASSUMED,
    profiles=("rsd_105",),
)

GP_ONE_OPEN = Rule(
    id="GP-ONE-OPEN",
    says=(
        "Where the district opens one grading period at a time, opening one closes the others, and when one "
        "ends the next opens."
    ),
    kind=RuleKind.DECISION,
    source=Source("RSD 105, 'Synergy End of Quarter Process'", "opening and closing of a quarter's window"),
    confidence=Confidence.ASSUMED,
    profiles=("rsd_105",),
)

GP_DEFAULT_DUE_DATE = Rule(
    id="GP-DEFAULT-DUE-DATE",
    says=(
        'With "Assignment Due Date" as the grading period default, a new assignment is in every grading '
        "period that holds its due date."
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 9"),
)

GP_DISAPPEAR_ON_SWITCH = Rule(
    id="GP-DISAPPEAR-ON-SWITCH",
    says=(
        "The gradebook has one grading period on show: assignments of another one are out of sight, and "
        "nothing is lost."
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 9"),
)
