"""Worlds exported to files and made from files, from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from simulator.difference import difference_between
from simulator.world import Worlds
from simulator.world_file import world_as_text
from tests.unit.control.control import Control, complaint, controlling
from tests.unit.world.gradebook import a_graded_world


async def put_file(control: Control, name: str, text: str | bytes) -> httpx2.Response:
    return await control.client.put(f"/_sim/worlds/{name}/file", content=text)


async def test_an_exported_world_comes_back_under_another_name() -> None:
    async with controlling(Worlds(a_graded_world())) as control:
        exported = await control.get("/default/file")
        assert exported.headers["Content-Type"] == "application/json"
        made = await put_file(control, "again", exported.content)
        assert (made.status_code, made.headers["Location"]) == (201, "/_sim/worlds/again")
        assert difference_between(control.world("default").freeze(), control.world("again").freeze()).is_empty
        assert made.json()["doors"]["canvas"]["url"].endswith("/w/again")


async def test_a_snapshot_can_be_exported(control: Control) -> None:
    await control.post("/default/snapshots", {"name": "morning"})
    await control.post("/default/clock/advance", {"seconds": 60})
    exported = (await control.get("/default/file", snapshot="morning")).json()
    assert exported["clock"]["now"] == "2026-09-14T15:00:00Z"


async def test_a_snapshot_that_is_not_there_cannot_be_exported(control: Control) -> None:
    assert complaint(await control.get("/default/file", snapshot="morning")) == (422, "snapshot")


async def test_a_world_name_that_is_none_cannot_be_imported_to(control: Control) -> None:
    text = world_as_text(control.world("default"))
    assert complaint(await put_file(control, "a%20b", text)) == (422, "name")
    assert len(control.worlds) == 2


def without_zone(document: dict[str, Any]) -> None:
    document["clock"]["now"] = "2026-09-14T15:00:00"


def beyond_the_calendar(document: dict[str, Any]) -> None:
    document["clock"]["now"] = "9999-12-31T23:59:59Z"


def an_appointment_of_a_kind_that_is_none(document: dict[str, Any]) -> None:
    document["clock"]["appointments"][0]["kind"] = "solar eclipse"


def an_appointment_without_zone(document: dict[str, Any]) -> None:
    document["clock"]["appointments"][0]["at"] = "2026-09-14T15:00:00"


def a_skew_without_zone(document: dict[str, Any]) -> None:
    document["clock"]["skews"] = {"canvas": {"ahead": 1, "drift_a_day": 0, "since": "2026-09-14T15:00:00"}}


def a_skew_without_end(document: dict[str, Any]) -> None:
    day = {"ahead": 0, "drift_a_day": "P400D", "since": "2026-09-14T15:00:00Z"}
    document["clock"]["skews"] = {"canvas": day}


def a_value_without_zone(document: dict[str, Any]) -> None:
    document["synergy"]["values"]["rostered_at"] = "2026-09-14T15:00:00"


def an_unknown_field(document: dict[str, Any]) -> None:
    document["colour"] = "green"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (without_zone, "clock.now"),
        (beyond_the_calendar, "clock.now"),
        (an_appointment_of_a_kind_that_is_none, "clock.appointments.0.kind"),
        (an_appointment_without_zone, "clock.appointments.0.at"),
        (a_skew_without_zone, "clock.skews.canvas.since"),
        (a_skew_without_end, "clock.skews.canvas"),
        (a_value_without_zone, "synergy.rostered_at"),
        (an_unknown_field, "colour"),
    ],
)
async def test_a_damaged_file_is_422_names_the_field_and_makes_no_world(
    control: Control, change: Callable[[dict[str, Any]], None], field: str
) -> None:
    document = json.loads(world_as_text(control.world("default")))
    change(document)
    assert complaint(await put_file(control, "again", json.dumps(document))) == (422, field)
    assert len(control.worlds) == 2


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"1" * 5_000, b'{"format": 1}']
)
async def test_a_file_that_is_no_worlds_is_422(control: Control, text: bytes) -> None:
    answer = await put_file(control, "again", text)
    assert answer.status_code == 422
    assert len(control.worlds) == 2


async def test_a_row_whose_time_has_no_zone_is_422_and_named(control: Control) -> None:
    document = json.loads(world_as_text(a_graded_world()))
    graded = next(
        number for number, row in enumerate(document["canvas"]["tables"]["submissions"]) if row["graded_at"]
    )
    document["canvas"]["tables"]["submissions"][graded]["graded_at"] = "2026-09-14T15:00:00"
    answer = await put_file(control, "again", json.dumps(document))
    assert complaint(answer) == (422, f"canvas.submissions.{graded}.graded_at")
