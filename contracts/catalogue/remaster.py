"""Rules about Remaster Grade Passback."""

from contracts.catalogue.rule import KHSD, Rule, RuleKind, Source

REMASTER_RESENDS_ALL = Rule(
    id="REMASTER-RESENDS-ALL",
    says=(
        "A remaster sends every score, status and detail of graded assignments marked to sync, "
        "changed or not."
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, second note, and FAQ 3"),
)

REMASTER_FIXES_LEDGER = Rule(
    id="REMASTER-FIXES-LEDGER",
    says="A score that the sync believes it sent but Synergy does not have comes back only with a remaster.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 5"),
)

REMASTER_MOVES_STUDENT = Rule(
    id="REMASTER-MOVES-STUDENT",
    says=(
        "When a student changes to another section of the same teacher, a remaster carries the scores over "
        "to the new section; an ordinary post does not."
    ),
    kind=RuleKind.DECISION,
    source=Source("Tigard-Tualatin SD, 'Transferring Student Assignment Scores'", "the whole article"),
)

COMPARE_PROCEDURE = Rule(
    id="COMPARE-PROCEDURE",
    says=(
        "Totals are compared after a clean remaster: in Canvas the Total column of one section with "
        '"All Grading Periods", in Synergy the same section, student by student.'
    ),
    kind=RuleKind.PERMISSION,
    source=Source(
        "Tigard-Tualatin SD, 'Spotting & Resolving Canvas/Synergy Grade Discrepancies'", "the first steps"
    ),
)
