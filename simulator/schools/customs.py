"""What a made-up district has unless somebody says otherwise: names, a year, grading periods, types, numbers.

Sources: the assignment types are the ones that Kern's page names; the weights and dates are ours.
"""

from __future__ import annotations

from datetime import date, timedelta

from simulator.ids import Ids
from simulator.schools.model import AssignmentType, GradingPeriod

SCHOOL_YEAR = 2027
DISTRICT_NAME = "Valley Oak Union High School District"
SCHOOL_NAME = "Valley Oak High School"
STAFF_DOMAIN = "staff.valleyoak.example"
STUDENT_DOMAIN = "students.valleyoak.example"

FIRST_STAFF_NUMBER = 90_000
FIRST_PERM_ID = 400_100

_PERIODS = (
    ("P1", "Progress 1", "progress", timedelta(days=39)),
    ("Q1", "Quarter 1", "quarter", timedelta(days=60)),
    ("S1", "Semester 1", "semester", timedelta(days=123)),
)
_WEIGHTS = (
    ("Classwork", 20.0),
    ("Homework", 20.0),
    ("Quizzes", 20.0),
    ("Tests", 30.0),
    ("Participation", 10.0),
)


def first_day(school_year: int) -> date:
    """When the school year that ends in this calendar year begins."""
    return date(school_year - 1, 8, 17)


def last_day(school_year: int) -> date:
    """When it ends."""
    return date(school_year, 6, 4)


def grading_periods(ids: Ids, begins: date, ends: date) -> tuple[GradingPeriod, ...]:
    """The first progress report, quarter and semester of a year, all from its first day on."""
    return tuple(
        GradingPeriod(ids.guid("period", key), name, kind, begins, min(begins + length, ends))
        for key, name, kind, length in _PERIODS
    )


def assignment_types(ids: Ids) -> tuple[AssignmentType, ...]:
    """The five kinds of work, with weights that come to 100 percent."""
    return tuple(AssignmentType(ids.guid("type", name), name, weight) for name, weight in _WEIGHTS)
