"""G01 to G30: numbers from the specifications of Canvas's grade calculators, server and browser."""

from dataclasses import replace

import pytest

from simulator.canvas.rules.totals import DropRules, GradingSetup, Group
from tests.unit.canvas.totals.builders import (
    FEATURE_OFF,
    Case,
    an_item,
    case,
    check,
    in_groups,
    points,
    seen,
    weights,
    work,
)

TWO_QUIZZES = work((2, 5), (4, 5))
AUTO_AND_HIDDEN = [an_item(1, 5, 10, 1), an_item(2, 10, 10, 2, is_posted=False)]
ANONYMOUS = an_item(3, 10, None, 1, is_posted=False, has_unposted_anonymous=True)
NOTHING_HIDDEN = [an_item(1, None, 10, 1), an_item(2, 1, 4, 1), an_item(3, 40, 40, 2)]
HIDDEN_EXTRA = [an_item(1, 500, 10, 1, is_posted=False), *NOTHING_HIDDEN[1:]]
FOUR_GROUPS = in_groups([(100, 100), (42, 91)], [(14, 55), (3, 38), (None, 1000)])


def both(score: float | None) -> dict[str, float | None]:
    return {"current": score, "final": score}


CASES = [
    case("G01", check(work((None, 10), (5, 10)), points(), {"current": 50.0, "final": 25.0})),
    case(
        "G02",
        check(
            in_groups([(11.8, 12)], [(82, 82)], [(89.5, 100)], [(85, 100)], [(85, 100)], [(83, 100)]),
            weights(12, 10, 15, 21, 21, 21),
            {"current": 88.36},
        ),
    ),
    case(
        "G03",
        check(
            in_groups([(75, 100)], [(53.75, 100)]), weights(9.9, 23.1), {"current": 60.13, "column": 60.13}
        ),
    ),
    case(
        "G04",
        check(in_groups([(267.9, 200)], [(53.7, 100)]), weights(50, 50), {"current": 93.83, "column": 93.83}),
    ),
    case("G05", check(work((88.56, 100), (69.71, 100)), points(), {"current": 79.14, "column": 79.14})),
    case(
        "G06",
        check(in_groups([(9, 10)], [(None, 40)]), points(2), {"current": 90.0, "final": 18.0}),
        check(in_groups([(9, 10)], [(None, 40)]), weights(50, 50), {"current": 90.0, "final": 45.0}),
    ),
    case(
        "G07",
        check(in_groups([(9, 10)], [(20, 40)]), weights(50, 50), both(70.0)),
        check(in_groups([(9, 10)], [(20, 40)]), points(2), both(58.0)),
    ),
    case(
        "G08",
        check(in_groups([(10, 10)], [(None, 40)]), weights(50, 60), {"current": 100.0, "final": 50.0}),
        check(in_groups([(10, 10)], [(None, 40)]), points(2), {"final": 20.0}),
    ),
    case(
        "G09",
        check(in_groups([(10, 10)], [(40, 40)]), weights(50, 60), {**both(110.0), "column": 110.0}),
        check(in_groups([(10, 10)], [(40, 40)]), points(2), both(100.0)),
    ),
    case(
        "G10",
        check(in_groups([(11, 10)], [(45, 40)]), weights(50, 60), {**both(122.5), "column": 122.5}),
        check(in_groups([(11, 10)], [(45, 40)]), points(2), both(112.0)),
        check(in_groups([(11, 10)], [(None, 40)]), weights(50, 60), {"current": 110.0, "final": 55.0}),
        check(in_groups([(11, 10)], [(None, 40)]), points(2), {"final": 22.0}),
    ),
    case(
        "G11",
        check(in_groups([(10, 10)], [(None, 40)]), weights(50, 40), {"current": 100.0, "final": 55.56}),
        check(in_groups([(10, 10)], [(40, 40)]), weights(50, 40), both(100.0)),
    ),
    case(
        "G12",
        check([an_item(1, 9, 10), an_item(2, 1, 10, is_gradeable=False)], points(), both(90.0)),
    ),
    case(
        "G13",
        check(TWO_QUIZZES, points(), both(60.0)),
        check([TWO_QUIZZES[0], replace(TWO_QUIZZES[1], is_published=False)], points(), both(40.0)),
        check(
            [TWO_QUIZZES[0], replace(TWO_QUIZZES[1], is_posted=False)],
            points(),
            {"current": 40.0, "final": 20.0},
        ),
    ),
    case(
        "G14",
        *(
            check(items, setup, expected)
            for items in (NOTHING_HIDDEN, HIDDEN_EXTRA)
            for setup, expected in (
                (points(2), {"current": 93.18, "final": 75.93}),
                (weights(50, 40), {"current": 58.33, "final": 48.41}),
            )
        ),
    ),
    case(
        "G15",
        check(
            [an_item(1, 25, 50, is_pending_review=True), an_item(2, 50, 50)],
            points(),
            {"current": 100.0, "final": 75.0},
        ),
    ),
    case("G16", check([an_item(1, 5, 10), an_item(2, 10, 10, is_omitted=True)], points(), both(50.0))),
    case(
        "G17",
        check(in_groups([(0, 10)], [(10, 10)]), weights(80, 20), {"final": 20.0}),
        check(in_groups([(0, 10), (10, 10)], []), weights(80, 20), {"final": 50.0}),
    ),
    case(
        "G18",
        check(in_groups([(10, 10)], [(None, 1)]), weights(50, 50), {"current": 100.0, "final": 50.0}),
        check(in_groups([(10, 10)], [(None, 1)]), weights(60, 40), {"final": 60.0}),
    ),
    case(
        "G19",
        check(
            AUTO_AND_HIDDEN,
            weights(50, 50),
            {
                "current": 50.0,
                "final": 25.0,
                "unposted_current": 75.0,
                "unposted_final": 75.0,
                "column": 75.0,
            },
        ),
    ),
    case(
        "G20",
        check([*AUTO_AND_HIDDEN, ANONYMOUS], weights(50, 50), {"unposted_current": 75.0, "column": 75.0}),
        check(
            [*AUTO_AND_HIDDEN, ANONYMOUS],
            weights(50, 50),
            {"unposted_current": 125.0, "column": 125.0},
            policy=FEATURE_OFF,
        ),
        check(
            [*AUTO_AND_HIDDEN, replace(ANONYMOUS, is_posted=True, has_unposted_anonymous=False)],
            weights(50, 50),
            {"unposted_current": 125.0},
        ),
    ),
    case(
        "G21",
        check(
            in_groups([(5, 10)], [(10, 10)]),
            weights(25, 75),
            {"group 1 current": 50.0, "group 2 current": 100.0},
        ),
    ),
    case(
        "G22",
        check(
            in_groups([(5, 10)], [(2.5, 10), (None, 10)]),
            weights(50, 50),
            {
                "current": 37.5,
                "final": 31.25,
                "group 1 current": 50.0,
                "group 2 current": 25.0,
                "group 1 final": 50.0,
                "group 2 final": 12.5,
            },
        ),
    ),
    case(
        "G23",
        *(
            check(
                FOUR_GROUPS,
                weights(*percents),
                {"current": current, "final": final, "column": current, "column final": final},
            )
            for percents, current, final in (
                ((50, 50), 46.31, 37.95),
                ((5, 5), 46.31, 37.95),
                ((100, 100), 92.63, 75.9),
                ((75, 25), 60.33, 56.15),
                ((33.33, 50), 40.7, 30.67),
                ((None, None), None, None),
            )
        ),
        check(
            FOUR_GROUPS,
            points(2),
            {
                "current.points": 159.0,
                "current.possible": 284.0,
                "final.points": 159.0,
                "final.possible": 1284.0,
                "column points": 159.0,
                "column possible": 284.0,
                "column final possible": 1284.0,
            },
        ),
    ),
    case(
        "G24",
        check(
            in_groups([(194.5, 200)], [(100, 100)], [(94.5, 100)], [(89.5, 100)]),
            weights(10, 10, 50, 30),
            {"current": 93.83, "column": 93.83},
        ),
    ),
    case(
        "G25",
        check(
            in_groups([(124.46, 148)], [(144.53, 148)]), weights(50, 50), {"current": 90.88, "column": 90.88}
        ),
    ),
    case(
        "G26",
        check(
            in_groups([(81.01, 100)], [(96.08, 100)]), weights(40, 40), {"current": 88.55, "column": 88.55}
        ),
    ),
    case(
        "G27",
        check(work((110.1, 120), (170.7, 180)), points(), {"current.points": 280.8, "column points": 280.8}),
    ),
    case(
        "G28",
        check(
            [],
            points(),
            {
                "current": None,
                "current.points": 0.0,
                "current.possible": 0.0,
                "column": None,
                "column points": 0.0,
                "column possible": 0.0,
            },
        ),
        check([], weights(100), {**both(None), "column": None, "column final": None}),
    ),
    case(
        "G29",
        *(
            check(
                [an_item(1, 90, 100, is_posted=posted, what_if=10), an_item(2, 50, 100)],
                points(),
                {"current": 30.0},
            )
            for posted in (True, False)
        ),
    ),
    case(
        "G30",
        check(
            [
                an_item(1, 5, 10),
                an_item(2, None, 10, is_posted=False, has_submission=False),
                an_item(3, None, 10, is_posted=False, has_submission=False),
            ],
            GradingSetup((Group(1, 0.0, DropRules(lowest=1)),)),
            both(50.0),
            is_concluded=True,
        ),
    ),
]


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.id)
def test_golden_totals(given: Case) -> None:
    assert [seen(each) for each in given.checks] == [each.expected for each in given.checks]
