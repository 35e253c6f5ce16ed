"""A submission as one call sees it: the fields it asked for, and what it wants included."""

from __future__ import annotations

from typing import Any

from simulator.canvas.model import Assignment, Submission
from simulator.canvas.routes.assignments import show_assignment
from simulator.canvas.routes.entry import Call
from simulator.canvas.views.people import user_json
from simulator.canvas.views.submissions import submission_json


def show_row(call: Call, row: Submission, assignment: Assignment) -> dict[str, Any]:
    """One submission with its includes."""
    body = submission_json(row, assignment, base=call.base, now=call.store.now)
    kept, dropped = set(call.words("response_fields")), set(call.words("exclude_response_fields"))
    body = {key: value for key, value in body.items() if (not kept or key in kept) and key not in dropped}
    if "assignment" in call.includes:
        body["assignment"] = show_assignment(call, assignment)
    if "user" in call.includes:
        body["user"] = user_json(call.store.users[row.user_id], call.store.zone)
    if "submission_comments" in call.includes:
        body["submission_comments"] = []
    if "visibility" in call.includes:
        body["assignment_visible"] = True
    return body
