"""Rules about class totals: why that of Canvas and that of Synergy are not the same number."""

from contracts.catalogue.rule import KHSD, Confidence, Rule, RuleKind, Source

TOTALS_MISMATCH_UNSYNCED = Rule(
    id="TOTALS-MISMATCH-UNSYNCED",
    says=(
        "The totals differ while an assignment that counts in Canvas is not marked to sync: mark it, post, "
        "and they agree."
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 10, first point"),
)

TOTALS_MISMATCH_FILTER = Rule(
    id="TOTALS-MISMATCH-FILTER",
    says=(
        "The totals differ while a filter lets Canvas's gradebook show more or fewer assignments than "
        "Synergy's: clear it, and they agree."
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 10, second point"),
)

TOTALS_MISMATCH_GRADING_PERIOD = Rule(
    id="TOTALS-MISMATCH-GRADING-PERIOD",
    says=(
        "The totals differ while an assignment in Synergy is not ticked for the grading period on show: tick "
        "it, and they agree."
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 10, third point"),
)

TOTALS_MISMATCH_WEIGHTS = Rule(
    id="TOTALS-MISMATCH-WEIGHTS",
    says="The totals differ while the weights of Canvas's groups are not those of Synergy's types.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part I"),
)

TOTALS_MISMATCH_ROUNDING = Rule(
    id="TOTALS-MISMATCH-ROUNDING",
    says="The totals differ while Synergy's class does not round to two decimals, as Canvas does.",
    kind=RuleKind.DECISION,
    source=Source("Corvallis SD 509J, 'Grade Book Setup'", "rounding on, two decimals, to match Canvas"),
)

TOTALS_MISMATCH_STALE = Rule(
    id="TOTALS-MISMATCH-STALE",
    says=(
        "The totals differ while a score, a status or a detail that was changed or cleared in Canvas has not "
        "reached Synergy."
    ),
    kind=RuleKind.DECISION,
    source=Source(
        "Tigard-Tualatin SD, 'Spotting and resolving discrepancies'", "compare after a clean remaster"
    ),
    confidence=Confidence.ASSUMED,
)

TOTALS_MISMATCH_ORPHAN = Rule(
    id="TOTALS-MISMATCH-ORPHAN",
    says="The totals differ while an assignment that Canvas does not have (any more) counts in Synergy.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 6: deleting in Canvas does not delete in Synergy"),
    confidence=Confidence.ASSUMED,
)

TOTALS_MISMATCH_UNGRADED = Rule(
    id="TOTALS-MISMATCH-UNGRADED",
    says=(
        "The totals differ while one gradebook counts what the other leaves blank: Canvas ignores missing "
        "work unless a policy or a teacher gives it a score."
    ),
    kind=RuleKind.DECISION,
    source=Source("Tigard-Tualatin SD, 'Synergy to Canvas cross reference'", "missing work"),
    confidence=Confidence.OBSERVED,
)
