"""Carries a plan out, item by item: line item first, then its scores, each acknowledged write noted at once.

What lives here: acting, and what an answer makes of the plan. What must never be here: deciding what should
travel. What bites: what is believed of a vanished item is forgotten *before* it is written anew, or a kill in
between would leave its scores counted as sent; and one bad item never stops the others, except that nothing
can follow once the credentials are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sync_engine.domain import words
from sync_engine.domain.beliefs import BelievedItem, BelievedScore
from sync_engine.domain.plan import PlannedItem, PlannedScore
from sync_engine.domain.policy import Policy
from sync_engine.domain.progress import ProgressStep, Stage
from sync_engine.domain.refusals import OF_ONE_SCORE, UNKNOWN_REFUSAL, rule_of
from sync_engine.domain.report import ItemAction, ItemReport, Reason, ScoreAction, ScoreReport
from sync_engine.errors import AccessRefusedError, SystemFaultError, WriteRefusedError
from sync_engine.ledger.store import Ledger
from sync_engine.oneroster.client import SCOPE_REMEDY, OneRosterClient
from sync_engine.reading import Tell

FAULTS_IN_A_ROW_MAX = 3
"""After so many scores of one assignment that met a fault, its others are left for the next run."""

_WRITES = frozenset({ScoreAction.SENT, ScoreAction.CLEARED})


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a write did not succeed: a rule forbids it, or a system misbehaved."""

    reason: Reason
    by_rule: bool

    @property
    def item_action(self) -> ItemAction:
        return ItemAction.REFUSED if self.by_rule else ItemAction.FAILED

    @property
    def score_action(self) -> ScoreAction:
        return ScoreAction.REFUSED if self.by_rule else ScoreAction.FAILED


@dataclass(slots=True)
class _Standing:
    """How one item stands while its scores are sent.

    Attributes:
        whole: The first trouble that is the whole item's and not one score's.
        ended_by: What becomes of the scores that are not tried any more.
    """

    whole: Reason | None = None
    ended_by: ScoreAction | None = None
    faults_in_a_row: int = 0

    def meet(self, trouble: _Trouble, *, stopped: bool) -> None:
        """A refusal that concerns the whole assignment ends its scores; so do faults in a row."""
        self.faults_in_a_row = 0 if trouble.by_rule else self.faults_in_a_row + 1
        of_one_score = trouble.by_rule and trouble.reason.rule in OF_ONE_SCORE
        if not of_one_score:
            self.whole = self.whole or trouble.reason
        refused_as_a_whole = trouble.by_rule and not of_one_score
        if stopped or refused_as_a_whole or self.faults_in_a_row >= FAULTS_IN_A_ROW_MAX:
            self.ended_by = trouble.score_action


class Applier:
    """One run's writing.

    `written` counts what Synergy acknowledged, `stopped` says why it had to end early.
    """

    def __init__(
        self, district: str, course_id: str, *, policy: Policy, gradebook: OneRosterClient, ledger: Ledger
    ) -> None:
        self._where = (district, course_id)
        self._policy = policy
        self._gradebook = gradebook
        self._ledger = ledger
        self.written = 0
        self.stopped: Reason | None = None

    async def apply(self, plan: Sequence[PlannedItem], tell: Tell) -> tuple[ItemReport, ...]:
        """Every item in turn."""
        reports: list[ItemReport] = []
        total = sum(item.writes for item in plan)
        done = 0
        for item in plan:
            reports.append(await self._item(item))
            if item.writes:
                done += 1
                tell(ProgressStep(Stage.WRITING, done, total, f"{item.assignment_name}, {item.section_name}"))
        return tuple(reports)

    async def _item(self, item: PlannedItem) -> ItemReport:
        if not item.writes:
            return item.report()
        if self.stopped is not None:
            return _not_tried(item, _Trouble(self.stopped, by_rule=False))
        try:
            await self._line_item(item)
        except (WriteRefusedError, SystemFaultError) as error:
            return _not_tried(item, self._judge(error, item))
        standing = _Standing()
        scores = [await self._score(item, score, standing) for score in item.scores]
        return _after_scores(item, tuple(scores), standing.whole)

    async def _line_item(self, item: PlannedItem) -> None:
        if item.starts_afresh:
            self._ledger.forget_item(*self._where, item.assignment_id, item.section_id)
        if item.details is None:
            return
        await self._gradebook.put_line_item(item.line_item_id, item.details)
        self.written += 1
        self._ledger.note_item(
            *self._where,
            BelievedItem(
                item.assignment_id, item.section_id, item.section_name, item.line_item_id, item.details
            ),
        )

    async def _score(self, item: PlannedItem, score: PlannedScore, standing: _Standing) -> ScoreReport:
        if score.action not in _WRITES:
            return score.report()
        if standing.ended_by is not None:
            return replace(score.report(), action=standing.ended_by, reasons=())
        try:
            await self._send(item, score)
        except (WriteRefusedError, SystemFaultError) as error:
            trouble = self._judge(error, item, score)
            standing.meet(trouble, stopped=self.stopped is not None)
            return replace(score.report(), action=trouble.score_action, reasons=(trouble.reason,))
        standing.faults_in_a_row = 0
        return score.report()

    async def _send(self, item: PlannedItem, score: PlannedScore) -> None:
        place = (item.assignment_id, item.section_id, score.student.id)
        if score.action is ScoreAction.CLEARED:
            await self._gradebook.delete_result(score.result_id)
            self._ledger.forget_score(*self._where, *place)
        else:
            await self._gradebook.put_result(
                score.result_id, item.line_item_id, score.synergy_student_id, score.grade
            )
            believed = BelievedScore(*place, score=score.grade.score, status=score.grade.status)
            self._ledger.note_score(*self._where, believed)
        self.written += 1

    def _judge(
        self,
        error: WriteRefusedError | SystemFaultError,
        item: PlannedItem,
        score: PlannedScore | None = None,
    ) -> _Trouble:
        if isinstance(error, SystemFaultError):
            reason = words.transport_fault(error.words, error.remedy)
            if isinstance(error, AccessRefusedError):
                self.stopped = reason
            return _Trouble(reason, by_rule=False)
        names = (item.assignment_name, score.student.name if score else "")
        rule = rule_of(error.words, self._policy.refusal_words, names=names)
        if rule == UNKNOWN_REFUSAL and error.status == 403:
            said = f"Synergy does not let this OneRoster client write: {error.words}"
            return _Trouble(words.transport_fault(said, SCOPE_REMEDY), by_rule=False)
        return _Trouble(words.vendor_refused(rule, error.words), by_rule=True)


def _after_scores(item: PlannedItem, scores: tuple[ScoreReport, ...], whole: Reason | None) -> ItemReport:
    """What became of the item, now that its scores are through."""
    report = replace(item.report(), scores=scores)
    if any(score.action is ScoreAction.FAILED for score in scores):
        return replace(report, action=ItemAction.FAILED, reasons=_first(whole, item))
    arrived = item.details is not None or any(score.action in _WRITES for score in scores)
    if whole is not None or not arrived:
        return replace(report, action=ItemAction.REFUSED, reasons=_first(whole, item))
    return report


def _not_tried(item: PlannedItem, trouble: _Trouble) -> ItemReport:
    """The line item could not be written, so its scores were not sent; they stay marked."""
    scores = tuple(
        replace(score.report(), action=trouble.score_action, reasons=())
        if score.action in _WRITES
        else score.report()
        for score in item.scores
    )
    return replace(
        item.report(),
        action=trouble.item_action,
        reasons=_first(trouble.reason, item),
        scores=scores,
        line_item_id=item.line_item_id if item.is_in_synergy else "",
    )


def _first(reason: Reason | None, item: PlannedItem) -> tuple[Reason, ...]:
    """The reason that undid the plan, then those of the plan that still hold."""
    undone = {"FIRST-SEND-CREATES", "CROSSLIST-FANOUT", "REMASTER-RESENDS-ALL", "UPDATE-NEEDS-SCORE-CHANGE"}
    kept = tuple(each for each in item.reasons if each.rule not in undone)
    return (reason, *kept) if reason is not None else kept
