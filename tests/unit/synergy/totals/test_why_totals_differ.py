"""The Synergy side of the reasons why Canvas and Synergy show different totals, smallest example each.

Canvas's number is in each name's comment where it differs. The class rounds to two decimals unless the
example is about rounding.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from simulator.synergy.totals import FOUR_POINT, ClassTotal, Entry, Period, ScoreType
from tests.unit.synergy.totals.builders import (
    TRUNCATING,
    Work,
    excused,
    missing,
    points_total,
    total_of,
    word,
    work,
)

Q1 = Period("Q1", date(2026, 8, 17), date(2026, 10, 16))
IN_Q1, IN_Q2 = {"assigned_on": date(2026, 9, 1)}, {"assigned_on": date(2026, 11, 2)}
LETTERS = ScoreType("Letters", (("B", Decimal(85)),))
PE_SCALE = ScoreType("PE", ((Decimal(3), Decimal(90)),))


def with_penalty(score: float, of: float, percent: int) -> Work:
    given = work(score, of)
    return Work(Entry(given.entry.score, penalty_percent=Decimal(percent)), given.details)


def of_types(*types: tuple[object, list[Work]], **more: Any) -> ClassTotal:  # noqa: ANN401 - passed on as it is
    return total_of(types, **more)


REASONS: dict[str, tuple[ClassTotal, str]] = {
    # Canvas 61.82, unweighted
    "weighting-on-one-side": (of_types((40, [work(8, 10)]), (60, [work(60, 100)])), "68.00"),
    # Canvas 110.00
    "weights-over-100-are-scaled": (of_types((50, [work(10, 10)]), (60, [work(40, 40)])), "100.00"),
    # Canvas 58.00, with the 10/10 in the other group
    "an-item-in-another-type": (
        of_types((20, [work(8, 10)]), (80, [work(50, 100), work(10, 10)])),
        "59.64",
    ),
    # Canvas 82.00
    "a-type-of-weight-zero": (of_types((100, [work(90, 100)]), (0, [work(5, 10)])), "90.00"),
    # Canvas final 32.00
    "what-is-ungraded-is-no-zero": (of_types((40, [work(8, 10)]), (60, [work(None, 100)])), "80.00"),
    # Canvas 90.00, filtered on the second period
    "the-mark-of-the-whole-class": (points_total(work(50, 100), work(90, 100)), "70.00"),
    # Canvas 70.00, weighted periods
    "a-running-mark": (points_total(work(90, 100), work(10, 20)), "83.33"),
    # Canvas 80.00
    "an-assignment-without-a-due-date": (
        points_total(work(80, 100, **IN_Q1), work(40, 100, **IN_Q1), period=Q1, period_membership="due_date"),
        "60.00",
    ),
    # Canvas 86.84
    "no-decimals": (points_total(work("86.8421", 100), decimals=0), "87"),
    "one-decimal": (points_total(work("86.8421", 100), decimals=1), "86.8"),
    # Canvas 87.17
    "truncated-to-one": (points_total(work("87.1673", 100), decimals=1, **TRUNCATING), "87.1"),
    "truncated-to-two": (points_total(work("87.1673", 100), **TRUNCATING), "87.16"),
    # Canvas 85.83
    "another-scale": (points_total(work("85.8333", 100), decimals=1, scale=FOUR_POINT), "3.4"),
    # Canvas 74.64, by the ratio of what is kept
    "dropping-the-lowest-percents": (
        of_types((100, [work(100, 100), work(42, 91), work(14, 55), work(3, 38)]), drop_lowest=2),
        "74.35",
    ),
    # Canvas 90.00, with a drop rule of its own
    "no-drop-rule": (points_total(work(9, 10), work(5, 10)), "70.00"),
    # Canvas 70.00, where the 5/10 is never dropped
    "nothing-is-kept-from-dropping": (
        of_types((100, [work(5, 10), work(7, 10), work(9, 10)]), drop_lowest=1),
        "80.00",
    ),
    # Canvas the same weighted, 130.00 unweighted
    "extra-credit-alone-in-its-type": (of_types((90, [work(8, 10)]), (10, [work(5, 0)])), "80.00"),
    # Canvas 80.95
    "extra-credit-adds-points": (
        points_total(work(80, 100), work(5, 5, category="extra_credit")),
        "85.00",
    ),
    # Canvas 65.15
    "max-score-and-points": (points_total(work(11.5, 13, 10), work(10, 20)), "62.82"),
    # Canvas 75.00
    "a-score-type-that-is-not-even": (points_total(work(3, 4, 5, score_type=PE_SCALE)), "90.00"),
    # Canvas 89.00
    "a-letter-on-synergys-own-scale": (points_total(word("B", 20, score_type=LETTERS)), "85.00"),
    "a-letter-sent-as-points": (points_total(work(17.8, 20)), "89.00"),
    # Canvas 90.00 without a policy for what is missing
    "missing-is-a-zero": (points_total(work(90, 100), missing(100)), "45.00"),
    # Canvas 70.00, which takes 10 % of the possible
    "a-late-penalty": (points_total(with_penalty(80, 100, 10)), "72.00"),
    "a-late-penalty-twice": (points_total(with_penalty(70, 100, 10)), "63.00"),
    # Canvas 90.00
    "excused": (points_total(work(90, 100), excused(100)), "90.00"),
    "excused-became-a-zero": (points_total(work(90, 100), work(0, 100)), "45.00"),
    # Canvas 90.00, omitted from the final grade there
    "not-marked-as-not-for-grading": (points_total(work(90, 100), work(50, 100)), "70.00"),
    # Canvas 70.00
    "not-for-grading-only-in-synergy": (
        points_total(work(90, 100), work(50, 100, category="not_for_grading")),
        "90.00",
    ),
    # Canvas 90.00, where it is deleted
    "left-over-in-synergy": (points_total(work(90, 100), work(40, 100)), "65.00"),
    # Canvas 90.00, out of 10
    "points-edited-on-one-side": (points_total(work(8, 20), work(10, 10)), "60.00"),
    # Canvas 66.67
    "a-score-that-was-rounded-on-its-way": (points_total(work(6.67, 10)), "66.70"),
    "scores-below-zero-are-taken-as-zero": (
        points_total(work(-5, 10), work(10, 10), negative_score="as_zero"),
        "50.00",
    ),
    # Canvas null
    "an-empty-class": (of_types((100, [])), "0.00"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_synergy_shows(reason: str) -> None:
    total, shown = REASONS[reason]
    assert str(total.raw) == shown


@pytest.mark.parametrize(("decimals", "mark"), [(0, "A"), (1, "A"), (2, "B")])
def test_a_letter_depends_on_the_decimals_of_the_class(decimals: int, mark: str) -> None:
    assert points_total(work("89.99", 100), decimals=decimals).mark == mark


def test_a_later_assignment_is_not_in_the_mark_of_the_first_quarter() -> None:
    works = [work(80, 100, **IN_Q1), work(40, 100, **IN_Q2)]
    total = points_total(*works, period=Q1, period_membership="assignment_date")
    assert (str(total.raw), len(total.items)) == ("80.00", 1)
