"""The plan of a run: for every assignment in every section what is written, and why.

What lives here: decisions about assignments; `checks` says whether one takes part, `grades` decides each
score. What must never be here: a request, a ledger, a clock. The plan of a dry run and of a real run are the
same value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sync_engine.domain import checks, words
from sync_engine.domain.beliefs import Beliefs, BelievedItem, BelievedScore, Details
from sync_engine.domain.checks import Selection
from sync_engine.domain.entry import Entry, entries
from sync_engine.domain.grades import (
    Decision,
    decide_again,
    decide_hidden,
    decide_moved,
    decide_post,
    decide_remaster,
    decide_remaster_of_moved,
)
from sync_engine.domain.policy import Policy
from sync_engine.domain.report import ItemAction, ItemReport, Reason, ScoreAction, ScoreReport
from sync_engine.domain.snapshot import Grade, Snapshot, Student

Decide = Callable[[Student], Decision]


@dataclass(frozen=True, slots=True)
class PlannedScore:
    """One student's score: what is decided, and what a write would need."""

    student: Student
    grade: Grade
    result_id: str
    synergy_student_id: str
    action: ScoreAction
    reasons: tuple[Reason, ...]

    def report(self) -> ScoreReport:
        """As the report shows it."""
        return ScoreReport(
            self.student.id, self.student.name, self.action, self.grade.score, self.grade.status, self.reasons
        )


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One assignment in one section: what is decided.

    Attributes:
        details: What to write about the assignment; None where it is not written.
        is_in_synergy: Whether Synergy had it when it was read.
        starts_afresh: It vanished from Synergy: what is believed of it has to be forgotten before it is
            written.
    """

    assignment_id: str
    assignment_name: str
    section_id: str
    section_name: str
    line_item_id: str
    action: ItemAction
    reasons: tuple[Reason, ...]
    scores: tuple[PlannedScore, ...] = ()
    details: Details | None = None
    starts_afresh: bool = False
    is_in_synergy: bool = True

    @property
    def writes(self) -> bool:
        """Whether anything of it is to be written."""
        return self.action in {ItemAction.CREATED, ItemAction.UPDATED, ItemAction.SCORES_SENT}

    def report(self) -> ItemReport:
        """As the report shows it."""
        return ItemReport(
            assignment_id=self.assignment_id,
            assignment_name=self.assignment_name,
            section_id=self.section_id,
            section_name=self.section_name,
            line_item_id=self.line_item_id if self.is_in_synergy or self.writes else "",
            action=self.action,
            reasons=self.reasons,
            scores=tuple(score.report() for score in self.scores),
        )


def plan_run(
    district: str,
    snapshot: Snapshot,
    beliefs: Beliefs,
    policy: Policy,
    *,
    remaster: bool = False,
    selection: Selection = None,
) -> tuple[PlannedItem, ...]:
    """Decide about everything in the course, and about what the ledger remembers of it."""
    planned = [
        _plan_entry(entry, policy, remaster=remaster, selection=selection)
        for entry in entries(district, snapshot, beliefs, policy)
    ]
    return (*planned, *_deleted_in_canvas(snapshot, beliefs))


def _plan_entry(entry: Entry, policy: Policy, *, remaster: bool, selection: Selection) -> PlannedItem:
    skipped = checks.why_skipped(entry, policy, selection)
    if skipped is not None:
        return _item(entry, ItemAction.SKIPPED, (skipped,))
    chosen = (words.selected_by_default(),) if selection is None else ()
    found = (*checks.why_not_sendable(entry, policy), *chosen)
    if any(reason.refused for reason in found):
        return _item(entry, ItemAction.REFUSED, found)
    scores = _scores(entry, policy, remaster=remaster)
    if not remaster and _is_gone(entry) and _any(scores, ScoreAction.SENT):
        if policy.missing_target == "error":
            return _item(entry, ItemAction.REFUSED, (words.target_gone(), *found))
        scores = _planned(entry, policy, lambda student: decide_again(*_truths(entry, student), policy))
    return _settle(entry, policy, scores, found, remaster=remaster)


def _settle(
    entry: Entry,
    policy: Policy,
    scores: tuple[PlannedScore, ...],
    found: tuple[Reason, ...],
    *,
    remaster: bool,
) -> PlannedItem:
    """The scores are decided; now the assignment itself."""
    found = (*found, *_hidden_among(scores))
    details = _details(entry, policy)
    changed = entry.believed is not None and entry.believed.details != details
    if not _any(scores, ScoreAction.SENT, ScoreAction.CLEARED):
        never_arrived = entry.believed is None and _any(scores, ScoreAction.REFUSED)
        action = ItemAction.REFUSED if never_arrived else ItemAction.UNCHANGED
        held_back = (words.details_held_back(),) if changed else ()
        return _item(entry, action, (*held_back, *found), scores)
    if not entry.is_in_synergy:
        reasons = (*_creation(entry), *found)
        return _item(entry, ItemAction.CREATED, reasons, scores, details, starts_afresh=_is_gone(entry))
    if remaster:
        return _item(entry, ItemAction.UPDATED, (words.remastered(), *found), scores, details)
    if entry.believed is None or changed:
        along = (words.details_rode_along(),) if changed else ()
        return _item(entry, ItemAction.UPDATED, (*along, *found), scores, details)
    return _item(entry, ItemAction.SCORES_SENT, found, scores)


def _scores(entry: Entry, policy: Policy, *, remaster: bool) -> tuple[PlannedScore, ...]:
    return _planned(entry, policy, lambda student: _decide(entry, student, policy, remaster=remaster))


def _decide(entry: Entry, student: Student, policy: Policy, *, remaster: bool) -> Decision:
    elsewhere = entry.sent_elsewhere.get(student.id)
    grade, believed = _truths(entry, student)
    if not remaster:
        return decide_moved(grade, elsewhere, policy) if elsewhere else decide_post(grade, believed, policy)
    in_synergy = entry.has_result(student)
    if elsewhere and not in_synergy:
        return decide_remaster_of_moved(grade, policy)
    return decide_remaster(grade, believed, policy, in_synergy=in_synergy)


def _planned(entry: Entry, policy: Policy, decide: Decide) -> tuple[PlannedScore, ...]:
    return tuple(
        _score(entry, student, decide_hidden(entry.grades[student.id], decide(student), policy))
        for student in entry.students
    )


def _score(entry: Entry, student: Student, decision: Decision) -> PlannedScore:
    synergy_id = entry.synergy_students.get(student.sis_id or "", "")
    if decision.action is ScoreAction.SENT and not synergy_id:
        why = words.student_not_in_class if student.sis_id else words.student_without_sis_id
        decision = Decision(ScoreAction.REFUSED, (why(student.name),))
    return PlannedScore(
        student,
        entry.grades[student.id],
        entry.result_ids[student.id],
        synergy_id,
        decision.action,
        decision.reasons,
    )


def _deleted_in_canvas(snapshot: Snapshot, beliefs: Beliefs) -> Iterator[PlannedItem]:
    """What was sent, exists in Synergy still (or may), and Canvas no longer lists."""
    listed = {assignment.id for assignment in snapshot.canvas.assignments}
    for believed in beliefs.items.values():
        klass = snapshot.classes.get(believed.section_id)
        gone_there_too = klass is not None and believed.line_item_id not in klass.line_item_ids
        if believed.assignment_id not in listed and not gone_there_too:
            yield _orphan(believed)


def _orphan(believed: BelievedItem) -> PlannedItem:
    return PlannedItem(
        believed.assignment_id,
        believed.details.title,
        believed.section_id,
        believed.section_name,
        believed.line_item_id,
        ItemAction.SKIPPED,
        (words.deleted_in_canvas(),),
    )


def _item(
    entry: Entry,
    action: ItemAction,
    reasons: tuple[Reason, ...],
    scores: tuple[PlannedScore, ...] = (),
    details: Details | None = None,
    *,
    starts_afresh: bool = False,
) -> PlannedItem:
    return PlannedItem(
        entry.assignment.id,
        entry.assignment.name,
        entry.section.id,
        entry.section.name,
        entry.line_item_id,
        action,
        reasons,
        scores,
        details,
        starts_afresh,
        entry.is_in_synergy,
    )


def _creation(entry: Entry) -> tuple[Reason, ...]:
    first = words.created_again() if _is_gone(entry) else words.created()
    several = entry.sections_in_course
    return (first, words.one_per_section(several)) if several > 1 else (first,)


def _details(entry: Entry, policy: Policy) -> Details:
    assert entry.klass is not None, "an assignment without a class was refused before"
    category = checks.category_for(entry, policy)
    assert category is not None, "an assignment without a type was refused before"
    dates = entry.assignment.dates_in(entry.section.id)
    return Details(
        title=entry.assignment.name,
        class_id=entry.klass.id,
        category_id=category.id,
        assigned_at=dates.unlock_at or entry.assignment.created_at,
        due_at=dates.due_at,
        points=entry.assignment.points or 0.0,
    )


def _truths(entry: Entry, student: Student) -> tuple[Grade, BelievedScore | None]:
    return entry.grades[student.id], entry.believed_scores.get(student.id)


def _is_gone(entry: Entry) -> bool:
    return entry.believed is not None and not entry.is_in_synergy


def _hidden_among(scores: tuple[PlannedScore, ...]) -> tuple[Reason, ...]:
    hidden = sum(score.grade.hidden and score.action is ScoreAction.SENT for score in scores)
    return (words.some_are_hidden(hidden),) if hidden else ()


def _any(scores: tuple[PlannedScore, ...], *actions: ScoreAction) -> bool:
    return any(score.action in actions for score in scores)
