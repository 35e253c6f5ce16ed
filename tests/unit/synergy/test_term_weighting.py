"""Term Weighting in TeacherVUE: set up for a class, and seen by switching the period selector."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from simulator.profiles import ClassTotalReadings
from tests.unit.synergy.grade_book import TEACHER, first_total, new_work, save_setup, type_into

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy


def weighting(synergy: Synergy, exam: str = "Tests") -> dict[str, Any]:
    """Semester 1 as its progress mark 45, its quarter 45, and an exam 10."""
    return {
        "grading_period_id": synergy.period("Semester 1"),
        "parts": [
            {"weight": 45, "grading_period_id": synergy.period("Progress 1"), "exam_type_id": ""},
            {"weight": 45, "grading_period_id": synergy.period("Quarter 1"), "exam_type_id": ""},
            {"weight": 10, "grading_period_id": "", "exam_type_id": synergy.category(exam)},
        ],
    }


async def work_in(synergy: Synergy, score: float, *periods: str, kind: str = "Quizzes") -> None:
    ticked = [synergy.period(each) for each in periods]
    number = await new_work(synergy, kind, 100, grading_period_ids=ticked)
    assert (await type_into(synergy, number, score=score)).status_code == 200


async def a_graded_class(synergy: Synergy) -> None:
    """80 in Progress 1, 90 in Quarter 1, 60 in the exam."""
    saved = await save_setup(synergy, term_weightings=[weighting(synergy)])
    assert saved.status_code == 200, saved.text
    await work_in(synergy, 80, "Progress 1", "Semester 1")
    await work_in(synergy, 90, "Quarter 1", "Semester 1")
    await work_in(synergy, 60, "Semester 1", kind="Tests")


async def test_the_semester_is_composed_and_its_parts_are_as_they_were(synergy: Synergy) -> None:
    await a_graded_class(synergy)
    semester = await first_total(synergy, synergy.period("Semester 1"))
    assert (semester["raw"], semester["mark"], semester["exact_percentage"]) == ("82.50", "B", "82.5000")
    assert [(each["of"]["name"], each["kind"], each["contribution"]) for each in semester["terms"]] == [
        ("Progress 1", "grading_period", "36.00"),
        ("Quarter 1", "grading_period", "40.50"),
        ("Tests", "exam", "6.00"),
    ]
    quarter = await first_total(synergy, synergy.period("Quarter 1"))
    assert (quarter["raw"], quarter["terms"]) == ("90.00", [])


async def test_without_a_weighting_the_semester_is_added_up(synergy: Synergy) -> None:
    await a_graded_class(synergy)
    await save_setup(synergy, term_weightings=[])
    semester = await first_total(synergy, synergy.period("Semester 1"))
    assert (semester["terms"], semester["raw"]) == ([], "70.00")  # Quizzes 85 at 20, Tests 60 at 30


async def test_the_whole_class_without_a_period_is_never_composed(synergy: Synergy) -> None:
    await a_graded_class(synergy)
    assert (await first_total(synergy))["terms"] == []


async def test_a_semester_can_be_its_own_running_mark_and_an_exam(synergy: Synergy) -> None:
    whole = synergy.period("Semester 1")
    parts = [
        {"weight": 90, "grading_period_id": whole},
        {"weight": 10, "exam_type_id": synergy.category("Tests")},
    ]
    await save_setup(synergy, term_weightings=[{"grading_period_id": whole, "parts": parts}])
    await work_in(synergy, 80, "Semester 1")
    await work_in(synergy, 60, "Semester 1", kind="Tests")
    semester = await first_total(synergy, whole)
    assert (semester["raw"], [each["percentage"] for each in semester["terms"]]) == (
        "78.00",
        ["80.00", "60.00"],
    )


async def test_an_exam_counts_by_its_points_even_where_its_type_weighs_nothing(synergy: Synergy) -> None:
    types = {each.name: each.guid for each in synergy.store.types_of(synergy.section.guid)}
    weights = {"Classwork": 20, "Homework": 20, "Quizzes": 50, "Tests": 0, "Participation": 10}
    saved = [{"id": types[name], "weight": weight} for name, weight in weights.items()]
    assert (await save_setup(synergy, assignment_types=saved)).status_code == 200
    await a_graded_class(synergy)
    semester = await first_total(synergy, synergy.period("Semester 1"))
    assert (semester["raw"], semester["terms"][2]["percentage"]) == ("82.50", "60.00")


@pytest.mark.parametrize(
    ("reading", "raw"),
    [({}, "85.00"), ({"absent_term": "as_zero"}, "76.50"), ({"absent_term": "no_mark"}, "0.00")],
)
async def test_the_profile_says_what_a_missing_exam_means(
    synergy_with: Callable[..., Synergy], reading: dict[str, Any], raw: str
) -> None:
    synergy = synergy_with(class_totals=ClassTotalReadings(**reading))
    await save_setup(synergy, term_weightings=[weighting(synergy)])
    await work_in(synergy, 80, "Progress 1", "Semester 1")
    await work_in(synergy, 90, "Quarter 1", "Semester 1")
    assert (await first_total(synergy, synergy.period("Semester 1")))["raw"] == raw


async def test_a_saved_weighting_is_shown_and_can_be_saved_back(synergy: Synergy) -> None:
    saved = await save_setup(synergy, term_weightings=[weighting(synergy)])
    assert saved.json()["setup"]["term_weightings"] == [weighting(synergy)]
    assert (await save_setup(synergy, **saved.json()["setup"])).json() == saved.json()


Spoil = Callable[[dict[str, Any], "Synergy"], None]


def _other_weight(body: dict[str, Any], _synergy: Synergy) -> None:
    body["parts"][0]["weight"] = 40


def _both(body: dict[str, Any], synergy: Synergy) -> None:
    body["parts"][0]["exam_type_id"] = synergy.category("Tests")


def _twice(body: dict[str, Any], _synergy: Synergy) -> None:
    body["parts"][1] = body["parts"][0]


def _outside(body: dict[str, Any], synergy: Synergy) -> None:
    body["grading_period_id"] = synergy.period("Progress 1")


def _no_period(body: dict[str, Any], _synergy: Synergy) -> None:
    body["parts"][0]["grading_period_id"] = "nowhere"


def _no_type(body: dict[str, Any], _synergy: Synergy) -> None:
    body["parts"][2]["exam_type_id"] = "nothing"


def _no_such_field(body: dict[str, Any], _synergy: Synergy) -> None:
    body["parts"][2]["exam"] = "x"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_other_weight, "term_weightings.0.parts: The weights add up to 95; they must add up to 100."),
        (
            _both,
            "term_weightings.0.parts.0: Name either a grading period or the assignment type of the exam.",
        ),
        (_twice, "term_weightings.0.parts: Each part can stand there once."),
        (
            _outside,
            "term_weightings.0.parts.1.grading_period_id: Quarter 1 does not lie in Progress 1.",
        ),
        (_no_period, "term_weightings.0.parts.0.grading_period_id: There is no such grading period; "),
        (_no_type, "term_weightings.0.parts.2.exam_type_id: The class has no such assignment type."),
        (
            _no_such_field,
            "term_weightings.0.parts.2.exam: There is no such field; these exist: weight, grading_period_id",
        ),
    ],
)
async def test_a_weighting_that_cannot_be_is_422_and_names_the_field(
    synergy: Synergy, spoil: Spoil, words: str
) -> None:
    body = weighting(synergy)
    spoil(body, synergy)
    before = synergy.store.classes[synergy.section.guid]
    answer = await save_setup(synergy, decimals=0, term_weightings=[body])
    assert answer.status_code == 422
    assert str(answer.json()["error"]).startswith(words)
    assert synergy.store.classes[synergy.section.guid] is before


async def test_a_grading_period_is_weighted_once(synergy: Synergy) -> None:
    answer = await save_setup(synergy, term_weightings=[weighting(synergy), weighting(synergy)])
    assert answer.json()["error"].startswith("term_weightings.1.grading_period_id: There is a weighting")


async def test_an_exam_type_that_is_gone_leaves_the_semester_to_the_others(synergy: Synergy) -> None:
    gone = "cat-exams"
    category = {"sourcedId": gone, "title": "Exams", "status": "active"}
    assert (await synergy.sync("PUT", f"/categories/{gone}", {"category": category})).status_code == 201
    await save_setup(synergy, term_weightings=[weighting(synergy, exam="Exams")])
    await work_in(synergy, 80, "Progress 1", "Semester 1")
    assert (await synergy.sync("DELETE", f"/categories/{gone}")).status_code == 204
    semester = await first_total(synergy, synergy.period("Semester 1"))
    assert (semester["raw"], semester["terms"][2]["of"]["name"]) == ("80.00", gone)
    shown = await synergy.raw("GET", "/teachervue/classes", headers=TEACHER)
    assert shown.status_code == 200


async def test_a_quarter_that_is_composed_itself_goes_into_the_semester_as_it_is_shown(
    synergy: Synergy,
) -> None:
    quarter, semester = synergy.period("Quarter 1"), synergy.period("Semester 1")
    of_quarter = [
        {"weight": 50, "grading_period_id": quarter},
        {"weight": 30, "grading_period_id": synergy.period("Progress 1")},
        {"weight": 20, "exam_type_id": synergy.category("Tests")},
    ]
    weightings = [
        {"grading_period_id": quarter, "parts": of_quarter},
        {"grading_period_id": semester, "parts": [{"weight": 100, "grading_period_id": quarter}]},
    ]
    assert (await save_setup(synergy, term_weightings=weightings)).status_code == 200
    await work_in(synergy, 80, "Progress 1")
    await work_in(synergy, 90, "Quarter 1", "Semester 1")
    await work_in(synergy, 60, "Quarter 1", kind="Tests")
    shown = await first_total(synergy, quarter)
    assert (shown["raw"], len(shown["terms"])) == ("81.00", 3)
    whole = await first_total(synergy, semester)
    assert (whole["raw"], [each["percentage"] for each in whole["terms"]]) == ("81.00", ["81.00"])
