"""Grade Book Comments: what each does to the cell that it stands in, in TeacherVUE and over OneRoster."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from simulator.profiles import ClassTotalReadings, CommentCode
from tests.unit.synergy.grade_book import cell_of, first_total, new_work, save_setup, type_into

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

ABSENT = {"code": "AB", "comment": "Absent", "not_scored_percent": 40}
RETAKE = {"code": "RT", "comment": "Retake", "penalty_percent": 25, "remove_when_scored": False}


async def test_the_districts_comments_are_shown_with_the_class(synergy: Synergy) -> None:
    answer = await synergy.raw("GET", "/teachervue/classes", headers={"Authorization": "Bearer chalk"})
    shown = answer.json()["classes"][0]["district_comment_codes"]
    assert [each["code"] for each in shown] == ["L", "MI", "EX"]
    assert shown[1] == {
        "code": "MI",
        "comment": "Missing",
        "excuses": False,
        "missing_mark": True,
        "not_scored_percent": None,
        "penalty_percent": 0,
        "remove_when_scored": True,
    }


async def test_a_teachers_own_comment_can_be_chosen_and_counts_as_it_is_set(synergy: Synergy) -> None:
    saved = await save_setup(synergy, comment_codes=[ABSENT, RETAKE])
    assert [each["code"] for each in saved.json()["setup"]["comment_codes"]] == ["AB", "RT"]
    number = await new_work(synergy)
    assert (await type_into(synergy, number, score=None, comment_code="AB")).status_code == 200
    assert (await first_total(synergy))["raw"] == "40.00"
    await type_into(synergy, number, score=8, comment_code="RT")
    assert (await first_total(synergy))["raw"] == "60.00"


async def test_a_comment_of_its_own_value_goes_before_the_one_of_missing_work(
    synergy_with: Callable[..., Synergy],
) -> None:
    half = CommentCode(code="M", comment="Missing", missing_mark=True, not_scored_percent=Decimal(50))
    plain = CommentCode(code="MI", comment="Missing", missing_mark=True)
    district = synergy_with(
        comment_codes=(half, plain), class_totals=ClassTotalReadings(missing_percent=Decimal(10))
    )
    number = await new_work(district)
    totals = []
    for code in ("M", "MI"):
        await type_into(district, number, score=None, comment_code=code)
        totals.append((await first_total(district))["raw"])
    assert totals == ["50.00", "10.00"]


@pytest.mark.parametrize(("code", "left"), [("MI", ""), ("L", "L")])
async def test_a_score_takes_a_comment_away_that_is_removed_when_scored(
    synergy: Synergy, code: str, left: str
) -> None:
    number = await new_work(synergy)
    await type_into(synergy, number, score=None, comment_code=code)
    await type_into(synergy, number, score=7)
    cell = await cell_of(synergy, number)
    assert (cell["score"], cell["comment_code"]) == (7, left)


async def test_a_comment_that_is_chosen_together_with_the_score_stays(synergy: Synergy) -> None:
    number = await new_work(synergy)
    await type_into(synergy, number, score=7, comment_code="MI")
    assert (await cell_of(synergy, number))["comment_code"] == "MI"
    await type_into(synergy, number, score=7, comment="see me")  # the score is the same one
    assert (await cell_of(synergy, number))["comment_code"] == "MI"


async def test_a_comment_that_excuses_takes_the_student_out_everywhere(synergy: Synergy) -> None:
    number = await new_work(synergy)
    await type_into(synergy, number, score=2, comment_code="EX")
    assert (await cell_of(synergy, number))["excused"] is True
    assert (await first_total(synergy))["assignments"][0]["standing"] == "excused"
    (result,) = (await synergy.sync("GET", "/results")).json()["results"]
    assert (result["scoreStatus"], result["comment"], result["score"]) == ("exempt", "EX", 2)


async def test_a_teachers_own_comment_comes_over_oneroster_as_the_code(synergy: Synergy) -> None:
    await save_setup(synergy, comment_codes=[ABSENT])
    await synergy.send()
    await synergy.score(comment="AB", score=0, scoreStatus="fully graded")
    (cell,) = (await synergy.screen())["scores"]
    assert (cell["comment_code"], cell["comment"]) == ("AB", "")


async def test_where_what_is_left_out_is_kept_a_new_score_still_removes_the_missing_mark(
    synergy_with: Callable[..., Synergy],
) -> None:
    keeping = synergy_with(omitted_fields="keep", score_required="unless_exempt_or_not_submitted")
    await keeping.send()
    await keeping.score(comment="MI", score=None, scoreStatus="not submitted")
    await keeping.score(score=6)
    (cell,) = (await keeping.screen())["scores"]
    assert (cell["score"], cell["comment_code"]) == (6, "")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (
            [{**ABSENT, "code": "MI"}],
            (
                "comment_codes.0.code: The district has a comment of this code and keeps it as it is; "
                "copy it to another code."
            ),
        ),
        (
            [ABSENT, {**ABSENT, "code": " AB "}],
            "comment_codes.1.code: There is a comment of this code already.",
        ),
        (
            [{**ABSENT, "worth": 1}],
            (
                "comment_codes.0.worth: There is no such field; these exist: code, comment, excuses, "
                "missing_mark, not_scored_percent, penalty_percent, remove_when_scored."
            ),
        ),
        (
            [{**ABSENT, "penalty_percent": 101}],
            "comment_codes.0.penalty_percent: Input should be less than or equal to 100.",
        ),
    ],
)
async def test_a_comment_that_cannot_be_is_422_and_nothing_is_saved(
    synergy: Synergy, codes: list[dict[str, Any]], words: str
) -> None:
    before = synergy.store.classes[synergy.section.guid]
    answer = await save_setup(synergy, decimals=0, comment_codes=codes)
    assert (answer.status_code, answer.json()["error"]) == (422, words)
    assert synergy.store.classes[synergy.section.guid] is before


async def test_a_comment_that_stands_in_a_cell_cannot_be_taken_off_the_list(synergy: Synergy) -> None:
    await save_setup(synergy, comment_codes=[ABSENT, RETAKE])
    number = await new_work(synergy)
    await type_into(synergy, number, score=None, comment_code="AB")
    refused = await save_setup(synergy, comment_codes=[RETAKE])
    assert (refused.status_code, "AB stands in a grade cell" in refused.json()["error"]) == (422, True)
    assert (await save_setup(synergy, comment_codes=[ABSENT])).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", " "), ("penalty_percent", Decimal(101)), ("not_scored_percent", Decimal(-1))],
)
def test_a_comment_code_that_cannot_be_says_which_field(field: str, value: object) -> None:
    fields: dict[str, Any] = {"code": "X", "comment": "x", field: value}
    with pytest.raises(ValueError, match=f"^{field}:"):
        CommentCode(**fields)
