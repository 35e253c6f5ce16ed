"""Moves sections between courses, and lets them go: carries out what `rules.sections` decided.

What bites: assignments stay in their course. A student who moves with a section leaves the old course's rows,
grades and all, and finds untouched ones in the new course; moved back, the old rows are there again. Dates
of its own that a section had in its course are gone for good.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.canvas import editing, enrolling
from simulator.canvas.model import Course, Section
from simulator.canvas.rules import sections as rules
from simulator.canvas.rules.overrides import OverridesPlan
from simulator.canvas.store import CanvasStore


def cross_list(store: CanvasStore, section: Section, into: Course) -> Section:
    """Move a section to another course, with everybody in it."""
    return _moved(store, section, rules.cross_listed(section, into))


def undo_cross_listing(store: CanvasStore, section: Section, origin: Course) -> Section:
    """Move a section back to the course that it came from, which comes back too if it was deleted."""
    store.put_course(rules.revived(origin))
    return _moved(store, section, rules.sent_home(section, origin))


def remove(store: CanvasStore, section: Section) -> Section:
    """Delete a section that nobody is in; its Test Student goes with it."""
    for each in store.enrollments.where(section=section.id):
        if each.workflow_state != "deleted":
            enrolling.set_state(store, each, "deleted")
    _drop_overrides(store, section)
    return store.sections.put(replace(section, is_deleted=True))


def _moved(store: CanvasStore, before: Section, after: Section) -> Section:
    if after.course_id != before.course_id:
        _drop_overrides(store, before)
    store.sections.put(after)
    if after.course_id == before.course_id:
        return after
    moved = tuple(store.enrollments.where(section=after.id))
    newcomers = {
        each.user_id for each in moved if not enrolling.is_seen_in(store, after.course_id, each.user_id)
    }
    for each in moved:
        at = each.updated_at if each.workflow_state == "deleted" else store.now
        store.enrollments.put(replace(each, course_id=after.course_id, updated_at=at))
    for user_id in sorted(newcomers):
        enrolling.give_rows_back(store, after.course_id, user_id)
    for course_id in (before.course_id, after.course_id):
        store.touch_assignments(course_id)
    return after


def _drop_overrides(store: CanvasStore, section: Section) -> None:
    """Dates that its course's assignments had for a section are of no use to it any more."""
    for assignment in tuple(store.assignments.where(course=section.course_id)):
        found = tuple(each for each in store.overrides.of(assignment.id) if each.section_id == section.id)
        if found:
            editing.put_overrides(store, assignment, OverridesPlan(kept=(), dropped=found))
