"""A semester composed of quarters and an exam, in worked numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest

from simulator.synergy.totals import (
    FOUR_POINT,
    AssignmentType,
    ClassTotal,
    Entry,
    Item,
    Term,
    TotalsPolicy,
    class_total,
    composed_total,
)

WORK = (AssignmentType("work", "Work", Decimal(100)),)
ADDING_UP = TotalsPolicy(method="weighted")


def a_total(number: int, earned: str, possible: str, policy: TotalsPolicy = ADDING_UP) -> ClassTotal:
    """What one assignment comes to."""
    item = Item(number, "work", Decimal(possible), Decimal(possible), date(2026, 9, 14))
    return class_total([item], {number: Entry(Decimal(earned))}, WORK, None, policy)


def nothing_yet(policy: TotalsPolicy = ADDING_UP) -> ClassTotal:
    return class_total([], {}, WORK, None, policy)


def a_semester(*marks: tuple[str, ClassTotal], policy: TotalsPolicy = ADDING_UP) -> ClassTotal:
    terms = [
        Term(f"t{place}", f"Part {place}", "grading_period", Decimal(weight), total)
        for place, (weight, total) in enumerate(marks)
    ]
    return composed_total(terms, policy)


def test_two_quarters_and_an_exam_count_by_their_weights() -> None:
    total = a_semester(
        ("45", a_total(1, "80", "100")), ("45", a_total(2, "90", "100")), ("10", a_total(3, "60", "100"))
    )
    assert (str(total.raw), total.mark, total.exported) == ("82.50", "B", "82.50%")
    rows = [(str(row.percentage), str(row.contribution), str(row.share), row.mark) for row in total.terms]
    assert rows == [
        ("80.00", "36.00", "45.00", "B"),
        ("90.00", "40.50", "45.00", "A"),
        ("60.00", "6.00", "10.00", "D"),
    ]
    assert ([row.number for row in total.items], total.types) == ([1, 2, 3], ())


def test_a_semester_of_90_and_an_exam_of_10() -> None:
    total = a_semester(("90", a_total(1, "17", "20")), ("10", a_total(2, "19", "20")))
    assert (str(total.raw), str(total.points), str(total.possible)) == ("86.00", "36.00", "40.00")


@pytest.mark.parametrize(("marks", "raw"), [("exact", "28.57"), ("rounded", "28.58")])
def test_whether_the_marks_go_in_rounded_is_a_reading(marks: Literal["exact", "rounded"], raw: str) -> None:
    policy = TotalsPolicy(term_marks=marks)
    total = a_semester(
        ("50", a_total(1, "3", "7", policy)), ("50", a_total(2, "1", "7", policy)), policy=policy
    )
    assert str(total.raw) == raw


def test_a_rounded_mark_on_another_scale_goes_in_as_its_percentage() -> None:
    policy = TotalsPolicy(term_marks="rounded", scale=FOUR_POINT, decimals=1)
    first, second = a_total(1, "85.83", "100", policy), a_total(2, "60", "100", policy)
    assert (str(first.raw), str(second.raw)) == ("3.4", "2.4")
    total = a_semester(("50", first), ("50", second), policy=policy)
    assert (str(total.raw), total.exact, total.exported) == ("2.9", Fraction(145, 2), "")


@pytest.mark.parametrize(
    ("absent", "raw", "mark", "shares"),
    [
        ("redistributed", "85.00", "B", ["50.00", "50.00", "0.00"]),
        ("as_zero", "76.50", "C", ["45.00", "45.00", "10.00"]),
        ("no_mark", "0.00", "N/A", ["0.00", "0.00", "0.00"]),
    ],
)
def test_what_a_missing_exam_makes_of_the_semester_is_a_reading(
    absent: Literal["redistributed", "as_zero", "no_mark"], raw: str, mark: str, shares: list[str]
) -> None:
    policy = TotalsPolicy(absent_term=absent)
    total = a_semester(
        ("45", a_total(1, "80", "100")),
        ("45", a_total(2, "90", "100")),
        ("10", nothing_yet()),
        policy=policy,
    )
    assert (str(total.raw), total.mark) == (raw, mark)
    assert ([str(row.share) for row in total.terms], total.terms[2].percentage) == (shares, None)


@pytest.mark.parametrize("absent", ["redistributed", "as_zero", "no_mark"])
def test_without_any_mark_there_is_none(absent: Literal["redistributed", "as_zero", "no_mark"]) -> None:
    policy = TotalsPolicy(absent_term=absent)
    total = a_semester(("60", nothing_yet()), ("40", nothing_yet()), policy=policy)
    assert (total.exact, total.mark, total.exported) == (None, "N/A", "100.00%")


def test_a_class_that_truncates_truncates_its_semester_and_its_parts() -> None:
    policy = TotalsPolicy(class_rounding=False, decimals=1)
    total = a_semester(
        ("50", a_total(1, "2", "3", policy)), ("50", a_total(2, "5", "6", policy)), policy=policy
    )
    assert (str(total.raw), [str(row.percentage) for row in total.terms]) == ("75.0", ["66.66", "83.33"])
