"""What the Total column of the teacher's gradebook shows, which the browser computes for itself.

Source: Canvas source, the browser's course and group calculators, gradebook and total cell; big.js. What
lives here: the browser's arithmetic and the settings that move the number. What bites: hidden work counts
here, so it is not what the student sees; and in a course with weighted periods it can differ from the stored
total by 0.01, because the browser adds up periods that are not rounded yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext

from simulator.canvas.rules.totals.groups import GroupSum, full_weight, group_sums, relevant_sums
from simulator.canvas.rules.totals.halving import Calculator
from simulator.canvas.rules.totals.items import Item, Reading, counted, entering
from simulator.canvas.rules.totals.letters import browser_ladder, letter_on
from simulator.canvas.rules.totals.periods import Period, split_by_period
from simulator.canvas.rules.totals.policy import DEFAULT_POLICY, TotalsPolicy
from simulator.canvas.rules.totals.rounding import (
    EXACT,
    browser_quotient,
    exact,
    finite,
    round_half_up,
    rounded_exactly,
    rounded_float,
)
from simulator.canvas.rules.totals.totals import GradingSetup

ALL_PERIODS = 0
"""The id by which the period filter means no period."""

_FULL_WEIGHT = 100
_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """The settings that move the number; every other filter only hides rows or columns.

    Attributes:
        period_id: The grading period that is filtered by, or `ALL_PERIODS`.
        ungraded_as_zero: "View ungraded as zero".
        as_points: "Show as points", which only courses without weights have.
    """

    period_id: int = ALL_PERIODS
    ungraded_as_zero: bool = False
    as_points: bool = False


ALL_WORK = ColumnView()


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """One cell of the column.

    Attributes:
        score: Percentage, None where the cell shows a dash.
        points: Points earned, None where the total is weighted.
        possible: Points possible, None where the total is weighted.
        letter: The letter beside the percentage.
        shows_points: Whether the cell shows points in place of the percentage.
        counted: Ids of the work that the number is made of.
        dropped: Ids of the work that is marked as dropped.
    """

    score: float | None
    points: float | None
    possible: float | None
    letter: str | None
    shows_points: bool
    counted: frozenset[int]
    dropped: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Grade:
    """What the browser hands from step to step: so much of so much."""

    score: float | None
    possible: float


def total_column(
    items: Iterable[Item],
    setup: GradingSetup,
    view: ColumnView = ALL_WORK,
    *,
    is_concluded: bool = False,
    policy: TotalsPolicy = DEFAULT_POLICY,
) -> ColumnTotal:
    """The cell of one student; the arguments are those of `totals_of`, and the settings of the gradebook.

    Raises:
        ValueError: If the view filters by a period that the course does not have.
    """
    reading = Reading(hidden_too=True, ungraded_as_zero=view.ungraded_as_zero)
    with localcontext(EXACT):
        entries = entering(items, policy)
        by_id = {ALL_PERIODS: entries, **split_by_period(entries, setup.periods)}
        if view.period_id not in by_id:
            raise ValueError(
                f"period_id: {view.period_id} is no period of this course; take one of {[*by_id]}"
            )

        def summed(period_id: int) -> tuple[GroupSum, ...]:
            found = counted(by_id[period_id], reading, is_concluded=is_concluded, policy=policy)
            return group_sums(found, setup.groups, policy, Calculator.BROWSER)

        of_periods = setup.has_weighted_periods and view.period_id == ALL_PERIODS
        if of_periods:
            by_period = {key: summed(key) for key in sorted(by_id) if key != ALL_PERIODS}
            sums = [each for some in by_period.values() for each in some]
            grade = _of_periods(by_period, setup, reading)
        else:
            sums = list(summed(view.period_id))
            grade = _of_groups(sums, setup, reading)
        is_weighted = setup.weighs_groups or of_periods
        return _cell(grade, sums, setup, is_weighted=is_weighted, as_points=view.as_points)


def period_at_first(saved_id: int | None, periods: Sequence[Period], now: datetime) -> int:
    """The period filter of a gradebook that was just opened.

    That is the saved choice, else the period that `now` is in, else all periods. A saved period that the
    course's set does not have is no choice.
    """
    if saved_id is not None and saved_id in (ALL_PERIODS, *(period.id for period in periods)):
        return saved_id
    running = (period.id for period in periods if period.starts_at < now <= period.ends_at)
    return next(running, ALL_PERIODS)


def _of_groups(sums: Sequence[GroupSum], setup: GradingSetup, reading: Reading) -> _Grade:
    if setup.weighs_groups:
        return _of_weighted_groups(sums, reading)
    earned = sum((each.earned for each in sums), _NOTHING)
    possible = sum((each.possible for each in sums), _NOTHING)
    return _Grade(finite(float(earned)), finite(float(possible)) or 0.0)


def _of_weighted_groups(sums: Sequence[GroupSum], reading: Reading) -> _Grade:
    relevant = relevant_sums(sums)
    possible = _FULL_WEIGHT if relevant or reading.ungraded_as_zero else 0
    weight = full_weight(relevant)
    if weight == 0:
        return _Grade(None, possible)
    total = sum(
        (browser_quotient(each.earned, each.possible) * exact(each.group.weight or 0.0) for each in relevant),
        _NOTHING,
    )
    if weight < _FULL_WEIGHT:
        return _Grade(rounded_float(browser_quotient(total, exact(weight)) * _HUNDRED), possible)
    return _Grade(rounded_exactly(total), possible)


def _of_periods(by_period: dict[int, tuple[GroupSum, ...]], setup: GradingSetup, reading: Reading) -> _Grade:
    weights = {period.id: period.weight or 0.0 for period in setup.periods}
    grades = [(_of_groups(sums, setup, reading), weights[key]) for key, sums in by_period.items()]
    taking_part = [(grade, weight) for grade, weight in grades if grade.possible or reading.ungraded_as_zero]
    full = sum((weight for _grade, weight in taking_part), 0.0)
    if full == 0:
        return _Grade(0.0, _FULL_WEIGHT)
    total = sum((_share(grade, weight) for grade, weight in taking_part), _NOTHING)
    scaled = browser_quotient(total * _HUNDRED, exact(min(full, float(_FULL_WEIGHT))))
    return _Grade(rounded_float(scaled), _FULL_WEIGHT)


def _share(grade: _Grade, weight: float) -> Decimal:
    if not (grade.score and grade.possible):
        return _NOTHING
    return browser_quotient(exact(grade.score), exact(grade.possible)) * exact(weight)


def _cell(
    grade: _Grade, sums: Sequence[GroupSum], setup: GradingSetup, *, is_weighted: bool, as_points: bool
) -> ColumnTotal:
    score = None
    if grade.score is not None and grade.possible:
        percent = browser_quotient(exact(grade.score), exact(grade.possible)) * _HUNDRED
        score = finite(round_half_up(float(percent)))
    return ColumnTotal(
        score=score,
        points=None if is_weighted else grade.score,
        possible=None if is_weighted else grade.possible,
        letter=letter_on(browser_ladder(setup.scheme), score),
        shows_points=as_points and not is_weighted,
        counted=frozenset().union(*(each.kept for each in sums)),
        dropped=frozenset().union(*(each.dropped for each in sums)),
    )
