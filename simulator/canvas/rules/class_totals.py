"""Puts what this Canvas keeps into the words of `rules.totals`.

What lives here: the mapping, one function per noun; a new feature of the store is one more field there. What
must never be here: arithmetic. What bites: a student whose enrollments have all ended keeps only the work
that was there before the end.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from simulator.canvas.model import (
    Assignment,
    AssignmentGroup,
    Course,
    Enrollment,
    GradingPeriod,
    GradingPeriodSet,
    Submission,
)
from simulator.canvas.rules.assigning import Assigned
from simulator.canvas.rules.assignments import is_gradeable
from simulator.canvas.rules.standing import GONE_STATES, STUDENT_TYPES
from simulator.canvas.rules.totals import (
    DEFAULT_SCHEME,
    DropRules,
    GradingSetup,
    Group,
    Item,
    Period,
    period_of,
)

DEFAULT_SCHEME_ID = 0
"""The `grading_standard_id` of a course that uses Canvas's own scheme."""
_DUE_DATES_MAX = 4_096
"""A class's rows have the same few due dates again and again; the periods of so many are remembered."""


def setup_of(
    course: Course,
    groups: Iterable[AssignmentGroup],
    period_set: GradingPeriodSet | None = None,
    periods: Iterable[GradingPeriod] = (),
) -> GradingSetup:
    """How a course makes totals of work.

    They have letters where its grading scheme is Canvas's own, the only one that is known here.

    Args:
        course: The course.
        groups: Its groups that are not deleted.
        period_set: The set of grading periods that its term uses.
        periods: The periods of that set.
    """
    return GradingSetup(
        groups=tuple(_group(each) for each in groups),
        weighs_groups=course.apply_assignment_group_weights,
        periods=_periods(periods),
        weighs_periods=period_set is not None and period_set.is_weighted,
        scheme=DEFAULT_SCHEME if course.grading_standard_id == DEFAULT_SCHEME_ID else None,
    )


def period_id_at(due_at: datetime | None, periods: tuple[GradingPeriod, ...]) -> int | None:
    """The grading period that work due at an instant is in, None where it is in none."""
    return _period_id_at(due_at, periods) if periods else None


@lru_cache(maxsize=_DUE_DATES_MAX)
def _period_id_at(due_at: datetime | None, periods: tuple[GradingPeriod, ...]) -> int | None:
    return period_of(due_at, _periods(periods))


@dataclass(frozen=True, slots=True)
class StudentWork:
    """What a student's totals are made of: every assignment as it stands; whether their course is over."""

    items: tuple[Item, ...]
    is_concluded: bool


def work_of(
    assignments: Iterable[Assignment],
    rows: Mapping[int, Submission],
    places: Iterable[Enrollment],
    *,
    assigned: Mapping[int, Assigned],
    unposted_anonymous: Container[int] = (),
) -> StudentWork:
    """The work of one student.

    Args:
        assignments: The assignments of the course that are not deleted.
        rows: The student's touched submissions, by assignment id.
        places: The student's enrollments in the course.
        assigned: Whether and by when the student has each of the assignments to do, by its id.
        unposted_anonymous: The ids of anonymous assignments on which anybody's work is not posted yet.
    """
    ended_at = _ended_at(places)
    items = tuple(
        _item(each, rows.get(each.id), assigned[each.id], ended_at, hides_names=each.id in unposted_anonymous)
        for each in assignments
    )
    return StudentWork(items, is_concluded=ended_at is not None)


def _item(
    assignment: Assignment,
    row: Submission | None,
    assigned: Assigned,
    ended_at: datetime | None,
    *,
    hides_names: bool,
) -> Item:
    """One assignment as it stands for the student. Nothing awaits review."""
    return Item(
        id=assignment.id,
        group_id=assignment.group_id,
        possible=assignment.points_possible,
        score=None if row is None else row.score,
        is_excused=row is not None and row.excused is True,
        is_posted=row is not None and row.posted_at is not None,
        has_submission=row is not None or ended_at is None or assignment.created_at <= ended_at,
        is_published=assignment.is_published,
        is_gradeable=is_gradeable(assignment),
        is_assigned=assigned.is_assigned,
        is_omitted=assignment.omit_from_final_grade,
        due_at=assigned.due_at,
        has_unposted_anonymous=hides_names,
    )


def _periods(periods: Iterable[GradingPeriod]) -> tuple[Period, ...]:
    return tuple(Period(each.id, each.starts_at, each.ends_at, each.weight) for each in periods)


def _group(group: AssignmentGroup) -> Group:
    drops = DropRules(group.drop_lowest or 0, group.drop_highest or 0, frozenset(group.never_drop))
    return Group(group.id, group.group_weight, drops)


def _ended_at(places: Iterable[Enrollment]) -> datetime | None:
    """When the last of the student's enrollments was concluded, None while one goes on."""
    present = [
        each for each in places if each.type in STUDENT_TYPES and each.workflow_state not in GONE_STATES
    ]
    if not present or any(each.workflow_state != "completed" for each in present):
        return None
    return max(each.completed_at or each.updated_at for each in present)
