"""What becomes of one cell of the gradebook: the heart of the passback rules.

Two questions. A *post* asks whether the score differs from what is believed sent; a status never decides, it
only rides along. A *remaster* asks only whether there is something to send. What bites: an excused student
has no score in Canvas, so excusing is a change of status, not the clearing of a score.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sync_engine.domain import words
from sync_engine.domain.beliefs import BelievedScore
from sync_engine.domain.policy import Policy
from sync_engine.domain.report import Reason, ScoreAction
from sync_engine.domain.snapshot import Grade


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one score, and why."""

    action: ScoreAction
    reasons: tuple[Reason, ...] = ()


def decide_hidden(grade: Grade, decision: Decision, policy: Policy) -> Decision:
    """What becomes of a score that would travel, where students cannot see it in Canvas yet."""
    if not grade.hidden or decision.action is not ScoreAction.SENT:
        return decision
    if policy.hidden_scores == "hold":
        return Decision(ScoreAction.HELD, (words.held_while_hidden(),))
    return Decision(decision.action, (*decision.reasons, words.sent_though_hidden()))


def decide_post(grade: Grade, believed: BelievedScore | None, policy: Policy) -> Decision:
    """An ordinary post: new and changed scores travel."""
    if believed is None:
        return _never_sent(grade, policy)
    if grade.score is not None and grade.score != believed.score:
        return _sent(grade, believed, words.score_changed(believed.score, grade.score))
    if grade.is_blank and believed.score is not None:
        return Decision(ScoreAction.HELD, (words.score_cleared(believed.score),))
    if grade.status != believed.status:
        return Decision(ScoreAction.HELD, (words.status_not_resent(believed.status, grade.status),))
    return Decision(ScoreAction.UNCHANGED, (words.score_unchanged(),))


def decide_moved(grade: Grade, elsewhere: Collection[BelievedScore], policy: Policy) -> Decision:
    """An ordinary post, for a student who came from other sections and of whom nothing was sent here.

    A score that was sent there counts as sent; a new one travels.
    """
    sent_there = grade.score is not None and any(each.score == grade.score for each in elsewhere)
    if sent_there and policy.moved_student == "remaster":
        return Decision(ScoreAction.HELD, (words.left_in_old_section(grade.score),))
    return _never_sent(grade, policy)


def decide_remaster_of_moved(grade: Grade, policy: Policy) -> Decision:
    """A remaster, for the same student: it carries over."""
    decision = decide_remaster(grade, None, policy, in_synergy=False)
    if decision.action is not ScoreAction.SENT:
        return decision
    return Decision(decision.action, (words.carried_over(), *decision.reasons))


def decide_remaster(
    grade: Grade, believed: BelievedScore | None, policy: Policy, *, in_synergy: bool
) -> Decision:
    """A remaster: everything that is graded travels, excuses too."""
    if grade.is_blank:
        return _remaster_blank(believed, policy, in_synergy=in_synergy)
    if believed is None:
        return _sent(grade, None)
    if not in_synergy:
        return _sent(grade, believed, words.missing_in_synergy())
    if grade.score is not None and grade.score != believed.score:
        return _sent(grade, believed, words.score_changed(believed.score, grade.score))
    return _sent(grade, believed, words.remastered())


def decide_again(grade: Grade, believed: BelievedScore | None, policy: Policy) -> Decision:
    """Its assignment vanished from Synergy and is created again: every score goes along, as if never sent.

    An excuse waits, as before any first send; so a run that is killed here and repeated decides the same.
    """
    if grade.score is None:
        return _never_sent(grade, policy)
    if believed is not None and grade.score != believed.score:
        return _sent(grade, believed, words.score_changed(believed.score, grade.score))
    return _sent(grade, believed, words.created_again())


def _never_sent(grade: Grade, policy: Policy) -> Decision:
    if grade.is_blank:
        return Decision(ScoreAction.EMPTY)
    if grade.status == "excused" and policy.excused_never_sent == "hold":
        return Decision(ScoreAction.HELD, (words.excused_before_sent(),))
    return _sent(grade, None)


def _remaster_blank(believed: BelievedScore | None, policy: Policy, *, in_synergy: bool) -> Decision:
    if policy.remaster_clears_deleted_scores and (in_synergy or believed is not None):
        return Decision(ScoreAction.CLEARED, (words.cleared_by_remaster(),))
    if believed is None or not in_synergy:
        return Decision(ScoreAction.EMPTY)
    return Decision(ScoreAction.HELD, (words.score_cleared(believed.score),))


def _sent(grade: Grade, believed: BelievedScore | None, *reasons: Reason) -> Decision:
    before = believed.status if believed else "none"
    if grade.status != "none" or before != "none":
        reasons = (*reasons, words.status_rides(grade.status))
    return Decision(ScoreAction.SENT, reasons)
