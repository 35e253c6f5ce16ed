"""Which assignments of a course a list shows, and in which order.

Source: Instructure's documentation of the assignments API; Canvas source, its assignments controller. What
bites: the buckets are made for a student's list of work. A teacher sees them by the assignment's own date,
and to them all past work that is to be handed in is overdue, because they handed in none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from simulator.canvas.model import Assignment
from simulator.canvas.rules.standing import expects_work

BUCKETS = ("past", "overdue", "undated", "ungraded", "unsubmitted", "upcoming", "future")
NO_BUCKET = f"bucket name must be one of the following: {', '.join(BUCKETS)}"
UPCOMING = timedelta(days=7)
"""So far ahead work is upcoming."""


def in_bucket(
    assignments: Iterable[Assignment],
    bucket: str,
    now: datetime,
    waiting: Collection[int],
    done: Collection[int] = (),
) -> list[Assignment]:
    """Those of one of `BUCKETS`, as a teacher sees them or a student.

    Args:
        assignments: The assignments of a course; for a student with the dates that they have.
        bucket: Which.
        now: The present instant.
        waiting: The ids of those on which work waits for a grade.
        done: The ids of those for which the student handed in work; a teacher hands in none.
    """
    return [each for each in assignments if _is_in(each, bucket, now, waiting, done)]


def in_order(assignments: Iterable[Assignment], order_by: str | None) -> list[Assignment]:
    """By "name" or "due_at", those without a due date last; else as they come, which is by position."""
    found = list(assignments)
    if order_by == "name":
        return sorted(found, key=lambda each: (each.name.casefold(), each.id))
    if order_by == "due_at":
        return sorted(found, key=lambda each: (each.due_at is None, each.due_at or each.created_at, each.id))
    return found


def _is_in(
    assignment: Assignment, bucket: str, now: datetime, waiting: Collection[int], done: Collection[int]
) -> bool:
    due_at = assignment.due_at
    is_owed = expects_work(assignment) and assignment.id not in done
    is_past = due_at is not None and due_at < now
    is_soon = due_at is not None and now <= due_at <= now + UPCOMING
    found = {
        "past": is_past,
        "overdue": is_past and is_owed,
        "undated": due_at is None,
        "ungraded": assignment.id in waiting,
        "unsubmitted": is_owed,
        "upcoming": is_soon,
        "future": not is_past,
    }
    return found[bucket]
