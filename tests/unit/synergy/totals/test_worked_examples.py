"""Twenty totals of real gradebooks, number by number.

Where they come from: gradebooks that student projects have published, of a Washington district (2018 to 2025)
and a Maryland one (S18, S20); bare numbers, nobody's marks. What is known of an example is the sum of each
type, and what its odd assignments are. Where a sum had to be split into assignments, the split is ours. The
sums 304.046 (S01) and 225.418 (S04) are known to three decimals, and the exact totals tell the fourth.

Two of them hold something that nobody can explain; what follows from the numbers all the same is checked:
S06: that class shows the mark 3.1 where its contributions give 71.46 %, which is 2.86 on the scale of 0 to 4.
     Its contributions and their sum are checked, and that no way to round makes 3.1 of them.
S19: the assignments that can be seen in its last type are 114.5/140, and the gradebook counts 106.5/130: an
     8/10 that is not the lowest is not counted, and no reason is shown. The sums, the contributions and the
     total are checked, that leaving this one out gives them, and that neither counting it nor dropping the
     lowest does. What the others are, one by one, is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from simulator.synergy.totals import FOUR_POINT, ClassTotal, ScoreType
from tests.unit.synergy.totals.builders import (
    HALF_UP,
    TRUNCATING,
    Work,
    contributions,
    exactly,
    excused,
    total_of,
    work,
)

POINTS = {"method": "points"}
PE_SCALE = ScoreType("PE", ((Decimal(4), Decimal(100)), (Decimal(3), Decimal(90)), (Decimal(2), Decimal(80))))


@dataclass(frozen=True)
class Example:
    """A gradebook, and what it exported."""

    types: list[tuple[object, list[Work]]]
    policy: dict[str, Any]
    points: list[str]
    contributions: list[str] = field(default_factory=list)
    raw: str = ""
    exported: str = ""
    exact: str = ""
    mark: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def rounding(decimals: int) -> dict[str, Any]:
    return {**HALF_UP, "decimals": decimals}


def truncating(decimals: int) -> dict[str, Any]:
    return {**TRUNCATING, "decimals": decimals}


def zeros(count: int, of: int) -> list[Work]:
    return [work(0, of) for _each in range(count)]


def ungraded(count: int, of: int = 10) -> list[Work]:
    return [work(None, of) for _each in range(count)]


def not_for_grading(count: int) -> list[Work]:
    return [work(1, 10, category="not_for_grading") for _each in range(count)]


S01 = Example(
    [(70, [work(304.0461, 325)]), (5, [work(79, 100), *zeros(11, 15)]), (25, [work(74.5, 80)])],
    rounding(1),
    ["304.05/325.00", "79.00/265.00", "74.50/80.00"],
    ["65.49", "1.49", "23.28"],
    raw="90.3",
    exported="90.30%",
    exact="90.2587",
)
S02 = Example(
    [
        (20, [work(0.825, 1), *[work(0.95, 1)] * 11, work(0.935, 1), work(0.86, 1)]),
        (5, [work(3, 4)]),
        (40, [work(0.95, 1), work(0.95, 1), work(0.94, 1), work(0.949894, 1)]),
        (20, [work(3.442114, 3.64)]),
        (15, [work(0.92, 1), *not_for_grading(8)]),
    ],
    truncating(0),
    ["11.39/12.00", "3.00/4.00", "3.79/4.00", "3.44/3.64", "0.92/1.00"],
    ["18.97", "3.75", "37.89", "18.91", "13.80"],
    raw="93",
    exported="93.00%",
    exact="93.3367",
    more={"drop_lowest": 2},
)
S03 = Example(
    [(20, [work(146, 180)]), (70, [work(255, 287)]), (10, [work(35, 40)])],
    truncating(1),
    ["146.00/180.00", "255.00/287.00", "35.00/40.00"],
    ["16.22", "62.19", "8.75"],
    raw="87.1",
    exported="87.10%",
    exact="87.1673",
)
S04 = Example(
    [(100, [work(88, 98, 40), work(20, 18), work(169.5, 185), excused(30), excused(15)])],
    {**POINTS, **rounding(1)},
    ["225.42/243.00"],
    raw="92.8",
    exact="92.7648",
)
S05 = Example(
    [(100, [work(656, 700)])], {**POINTS, **rounding(1)}, ["656.00/700.00"], raw="93.7", exact="93.7143"
)
S06 = Example(
    [
        (40, [work(15.5, 24)]),
        (10, [work(4, 6)]),
        (5, [work(4, 6)]),
        (10, [work(3.5, 4)]),
        (10, [work(3.5, 4)]),
        (10, [work(2, 4)]),
        (15, [work(3.5, 4)]),
    ],
    rounding(1),
    ["15.50/24.00", "4.00/6.00", "4.00/6.00", "3.50/4.00", "3.50/4.00", "2.00/4.00", "3.50/4.00"],
    ["25.83", "6.67", "3.33", "8.75", "8.75", "5.00", "13.13"],
    exact="71.4583",
)
S07 = Example(
    [
        (10, [work(47, 49)]),
        (20, [work(22, 23)]),
        (10, [work(103, 127)]),
        (50, [work(39, 40)]),
        (10, [work(108, 110)]),
    ],
    rounding(0),
    ["47.00/49.00", "22.00/23.00", "103.00/127.00", "39.00/40.00", "108.00/110.00"],
    ["9.59", "19.13", "8.11", "48.75", "9.82"],
    raw="95",
    exported="95.00%",
    exact="95.4007",
    more={"unlisted": [work(2, 2)]},
)
S08 = Example(
    [(20, [work(82, 96)]), (80, [work(27.5, 32)])],
    {**rounding(1), "scale": FOUR_POINT},
    ["82.00/96.00", "27.50/32.00"],
    ["17.08", "68.75"],
    raw="3.4",
    exact="85.8333",
)
S09 = Example(
    [
        (16.6, [work(27, 32)]),
        (16.6, [work(33, 36)]),
        (16.7, [work(57, 60)]),
        (16.7, [work(65, 77)]),
        (16.7, [work(30, 36)]),
        (16.7, [work(26, 32)]),
    ],
    {**rounding(1), "scale": FOUR_POINT},
    ["27.00/32.00", "33.00/36.00", "57.00/60.00", "65.00/77.00", "30.00/36.00", "26.00/32.00"],
    ["14.01", "15.22", "15.87", "14.10", "13.92", "13.57"],
    raw="3.5",
    exact="86.6707",
)
S10 = Example(
    [(75, [*[work(11, 10)] * 3, work(372.5, 418)]), (25, [work(250, 250)])],
    rounding(2),
    ["405.50/448.00", "250.00/250.00"],
    ["67.89", "25.00"],
    raw="92.89",
    exported="92.89%",
    exact="92.8850",
)
S11 = Example(
    [(80, [work(127, 152), *ungraded(4)]), (10, [work(10, 10)]), (10, [work(30, 30)])],
    rounding(0),
    ["127.00/152.00", "10.00/10.00", "30.00/30.00"],
    ["66.84", "10.00", "10.00"],
    raw="87",
    exported="87.00%",
    exact="86.8421",
)
S12 = Example(
    [(40, [work(46, 48)]), (60, [work(95, 105)])],
    rounding(1),
    ["46.00/48.00", "95.00/105.00"],
    ["38.33", "54.29"],
    raw="92.6",
    exported="92.60%",
    exact="92.6190",
)
S13 = Example(
    [
        (10, [work(469, 473), *zeros(5, 8)]),
        (60, [work(82, 120)]),
        (30, [work(89, 111), *zeros(1, 9)]),
    ],
    rounding(1),
    ["469.00/513.00", "82.00/120.00", "89.00/120.00"],
    ["9.14", "41.00", "22.25"],
    raw="72.4",
    exported="72.40%",
    exact="72.3923",
)
S14 = Example(
    [(35, [work(104, 145)]), (55, [work(296, 345)]), (10, [work(37, 46)])],
    truncating(1),
    ["104.00/145.00", "296.00/345.00", "37.00/46.00"],
    ["25.10", "47.18", "8.04"],
    raw="80.3",
    exported="80.30%",
)
S15 = Example(
    [(60, [work(59, 83)]), (40, [work(62.5, 77), *[excused(10)] * 3])],
    rounding(1),
    ["59.00/83.00", "62.50/77.00"],
    ["42.65", "32.47"],
    raw="75.1",
    exported="75.10%",
)
S16 = Example(
    [(100, [work(3, 4, 5, score_type=PE_SCALE), work(2, 4, 5, score_type=PE_SCALE), work(220.5, 295)])],
    {**POINTS, **truncating(1)},
    ["229.00/305.00"],
    raw="75.0",
    exact="75.0820",
)
S17 = Example(
    [(100, [work(173.5, 204)])], {**POINTS, **rounding(0)}, ["173.50/204.00"], raw="85", exact="85.0490"
)
S18 = Example(
    [(90, [work(10, 10)]), (10, [])],
    rounding(2),
    ["10.00/10.00", "0.00/0.00"],
    ["90.00", "0.00"],
    raw="100.00",
    exported="100.00%",
    exact="100.0000",
)
S19 = Example(
    [(10, [work(109, 116)]), (10, [work(88, 90)]), (80, [work(106.5, 130)])],
    rounding(0),
    ["109.00/116.00", "88.00/90.00", "106.50/130.00"],
    ["9.40", "9.78", "65.54"],
    raw="85",
    exported="85.00%",
    exact="84.7128",
)
S20 = Example(
    [(90, ungraded(2)), (10, [])],
    rounding(2),
    ["0.00/0.00", "0.00/0.00"],
    ["0.00", "0.00"],
    raw="0.00",
    exported="100.00%",
    mark="N/A",
)

EXAMPLES = {
    name: example for name, example in sorted(globals().items()) if name[0] == "S" and name[1:].isdigit()
}


def total_in(example: Example, **readings: Any) -> ClassTotal:  # noqa: ANN401 - passed on as it is
    return total_of(example.types, **example.policy, **example.more, **readings)


def test_all_twenty_examples_are_here() -> None:
    assert list(EXAMPLES) == [f"S{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize("reading", ["exact", "displayed"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_real_gradebook_is_computed_to_the_last_digit(name: str, reading: str) -> None:
    """Both readings of where the total comes from give every number: no example can tell them apart."""
    example = EXAMPLES[name]
    total = total_in(example, total_from=reading)
    weighted = example.policy.get("method") != "points"
    assert [f"{row.points}/{row.possible}" for row in total.types] == example.points
    assert contributions(total) == (example.contributions if weighted else ["None"])
    if example.raw:
        assert (str(total.raw), total.exported) == (example.raw, example.exported)
    if example.exact and reading == "exact":
        assert exactly(total) == example.exact
    if example.mark:
        assert total.mark == example.mark


@pytest.mark.parametrize("name", [name for name, each in EXAMPLES.items() if each.contributions])
def test_the_other_way_of_rounding_gives_other_numbers_where_the_examples_tell_them_apart(name: str) -> None:
    example = EXAMPLES[name]
    other = total_of(
        example.types,
        **{**example.policy, "class_rounding": not example.policy["class_rounding"]},
        **example.more,
    )
    same_mark = str(other.raw) == example.raw or not example.raw
    same = contributions(other) == example.contributions and same_mark
    assert same is (name in {"S08", "S18", "S20"})


def test_s04_one_assignment_is_worth_less_than_its_max_score_and_one_is_over_it() -> None:
    rows = total_in(S04).items
    assert [(str(row.points), str(row.possible)) for row in rows[:2]] == [
        ("35.92", "40.00"),
        ("20.00", "18.00"),
    ]
    assert [row.standing for row in rows[3:]] == ["excused", "excused"]


def test_s02_the_two_lowest_are_dropped_and_what_is_not_for_grading_is_not_in_the_sums() -> None:
    rows = total_in(S02).items
    assert [str(row.points) for row in rows if row.standing == "dropped"] == ["0.83", "0.86"]
    assert sum(row.standing == "not_for_grading" for row in rows) == 8


def test_s02_shown_points_would_give_another_contribution() -> None:
    shown = total_of([(40, [work(3.79, 4)])], **truncating(0))
    assert (contributions(total_in(S02))[2], contributions(shown)) == ("37.89", ["37.90"])


@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize("way", [HALF_UP, TRUNCATING], ids=["rounding", "truncating"])
@pytest.mark.parametrize("reading", ["exact", "displayed"])
def test_s06_no_way_to_round_makes_the_mark_that_the_class_shows(
    way: dict[str, Any], decimals: int, reading: str
) -> None:
    """71.4583 % is 2.8583 on a scale of 0 to 4; to show 3.1 it would have to be 76.25 % at least."""
    policy = {**way, "decimals": decimals, "scale": FOUR_POINT, "total_from": reading}
    assert str(total_of(S06.types, **policy).raw) in {"3", "2", "2.9", "2.8", "2.86", "2.85"}


@pytest.mark.parametrize("left_out", [excused(10, 8), work(8, 10, category="not_for_grading")])
def test_s19_with_one_8_of_10_left_out_the_visible_work_is_what_the_class_counts(left_out: Work) -> None:
    visible = [(10, [work(109, 116)]), (10, [work(88, 90)]), (80, [left_out, work(7, 10), work(99.5, 120)])]
    total = total_of(visible, **S19.policy)
    assert [f"{row.points}/{row.possible}" for row in total.types] == S19.points
    assert (contributions(total), str(total.raw), exactly(total)) == (S19.contributions, S19.raw, S19.exact)


def test_s19_counting_it_or_dropping_the_lowest_gives_other_contributions() -> None:
    """The whole percent would be the same, so only the contribution tells that the 8/10 is out."""
    seen = [work(8, 10), work(7, 10), work(99.5, 120)]
    others = [(10, [work(109, 116)]), (10, [work(88, 90)])]
    counting = total_of([(80, seen), *others], **S19.policy)
    dropping = total_of([(80, seen), *others], drop_lowest=1, **S19.policy)
    assert (contributions(counting)[0], str(counting.raw)) == ("65.43", "85")
    assert (contributions(dropping)[0], str(dropping.raw)) == ("66.15", "85")


def test_s07_a_type_that_is_not_weighted_is_in_no_row_and_not_in_the_total() -> None:
    total = total_in(S07)
    assert (len(total.types), total.items[-1].standing) == (5, "not_weighted")


def test_s09_weights_are_fractions_and_are_shown_as_17() -> None:
    rows = total_in(S09).types
    assert {str(row.shown_weight) for row in rows} == {"17"}
    assert sum(row.weight or 0 for row in rows) == 100


def test_s13_who_skips_the_blank_zeros_gets_another_total() -> None:
    skipping = [(weight, [each for each in works if each.entry.score]) for weight, works in S13.types]
    total = total_of(skipping, **S13.policy)
    assert (str(total.points), str(total.possible)) == ("640.00", "704.00")
    assert str(total.raw) != S13.raw


def test_s18_a_type_without_points_gives_its_weight_away_and_keeps_its_own_contribution() -> None:
    first, second = total_in(S18).types
    assert (str(first.share), str(second.share), second.mark) == ("100.00", "0.00", "N/A")


@pytest.mark.parametrize(("decimals", "raw"), [(0, "0"), (1, "0.0"), (2, "0.00")])
def test_s20_without_a_score_the_raw_number_is_zero_with_the_decimals_of_the_class(
    decimals: int, raw: str
) -> None:
    total = total_of(S20.types, **rounding(decimals))
    assert (str(total.raw), total.mark, total.exact) == (raw, "N/A", None)
    assert (str(total.points), str(total.possible)) == ("0.00", "0.00")


def test_s20_a_student_of_an_empty_class_has_no_mark_either() -> None:
    assert (total_of([]).mark, total_of([], method="points").exported) == ("N/A", "")
