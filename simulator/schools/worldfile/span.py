"""The school year of a world file, from whichever of its three fields are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simulator.schools import customs

_SUMMER = 7
"""A year that begins in July or later ends in the next calendar year."""


@dataclass(frozen=True, slots=True)
class Span:
    """A school year: the calendar year in which it ends, and its first and last day."""

    school_year: int
    begins: date
    ends: date


def span_of(school_year: int | None, begins: date | None, ends: date | None) -> Span:
    """The year that these fields mean; what is not given follows from what is, or is the usual year."""
    if school_year is None:
        school_year = _year_of(begins, ends)
    return Span(school_year, begins or customs.first_day(school_year), ends or customs.last_day(school_year))


def _year_of(begins: date | None, ends: date | None) -> int:
    if ends is not None:
        return ends.year
    if begins is not None:
        return begins.year + (begins.month >= _SUMMER)
    return customs.SCHOOL_YEAR
