"""The totals of one class, out of the gradebook: its rows, read into the room that computes.

What lives here: which field of a row is which input, which setting of the class and switch of the profile is
which of the policy. What must never be here: arithmetic, HTTP. A float becomes the decimal that is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from simulator.profiles import CommentCode, Profile
from simulator.synergy import comments, model
from simulator.synergy.store import GradebookStore
from simulator.synergy.totals import (
    FOUR_POINT,
    AssignmentType,
    ClassTotal,
    Entry,
    Item,
    Period,
    ScoreType,
    Term,
    TermKind,
    TotalsPolicy,
    class_total,
    composed_total,
    policy_by,
)

NO_COMMENT = CommentCode(code="-", comment="")
"""Stands for a cell without a comment, and for a code that nobody knows any more: it does nothing."""

_FINISHED = frozenset({"fully graded", "exempt"})
"""Statuses of OneRoster 1.1 after which no other comes; what is exempt is left out as excused."""


@dataclass(frozen=True, slots=True)
class StudentTotal:
    """A student of the class, and the total."""

    student: model.Member
    total: ClassTotal


def class_totals(
    store: GradebookStore, section: model.ClassSection, period: model.Session | None
) -> tuple[StudentTotal, ...]:
    """Compute the total of every student, in the order of the class list.

    Args:
        store: The gradebook.
        section: The class.
        period: The grading period; None takes in every assignment of the class.
    """
    score_types = {each.name: _score_type(each) for each in section.setup.score_types}
    items = [_item(each, score_types.get(each.score_type)) for each in store.assignments_in(section.guid)]
    entries = _entries(store, section)
    types = [_assignment_type(each) for each in store.types_of(section.guid)]
    book = _Book(items, types, policy_of(section.setup, store.profile))
    parts = _parts_of(store, section, period)
    span = _span(period)
    return tuple(
        StudentTotal(student, book.total(entries.get(student.guid, {}), span, parts))
        for student in store.students_in(section.guid)
    )


def policy_of(setup: model.GradeBookSetup, profile: Profile) -> TotalsPolicy:
    """The settings of a class, laid over the readings of the profile."""
    return policy_by(
        profile.class_totals,
        method=setup.method,
        class_rounding=setup.class_rounding,
        decimals=setup.decimals,
        scale=FOUR_POINT if setup.report_card_scale == "four_point" else profile.percent_scale,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a composed mark: what it is called, and which assignments are its own.

    `parts` are those of a grading period that is composed itself, as a quarter of a semester may be.
    """

    id: str
    name: str
    kind: TermKind
    weight: Decimal
    span: Period | None
    exam_type: str
    exam_types: frozenset[str]
    parts: tuple[_Part, ...] = ()

    def has(self, item: Item) -> bool:
        """The assignments of an exam are in no other part."""
        return item.type_id == self.exam_type if self.exam_type else item.type_id not in self.exam_types


@dataclass(frozen=True, slots=True)
class _Book:
    """What all students of a class have in common."""

    items: Sequence[Item]
    types: Sequence[AssignmentType]
    policy: TotalsPolicy

    def total(self, entries: Mapping[int, Entry], span: Period | None, parts: Sequence[_Part]) -> ClassTotal:
        """One student's total: added up, or composed where there are parts."""
        if not parts:
            return class_total(self.items, entries, self.types, span, self.policy)
        return self._composed(entries, parts)

    def _composed(self, entries: Mapping[int, Entry], parts: Sequence[_Part]) -> ClassTotal:
        terms = [
            Term(each.id, each.name, each.kind, each.weight, self._of_part(entries, each)) for each in parts
        ]
        return composed_total(terms, self.policy)

    def _of_part(self, entries: Mapping[int, Entry], part: _Part) -> ClassTotal:
        """An exam adds up its points, whatever its type weighs in the other parts."""
        if part.parts:
            return self._composed(entries, part.parts)
        items = [each for each in self.items if part.has(each)]
        policy = replace(self.policy, method="points") if part.exam_type else self.policy
        return class_total(items, entries, self.types, part.span, policy)


def _parts_of(
    store: GradebookStore,
    section: model.ClassSection,
    period: model.Session | None,
    above: frozenset[str] = frozenset(),
    exams: frozenset[str] = frozenset(),
) -> tuple[_Part, ...]:
    """What the mark of this period is composed of; nothing where it is added up.

    Args:
        store: The gradebook.
        section: The class.
        period: The grading period whose mark it is.
        above: The periods that are being composed of this one; one that is a part of itself is added up.
        exams: The types of the exams of those, which count in no other part.
    """
    guid = "" if period is None else period.guid
    found = next((each for each in section.setup.term_weightings if each.period_guid == guid), None)
    if period is None or found is None or guid in above:
        return ()
    above, exams = (
        above | {guid},
        exams | {each.exam_type_guid for each in found.parts if each.exam_type_guid},
    )
    return tuple(
        _exam(store, each, period, exams)
        if each.exam_type_guid
        else _period(store, section, each, above, exams)
        for each in found.parts
    )


def _exam(store: GradebookStore, part: model.TermPart, whole: model.Session, exams: frozenset[str]) -> _Part:
    kind, weight = store.class_types.get(part.exam_type_guid), _decimal(part.weight)
    name = kind.name if kind else part.exam_type_guid
    return _Part(part.exam_type_guid, name, "exam", weight, _span(whole), part.exam_type_guid, exams)


def _period(
    store: GradebookStore,
    section: model.ClassSection,
    part: model.TermPart,
    above: frozenset[str],
    exams: frozenset[str],
) -> _Part:
    period = store.sessions[part.period_guid]
    parts = _parts_of(store, section, period, above, exams)
    weight, span = _decimal(part.weight), _span(period)
    return _Part(period.guid, period.name, "grading_period", weight, span, "", exams, parts)


def _span(period: model.Session | None) -> Period | None:
    return None if period is None else Period(period.guid, period.begins, period.ends)


def _entries(store: GradebookStore, section: model.ClassSection) -> Mapping[str, Mapping[int, Entry]]:
    """What stands in the cells, by student and by the assignment's number."""
    numbers = {each.line_item_id: each.gradebook_id for each in store.assignments_in(section.guid)}
    codes = comments.codes_of(section.setup, store.profile)
    found: dict[str, dict[int, Entry]] = {}
    for score in store.scores_on(numbers):
        number = numbers[score.cell.line_item_id]
        found.setdefault(score.cell.student_guid, {})[number] = _entry(score, codes)
    return found


def _entry(score: model.Score, codes: Mapping[str, CommentCode]) -> Entry:
    number = None if score.points is None else _decimal(score.points)
    said = codes.get(score.comment_code, NO_COMMENT)
    return Entry(
        score=score.mark or number,
        excused=comments.is_excused(score, codes),
        missing=said.missing_mark,
        not_scored_percent=said.not_scored_percent,
        penalty_percent=said.penalty_percent,
        unfinished=score.status not in _FINISHED,
    )


def _item(assignment: model.Assignment, score_type: ScoreType | None) -> Item:
    return Item(
        number=assignment.gradebook_id,
        type_id=assignment.type_guid,
        max_score=_decimal(assignment.max_score),
        points=_decimal(assignment.points),
        assigned_on=assignment.assigned_on,
        due_date=assignment.due_date,
        period_ids=frozenset(assignment.period_guids),
        category=assignment.category,
        score_type=score_type,
    )


def _assignment_type(kind: model.ClassType) -> AssignmentType:
    return AssignmentType(kind.guid, kind.name, _decimal(kind.weight), kind.drop_lowest)


def _score_type(kind: model.ScoreType) -> ScoreType:
    return ScoreType(kind.name, tuple((_mark(mark), _decimal(percent)) for mark, percent in kind.percents))


def _mark(mark: str) -> Decimal | str:
    """A mark that is a number is compared as one: "4" and 4.0 are the same."""
    try:
        number = Decimal(mark)
    except InvalidOperation:
        return mark
    return number if number.is_finite() else mark


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number))
