"""D01 to D16: what is dropped, in the numbers of Canvas's own specifications; both sides agree here."""

import pytest

from simulator.canvas.rules.totals import (
    ColumnView,
    DropRules,
    GradingSetup,
    Group,
    Item,
    total_column,
    totals_of,
)
from tests.unit.canvas.totals.builders import Case, Check, Numbers, an_item, case, check, dropping, seen, work

UNGRADED = None
HUGE = 1e50


def kept(current: tuple[float, float] | None = None, final: tuple[float, float] | None = None) -> Numbers:
    """Points earned and possible that are left, from the server and from the browser."""
    found: Numbers = {}
    for name, column, pair in (("current", "column", current), ("final", "column final", final)):
        if pair is not None:
            found |= {f"{name}.points": pair[0], f"{name}.possible": pair[1]}
            found |= {f"{column} points": pair[0], f"{column} possible": pair[1]}
    return found


def five(fourth: float = 3) -> list[Item]:
    return work((100, 100), (42, 91), (14, 55), (fourth, 38), (UNGRADED, 1000))


def three(third: float | None, first: tuple[float | None, float] = (31, 40)) -> list[Item]:
    return work(first, (17, 24), (third, 10))


D16_ITEMS = [
    an_item(1, 35.0, 150),
    an_item(2, 99.6, 150, is_posted=False),
    an_item(3, 142.7, 150),
    an_item(4, 42.0, 150, 2),
    an_item(5, 95.0, 150, 2, is_posted=False),
    an_item(6, 131.4, 150, 2),
]
D16_GROUPS = (Group(1, 45, DropRules(lowest=1)), Group(2, 55, DropRules(lowest=1)))

CASES = [
    case("D01", check(three(6), dropping(1), kept((48, 64)))),
    case("D02", check(three(7), dropping(1), kept((38, 50)))),
    case("D03", check(three(6, (31, 0)), dropping(1), kept((37, 10)))),
    case("D04", check(three(UNGRADED), dropping(1), kept((31, 40), (48, 64)))),
    case("D05", check(five(), dropping(2), kept((103, 138), (156, 246)))),
    case("D06", check(five(), dropping(4), kept((100, 100), (100, 100)))),
    case("D07", check(five(), dropping(1, 1), kept((56, 146), (59, 184)))),
    case("D08", check(five(), dropping(2, 2), kept((103, 138), (14, 55)))),
    case("D09", check(five(), dropping(2, 3), kept((103, 138), (156, 246)))),
    case(
        "D10",
        check(three(6), dropping(highest=1), kept((23, 34))),
        check(three(10), dropping(highest=1), kept((48, 64))),
        check(three(6, (UNGRADED, 40)), dropping(highest=1), kept((6, 10), (6, 50))),
    ),
    case(
        "D11",
        check(five(30), dropping(highest=2), kept((56, 146), (44, 1093))),
        check(five(30), dropping(highest=4), kept((186, 284), (0, 1000))),
        check(five(30), dropping(highest=5), kept((186, 284), (186, 1284))),
    ),
    case(
        "D12",
        *(
            check(work((10, 0), (5, 0), (20, 0), (0, 0)), setup, kept((points, 0)))
            for setup, points in ((dropping(1), 35), (dropping(highest=1), 15), (dropping(2, 1), 10))
        ),
    ),
    case("D13", check(work((10, 10), (10, 10), (10, 10)), dropping(1), kept((20, 20)))),
    case("D14", check(work((10, 0), (10, 0), (10, 0)), dropping(1), kept((20, 0)))),
    case(
        "D15",
        check(
            work((UNGRADED, 20), (3, 10), (UNGRADED, 10), (UNGRADED, HUGE), (UNGRADED, None)),
            dropping(2),
            kept((3, 10), (3, 20)),
        ),
    ),
    case(
        "D16",
        check(
            D16_ITEMS,
            GradingSetup(D16_GROUPS, weighs_groups=True),
            {
                "current": 90.99,
                "final": 58.45,
                "unposted_current": 77.85,
                "unposted_final": 77.85,
                "current.points": 90.99,
                "column": 77.85,
                "column final": 77.85,
                "group 1 current": 95.13,
                "group 2 current": 87.60,
                "group 1 final": 59.23,
                "group 2 final": 57.80,
                "group 1 unposted_current": 80.77,
                "group 2 unposted_current": 75.47,
                "group 1 unposted_final": 80.77,
                "group 2 unposted_final": 75.47,
            },
        ),
        check(
            D16_ITEMS,
            GradingSetup(D16_GROUPS),
            {
                "current": 91.37,
                "final": 58.52,
                "unposted_current": 78.12,
                "unposted_final": 78.12,
                "current.points": 274.1,
                "final.points": 351.1,
                "unposted_current.points": 468.7,
                "unposted_final.points": 468.7,
                "column": 78.12,
            },
        ),
    ),
]


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.id)
def test_golden_drops(given: Case) -> None:
    assert [seen(each) for each in given.checks] == [each.expected for each in given.checks]


@pytest.mark.parametrize(
    ("name", "number", "dropped"),
    [
        ("D01", 0, {3}),
        ("D02", 0, {2}),
        ("D03", 0, {2}),
        ("D05", 0, {2, 3}),
        ("D13", 0, {3}),
    ],
)
def test_which_work_is_dropped_from_the_current_total(name: str, number: int, dropped: set[int]) -> None:
    given = check_of(name, number)
    assert totals_of(given.items, given.setup).dropped_current == dropped
    assert total_column(given.items, given.setup).dropped == dropped


def test_of_twins_worth_no_points_the_browser_drops_the_lowest_id() -> None:
    given = check_of("D14", 0)
    assert total_column(given.items, given.setup).dropped == {1}


def test_each_total_may_drop_other_work() -> None:
    given = check_of("D04", 0)
    totals = totals_of(given.items, given.setup)
    assert totals.dropped_current == {2}
    assert totals.dropped_final == {3}
    cell = total_column(given.items, given.setup, ColumnView(ungraded_as_zero=True))
    assert cell.dropped == {3}


def check_of(name: str, number: int) -> Check:
    return next(each for each in CASES if each.id == name).checks[number]
