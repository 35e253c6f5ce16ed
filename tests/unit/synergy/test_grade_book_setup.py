"""Grade Book Setup in TeacherVUE: what a class computes its totals by, changed as a teacher changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

PE = {"name": "PE", "marks": [{"mark": "4", "percent": 100.0}, {"mark": "3", "percent": 90.0}]}


async def save(synergy: Synergy, body: dict[str, Any]) -> Any:  # noqa: ANN401 - an answer
    address = f"/teachervue/classes/{synergy.section.guid}/setup"
    return await synergy.raw("PUT", address, json=body, headers={"Authorization": "Bearer chalk"})


async def shown(synergy: Synergy) -> dict[str, Any]:
    """The class as the class picker shows it."""
    answer = await synergy.raw("GET", "/teachervue/classes", headers={"Authorization": "Bearer chalk"})
    found: dict[str, Any] = next(
        each for each in answer.json()["classes"] if each["id"] == synergy.section.guid
    )
    return found


async def graded(synergy: Synergy, kind: str, max_score: float, score: float, **more: object) -> None:
    """A teacher's own assignment, with a score for the first student."""
    body = {"name": "Work", "type_id": synergy.category(kind), "max_score": max_score, **more}
    number = (await synergy.teacher("POST", "", body)).json()["id"]
    student = synergy.section.students[0].guid
    assert (await synergy.teacher("PUT", f"/{number}/scores/{student}", {"score": score})).status_code == 200


async def total(synergy: Synergy) -> str:
    address = f"/teachervue/classes/{synergy.section.guid}/totals"
    answer = await synergy.raw("GET", address, headers={"Authorization": "Bearer chalk"})
    raw: str = answer.json()["students"][0]["raw"]
    return raw


async def test_a_saved_set_up_is_shown_and_the_rest_of_it_stays(synergy: Synergy) -> None:
    before = await shown(synergy)
    answer = await save(synergy, {"decimals": 1, "score_types": [PE]})
    assert answer.status_code == 200
    assert answer.json() == await shown(synergy)
    assert answer.json() == {**before, "setup": {**before["setup"], "decimals": 1, "score_types": [PE]}}


async def test_a_save_without_a_change_changes_nothing(synergy: Synergy) -> None:
    before = await shown(synergy)
    assert (await save(synergy, {})).json() == before
    assert (await save(synergy, before["setup"])).json() == before


async def test_each_class_has_a_set_up_of_its_own(synergy: Synergy) -> None:
    await save(synergy, {"method": "points"})
    answer = await synergy.raw("GET", "/teachervue/classes", headers={"Authorization": "Bearer chalk"})
    methods = {each["id"]: each["setup"]["method"] for each in answer.json()["classes"]}
    assert methods.pop(synergy.section.guid) == "points"
    assert set(methods.values()) == {"weighted"}


async def test_totals_follow_each_setting_at_once(synergy: Synergy) -> None:
    await graded(synergy, "Quizzes", 3, 2)
    await graded(synergy, "Tests", 10, 9)
    seen = [await total(synergy)]
    for body in (
        {"decimals": 1},
        {"class_rounding": False},
        {"method": "points"},
        {"report_card_scale": "four_point"},
    ):
        await save(synergy, body)
        seen.append(await total(synergy))
    assert seen == ["80.67", "80.7", "80.6", "84.6", "3.3"]


async def test_weights_and_drops_are_changed_together(synergy: Synergy) -> None:
    quizzes, tests = synergy.category("Quizzes"), synergy.category("Tests")
    await graded(synergy, "Quizzes", 10, 5)
    await graded(synergy, "Quizzes", 10, 8)
    await graded(synergy, "Tests", 10, 9)
    changed = [{"id": quizzes, "weight": 16.6, "drop_lowest": 1}, {"id": tests, "weight": 33.4}]
    answer = await save(synergy, {"assignment_types": changed})
    kinds = {
        each["name"]: (each["weight"], each["drop_lowest"]) for each in answer.json()["assignment_types"]
    }
    assert (kinds["Quizzes"], kinds["Tests"], kinds["Homework"]) == ((16.6, 1), (33.4, 0), (20.0, 0))
    assert await total(synergy) == "86.68"


async def test_weights_that_do_not_add_up_to_a_hundred_are_refused(synergy: Synergy) -> None:
    before = await shown(synergy)
    body = {
        "decimals": 0,
        "assignment_types": [{"id": synergy.category("Quizzes"), "weight": 20.01, "drop_lowest": 2}],
    }
    answer = await save(synergy, body)
    refused = answer.json()["refused"]
    assert (answer.status_code, refused["rule"], refused["field"]) == (
        409,
        "TYPE-WEIGHTS-SUM-100",
        "assignment_types",
    )
    assert refused["words"] == "The weights of the class add up to 100.01; they must add up to 100."
    assert await shown(synergy) == before


async def test_a_save_that_names_no_weight_is_not_asked_about_weights(synergy: Synergy) -> None:
    kind = synergy.store.class_types[synergy.category("Quizzes")]
    synergy.store.class_types.put(replace(kind, weight=50.0))
    answer = await save(synergy, {"assignment_types": [{"id": kind.guid, "drop_lowest": 2}]})
    assert answer.status_code == 200
    assert synergy.store.class_types[kind.guid].drop_lowest == 2


async def test_a_score_type_that_is_used_stays_in_the_list(synergy: Synergy) -> None:
    await save(synergy, {"score_types": [PE]})
    await graded(synergy, "Quizzes", 4, 3, score_type="PE")
    answer = await save(synergy, {"score_types": []})
    assert (answer.status_code, answer.json()["error"]) == (
        422,
        (
            'score_types: "Work" is scored by PE; keep it in the list, or save the assignment with another '
            "score type first."
        ),
    )
    better = {**PE, "marks": [{"mark": "3", "percent": 95.0}]}
    assert (await save(synergy, {"score_types": [better]})).status_code == 200
    assert await total(synergy) == "95.00"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"decimals": 3}, "decimals: Input should be less than or equal to 2."),
        ({"decimals": True}, "decimals: Input should be a valid integer."),
        ({"decimals": "1"}, "decimals: Input should be a valid integer."),
        ({"method": None}, "method: Input should be 'weighted' or 'points'."),
        ({"class_rounding": "on"}, "class_rounding: Input should be a valid boolean."),
        (
            {"rounding": "on"},
            (
                "rounding: There is no such field; these exist: method, class_rounding, decimals, "
                "report_card_scale, score_types, comment_codes, term_weightings, "
                "grading_period_default, assignment_types_from, assignment_types, also_apply_to."
            ),
        ),
        ({"score_types": [PE, PE]}, 'score_types.1.name: There is a score type "PE" already.'),
        (
            {"score_types": [{**PE, "name": "Raw Score"}]},
            'score_types.0.name: There is a score type "Raw Score" already.',
        ),
        (
            {"score_types": [{**PE, "marks": [*PE["marks"], PE["marks"][0]]}]},
            "score_types.0.marks: Each mark can stand there once.",
        ),
        (
            {"score_types": [{"name": "PE", "marks": [{"mark": "4"}]}]},
            "score_types.0.marks.0.percent: This field is required.",
        ),
        (
            {"score_types": [{"name": "PE", "marks": [{"mark": "4", "worth": 100}]}]},
            "score_types.0.marks.0.worth: There is no such field; these exist: mark, percent.",
        ),
        (
            {"score_types": [{"name": "PE", "marks": [{"mark": "4", "percent": 100, "worth": 1}]}]},
            "score_types.0.marks.0.worth: There is no such field; these exist: mark, percent.",
        ),
        (
            {"score_types": [{**PE, "percents": 1}]},
            "score_types.0.percents: There is no such field; these exist: name, marks.",
        ),
        (
            {"score_types": [{"name": "PE", "marks": []}]},
            "score_types.0.marks: List should have at least 1 item after validation, not 0.",
        ),
        (
            {"assignment_types": [{"id": "x", "drops": 1}]},
            (
                "assignment_types.0.drops: There is no such field; these exist: id, weight, drop_lowest, "
                "default_points, colour."
            ),
        ),
        (
            {"assignment_types": [{"id": "x", "drop_lowest": -1}]},
            "assignment_types.0.drop_lowest: Input should be greater than or equal to 0.",
        ),
    ],
)
async def test_a_set_up_that_cannot_be_is_422_and_names_the_field(
    synergy: Synergy, body: dict[str, Any], words: str
) -> None:
    before = await shown(synergy)
    answer = await save(synergy, body)
    assert (answer.status_code, answer.json()["error"]) == (422, words)
    assert await shown(synergy) == before


async def test_a_type_of_another_class_is_not_this_classs(synergy: Synergy) -> None:
    foreign = synergy.category("Quizzes", synergy.school.courses[2].sections[0].guid)
    answer = await save(synergy, {"assignment_types": [{"id": foreign, "drop_lowest": 1}]})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(
        "assignment_types.0.id: The class has no such assignment type; it has Classwork ("
    )
    assert synergy.store.class_types[foreign].drop_lowest == 0


async def test_an_unknown_class_and_a_stranger_are_turned_away(synergy: Synergy) -> None:
    headers = {"Authorization": "Bearer chalk"}
    answer = await synergy.raw("PUT", "/teachervue/classes/nope/setup", json={}, headers=headers)
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no such class."})
    address = f"/teachervue/classes/{synergy.section.guid}/setup"
    assert (await synergy.raw("PUT", address, json={"method": "points"})).status_code == 401
    assert (await shown(synergy))["setup"]["method"] == "weighted"


async def test_default_points_and_a_colour_are_set_for_the_districts_types_too(synergy: Synergy) -> None:
    quizzes = synergy.category("Quizzes")
    changed = [{"id": quizzes, "default_points": 25, "colour": "green"}]
    kinds = (await save(synergy, {"assignment_types": changed})).json()["assignment_types"]
    shown_kind = next(each for each in kinds if each["id"] == quizzes)
    assert (shown_kind["default_points"], shown_kind["colour"]) == (25, "green")
    assert (shown_kind["weight"], shown_kind["whose"]) == (20, "district")


async def test_where_the_district_fixes_types_a_class_leaves_none_of_them_out(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(district_types_locked=True)
    before = await shown(synergy)
    answer = await save(synergy, {"assignment_types_from": "mine"})
    assert (answer.status_code, answer.json()["refused"]["rule"]) == (409, "TYPE-DISTRICT-LOCKED")
    assert await shown(synergy) == before
    kept = {"assignment_types_from": "mine_and_district", "grading_period_default": "current_period"}
    assert (await save(synergy, kept)).status_code == 200


async def test_one_class_does_not_weigh_a_type_of_all_classes(synergy: Synergy) -> None:
    category = {"sourcedId": "cat-1", "title": "Labs", "status": "active"}
    assert (await synergy.sync("PUT", "/categories/cat-1", {"category": category})).status_code == 201
    weights = [{"id": "cat-1", "weight": 10}, {"id": synergy.category("Tests"), "weight": 20}]
    before = synergy.store.freeze().tables["class_types"].rows
    answer = await save(synergy, {"assignment_types": weights})
    assert (answer.status_code, answer.json()["error"].split(": ")[0]) == (422, "assignment_types.0.id")
    assert synergy.store.freeze().tables["class_types"].rows == before
    as_it_is = await save(synergy, {"assignment_types": [{"id": "cat-1", "weight": 0}]})
    assert as_it_is.status_code == 200
