"""Score types: points, percent, and marks that are worth what the class says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.unit.synergy.grade_book import cell_of, first_total, new_work, save_setup, type_into

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

LETTERS = {
    "name": "Letters",
    "marks": [{"mark": "A", "percent": 95}, {"mark": "B", "percent": 85}, {"mark": "P", "percent": 100}],
}
RUBRIC = {"name": "Rubric", "marks": [{"mark": "4", "percent": 100}, {"mark": "3", "percent": 90}]}


async def test_a_letter_is_typed_shown_and_worth_its_percentage(synergy: Synergy) -> None:
    await save_setup(synergy, score_types=[LETTERS])
    number = await new_work(synergy, max_score=20, score_type="Letters")
    assert (await type_into(synergy, number, score="B")).status_code == 200
    assert (await cell_of(synergy, number))["score"] == "B"
    row = await first_total(synergy)
    assert (row["raw"], row["points"]) == ("85.00", "17.00")


async def test_a_letter_is_told_over_oneroster_as_its_part_of_the_max_score(synergy: Synergy) -> None:
    await save_setup(synergy, score_types=[LETTERS])
    number = await new_work(synergy, max_score=20, points=50, score_type="Letters")
    await type_into(synergy, number, score="B")
    (result,) = (await synergy.sync("GET", "/results")).json()["results"]
    assert (result["score"], result["scoreStatus"]) == (17, "fully graded")


async def test_a_mark_that_is_a_number_is_kept_as_one(synergy: Synergy) -> None:
    await save_setup(synergy, score_types=[RUBRIC])
    number = await new_work(synergy, max_score=4, points=5, score_type="Rubric")
    await type_into(synergy, number, score="3")
    assert (await cell_of(synergy, number))["score"] == 3
    assert (await first_total(synergy))["points"] == "4.50"


@pytest.mark.parametrize(
    ("score_type", "words"),
    [
        ("Letters", "score: Letters takes one of A, B, P, or a number."),
        ("Raw Score", "score: Raw Score takes a number."),
        ("Percentage", "score: Percentage takes a number."),
    ],
)
async def test_a_mark_that_the_score_type_does_not_have_is_422_and_tells_those_it_has(
    synergy: Synergy, score_type: str, words: str
) -> None:
    await save_setup(synergy, score_types=[LETTERS])
    number = await new_work(synergy, max_score=100, score_type=score_type)
    answer = await type_into(synergy, number, score="Z")
    assert (answer.status_code, answer.json()["error"]) == (422, words)
    assert len(synergy.store.scores) == 0


@pytest.mark.parametrize("score", [True, [], " ", 10**400])
async def test_what_is_neither_a_number_nor_a_mark_is_422(synergy: Synergy, score: object) -> None:
    answer = await type_into(synergy, await new_work(synergy), score=score)
    words = "score: must be a number, a mark of the assignment's score type, or null."
    assert (answer.status_code, answer.json()["error"]) == (422, words)


async def test_a_number_replaces_a_letter_and_emptying_the_cell_empties_it(synergy: Synergy) -> None:
    await save_setup(synergy, score_types=[LETTERS])
    number = await new_work(synergy, score_type="Letters")
    await type_into(synergy, number, score="A")
    await type_into(synergy, number, score=7)
    assert (await cell_of(synergy, number))["score"] == 7
    emptied = await type_into(synergy, number, score=None)
    assert emptied.json()["scores"] == []


async def test_what_is_scored_in_percent_is_worth_its_part_of_the_points(synergy: Synergy) -> None:
    number = await new_work(synergy, max_score=100, points=20, score_type="Percentage")
    await type_into(synergy, number, score=85)
    row = await first_total(synergy)
    assert (row["points"], row["possible"], row["raw"]) == ("17.00", "20.00", "85.00")


async def test_percentage_goes_with_a_max_score_of_100_only(synergy: Synergy) -> None:
    number = await new_work(synergy, max_score=20)
    refused = await synergy.teacher("PUT", f"/{number}", {"score_type": "Percentage"})
    assert (refused.status_code, refused.json()["error"].split(":")[0]) == (422, "max_score")
    whole = {"score_type": "Percentage", "max_score": 100}
    assert (await synergy.teacher("PUT", f"/{number}", whole)).json()["points"] == 20
    again = await synergy.teacher("PUT", f"/{number}", {"max_score": 50})
    assert (again.status_code, again.json()["error"].split(":")[0]) == (422, "max_score")


@pytest.mark.parametrize(
    ("keeps", "points", "left"),
    [
        ("keep", 10, "Rubric"),
        ("raw_score", 10, "Raw Score"),
    ],
)
async def test_whether_a_sync_leaves_the_teachers_score_type_is_the_profiles(
    synergy_with: Callable[..., Synergy], keeps: str, points: int, left: str
) -> None:
    synergy = synergy_with(synced_score_type=keeps)
    await save_setup(synergy, score_types=[RUBRIC])
    await synergy.send(resultValueMax=points)
    await synergy.save(third_party_readonly=False, score_type="Rubric")
    await synergy.save(third_party_readonly=True)
    await synergy.send(resultValueMax=points)
    assert (await synergy.screen())["score_type"] == left


@pytest.mark.parametrize(("points", "left"), [(100, "Percentage"), (50, "Raw Score")])
async def test_a_sync_leaves_percentage_only_where_its_points_fit(
    synergy: Synergy, points: int, left: str
) -> None:
    await synergy.send(resultValueMax=100)
    await synergy.save(third_party_readonly=False, score_type="Percentage")
    await synergy.save(third_party_readonly=True)
    await synergy.send(resultValueMax=points)
    assert (await synergy.screen())["score_type"] == left


async def test_a_letter_that_the_class_no_longer_has_counts_nowhere(synergy: Synergy) -> None:
    await save_setup(synergy, score_types=[LETTERS])
    number = await new_work(synergy, score_type="Letters")
    await type_into(synergy, number, score="B")
    left = [each for each in LETTERS["marks"] if each["mark"] != "B"]  # type: ignore[index]  # a list of marks
    await save_setup(synergy, score_types=[{**LETTERS, "marks": left}])
    assert (await first_total(synergy))["assignments"][0]["standing"] == "unknown_mark"
    (result,) = (await synergy.sync("GET", "/results")).json()["results"]
    assert result["score"] == 0


async def test_a_letter_of_more_than_a_number_can_say_is_told_as_none(synergy: Synergy) -> None:
    beyond = {"name": "Beyond", "marks": [{"mark": "A", "percent": 1000}]}
    await save_setup(synergy, score_types=[beyond])
    await type_into(synergy, await new_work(synergy, max_score=1e308, score_type="Beyond"), score="A")
    (result,) = (await synergy.sync("GET", "/results")).json()["results"]
    assert result["score"] == 0
