"""The gradebook's records in OneRoster 1.1's shapes.

Every field that a strict reader requires is always there. Where Synergy has nothing for it, a stand-in is
named in the view: an assignment without a due date shows its assign date, an excused student without a number
shows 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias

from simulator.synergy.comments import codes_of, is_excused
from simulator.synergy.model import (
    Assignment,
    ClassSection,
    ClassType,
    CourseRecord,
    Enrolment,
    Member,
    Organisation,
    Score,
    Session,
)
from simulator.synergy.oneroster.hrefs import Hrefs
from simulator.synergy.scoring import points_of
from simulator.synergy.store import GradebookStore

Wire: TypeAlias = dict[str, Any]


def instant(moment: datetime) -> str:
    """A date-time as OneRoster writes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"


def day_as_instant(store: GradebookStore, day: date) -> str:
    """A day as a date-time: its first instant in the district, since Synergy keeps no time of day."""
    return instant(datetime.combine(day, time(), tzinfo=store.zone))


def organisation(store: GradebookStore, hrefs: Hrefs, org: Organisation) -> Wire:
    """The district or a school."""
    children = store.organisations.where(parent=org.guid)
    wire = _base(org.guid, store.rostered_at) | {
        "name": org.name,
        "type": org.kind,
        "identifier": org.identifier,
        "children": [hrefs.school(each.guid) for each in children],
    }
    return wire | ({"parent": hrefs.to("orgs", org.parent_guid, "org")} if org.parent_guid else {})


def academic_session(store: GradebookStore, hrefs: Hrefs, session: Session) -> Wire:
    """The year, a term or a grading period."""
    kinds = {"school_year": "schoolYear", "term": "term"}
    children = store.sessions.where(parent=session.guid)
    wire = _base(session.guid, store.rostered_at) | {
        "title": session.name,
        "startDate": session.begins.isoformat(),
        "endDate": session.ends.isoformat(),
        "type": kinds.get(session.kind, "gradingPeriod"),
        "children": [hrefs.session(each) for each in children],
        "schoolYear": str(session.school_year),
    }
    parent = store.sessions.get(session.parent_guid)
    return wire | ({"parent": hrefs.session(parent)} if parent else {})


def course(store: GradebookStore, hrefs: Hrefs, record: CourseRecord) -> Wire:
    """A course of the catalogue."""
    years = [each for each in store.sessions.values() if each.kind == "school_year"]
    wire = {"schoolYear": hrefs.session(years[-1])} if years else {}
    return (
        _base(record.guid, store.rostered_at)
        | wire
        | {
            "title": record.name,
            "courseCode": record.code,
            "grades": [],
            "subjects": [record.subject],
            "org": hrefs.school(record.school_guid),
        }
    )


def school_class(store: GradebookStore, hrefs: Hrefs, section: ClassSection) -> Wire:
    """A OneRoster class is a Synergy section."""
    return _base(section.guid, section.changed_at or store.rostered_at) | {
        "title": section.name,
        "classCode": section.number,
        "classType": "scheduled",
        "grades": sorted({student.grade for student in store.students_in(section.guid)}),
        "subjects": [store.courses[section.course_guid].subject],
        "course": hrefs.to("courses", section.course_guid, "course"),
        "school": hrefs.school(section.school_guid),
        "terms": [hrefs.session(store.sessions[guid]) for guid in section.term_guids],
    }


def user(store: GradebookStore, hrefs: Hrefs, member: Member) -> Wire:
    """A teacher or a student: `identifier` is the number that the school knows them by."""
    return _base(member.guid, member.changed_at or store.rostered_at) | {
        "username": member.email,
        "userIds": [{"type": "stateID", "identifier": member.state_id}],
        "enabledUser": _flag(store, value=True),
        "givenName": member.given_name,
        "familyName": member.family_name,
        "role": member.role,
        "identifier": member.number,
        "email": member.email,
        "orgs": [hrefs.school(member.school_guid)],
        "grades": [member.grade] if member.grade else [],
    }


def enrollment(store: GradebookStore, hrefs: Hrefs, record: Enrolment) -> Wire:
    """Somebody in a class; one who was taken out of it is shown as to be deleted, for readers of changes."""
    return _base(record.guid, record.changed_at or store.rostered_at) | {
        "status": "tobedeleted" if record.is_over else "active",
        "user": hrefs.member(store.members[record.member_guid]),
        "class": hrefs.to("classes", record.class_guid, "class"),
        "school": hrefs.school(store.classes[record.class_guid].school_guid),
        "role": record.role,
        "primary": _flag(store, value=record.role == "teacher"),
        "beginDate": record.begins.isoformat(),
        "endDate": record.ends.isoformat(),
    }


def category(store: GradebookStore, _hrefs: Hrefs, record: ClassType) -> Wire:
    """An assignment type of one class; `metadata.classId` says which, as Instructure reads it.

    One that its class does not use, or that is deleted, is there for the line items that point to it.
    """
    named = record.class_guid and store.profile.categories_name_their_class
    metadata = {"classId": record.class_guid} if named else {}
    return _base(record.guid, record.modified_at or store.rostered_at, metadata) | {
        "status": "active" if store.is_in_use(record) else "tobedeleted",
        "title": record.name,
    }


def line_item(store: GradebookStore, hrefs: Hrefs, assignment: Assignment) -> Wire:
    """An assignment. OneRoster has room for one grading period, so the first of them is shown."""
    assigned = day_as_instant(store, assignment.assigned_on)
    return _base(assignment.line_item_id, assignment.modified_at, assignment.metadata) | {
        "title": assignment.name,
        **_text(store, "description", assignment.description),
        "assignDate": assigned,
        "dueDate": day_as_instant(store, assignment.due_date) if assignment.due_date else assigned,
        "class": hrefs.to("classes", assignment.class_guid, "class"),
        "category": hrefs.to("categories", assignment.type_guid, "category"),
        "gradingPeriod": hrefs.session(store.sessions[assignment.period_guids[0]]),
        "resultValueMin": assignment.min_score,
        "resultValueMax": assignment.max_score,
    }


def result(store: GradebookStore, hrefs: Hrefs, score: Score) -> Wire:
    """A score. The comment is the comment code where there is one, else the free words.

    A letter or a word is told as a number, and a comment that excuses as a status: 1.1 has neither.
    """
    number, status = score.points, score.status
    if score.mark or score.comment_code:
        assignment = store.assignments[score.cell.line_item_id]
        setup = store.classes[assignment.class_guid].setup
        number = points_of(score, assignment, setup)
        status = "exempt" if is_excused(score, codes_of(setup, store.profile)) else status
    if number is None and store.profile.score_unset == "zero":
        number = 0.0
    scored = {} if number is None else {"score": number}
    return (
        _base(score.result_id, score.modified_at, score.metadata)
        | scored
        | {
            "lineItem": hrefs.to("lineItems", score.cell.line_item_id, "lineItem"),
            "student": hrefs.member(store.members[score.cell.student_guid]),
            "scoreStatus": status,
            "scoreDate": score.scored_on.isoformat(),
            **_text(store, "comment", score.comment_code or score.comment),
        }
    )


def _text(store: GradebookStore, field: str, text: str) -> Wire:
    """A text that need not be there; strict readers take none that is empty."""
    return {field: text} if text or store.profile.text_unset == "empty" else {}


def _flag(store: GradebookStore, *, value: bool) -> bool | str:
    return value if store.profile.booleans_as == "json" else str(value).lower()


def _base(guid: str, modified_at: datetime, metadata: Mapping[str, Any] | None = None) -> Wire:
    return {
        "sourcedId": guid,
        "status": "active",
        "dateLastModified": instant(modified_at),
        "metadata": dict(metadata or {}),
    }
