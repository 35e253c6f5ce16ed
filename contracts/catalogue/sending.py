"""Rules about what an ordinary post sends, and what it does not."""

from contracts.catalogue.rule import KHSD, Confidence, Rule, RuleKind, Source

MANUAL_TRIGGER = Rule(
    id="MANUAL-TRIGGER",
    says="Nothing travels by itself: a teacher starts the sync.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III"),
)

SELECT_DEFAULT_ALL = Rule(
    id="SELECT-DEFAULT-ALL",
    says="Every assignment marked to sync is selected at first; one that the teacher deselects is not sent.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, step 4"),
)

UNGRADED_NOT_CREATED = Rule(
    id="UNGRADED-NOT-CREATED",
    says="An assignment without any score is not created in Synergy, and nobody is told.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, first note"),
)

FIRST_SEND_CREATES = Rule(
    id="FIRST-SEND-CREATES",
    says="The first send of a graded assignment creates it in Synergy, locked, with its scores.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, first note, and FAQ 8"),
)

SCORE_SENT_ONCE = Rule(
    id="SCORE-SENT-ONCE",
    says="A score is sent once; while it does not change in Canvas it is not sent again.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, second note, and FAQ 1"),
)

SCORE_CHANGE_RESENDS = Rule(
    id="SCORE-CHANGE-RESENDS",
    says="A score that changed in Canvas is sent at the next post and replaces the one in Synergy.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 1 and FAQ 8"),
)

STATUS_CHANGE_NOT_RESENT = Rule(
    id="STATUS-CHANGE-NOT-RESENT",
    says="Changing only the status (None, Late, Missing, Excused) does not send the score again.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, second note, and FAQ 1"),
)

STATUS_RIDES_WITH_SCORE = Rule(
    id="STATUS-RIDES-WITH-SCORE",
    says="When a score is sent, its present status goes along.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, second note, and FAQ 3"),
)

UPDATE_NEEDS_SCORE_CHANGE = Rule(
    id="UPDATE-NEEDS-SCORE-CHANGE",
    says="A changed name, due date, group or point value reaches Synergy only along with a changed score.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "Part III, first note"),
)

SCORE_CLEARED_NOT_SENT = Rule(
    id="SCORE-CLEARED-NOT-SENT",
    says=(
        "A score that was cleared in Canvas stays in Synergy: an ordinary post adds and updates, "
        "it never clears."
    ),
    kind=RuleKind.DECISION,
    source=Source("Tigard-Tualatin SD, 'Setting up Grade Passback'", "what the regular sync does"),
)

HIDDEN_GRADES_STILL_SENT = Rule(
    id="HIDDEN-GRADES-STILL-SENT",
    says=(
        "A score that is hidden from students in Canvas is sent all the same, "
        "unless the district holds it until the teacher posts it there."
    ),
    kind=RuleKind.DECISION,
    source=Source("Lake Elsinore USD, guide to Canvas and Infinite Campus", "hidden scores"),
    confidence=Confidence.ASSUMED,
)

DELETE_NOT_PROPAGATED = Rule(
    id="DELETE-NOT-PROPAGATED",
    says="Deleting an assignment in Canvas tells Synergy nothing: its copy stays, and counts.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 6"),
)

DELETE_THEN_RESYNC = Rule(
    id="DELETE-THEN-RESYNC",
    says=(
        "An assignment deleted in Synergy but alive in Canvas is created again when one of its scores "
        "changes; a district that does not want that is told, and a remaster creates it."
    ),
    kind=RuleKind.DECISION,
    source=Source("Instructure, SIS Error Code Dictionary", '"Invalid assignment ID"'),
    confidence=Confidence.ASSUMED,
)

SYNC_PARTIAL = Rule(
    id="SYNC-PARTIAL",
    says="One refused assignment does not stop the others of the same run.",
    kind=RuleKind.DECISION,
    source=Source(KHSD, "FAQ 2"),
    confidence=Confidence.ASSUMED,
)

SYNC_QUEUE = Rule(
    id="SYNC-QUEUE",
    says="A gradebook has one sync at a time; a second one that is started meanwhile has to wait its turn.",
    kind=RuleKind.REFUSAL,
    source=Source(KHSD, "FAQ 4"),
)

SYNC_TRANSPORT_FAIL = Rule(
    id="SYNC-TRANSPORT-FAIL",
    says=(
        "When a system cannot be reached, refuses the key or answers with a fault, the run says so "
        "and loses nothing."
    ),
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, SIS Error Code Dictionary", "timeouts, server errors, authentication"),
    confidence=Confidence.OBSERVED,
)

SIS_VALIDATION = Rule(
    id="SIS-VALIDATION",
    says=(
        "When Synergy refuses an assignment or a score for a reason that nobody documented, its "
        "own words are shown."
    ),
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, SIS Error Code Dictionary", '"Validation Exception"'),
    confidence=Confidence.OBSERVED,
)

CANVAS_RATE_LIMIT = Rule(
    id="CANVAS-RATE-LIMIT",
    says=(
        "Canvas turns away a token that asks for too much at once; the sync waits, and sends everything all "
        "the same, once."
    ),
    kind=RuleKind.REFUSAL,
    source=Source("Instructure, Canvas API documentation", '"Throttling"'),
    confidence=Confidence.OBSERVED,
)
