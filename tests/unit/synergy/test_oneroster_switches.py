"""What differs from one OneRoster provider to the next: each switch, both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest

from simulator.profiles.provider import ProviderDeviations

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

SynergyWith = Callable[..., "Synergy"]


def a_category(**changes: object) -> dict[str, Any]:
    category: dict[str, Any] = {"sourcedId": "cat-1", "title": "Projects", **changes}
    return {"category": {name: value for name, value in category.items() if value is not None}}


# what a PUT leaves out


@pytest.mark.parametrize(
    ("omitted_fields", "description", "due", "metadata"),
    [("clear", "", None, {}), ("keep", "Chapter 3", "2026-09-18", {"a": 1})],
)
async def test_what_a_line_item_leaves_out_is_cleared_or_kept(
    synergy_with: SynergyWith, omitted_fields: str, description: str, due: str | None, metadata: object
) -> None:
    synergy = synergy_with(omitted_fields=omitted_fields)
    await synergy.send(metadata={"a": 1})
    assert (await synergy.send(description=None, dueDate=None, title="Other")).status_code == 200
    item = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]
    assert (item["title"], item.get("description", ""), item["metadata"]) == ("Other", description, metadata)
    assert (await synergy.screen())["due_date"] == due


async def test_a_null_is_sent_and_so_it_clears_even_where_omissions_are_kept(
    synergy_with: SynergyWith,
) -> None:
    synergy = synergy_with(omitted_fields="keep")
    await synergy.send()
    body = {"lineItem": {**synergy.a_line_item(), "description": None}}
    assert (await synergy.sync("PUT", "/lineItems/li-1", body)).status_code == 200
    assert (await synergy.screen())["description"] == ""


@pytest.mark.parametrize(
    ("omitted_fields", "resent_ticks", "periods"),
    [("clear", "worked_out_again", 3), ("clear", "follow_due_date", 1), ("keep", "worked_out_again", 1)],
)
async def test_a_grading_period_that_is_left_out_is_worked_out_again_or_kept(
    synergy_with: SynergyWith, omitted_fields: str, resent_ticks: str, periods: int
) -> None:
    synergy = synergy_with(omitted_fields=omitted_fields, resent_ticks=resent_ticks)
    await synergy.send(gradingPeriod={"sourcedId": synergy.period("Quarter 1")})
    await synergy.send()
    assert len((await synergy.screen())["grading_periods"]) == periods


@pytest.mark.parametrize(("omitted_fields", "comment", "score"), [("clear", "", 0), ("keep", "MI", 8.5)])
async def test_what_a_result_leaves_out_is_cleared_or_kept(
    synergy_with: SynergyWith, omitted_fields: str, comment: str, score: float
) -> None:
    synergy = synergy_with(omitted_fields=omitted_fields)
    await synergy.send()
    await synergy.score(comment="MI")
    assert (await synergy.score(scoreStatus="exempt", score=None)).status_code == 200
    result = (await synergy.sync("GET", "/results/r-1")).json()["result"]
    assert (result.get("comment", ""), result["score"]) == (comment, score)


# what a PUT has to have


@pytest.mark.parametrize(
    ("switches", "left_out", "status"),
    [
        ({}, "category", 422),
        ({"category_required": False}, "category", 201),
        ({}, "gradingPeriod", 201),
        ({"grading_period_required": True}, "gradingPeriod", 422),
        ({}, "dueDate", 201),
        ({"due_date_required": True}, "dueDate", 422),
    ],
)
async def test_what_a_line_item_has_to_have_is_the_profiles(
    synergy_with: SynergyWith, switches: dict[str, bool], left_out: str, status: int
) -> None:
    synergy = synergy_with(**switches)
    answer = await synergy.send(**{left_out: None})
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["imsx_description"].startswith(f"{left_out}: ")
        assert len(synergy.store.assignments) == 0


async def test_an_item_without_a_category_gets_the_first_of_the_class_and_keeps_the_one_it_has(
    synergy_with: SynergyWith,
) -> None:
    synergy = synergy_with(category_required=False)
    await synergy.send(category=None)
    assert synergy.store.assignments["li-1"].type_guid == synergy.category("Classwork")
    await synergy.send(category={"sourcedId": synergy.category("Tests")})
    await synergy.send(category=None)
    assert synergy.store.assignments["li-1"].type_guid == synergy.category("Tests")


@pytest.mark.parametrize(
    ("score_required", "exempt", "not_submitted", "graded"),
    [
        ("always", 422, 422, 422),
        ("unless_exempt", 201, 422, 422),
        ("unless_exempt_or_not_submitted", 201, 201, 422),
    ],
)
async def test_which_results_may_lack_a_score_is_the_profiles(
    synergy_with: SynergyWith, score_required: str, exempt: int, not_submitted: int, graded: int
) -> None:
    synergy = synergy_with(score_required=score_required)
    await synergy.send()
    found = []
    for number, status in enumerate(("exempt", "not submitted", "fully graded")):
        student = {"sourcedId": synergy.section.students[number].guid}
        answer = await synergy.score(sourcedId=f"r-{number}", student=student, scoreStatus=status, score=None)
        found.append(answer.status_code)
    assert found == [exempt, not_submitted, graded]


@pytest.mark.parametrize(("score_unset", "shown"), [("zero", {"score": 0}), ("omit", {})])
async def test_a_result_without_a_number_shows_zero_or_nothing(
    synergy_with: SynergyWith, score_unset: str, shown: dict[str, int]
) -> None:
    synergy = synergy_with(score_unset=score_unset)
    await synergy.send()
    await synergy.score(scoreStatus="exempt", score=None)
    result = (await synergy.sync("GET", "/results/r-1")).json()["result"]
    assert {name: result[name] for name in ("score",) if name in result} == shown


@pytest.mark.parametrize(("booleans_as", "yes", "no"), [("json", True, False), ("text", "true", "false")])
async def test_booleans_are_json_or_words(
    synergy_with: SynergyWith, booleans_as: str, yes: object, no: object
) -> None:
    synergy = synergy_with(booleans_as=booleans_as)
    users = (await synergy.sync("GET", "/users", params={"filter": "enabledUser='true'"})).json()["users"]
    enrolled = (await synergy.sync("GET", "/enrollments")).json()["enrollments"]
    assert {each["enabledUser"] for each in users} == {yes}
    assert {each["primary"] for each in enrolled} == {yes, no}


@pytest.mark.parametrize(
    ("days_in", "kept"), [("district", "2026-09-13"), ("utc", "2026-09-14")], ids=["district", "utc"]
)
async def test_a_score_date_that_is_an_instant_is_the_day_where_days_are_counted(
    synergy_with: SynergyWith, days_in: Literal["district", "utc"], kept: str
) -> None:
    synergy = synergy_with(provider=ProviderDeviations(days_in=days_in))
    await synergy.send(assignDate="2026-09-01T15:00:00Z")
    answer = await synergy.score(scoreDate="2026-09-14T02:30:00.511Z")
    assert (answer.status_code, answer.json()["result"]["scoreDate"]) == (201, kept)


async def test_a_score_date_that_is_an_instant_is_refused_if_the_profile_says_so(
    synergy_with: SynergyWith,
) -> None:
    synergy = synergy_with(score_dates="day")
    await synergy.send()
    answer = await synergy.score(scoreDate="2026-09-14T02:30:00.511Z")
    assert answer.status_code == 422
    assert answer.json()["imsx_description"].startswith("scoreDate: must be a day")
    assert len(synergy.store.scores) == 0


# what a GET leaves out


@pytest.mark.parametrize("text_unset", ["omit", "empty"])
async def test_a_text_that_is_empty_is_left_out_or_sent_as_the_profile_says(
    synergy_with: SynergyWith, text_unset: str
) -> None:
    synergy = synergy_with(text_unset=text_unset)
    await synergy.send(description="")
    await synergy.score(comment="")
    item = (await synergy.sync("GET", "/lineItems/li-1")).json()["lineItem"]
    result = (await synergy.sync("GET", "/results/r-1")).json()["result"]
    shown = {"omit": (None, None), "empty": ("", "")}[text_unset]
    assert (item.get("description"), result.get("comment")) == shown


# what an error is called


@pytest.mark.parametrize(
    ("method", "path", "status", "word"),
    [
        ("POST", "/lineItems", 405, "invalid data"),
        ("DELETE", "/categories/{category}", 422, "invalid data"),
        ("DELETE", "/lineItems/li-1", 403, "forbidden"),
        ("DELETE", "/results/nope", 404, "unknown object"),
        ("PUT", "/results/r-1", 422, "invalid data"),
    ],
)
async def test_the_prose_shape_keeps_to_the_words_of_the_prose(
    synergy_with: SynergyWith, method: str, path: str, status: int, word: str
) -> None:
    synergy = synergy_with(
        error_shape="statusInfoSet", provider=ProviderDeviations(line_item_deletes="refuse")
    )
    await synergy.send()
    answer = await synergy.sync(method, path.format(category=synergy.category()))
    assert (answer.status_code, answer.json()["statusInfoSet"][0]["imsx_codeMinor"]) == (status, word)


# what a PUT answers


@pytest.mark.parametrize(("put_body", "content"), [("empty", b"{}"), ("none", b"")])
async def test_a_put_answers_an_empty_object_or_nothing_if_the_profile_says_so(
    synergy_with: SynergyWith, put_body: str, content: bytes
) -> None:
    answer = await synergy_with(put_body=put_body).send()
    assert (answer.status_code, answer.content) == (201, content)


async def test_a_put_without_an_id_is_no_verb_of_a_collection_by_default(synergy: Synergy) -> None:
    answer = await synergy.sync("PUT", "/lineItems", {"lineItem": synergy.a_line_item()})
    assert (answer.status_code, answer.headers["Allow"], len(synergy.store.assignments)) == (405, "GET", 0)


async def test_where_ids_are_allocated_a_put_without_one_makes_an_object_and_tells_its_id(
    synergy_with: SynergyWith,
) -> None:
    synergy = synergy_with(allocated_ids=True, put_body="none")
    made = [
        (await synergy.sync("PUT", "/lineItems", {"lineItem": synergy.a_line_item(sourcedId=None)}))
        for _each in range(2)
    ]
    ids = [answer.json()["lineItem"]["sourcedId"] for answer in made]
    assert [answer.status_code for answer in made] == [201, 201]
    assert len(set(ids)) == len(synergy.store.assignments) == 2
    again = await synergy.sync("PUT", "/lineItems", {"lineItem": synergy.a_line_item(sourcedId=ids[0])})
    assert (again.status_code, again.json()["lineItem"]["sourcedId"]) == (200, ids[0])
    result = {"result": synergy.a_result(sourcedId=None, lineItem={"sourcedId": ids[0]})}
    scored = await synergy.sync("PUT", "/results", result)
    assert scored.status_code == 201
    assert synergy.store.score_known_as(scored.json()["result"]["sourcedId"]) is not None


async def test_an_id_that_is_not_known_is_replaced_by_an_allocated_one(synergy_with: SynergyWith) -> None:
    synergy = synergy_with(allocated_ids=True)
    for sourced_id in ("made-up", "", 7, None):
        body = {"lineItem": {**synergy.a_line_item(), "sourcedId": sourced_id}}
        answer = await synergy.sync("PUT", "/lineItems", body)
        assert answer.status_code == 201
        assert answer.json()["lineItem"]["sourcedId"] != sourced_id


# deleting with a PUT


async def test_a_put_of_a_status_tobedeleted_deletes_with_all_that_hangs_on_it(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    answer = await synergy.send(status="tobedeleted")
    assert (answer.status_code, answer.json()["lineItem"]["status"]) == (200, "tobedeleted")
    assert (len(synergy.store.assignments), len(synergy.store.scores)) == (0, 0)
    assert (await synergy.send(status="tobedeleted")).status_code == 404


async def test_a_result_is_deleted_with_a_put_and_so_is_a_category(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    assert (await synergy.score(status="tobedeleted")).json()["result"]["status"] == "tobedeleted"
    assert len(synergy.store.scores) == 0
    await synergy.sync("PUT", "/categories/cat-1", a_category())
    await synergy.sync("PUT", "/categories/cat-1", a_category(status="tobedeleted"))
    assert (await synergy.sync("GET", "/categories/cat-1")).status_code == 404


async def test_a_put_of_tobedeleted_asks_the_lock_and_the_scope_of_a_put(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    assert (await synergy.send(status="tobedeleted")).status_code == 422
    assert len(synergy.store.assignments) == 1


async def test_a_provider_may_refuse_to_delete_with_a_put(synergy_with: SynergyWith) -> None:
    synergy = synergy_with(put_tobedeleted="refuse")
    await synergy.send()
    answer = await synergy.send(status="tobedeleted")
    assert answer.status_code == 422
    assert answer.json()["imsx_description"].startswith("status: ")
    assert len(synergy.store.assignments) == 1


# categories


async def test_a_category_is_created_renamed_and_deleted(synergy: Synergy) -> None:
    guid = synergy.section.guid
    body = a_category(metadata={"classId": guid, "colour": "red"})
    assert (await synergy.sync("PUT", "/categories/cat-1", body)).status_code == 201
    synergy.clock.advance(timedelta(minutes=1))
    renamed = await synergy.sync("PUT", "/categories/cat-1", a_category(title="Labs"))
    assert (renamed.status_code, renamed.json()["category"]["title"]) == (200, "Labs")
    assert renamed.json()["category"]["dateLastModified"] == "2026-09-14T15:01:00.000Z"
    listed = (await synergy.sync("GET", f"/classes/{guid}/categories")).json()["categories"]
    assert (listed[-1]["title"], listed[-1]["metadata"]) == ("Labs", {"classId": guid})
    assert (await synergy.send(category={"sourcedId": "cat-1"})).status_code == 201
    assert (await synergy.sync("DELETE", "/lineItems/li-1")).status_code == 204
    assert (await synergy.sync("DELETE", "/categories/cat-1")).status_code == 204
    assert (await synergy.sync("DELETE", "/categories/cat-1")).status_code == 404


async def test_a_category_without_a_class_is_one_of_every_class(synergy: Synergy) -> None:
    assert (await synergy.sync("PUT", "/categories/cat-1", a_category())).status_code == 201
    assert (await synergy.sync("GET", "/categories/cat-1")).json()["category"]["metadata"] == {}
    for course in synergy.school.courses:
        for section in course.sections:
            listed = (await synergy.sync("GET", f"/classes/{section.guid}/categories")).json()["categories"]
            assert listed[-1]["sourcedId"] == "cat-1"
    assert (await synergy.send(category={"sourcedId": "cat-1"})).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": None}, "title"),
        ({"title": " "}, "title"),
        ({"sourcedId": "other"}, "sourcedId"),
        ({"metadata": {"classId": "nope"}}, "metadata.classId"),
        ({"metadata": {"classId": 7}}, "metadata.classId"),
        ({"metadata": 7}, "metadata"),
        ({"status": "gone"}, "status"),
    ],
)
async def test_a_category_that_cannot_be_taken_is_422_and_names_the_field(
    synergy: Synergy, change: dict[str, object], field: str
) -> None:
    answer = await synergy.sync("PUT", "/categories/cat-1", a_category(**change))
    assert answer.status_code == 422
    assert answer.json()["imsx_description"].startswith(f"{field}: ")
    assert synergy.store.class_types.get("cat-1") is None


async def test_a_category_stays_in_its_class(synergy: Synergy) -> None:
    other = synergy.school.courses[1].sections[0].guid
    path = f"/categories/{synergy.category()}"
    body = a_category(sourcedId=synergy.category(), metadata={"classId": other})
    assert (await synergy.sync("PUT", path, body)).status_code == 422


async def test_a_category_that_is_in_use_is_not_deleted(synergy: Synergy) -> None:
    await synergy.send()
    answer = await synergy.sync("DELETE", f"/categories/{synergy.category()}")
    minor = answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]
    assert (answer.status_code, minor) == (422, "deletefailure")
    assert '"Cell quiz"' in answer.json()["imsx_description"]
    assert synergy.store.class_types.get(synergy.category()) is not None


async def test_a_category_that_weighs_something_is_not_deleted_and_the_weights_stay_whole(
    synergy: Synergy,
) -> None:
    for answer in (
        await synergy.sync("DELETE", f"/categories/{synergy.category()}"),
        await synergy.sync(
            "PUT",
            f"/categories/{synergy.category()}",
            a_category(sourcedId=synergy.category(), status="tobedeleted"),
        ),
    ):
        assert (answer.status_code, "deletefailure" in answer.text) == (422, True)
        assert "weighs 20 percent" in answer.json()["imsx_description"]
    assert sum(each.weight for each in synergy.store.types_of(synergy.section.guid)) == 100


async def test_a_district_may_keep_its_types_to_itself(synergy_with: SynergyWith) -> None:
    synergy = synergy_with(category_writes="refuse")
    path = f"/categories/{synergy.category()}"
    assert [(await synergy.sync(verb, path, {})).status_code for verb in ("PUT", "DELETE")] == [403, 403]


async def test_categories_may_leave_their_class_unsaid(synergy_with: SynergyWith) -> None:
    synergy = synergy_with(categories_name_their_class=False)
    everything = (await synergy.sync("GET", "/categories")).json()["categories"]
    assert [each["metadata"] for each in everything] == [{}] * 20
    assert len({each["title"] for each in everything}) == 5


# how often and how much


async def test_a_client_that_comes_too_often_is_told_when_to_come_again(synergy_with: SynergyWith) -> None:
    synergy = synergy_with(throttle_requests_max=2, throttle_window_seconds=30)
    found = [(await synergy.sync("GET", "/classes")).status_code for _each in range(2)]
    synergy.clock.advance(timedelta(seconds=10, milliseconds=500))
    refused = await synergy.send()
    field = refused.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]
    assert [*found, refused.status_code] == [200, 200, 429]
    assert (refused.headers["Retry-After"], field["imsx_codeMinorFieldValue"]) == ("20", "server_busy")
    assert len(synergy.store.assignments) == 0
    synergy.clock.advance(timedelta(seconds=20))
    assert (await synergy.send()).status_code == 201


async def test_nobody_is_throttled_unless_the_profile_says_so(synergy: Synergy) -> None:
    assert {(await synergy.sync("GET", "/orgs")).status_code for _each in range(100)} == {200}
    assert len(synergy.store.visits) == 0


@pytest.mark.parametrize(("page_limit_over", "status"), [("cap", 200), ("refuse", 400)])
async def test_a_limit_beyond_the_longest_page_is_cut_or_refused(
    synergy_with: SynergyWith, page_limit_over: str, status: int
) -> None:
    synergy = synergy_with(page_limit_max=10, page_limit_over=page_limit_over)
    assert (await synergy.sync("GET", "/students", params={"limit": 11})).status_code == status
    answer = await synergy.sync("GET", "/students")
    assert (answer.status_code, len(answer.json()["users"])) == (200, 10)
