"""Enrolls people in sections, and ends, stops and takes up again what they are enrolled in.

What lives here: keeping enrollments, and what that does to a student's rows. What must never be here: who may
be enrolled (`routes`). What bites: nobody is enrolled twice in one role in one section, and a student who
comes back finds the rows of before.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.canvas.model import Enrollment, Section
from simulator.canvas.rules.grading import assigned_again
from simulator.canvas.rules.standing import students_seen
from simulator.canvas.store import CanvasStore


def enroll(store: CanvasStore, user_id: int, section: Section, *, kind: str, state: str) -> Enrollment:
    """Enroll somebody; whoever was there before in the same role gets the old enrollment back."""
    for each in store.enrollments_of(section.course_id, section.id):
        if (each.user_id, each.type) == (user_id, kind):
            return set_state(store, each, state)
    enrollment = Enrollment(
        store.next_enrollment_id(),
        user_id,
        section.course_id,
        section.id,
        kind,
        state,
        created_at=store.now,
        updated_at=store.now,
    )
    return _place(store, enrollment)


def set_state(store: CanvasStore, enrollment: Enrollment, state: str) -> Enrollment:
    """Conclude, deactivate, delete or reactivate an enrollment. Submissions stay as they are."""
    completed_at = store.now if state == "completed" else None
    return _place(
        store, replace(enrollment, workflow_state=state, updated_at=store.now, completed_at=completed_at)
    )


def _place(store: CanvasStore, enrollment: Enrollment) -> Enrollment:
    """Keep an enrollment; a student who was gone from its course has the rows of before again."""
    was_seen = is_seen_in(store, enrollment.course_id, enrollment.user_id)
    kept = store.enrollments.put(enrollment)
    if not was_seen:
        give_rows_back(store, kept.course_id, kept.user_id)
    store.on_missing_work()
    return kept


def is_seen_in(store: CanvasStore, course_id: int, user_id: int) -> bool:
    """Whether a user is a student of a course whose rows can be read."""
    places = (each for each in store.enrollments.where(user=user_id) if each.course_id == course_id)
    return bool(students_seen(places))


def give_rows_back(store: CanvasStore, course_id: int, user_id: int) -> None:
    """Read the state of each row of a student who came back off its grade and work."""
    if not is_seen_in(store, course_id, user_id):
        return
    for row in tuple(store.submissions.where(user=user_id)):
        if store.assignments[row.assignment_id].course_id == course_id:
            store.submissions.put(assigned_again(row))
