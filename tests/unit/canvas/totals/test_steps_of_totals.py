"""The steps on their own: which work enters, which period it is in, how numbers and letters come out."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal, localcontext

import pytest

from simulator.canvas.rules.totals import (
    DEFAULT_SCHEME,
    DropRules,
    DueOverride,
    GradingScheme,
    GradingSetup,
    Group,
    Item,
    Total,
    TotalsPolicy,
    effective_due_at,
    effective_final_score,
    totals_of,
)
from simulator.canvas.rules.totals.javascript import number_text
from simulator.canvas.rules.totals.letters import letter_on, stored_ladder
from simulator.canvas.rules.totals.periods import WeightedScore, period_of, total_of_periods
from simulator.canvas.rules.totals.rounding import exact_possible, round_half_up
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

POSTED = an_item(1, 90, 100)


def scores(items: list[Item], setup: GradingSetup | None = None, **options: object) -> list[float | None]:
    """Current, final, unposted current, unposted final."""
    course = totals_of(items, setup or points(), **options).course  # type: ignore[arg-type]
    each = (course.current, course.final, course.unposted_current, course.unposted_final)
    return [total.score for total in each]


class TestWhichWorkEnters:
    def test_excused_work_counts_nowhere(self) -> None:
        assert scores([POSTED, an_item(2, None, 100, is_excused=True)]) == [90.0] * 4

    def test_a_hidden_excuse_is_a_zero_in_the_posted_final_total(self) -> None:
        hidden = an_item(2, None, 100, is_excused=True, is_posted=False)
        assert scores([POSTED, hidden]) == [90.0, 45.0, 90.0, 90.0]
        policy = TotalsPolicy(hidden_excuse="left_out")
        assert scores([POSTED, hidden], policy=policy) == [90.0] * 4

    @pytest.mark.parametrize(
        "left_out",
        [{"is_published": False}, {"is_gradeable": False}, {"is_assigned": False}, {"is_omitted": True}],
    )
    def test_work_that_is_not_there_for_the_student_counts_nowhere(self, left_out: dict[str, bool]) -> None:
        assert scores([POSTED, an_item(2, 10, 100, **left_out)]) == [90.0] * 4

    def test_work_of_a_group_that_is_gone_counts_nowhere(self) -> None:
        assert scores([POSTED, an_item(2, 10, 100, group=9)]) == [90.0] * 4

    def test_hidden_work_is_a_zero_in_the_posted_final_total_alone(self) -> None:
        assert scores([POSTED, an_item(2, 50, 100, is_posted=False)]) == [90.0, 45.0, 70.0, 70.0]

    def test_work_worth_no_points_adds_its_score(self) -> None:
        assert scores([POSTED, an_item(2, 5, None)]) == [95.0] * 4

    def test_a_score_may_be_over_the_points_possible_or_below_zero(self) -> None:
        assert scores([an_item(1, 130, 100)]) == [130.0] * 4
        assert scores(work((-5, 10), (10, 10))) == [25.0] * 4

    def test_a_what_if_score_beats_hiding_and_an_excuse(self) -> None:
        trial = an_item(2, None, 100, is_excused=True, is_posted=False, what_if=50)
        assert scores([POSTED, trial]) == [70.0] * 4

    def test_a_student_who_left_keeps_only_what_was_there(self) -> None:
        items = [POSTED, an_item(2, None, 100, has_submission=False), an_item(3, 10, 100, is_posted=False)]
        assert scores(items) == [90.0, 30.0, 50.0, 33.33]
        assert scores(items, is_concluded=True) == [90.0, 90.0, 50.0, 50.0]


class TestGroups:
    def test_a_group_without_points_possible_vanishes_with_what_was_earned_in_it(self) -> None:
        bonus = in_groups([(8, 10)], [(5, 0)])
        assert scores(bonus, weights(90, 10)) == [80.0] * 4
        assert scores(bonus, points(2)) == [130.0] * 4

    def test_the_total_is_built_from_unrounded_sums(self) -> None:
        thirds = in_groups([(1, 3)], [(1, 3)], [(1, 3)])
        assert scores(thirds, weights(33.34, 33.34, 33.34)) == [33.34] * 4

    def test_without_any_weight_there_is_no_total(self) -> None:
        totals = totals_of(work((9, 10)), weights(0))
        assert totals.course.current == Total(None, None)
        assert totals.groups[1].current == Total(90.0, 9.0, 10.0)

    def test_a_twin_worth_other_points_matters_to_the_server(self) -> None:
        twins = [an_item(1, 5, 10), an_item(2, 10, 20), an_item(3, 30, 40, group=2)]
        setup = GradingSetup((Group(1, 0.0, DropRules(lowest=1)), Group(2)))
        high, low = TotalsPolicy(), TotalsPolicy(twin_dropped="lowest_id")
        assert (scores(twins, setup, policy=high)[0], scores(twins, setup, policy=low)[0]) == (70.0, 66.67)
        assert totals_of(twins, setup, policy=low).dropped_current == {1}

    def test_among_work_worth_no_points_the_server_drops_the_same_twin(self) -> None:
        items = work((10, 0), (10, 0), (10, 0))
        assert totals_of(items, dropping(1)).dropped_current == {3}
        low = TotalsPolicy(twin_dropped="lowest_id")
        assert totals_of(items, dropping(1), policy=low).dropped_current == {1}

    def test_when_only_work_worth_no_points_survives_dropping_the_highest_drops_low_scores(self) -> None:
        items = work((1, 10), (2, 10), (9, 0), (7, 0), (8, 0))
        totals = totals_of(items, dropping(2, 1))
        assert totals.dropped_current == {1, 2, 4}

    def test_the_search_stops_at_the_square_of_the_most_points(self) -> None:
        """Two choices make 200 percent; which one is kept hangs on how close the last guess came."""
        totals = totals_of(work((8, 2), (12, 8), (2, 3)), dropping(1))
        assert totals.course.current == Total(200.0, 20.0, 10.0)

    def test_what_is_never_dropped_counts_beside_the_rest(self) -> None:
        items = work((5, 10), (7, 10), (9, 10))
        assert scores(items, dropping(1, never=(1,))) == [70.0] * 4
        assert scores(items, dropping(1, 1, never=(1, 2, 3))) == [70.0] * 4


class TestPeriods:
    @pytest.mark.parametrize(
        ("due_at", "period"),
        [
            (AUTUMN.starts_at, None),
            (AUTUMN.starts_at + timedelta(seconds=59), None),
            (AUTUMN.starts_at + timedelta(minutes=1), 1),
            (AUTUMN.ends_at, 1),
            (AUTUMN.ends_at + timedelta(seconds=59), 1),
            (AUTUMN.ends_at + timedelta(minutes=1), 2),
            (WINTER.ends_at + timedelta(minutes=1), None),
            (None, 2),
        ],
    )
    def test_the_start_of_a_period_is_outside_and_its_end_inside(
        self, due_at: datetime | None, period: int | None
    ) -> None:
        assert period_of(due_at, (WINTER, AUTUMN)) == period

    def test_without_periods_work_is_in_none(self) -> None:
        assert period_of(None, ()) is None

    def test_work_outside_all_periods_counts_in_the_course_unless_periods_are_weighted(self) -> None:
        items = [an_item(1, 0, 10, due_at=IN_SUMMER), an_item(2, 10, 10, due_at=IN_AUTUMN)]
        assert scores(items, in_periods(points()))[0] == 50.0
        assert scores(items, in_periods(points(), 100, 0))[0] == 100.0

    def test_each_period_has_a_row_and_groups_count_the_whole_course(self) -> None:
        items = [an_item(1, 5, 10, due_at=IN_AUTUMN), an_item(2, 9, 10, due_at=IN_WINTER)]
        totals = totals_of(items, in_periods(points()))
        assert {key: row.current.score for key, row in totals.periods.items()} == {1: 50.0, 2: 90.0}
        assert totals.groups[1].current.score == 70.0

    def test_the_sum_of_periods_is_made_of_floats(self) -> None:
        stored = [WeightedScore(42.86, 50), WeightedScore(14.29, 50)]
        assert total_of_periods(stored, ungraded_as_zero=False) == 28.58
        assert total_of_periods([], ungraded_as_zero=False) is None


class TestDueDates:
    BASE = IN_AUTUMN

    def test_without_overrides_everyones_date_holds(self) -> None:
        assert effective_due_at(self.BASE, ()) == self.BASE
        assert effective_due_at(None, ()) is None

    def test_an_override_beats_everyones_date_even_with_an_earlier_one(self) -> None:
        assert effective_due_at(self.BASE, [DueOverride(IN_SUMMER)]) == IN_SUMMER

    def test_the_latest_override_wins_and_no_date_is_the_latest(self) -> None:
        several = [DueOverride(IN_WINTER), DueOverride(IN_SUMMER)]
        assert effective_due_at(self.BASE, several) == IN_WINTER
        assert effective_due_at(self.BASE, [*several, DueOverride(None)]) is None

    def test_an_override_without_a_date_of_its_own_loses_to_one_with(self) -> None:
        inheriting = DueOverride(None, sets_due_at=False)
        assert effective_due_at(self.BASE, [inheriting]) == self.BASE
        assert effective_due_at(self.BASE, [inheriting, DueOverride(IN_SUMMER)]) == IN_SUMMER


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "rounded"),
        [
            (2.675, 2.68),
            (1.005, 1.01),
            (93.825, 93.83),
            (80.905, 80.91),
            (-2.675, -2.68),
            (1e22, 1e22),
            (1e300, 1e300),
            (float("inf"), float("inf")),
        ],
    )
    def test_halves_go_away_from_zero_as_the_shortest_text_says(self, number: float, rounded: float) -> None:
        assert round_half_up(number) == rounded

    @pytest.mark.parametrize(
        ("possible", "read"),
        [(0.1 + 0.2, "0.3"), (1234567.89, "1234567.89"), (1234567.8901234567, "1234567.89012346")],
    )
    def test_the_server_reads_points_possible_to_fifteen_digits(self, possible: float, read: str) -> None:
        assert exact_possible(possible) == Decimal(read)

    def test_a_total_beyond_the_range_of_floats_is_none(self) -> None:
        assert scores([an_item(1, 1e308, 1e-300)]) == [None] * 4
        assert scores(work((1.7e308, 10), (1.7e308, 20)), dropping(1)) == [None] * 4

    def test_the_callers_decimal_context_moves_nothing(self) -> None:
        items, setup = in_groups([(1, 3)], [(2, 7)]), weights(50, 50)
        expected = scores(items, setup)
        with localcontext() as context:
            context.prec = 3
            assert scores(items, setup) == expected

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (10.0, "10"),
            (-0.5, "-0.5"),
            (0.000001, "0.000001"),
            (1e-7, "1e-7"),
            (1.25e-7, "1.25e-7"),
            (123456.789, "123456.789"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (float("inf"), "Infinity"),
            (float("-inf"), "-Infinity"),
            (float("nan"), "NaN"),
        ],
    )
    def test_a_number_in_javascripts_words(self, number: float, text: str) -> None:
        assert number_text(number) == text


class TestLetters:
    @pytest.mark.parametrize(
        ("score", "letter"),
        [
            (94.0, "A"),
            (93.99, "A-"),
            (90.0, "A-"),
            (89.99, "B+"),
            (61.0, "D-"),
            (60.99, "F"),
            (0.0, "F"),
            (-3.0, "F"),
            (250.0, "A"),
            (None, None),
        ],
    )
    def test_the_default_scheme_rounds_nothing_up(self, score: float | None, letter: str | None) -> None:
        assert letter_on(stored_ladder(DEFAULT_SCHEME), score) == letter

    def test_cutoffs_are_stored_to_a_hundredth_of_a_percent(self) -> None:
        ladder = stored_ladder(GradingScheme((("A", 0.89994), ("F", 0))))
        assert (letter_on(ladder, 89.99), letter_on(ladder, 89.98)) == ("A", "F")

    def test_without_a_scheme_there_are_no_letters(self) -> None:
        assert totals_of([POSTED], points()).course.current.letter is None
        assert totals_of([POSTED], points(scheme=DEFAULT_SCHEME)).course.current.letter == "A-"

    @pytest.mark.parametrize(
        ("rows", "words"), [((("A", 0.9),), "needs a letter from 0 on"), ((("F", 0.0), ("A", 0.9)), "best")]
    )
    def test_a_scheme_must_have_a_letter_for_every_score(
        self, rows: tuple[tuple[str, float], ...], words: str
    ) -> None:
        with pytest.raises(ValueError, match=words):
            GradingScheme(rows)


def test_an_override_is_the_final_score_and_changes_nothing_else() -> None:
    final = totals_of([POSTED], points()).course.final
    assert (effective_final_score(final, None), effective_final_score(final, 95.0)) == (90.0, 95.0)


def test_the_periods_of_a_set_are_found_whatever_their_order() -> None:
    items = [an_item(1, 5, 10, due_at=IN_AUTUMN), an_item(2, 9, 10)]
    setup = in_periods(points())
    turned = replace(setup, periods=setup.periods[::-1])
    assert totals_of(items, turned) == totals_of(items, setup)
    assert totals_of(items, setup).periods[2].current.score == 90.0
