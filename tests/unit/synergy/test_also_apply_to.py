"""What a teacher saves for one class and for others too, "Also apply to"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.synergy.grade_book import save_setup
from tests.unit.synergy.test_gradebook import ask

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

LETTERS = {"name": "Letters", "marks": [{"mark": "A", "percent": 95}]}


def classes(synergy: Synergy) -> list[str]:
    """The teacher's other classes: the two sections of World History."""
    return [each.guid for each in synergy.school.courses[2].sections]


def somebody_elses(synergy: Synergy) -> str:
    return synergy.school.courses[1].sections[0].guid


def weights(synergy: Synergy, class_guid: str) -> dict[str, float]:
    return {each.name: each.weight for each in synergy.store.types_of(class_guid)}


def all_of_it(synergy: Synergy) -> tuple[object, object]:
    tables = synergy.store.freeze().tables
    return tables["classes"].rows, tables["class_types"].rows


async def test_what_is_saved_here_is_saved_there_and_nothing_else(synergy: Synergy) -> None:
    history, other = classes(synergy)
    await save_setup(synergy, decimals=1)
    answer = await save_setup(
        synergy,
        class_rounding=False,
        grading_period_default="current_period",
        assignment_types_from="district",
        score_types=[LETTERS],
        also_apply_to=[history],
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == synergy.section.guid
    there = synergy.store.classes[history]
    assert (there.setup.class_rounding, there.period_default, there.type_choice) == (
        False,
        "current_period",
        "district",
    )
    assert [each.name for each in there.setup.score_types] == ["Letters"]
    assert there.setup.decimals == 2  # saved before, without it
    assert synergy.store.classes[other].setup.class_rounding is True


async def test_weights_go_to_the_types_of_the_same_names(synergy: Synergy) -> None:
    changed = [
        {"id": synergy.category("Tests"), "weight": 40, "drop_lowest": 1},
        {"id": synergy.category("Homework"), "weight": 10},
    ]
    answer = await save_setup(synergy, assignment_types=changed, also_apply_to=classes(synergy))
    assert answer.status_code == 200, answer.text
    here = weights(synergy, synergy.section.guid)
    assert (here["Tests"], here["Homework"]) == (40, 10)
    assert all(weights(synergy, each) == here for each in classes(synergy))
    assert weights(synergy, somebody_elses(synergy)) != here


async def test_an_exam_of_a_term_weighting_is_the_type_of_that_name_there(synergy: Synergy) -> None:
    history, _other = classes(synergy)
    parts = [
        {"grading_period_id": synergy.period("Quarter 1"), "weight": 90},
        {"exam_type_id": synergy.category("Tests"), "weight": 10},
    ]
    whole = {"grading_period_id": synergy.period("Semester 1"), "parts": parts}
    answer = await save_setup(synergy, term_weightings=[whole], also_apply_to=[history])
    assert answer.status_code == 200, answer.text
    ((quarter, exam),) = [each.parts for each in synergy.store.classes[history].setup.term_weightings]
    assert quarter.period_guid == synergy.period("Quarter 1")
    assert exam.exam_type_guid == synergy.category("Tests", history)


async def test_one_class_that_cannot_take_the_weights_keeps_all_as_they_were(synergy: Synergy) -> None:
    history, other = classes(synergy)
    await ask(synergy, "POST", "/types", {"name": "Projects", "also_apply_to": [other]})
    kind = next(each for each in synergy.store.types_of(other) if each.name == "Tests")
    projects = next(each for each in synergy.store.types_of(other) if each.name == "Projects")
    await synergy.raw(
        "PUT",
        f"/teachervue/classes/{other}/setup",
        json={
            "assignment_types": [
                {"id": kind.guid, "weight": kind.weight - 5},
                {"id": projects.guid, "weight": 5},
            ]
        },
        headers={"Authorization": "Bearer chalk"},
    )
    before = all_of_it(synergy)
    changed = [
        {"id": synergy.category("Tests"), "weight": 40},
        {"id": synergy.category("Homework"), "weight": 10},
    ]
    answer = await save_setup(synergy, assignment_types=changed, also_apply_to=[history, other])
    assert (answer.status_code, answer.json()["refused"]) == (
        409,
        {
            "rule": "TYPE-WEIGHTS-SUM-100",
            "words": "World History - Period 4: The weights of the class add up to 105; "
            "they must add up to 100.",
            "field": "also_apply_to.1",
        },
    )
    assert all_of_it(synergy) == before


async def test_a_class_without_a_type_of_that_name_is_told_by_its_name(synergy: Synergy) -> None:
    made = (await ask(synergy, "POST", "/types", {"name": "Projects"})).json()
    before = all_of_it(synergy)
    types = [{"id": made["id"], "drop_lowest": 1}]
    answer = await save_setup(synergy, assignment_types=types, also_apply_to=classes(synergy))
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(
        "also_apply_to.0: World History - Period 2: The class has no such assignment type"
    )
    assert all_of_it(synergy) == before


async def test_a_score_type_that_another_class_scores_by_stays_everywhere(synergy: Synergy) -> None:
    history, _other = classes(synergy)
    await save_setup(synergy, score_types=[LETTERS], also_apply_to=[history])
    body = {
        "name": "Letter",
        "type_id": synergy.category("Quizzes", history),
        "max_score": 5,
        "score_type": "Letters",
    }
    made = await synergy.raw(
        "POST",
        f"/teachervue/classes/{history}/assignments",
        json=body,
        headers={"Authorization": "Bearer chalk"},
    )
    assert made.status_code == 201, made.text
    answer = await save_setup(synergy, score_types=[], also_apply_to=[history])
    assert answer.status_code == 422
    assert "World History - Period 2" in answer.json()["error"]
    assert len(synergy.store.classes[synergy.section.guid].setup.score_types) == 1


@pytest.mark.parametrize("named", ["own", "somebody_elses", "nowhere", "twice"])
async def test_only_another_class_of_the_same_teacher_is_taken_and_each_once(
    synergy: Synergy, named: str
) -> None:
    history = classes(synergy)[0]
    wanted: dict[str, list[str]] = {
        "own": [synergy.section.guid],
        "somebody_elses": [somebody_elses(synergy)],
        "nowhere": ["nowhere"],
        "twice": [history, history],
    }
    before = all_of_it(synergy)
    for body in ({"decimals": 0}, {"name": "Projects"}):
        path = "/setup" if "decimals" in body else "/types"
        method = "PUT" if "decimals" in body else "POST"
        answer = await ask(synergy, method, path, {**body, "also_apply_to": wanted[named]})
        assert answer.status_code == 422
        assert answer.json()["error"].startswith(
            f"also_apply_to.{len(wanted[named]) - 1}: Name another class of the same teacher, once; "
            "there are World History - Period 2"
        )
    assert all_of_it(synergy) == before


async def test_a_type_of_the_teachers_own_comes_into_each_class_under_an_id_of_its_own(
    synergy: Synergy,
) -> None:
    body: dict[str, Any] = {"name": "Projects", "default_points": 20, "also_apply_to": classes(synergy)}
    made = (await ask(synergy, "POST", "/types", body)).json()
    found = [each for each in synergy.store.class_types.values() if each.name == "Projects"]
    assert [each.class_guid for each in found] == [synergy.section.guid, *classes(synergy)]
    assert [(each.is_teachers, each.weight, each.default_points) for each in found] == [(True, 0.0, 20.0)] * 3
    assert len({each.guid for each in found}) == 3
    assert made["id"] == found[0].guid


async def test_a_type_that_one_class_has_already_comes_into_none(synergy: Synergy) -> None:
    history, other = classes(synergy)
    await synergy.raw(
        "POST",
        f"/teachervue/classes/{other}/types",
        json={"name": "projects"},
        headers={"Authorization": "Bearer chalk"},
    )
    before = all_of_it(synergy)
    answer = await ask(synergy, "POST", "/types", {"name": "Projects", "also_apply_to": [history, other]})
    assert (answer.status_code, answer.json()["error"]) == (
        422,
        'name: There is an assignment type "Projects" in World History - Period 4 already.',
    )
    assert all_of_it(synergy) == before


async def test_where_the_district_fixes_types_they_are_fixed_in_the_other_class_too(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(district_types_locked=True)
    history, _other = classes(synergy)
    before = all_of_it(synergy)
    for method, path, body in (("POST", "/types", {"name": "Projects"}), ("PUT", "/setup", {"decimals": 0})):
        answer = await ask(synergy, method, path, {**body, "also_apply_to": [history]})
        assert answer.json()["refused"]["rule"] == "TYPE-DISTRICT-LOCKED"
    assert all_of_it(synergy) == before
