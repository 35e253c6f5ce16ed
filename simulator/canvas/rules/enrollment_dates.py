"""What an enrollment comes to at an instant, where nobody ended it but its time is over or still to come.

Source: Canvas source, enrollment states. What bites: the dates of a section or a course hold only where it
restricts people to them; those of the term always do, unless there are nearer ones.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from simulator.canvas.model import Course, Enrollment, Section, Term

PENDING = "pending_active"
"""What an enrollment is whose time is still to come."""
_Span: TypeAlias = tuple[datetime | None, datetime | None]


def state_by_dates(
    enrollment: Enrollment, section: Section, course: Course, term: Term, now: datetime
) -> str:
    """The state that counts: its own, "completed" after its time, `PENDING` before it."""
    state = enrollment.workflow_state
    if state not in ("active", "invited"):
        return state
    if course.workflow_state == "completed":
        return "completed"
    starts_at, ends_at = _span(enrollment, section, course, term)
    if ends_at is not None and ends_at < now:
        return "completed"
    is_to_come = starts_at is not None and now < starts_at
    return PENDING if is_to_come and enrollment.type != "StudentViewEnrollment" else state


def _span(enrollment: Enrollment, section: Section, course: Course, term: Term) -> _Span:
    """From when until when the enrollment goes, None on a side that is open."""
    if enrollment.starts_at is not None and enrollment.ends_at is not None:
        return enrollment.starts_at, enrollment.ends_at
    if section.restricts_to_dates:
        return section.starts_at, section.ends_at
    if course.restricts_to_dates:
        return course.starts_at, course.ends_at
    return term.starts_at, term.ends_at
