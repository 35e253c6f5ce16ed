"""Whether an assignment is locked for a student at an instant, and what Canvas says of it.

Source: Instructure's documentation of the assignments API, `lock_info` and `lock_explanation`. What bites:
before it opens a student does not even read what it says, while after it closes they still do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from simulator.canvas.model import Assignment


@dataclass(frozen=True, slots=True)
class Lock:
    """Why an assignment is locked: it opens, or it closed, at this instant."""

    at: datetime
    is_early: bool


def lock_on(assignment: Assignment, now: datetime) -> Lock | None:
    """The lock on an assignment with the dates that a student has; None while it is open."""
    if assignment.unlock_at is not None and now < assignment.unlock_at:
        return Lock(assignment.unlock_at, is_early=True)
    if assignment.lock_at is not None and assignment.lock_at <= now:
        return Lock(assignment.lock_at, is_early=False)
    return None


def explained(lock: Lock, zone: tzinfo) -> str:
    """What a student is told of a lock, with the time as people there read it."""
    at = lock.at.astimezone(zone)
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    minute = f":{at.minute:02}" if at.minute else ""
    when = f"{at:%b} {at.day} at {hour}{minute}{half}"
    known = f"is locked until {when}" if lock.is_early else f"was locked {when}"
    return f"This assignment {known}."
