"""Every reason in a teacher's words: the rule that decided, what it means here, and what to do.

What lives here: one function per reason, and nothing else words a reason. What must never be here: the
deciding. "Refused" means that the teacher has to change something; everything else tells why it was decided
so.
"""

from __future__ import annotations

from collections.abc import Sequence

from sync_engine.domain.report import Reason
from sync_engine.domain.snapshot import Status

_RESEND = "Change a score of it in Canvas and post again, or run a remaster."

_POST_IN_CANVAS = "Post the grades in Canvas (its column's menu > Post grades), then post to Synergy again."


def _decided(rule: str, words: str, remedy: str = "") -> Reason:
    return Reason(rule, refused=False, words=words, remedy=remedy)


def _refused(rule: str, words: str, remedy: str) -> Reason:
    return Reason(rule, refused=True, words=words, remedy=remedy)


# --- the run as a whole


def started_by_teacher() -> Reason:
    """A teacher pressed the button."""
    return _decided("MANUAL-TRIGGER", "A teacher started it; nothing travels by itself.")


def schedule_not_allowed() -> Reason:
    """A schedule tried to start what only a teacher may."""
    return _refused(
        "MANUAL-TRIGGER",
        "A schedule tried to start this run, but in this district only a teacher does.",
        "Post by hand when the grading is done, or ask the district to switch nightly_sync on.",
    )


def already_running() -> Reason:
    """This gradebook has a sync under way."""
    return _refused(
        "SYNC-QUEUE",
        "This gradebook is being synced already; two syncs at once would overtake each other.",
        "Wait until it has ended, then start again. Starting it repeatedly does not make it faster.",
    )


def partial(refused: int, assignments: int) -> Reason:
    """Some travel, some do not; what was left out from the beginning is not counted."""
    does = "does" if refused == 1 else "do"
    return _decided(
        "SYNC-PARTIAL",
        f"Of {assignments} assignments that were to travel, {refused} {does} not; the rest is not held up.",
    )


def nothing_marked() -> Reason:
    """No assignment of the course takes part."""
    return _decided(
        "SYNC-FLAG-REQUIRED",
        "Nothing in this course is marked to sync.",
        'Check "Sync to Synergy" on every assignment that should travel.',
    )


def transport_fault(words: str, remedy: str) -> Reason:
    """A system could not be reached, refused the key or misbehaved."""
    return _refused("SYNC-TRANSPORT-FAIL", words, remedy)


# --- whether an assignment takes part


def not_flagged() -> Reason:
    """Sync to Synergy is off."""
    return _decided(
        "SYNC-FLAG-REQUIRED",
        '"Sync to Synergy" is not checked.',
        'To have it in Synergy, check "Sync to Synergy" on the assignment and save.',
    )


def not_selected() -> Reason:
    """The teacher unchecked it for this run."""
    return _decided("SELECT-DEFAULT-ALL", "It was not selected for this run.", "Select it and post again.")


def selected_by_default() -> Reason:
    """Nobody chose, so all take part."""
    return _decided("SELECT-DEFAULT-ALL", "Everything marked to sync is selected unless the teacher chooses.")


def unpublished(what: str) -> Reason:
    """The assignment or the course is not published."""
    return _decided(
        "PUBLISHED-REQUIRED", f"The {what} is not published in Canvas.", f"Publish the {what} and post again."
    )


def not_graded_type() -> Reason:
    """It is of a kind that has no grade."""
    return _decided(
        "NOT-GRADED-INELIGIBLE",
        "It is not a graded assignment.",
        'Choose another "Display Grade as" if it should count.',
    )


def ungraded() -> Reason:
    """Nobody has a score yet."""
    return _decided(
        "UNGRADED-NOT-CREATED",
        "No student of this section has a score yet, so there is nothing to create in Synergy.",
        "Enter at least one score and post again.",
    )


def only_hidden() -> Reason:
    """There are scores, but the teacher has not posted one to students yet."""
    return _decided(
        "HIDDEN-GRADES-STILL-SENT",
        "Every score of this section is hidden from students in Canvas, and this district holds those.",
        _POST_IN_CANVAS,
    )


def deleted_in_canvas() -> Reason:
    """Its copy in Synergy stays."""
    return _decided(
        "DELETE-NOT-PROPAGATED",
        "It was deleted in Canvas. Its copy in Synergy stays, and counts in the total.",
        "In Synergy: open it, turn Third Party Readonly off, save, then delete it.",
    )


# --- why an assignment cannot be sent


def section_not_linked(section_name: str) -> Reason:
    """The section was made by hand."""
    return _refused(
        "COURSE-MUST-BE-SIS-LINKED",
        f'The section "{section_name}" did not come from Synergy, so there is no class to send to.',
        "Use the section that the roster brought, or ask the Canvas administrator to link this one.",
    )


def class_unknown(section_name: str, class_id: str) -> Reason:
    """Canvas names a class that Synergy does not have."""
    return _refused(
        "COURSE-MUST-BE-SIS-LINKED",
        f'Synergy has no class "{class_id}", which is what the section "{section_name}" is linked to.',
        "Ask the school office whether the class was changed or removed. After the nightly roster run, post "
        "again.",
    )


def name_too_long(length: int, limit: int) -> Reason:
    """The name has more characters than Synergy keeps."""
    return _refused(
        "NAME-TOO-LONG",
        f"The name has {length} characters; Synergy takes {limit}.",
        "Shorten the name in Canvas and post again.",
    )


def name_characters(found: str) -> Reason:
    """The name has characters that Synergy does not take."""
    return _refused(
        "NAME-SPECIAL-CHARS",
        f"The name has characters that Synergy does not take: {found}",
        "Take them out of the name in Canvas and post again.",
    )


def name_not_unique(others: int) -> Reason:
    """Another assignment has the same name."""
    told = "Another assignment that is" if others == 1 else f"{others} other assignments that are"
    return _refused(
        "NAME-NOT-UNIQUE",
        f"{told} to sync in this section {'has' if others == 1 else 'have'} the same name, "
        "and this district wants each name once.",
        "Give it another name in Canvas and post again.",
    )


def for_single_students() -> Reason:
    """It is assigned to students by name."""
    return _refused(
        "ASSIGN-TO-WHOLE",
        "It is assigned to single students; this district sends what is for everybody or for whole sections.",
        'In Canvas, set "Assign to" to Everyone or to whole sections, and post again.',
    )


def zero_points() -> Reason:
    """It is worth nothing."""
    return _refused(
        "ZERO-POINTS-REJECTED",
        "It is worth 0 points; Synergy wants more than 0.",
        "Give it points in Canvas and post again.",
    )


def group_without_type(group: str, available: Sequence[str], near_miss: str) -> Reason:
    """No assignment type is named like the group."""
    types = ", ".join(f'"{title}"' for title in available) or "none at all"
    hint = f' "{near_miss}" looks like it, but the names must be the same.' if near_miss else ""
    return _refused(
        "GROUP-NAME-MATCH",
        f'The assignment group "{group}" has no Synergy assignment type of that name. '
        f"This class has: {types}.{hint}",
        "Rename the group in Canvas or move the assignment to a group that matches, and post again.",
    )


def due_date_missing(*, required: bool) -> Reason:
    """It has no due date in this section."""
    words, remedy = "It has no due date in this section", "Set a due date in Canvas."
    if required:
        return _refused(
            "DUE-DATE-REQUIRED", f"{words}, and this district requires one.", f"{remedy} Then post again."
        )
    told = f"{words}; Synergy then chooses the grading period itself."
    return Reason("DUE-DATE-REQUIRED", refused=False, words=told, remedy=remedy, note=True)


def target_gone() -> Reason:
    """The copy was deleted in Synergy, and this district does not create it again."""
    return _refused(
        "DELETE-THEN-RESYNC",
        "It was sent before, but Synergy does not have it any more, and this district does not "
        "create it again by a post.",
        "If it should come back, run a remaster of it.",
    )


def vendor_refused(rule: str, words: str) -> Reason:
    """Synergy said no, in its own words."""
    remedy = _REMEDY_OF_REFUSAL.get(
        rule, "Show these words to the help desk; the scores stay marked and go with the next post."
    )
    return _refused(rule, f"Synergy refused it: {words}", remedy)


_REMEDY_OF_REFUSAL = {
    "READONLY-OFF-ERROR": "In Synergy: open it, turn Third Party Readonly on and save. Then post again.",
    "NAME-TOO-LONG": "Shorten the name in Canvas and post again.",
    "NAME-SPECIAL-CHARS": "Take the special characters out of the name in Canvas and post again.",
    "ZERO-POINTS-REJECTED": "Give it more than 0 points in Canvas and post again.",
    "GROUP-NAME-MATCH": "Move it to a group that is named like a Synergy assignment type and post again.",
    "STUDENT-NOT-IN-CLASS": "Wait for the nightly roster run, then post again.",
    "SCORES-ENTERED-IN-SYNERGY-LOST": (
        "In Synergy: unlock it, empty the student's cell, save, and lock it again. Then post again."
    ),
    "GP-CLOSED-WRITE": "Ask the school office to open the grading period in Synergy, then post again.",
    "DUE-DATE-REQUIRED": "Set a due date in Canvas and post again.",
}


# --- what becomes of an assignment


def created() -> Reason:
    """First send."""
    return _decided("FIRST-SEND-CREATES", "The first send creates it in Synergy, locked, with its scores.")


def one_per_section(sections: int) -> Reason:
    """Cross-listed."""
    return _decided(
        "CROSSLIST-FANOUT", f"The course has {sections} sections, and each gets a copy of its own."
    )


def created_again() -> Reason:
    """It was deleted in Synergy."""
    return _decided(
        "DELETE-THEN-RESYNC", "Synergy did not have it any more, so it is created again with all its scores."
    )


def details_rode_along() -> Reason:
    """Changed details go because a score goes."""
    return _decided("UPDATE-NEEDS-SCORE-CHANGE", "Its changed details go along, because a score is sent.")


def details_held_back() -> Reason:
    """Changed details wait."""
    return _decided(
        "UPDATE-NEEDS-SCORE-CHANGE",
        "Its details changed in Canvas; they are held back until a score of it changes.",
        _RESEND,
    )


def remastered() -> Reason:
    """Unchanged, and sent all the same."""
    return _decided("REMASTER-RESENDS-ALL", "A remaster sends it again, changed or not.")


# --- one score


def score_unchanged() -> Reason:
    """Sent before."""
    return _decided("SCORE-SENT-ONCE", "It was sent before and has not changed since.")


def score_changed(before: float | None, now: float | None) -> Reason:
    """Changed since it was sent."""
    return _decided(
        "SCORE-CHANGE-RESENDS", f"It changed from {_points(before)} to {_points(now)} since it was sent."
    )


def status_rides(status: Status) -> Reason:
    """The status goes with the score."""
    words = (
        "No status any more: that goes along with it."
        if status == "none"
        else f'Its status "{status}" goes along.'
    )
    return _decided("STATUS-RIDES-WITH-SCORE", words)


def status_not_resent(before: str, now: Status) -> Reason:
    """Only the status changed."""
    return _decided(
        "STATUS-CHANGE-NOT-RESENT",
        f'Only the status changed, from "{before}" to "{now}"; a status alone does not travel.',
        _RESEND,
    )


def sent_though_hidden() -> Reason:
    """The teacher has not posted it to students yet."""
    return _decided(
        "HIDDEN-GRADES-STILL-SENT",
        "It is hidden from students in Canvas; families can see it in Synergy.",
        'To keep scores back, uncheck "Sync to Synergy" until you post them in Canvas.',
    )


def some_are_hidden(scores: int) -> Reason:
    """Of what is sent of an assignment, some scores are not posted to students yet."""
    told = "1 score of them is" if scores == 1 else f"{scores} scores of them are"
    return Reason(
        "HIDDEN-GRADES-STILL-SENT",
        refused=False,
        words=f"{told} hidden from students in Canvas; families can see them in Synergy.",
        remedy='To keep scores back, uncheck "Sync to Synergy" until you post them in Canvas.',
        note=True,
    )


def held_while_hidden() -> Reason:
    """This district waits until the teacher posts it to students."""
    return _decided(
        "HIDDEN-GRADES-STILL-SENT",
        "It is hidden from students in Canvas, and this district holds it until it is posted there.",
        _POST_IN_CANVAS,
    )


def excused_before_sent() -> Reason:
    """Excused, and never sent."""
    return _decided(
        "STATUS-CHANGE-NOT-RESENT",
        "Excused before any score was sent; a status alone does not travel.",
        "Run a remaster to have the student excused in Synergy, or excuse the student there.",
    )


def score_cleared(believed: float | None) -> Reason:
    """Emptied in Canvas after it was sent."""
    return _decided(
        "SCORE-CLEARED-NOT-SENT",
        f"It was cleared in Canvas; Synergy keeps {_points(believed)}.",
        "In Synergy: unlock the assignment, clear the score, save, and lock it again. "
        "Or enter a new score in Canvas.",
    )


def cleared_by_remaster() -> Reason:
    """This district's remasters clear."""
    return _decided(
        "SCORE-CLEARED-NOT-SENT",
        "It was cleared in Canvas, and a remaster of this district clears it in Synergy.",
    )


def left_in_old_section(score: float | None) -> Reason:
    """Sent to the section that the student came from."""
    return _decided(
        "REMASTER-MOVES-STUDENT",
        f"The student came from another section, and {_points(score)} was sent there.",
        "Run a remaster: it carries the student's scores over to this section.",
    )


def carried_over() -> Reason:
    """A remaster brings it to the new section."""
    return _decided(
        "REMASTER-MOVES-STUDENT",
        "The student came from another section; the remaster carries the score over.",
    )


def missing_in_synergy() -> Reason:
    """Believed sent, not there."""
    return _decided(
        "REMASTER-FIXES-LEDGER",
        "It counted as sent, but Synergy does not have it; the remaster puts it back.",
    )


def student_without_sis_id(name: str) -> Reason:
    """Cannot be matched."""
    return _refused(
        "STUDENT-NEEDS-SIS-ID",
        f"{name} has no SIS id, so Synergy cannot know whose score this is.",
        "Have the student enrolled through Synergy. For the Test Student nothing need be done.",
    )


def student_not_in_class(name: str) -> Reason:
    """Not in the Synergy class."""
    return _refused(
        "STUDENT-NOT-IN-CLASS",
        f"{name} is not in this class in Synergy.",
        "Wait for the nightly roster run, then post again; if it stays so, ask the school office.",
    )


def _points(score: float | None) -> str:
    return "exempt" if score is None else f"{score:g}"
