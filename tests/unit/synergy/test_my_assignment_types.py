"""My Assignment Types: whose they are, what a class uses, and what becomes of assignments that have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.unit.synergy.test_gradebook import ask

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy


async def add(synergy: Synergy, name: str = "Projects") -> dict[str, Any]:
    made: dict[str, Any] = (await ask(synergy, "POST", "/types", {"name": name})).json()
    return made


async def choose(synergy: Synergy, choice: str) -> httpx2.Response:
    return await ask(synergy, "PUT", "/setup", {"assignment_types_from": choice})


async def offered(synergy: Synergy) -> list[str]:
    """What a client is offered for this class, the same in both lists that OneRoster has."""
    whole = (await synergy.sync("GET", "/categories?limit=100")).json()["categories"]
    of_class = (await synergy.sync("GET", f"/classes/{synergy.section.guid}/categories")).json()["categories"]
    mine = [each["title"] for each in whole if each["metadata"]["classId"] == synergy.section.guid]
    assert sorted(mine) == sorted(each["title"] for each in of_class)
    return mine


async def test_a_new_type_is_the_teachers_weighs_nothing_and_is_offered(synergy: Synergy) -> None:
    made = await add(synergy)
    assert (made["whose"], made["weight"], made["in_use"]) == ("teacher", 0.0, True)
    assert "Projects" in await offered(synergy)
    other = synergy.school.courses[1].sections[0].guid
    listed = (await synergy.sync("GET", f"/classes/{other}/categories")).json()["categories"]
    assert "Projects" not in [each["title"] for each in listed]


@pytest.mark.parametrize(
    ("choice", "has_mine", "has_districts"),
    [("district", False, True), ("mine", True, False), ("mine_and_district", True, True)],
)
async def test_the_class_chooses_whose_types_it_uses(
    synergy: Synergy, choice: str, *, has_mine: bool, has_districts: bool
) -> None:
    await add(synergy)
    setup = (await choose(synergy, choice)).json()
    names = await offered(synergy)
    assert ("Projects" in names, "Quizzes" in names) == (has_mine, has_districts)
    assert {each["name"]: each["in_use"] for each in setup["assignment_types"]}["Projects"] is has_mine


async def test_a_type_that_the_class_does_not_use_is_refused_and_shows_as_hidden(synergy: Synergy) -> None:
    kind = await add(synergy)
    await synergy.send(category={"sourcedId": kind["id"]})
    await choose(synergy, "district")
    assert (await synergy.screen())["type"] == {"id": kind["id"], "name": "Hidden"}
    assert synergy.marks("HIDDEN-TYPE") == ["upheld"]
    again = await synergy.send(category={"sourcedId": kind["id"]})
    assert (again.status_code, synergy.marks("GROUP-NAME-MATCH")[-1]) == (422, "refused")


async def test_a_deleted_type_shows_as_deleted_and_is_offered_no_more(synergy: Synergy) -> None:
    kind = await add(synergy)
    await synergy.send(category={"sourcedId": kind["id"]})
    assert (await ask(synergy, "DELETE", f"/types/{kind['id']}")).status_code == 204
    assert (await synergy.screen())["type"]["name"] == "Deleted"
    assert "Projects" not in await offered(synergy)
    assert (await ask(synergy, "PUT", f"/types/{kind['id']}", {"name": "Back"})).status_code == 404


async def put_out_of_use(synergy: Synergy, how: str) -> str:
    """A type of the teacher's that an assignment has, and that shows as Hidden or Deleted; its id."""
    kind = await add(synergy)
    await synergy.send(category={"sourcedId": kind["id"]})
    if how == "Hidden":
        await choose(synergy, "district")
    else:
        await ask(synergy, "DELETE", f"/types/{kind['id']}")
    assert (await synergy.screen())["type"]["name"] == how
    return str(kind["id"])


@pytest.mark.parametrize("how", ["Hidden", "Deleted"])
async def test_a_line_items_category_is_there_as_to_be_deleted_where_the_class_uses_it_no_more(
    synergy: Synergy, how: str
) -> None:
    guid = await put_out_of_use(synergy, how)
    pointed_at = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]["category"]["sourcedId"]
    found = (await synergy.sync("GET", f"/categories/{pointed_at}")).json()["category"]
    assert (found["sourcedId"], found["status"]) == (guid, "tobedeleted")
    refused = await synergy.sync("DELETE", f"/categories/{guid}")
    assert (refused.status_code, "deletefailure" in refused.text) == (422, True)


@pytest.mark.parametrize("how", ["Hidden", "Deleted"])
async def test_a_provider_may_go_on_listing_what_is_out_of_use(
    synergy_with: Callable[..., Synergy], how: str
) -> None:
    synergy = synergy_with(categories_out_of_use="listed")
    guid = await put_out_of_use(synergy, how)
    for path in ("/categories?limit=100", f"/classes/{synergy.section.guid}/categories"):
        rows = (await synergy.sync("GET", path)).json()["categories"]
        listed = {each["sourcedId"]: each["status"] for each in rows}
        assert (listed[guid], listed[synergy.category("Quizzes")]) == ("tobedeleted", "active")


async def test_a_type_that_shows_as_hidden_or_deleted_may_stay_but_not_be_chosen(synergy: Synergy) -> None:
    kind, other = await add(synergy), await add(synergy, "Labs")
    await synergy.send(category={"sourcedId": kind["id"]})
    await ask(synergy, "DELETE", f"/types/{kind['id']}")
    await choose(synergy, "district")
    saved = await synergy.save(third_party_readonly=False, points=5, type_id=kind["id"])
    assert (saved.status_code, saved.json()["points"], saved.json()["type"]["name"]) == (200, 5, "Deleted")
    chosen = await synergy.save(type_id=other["id"])
    assert (chosen.status_code, chosen.json()["error"].split(": ")[0]) == (422, "type_id")


async def test_a_client_that_puts_a_deleted_type_again_makes_it_anew(synergy: Synergy) -> None:
    kind = await add(synergy)
    await synergy.send(category={"sourcedId": kind["id"]})
    await ask(synergy, "DELETE", f"/types/{kind['id']}")
    body = {"category": {"sourcedId": kind["id"], "title": "Projects", "status": "active"}}
    assert (await synergy.sync("PUT", f"/categories/{kind['id']}", body)).status_code == 201
    assert (await synergy.screen())["type"]["name"] == "Projects"


async def test_an_unused_type_is_gone_without_a_trace(synergy: Synergy) -> None:
    before = synergy.store.freeze().tables["class_types"].rows
    kind = await add(synergy)
    await ask(synergy, "DELETE", f"/types/{kind['id']}")
    assert synergy.store.freeze().tables["class_types"].rows == before


async def test_a_type_called_deleted_is_no_deleted_type(synergy: Synergy) -> None:
    kind = await add(synergy, "Deleted")
    await synergy.send(category={"sourcedId": kind["id"]})
    await synergy.screen()
    assert synergy.marks("DELETED-TYPE") == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_the_districts_types_are_not_the_teachers(synergy: Synergy, method: str) -> None:
    body = {"name": "Other"} if method == "PUT" else None
    answer = await ask(synergy, method, f"/types/{synergy.category('Quizzes')}", body)
    assert (answer.status_code, "one of the district's types" in answer.json()["error"]) == (422, True)
    assert "Quizzes" in await offered(synergy)


async def test_two_types_of_a_class_are_not_called_the_same(synergy: Synergy) -> None:
    answer = await ask(synergy, "POST", "/types", {"name": "quizzes"})
    assert (answer.status_code, answer.json()["error"].startswith("name: There is an")) == (422, True)


async def test_a_type_that_weighs_something_stays_until_its_weight_is_given_away(synergy: Synergy) -> None:
    kind = await add(synergy)
    tests = synergy.category("Tests")
    weights = [{"id": kind["id"], "weight": 10}, {"id": tests, "weight": 20}]
    assert (await ask(synergy, "PUT", "/setup", {"assignment_types": weights})).status_code == 200
    refused = await ask(synergy, "DELETE", f"/types/{kind['id']}")
    assert (refused.status_code, "10 percent" in refused.json()["error"]) == (422, True)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "Projects", "default_points": -1}, "default_points"),
        ({"name": "Projects", "color": "red"}, "color"),
    ],
)
async def test_a_type_that_cannot_be_is_422_and_names_the_field(
    synergy: Synergy, body: dict[str, object], field: str
) -> None:
    answer = await ask(synergy, "POST", "/types", body)
    assert (answer.status_code, answer.json()["error"].split(": ")[0]) == (422, field)


async def test_where_the_district_fixes_types_nothing_of_them_changes(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(district_types_locked=True)
    before = synergy.store.freeze().tables["class_types"].rows
    drops = {"assignment_types": [{"id": synergy.category("Tests"), "drop_lowest": 1}]}
    for method, path, body in (("POST", "/types", {"name": "Projects"}), ("PUT", "/setup", drops)):
        answer = await ask(synergy, method, path, body)
        assert (answer.status_code, answer.json()["refused"]["rule"]) == (409, "TYPE-DISTRICT-LOCKED")
    assert synergy.store.freeze().tables["class_types"].rows == before


@pytest.mark.parametrize(
    ("field", "value"), [("method", "points"), ("class_rounding", False), ("decimals", 0)]
)
async def test_where_the_district_fixes_types_a_class_rounds_as_the_district_does(
    synergy_with: Callable[..., Synergy], field: str, value: object
) -> None:
    synergy = synergy_with(district_types_locked=True)
    before = synergy.store.classes[synergy.section.guid]
    refused = (await ask(synergy, "PUT", "/setup", {field: value})).json()["refused"]
    assert (refused["rule"], refused["field"]) == ("TYPE-DISTRICT-LOCKED", field)
    assert synergy.store.classes[synergy.section.guid] == before
    scale = await ask(synergy, "PUT", "/setup", {"report_card_scale": "four_point", "decimals": 2})
    assert scale.status_code == 200


async def test_a_new_assignment_is_worth_what_its_type_says_by_default(synergy: Synergy) -> None:
    kind = await add(synergy)
    await ask(synergy, "PUT", f"/types/{kind['id']}", {"default_points": 25})
    made = await ask(synergy, "POST", "/assignments", {"name": "Model", "type_id": kind["id"]})
    assert (made.status_code, made.json()["max_score"], made.json()["points"]) == (201, 25, 25)
    without = {"name": "Model", "type_id": synergy.category("Quizzes")}
    refused = await ask(synergy, "POST", "/assignments", without)
    assert (refused.status_code, refused.json()["error"].split(": ")[0]) == (422, "max_score")
    nowhere = await ask(synergy, "POST", "/assignments", {"name": "Model", "type_id": "nowhere"})
    assert (nowhere.status_code, nowhere.json()["error"].split(": ")[0]) == (422, "type_id")
