"""Canvas's side of the reasons why it shows another total than Synergy, smallest example each.

Synergy's side of the same examples, with Canvas's number beside each, is in
`tests/unit/synergy/totals/test_why_totals_differ.py`.
"""

from __future__ import annotations

from typing import TypeAlias

import pytest

from simulator.canvas.rules.totals import (
    DEFAULT_SCHEME,
    ColumnView,
    DropRules,
    GradingSetup,
    Group,
    Item,
    TotalsPolicy,
    effective_final_score,
    total_column,
    totals_of,
)
from tests.unit.canvas.totals.builders import (
    FEATURE_OFF,
    IN_AUTUMN,
    IN_WINTER,
    an_item,
    dropping,
    in_groups,
    in_periods,
    points,
    weights,
    work,
)

Example: TypeAlias = tuple[list[Item], GradingSetup, float]

HOMEWORK_AND_TEST = in_groups([(8, 10)], [(60, 100)])
S09_SCORES = in_groups([(27, 32)], [(33, 36)], [(57, 60)], [(65, 77)], [(30, 36)], [(26, 32)])
TWO_QUARTERS = [an_item(1, 50, 100, due_at=IN_AUTUMN), an_item(2, 90, 100, due_at=IN_WINTER)]
DROP_ONE = GradingSetup((Group(1, 0.0, DropRules(lowest=1)),))
FOUR_QUARTERS_WORK = [
    an_item(number, score, 10, due_at=due)
    for number, (score, due) in enumerate(
        [(5, IN_AUTUMN), (9, IN_AUTUMN), (6, IN_WINTER), (10, IN_WINTER)], 1
    )
]

COLUMN: dict[str, Example] = {
    "weighting-on-one-side": (HOMEWORK_AND_TEST, points(2), 61.82),
    "other-weights": (HOMEWORK_AND_TEST, weights(50, 50), 70.0),
    "weights-over-100-are-not-scaled": (in_groups([(10, 10)], [(40, 40)]), weights(50, 60), 110.0),
    "weights-copied-as-whole-percents": (S09_SCORES, weights(17, 17, 17, 17, 17, 17), 88.41),
    "an-item-in-another-group": (
        in_groups([(8, 10), (10, 10)], [(50, 100)]),
        weights(20, 80),
        58.0,
    ),
    "a-group-without-counterpart": (in_groups([(90, 100)], [(5, 10)]), weights(80, 20), 82.0),
    "what-is-ungraded-is-no-zero": (in_groups([(8, 10)], [(None, 100)]), weights(40, 60), 80.0),
    "weighted-periods": (
        [an_item(1, 90, 100, due_at=IN_AUTUMN), an_item(2, 10, 20, due_at=IN_WINTER)],
        in_periods(points(), 50, 50),
        70.0,
    ),
    "two-decimals": (work((86.8421, 100)), points(), 86.84),
    "rounding": (work((87.1673, 100)), points(), 87.17),
    "percent": (work((85.8333, 100)), points(), 85.83),
    "dropping-for-the-best-percent": (work((100, 100), (42, 91), (14, 55), (3, 38)), dropping(2), 74.64),
    "a-drop-rule": (work((9, 10), (5, 10)), dropping(1), 90.0),
    "a-drop-rule-of-the-whole-course": (FOUR_QUARTERS_WORK, DROP_ONE, 83.33),
    "a-drop-rule-of-each-period": (FOUR_QUARTERS_WORK, in_periods(DROP_ONE, 50, 50), 95.0),
    "never-dropped": (work((5, 10), (7, 10), (9, 10)), dropping(1, never=(1,)), 70.0),
    "extra-credit-alone-in-its-group": (in_groups([(8, 10)], [(5, 0)]), weights(90, 10), 80.0),
    "extra-credit-by-points": (in_groups([(8, 10)], [(5, 0)]), points(2), 130.0),
    "no-extra-credit-flag": (work((80, 100), (5, 5)), points(), 80.95),
    "extra-credit-by-weight": (in_groups([(80, 100)], [(10, 10)]), weights(100, 5), 85.0),
    "no-max-score": (work((11.5, 13), (10, 20)), points(), 65.15),
    "an-even-scale": (work((3, 4)), points(), 75.0),
    "a-letter-as-points": (work((17.8, 20)), points(), 89.0),
    "missing-with-a-policy": (work((90, 100), (0, 100)), points(), 45.0),
    "missing-without-a-policy": (work((90, 100), (None, 100)), points(), 90.0),
    "a-late-penalty": (work((70, 100)), points(), 70.0),
    "excused": ([an_item(1, 90, 100), an_item(2, None, 100, is_excused=True)], points(), 90.0),
    "omitted": ([an_item(1, 90, 100), an_item(2, 50, 100, is_omitted=True)], points(), 90.0),
    "deleted": ([an_item(1, 90, 100), an_item(2, 40, 100, is_published=False)], points(), 90.0),
    "not-assigned": ([an_item(1, 90, 100), an_item(2, 0, 100, is_assigned=False)], points(), 90.0),
    "points-edited-on-one-side": (work((8, 10), (10, 10)), points(), 90.0),
    "below-zero": (work((-5, 10), (10, 10)), points(), 25.0),
    "a-score-that-is-not-rounded": (work((20 / 3, 10)), points(), 66.67),
    "the-decimal-half": (in_groups([(267.9, 200)], [(53.7, 100)]), weights(50, 50), 93.83),
}


@pytest.mark.parametrize("reason", COLUMN)
def test_the_column_shows(reason: str) -> None:
    items, setup, shown = COLUMN[reason]
    assert total_column(items, setup).score == shown


@pytest.mark.parametrize(("setup", "final"), [(weights(40, 60), 32.0), (points(2), 7.27)])
def test_ungraded_work_is_a_zero_in_the_final_total(setup: GradingSetup, final: float) -> None:
    """Compared with the final score in place of the current one, the same student has next to nothing."""
    assert totals_of(in_groups([(8, 10)], [(None, 100)]), setup).course.final.score == final


def test_hidden_work_makes_three_numbers_in_canvas_alone() -> None:
    items = [an_item(1, 8, 10), an_item(2, 60, 100, is_posted=False)]
    stored = totals_of(items, points()).course
    assert (stored.current.score, stored.final.score) == (80.0, 7.27)
    assert total_column(items, points()).score == 61.82


def test_a_filter_by_the_second_period_shows_that_period_alone() -> None:
    setup = in_periods(points())
    assert total_column(TWO_QUARTERS, setup, ColumnView(2)).score == 90.0
    assert total_column(TWO_QUARTERS, setup).score == 70.0


def test_work_without_a_due_date_is_in_the_last_period() -> None:
    items = [an_item(1, 80, 100, due_at=IN_AUTUMN), an_item(2, 40, 100)]
    shown = [total_column(items, in_periods(points()), ColumnView(number)).score for number in (1, 2)]
    assert shown == [80.0, 40.0]


def test_89_99_is_no_a() -> None:
    assert total_column(work((8999, 10000)), points(scheme=DEFAULT_SCHEME)).letter == "B+"


def test_a_quiz_that_waits_for_its_teacher_counts_in_the_final_total_alone() -> None:
    items = [an_item(1, 100, 100), an_item(2, 25, 50, is_pending_review=True)]
    stored = totals_of(items, points()).course
    assert (stored.current.score, stored.final.score) == (100.0, 83.33)


@pytest.mark.parametrize(("policy", "shown"), [(TotalsPolicy(), 90.0), (FEATURE_OFF, 70.0)])
def test_anonymous_work_that_is_not_posted_counts_by_a_switch(policy: TotalsPolicy, shown: float) -> None:
    hidden = an_item(2, 50, 100, is_posted=False, has_unposted_anonymous=True)
    assert total_column([an_item(1, 90, 100), hidden], points(), policy=policy).score == shown


def test_an_excuse_that_is_not_posted_is_a_zero_in_the_posted_final_total() -> None:
    hidden = an_item(2, None, 100, is_excused=True, is_posted=False)
    stored = totals_of([an_item(1, 90, 100), hidden], points()).course
    assert (stored.current.score, stored.final.score) == (90.0, 45.0)


def test_an_override_is_the_final_score_and_the_column_stays() -> None:
    items = work((89.5, 100))
    assert effective_final_score(totals_of(items, points()).course.final, 95.0) == 95.0
    assert total_column(items, points()).score == 89.5
