"""P01 to P11: grading periods, in the numbers of Canvas's own specifications."""

from dataclasses import replace

import pytest

from simulator.canvas.rules.totals import GradingSetup, Group
from tests.unit.canvas.totals.builders import (
    IN_AUTUMN,
    IN_SUMMER,
    IN_WINTER,
    Case,
    an_item,
    case,
    check,
    in_periods,
    points,
    seen,
    weights,
)
from tests.unit.canvas.totals.test_golden_drops import D16_GROUPS, D16_ITEMS

AUTUMN_WORK = [replace(item, due_at=IN_AUTUMN) for item in D16_ITEMS[:3]]
WINTER_WORK = [replace(item, due_at=IN_WINTER) for item in D16_ITEMS[3:]]
YEAR = [*AUTUMN_WORK, *WINTER_WORK, an_item(7, None, 100, 3, due_at=IN_WINTER)]
PLAIN = GradingSetup((*D16_GROUPS, Group(3)))
UNGRADED_AUTUMN = [*(replace(item, score=None) for item in AUTUMN_WORK), *YEAR[3:]]
OMITTED_AUTUMN = [*(replace(item, is_omitted=True) for item in AUTUMN_WORK), *YEAR[3:]]
NOTHING_GRADED = [replace(item, score=None) for item in YEAR]

HOMEWORK = [an_item(1, 10, 10, 1, due_at=IN_AUTUMN), an_item(2, 5, 10, 1, due_at=IN_AUTUMN)]
TESTS = [an_item(3, 12, 20, 2, due_at=IN_WINTER), an_item(4, 16, 40, 3, due_at=IN_WINTER)]
WEIGHED = weights(60, 20, 20)

BOTH_SIDES = ("current", "final", "column", "column final")


def everywhere(score: float) -> dict[str, float | None]:
    return dict.fromkeys(BOTH_SIDES, score)


CASES = [
    case(
        "P01",
        check(
            YEAR,
            in_periods(PLAIN, 25, 75),
            {
                "period 1 current": 95.13,
                "period 2 current": 87.6,
                "period 1 final": 59.23,
                "period 2 final": 43.35,
                "current": 89.48,
                "final": 47.32,
                "current.points": 89.48,
            },
        ),
    ),
    case("P02", check(YEAR, in_periods(PLAIN, 25, 50), {"current": 90.11, "final": 48.64})),
    case("P03", check(YEAR, in_periods(PLAIN, 100, 50), {"current": 138.93, "final": 80.91})),
    case(
        "P04",
        check(YEAR, in_periods(PLAIN, 0, 0), {"current": 0.0, "final": 0.0}),
        check(YEAR, in_periods(PLAIN, None, None), {"current": 0.0, "final": 0.0}),
        check(NOTHING_GRADED, in_periods(PLAIN, 0, 0), {"current": None, "final": 0.0}),
        check(NOTHING_GRADED, in_periods(PLAIN, 25, 75), {"current": None, "final": 0.0}),
    ),
    case("P05", check(YEAR, in_periods(PLAIN, None, 50), {"current": 87.6, "final": 43.35})),
    case("P06", check(UNGRADED_AUTUMN, in_periods(PLAIN, 25, 75), {"current": 87.60})),
    case("P07", check(OMITTED_AUTUMN, in_periods(PLAIN, 25, 75), {"final": 32.51})),
    case(
        "P08",
        check(
            [*HOMEWORK, *TESTS],
            in_periods(WEIGHED, 50, 50),
            {**everywhere(62.5), "period 1 current": 75.0, "period 2 current": 50.0},
        ),
        check([*HOMEWORK, *TESTS], in_periods(points(3), 50, 50), {"column": 60.83}),
        check([*HOMEWORK, *TESTS], in_periods(WEIGHED, 25, 75), everywhere(56.25)),
        check([*HOMEWORK, *TESTS], in_periods(WEIGHED, 100, 100), everywhere(125.0)),
    ),
    case(
        "P09",
        check(
            [replace(HOMEWORK[0], due_at=IN_SUMMER), HOMEWORK[1], *TESTS],
            in_periods(WEIGHED, 50, 50),
            everywhere(50.0),
        ),
    ),
    case(
        "P10",
        check(
            HOMEWORK,
            in_periods(weights(60), 50, 50),
            {"current": 75.0, "final": 37.5, "column": 75.0, "column final": 37.5},
        ),
    ),
    case(
        "P11",
        check(
            [
                an_item(1, 5, 10, due_at=IN_SUMMER),
                an_item(2, None, 10, due_at=IN_SUMMER),
                an_item(3, 2, 10, due_at=IN_AUTUMN),
                an_item(4, None, 10, due_at=IN_AUTUMN),
            ],
            in_periods(points()),
            {"current": 35.0, "final": 17.5, "period 1 current": 20.0, "period 1 final": 10.0},
        ),
    ),
]


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.id)
def test_golden_periods(given: Case) -> None:
    assert [seen(each) for each in given.checks] == [each.expected for each in given.checks]
