"""Canvas's gradebook as a teacher opens it: which grading period it shows before anybody chooses one.

What lives here: the first filter, and that the journal hears of it. What must never be here: the numbers
(`class_book`). What bites: Canvas remembers what a teacher chose the last time; here every look is a first
one.
"""

from __future__ import annotations

from contracts import catalogue
from simulator.canvas.class_book import ClassBook
from simulator.canvas.model import Course
from simulator.canvas.rules.totals import ALL_PERIODS, period_at_first
from simulator.canvas.store import CanvasStore


def period_when_opened(store: CanvasStore, course: Course, book: ClassBook) -> int:
    """The id of the current grading period, which the gradebook shows alone; `ALL_PERIODS` where none is."""
    period_id = period_at_first(None, book.periods, store.now)
    if period_id != ALL_PERIODS:
        titles = {each.id: each.title for each in store.grading_periods.of_courses(course.term_id)}
        words = f'it shows "{titles[period_id]}" alone, not All Grading Periods'
        store.note_upheld(f"gradebook of {course.name}", catalogue.GP_CANVAS_FILTER, words)
    return period_id
