"""The log of grade changes: of a course, an assignment, a student, a grader, or of several of them at once.

Source: Canvas source, grade change audit controller. What bites: it is the one feed that has cleared grades
and excuses; and a course's teachers may read its log, the others are an administrator's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Assignment, Course, Submission, SubmissionVersion, User
from simulator.canvas.params import as_integer, as_text, locate, read_moment
from simulator.canvas.routes.assigned import show_assignment
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import course_named, denied, user_named
from simulator.canvas.rules.grade_history import GradeChange, is_within
from simulator.canvas.views.courses import course_json
from simulator.canvas.views.grade_history import event_json, log_links
from simulator.canvas.views.people import user_json

router = APIRouter()

NO_CONDITION = "Must specify at least one query condition"


@router.get("/audit/grade_change")
async def query_log(call: Opened) -> Response:
    """The changes that fit every condition."""
    wanted = {
        name: as_text(call.params.get(f"{name}_id")) or ""
        for name in ("course", "assignment", "student", "grader")
    }
    course = _course(call, wanted["course"]) if wanted["course"] else None
    if course is None:
        _need_administrator(call)
    if not any(wanted.values()):
        raise errors.message(NO_CONDITION)
    assignment = _assignment(call, wanted["assignment"]) if wanted["assignment"] else None
    student = user_named(call, wanted["student"]) if wanted["student"] else None
    grader = user_named(call, wanted["grader"]) if wanted["grader"] else None
    return _sent(call, _found(call, course, assignment, student, grader))


@router.get("/audit/grade_change/courses/{course_id}")
async def list_course_changes(course_id: str, call: Opened) -> Response:
    """The changes in a course."""
    return _sent(call, _found(call, _course(call, course_id), None, None, None))


@router.get("/audit/grade_change/assignments/{assignment_id}")
async def list_assignment_changes(assignment_id: str, call: Opened) -> Response:
    """The changes on an assignment."""
    _need_administrator(call)
    return _sent(call, _found(call, None, _assignment(call, assignment_id), None, None))


@router.get("/audit/grade_change/students/{student_id}")
async def list_student_changes(student_id: str, call: Opened) -> Response:
    """The changes of a student's grades."""
    _need_administrator(call)
    return _sent(call, _found(call, None, None, user_named(call, student_id), None))


@router.get("/audit/grade_change/graders/{grader_id}")
async def list_grader_changes(grader_id: str, call: Opened) -> Response:
    """The changes that somebody made."""
    _need_administrator(call)
    return _sent(call, _found(call, None, None, None, user_named(call, grader_id)))


def _need_administrator(call: Call) -> None:
    if not call.actor.is_admin:
        raise denied(call)


def _course(call: Call, text: str) -> Course:
    """A course whose log the caller may read; one that is not there is no teacher's either."""
    if call.store.profile.canvas_grade_log_of_course == "administrators":
        _need_administrator(call)
    located = locate(text)
    if located is None or call.store.course_at(located) is None:
        _need_administrator(call)
    return course_named(call, text)


def _assignment(call: Call, text: str) -> Assignment:
    assignment = call.store.assignments.get(as_integer(text) or 0)
    if assignment is None or assignment.is_deleted:
        raise errors.not_found()
    return assignment


def _found(
    call: Call,
    course: Course | None,
    assignment: Assignment | None,
    student: User | None,
    grader: User | None,
) -> list[GradeChange]:
    """The changes that fit, by the narrowest index that there is."""
    store = call.store
    if student is not None:
        versions = store.versions.of_all(store.submissions.where(user=student.id))
    elif assignment is not None:
        versions = store.versions.of_all(store.touched_rows(assignment.id))
    elif course is not None:
        versions = store.versions.of_all(_rows_of(call, course))
    else:
        versions = list(store.versions.by_grader(0 if grader is None else grader.id))
    begins, ends = _bound(call, "start_time"), _bound(call, "end_time")
    changes = (
        GradeChange(each, store.versions.before(each))
        for each in versions
        if (assignment is None or each.row.assignment_id == assignment.id)
        and (grader is None or each.row.grader_id == grader.id)
        and (course is None or store.assignments[each.row.assignment_id].course_id == course.id)
        and is_within(each.at, begins, ends)
    )
    return [each for each in changes if each.is_graded_otherwise]


def _rows_of(call: Call, course: Course) -> Iterable[Submission]:
    return (
        row
        for each in call.store.assignments.where(course=course.id)
        for row in call.store.touched_rows(each.id)
    )


def _bound(call: Call, name: str) -> datetime | None:
    """A bound by time; what cannot be read is none."""
    text = as_text(call.params.get(name))
    try:
        return read_moment(text, call.store.zone) if text else None
    except ValueError:
        return None


def _sent(call: Call, changes: list[GradeChange]) -> Response:
    page = call.page_after_bookmark(changes, lambda each: (-each.version.id,))
    body = {
        "links": log_links(call.base),
        "events": [_show(call, each) for each in page.rows],
        "linked": _linked(call, [each.version for each in page.rows]),
    }
    return call.answer(body, link=page.link)


def _show(call: Call, change: GradeChange) -> dict[str, Any]:
    row = change.version.row
    assignment = call.store.assignments[row.assignment_id]
    body = event_json(
        change,
        uuid=call.store.versions.uuid_of(change.version),
        course_id=assignment.course_id,
        is_anonymous=assignment.anonymous_grading,
    )
    current = call.store.submission(row.assignment_id, row.user_id).grade
    if "current_grade" in call.includes and current:
        body["grade_current"] = current
    return body


def _linked(call: Call, versions: list[SubmissionVersion]) -> dict[str, Any]:
    """What the entries of a page link to, each once."""
    store = call.store
    assignments = [store.assignments[each] for each in sorted({each.row.assignment_id for each in versions})]
    courses = [store.courses[each] for each in sorted({each.course_id for each in assignments})]
    people = {each for version in versions for each in (version.row.user_id, version.row.grader_id) if each}
    return {
        "page_views": [],
        "assignments": [show_assignment(call, each) for each in assignments],
        "courses": [
            course_json(each, base=call.base, time_zone=store.profile.time_zone, enrollments=[])
            for each in courses
        ],
        "users": [
            user_json(store.users[each], store.zone, has_import_id=call.actor.is_admin)
            for each in sorted(people)
        ],
    }
