"""Rules about Third Party Readonly, the lock on what Canvas owns in Synergy."""

from contracts.catalogue.rule import KHSD, Confidence, Rule, RuleKind, Source

READONLY_OFF_ERROR = Rule(
    id="READONLY-OFF-ERROR",
    says="The sync may not write an assignment whose Third Party Readonly is off.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 2"),
)

LOCKED_EDIT_REFUSED = Rule(
    id="LOCKED-EDIT-REFUSED",
    says="While Third Party Readonly is on, neither the assignment nor its scores can be edited in Synergy.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 8"),
)

UNLOCK_EDIT_RELOCK = Rule(
    id="UNLOCK-EDIT-RELOCK",
    says="To change a grading period or the points: unlock, change, save; then lock again and save.",
    kind=RuleKind.PERMISSION,
    source=Source(KHSD, "FAQ 8 and FAQ 9"),
)

DELETE_LOCKED_REFUSED = Rule(
    id="DELETE-LOCKED-REFUSED",
    says="A locked assignment cannot be deleted in Synergy.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 6"),
)

UNLOCK_SAVE_FIRST = Rule(
    id="UNLOCK-SAVE-FIRST",
    says="Unlocking counts only once it is saved: unlock, save, then delete.",
    kind=RuleKind.PERMISSION,
    source=Source(KHSD, "FAQ 6 and FAQ 12"),
)

ASSIGNMENTS_SCREEN_REFUSED = Rule(
    id="ASSIGNMENTS-SCREEN-REFUSED",
    says="The Assignments screen never changes what came from Canvas, not even its grading periods.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 7"),
)

SCORES_ENTERED_IN_SYNERGY_LOST = Rule(
    id="SCORES-ENTERED-IN-SYNERGY-LOST",
    says=(
        "A score that a teacher typed in Synergy into an unlocked assignment of Canvas's is overwritten as "
        "soon as Canvas sends that cell again; a system that minds refuses the cell instead."
    ),
    kind=RuleKind.DECISION,
    source=Source(
        f"{KHSD}; Blackbaud's community pages on grade passback",
        "FAQ 8, changed scores go into Canvas; a score that was typed by hand is not overwritten there",
    ),
    confidence=Confidence.ASSUMED,
    profiles=("khsd", "blackbaud_like"),
)

DUPLICATES_DELETE = Rule(
    id="DUPLICATES-DELETE",
    says="A duplicate in Synergy goes like anything that is locked: unlock, save, then delete it.",
    kind=RuleKind.PERMISSION,
    source=Source(KHSD, "FAQ 12"),
)

DUPLICATES_ACROSS_SECTIONS = Rule(
    id="DUPLICATES-ACROSS-SECTIONS",
    says=(
        "A duplicate that stands in several class sections goes only once the other one is unlocked in all "
        "of them."
    ),
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 12"),
)

DUPLICATES_CAUSE = Rule(
    id="DUPLICATES-CAUSE",
    says=(
        "An assignment that is sent once more under another id, by a sync that lost its links, is there a "
        "second time; a system that minds refuses a second one of the same name and due date."
    ),
    kind=RuleKind.DECISION,
    source=Source(
        f"{KHSD}; Instructure, SIS Error Code Dictionary",
        'FAQ 12 has duplicates and no cause; "Assignment Already Exists"',
    ),
    confidence=Confidence.ASSUMED,
)
