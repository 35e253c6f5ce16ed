"""Random gradebooks against what must hold of every total, and against slow but obvious ways to get it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.canvas.rules.totals import (
    DropRules,
    GradingSetup,
    Group,
    Item,
    total_column,
    totals_of,
)
from simulator.canvas.rules.totals.dropping import kept
from simulator.canvas.rules.totals.halving import Calculator, Search, searched
from simulator.canvas.rules.totals.items import Counted
from simulator.canvas.rules.totals.rounding import exact, exact_possible, round_half_up
from tests.unit.canvas.totals.builders import IN_AUTUMN, IN_SUMMER, IN_WINTER, in_periods

CENTS = 100


def a_counted(number: int, score: float, possible: float) -> Counted:
    return Counted(number, 1, float(score), float(possible), exact(score), exact_possible(possible))


def percentage(work: tuple[Counted, ...]) -> float:
    return sum(each.score for each in work) / sum(each.possible for each in work)


pointed = st.tuples(st.integers(0, 30), st.integers(1, 20))
unpointed = st.tuples(st.integers(0, 10), st.just(0))
pieces = st.lists(pointed, min_size=1, max_size=7)
mixed = st.lists(st.one_of(pointed, unpointed), min_size=1, max_size=7)
rules = st.builds(
    DropRules, st.integers(0, 7), st.integers(0, 7), st.frozensets(st.integers(1, 7), max_size=2)
)


def counted_from(rows: list[tuple[int, int]]) -> list[Counted]:
    return [a_counted(number, score, possible) for number, (score, possible) in enumerate(rows, 1)]


@given(pieces, st.integers(1, 6), st.frozensets(st.integers(1, 7), max_size=2))
def test_no_other_choice_has_a_better_percentage(
    rows: list[tuple[int, int]], lowest: int, never: frozenset[int]
) -> None:
    work = counted_from(rows)
    bound = tuple(each for each in work if each.id in never)
    free = [each for each in work if each.id not in never]
    assume(free)
    keep = max(1, len(free) - lowest)
    left = kept(work, DropRules(lowest, 0, never))
    best = max(percentage((*chosen, *bound)) for chosen in combinations(free, keep))
    closeness = 1 / (2 * keep * max(each.possible for each in work) ** 2)
    assert len(left) == keep + len(bound)
    assert best - percentage(left) < closeness


@given(pieces, st.integers(1, 6))
def test_among_the_survivors_no_other_choice_has_a_worse_percentage(
    rows: list[tuple[int, int]], highest: int
) -> None:
    work = counted_from(rows)
    keep = len(work) - highest if highest < len(work) else len(work)
    left = kept(work, DropRules(0, highest))
    worst = min(percentage(chosen) for chosen in combinations(work, keep))
    closeness = 1 / (2 * keep * max(each.possible for each in work) ** 2)
    assert len(left) == keep
    assert percentage(left) - worst < closeness


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(1, 20), st.integers(0, 8))
def test_where_all_is_worth_the_same_the_lowest_scores_are_dropped(
    scores: list[int], possible: int, lowest: int
) -> None:
    left = kept(counted_from([(score, possible) for score in scores]), DropRules(lowest))
    keep = max(1, len(scores) - lowest)
    assert sorted(each.score for each in left) == sorted(scores)[len(scores) - keep :]


@given(mixed, rules, st.sampled_from(Calculator), st.randoms(use_true_random=False))
def test_the_order_of_the_work_changes_nothing(
    rows: list[tuple[int, int]], drops: DropRules, calculator: Calculator, random: Random
) -> None:
    work = counted_from(rows)
    expected = {each.id for each in kept(work, drops, calculator)}
    random.shuffle(work)
    assert {each.id for each in kept(work, drops, calculator)} == expected


@given(mixed, rules, st.sampled_from(Calculator))
def test_what_is_never_dropped_stays_and_nothing_counts_twice(
    rows: list[tuple[int, int]], drops: DropRules, calculator: Calculator
) -> None:
    work = counted_from(rows)
    left = [each.id for each in kept(work, drops, calculator)]
    assert len(left) == len(set(left)) >= 1
    assert {each.id for each in work if each.id in drops.never} <= set(left)


@given(mixed, st.integers(1, 6), st.booleans())
def test_stopping_early_keeps_what_halving_to_the_end_keeps(
    rows: list[tuple[int, int]], keep: int, best: bool
) -> None:
    work = tuple(counted_from(rows))
    assume(keep < len(work))
    assume(any(each.possible for each in work))
    points_max = max(each.possible for each in work)
    search = Search(work, (), keep, best=best, points_max=points_max)
    assert searched(search, Calculator.SERVER) == halved_to_the_end(search)


def halved_to_the_end(search: Search) -> tuple[Counted, ...]:
    """The method as it is told, without any short cut."""
    sign = -1 if search.best else 1

    def at(guess: float) -> tuple[float, tuple[Counted, ...]]:
        ranked = sorted(search.free, key=lambda each: (sign * (each.score - guess * each.possible), each.id))
        chosen = ranked[: search.keep]
        return sum(each.score - guess * each.possible for each in chosen), tuple(chosen)

    work = [each for each in search.free if each.possible]
    low = min(each.score / each.possible for each in work)
    high = max(each.score / each.possible for each in work)
    if len(work) < len(search.free):
        possible = sum(each.possible for each in work)
        extra = sum(each.score for each in search.free if not each.possible)
        high = (max(possible, sum(each.score for each in work)) + extra) / possible
    middle = (low + high) / 2
    surplus, chosen = at(middle)
    while high - low >= 1 / (2 * search.keep * search.points_max**2):
        low, high = (low, middle) if surplus < 0 else (middle, high)
        if (low + high) / 2 in (low, high):
            break
        middle = (low + high) / 2
        surplus, chosen = at(middle)
    return tuple(sorted(chosen, key=lambda each: each.id))


scores = st.one_of(st.none(), st.integers(0, 5000).map(lambda number: number / CENTS))
items = st.lists(
    st.builds(
        Item,
        id=st.integers(1, 60),
        group_id=st.integers(1, 3),
        possible=st.sampled_from([0.0, 5.0, 10.0, 12.5, 20.0, 50.0]),
        score=scores,
        is_excused=st.booleans(),
        is_posted=st.booleans(),
        is_pending_review=st.booleans(),
        is_omitted=st.booleans(),
        due_at=st.sampled_from([None, IN_SUMMER, IN_AUTUMN, IN_WINTER]),
    ),
    max_size=12,
    unique_by=lambda item: item.id,
)
groups = st.tuples(
    *(
        st.builds(
            Group,
            st.just(number),
            st.sampled_from([None, 0.0, 20.0, 33.3, 40.0, 100.0]),
            st.builds(DropRules, st.integers(0, 2), st.integers(0, 2)),
        )
        for number in (1, 2, 3)
    )
)
setups = st.builds(
    lambda chosen, weighs, shares: in_periods(GradingSetup(chosen, weighs_groups=weighs), *shares),
    groups,
    st.booleans(),
    st.sampled_from([(), (25.0, 75.0), (50.0, None), (100.0, 100.0)]),
)


@given(items, setups, st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_the_order_of_their_input(
    work: list[Item], setup: GradingSetup, random: Random
) -> None:
    expected, shown = totals_of(work, setup), total_column(work, setup)
    shuffled = random.sample(work, len(work))
    turned = replace(setup, groups=setup.groups[::-1], periods=setup.periods[::-1])
    assert totals_of(shuffled, turned) == expected
    assert total_column(shuffled, turned) == shown


@given(items, setups, st.integers(0, 100), st.booleans())
def test_excused_work_never_moves_a_current_total(
    work: list[Item], setup: GradingSetup, possible: int, posted: bool
) -> None:
    excused = Item(99, 1, float(possible), is_excused=True, is_posted=posted)
    before, after = totals_of(work, setup), totals_of([*work, excused], setup)
    assert after.course.current == before.course.current
    assert after.course.unposted_current == before.course.unposted_current


@given(items, setups, st.integers(0, 100))
def test_the_score_of_hidden_work_never_moves_a_posted_total(
    work: list[Item], setup: GradingSetup, score: int
) -> None:
    def with_score(number: float | None) -> list[Item]:
        return [*work, Item(99, 1, 10.0, number, is_posted=False)]

    without, with_one = totals_of(with_score(None), setup), totals_of(with_score(score), setup)
    assert with_one.course.current == without.course.current
    assert with_one.course.final == without.course.final


@given(items, setups)
def test_once_all_is_posted_the_two_pairs_are_the_same(work: list[Item], setup: GradingSetup) -> None:
    course = totals_of([replace(item, is_posted=True) for item in work], setup).course
    assert (course.unposted_current, course.unposted_final) == (course.current, course.final)


@given(items, groups)
def test_without_weights_the_column_is_the_unposted_total(
    work: list[Item], chosen: tuple[Group, ...]
) -> None:
    plain = GradingSetup(tuple(replace(group, drops=DropRules()) for group in chosen))
    stored, shown = totals_of(work, plain).course.unposted_current, total_column(work, plain)
    assert (shown.score, shown.points, shown.possible) == (stored.score, stored.points, stored.possible)


@given(st.one_of(st.floats(-1e9, 1e9), st.integers(-(10**9), 10**9).map(lambda number: number / 1000)))
def test_rounding_is_what_rubys_float_round_does(number: float) -> None:
    """Ruby multiplies, rounds, and steps on where the multiplication lost the half on its way."""
    size = abs(number)
    cents = math.floor(size * CENTS)
    if size * CENTS - cents >= 0.5:
        cents += 1
    if (cents + 0.5) / CENTS <= size:
        cents += 1
    assert round_half_up(number) == math.copysign(cents / CENTS, number)
