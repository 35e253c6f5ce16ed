"""A submission as one call sees it: the fields it asked for, and what it wants included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from simulator.canvas.model import Assignment, Submission
from simulator.canvas.routes.assignments import show_assignment
from simulator.canvas.routes.entry import Call
from simulator.canvas.rules.assigning import Assignees
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.views.comments import comment_json
from simulator.canvas.views.people import user_json
from simulator.canvas.views.submissions import submission_json

Show: TypeAlias = Callable[[Submission, Assignment], dict[str, Any]]
"""Writes one submission with its includes."""

_NARROWING = frozenset({"response_fields", "exclude_response_fields"})


def shows_rows(call: Call) -> Show:
    """How this call sees submissions; what is the same for every row of a page is looked up once."""
    periods = call.store.grading_periods.of_courses()
    narrows = not _NARROWING.isdisjoint(call.params)
    assignees: dict[int, Assignees] = {}

    def show(row: Submission, assignment: Assignment) -> dict[str, Any]:
        if assignment.id not in assignees:
            assignees[assignment.id] = call.store.assignees(assignment)
        due_at = assignees[assignment.id].due_at_for(row.user_id)
        body = submission_json(
            row,
            assignment,
            base=call.base,
            now=call.now,
            due_at=due_at,
            grading_period_id=period_id_at(due_at, periods),
        )
        if narrows:
            body = _narrowed(call, body)
        return _with_includes(call, body, row, assignment) if call.includes else body

    return show


def show_comments(call: Call, row: Submission) -> list[dict[str, Any]]:
    """What was written on a submission."""
    store = call.store
    return [
        comment_json(each, store.users[each.author_id], base=call.base) for each in store.comments_on(row)
    ]


def _narrowed(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    kept, dropped = set(call.words("response_fields")), set(call.words("exclude_response_fields"))
    return {key: value for key, value in body.items() if (not kept or key in kept) and key not in dropped}


def _with_includes(
    call: Call, body: dict[str, Any], row: Submission, assignment: Assignment
) -> dict[str, Any]:
    if "assignment" in call.includes:
        body["assignment"] = show_assignment(call, assignment)
    if "user" in call.includes:
        body["user"] = user_json(call.store.users[row.user_id], call.store.zone)
    if "submission_comments" in call.includes:
        body["submission_comments"] = show_comments(call, row)
    if "visibility" in call.includes:
        body["assignment_visible"] = call.store.assignees(assignment).includes(row.user_id)
    return body
