"""The gradebook history of a course: who graded what on which day, and every version of a submission.

What bites: days and graders are made of one page of submissions, so a day can go on on the next page; and a
submission is on the day of its last grading only, but comes with all its versions, whoever made them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Assignment, Course, Submission, SubmissionVersion
from simulator.canvas.params import as_integer, as_text
from simulator.canvas.routes.assigned import show_assignment
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import assignment_of_course, course_named, user_named
from simulator.canvas.routes.rows import Show, shows_rows
from simulator.canvas.rules.grade_history import collated, day_of, newest_first
from simulator.canvas.views.grade_history import NOBODY_ID, collated_json, grader_name, version_json

router = APIRouter()

_DATE = re.compile(r"([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})")


@router.get("/courses/{course_id}/gradebook_history/days")
async def list_days(course_id: str, call: Opened) -> Response:
    """The days on which there was grading, the latest first, each with its graders."""
    page = call.page_of(newest_first(_rows(call, course_named(call, course_id))))
    days: dict[date, list[Submission]] = {}
    for row in page.rows:
        day = day_of(row.graded_at, call.store.zone)
        assert day is not None, "only rows that were graded are listed"
        days.setdefault(day, []).append(row)
    body = [
        {"graders": _graders(call, days[day]), "date": day.isoformat()} for day in sorted(days, reverse=True)
    ]
    return call.answer(body, link=page.link)


@router.get("/courses/{course_id}/gradebook_history/feed")
async def list_versions(course_id: str, call: Opened) -> Response:
    """Every version, the newest first unless `ascending` is asked for, whatever it is."""
    course = course_named(call, course_id)
    wanted, who = as_text(call.params.get("assignment_id")), as_text(call.params.get("user_id"))
    assignment = assignment_of_course(call, course, wanted, deleted_too=True) if wanted else None
    user = user_named(call, who) if who else None
    rows = [
        row
        for row in _rows(call, course)
        if (assignment is None or row.assignment_id == assignment.id)
        and (user is None or row.user_id == user.id)
    ]
    versions = call.store.versions.of_all(rows)
    show_row = shows_rows(call, are_versions=True)
    ordered = versions if as_text(call.params.get("ascending")) else versions[::-1]
    return call.numbered(ordered, lambda version: _show_version(call, version, show_row))


@router.get("/courses/{course_id}/gradebook_history/{day}")
async def get_day(course_id: str, day: str, call: Opened) -> Response:
    """Who graded on a day."""
    rows = _rows_of_day(call, course_named(call, course_id), day)
    page = call.page_of(newest_first(rows))
    return call.answer(_graders(call, page.rows), link=page.link)


@router.get(
    "/courses/{course_id}/gradebook_history/{day}/graders/{grader_id}/assignments/{assignment_id}/submissions"
)
async def list_day_submissions(
    course_id: str, day: str, grader_id: str, assignment_id: str, call: Opened
) -> Response:
    """What somebody graded on a day on an assignment, with everything that became of it."""
    course = course_named(call, course_id)
    assignment = assignment_of_course(call, course, assignment_id, deleted_too=True)
    grader = as_integer(grader_id)
    rows = [
        row
        for row in _rows_of_day(call, course, day)
        if row.assignment_id == assignment.id and row.grader_id is not None and row.grader_id == grader
    ]
    page = call.page_of(newest_first(rows))
    return call.answer([_history(call, row) for row in page.rows], link=page.link)


def _rows(call: Call, course: Course) -> Iterable[Submission]:
    """The touched rows of a course, those of deleted assignments too."""
    return (
        row
        for each in call.store.assignments.where(course=course.id)
        for row in call.store.touched_rows(each.id)
    )


def _rows_of_day(call: Call, course: Course, text: str) -> list[Submission]:
    found = _DATE.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise errors.unreadable()
    return [row for row in _rows(call, course) if day_of(row.graded_at, call.store.zone) == day]


def _graders(call: Call, rows: Iterable[Submission]) -> list[dict[str, Any]]:
    """Who graded these rows, each with the assignments."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        grader = call.store.users.get(row.grader_id or NOBODY_ID)
        number = NOBODY_ID if grader is None else grader.id
        assignments = found.setdefault(
            number, {"name": grader_name(grader), "id": number, "assignments": {}}
        )["assignments"]
        assignments.setdefault(row.assignment_id, call.store.assignments[row.assignment_id])
    return [
        {**each, "assignments": [_show_assignment(call, made) for made in each["assignments"].values()]}
        for each in found.values()
    ]


def _show_assignment(call: Call, assignment: Assignment) -> dict[str, Any] | int:
    whole = call.store.profile.canvas_history_assignments == "whole"
    return show_assignment(call, assignment) if whole else assignment.id


def _history(call: Call, row: Submission) -> dict[str, Any]:
    show_row = shows_rows(call, are_versions=True)
    versions = [
        collated_json(
            _show_version(call, change.version, show_row), change, _name_of_grader(call, change.row_before)
        )
        for change in collated(call.store.versions.of(row))
    ]
    return {"submission_id": row.id, "versions": versions}


def _show_version(call: Call, version: SubmissionVersion, show_row: Show) -> dict[str, Any]:
    store, row = call.store, version.row
    assignment, current = (
        store.assignments[row.assignment_id],
        store.submission(row.assignment_id, row.user_id),
    )
    return version_json(
        show_row(row, assignment),
        current,
        grader=_name_of_grader(call, row),
        current_grader=_name_of_grader(call, current),
        names=(assignment.name, store.users[row.user_id].name),
    )


def _name_of_grader(call: Call, row: Submission) -> str:
    return grader_name(call.store.users.get(row.grader_id or NOBODY_ID))
