"""What TeacherVUE's screens show, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from simulator.profiles import CommentCode
from simulator.synergy import rules
from simulator.synergy.class_totals import StudentTotal
from simulator.synergy.comments import codes_of, is_excused
from simulator.synergy.model import (
    Assignment,
    Cell,
    ClassSection,
    ClassType,
    GradeBookSetup,
    Member,
    Score,
    Session,
)
from simulator.synergy.store import GradebookStore
from simulator.synergy.totals import ClassTotal, ItemRow, TermRow, TypeRow
from simulator.synergy.totals.rounding import rounded

Wire: TypeAlias = dict[str, Any]

EXACT_DECIMALS = 4
"""How far the percentage before rounding is shown."""


def school_class(store: GradebookStore, section: ClassSection) -> Wire:
    """A class in the picker, with what its Grade Book Setup offers."""
    return {
        "id": section.guid,
        "number": section.number,
        "name": section.name,
        "teacher": store.members[section.teacher_guid].name,
        "students": len(store.students_in(section.guid)),
        "grading_periods": [grading_period(each) for each in store.grading_periods()],
        "assignment_types": [assignment_type(each, section) for each in store.all_types_of(section.guid)],
        "district_comment_codes": [_comment_code(each) for each in store.profile.comment_codes],
        "setup": {
            **_setup(section.setup),
            "grading_period_default": section.period_default,
            "assignment_types_from": section.type_choice,
        },
    }


def assignment_type(kind: ClassType, section: ClassSection) -> Wire:
    """An assignment type in Grade Book Setup: whose it is, and whether the class uses it."""
    return {
        "id": kind.guid,
        "name": kind.name,
        "weight": kind.weight,
        "drop_lowest": kind.drop_lowest,
        "whose": "teacher" if kind.is_teachers else "district",
        "in_use": rules.is_chosen(kind, section.type_choice),
        "default_points": kind.default_points,
        "colour": kind.colour,
    }


def gradebook(
    store: GradebookStore, section: ClassSection, period: Session | None, shown: Iterable[Assignment]
) -> Wire:
    """Grade Book Main: the grading period that it shows, and what is in it."""
    return {
        "class_id": section.guid,
        "grading_period": _period(period),
        "follows_calendar": not section.shown_period_guid,
        "assignments": screens(store, shown),
    }


def family(
    store: GradebookStore, section: ClassSection, student: Member, period: Session | None, total: ClassTotal
) -> Wire:
    """A class as StudentVUE and ParentVUE show it to the family of one student.

    What is to be shown only when it is scored is not there before.
    """
    shown = []
    for assignment in store.assignments_in(section.guid):
        if period is not None and period.guid not in assignment.period_guids:
            continue
        score = store.scores.get(Cell(assignment.line_item_id, student.guid))
        if score is not None or not assignment.show_only_when_scored:
            shown.append(_family_row(store, assignment, score, total))
    return {
        "student_id": student.guid,
        "class_id": section.guid,
        "class_name": section.name,
        "grading_period": _period(period),
        "raw": str(total.raw),
        "mark": total.mark,
        "assignments": shown,
    }


def _family_row(
    store: GradebookStore, assignment: Assignment, score: Score | None, total: ClassTotal
) -> Wire:
    row = next((each for each in total.items if each.number == assignment.gradebook_id), None)
    return {
        "name": assignment.name,
        "type": store.class_types[assignment.type_guid].name,
        "date": assignment.assigned_on.isoformat(),
        "due_date": assignment.due_date.isoformat() if assignment.due_date else None,
        "score": None if score is None else score.mark or score.points,
        "max_score": assignment.max_score,
        "points": None if row is None else _text(row.points),
        "possible": None if row is None else str(row.possible),
        "standing": "not_in_period" if row is None else row.standing,
        "comment": "" if score is None else score.comment_code or score.comment,
    }


def _comment_code(kind: CommentCode) -> Wire:
    value = kind.not_scored_percent
    return {
        "code": kind.code,
        "comment": kind.comment,
        "excuses": kind.excuses,
        "missing_mark": kind.missing_mark,
        "not_scored_percent": None if value is None else float(value),
        "penalty_percent": float(kind.penalty_percent),
        "remove_when_scored": kind.remove_when_scored,
    }


def _setup(setup: GradeBookSetup) -> Wire:
    return {
        "method": setup.method,
        "class_rounding": setup.class_rounding,
        "decimals": setup.decimals,
        "report_card_scale": setup.report_card_scale,
        "score_types": [
            {
                "name": each.name,
                "marks": [{"mark": mark, "percent": percent} for mark, percent in each.percents],
            }
            for each in setup.score_types
        ],
        "comment_codes": [_comment_code(each) for each in setup.comment_codes],
        "term_weightings": [
            {
                "grading_period_id": each.period_guid,
                "parts": [
                    {
                        "weight": part.weight,
                        "grading_period_id": part.period_guid,
                        "exam_type_id": part.exam_type_guid,
                    }
                    for part in each.parts
                ],
            }
            for each in setup.term_weightings
        ],
    }


def class_list(store: GradebookStore, section: ClassSection) -> Wire:
    """Who is in a class, as the office has it, and the roster's version."""
    return {
        "class_id": section.guid,
        "course_id": section.course_guid,
        "teacher_id": section.teacher_guid,
        "roster_version": store.roster_version,
        "students": [student(each) for each in store.students_in(section.guid)],
    }


def student(member: Member) -> Wire:
    """A student on the office's list; `number` is the Perm ID."""
    return {"id": member.guid, "number": member.number, "name": member.name, "grade": member.grade}


def grading_period(period: Session) -> Wire:
    """A grading period as the office sets it."""
    return {
        "id": period.guid,
        "name": period.name,
        "kind": period.kind,
        "type": period.period_type,
        "begins": period.begins.isoformat(),
        "ends": period.ends.isoformat(),
        "closed": period.is_closed,
    }


def _period(period: Session | None) -> Wire | None:
    """A grading period by name, None for all of them."""
    return None if period is None else {"id": period.guid, "name": period.name}


def screens(store: GradebookStore, assignments: Iterable[Assignment]) -> list[Wire]:
    """Several edit screens."""
    shown = list(assignments)
    scores: dict[str, list[Score]] = {assignment.line_item_id: [] for assignment in shown}
    for score in store.scores_on(list(scores)):
        scores[score.cell.line_item_id].append(score)
    return [_screen(store, each, scores[each.line_item_id]) for each in shown]


def screen(store: GradebookStore, assignment: Assignment) -> Wire:
    """The edit screen of one assignment, and its column of the gradebook."""
    return screens(store, [assignment])[0]


def _screen(store: GradebookStore, assignment: Assignment, scores: Iterable[Score]) -> Wire:
    kind = store.class_types[assignment.type_guid]
    codes = codes_of(store.classes[assignment.class_guid].setup, store.profile)
    return {
        "id": assignment.gradebook_id,
        "line_item_id": assignment.line_item_id,
        "class_id": assignment.class_guid,
        "name": assignment.name,
        "description": assignment.description,
        "type": {
            "id": kind.guid,
            "name": rules.name_of_type(kind, store.classes[assignment.class_guid].type_choice),
        },
        "score_type": assignment.score_type,
        "category": assignment.category,
        "max_score": assignment.max_score,
        "points": assignment.points,
        "date": assignment.assigned_on.isoformat(),
        "due_date": assignment.due_date.isoformat() if assignment.due_date else None,
        "grading_periods": [
            {"id": guid, "name": store.sessions[guid].name} for guid in assignment.period_guids
        ],
        "show_only_when_scored": assignment.show_only_when_scored,
        "third_party_readonly": assignment.third_party_readonly,
        "synced": assignment.synced,
        "scores": [
            _score(store, each, codes) for each in sorted(scores, key=lambda each: _by_name(store, each))
        ],
    }


def _by_name(store: GradebookStore, score: Score) -> tuple[str, str, str]:
    student = store.members[score.cell.student_guid]
    return student.family_name, student.given_name, student.guid


def _score(store: GradebookStore, score: Score, codes: Mapping[str, CommentCode]) -> Wire:
    student = store.members[score.cell.student_guid]
    return {
        "student_id": student.guid,
        "student_name": student.name,
        "score": score.mark or score.points,
        "excused": is_excused(score, codes),
        "comment_code": score.comment_code,
        "comment": score.comment,
        "date": score.scored_on.isoformat(),
    }


def totals(section: ClassSection, period: Session | None, students: Iterable[StudentTotal]) -> Wire:
    """The totals of a class. What Synergy would round is a text, with the decimals that it shows."""
    return {
        "class_id": section.guid,
        "grading_period": _period(period),
        "setup": _setup(section.setup),
        "students": [_student_total(each) for each in students],
    }


def _student_total(row: StudentTotal) -> Wire:
    total = row.total
    exact = None if total.exact is None else rounded(total.exact, EXACT_DECIMALS, "half_up")
    return {
        "student_id": row.student.guid,
        "student_name": row.student.name,
        "raw": str(total.raw),
        "mark": total.mark,
        "total_row": total.exported or None,
        "exact_percentage": _text(exact),
        "points": str(total.points),
        "possible": str(total.possible),
        "types": [_type_row(each) for each in total.types],
        "assignments": [_item_row(each) for each in total.items],
        "terms": [_term_row(each) for each in total.terms],
    }


def _type_row(row: TypeRow) -> Wire:
    return {
        "type": {"id": row.type_id, "name": row.name},
        "weight": None if row.weight is None else float(row.weight),
        "shown_weight": None if row.shown_weight is None else int(row.shown_weight),
        "share": _text(row.share),
        "points": str(row.points),
        "possible": str(row.possible),
        "percentage": _text(row.percentage),
        "contribution": _text(row.contribution),
        "mark": row.mark,
    }


def _term_row(row: TermRow) -> Wire:
    return {
        "of": {"id": row.id, "name": row.name},
        "kind": row.kind,
        "weight": float(row.weight),
        "share": str(row.share),
        "percentage": _text(row.percentage),
        "contribution": str(row.contribution),
        "mark": row.mark,
    }


def _item_row(row: ItemRow) -> Wire:
    return {
        "id": row.number,
        "standing": row.standing,
        "points": _text(row.points),
        "possible": str(row.possible),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
