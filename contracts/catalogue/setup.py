"""Rules about what must be set up, in Canvas and in Synergy, before anything can travel."""

from contracts.catalogue.rule import KHSD, Confidence, Rule, RuleKind, Source

GROUP_NAME_MATCH = Rule(
    id="GROUP-NAME-MATCH",
    says="An assignment travels only if its Canvas assignment group is named like a Synergy assignment type.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "Part I and FAQ 2"),
)

SYNC_FLAG_REQUIRED = Rule(
    id="SYNC-FLAG-REQUIRED",
    says='Only an assignment with "Sync to Synergy" checked takes part in the sync.',
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part II"),
)

NOT_GRADED_INELIGIBLE = Rule(
    id="NOT-GRADED-INELIGIBLE",
    says="An assignment that is not graded cannot be marked to sync.",
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, OneRoster Grade Passback guide; Canvas source", "assignment eligibility"),
    confidence=Confidence.OBSERVED,
)

PUBLISHED_REQUIRED = Rule(
    id="PUBLISHED-REQUIRED",
    says="An unpublished assignment does not take part in the sync.",
    kind=RuleKind.DECISION,
    source=Source("Canvas source", "SIS assignment listing"),
    confidence=Confidence.OBSERVED,
)

COURSE_MUST_BE_SIS_LINKED = Rule(
    id="COURSE-MUST-BE-SIS-LINKED",
    says="Only a section that came from Synergy can pass grades back to it; a section made by hand cannot.",
    kind=RuleKind.REFUSAL,
    source=Source("Houston ISD and PowerSchool guides to Canvas grade passback", "eligible courses"),
    confidence=Confidence.OBSERVED,
)

DUE_DATE_REQUIRED = Rule(
    id="DUE-DATE-REQUIRED",
    says="Where the district asks for it, an assignment without a due date is refused.",
    kind=RuleKind.REFUSAL,
    source=Source("Canvas source and the TTSD cross reference", "due dates of synced assignments"),
    confidence=Confidence.OBSERVED,
)

ASSIGN_TO_WHOLE = Rule(
    id="ASSIGN-TO-WHOLE",
    says="Where the district asks for it, an assignment that is for single students only is refused.",
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, SIS grade passback over OneRoster", "requirements"),
    confidence=Confidence.OBSERVED,
    profiles=("oneroster_strict",),
)

STUDENT_NEEDS_SIS_ID = Rule(
    id="STUDENT-NEEDS-SIS-ID",
    says="A student without an SIS id, such as the Test Student, gets no score in Synergy.",
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, PowerSchool grade passback guide", "requirements"),
    confidence=Confidence.OBSERVED,
)

STUDENT_NOT_IN_CLASS = Rule(
    id="STUDENT-NOT-IN-CLASS",
    says="A student who is not in the Synergy class gets no score there until the rosters agree.",
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, SIS Error Code Dictionary", '"Student Does Not Belong"'),
    confidence=Confidence.OBSERVED,
)

CROSSLIST_FANOUT = Rule(
    id="CROSSLIST-FANOUT",
    says="An assignment of a cross-listed course becomes one Synergy assignment in each class section.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 4 and FAQ 12"),
    confidence=Confidence.ASSUMED,
)
