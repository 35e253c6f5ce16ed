"""What TeacherVUE's screens show, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from simulator.synergy.model import Assignment, ClassSection, Member, Score, Session
from simulator.synergy.store import GradebookStore

Wire: TypeAlias = dict[str, Any]


def school_class(store: GradebookStore, section: ClassSection) -> Wire:
    """A class in the picker, with what its Grade Book Setup offers."""
    return {
        "id": section.guid,
        "number": section.number,
        "name": section.name,
        "teacher": store.members[section.teacher_guid].name,
        "students": len(store.students_in(section.guid)),
        "grading_periods": [
            {
                "id": period.guid,
                "name": period.name,
                "kind": period.kind,
                "begins": period.begins.isoformat(),
                "ends": period.ends.isoformat(),
            }
            for period in store.grading_periods()
        ],
        "assignment_types": [
            {"id": each.guid, "name": each.name, "weight": each.weight}
            for each in store.types_of(section.guid)
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
        "begins": period.begins.isoformat(),
        "ends": period.ends.isoformat(),
        "closed": period.is_closed,
    }


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
    return {
        "id": assignment.gradebook_id,
        "line_item_id": assignment.line_item_id,
        "class_id": assignment.class_guid,
        "name": assignment.name,
        "description": assignment.description,
        "type": {"id": kind.guid, "name": kind.name},
        "score_type": assignment.score_type,
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
        "scores": [_score(store, each) for each in sorted(scores, key=lambda each: _by_name(store, each))],
    }


def _by_name(store: GradebookStore, score: Score) -> tuple[str, str, str]:
    student = store.members[score.cell.student_guid]
    return student.family_name, student.given_name, student.guid


def _score(store: GradebookStore, score: Score) -> Wire:
    student = store.members[score.cell.student_guid]
    return {
        "student_id": student.guid,
        "student_name": student.name,
        "score": score.points,
        "excused": score.excused,
        "comment_code": score.comment_code,
        "comment": score.comment,
        "date": score.scored_on.isoformat(),
    }
