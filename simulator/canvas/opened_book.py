"""Canvas's gradebook as a teacher looks at it: what it opens with, and when Synergy's compares with it.

What lives here: the filters that rules speak of, and that the journal hears of them. What must never be here:
the numbers (`class_book`). What bites: Canvas remembers what a teacher chose the last time; here every look
is a first one.
"""

from __future__ import annotations

from contracts import catalogue
from simulator.canvas.class_book import ClassBook
from simulator.canvas.model import Course, Section
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


def note_comparable(store: CanvasStore, course: Course, section: Section | None, period_id: int) -> None:
    """Note that the book is filtered as Tigard-Tualatin SD has it before totals are compared with Synergy's.

    One section, because a class of Synergy is one; and all grading periods.
    """
    if section is not None and period_id == ALL_PERIODS:
        words = f'the Total column of {section.name} alone, with "All Grading Periods"'
        store.note_upheld(f"gradebook of {course.name}", catalogue.COMPARE_PROCEDURE, words)
