"""Grade Book Main, the Assignments screen, duplicates, and what families see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

CHALK = {"Authorization": "Bearer chalk"}


async def ask(synergy: Synergy, method: str, path: str, body: object = None) -> httpx2.Response:
    """As the teacher, below the class."""
    options: dict[str, Any] = {} if body is None else {"json": body}
    return await synergy.raw(
        method, f"/teachervue/classes/{synergy.section.guid}{path}", headers=CHALK, **options
    )


async def on_show(synergy: Synergy) -> tuple[str, list[str]]:
    book = (await ask(synergy, "GET", "/gradebook")).json()
    return book["grading_period"]["name"], [each["name"] for each in book["assignments"]]


async def test_the_gradebook_goes_on_to_the_next_period_when_one_is_over(synergy: Synergy) -> None:
    seen = [(await on_show(synergy))[0]]
    for days in (12, 21, 64):
        synergy.clock.advance(timedelta(days=days))
        seen.append((await on_show(synergy))[0])
    assert seen == ["Progress 1", "Quarter 1", "Semester 1", "Semester 1"]


async def test_the_shown_period_stays_where_it_was_switched_until_it_follows_the_calendar(
    synergy: Synergy,
) -> None:
    body = {"grading_period_id": synergy.period("Semester 1")}
    switched = (await ask(synergy, "PUT", "/gradebook", body)).json()
    assert (switched["grading_period"]["name"], switched["follows_calendar"]) == ("Semester 1", False)
    assert (await on_show(synergy))[0] == "Semester 1"
    back = (await ask(synergy, "PUT", "/gradebook", {"grading_period_id": None})).json()
    assert (back["grading_period"]["name"], back["follows_calendar"]) == ("Progress 1", True)


async def test_only_what_is_in_the_shown_period_is_there(synergy: Synergy) -> None:
    await synergy.send(sourcedId="li-1", title="Soon")
    await synergy.send(sourcedId="li-2", title="Later", dueDate="2026-10-05T19:00:00Z")
    assert await on_show(synergy) == ("Progress 1", ["Soon"])
    assert synergy.marks("GP-DISAPPEAR-ON-SWITCH") == ["upheld"]
    await ask(synergy, "PUT", "/gradebook", {"grading_period_id": synergy.period("Quarter 1")})
    assert await on_show(synergy) == ("Quarter 1", ["Soon", "Later"])


@pytest.mark.parametrize("period", ["nowhere", "", 7])
async def test_a_period_that_is_none_is_422_and_named(synergy: Synergy, period: object) -> None:
    answer = await ask(synergy, "PUT", "/gradebook", {"grading_period_id": period})
    assert (answer.status_code, answer.json()["error"].startswith("grading_period_id: ")) == (422, True)


@pytest.mark.parametrize(
    ("heard", "sent", "names"),
    [
        ("alone", "Semester 1", ["Semester 1"]),
        ("with_the_setting", "Progress 1", ["Progress 1", "Quarter 1", "Semester 1"]),
        ("ignored", "Progress 1", ["Quarter 1", "Semester 1"]),
    ],
)
async def test_what_a_sent_grading_period_counts_for_is_the_profiles(
    synergy_with: Callable[..., Synergy], heard: str, sent: str, names: list[str]
) -> None:
    synergy = synergy_with(sent_grading_period=heard)
    period = {"sourcedId": synergy.period(sent)}
    await synergy.send(dueDate="2026-10-05T19:00:00Z", gradingPeriod=period)
    assert [each["name"] for each in (await synergy.screen())["grading_periods"]] == names


async def test_a_client_that_sends_back_what_it_read_takes_no_grading_period_away(synergy: Synergy) -> None:
    """OneRoster has room for one of the three, and showing one is not asking for it alone."""
    await synergy.send()
    read = (await synergy.sync("GET", "/lineItems/li-1")).json()
    assert read["lineItem"]["gradingPeriod"]["sourcedId"] == synergy.period("Progress 1")
    assert (await synergy.sync("PUT", "/lineItems/li-1", read)).status_code == 200
    names = [each["name"] for each in (await synergy.screen())["grading_periods"]]
    assert names == ["Progress 1", "Quarter 1", "Semester 1"]
    await synergy.send(gradingPeriod={"sourcedId": synergy.period("Quarter 1")})
    assert [each["name"] for each in (await synergy.screen())["grading_periods"]] == ["Quarter 1"]


# the Assignments screen


async def own(synergy: Synergy, name: str) -> dict[str, Any]:
    body = {"name": name, "type_id": synergy.category("Homework"), "max_score": 10}
    made: dict[str, Any] = (await ask(synergy, "POST", "/assignments", body)).json()
    return made


async def test_many_of_a_teachers_own_are_changed_at_once(synergy: Synergy) -> None:
    first, second = await own(synergy, "One"), await own(synergy, "Two")
    rows = [{"id": each["id"], "due_date": "2026-10-05", "date": "2026-09-15"} for each in (first, second)]
    answer = await ask(synergy, "PUT", "/assignments", {"assignments": rows})
    assert answer.status_code == 200
    assert {each["due_date"] for each in answer.json()["assignments"]} == {"2026-10-05"}


@pytest.mark.parametrize("lock", [True, False])
async def test_with_one_from_canvas_among_them_none_is_changed(synergy: Synergy, *, lock: bool) -> None:
    mine = await own(synergy, "Mine")
    await synergy.send()
    synced = next(each for each in synergy.store.assignments.values() if each.synced)
    synergy.store.assignments.put(replace(synced, third_party_readonly=lock))
    before = synergy.store.freeze().tables["assignments"].rows
    periods = [synergy.period("Quarter 1")]
    rows = [{"id": number, "grading_period_ids": periods} for number in (mine["id"], synced.gradebook_id)]
    answer = await ask(synergy, "PUT", "/assignments", {"assignments": rows})
    assert (answer.status_code, answer.json()["refused"]["rule"]) == (409, "ASSIGNMENTS-SCREEN-REFUSED")
    assert synergy.store.freeze().tables["assignments"].rows == before


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "assignments"),
        ([{"id": 999}], "assignments.0.id"),
        ([{"id": 1001}, {"id": 1001}], "assignments.1.id"),
        ([{"id": 1001, "points": 5}], "assignments.0.points"),
        ([{"id": 1001, "due_date": "soon"}], "assignments.0.due_date"),
        ([{"id": 1001, "date": None}], "assignments.0.date"),
        ([{"id": 1001, "grading_period_ids": []}], "assignments.0.grading_period_ids"),
    ],
)
async def test_a_row_that_cannot_be_is_422_and_names_its_place(
    synergy: Synergy, rows: list[object], field: str
) -> None:
    assert (await own(synergy, "One"))["id"] == 1001
    answer = await ask(synergy, "PUT", "/assignments", {"assignments": rows})
    assert (answer.status_code, answer.json()["error"].split(": ")[0]) == (422, field)


# families


async def family(synergy: Synergy, student: int = 0) -> dict[str, Any]:
    guid = synergy.section.students[student].guid
    path = f"/teachervue/families/{guid}/classes/{synergy.section.guid}"
    seen: dict[str, Any] = (await synergy.raw("GET", path, headers=CHALK)).json()
    return seen


async def test_what_is_shown_only_when_scored_is_there_for_whoever_has_a_score(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.save(third_party_readonly=False, show_only_when_scored=True)
    await synergy.save(third_party_readonly=True)
    assert (await family(synergy))["assignments"] == []
    assert (await on_show(synergy))[1] == ["Cell quiz"]
    await synergy.score()
    assert [each["score"] for each in (await family(synergy))["assignments"]] == [8.5]
    assert (await family(synergy, 1))["assignments"] == []


async def test_a_family_sees_its_own_scores_and_the_total(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    seen, other = await family(synergy), await family(synergy, 1)
    assert (float(seen["raw"]), seen["grading_period"]["name"]) == (85.0, "Progress 1")
    assert [each["score"] for each in other["assignments"]] == [None]


async def test_a_family_of_another_class_sees_nothing(synergy: Synergy) -> None:
    stranger = next(each for each in synergy.school.students if each not in synergy.section.students)
    path = f"/teachervue/families/{stranger.guid}/classes/{synergy.section.guid}"
    assert (await synergy.raw("GET", path, headers=CHALK)).status_code == 404


# duplicates


async def test_a_copy_has_the_scores_and_the_lock_of_the_first(synergy: Synergy) -> None:
    await synergy.send()
    await synergy.score()
    copies = (await ask(synergy, "POST", f"/assignments/{(await synergy.screen())['id']}/duplicate")).json()
    [copy] = copies["assignments"]
    assert (copy["third_party_readonly"], copy["synced"], len(copy["scores"])) == (True, True, 1)
    assert copy["line_item_id"] != "li-1"
    assert len((await synergy.sync("GET", "/lineItems")).json()["lineItems"]) == 2


@pytest.mark.parametrize(("switch", "status"), [("others_unlocked", 409), ("own_lock_only", 204)])
async def test_whether_the_other_copies_matter_is_the_profiles(
    synergy_with: Callable[..., Synergy], switch: str, status: int
) -> None:
    synergy = synergy_with(duplicate_deletion=switch)
    sisters = synergy.school.courses[2].sections
    for number, section in enumerate(sisters):
        await synergy.send(
            sourcedId=f"li-{number}",
            class_={"sourcedId": section.guid},
            category={"sourcedId": synergy.category("Quizzes", section.guid)},
        )
    synergy.section = sisters[0]
    first = await synergy.screen()
    await ask(synergy, "POST", f"/assignments/{first['id']}/duplicate")
    await ask(synergy, "PUT", f"/assignments/{first['id']}", {"third_party_readonly": False})
    assert (await ask(synergy, "DELETE", f"/assignments/{first['id']}")).status_code == status


async def test_the_same_assignment_once_in_each_section_is_no_duplicate(synergy: Synergy) -> None:
    sisters = synergy.school.courses[2].sections
    for number, section in enumerate(sisters):
        await synergy.send(
            sourcedId=f"li-{number}",
            class_={"sourcedId": section.guid},
            category={"sourcedId": synergy.category("Quizzes", section.guid)},
        )
    synergy.section = sisters[0]
    first = await synergy.screen()
    await ask(synergy, "PUT", f"/assignments/{first['id']}", {"third_party_readonly": False})
    assert (await ask(synergy, "DELETE", f"/assignments/{first['id']}")).status_code == 204


SEPTEMBER, OCTOBER = "2026-09-19T06:59:00Z", "2026-10-17T06:59:00Z"


async def send_to_each_section(synergy: Synergy, *dues: str) -> list[int]:
    """The same name in both sections of a course, due each time on these; the first section's numbers."""
    sisters = synergy.school.courses[2].sections
    for section in sisters:
        for due in dues:
            answer = await synergy.send(
                sourcedId=f"{section.guid}-{due[:10]}",
                dueDate=due,
                class_={"sourcedId": section.guid},
                category={"sourcedId": synergy.category("Quizzes", section.guid)},
            )
            assert answer.status_code == 201
    synergy.section = sisters[0]
    return [each["id"] for each in (await synergy.teacher("GET", "")).json()["assignments"]]


async def test_a_weekly_assignment_of_one_name_is_no_duplicate_of_itself(synergy: Synergy) -> None:
    first, _second = await send_to_each_section(synergy, SEPTEMBER, OCTOBER)
    await ask(synergy, "PUT", f"/assignments/{first}", {"third_party_readonly": False})
    assert (await ask(synergy, "DELETE", f"/assignments/{first}")).status_code == 204
    assert synergy.marks("DUPLICATES-ACROSS-SECTIONS") == []


async def test_the_copy_is_of_the_week_that_was_asked_for(synergy: Synergy) -> None:
    _first, second = await send_to_each_section(synergy, SEPTEMBER, OCTOBER)
    copies = (await ask(synergy, "POST", f"/assignments/{second}/duplicate")).json()["assignments"]
    assert [each["due_date"] for each in copies] == ["2026-10-16"] * 2
    assert len({each["class_id"] for each in copies}) == 2


async def test_a_section_with_a_due_date_of_its_own_has_copies_of_the_same_assignment(
    synergy: Synergy,
) -> None:
    first, *_rest = await send_to_each_section(synergy, SEPTEMBER)
    sister = synergy.school.courses[2].sections[1].guid
    (other,) = synergy.store.assignments_in(sister)
    synergy.store.keep_assignment(replace(other, due_date=date(2026, 9, 25)))
    await ask(synergy, "POST", f"/assignments/{first}/duplicate")
    await ask(synergy, "PUT", f"/assignments/{first}", {"third_party_readonly": False})
    refused = (await ask(synergy, "DELETE", f"/assignments/{first}")).json()["refused"]
    assert refused["rule"] == "DUPLICATES-ACROSS-SECTIONS"
    assert synergy.store.classes[sister].name in refused["words"]
