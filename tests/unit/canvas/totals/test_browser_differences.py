"""Where the teacher's Total column and the stored total of the same work part, each with both numbers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from simulator.canvas.rules.totals import (
    ALL_PERIODS,
    DEFAULT_SCHEME,
    ColumnView,
    DropRules,
    GradingScheme,
    GradingSetup,
    Group,
    Item,
    period_at_first,
    total_column,
    totals_of,
)
from tests.unit.canvas.totals.builders import (
    AUTUMN,
    IN_AUTUMN,
    IN_SUMMER,
    IN_WINTER,
    WINTER,
    an_item,
    dropping,
    in_groups,
    in_periods,
    points,
    weights,
    work,
)


def stored_and_shown(items: list[Item], setup: GradingSetup) -> tuple[float | None, float | None]:
    """The stored total over hidden work too, and the column over the same."""
    return totals_of(items, setup).course.unposted_current.score, total_column(items, setup).score


SEVENTHS = [an_item(1, 3, 7, due_at=IN_AUTUMN), an_item(2, 1, 7, due_at=IN_WINTER)]


class TestDropping:
    def test_the_browser_takes_its_precision_from_the_work_that_may_be_dropped(self) -> None:
        items = work((4, 2), (3, 1), (97, 100))
        assert stored_and_shown(items, dropping(1, never=(3,))) == (99.02, 99.01)

    def test_the_browser_sorts_percentages_as_text(self) -> None:
        assert stored_and_shown(work((24, 2), (5, 2), (15, 1)), dropping(2)) == (1500.0, 1200.0)

    def test_the_browser_looks_for_points_only_in_the_work_that_may_be_dropped(self) -> None:
        items, setup = work((10, 0), (10, 0), (3, 10)), dropping(1, never=(3,))
        assert stored_and_shown(items, setup) == (130.0, 130.0)
        assert totals_of(items, setup).dropped_current == {2}
        assert total_column(items, setup).dropped == {1}


class TestWeightedPeriods:
    def test_the_browser_adds_up_periods_that_are_not_rounded(self) -> None:
        assert stored_and_shown(SEVENTHS, in_periods(points(), 50, 50)) == (28.58, 28.57)

    def test_where_groups_are_weighted_both_add_up_rounded_periods(self) -> None:
        assert stored_and_shown(SEVENTHS, in_periods(weights(100), 50, 50)) == (28.58, 28.58)

    def test_the_points_of_a_golden_case_differ_by_a_hundredth(self) -> None:
        items = [
            *work((10, 10), (5, 10)),
            an_item(3, 12, 20, 2, due_at=IN_WINTER),
            an_item(4, 16, 40, 3, due_at=IN_WINTER),
        ]
        dated = [replace(item, due_at=item.due_at or IN_AUTUMN) for item in items]
        assert stored_and_shown(dated, in_periods(points(3), 50, 50)) == (60.84, 60.83)

    def test_before_anything_is_graded_the_browser_shows_a_zero(self) -> None:
        ungraded = [replace(item, score=None) for item in SEVENTHS]
        assert stored_and_shown(ungraded, in_periods(points(), 50, 50)) == (None, 0.0)

    def test_a_period_whose_groups_have_no_weight_is_a_zero_to_the_browser(self) -> None:
        items = [an_item(1, 9, 10, 1, due_at=IN_AUTUMN), an_item(2, 8, 10, 2, due_at=IN_WINTER)]
        assert stored_and_shown(items, in_periods(weights(0, 100), 50, 50)) == (80.0, 40.0)


class TestNumbers:
    @pytest.mark.parametrize(
        ("items", "setup", "both"),
        [
            (
                in_groups([(11.8, 12)], [(82, 82)], [(89.5, 100)], [(85, 100)], [(85, 100)], [(83, 100)]),
                weights(12, 10, 15, 21, 21, 21),
                (88.36, 88.35),
            ),
            (in_groups([(1, 3)], [(57.15, 100)]), weights(30, 70), (50.01, 50.0)),
            (in_groups([(1, 3)], [(0, 100)]), weights(29.985, 70.015), (10.0, 9.99)),
        ],
    )
    def test_the_browser_rounds_quotients_of_twenty_decimals_and_the_server_floats(
        self, items: list[Item], setup: GradingSetup, both: tuple[float, float]
    ) -> None:
        assert stored_and_shown(items, setup) == both

    def test_below_full_weight_both_round_floats(self) -> None:
        items = in_groups([(1, 3)], [(57.15, 100)])
        assert stored_and_shown(items, weights(15, 35)) == (50.01, 50.01)

    def test_the_browser_cuts_a_cutoff_above_100_percent_to_four_digits(self) -> None:
        scheme = GradingScheme((("A*", 1.0001), ("A", 0.9), ("F", 0)))
        items, setup = work((10, 10)), points(scheme=scheme)
        assert totals_of(items, setup).course.unposted_current.letter == "A"
        assert total_column(items, setup).letter == "A*"


class TestWhatTheColumnShows:
    items = (an_item(1, 8, 10), an_item(2, 60, 100, is_posted=False), an_item(3, None, 20))

    def test_it_counts_hidden_work_that_the_student_does_not_see(self) -> None:
        stored = totals_of(self.items, points()).course
        assert (stored.current.score, stored.unposted_current.score) == (80.0, 61.82)
        assert total_column(self.items, points()).score == 61.82

    def test_ungraded_work_can_be_viewed_as_zero(self) -> None:
        cell = total_column(self.items, points(), ColumnView(ungraded_as_zero=True))
        assert cell.score == totals_of(self.items, points()).course.unposted_final.score == 52.31

    def test_the_period_filter_makes_it_the_total_of_that_period(self) -> None:
        items = [an_item(1, 50, 100, due_at=IN_AUTUMN), an_item(2, 90, 100, due_at=IN_WINTER)]
        setup = in_periods(points())
        shown = [total_column(items, setup, ColumnView(number)).score for number in (ALL_PERIODS, 1, 2)]
        assert shown == [70.0, 50.0, 90.0]

    def test_a_period_that_the_course_does_not_have_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"period_id: 7 is no period .* one of \[0, 1, 2\]"):
            total_column(SEVENTHS, in_periods(points()), ColumnView(7))

    def test_a_weighted_set_without_periods_weighs_nothing(self) -> None:
        assert stored_and_shown(SEVENTHS, points(weighs_periods=True)) == (28.57, 28.57)

    def test_a_period_of_a_weighted_set_is_not_weighted_itself(self) -> None:
        cell = total_column(SEVENTHS, in_periods(points(), 50, 50), ColumnView(2, as_points=True))
        assert (cell.score, cell.points, cell.possible, cell.shows_points) == (14.29, 1.0, 7.0, True)

    def test_points_are_shown_where_nothing_is_weighted(self) -> None:
        view = ColumnView(as_points=True)
        assert total_column(self.items, points(), view).shows_points
        assert not total_column(self.items, weights(100), view).shows_points
        assert total_column(self.items, weights(100), view).points is None

    def test_nothing_possible_is_a_dash(self) -> None:
        assert total_column(work((5, 0)), points()).score is None
        assert total_column([], weights(100), ColumnView(ungraded_as_zero=True)).score is None

    def test_it_has_a_letter_under_a_scheme(self) -> None:
        setup = points(scheme=DEFAULT_SCHEME)
        assert total_column(work((8999, 10000)), setup).letter == "B+"
        assert total_column(work((90, 100)), setup).letter == "A-"
        assert total_column(work((-5, 100)), setup).letter == "F"

    def test_the_drop_rules_of_a_period_are_its_own(self) -> None:
        items = [
            an_item(number, score, 10, due_at=due)
            for number, (score, due) in enumerate(
                [(5, IN_AUTUMN), (9, IN_AUTUMN), (6, IN_WINTER), (10, IN_WINTER)], 1
            )
        ]
        setup = GradingSetup((Group(1, 0.0, DropRules(lowest=1)),))
        assert stored_and_shown(items, setup) == (83.33, 83.33)
        assert stored_and_shown(items, in_periods(setup, 50, 50)) == (95.0, 95.0)
        assert total_column(items, in_periods(setup, 50, 50)).dropped == {1, 3}


@pytest.mark.parametrize(
    ("saved", "now", "shown"),
    [
        (None, IN_AUTUMN, 1),
        (None, IN_WINTER, 2),
        (None, AUTUMN.ends_at, 1),
        (None, AUTUMN.ends_at + timedelta(seconds=1), 2),
        (None, IN_SUMMER, ALL_PERIODS),
        (2, IN_AUTUMN, 2),
        (ALL_PERIODS, IN_AUTUMN, ALL_PERIODS),
        (77, IN_AUTUMN, 1),
    ],
)
def test_a_gradebook_opens_on_the_saved_period_else_on_the_present_one(
    saved: int | None, now: datetime, shown: int
) -> None:
    assert period_at_first(saved, (AUTUMN, WINTER), now) == shown
