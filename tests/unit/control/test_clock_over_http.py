"""The clock of a world, moved and put wrong from outside."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.unit.control.control import Control, complaint

ADVANCE = "/default/clock/advance"


async def test_a_clock_tells_the_time_of_both_systems_and_what_comes_next(control: Control) -> None:
    now = "2026-09-14T15:00:00+00:00"
    right = {"now": now, "ahead_seconds": 0.0, "drift_seconds_a_day": 0.0, "since": now}
    clock = (await control.get("/default/clock")).json()
    upcoming = (await control.get("/default/clock/appointments")).json()
    assert clock == {
        "now": now,
        "autojump": False,
        "waiting": 0,
        "systems": {"canvas": right, "synergy": right},
        "next": upcoming["appointments"][0],
        "appointments": upcoming["total"],
    }
    assert clock["next"]["kind"] == "roster feed"


@pytest.mark.parametrize(
    ("body", "now"),
    [
        ({"seconds": 90}, "2026-09-14T15:01:30+00:00"),
        ({"seconds": 0.5}, "2026-09-14T15:00:00.500000+00:00"),
        ({"by": "PT90M"}, "2026-09-14T16:30:00+00:00"),
        ({"by": "P1DT2H"}, "2026-09-15T17:00:00+00:00"),
        ({"to": "2026-09-14T09:00:00-07:00"}, "2026-09-14T16:00:00+00:00"),
        ({"to_next": True}, "2026-09-15T09:00:00+00:00"),
    ],
)
async def test_the_clock_moves_by_an_amount_to_an_instant_or_to_what_comes_next(
    control: Control, body: dict[str, Any], now: str
) -> None:
    answer = await control.post(ADVANCE, body)
    assert (answer.status_code, answer.json()["now"]) == (200, now)
    assert (await control.get("/default/clock")).json()["now"] == now
    assert (await control.get("/room-1/clock")).json()["now"] == "2026-09-14T15:00:00+00:00"


async def test_a_move_is_noted_and_tells_what_happened_on_the_way(control: Control) -> None:
    told = (await control.post(ADVANCE, {"by": "P2D"})).json()
    assert [each["what"] for each in told["happened"]] == ["roster feed", "roster feed"]
    steps = (await control.get("/default/journal", kind="clock")).json()["entries"]
    assert {step["who"] for step in steps} == {"control"}
    assert sum(step["by_seconds"] for step in steps) == 2 * 86_400


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"seconds": -1}, "seconds"),
        ({"seconds": "60"}, "seconds"),
        ({"seconds": 1e300}, "seconds"),
        ({"seconds": True}, "seconds"),
        ({"by": "an hour"}, "by"),
        ({"by": "-PT1H"}, "by"),
        ({"by": "P4000D"}, "by"),
        ({"by": 60}, "by"),
        ({"to": "2026-09-14T16:00:00"}, "to"),
        ({"to": "2026-09-14T14:59:59Z"}, "to"),
        ({"to": "2040-01-01T00:00:00Z"}, "to"),
        ({"to": "9999-12-31T23:59:59-23:00"}, "to"),
        ({"to": "tomorrow"}, "to"),
        ({"to": 1_800_000_000}, "to"),
        ({"to_next": False}, "to_next"),
        ({"minutes": 1}, "minutes"),
        ({}, ""),
        ({"seconds": 1, "by": "PT1S"}, ""),
    ],
)
async def test_a_bad_move_is_422_names_the_field_and_leaves_the_clock(
    control: Control, body: dict[str, Any], field: str
) -> None:
    assert complaint(await control.post(ADVANCE, body)) == (422, field)
    assert (await control.get("/default/clock")).json()["now"] == "2026-09-14T15:00:00+00:00"
    assert len(control.world("default").journal) == 0


@pytest.mark.parametrize(
    ("body", "example"),
    [
        ({"by": "90"}, "PT1H30M"),
        ({"by": 90}, "PT1H30M"),
        ({"to": "2026-09-14T16:00:00"}, "2026-09-15T09:00:00Z"),
        ({"to": "tomorrow"}, "2026-09-15T09:00:00Z"),
        ({"to": 5}, "2026-09-15T09:00:00Z"),
    ],
)
async def test_a_duration_or_an_instant_that_cannot_be_read_is_answered_with_one_that_can(
    control: Control, body: dict[str, Any], example: str
) -> None:
    assert f'such as "{example}"' in (await control.post(ADVANCE, body)).json()["error"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
async def test_a_number_that_is_none_is_422(control: Control, number: str) -> None:
    answer = await control.client.post(f"/_sim/worlds{ADVANCE}", content=f'{{"seconds": {number}}}')
    assert complaint(answer) == (422, "seconds")


async def test_a_world_ends_with_its_last_year_and_that_is_a_refusal(control: Control) -> None:
    statuses = [
        (await control.post(ADVANCE, {"seconds": 10 * 366 * 86_400})).status_code for _decade in range(18)
    ]
    assert statuses == [200] * 17 + [422]


async def test_where_nothing_is_to_come_the_clock_stays(control: Control) -> None:
    control.world("default").clock.schedule.thaw((0, ()))
    told = (await control.post(ADVANCE, {"to_next": True})).json()
    assert (told["now"], told["next"], told["happened"]) == ("2026-09-14T15:00:00+00:00", None, [])


async def test_what_is_to_come_is_told_soonest_first_and_as_much_as_is_asked_for(control: Control) -> None:
    every = (await control.get("/default/clock/appointments")).json()["appointments"]
    assert [each["at"] for each in every] == sorted(each["at"] for each in every)
    few = (await control.get("/default/clock/appointments", limit=1)).json()
    assert (few["appointments"], few["total"]) == (every[:1], len(every))


@pytest.mark.parametrize("limit", ["0", "10001", "x", "1.5", ""])
async def test_a_bad_limit_is_422(control: Control, limit: str) -> None:
    assert complaint(await control.get("/default/clock/appointments", limit=limit)) == (422, "limit")


async def test_one_system_can_be_ahead_and_drift_while_the_other_is_right(control: Control) -> None:
    body = {"ahead_seconds": -30, "drift_seconds_a_day": 2}
    told = (await control.put("/default/clock/systems/synergy", body)).json()
    assert told["systems"]["synergy"]["now"] == "2026-09-14T14:59:30+00:00"
    assert told["systems"]["canvas"]["now"] == told["now"]
    await control.post(ADVANCE, {"by": "P1D"})
    clock = (await control.get("/default/clock")).json()
    assert clock["systems"]["synergy"]["now"] == "2026-09-15T14:59:32+00:00"
    said = (await control.get("/default/journal", kind="world")).json()["entries"]
    assert [(each["what"], each["words"], each["who"]) for each in said] == [
        ("skew", "The clock of synergy is -30 s off, and +2 s a day", "control")
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "ahead_seconds"),
        ({"ahead_seconds": "1"}, "ahead_seconds"),
        ({"ahead_seconds": 1e12}, "ahead_seconds"),
        ({"ahead_seconds": 1, "drift_seconds_a_day": -1e12}, "drift_seconds_a_day"),
        ({"ahead_seconds": 1, "drift": 1}, "drift"),
    ],
)
async def test_a_bad_skew_is_422_and_nothing_is_off(
    control: Control, body: dict[str, Any], field: str
) -> None:
    before = (await control.get("/default/clock")).json()
    assert complaint(await control.put("/default/clock/systems/canvas", body)) == (422, field)
    assert (await control.get("/default/clock")).json() == before


async def test_a_system_that_has_no_clock_is_404_and_told_which_have(control: Control) -> None:
    answer = await control.put("/default/clock/systems/moodle", {"ahead_seconds": 1})
    assert (answer.status_code, "canvas, synergy" in answer.json()["error"]) == (404, True)


async def test_autojump_wakes_whoever_waits_already_and_can_be_turned_off(control: Control) -> None:
    world = control.world("default")
    sleeper = asyncio.ensure_future(world.waiting.sleep(3600))
    await asyncio.sleep(0)  # noqa: TID251 - the sleeper gets a turn
    assert (await control.get("/default/clock")).json()["waiting"] == 1
    assert (await control.put("/default/clock/autojump", {"on": True})).json()["autojump"] is True
    await asyncio.wait_for(sleeper, 5)
    assert (await control.get("/default/clock")).json()["now"] == "2026-09-14T16:00:00+00:00"
    assert (await control.put("/default/clock/autojump", {"on": False})).json()["autojump"] is False
    assert world.waiting.autojump is None


@pytest.mark.parametrize("body", [{}, {"on": 1}, {"on": "yes"}, {"on": None}])
async def test_a_bad_autojump_is_422(control: Control, body: dict[str, Any]) -> None:
    assert complaint(await control.put("/default/clock/autojump", body)) == (422, "on")
