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

GP_TYPES = Rule(
    id="GP-TYPES",
    says=(
        "A grading period is of type Progress or Grading, has an end date and a window that is open or "
        "closed; where the district has one window open at a time, opening one closes the others."
    ),
    kind=RuleKind.DECISION,
    source=Source(
        "Kentwood PS, Synergy help on grading periods; RSD 105, 'Synergy End of Quarter Process'",
        'types and end dates; "Report Period Data is Editable"',
    ),
    profiles=("khsd", "rsd_105"),
)

GP_DEFAULT_DUE_DATE = Rule(
    id="GP-DEFAULT-DUE-DATE",
    says=(
        'The class setting "Grading Period Default for New Assignments" decides in which grading periods a '
        'new assignment is; with "Assignment Due Date", its due date does.'
    ),
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 9"),
)

GP_BY_DUE_DATE_COMPUTE = Rule(
    id="GP-BY-DUE-DATE-COMPUTE",
    says=(
        "Where the due date decides, an assignment is in every grading period that holds it: in Progress, "
        "Quarter and Semester at once."
    ),
    kind=RuleKind.DECISION,
    source=Source(
        "Instructure, 'Grade Passback Integration Considerations'",
        "the period comes from the due date; that it is every one of them is our reading",
    ),
    confidence=Confidence.ASSUMED,
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

GP_CANVAS_FILTER = Rule(
    id="GP-CANVAS-FILTER",
    says=(
        "Canvas's gradebook shows only its current grading period until somebody chooses "
        '"All Grading Periods": choose that before comparing totals.'
    ),
    kind=RuleKind.DECISION,
    source=Source(
        "Tigard-Tualatin SD, 'Spotting & Resolving Canvas/Synergy Grade Discrepancies'", "the first steps"
    ),
)
