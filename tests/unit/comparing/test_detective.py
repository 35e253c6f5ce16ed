"""The totals detective: which causes it names for what both books show, and which it leaves alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from simulator.comparing import CanvasWork, SynergyWork, causes_of
from tests.unit.comparing.books import IN_QUARTER_2, QUARTER_1, canvas, here, rules, synergy, there

UNGRADED: dict[str, Any] = {"score": None, "standing": "ungraded"}
EMPTY: dict[str, Any] = {"score": None, "earned": None, "standing": "not_scored"}
OUT_OF_PERIOD: dict[str, Any] = {"standing": "not_in_period", "earned": None}
HALVES = {"Quizzes": Decimal(50), "Tests": Decimal(50)}
THIRDS = {"Quizzes": Decimal(20), "Tests": Decimal(40)}
A_TEST_HERE, A_TEST_THERE = here(name="Test", group="Tests"), there(name="Test", type="Tests")


def of(one: CanvasWork | None, other: SynergyWork | None) -> list[str]:
    """What is named for books that have this work and no other."""
    return rules(canvas(*([one] if one else [])), synergy(*([other] if other else [])))


def test_totals_that_agree_have_no_causes_whatever_else_differs() -> None:
    one, other = canvas(here(is_marked=False)), synergy(there(score=3.0), total="90.00")
    assert causes_of(one, other) == ()
    assert causes_of(canvas(here(**UNGRADED), total=None), synergy(total=None)) == ()


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        (here(is_marked=False), None, ["UNSYNCED"]),
        (here(), None, ["STALE"]),
        (here(**UNGRADED), None, [""]),
        (here(standing="excused", score=None, is_excused=True, is_marked=False), None, [""]),
        (here(is_marked=False), there(score=5.0), ["UNSYNCED", "STALE"]),
        (here(is_marked=False), there(), [""]),
        (here(is_marked=False, standing="filtered_out"), there(score=5.0, **OUT_OF_PERIOD), [""]),
        (None, there(), ["ORPHAN"]),
        (None, there(is_from_canvas=False), ["ORPHAN"]),
        (None, there(standing="not_for_grading"), [""]),
        (here(), there(score=5.0), ["STALE"]),
        (here(), there(**EMPTY), ["STALE"]),
        (here(possible=20.0), there(), ["STALE"]),
        (here(score=None, is_excused=True, standing="excused"), there(), ["STALE"]),
        (here(), there(is_excused=True, standing="excused"), ["STALE"]),
        (here(**UNGRADED), there(), ["STALE"]),
        (here(**UNGRADED), there(score=0.0, earned=Decimal("0.00")), ["UNGRADED", "STALE"]),
        (here(**UNGRADED), there(score=None, earned=Decimal("0.00")), ["UNGRADED"]),
        (here(score=None), there(**EMPTY), ["UNGRADED"]),
        (here(score=None), None, ["UNGRADED"]),
        (here(score=0.0, is_missing=True), there(**EMPTY), ["UNGRADED", "STALE"]),
        (here(score=0.0, is_missing=True), None, ["UNGRADED", "STALE"]),
        (here(standing="filtered_out"), there(), ["FILTER"]),
        (here(standing="filtered_out"), there(**OUT_OF_PERIOD), [""]),
        (here(), there(**OUT_OF_PERIOD), ["GRADING-PERIOD"]),
        (here(due_on=QUARTER_1.ends), there(**OUT_OF_PERIOD), ["GRADING-PERIOD"]),
        (here(due_on=IN_QUARTER_2), there(**OUT_OF_PERIOD), ["FILTER"]),
        (here(due_on=None), there(**OUT_OF_PERIOD), ["FILTER", "GRADING-PERIOD"]),
        (here(standing="dropped"), there(), [""]),
        (here(standing="left_out"), there(), [""]),
        (here(), there(standing="not_for_grading"), [""]),
        (here(), there(points=5.0), [""]),
        (here(), there(score="B", earned=Decimal("8.50")), [""]),
        (here(group="Tests"), there(), [""]),
    ],
)
def test_one_assignment_has_the_causes_that_both_books_show(
    one: CanvasWork | None, other: SynergyWork | None, named: list[str]
) -> None:
    assert of(one, other) == named


def test_every_cause_names_its_assignment_and_has_a_remedy() -> None:
    (cause,) = causes_of(canvas(here(is_marked=False)), synergy())
    assert (cause.about, cause.words) == (
        "Quiz",
        '"Quiz" counts in Canvas (9 of 10) and is not marked to sync.',
    )
    assert cause.remedy == 'Check "Sync to Synergy" on it, save, and post grades.'


def test_a_cell_that_is_otherwise_in_several_ways_is_told_in_one_sentence() -> None:
    one = canvas(here(possible=20.0, group="Tests"), here(name="Lab"), weights=HALVES)
    (cause,) = causes_of(one, synergy(there(score=5.0), there(name="Lab")))[:1]
    assert cause.words == (
        '"Quiz" is 9 in Canvas and 5 in Synergy; out of 20 in Canvas and of 10 in Synergy; in the group '
        '"Tests" in Canvas and of the type "Quizzes" in Synergy.'
    )


def test_a_copy_too_many_is_named_by_the_rule_of_duplicates() -> None:
    assert rules(canvas(here()), synergy(there(), there())) == ["DUPLICATES-DELETE"]
    assert rules(canvas(here(), here()), synergy(there(), there(score=1.0))) == ["STALE"]
    assert rules(canvas(here()), synergy(there(), there(standing="not_for_grading"))) == [""]


def test_what_was_renamed_on_one_side_is_alone_on_both() -> None:
    assert rules(canvas(here(name="Quiz 1")), synergy(there())) == ["ORPHAN", "STALE"]


def test_no_cause_that_is_known_is_told_as_well() -> None:
    (cause,) = causes_of(canvas(here()), synergy(there()))
    assert (cause.rule, cause.about) == (None, "")
    assert cause.words.startswith("The totals differ, although both books count the same work")


def test_work_that_no_rule_explains_is_told_beside_work_that_one_does() -> None:
    one = canvas(here(is_marked=False), here(name="Essay", standing="dropped"))
    assert rules(one, synergy(there(name="Essay"))) == ["UNSYNCED", ""]


class TestWeights:
    def named(self, one: dict[str, Any], other: dict[str, Any], *, both: bool = True) -> list[str]:
        more_here, more_there = ([A_TEST_HERE], [A_TEST_THERE]) if both else ([], [])
        return rules(canvas(here(), *more_here, **one), synergy(there(), *more_there, **other))

    @pytest.mark.parametrize(
        ("one", "other", "named"),
        [
            ({}, {"weights": HALVES}, ["WEIGHTS"]),
            ({"weights": HALVES}, {}, ["WEIGHTS"]),
            ({"weights": HALVES}, {"weights": THIRDS}, ["WEIGHTS"]),
            ({"weights": HALVES}, {"weights": dict.fromkeys(HALVES, Decimal(15))}, [""]),
            ({"weights": dict.fromkeys(HALVES, Decimal(15))}, {"weights": HALVES}, [""]),
            ({"weights": dict.fromkeys(HALVES, Decimal(60))}, {"weights": HALVES}, ["WEIGHTS"]),
            ({"weights": HALVES}, {"weights": {**HALVES, "Homework": Decimal(10)}}, [""]),
            ({"weights": {"Quizzes": Decimal(50)}}, {"weights": HALVES}, ["WEIGHTS"]),
            ({"weights": {}}, {"weights": HALVES}, ["WEIGHTS"]),
            ({"weights": {}}, {}, ["WEIGHTS"]),
        ],
    )
    def test_only_the_parts_of_the_whole_matter(
        self, one: dict[str, Any], other: dict[str, Any], named: list[str]
    ) -> None:
        assert self.named(one, other) == named

    @pytest.mark.parametrize(
        ("one", "other", "named"),
        [
            ({}, {"weights": HALVES}, [""]),
            ({"weights": HALVES}, {"weights": THIRDS}, [""]),
            ({"weights": {"Quizzes": Decimal(110)}}, {"weights": HALVES}, ["WEIGHTS"]),
            ({"weights": {"Quizzes": Decimal(0)}}, {"weights": HALVES}, ["WEIGHTS"]),
            ({}, {"weights": {"Tests": Decimal(100)}}, ["WEIGHTS"]),
        ],
    )
    def test_with_work_in_one_group_they_matter_only_where_it_weighs_nothing_or_too_much(
        self, one: dict[str, Any], other: dict[str, Any], named: list[str]
    ) -> None:
        assert self.named(one, other, both=False) == named

    def test_an_orphan_in_another_type_does_not_make_them_matter(self) -> None:
        found = rules(canvas(here()), synergy(there(), there(name="Old", type="Tests"), weights=HALVES))
        assert found == ["ORPHAN"]

    def test_work_that_a_filter_hides_makes_them_matter(self) -> None:
        hidden = here(name="Test", group="Tests", standing="filtered_out")
        found = rules(canvas(here(), hidden), synergy(there(), A_TEST_THERE, weights=HALVES))
        assert found == ["FILTER", "WEIGHTS"]

    def test_a_group_that_is_called_otherwise_is_no_other_weight(self) -> None:
        one, other = here(group="Assignments"), there()
        assert rules(canvas(one), synergy(other, weights=HALVES)) == [""]
        assert rules(canvas(one, weights={"Assignments": Decimal(7)}), synergy(other, weights=HALVES)) == [""]

    def test_a_group_that_synergy_does_not_have_has_no_weight_to_compare(self) -> None:
        unknown = here(name="Lab", group="Labs", is_marked=False)
        assert rules(canvas(here(), unknown), synergy(there(), weights=HALVES)) == ["UNSYNCED"]

    def test_work_in_another_group_is_stale_where_groups_are_weighed(self) -> None:
        one = canvas(here(), here(name="Test"), weights=HALVES)
        other = synergy(there(), A_TEST_THERE, weights=HALVES)
        assert "STALE" in rules(one, other)

    def test_both_weights_are_told(self) -> None:
        (cause,) = causes_of(
            canvas(here(), A_TEST_HERE), synergy(there(), A_TEST_THERE, weights={**THIRDS, "Homework": 40})
        )
        assert cause.words == (
            "Canvas: points are added up, nothing has a weight. Synergy: Quizzes 20 %, Tests 40 %."
        )

    @pytest.mark.parametrize(
        ("one", "other", "named"),
        [
            ({"weighs_periods": True}, {}, ["WEIGHTS"]),
            ({"weighs_periods": True, "period": "Autumn"}, {}, [""]),
            ({"weighs_periods": True}, {"composes_terms": True}, [""]),
            ({}, {"composes_terms": True}, ["WEIGHTS"]),
            ({"weighs_periods": True, "period": "Autumn"}, {"composes_terms": True}, ["WEIGHTS"]),
        ],
    )
    def test_weighted_periods_on_one_side_are_weights_too(
        self, one: dict[str, Any], other: dict[str, Any], named: list[str]
    ) -> None:
        assert self.named(one, other) == named


class TestRounding:
    def test_a_number_that_two_decimals_would_change_is_named(self) -> None:
        rounded = synergy(there(), total="87", shown="87", at_two_decimals=Decimal("86.67"))
        (cause,) = causes_of(canvas(here(), total="86.67"), rounded)
        assert (cause.words, cause.about) == ("Synergy shows 87, which is 86.67 % to two decimals.", "")

    def test_it_is_named_beside_another_cause(self) -> None:
        rounded = synergy(there(), total="87", shown="87", at_two_decimals=Decimal("86.67"))
        assert rules(canvas(here(), here(name="Lab", is_marked=False)), rounded) == ["UNSYNCED", "ROUNDING"]

    def test_a_number_that_two_decimals_leave_is_not_named(self) -> None:
        assert "ROUNDING" not in rules(canvas(here()), synergy(there(score=8.0), total="80"))
