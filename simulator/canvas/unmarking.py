"""Takes the sync marks off work whose grading period has closed, as a job of Canvas does every few minutes.

Source: Canvas source, the periodic jobs and account settings. What lives here: which work, and when the job
finds some. What must never be here: the clock's appointments (`happenings`). What bites: the job looks back
one hour only, so where the setting comes later than that, what closed before keeps its marks; and within the
hour it takes off a mark that somebody has set again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from simulator.canvas.model import Assignment, GradingPeriod
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.posting import unmarks_by_itself
from simulator.canvas.rules.standing import students_seen
from simulator.clock import CLOCK_YEAR_MAX

if TYPE_CHECKING:
    from simulator.canvas.store import CanvasStore

EVERY = timedelta(minutes=5)
"""So often the job runs."""
LOOKS_BACK = timedelta(hours=1)
"""A period that closed longer ago is not looked at any more."""
_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)


def take_marks_off(store: CanvasStore) -> int:
    """Take the marks off whatever is due in a period that closed within the last hour; off how many."""
    if not unmarks_by_itself(store.account):
        return 0
    closed = {each.id for each in _periods(store) if store.now - LOOKS_BACK <= each.closes_at < store.now}
    found = list(_marked_in(store, closed))
    for each in found:
        store.unmark(each)
    return len(found)


def next_run(store: CanvasStore) -> datetime | None:
    """When the job next finds something to do, as far as is known now; None for never."""
    if not unmarks_by_itself(store.account):
        return None
    now = store.now
    runs = [_tick_after(each.closes_at) for each in _periods(store) if each.closes_at >= now]
    lately = {each.id for each in _periods(store) if _tick_after(now) - LOOKS_BACK <= each.closes_at < now}
    if any(_marked_in(store, lately)):
        runs.append(_tick_after(now))
    return min(runs, default=None)


def _periods(store: CanvasStore) -> list[GradingPeriod]:
    """The periods that courses have, whichever their term."""
    sets = (each for each in store.grading_periods.sets() if each.term_ids)
    found = (period for each in sets for period in store.grading_periods.of_set(each))
    return [each for each in found if each.closes_at.year <= CLOCK_YEAR_MAX]


def _marked_in(store: CanvasStore, period_ids: set[int]) -> Iterator[Assignment]:
    """The marked assignments that are due for somebody in one of these periods."""
    for each in store.assignments.values() if period_ids else ():
        if each.is_deleted or not each.post_to_sis:
            continue
        assignees, course = store.assignees(each), store.courses[each.course_id]
        periods = store.grading_periods.of_courses(course.term_id)
        students = () if assignees.are_all_alike else students_seen(store.enrollments_of(course.id))
        if not period_ids.isdisjoint(period_id_at(date, periods) for date in assignees.dates_among(students)):
            yield each


def _tick_after(moment: datetime) -> datetime:
    """The first run of the job after a moment."""
    return _MIDNIGHT + ((moment - _MIDNIGHT) // EVERY + 1) * EVERY
