"""Class totals in TeacherVUE: what the gradebook holds, computed as the class is set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import pytest

from simulator.profiles import ClassTotalReadings, CommentCode
from simulator.synergy.model import Assignment, Cell, GradeBookSetup, Score, ScoreType
from simulator.synergy.totals import Band, Scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.synergy.conftest import Synergy

PE_SCALE = ScoreType("PE", (("4", 100.0), ("3", 90.0), ("2", 80.0)))
DAY = date(2026, 9, 14)


async def totals(synergy: Synergy, period: str = "") -> dict[str, Any]:
    params = {"grading_period": synergy.period(period)} if period else {}
    address = f"/teachervue/classes/{synergy.section.guid}/totals"
    answer = await synergy.raw("GET", address, params=params, headers={"Authorization": "Bearer chalk"})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


async def first(synergy: Synergy, period: str = "") -> dict[str, Any]:
    """The row of the first student, in whose cells the tests type."""
    row: dict[str, Any] = (await totals(synergy, period))["students"][0]
    return row


async def add(synergy: Synergy, kind: str, max_score: float, score: float | None = None, **more: Any) -> int:  # noqa: ANN401 - fields of the screen
    """A teacher's own assignment with the first student's cell; `excused` and `comment_code` go there."""
    cell: dict[str, Any] = {name: more.pop(name) for name in ("excused", "comment_code") if name in more}
    body = {"name": "Work", "type_id": synergy.category(kind), "max_score": max_score, **more}
    made = await synergy.teacher("POST", "", body)
    assert made.status_code == 201, made.text
    number = int(made.json()["id"])
    student = synergy.section.students[0].guid
    typed = await synergy.teacher("PUT", f"/{number}/scores/{student}", {"score": score, **cell})
    assert typed.status_code == 200, typed.text
    return number


def set_up(synergy: Synergy, **settings: Any) -> None:  # noqa: ANN401 - fields of the set-up
    """Change the class's Grade Book Setup."""
    section = synergy.store.classes[synergy.section.guid]
    synergy.store.classes.put(replace(section, setup=GradeBookSetup(**settings)))


async def test_a_total_is_shown_with_everything_that_it_is_put_together_from(synergy: Synergy) -> None:
    quiz = await add(synergy, "Quizzes", 10, 8)
    lab = await add(synergy, "Tests", 13, 11.5, points=10)
    row = await first(synergy)
    student = synergy.section.students[0]
    tests = row["types"][3]
    assert {name: value for name, value in row.items() if name != "types"} == {
        "student_id": student.guid,
        "student_name": student.name,
        "raw": "85.08",
        "mark": "B",
        "total_row": "85.08%",
        "exact_percentage": "85.0769",
        "points": "16.85",
        "possible": "20.00",
        "assignments": [
            {"id": quiz, "standing": "counted", "points": "8.00", "possible": "10.00"},
            {"id": lab, "standing": "counted", "points": "8.85", "possible": "10.00"},
        ],
        "terms": [],
    }
    assert tests == {
        "type": {"id": synergy.category("Tests"), "name": "Tests"},
        "weight": 30,
        "shown_weight": 30,
        "share": "60.00",
        "points": "8.85",
        "possible": "10.00",
        "percentage": "88.46",
        "contribution": "26.54",
        "mark": "B",
    }


async def test_every_student_has_a_row_and_one_without_a_score_has_no_mark(synergy: Synergy) -> None:
    await add(synergy, "Quizzes", 10, 8)
    students = (await totals(synergy))["students"]
    assert [row["student_id"] for row in students] == [each.guid for each in synergy.section.students]
    assert {(row["raw"], row["mark"], row["exact_percentage"]) for row in students[1:]} == {
        ("0.00", "N/A", None)
    }


async def test_only_what_is_ticked_for_the_grading_period_counts_in_it(synergy: Synergy) -> None:
    for name, score in (("Progress 1", 5), ("Quarter 1", 9)):
        await add(synergy, "Quizzes", 10, score, grading_period_ids=[synergy.period(name)])
    shown = {
        name: (await first(synergy, name))["raw"] for name in ("Progress 1", "Quarter 1", "Semester 1", "")
    }
    assert shown == {"Progress 1": "50.00", "Quarter 1": "90.00", "Semester 1": "0.00", "": "70.00"}


async def test_the_answer_names_the_grading_period_and_the_set_up(synergy: Synergy) -> None:
    set_up(synergy, method="points", decimals=1, score_types=(PE_SCALE,))
    body = await totals(synergy, "Quarter 1")
    assert body["grading_period"] == {"id": synergy.period("Quarter 1"), "name": "Quarter 1"}
    assert body["setup"] == {
        "method": "points",
        "class_rounding": True,
        "decimals": 1,
        "report_card_scale": "percent",
        "score_types": [
            {
                "name": "PE",
                "marks": [
                    {"mark": "4", "percent": 100.0},
                    {"mark": "3", "percent": 90.0},
                    {"mark": "2", "percent": 80.0},
                ],
            }
        ],
        "comment_codes": [],
        "term_weightings": [],
    }
    assert (await totals(synergy))["grading_period"] is None


@pytest.mark.parametrize(
    ("settings", "raw", "total_row"),
    [
        ({}, "86.77", "86.77%"),
        ({"decimals": 1}, "86.8", "86.80%"),
        ({"decimals": 0}, "87", "87.00%"),
        ({"class_rounding": False, "decimals": 1}, "86.7", "86.70%"),
        ({"method": "points"}, "84.50", None),
        ({"method": "points", "class_rounding": False, "decimals": 0}, "84", None),
        ({"report_card_scale": "four_point", "decimals": 1}, "3.5", None),
    ],
)
async def test_the_class_is_computed_as_it_is_set_up(
    synergy: Synergy, settings: dict[str, Any], raw: str, total_row: str | None
) -> None:
    set_up(synergy, **settings)
    await add(synergy, "Quizzes", 20, 16)
    await add(synergy, "Tests", 10, 9)
    await add(synergy, "Classwork", 20, 18.4)
    await add(synergy, "Homework", 20, 17.5)
    await add(synergy, "Participation", 30, 23.6)
    row = await first(synergy)
    assert (row["raw"], row["total_row"]) == (raw, total_row)


async def test_a_type_drops_as_many_low_scores_as_it_is_set_to(synergy: Synergy) -> None:
    kind = synergy.store.class_types[synergy.category("Quizzes")]
    synergy.store.class_types.put(replace(kind, drop_lowest=1))
    low = await add(synergy, "Quizzes", 10, 5)
    await add(synergy, "Quizzes", 10, 9)
    row = await first(synergy)
    assert (row["raw"], row["assignments"][0]) == (
        "90.00",
        {"id": low, "standing": "dropped", "points": "5.00", "possible": "10.00"},
    )


@pytest.mark.parametrize(
    ("category", "raw", "standing"),
    [
        ("normal", "60.00", "counted"),
        ("extra_credit", "120.00", "counted"),
        ("not_for_grading", "80.00", "not_for_grading"),
    ],
)
async def test_the_category_of_an_assignment_says_how_it_counts(
    synergy: Synergy, category: str, raw: str, standing: str
) -> None:
    await add(synergy, "Quizzes", 10, 8)
    await add(synergy, "Quizzes", 10, 4, category=category)
    row = await first(synergy)
    assert (row["raw"], row["assignments"][1]["standing"]) == (raw, standing)


async def test_a_mark_of_a_score_type_is_worth_what_the_class_says(synergy: Synergy) -> None:
    set_up(synergy, score_types=(PE_SCALE,))
    await add(synergy, "Quizzes", 4, 3, points=5, score_type="PE")
    assert (await first(synergy))["assignments"][0]["points"] == "4.50"


@pytest.mark.parametrize(
    ("cell", "standing", "points"),
    [
        ({"score": None, "excused": True}, "excused", None),
        ({"score": 4, "comment_code": "EX"}, "excused", "4.00"),
        ({"score": None, "comment_code": "MI"}, "counted", "0.00"),
        ({"score": 4, "comment_code": "MI"}, "counted", "4.00"),
        ({"score": None, "comment_code": "L"}, "not_scored", None),
        ({"score": 0}, "counted", "0.00"),
    ],
)
async def test_what_stands_in_a_cell_decides_whether_it_counts(
    synergy: Synergy, cell: dict[str, Any], standing: str, points: str | None
) -> None:
    await add(synergy, "Quizzes", 10, **cell)
    (row,) = (await first(synergy))["assignments"]
    assert (row["standing"], row["points"]) == (standing, points)


async def test_a_score_that_the_sync_sent_counts(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    assert (await first(synergy))["raw"] == "85.00"


async def test_the_sync_leaves_the_category_that_a_teacher_chose(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    await synergy.save(third_party_readonly=False)
    await synergy.save(category="not_for_grading")
    await synergy.save(third_party_readonly=True)
    assert (await synergy.send(title="Cell quiz 2")).status_code == 200
    assert ((await synergy.screen())["category"], (await first(synergy))["mark"]) == (
        "not_for_grading",
        "N/A",
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("category", "bonus", "category: Input should be 'normal', 'extra_credit' or 'not_for_grading'."),
        ("score_type", "PE", "score_type: The class has no such score type; it has Raw Score, Percentage."),
    ],
)
async def test_a_category_or_score_type_that_is_not_there_is_422_and_names_the_right_ones(
    synergy: Synergy, field: str, value: str, words: str
) -> None:
    await add(synergy, "Quizzes", 10, 8)
    before = await synergy.screen()
    answer = await synergy.save(**{field: value})
    assert (answer.status_code, answer.json()["error"]) == (422, words)
    assert await synergy.screen() == before


@pytest.mark.parametrize("field", ["category", "score_type"])
async def test_a_locked_assignment_keeps_its_category_and_score_type(synergy: Synergy, field: str) -> None:
    set_up(synergy, score_types=(PE_SCALE,))
    await synergy.send()
    answer = await synergy.save(**{field: {"category": "extra_credit", "score_type": "PE"}[field]})
    assert (answer.status_code, answer.json()["refused"]["field"]) == (409, field)


async def test_an_unknown_class_or_grading_period_is_404_in_teachervues_words(synergy: Synergy) -> None:
    known = f"/teachervue/classes/{synergy.section.guid}/totals"
    for address, params, words in (
        ("/teachervue/classes/nope/totals", {}, "There is no such class."),
        (known, {"grading_period": "nope"}, "There is no such grading period."),
        (known, {"grading_period": ""}, "There is no such grading period."),
    ):
        answer = await synergy.raw("GET", address, params=params, headers={"Authorization": "Bearer chalk"})
        assert (answer.status_code, answer.json()) == (404, {"error": words})
    assert (await synergy.raw("GET", known)).status_code == 401


async def test_scores_at_the_ends_of_what_a_number_can_be_are_no_fault(synergy: Synergy) -> None:
    await add(synergy, "Quizzes", 5e-324, 1e308, points=1e308)
    row = await first(synergy)
    assert (row["mark"], len(row["points"]) > 600) == ("A", True)
    await add(synergy, "Tests", 0, -1e308, points=1)
    assert (await first(synergy))["mark"] in {"A", "F"}


async def test_a_switch_of_the_profile_changes_the_reading_and_the_class_keeps_its_settings(
    synergy_with: Callable[..., Synergy],
) -> None:
    half = synergy_with(class_totals=ClassTotalReadings(missing_percent=Decimal(50)))
    set_up(half, decimals=1)
    await add(half, "Quizzes", 10, None, comment_code="MI")
    assert (await first(half))["raw"] == "50.0"


@pytest.mark.parametrize(("membership", "raw"), [("due_date", "50.00"), ("assignment_date", "90.00")])
async def test_a_profile_may_choose_by_dates_in_place_of_ticks(
    synergy_with: Callable[..., Synergy], membership: Literal["due_date", "assignment_date"], raw: str
) -> None:
    by_dates = synergy_with(class_totals=ClassTotalReadings(period_membership=membership))
    await add(by_dates, "Quizzes", 10, 5, date="2026-11-02", due_date="2026-09-18")
    await add(by_dates, "Quizzes", 10, 9, date="2026-09-18", due_date="2026-11-02")
    assert (await first(by_dates, "Progress 1"))["raw"] == raw


@pytest.mark.parametrize(("base", "raw"), [("score", "72.00"), ("possible", "70.00")])
async def test_a_comment_code_takes_the_percentage_that_the_profile_gives_it(
    synergy_with: Callable[..., Synergy], base: Literal["score", "possible"], raw: str
) -> None:
    late = synergy_with(
        comment_codes=(CommentCode(code="L", comment="Late", penalty_percent=Decimal(10)),),
        class_totals=ClassTotalReadings(penalty_base=base),
    )
    await add(late, "Quizzes", 100, 80, comment_code="L")
    assert (await first(late))["raw"] == raw


async def test_a_comment_code_without_a_penalty_takes_nothing(synergy: Synergy) -> None:
    await add(synergy, "Quizzes", 100, 80, comment_code="L")
    assert (await first(synergy))["raw"] == "80.00"


async def test_the_letters_of_percent_are_the_districts_and_a_four_point_class_has_none(
    synergy_with: Callable[..., Synergy],
) -> None:
    passing = Scale("pass", Decimal(100), (Band("P", Decimal(70), Decimal(100)),))
    district = synergy_with(percent_scale=passing)
    await add(district, "Quizzes", 10, 8)
    assert (await first(district))["mark"] == "P"
    set_up(district, report_card_scale="four_point", decimals=1)
    assert (await first(district))["mark"] == "3.2"


async def test_a_mark_that_only_looks_like_a_number_is_a_word(synergy: Synergy) -> None:
    odd = ScoreType("Odd", (("sNaN", 10.0), ("Infinity", 20.0), ("3.0", 90.0)))
    set_up(synergy, score_types=(odd,))
    await add(synergy, "Quizzes", 4, 3, score_type="Odd")
    assert (await first(synergy))["raw"] == "90.00"


async def test_work_of_another_class_is_not_in_the_total(synergy: Synergy) -> None:
    await add(synergy, "Quizzes", 10, 8)
    other = synergy.school.courses[2].sections[0]
    assert synergy.section.students[0].guid == other.students[0].guid
    kind = synergy.category("Quizzes", other.guid)
    foreign = Assignment(
        "li-9", 9, other.guid, "Essay", "", kind, 10, 10, DAY, None, (), False, False, synergy.clock.now()
    )
    synergy.store.keep_assignment(foreign)
    cell = Cell("li-9", other.students[0].guid)
    synergy.store.keep_score(Score(cell, "r-9", 1, "fully graded", DAY, synergy.clock.now()))
    assert (await first(synergy))["raw"] == "80.00"


@pytest.mark.parametrize("status", ["not submitted", "submitted", "partially graded"])
async def test_a_score_that_the_third_party_calls_unfinished_does_not_count(
    synergy: Synergy, status: str
) -> None:
    await synergy.send()
    await synergy.score(score=0, scoreStatus=status)
    row = await first(synergy)
    assert (row["mark"], row["assignments"][0]["standing"]) == ("N/A", "not_scored")
    await synergy.score(score=0)
    assert ((await first(synergy))["mark"], row["raw"]) == ("F", "0.00")


async def test_what_is_read_over_oneroster_and_written_back_changes_no_total(synergy: Synergy) -> None:
    """An empty cell with a comment is told as 0 to strict readers, and may not come back as one."""
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    await synergy.type_score(synergy.section.students[0], score=None, comment="see me")
    await synergy.save(third_party_readonly=True)
    (told,) = (await synergy.sync("GET", "/results")).json()["results"]
    assert (told["scoreStatus"], told["score"]) == ("not submitted", 0)
    before = await first(synergy)
    await synergy.sync("PUT", f"/results/{told['sourcedId']}", {"result": told})
    assert (await first(synergy))["mark"] == before["mark"] == "N/A"
