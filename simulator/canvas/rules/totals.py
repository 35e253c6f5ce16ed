"""A student's four course totals: current and final, each with and without what is still hidden.

Source: Canvas source, grade calculator. Current leaves ungraded work out, final counts it as zero. The
course total is built from unrounded group sums; groups without possible points vanish with their weight.
What bites: a sum of weights over 100 is not scaled down.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from simulator.canvas.model import Assignment, AssignmentGroup, Submission
from simulator.canvas.rules.assignments import is_gradeable
from simulator.canvas.rules.scoring import round_half_up


@dataclass(frozen=True, slots=True)
class Totals:
    """Percentages, or None where there is nothing to compute from."""

    current: float | None
    final: float | None
    unposted_current: float | None
    unposted_final: float | None


@dataclass(slots=True)
class _GroupSum:
    earned: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)


def course_totals(
    assignments: Iterable[Assignment],
    groups: Iterable[AssignmentGroup],
    rows: Mapping[int, Submission],
    *,
    weighted: bool,
) -> Totals:
    """The totals of the student whose rows these are, by assignment id."""
    counted = [
        each
        for each in assignments
        if each.is_published and is_gradeable(each) and not each.omit_from_final_grade
    ]
    weights = {group.id: Decimal(repr(group.group_weight)) for group in groups} if weighted else None

    def total(*, hidden_too: bool, ungraded_as_zero: bool) -> float | None:
        seen = {key: row for key, row in rows.items() if hidden_too or row.posted_at is not None}
        return _combine(_sums(counted, seen, ungraded_as_zero=ungraded_as_zero), weights)

    return Totals(
        current=total(hidden_too=False, ungraded_as_zero=False),
        final=total(hidden_too=False, ungraded_as_zero=True),
        unposted_current=total(hidden_too=True, ungraded_as_zero=False),
        unposted_final=total(hidden_too=True, ungraded_as_zero=True),
    )


def _sums(
    assignments: Iterable[Assignment], rows: Mapping[int, Submission], *, ungraded_as_zero: bool
) -> dict[int, _GroupSum]:
    sums: dict[int, _GroupSum] = defaultdict(_GroupSum)
    for assignment in assignments:
        row = rows.get(assignment.id)
        score = None if row is None else row.score
        if (row is not None and row.excused) or (score is None and not ungraded_as_zero):
            continue
        sums[assignment.group_id].earned += Decimal(repr(score or 0.0))
        sums[assignment.group_id].possible += Decimal(repr(assignment.points_possible))
    return sums


def _combine(sums: Mapping[int, _GroupSum], weights: Mapping[int, Decimal] | None) -> float | None:
    relevant = {key: each for key, each in sums.items() if each.possible != 0}
    if weights is None:
        earned = sum((each.earned for each in sums.values()), Decimal(0))
        possible = sum((each.possible for each in sums.values()), Decimal(0))
        return _rounded(earned / possible * 100) if possible > 0 else None
    weight = sum((weights.get(key, Decimal(0)) for key in relevant), Decimal(0))
    if weight == 0:
        return None
    total = sum(
        (each.earned / each.possible * weights.get(key, Decimal(0)) for key, each in relevant.items()),
        Decimal(0),
    )
    return _rounded(total * 100 / weight if weight < 100 else total)


def _rounded(percent: Decimal) -> float | None:
    number = float(percent)
    return round_half_up(number) if math.isfinite(number) else None
