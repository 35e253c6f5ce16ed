"""A student's stored totals, as Canvas's server computes them: for the course, each period and each group.

What lives here: the order of the work, from items to rows. What must never be here: how one step is done
(the sibling modules), or where the items come from (the caller). What bites: drop rules apply anew in each
period and to each of the four scores, so different work may be dropped in each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import localcontext

from simulator.canvas.rules.totals.groups import Combined, Group, GroupSum, combined, group_sums, group_total
from simulator.canvas.rules.totals.items import (
    CURRENT,
    FINAL,
    UNPOSTED_CURRENT,
    UNPOSTED_FINAL,
    Counted,
    Entry,
    Item,
    Reading,
    counted,
    entering,
)
from simulator.canvas.rules.totals.letters import GradingScheme, letter_on, stored_ladder
from simulator.canvas.rules.totals.periods import Period, WeightedScore, split_by_period, total_of_periods
from simulator.canvas.rules.totals.policy import DEFAULT_POLICY, TotalsPolicy
from simulator.canvas.rules.totals.rounding import EXACT

READINGS = (CURRENT, FINAL, UNPOSTED_CURRENT, UNPOSTED_FINAL)


@dataclass(frozen=True, slots=True)
class GradingSetup:
    """How a course makes totals of work.

    Attributes:
        groups: Its active assignment groups; work of other groups counts nowhere.
        weighs_groups: Whether it applies their weights.
        periods: The grading periods that hold for it: its own old ones, else its term's; none without a set.
        weighs_periods: Whether that set is weighted.
        scheme: Its grading scheme, None where totals have no letters.
    """

    groups: tuple[Group, ...]
    weighs_groups: bool = False
    periods: tuple[Period, ...] = ()
    weighs_periods: bool = False
    scheme: GradingScheme | None = None

    @property
    def has_weighted_periods(self) -> bool:
        """Whether the course's total is made of those of its periods."""
        return self.weighs_periods and bool(self.periods)


@dataclass(frozen=True, slots=True)
class Total:
    """One stored total.

    Attributes:
        score: Percentage of two decimals, None where there is nothing to compute from.
        points: Points earned; where the total is weighted, the percentage again.
        possible: Points possible, None where the total is weighted.
        letter: The letter of the score under the course's scheme.
    """

    score: float | None
    points: float | None
    possible: float | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class FourTotals:
    """The totals of one row: posted work alone and hidden work too, each without and with ungraded work."""

    current: Total
    final: Total
    unposted_current: Total
    unposted_final: Total


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything that Canvas stores about a student's totals in a course.

    Attributes:
        periods: By the id of the grading period.
        groups: By the id of the assignment group, over all of the student's work in it.
        dropped_current: Ids of the work dropped from the current total; Canvas keeps only the posted pair's.
        dropped_final: The same for the final total.
    """

    course: FourTotals
    periods: Mapping[int, FourTotals]
    groups: Mapping[int, FourTotals]
    dropped_current: frozenset[int]
    dropped_final: frozenset[int]


def totals_of(
    items: Iterable[Item],
    setup: GradingSetup,
    *,
    is_concluded: bool = False,
    policy: TotalsPolicy = DEFAULT_POLICY,
) -> Totals:
    """The totals of one student.

    Args:
        items: The student's work in the course, in any order.
        setup: How the course makes totals.
        is_concluded: Whether every enrollment of the student in the course is completed.
        policy: What Canvas's source leaves open.
    """
    with localcontext(EXACT):
        entries = entering(items, policy)

        def summed(some: Iterable[Entry]) -> dict[Reading, tuple[GroupSum, ...]]:
            return _sums(some, setup.groups, is_concluded=is_concluded, policy=policy)

        whole = summed(entries)
        by_period = split_by_period(entries, setup.periods)
        periods = {period.id: _row(summed(by_period[period.id]), setup) for period in setup.periods}
        return Totals(
            course=_weighted_course(periods, setup) if setup.has_weighted_periods else _row(whole, setup),
            periods=periods,
            groups=_group_rows(whole, setup),
            dropped_current=_dropped(whole[CURRENT]),
            dropped_final=_dropped(whole[FINAL]),
        )


def effective_final_score(final: Total, override_score: float | None) -> float | None:
    """What counts as the final score: a teacher's override beats the computed one and never changes it."""
    return final.score if override_score is None else override_score


def _sums(
    entries: Iterable[Entry], groups: Iterable[Group], *, is_concluded: bool, policy: TotalsPolicy
) -> dict[Reading, tuple[GroupSum, ...]]:
    """The group sums of each reading; readings that count the same work share theirs, which saves time."""
    known: list[tuple[tuple[Counted, ...], tuple[GroupSum, ...]]] = []
    sums: dict[Reading, tuple[GroupSum, ...]] = {}
    for reading in READINGS:
        work = counted(entries, reading, is_concluded=is_concluded, policy=policy)
        found = next((some for same, some in known if same == work), None)
        sums[reading] = group_sums(work, groups, policy) if found is None else found
        known.append((work, sums[reading]))
    return sums


def _row(sums: Mapping[Reading, tuple[GroupSum, ...]], setup: GradingSetup) -> FourTotals:
    return _four(lambda reading: combined(sums[reading], weighted=setup.weighs_groups), setup)


def _group_rows(sums: Mapping[Reading, tuple[GroupSum, ...]], setup: GradingSetup) -> dict[int, FourTotals]:
    by_reading = {reading: {each.group.id: each for each in sums[reading]} for reading in READINGS}

    def row(group: Group) -> FourTotals:
        return _four(lambda reading: group_total(by_reading[reading][group.id]), setup)

    return {group.id: row(group) for group in setup.groups}


def _weighted_course(periods: Mapping[int, FourTotals], setup: GradingSetup) -> FourTotals:
    weights = {period.id: period.weight for period in setup.periods}

    def total(reading: Reading) -> Combined:
        stored = [
            WeightedScore(_of_reading(periods[key], reading).score, weights[key]) for key in sorted(periods)
        ]
        score = total_of_periods(stored, ungraded_as_zero=reading.ungraded_as_zero)
        return Combined(score, score, None)

    return _four(total, setup)


def _four(combine: Callable[[Reading], Combined], setup: GradingSetup) -> FourTotals:
    ladder = stored_ladder(setup.scheme)

    def total(reading: Reading) -> Total:
        found = combine(reading)
        return Total(found.score, found.points, found.possible, letter_on(ladder, found.score))

    return FourTotals(total(CURRENT), total(FINAL), total(UNPOSTED_CURRENT), total(UNPOSTED_FINAL))


def _of_reading(row: FourTotals, reading: Reading) -> Total:
    if reading.hidden_too:
        return row.unposted_final if reading.ungraded_as_zero else row.unposted_current
    return row.final if reading.ungraded_as_zero else row.current


def _dropped(sums: Iterable[GroupSum]) -> frozenset[int]:
    return frozenset().union(*(each.dropped for each in sums))
