"""Each number and sentence about class totals that a public source confirms, one test each.

Sources are named beside each; gradebooks are those that student projects have published, bare numbers only.
Of the Synergy help's example only 147/205 is here: the weighted half of it (70.6 %) does not name its sums.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from simulator.synergy.totals import FOUR_POINT, Band, Scale, ScoreType
from simulator.synergy.totals.rounding import rounded
from tests.unit.synergy.totals.builders import (
    HALF_UP,
    TRUNCATING,
    contributions,
    excused,
    missing,
    points_total,
    standings,
    total_of,
    word,
    work,
)

PE_SCALE = ScoreType("PE", ((Decimal(4), Decimal(100)), (Decimal(3), Decimal(90)), (Decimal(2), Decimal(80))))
GROUP_ROLES = ScoreType(
    "Group Roles",
    tuple((Decimal(mark), Decimal(percent)) for mark, percent in ((1, 50), (2, 60), (3, 90), (4, 100))),
)
RUBRIC = ScoreType("Rubric", tuple((Decimal(mark), Decimal(25 * mark)) for mark in range(5)))


def test_total_points_of_the_help_example() -> None:
    """Synergy help, assignment scoring settings: 147 of 205 is 71.7 %."""
    assert str(points_total(work(147, 205), decimals=1).raw) == "71.7"


def test_a_class_with_a_type_of_weight_zero_counts_the_others() -> None:
    """Corvallis SD 509J: Formative 25, Summative 75, Employability Skills 0."""
    total = total_of([(25, [work(8, 10)]), (75, [work(6, 10)]), (0, [work(0, 10)])])
    assert (str(total.raw), standings(total)) == ("65.00", ["counted", "counted", "not_weighted"])


@pytest.mark.parametrize(
    ("score", "max_score", "points", "shown"),
    [
        (88, 98, 40, "35.92"),
        (11.5, 13, 10, "8.85"),
        (23.5, 26, 0.77, "0.70"),
        (3, 4, 8, "6.00"),
        (1.5, 2.5, 10, "6.00"),
    ],
)
def test_a_score_is_scaled_from_max_score_to_points(
    score: float, max_score: float, points: float, shown: str
) -> None:
    """Three assignments of a gradebook, then 3 of 4 on 8 points (Synergy's own words), then one of ours."""
    (row,) = points_total(work(score, max_score, points)).items
    assert (str(row.points), row.possible) == (shown, Decimal(str(points)))


def test_points_are_added_up_unrounded() -> None:
    """A class of one gradebook: 3.789894 of 4 at 40 % is 37.89; the displayed 3.79 would be 37.90."""
    tests = [work(score, 26, 1) for score in (24.7, 24.7, 24.44)] + [work(24.697244, 26, 1)]
    total = total_of([(40, tests)], **TRUNCATING)
    assert (contributions(total), str(total.types[0].points)) == (["37.89"], "3.79")


def test_thirds_that_add_up_to_a_whole_are_not_truncated_below_it() -> None:
    assert contributions(total_of([(100, [work(1, 3, 10)] * 3)], **TRUNCATING)) == ["33.33"]
    assert contributions(total_of([(100, [work(1, 3, 1), work(2, 3, 1)] * 3)], **TRUNCATING)) == ["50.00"]


@pytest.mark.parametrize(("mark", "points"), [(4, "5.00"), (3, "4.50"), (2, "4.00")])
def test_a_score_type_is_worth_what_its_marks_are_worth(mark: int, points: str) -> None:
    """A PE class of one gradebook: 4, 3 and 2 on 5 points."""
    (row,) = points_total(work(mark, 4, 5, score_type=PE_SCALE)).items
    assert str(row.points) == points


@pytest.mark.parametrize(("mark", "percent"), [(1, "50.00"), (2, "60.00"), (3, "90.00"), (4, "100.00")])
def test_the_steps_of_a_score_type_need_not_be_even(mark: int, percent: str) -> None:
    """San Francisco USD, "Configure Score Types"."""
    assert str(points_total(work(mark, 4, 10, score_type=GROUP_ROLES)).raw) == percent


def test_a_plain_rubric_has_even_steps() -> None:
    """One gradebook: 3 of 4 on 2 points is 1.5."""
    (row,) = points_total(work(3, 4, 2, score_type=RUBRIC)).items
    assert str(row.points) == "1.50"


def test_a_mark_may_be_a_letter() -> None:
    letters = ScoreType("Letters", (("A", Decimal(95)), ("B", Decimal(85))))
    assert str(points_total(word("B", 20, score_type=letters)).items[0].points) == "17.00"


@pytest.mark.parametrize(("score", "of"), [(20, 18), (11, 10), (76.5, 75)])
def test_a_score_over_max_score_counts_in_full(score: float, of: int) -> None:
    """Three assignments of two gradebooks."""
    total = points_total(work(score, of))
    assert (float(total.points), total.exact) == (score, Fraction(str(score)) / of * 100)
    assert total.raw > 100


def test_what_has_no_score_does_not_count() -> None:
    total = points_total(work(8, 10), work(None, 10))
    assert (str(total.raw), standings(total)) == ("80.00", ["counted", "not_scored"])


def test_a_word_in_a_cell_is_no_score() -> None:
    total = points_total(work(8, 10), word("Not Graded", 10))
    assert (str(total.raw), standings(total)) == ("80.00", ["counted", "unknown_mark"])


@pytest.mark.parametrize("score", [None, 0, 3])
def test_what_is_excused_does_not_count_whatever_stands_beside_it(score: float | None) -> None:
    total = points_total(work(8, 10), excused(10, score))
    assert (str(total.raw), standings(total)) == ("80.00", ["counted", "excused"])


def test_what_is_not_for_grading_shows_its_score_and_does_not_count() -> None:
    """One gradebook has eight of them, none in the sums."""
    total = points_total(work(8, 10), work(1, 10, category="not_for_grading"))
    assert (str(total.raw), str(total.items[1].points)) == ("80.00", "1.00")


def test_a_zero_counts_also_where_the_export_leaves_it_blank() -> None:
    """The export of 2025 writes " / 20" for a score of 0, and counts it."""
    total = points_total(work(8, 10), work(0, 20))
    assert (str(total.raw), str(total.items[1].points)) == ("26.67", "0.00")


@pytest.mark.parametrize(("percent", "raw"), [(None, "90.00"), ("0", "45.00"), ("50", "70.00")])
def test_what_is_missing_is_worth_what_the_comment_code_says(percent: str | None, raw: str) -> None:
    """Eugene SD 4J: 0 unless set; Lincoln PS: 0 % and 50 %; a code without a value counts nothing."""
    value = None if percent is None else Decimal(percent)
    assert str(points_total(work(90, 100), missing(100), missing_percent=value).raw) == raw


def test_a_missing_mark_is_removed_when_scored() -> None:
    assert str(points_total(missing(10, 8)).raw) == "80.00"


@pytest.mark.parametrize("points", [None, 0])
def test_points_possible_may_be_zero_or_blank(points: object) -> None:
    """Both are in published gradebooks. That they add what is earned is a reading (zero_points_item)."""
    total = points_total(work(8, 10), work(1, 5, points))
    assert (str(total.points), str(total.possible), str(total.raw)) == ("9.00", "10.00", "90.00")


def test_a_type_without_counted_points_is_ignored_and_its_weight_spread() -> None:
    """A Maryland gradebook: 10/10 at 90 %, 0/0 at 10 %, total 100.00 %."""
    total = total_of([(90, [work(5, 10)]), (10, [excused(10), work(None, 5)])])
    assert (str(total.raw), [str(row.share) for row in total.types]) == ("50.00", ["100.00", "0.00"])


@pytest.mark.parametrize(
    ("value", "decimals", "mode", "shown"),
    [
        ("13.125", 2, "half_up", "13.13"),
        ("15.865", 2, "half_up", "15.87"),
        ("92.765", 1, "half_up", "92.8"),
        ("86.842", 0, "half_up", "87"),
        ("87.167", 1, "truncate", "87.1"),
        ("62.195", 2, "truncate", "62.19"),
        ("18.975", 2, "truncate", "18.97"),
        ("37.8989", 2, "truncate", "37.89"),
        ("47.188", 2, "truncate", "47.18"),
        ("75.082", 1, "truncate", "75.0"),
        ("0.825", 2, "half_up", "0.83"),
        ("11.385", 2, "half_up", "11.39"),
        ("-0.825", 2, "half_up", "-0.83"),
        ("-0.829", 2, "truncate", "-0.82"),
        ("-0.001", 2, "half_up", "0.00"),
        ("0", 2, "truncate", "0.00"),
    ],
)
def test_a_number_is_rounded_as_its_class_rounds(value: str, decimals: int, mode: str, shown: str) -> None:
    """Contributions and totals of published gradebooks; the ones below zero are ours."""
    assert str(rounded(Fraction(value), decimals, mode)) == shown  # type: ignore[arg-type]


def test_displayed_points_are_rounded_half_up_in_a_class_that_truncates() -> None:
    total = points_total(work(0.825, 1), work(10.56, 11), **TRUNCATING)
    assert ([str(row.points) for row in total.items], str(total.points)) == (["0.83", "10.56"], "11.39")


@pytest.mark.parametrize(("decimals", "raw"), [(0, "95"), (1, "92.6"), (2, "92.89")])
def test_a_total_has_the_decimals_of_its_class(decimals: int, raw: str) -> None:
    """Three classes of one district."""
    score = {"95": 95.4, "92.6": 92.64, "92.89": 92.885}[raw]
    assert str(points_total(work(score, 100), decimals=decimals).raw) == raw


def test_the_total_row_shows_the_rounded_total_with_two_decimals() -> None:
    """A gradebook that rounds to one decimal: "87.10%"."""
    total = total_of([(100, [work(87.167, 100)])], **TRUNCATING, decimals=1)
    assert (str(total.raw), total.exported) == ("87.1", "87.10%")


def test_a_class_that_adds_up_points_has_no_weights_and_exports_no_total_row() -> None:
    total = points_total(work(656, 700))
    (row,) = total.types
    assert (total.exported, row.weight, row.contribution, str(row.percentage)) == ("", None, None, "93.71")


@pytest.mark.parametrize(("percent", "raw"), [("85.83", "3.4"), ("86.67", "3.5")])
def test_the_raw_number_follows_the_scale_of_the_report_card(percent: str, raw: str) -> None:
    """Two classes of one gradebook, on 0 to 4; neither exports a TOTAL row."""
    total = total_of([(100, [work(percent, 100)])], **HALF_UP, decimals=1, scale=FOUR_POINT)
    assert (str(total.raw), total.mark, total.exported) == (raw, raw, "")


@pytest.mark.parametrize(
    ("score", "decimals", "mark"),
    [
        (90, 2, "A"),
        (89.99, 2, "B"),
        (89.99, 0, "A"),
        (85, 2, "B"),
        (0, 2, "F"),
        (103, 2, "A"),
        (-2, 2, "F"),
    ],
)
def test_the_letter_is_read_off_the_rounded_number(score: float, decimals: int, mark: str) -> None:
    """Bounds to the hundredth, as Tigard-Tualatin SD has them."""
    assert points_total(work(score, 100), decimals=decimals).mark == mark


def test_each_type_has_a_mark_of_its_own() -> None:
    total = total_of([(50, [work(95, 100)]), (50, [work(65, 100)])])
    assert ([row.mark for row in total.types], total.mark) == (["A", "D"], "B")


@pytest.mark.parametrize(("rounding", "percentage"), [(HALF_UP, "66.67"), (TRUNCATING, "66.66")])
def test_the_percentage_of_a_type_is_rounded_as_its_contribution(
    rounding: dict[str, bool], percentage: str
) -> None:
    (row,) = total_of([(100, [work(2, 3)])], **rounding).types  # type: ignore[arg-type]
    assert (str(row.percentage), str(row.contribution)) == (percentage, percentage)


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ((Band("A", Decimal("90.001"), Decimal(100)),), 'Mark "A" of ours: give a low bound'),
        ((Band("A", Decimal(100), Decimal(90)),), 'Mark "A" of ours: give a low bound'),
        (
            (Band("A", Decimal(90), Decimal(100)), Band("B", Decimal(80), Decimal(90))),
            'Mark "B" of ours must end below 90',
        ),
    ],
)
def test_a_scale_whose_bounds_make_no_sense_is_refused(bands: tuple[Band, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Scale("ours", Decimal(100), bands)


def test_a_score_as_large_as_a_float_can_be_is_computed_all_the_same() -> None:
    total = points_total(work("1e308", "5e-324", "1e308"))
    assert total.mark == "A"
    assert len(str(total.points)) > 600
