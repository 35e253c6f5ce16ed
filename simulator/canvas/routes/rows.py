"""A submission as one call sees it: the fields it asked for, and what it wants included.

What bites: asking for `read_state` as the student marks the row as read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from simulator.canvas.model import Assignment, GradingPeriod, Submission
from simulator.canvas.routes.assigned import show_assignment
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.lookup import sight_of_sis
from simulator.canvas.rules.anonymity import anonymous_id_of
from simulator.canvas.rules.assigning import Assignees
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.post_policy import is_manual
from simulator.canvas.rules.reading import comments_shown, read_state, what_is_seen
from simulator.canvas.rules.standing import grading_status, standing, submission_status
from simulator.canvas.views.comments import comment_json
from simulator.canvas.views.courses import course_json
from simulator.canvas.views.people import user_json
from simulator.canvas.views.submissions import (
    ShownRow,
    submission_json,
    submissions_url,
    without_hidden_grade,
    written_submission,
)
from simulator.json_bytes import json_bytes

Show: TypeAlias = Callable[[Submission, Assignment], dict[str, Any]]
"""Shows one submission with its includes."""
Write: TypeAlias = Callable[[Submission, Assignment], bytes]
"""The same as bytes of JSON."""

_NARROWING = frozenset({"response_fields", "exclude_response_fields"})
_NO_GROUP = {"id": None, "name": None}
"""There are no groups of students here."""


def writes_rows(call: Call, *, is_own: bool = False) -> Write:
    """What `shows_rows` shows, written; a plain row that was written before is not written anew."""
    if not (is_own or call.wants_string_ids or _is_special(call)):
        look = _looks_at_rows(call, is_named=call.actor.is_admin)
        return lambda row, assignment: written_submission(look(row, assignment))
    show = shows_rows(call, is_own=is_own)
    return lambda row, assignment: json_bytes(call.shown(show(row, assignment)))


def shows_rows(call: Call, *, is_own: bool = False, are_versions: bool = False) -> Show:
    """How this call sees submissions.

    Args:
        call: The call.
        is_own: Whether a student asks for their own, and so sees no grade that is hidden from them.
        are_versions: Whether it is rows as they were before, which have no anonymous id.
    """
    store, is_named = call.store, call.actor.is_admin and not are_versions
    look = _looks_at_rows(call, is_named=is_named and not _is_special(call))
    group = {"group": _NO_GROUP} if "group" in call.includes else {}

    def plain(row: Submission, assignment: Assignment) -> dict[str, Any]:
        return submission_json(look(row, assignment))

    def own(row: Submission, assignment: Assignment) -> dict[str, Any]:
        """What was posted before it was hidden is hidden too, in versions of before as well."""
        current = store.submission(assignment.id, row.user_id)
        by_hand = is_manual(assignment, store.courses[assignment.course_id])
        return without_hidden_grade(plain(row, assignment), current, is_manual=by_hand)

    show_one = own if is_own else plain
    if not _is_special(call):
        return show_one

    def show(row: Submission, assignment: Assignment) -> dict[str, Any]:
        body = {**_narrowed(call, show_one(row, assignment)), **group}
        if is_named:
            body["anonymous_id"] = anonymous_id_of(row)
        if "submission_history" in call.includes:
            versions = [*store.attempts.before(row), row]
            body["submission_history"] = [{**show_one(each, assignment), **group} for each in versions]
        _include(call, body, row, assignment, is_own=is_own)
        return body

    return show


def _is_special(call: Call) -> bool:
    """Whether it asks for less than every field, or for more."""
    return bool(call.includes) or not _NARROWING.isdisjoint(call.params)


def _looks_at_rows(call: Call, *, is_named: bool) -> Callable[[Submission, Assignment], ShownRow]:
    """Finds what rows show; what is the same for every row of an assignment is looked up once.

    `is_named` is whether they show their anonymous ids.
    """
    store, base, now = call.store, call.base, call.now
    known: dict[int, tuple[Assignees, str, tuple[GradingPeriod, ...]]] = {}

    def look(row: Submission, assignment: Assignment) -> ShownRow:
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
        return ShownRow(
            home,
            row,
            assignment,
            due_at,
            standing(row, assignment, due_at, now),
            period_id_at(due_at, periods) if periods else None,
            is_named,
        )

    return look


def _narrowed(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    kept, dropped = set(call.words("response_fields")), set(call.words("exclude_response_fields"))
    return {key: value for key, value in body.items() if (not kept or key in kept) and key not in dropped}


def show_comments(call: Call, row: Submission, *, is_own: bool = False) -> list[dict[str, Any]]:
    """What was written beside a row, oldest first; the student whose row it is may not read all of it yet."""
    store = call.store
    is_hidden = is_own and _keeps_comments(call, row)
    shown = comments_shown(row, store.comments.on(row), is_hidden=is_hidden)
    return [comment_json(each, store.users[each.author_id], base=call.base) for each in shown]


def _keeps_comments(call: Call, row: Submission) -> bool:
    """Whether what graders wrote waits until the grade is posted."""
    store = call.store
    assignment = store.assignments[row.assignment_id]
    waits = row.posted_at is None and is_manual(assignment, store.courses[assignment.course_id])
    return waits and store.profile.canvas_hidden_comments == "with_the_grade"


def _include(
    call: Call, body: dict[str, Any], row: Submission, assignment: Assignment, *, is_own: bool
) -> None:
    if "assignment" in call.includes:
        body["assignment"] = show_assignment(call, assignment, row.user_id if is_own else None)
    if "user" in call.includes:
        user = call.store.users[row.user_id]
        body["user"] = user_json(user, call.store.zone, sis=sight_of_sis(call, as_teacher=not is_own))
    if "submission_comments" in call.includes:
        body["submission_comments"] = show_comments(call, row, is_own=is_own)
    if "course" in call.includes:
        course, time_zone = call.store.courses[assignment.course_id], call.store.profile.time_zone
        body["course"] = course_json(
            course, base=call.base, time_zone=time_zone, enrollments=[], has_sis_ids=not is_own
        )
    if "submission_status" in call.includes:
        late, missing, _seconds = standing(row, assignment, _due_at(call, row, assignment), call.now)
        body["submission_status"] = submission_status(row=row, is_late=late, is_missing=missing)
    if "grading_status" in call.includes:
        body["grading_status"] = grading_status(row)
    if "read_state" in call.includes:
        body["read_state"] = _read(call, row) if is_own else "read"
    if "visibility" in call.includes:
        body["assignment_visible"] = call.store.assignees(assignment).includes(row.user_id)


def _read(call: Call, row: Submission) -> str:
    """Whether its student had read the row, which they have from now on."""
    now_seen = what_is_seen(row, call.store.comments.on(row))
    state = read_state(row, now_seen)
    if state == "unread":
        call.store.submissions.put(replace(row, seen=now_seen))
    return state


def _due_at(call: Call, row: Submission, assignment: Assignment) -> datetime | None:
    return call.store.assignees(assignment).due_at_for(row.user_id)
