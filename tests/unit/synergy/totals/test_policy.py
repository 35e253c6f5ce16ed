"""Whatever is not known about Synergy is a field with a source, and every field changes what is computed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from simulator.synergy.totals import (
    FOUR_POINT,
    AssignmentType,
    Band,
    ClassTotal,
    Entry,
    Period,
    Scale,
    ScoreType,
    Term,
    TotalsPolicy,
    composed_total,
)
from tests.unit.synergy.totals.builders import (
    Work,
    excused,
    missing,
    points_total,
    standings,
    total_of,
    work,
)

Q1 = Period("Q1", date(2026, 8, 17), date(2026, 10, 16))
INSIDE, OUTSIDE = date(2026, 10, 16), date(2026, 10, 17)
EVEN = ScoreType("Even", ((Decimal(4), Decimal(100)), (Decimal(2), Decimal(50))))
GAP = Scale(
    "gap",
    Decimal(100),
    (
        Band("A", Decimal(90), Decimal(100)),
        Band("B", Decimal(80), Decimal(89)),
        Band("C", Decimal(0), Decimal(79)),
    ),
)
PENALISED = Work(Entry(Decimal(5), penalty_percent=Decimal(10)), work(5, 10).details)
UNFINISHED = Work(Entry(Decimal(0), unfinished=True), work(0, 100).details)
TWINS = [work(5, 10), work(10, 20), work(9, 10)]


DEFAULTS = {each.name: each.default for each in fields(TotalsPolicy)}


def by_points(*works: Work, period: Period | None = None) -> Any:  # noqa: ANN401 - a computation
    return lambda **policy: points_total(*works, period=period, **policy)


def by_weights(*types: tuple[object, list[Work]], **more: Any) -> Any:  # noqa: ANN401 - a computation
    return lambda **policy: total_of(types, **more, **policy)


def by_terms(*terms: tuple[object, list[Work]]) -> Any:  # noqa: ANN401 - a computation
    """A semester of marks that are added up by points, each with its weight."""

    def compute(**policy: Any) -> ClassTotal:  # noqa: ANN401 - fields of the policy
        parts = [
            Term(str(place), "", "grading_period", Decimal(str(weight)), points_total(*works, **policy))
            for place, (weight, works) in enumerate(terms)
        ]
        return composed_total(parts, TotalsPolicy(**{"method": "points", **policy}))

    return compute


def raw(total: ClassTotal) -> str:
    return str(total.raw)


@dataclass(frozen=True)
class Reading:
    """A field with a class in which it matters, and what each of its values gives there."""

    compute: Any
    values: dict[Any, str]
    look: Any = raw


READINGS: dict[str, Reading] = {
    "method": Reading(
        by_weights((80, [work(5, 10)]), (20, [work(30, 30)])), {"weighted": "60.00", "points": "87.50"}
    ),
    "class_rounding": Reading(by_points(work(2, 3)), {True: "66.67", False: "66.66"}),
    "decimals": Reading(by_points(work(2, 3)), {0: "67", 1: "66.7", 2: "66.67"}),
    "scale": Reading(by_points(work(3, 4)), {FOUR_POINT: "3.00", GAP: "75.00"}),
    "rounding_off_means": Reading(
        lambda **policy: points_total(work(2, 3), class_rounding=False, **policy),
        {"truncate": "66.66", "half_up": "66.67"},
    ),
    "total_from": Reading(
        by_weights((50, [work(1, 3)]), (50, [work(1, 3)])), {"exact": "33.33", "displayed": "33.34"}
    ),
    "period_membership": Reading(
        by_points(
            work(1, 10, assigned_on=OUTSIDE, due_date=OUTSIDE, period_ids=frozenset({"Q1", "S1"})),
            work(2, 10, assigned_on=INSIDE, due_date=OUTSIDE, period_ids=frozenset({"S1"})),
            work(3, 10, assigned_on=OUTSIDE, due_date=INSIDE),
            period=Q1,
        ),
        {"ticked": "10.00", "assignment_date": "20.00", "due_date": "30.00"},
    ),
    "missing_percent": Reading(
        by_points(work(90, 100), missing(100)),
        {None: "90.00", Decimal(0): "45.00", Decimal(50): "70.00"},
    ),
    "zero_points_item": Reading(
        by_points(work(8, 10), work(1, 0)), {"adds_score": "90.00", "adds_nothing": "80.00"}
    ),
    "extra_credit_possible": Reading(
        by_points(work(80, 100), work(5, 5, category="extra_credit")),
        {"ignored": "85.00", "counted": "80.95"},
    ),
    "negative_score": Reading(by_points(work(-5, 10), work(10, 10)), {"counts": "25.00", "as_zero": "50.00"}),
    "unknown_mark": Reading(
        by_points(work(4, 4, score_type=EVEN), work(3, 4, score_type=EVEN)),
        {"linear": "87.50", "not_counted": "100.00"},
    ),
    "penalty_base": Reading(by_points(PENALISED), {"score": "45.00", "possible": "40.00"}),
    "unfinished_score": Reading(
        by_points(work(90, 100), UNFINISHED), {"left_out": "90.00", "counts": "45.00"}
    ),
    "drop_order": Reading(
        by_weights((100, [work(40, 100), work(5, 10), work(8, 10)]), drop_lowest=1),
        {"percent": "65.00", "points": "43.64"},
    ),
    "drop_tie": Reading(by_weights((100, TWINS), drop_lowest=1), {"older": "63.33", "newer": "70.00"}),
    "drop_scope": Reading(
        by_weights(
            (
                100,
                [
                    work(5, 10, period_ids=frozenset({"Q1"})),
                    work(9, 10, period_ids=frozenset({"Q1"})),
                    work(4, 10, period_ids=frozenset({"Q2"})),
                ],
            ),
            drop_lowest=1,
            period=Q1,
        ),
        {"period": "90.00", "class": "70.00"},
    ),
    "drop_keeps_one": Reading(
        by_weights((50, [work(5, 10)]), (50, [work(8, 10)]), drop_lowest=3),
        {True: "65.00", False: "80.00"},
    ),
    "extra_credit_only_type": Reading(
        by_weights((90, [work(8, 10)]), (10, [work(5, 0)])),
        {"ignored": "80.00", "keeps_weight": "72.00"},
    ),
    "weight_sum": Reading(
        by_weights((50, [work(10, 10)]), (60, [work(20, 40)]), (10, [])),
        {"normalised": "72.73", "as_entered": "87.27"},
    ),
    "zero_weight_type": Reading(
        by_weights((100, [work(8, 10)]), (0, [work(5, 10)])),
        {"unlisted": "A", "listed": "A B"},
        look=lambda total: " ".join(row.name for row in total.types),
    ),
    "term_marks": Reading(
        by_terms((50, [work(3, 7)]), (50, [work(1, 7)])), {"exact": "28.57", "rounded": "28.58"}
    ),
    "absent_term": Reading(
        by_terms((45, [work(80, 100)]), (45, [work(90, 100)]), (10, [])),
        {"redistributed": "85.00", "as_zero": "76.50", "no_mark": "0.00"},
    ),
    "between_bands": Reading(
        lambda **policy: points_total(work("89.5", 100), scale=GAP, **policy),
        {"lower": "B", "upper": "A"},
        look=lambda total: total.mark,
    ),
}


def test_every_field_has_a_class_in_which_it_matters() -> None:
    assert set(READINGS) == set(DEFAULTS)


@pytest.mark.parametrize("name", READINGS)
def test_each_value_of_a_field_gives_its_own_answer(name: str) -> None:
    reading = READINGS[name]
    assert {
        value: reading.look(reading.compute(**{name: value})) for value in reading.values
    } == reading.values
    assert len(set(reading.values.values())) == len(reading.values)


@pytest.mark.parametrize("name", READINGS)
def test_a_field_that_is_not_given_has_its_default(name: str) -> None:
    reading, default = READINGS[name], DEFAULTS[name]
    assert reading.look(reading.compute()) == reading.look(reading.compute(**{name: default}))


@pytest.mark.parametrize("decimals", [-1, 3, 1.5])
def test_a_class_rounds_to_0_1_or_2_decimals(decimals: Any) -> None:  # noqa: ANN401 - a wrong type on purpose
    with pytest.raises(ValueError, match="decimals: a class rounds to 0, 1 or 2 decimals"):
        TotalsPolicy(decimals=decimals)


@pytest.mark.parametrize(("weight", "drops"), [(-1, 0), (10, -1)])
def test_a_type_weighs_and_drops_nothing_below_zero(weight: int, drops: int) -> None:
    with pytest.raises(ValueError, match='Type "Quizzes": weight'):
        AssignmentType("Q", "Quizzes", Decimal(weight), drops)


def test_of_two_assignments_of_one_day_the_lower_number_is_the_older() -> None:
    total = total_of([(100, [work(5, 10), work(5, 10)])], drop_lowest=1)
    assert standings(total) == ["dropped", "counted"]


@pytest.mark.parametrize(
    ("tie", "found"), [("older", ["counted", "dropped"]), ("newer", ["dropped", "counted"])]
)
def test_the_day_comes_before_the_number(tie: str, found: list[str]) -> None:
    works = [work(5, 10, assigned_on=OUTSIDE), work(5, 10, assigned_on=INSIDE)]
    assert standings(total_of([(100, works)], drop_lowest=1, drop_tie=tie)) == found


@pytest.mark.parametrize("day", [Q1.begins, Q1.ends])
def test_both_days_of_a_period_belong_to_it(day: date) -> None:
    total = points_total(work(5, 10, assigned_on=day), period=Q1, period_membership="assignment_date")
    assert standings(total) == ["counted"]


@pytest.mark.parametrize("day", [Q1.begins - timedelta(days=1), Q1.ends + timedelta(days=1)])
def test_the_days_around_a_period_do_not(day: date) -> None:
    total = points_total(work(5, 10, assigned_on=day), period=Q1, period_membership="assignment_date")
    assert standings(total) == []


@pytest.mark.parametrize("between", ["lower", "upper"])
def test_a_number_over_the_top_has_the_highest_mark(between: str) -> None:
    assert points_total(work(103, 100), scale=GAP, between_bands=between).mark == "A"


def test_what_is_excused_in_a_type_without_weight_stays_excused() -> None:
    total = total_of([(100, [work(8, 10)]), (0, [excused(10), work(5, 10)])])
    assert standings(total) == ["counted", "excused", "not_weighted"]


def test_what_does_not_count_is_not_dropped_in_place_of_what_does() -> None:
    works = [work(None, 10), work(0, 10, category="not_for_grading"), work(5, 10), work(9, 10)]
    total = total_of([(100, works)], drop_lowest=1)
    assert standings(total) == ["not_scored", "not_for_grading", "dropped", "counted"]


def test_extra_credit_is_never_dropped() -> None:
    works = [work(1, 10, category="extra_credit"), work(5, 10), work(9, 10)]
    assert standings(total_of([(100, works)], drop_lowest=1)) == ["counted", "dropped", "counted"]


def test_a_penalty_never_takes_more_than_there_is() -> None:
    entry = Entry(Decimal(1), penalty_percent=Decimal(50))
    assert raw(points_total(Work(entry, work(1, 10).details), penalty_base="possible")) == "0.00"


def test_without_a_max_score_the_score_is_the_points() -> None:
    assert raw(points_total(work(8, 0, 10), work(7, None, 10))) == "75.00"
