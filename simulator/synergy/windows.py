"""Which grading periods are open for editing, decided purely: by the calendar, by the office, one or any.

What lives here: decisions over sessions. What must never be here: the store, a clock, who asked. What bites:
with one window at a time the periods follow each other in the order in which they end, because Progress 1,
Quarter 1 and Semester 1 begin on the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from simulator.synergy.model import Session

_BY_END = attrgetter("ends", "begins", "guid")


def as_the_year_begins(sessions: Sequence[Session], today: date) -> tuple[Session, ...]:
    """The sessions with one window open: that of the first grading period that is not over."""
    periods = sorted((each for each in sessions if each.is_grading_period), key=_BY_END)
    present = next((each for each in periods if each.ends >= today), None)
    return tuple(
        replace(each, is_closed=each != present) if each.is_grading_period else each for each in sessions
    )


def closed_by_opening(period: Session, periods: Iterable[Session]) -> tuple[Session, ...]:
    """The others that are open, closed."""
    others = (each for each in periods if each.guid != period.guid and not each.is_closed)
    return tuple(replace(each, is_closed=True) for each in others)


def opened_after(period: Session, periods: Iterable[Session]) -> Session | None:
    """The period that follows one that has ended, opened; None where another one is open, or none follows."""
    others = sorted((each for each in periods if each.guid != period.guid), key=_BY_END)
    if any(not each.is_closed for each in others):
        return None
    following = next((each for each in others if _BY_END(each) > _BY_END(period)), None)
    return None if following is None else replace(following, is_closed=False)
