"""A submission as one call sees it: the fields it asked for, and what it wants included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from simulator.canvas.model import Assignment, GradingPeriod, Submission
from simulator.canvas.routes.assignments import show_assignment
from simulator.canvas.routes.entry import Call
from simulator.canvas.rules.assigning import Assignees
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.post_policy import is_manual
from simulator.canvas.rules.standing import grading_status, standing, submission_status
from simulator.canvas.views.comments import comment_json
from simulator.canvas.views.courses import course_json
from simulator.canvas.views.people import user_json
from simulator.canvas.views.submissions import (
    submission_json,
    submissions_url,
    without_hidden_grade,
)

Show: TypeAlias = Callable[[Submission, Assignment], dict[str, Any]]
"""Writes one submission with its includes."""

_NARROWING = frozenset({"response_fields", "exclude_response_fields"})


def shows_rows(call: Call, *, is_own: bool = False) -> Show:
    """How this call sees submissions; what is the same for every row of a page is looked up once.

    Args:
        call: The call.
        is_own: Whether a student asks for their own, and so sees no grade that is hidden from them.
    """
    store, base, now = call.store, call.base, call.now
    narrows = any(name in call.params for name in _NARROWING)
    known: dict[int, tuple[Assignees, str, tuple[GradingPeriod, ...]]] = {}

    def plain(row: Submission, assignment: Assignment) -> dict[str, Any]:
        found = known.get(assignment.id)
        if found is None:
            term_id = store.courses[assignment.course_id].term_id
            found = known[assignment.id] = (
                store.assignees(assignment),
                submissions_url(assignment, base),
                store.grading_periods.of_courses(term_id),
            )
        assignees, home, periods = found
        due_at = assignees.due_at_for(row.user_id)
        return submission_json(
            row,
            assignment,
            home=home,
            now=now,
            due_at=due_at,
            grading_period_id=period_id_at(due_at, periods) if periods else None,
        )

    def own(row: Submission, assignment: Assignment) -> dict[str, Any]:
        """What was posted before it was hidden is hidden too, in versions of before as well."""
        current = store.submission(assignment.id, row.user_id)
        by_hand = is_manual(assignment, store.courses[assignment.course_id])
        return without_hidden_grade(plain(row, assignment), current, is_manual=by_hand)

    show_one = own if is_own else plain
    if not (narrows or call.includes):
        return show_one

    def show(row: Submission, assignment: Assignment) -> dict[str, Any]:
        body = show_one(row, assignment)
        if narrows:
            body = _narrowed(call, body)
        if "submission_history" in call.includes:
            versions = [*store.attempts.before(row), row]
            body["submission_history"] = [show_one(each, assignment) for each in versions]
        _include(call, body, row, assignment)
        return body

    return show


def _narrowed(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    kept, dropped = set(call.words("response_fields")), set(call.words("exclude_response_fields"))
    return {key: value for key, value in body.items() if (not kept or key in kept) and key not in dropped}


def show_comments(call: Call, row: Submission) -> list[dict[str, Any]]:
    """What was written beside a row, oldest first."""
    store = call.store
    return [
        comment_json(each, store.users[each.author_id], base=call.base) for each in store.comments.on(row)
    ]


def _include(call: Call, body: dict[str, Any], row: Submission, assignment: Assignment) -> None:
    if "assignment" in call.includes:
        body["assignment"] = show_assignment(call, assignment)
    if "user" in call.includes:
        body["user"] = user_json(call.store.users[row.user_id], call.store.zone)
    if "submission_comments" in call.includes:
        body["submission_comments"] = show_comments(call, row)
    if "course" in call.includes:
        course, time_zone = call.store.courses[assignment.course_id], call.store.profile.time_zone
        body["course"] = course_json(course, base=call.base, time_zone=time_zone, enrollments=[])
    if "submission_status" in call.includes:
        late, missing, _seconds = standing(row, assignment, _due_at(call, row, assignment), call.now)
        body["submission_status"] = submission_status(row=row, is_late=late, is_missing=missing)
    if "grading_status" in call.includes:
        body["grading_status"] = grading_status(row)
    if "visibility" in call.includes:
        body["assignment_visible"] = call.store.assignees(assignment).includes(row.user_id)


def _due_at(call: Call, row: Submission, assignment: Assignment) -> datetime | None:
    return call.store.assignees(assignment).due_at_for(row.user_id)
