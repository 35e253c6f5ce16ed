"""What is to go wrong in a world, planned and counted from outside."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.faults import KINDS
from tests.unit.control.control import Control, complaint

FAULT: dict[str, Any] = {
    "name": "down",
    "does": {"kind": "answer", "status": 503},
    "match": {"system": "canvas"},
}


async def asks_canvas(control: Control, prefix: str = "") -> int:
    token = control.world("default").credentials.teacher_tokens[0]
    bearer = {"Authorization": f"Bearer {token}"}
    return (await control.canvas.get(f"{prefix}/api/v1/courses", headers=bearer)).status_code


async def test_a_planned_fault_strikes_is_counted_and_leaves_other_worlds_alone(control: Control) -> None:
    planned = await control.post("/default/faults", FAULT)
    assert (planned.status_code, planned.json()["fired"], planned.json()["times"]) == (201, 0, 1)
    assert (await control.get("/default/faults")).json()["unfired"] == ["down"]
    await asks_canvas(control, "/w/room-1")
    assert [await asks_canvas(control), await asks_canvas(control)] == [503, 200]
    told = (await control.get("/default/faults")).json()
    assert [(each["name"], each["seen"], each["fired"]) for each in told["faults"]] == [("down", 1, 1)]
    assert told["unfired"] == []
    assert (await control.get("/room-1/faults")).json() == {"faults": [], "unfired": []}
    entries = (await control.get("/default/journal", fault="down")).json()["entries"]
    assert [entry["kind"] for entry in entries] == ["fault"]


async def test_a_removed_fault_strikes_no_more_and_tells_how_it_stood(control: Control) -> None:
    await control.post("/default/faults", {**FAULT, "name": "a/b & c", "times": None})
    await asks_canvas(control)
    removed = await control.delete("/default/faults/a/b%20&%20c")
    assert (removed.status_code, removed.json()["fired"]) == (200, 1)
    assert await asks_canvas(control) == 200
    assert (await control.delete("/default/faults/a/b%20&%20c")).status_code == 404


async def test_all_faults_can_be_taken_back_at_once(control: Control) -> None:
    for name in ("one", "two"):
        await control.post("/default/faults", {**FAULT, "name": name})
    assert (await control.delete("/default/faults")).status_code == 204
    assert (await control.get("/default/faults")).json()["faults"] == []
    assert await asks_canvas(control) == 200


async def test_a_snapshot_holds_the_plan_with_its_counts(control: Control) -> None:
    await control.post("/default/faults", FAULT)
    await control.post("/default/snapshots", {"name": "planned"})
    await control.delete("/default/faults")
    await control.post("/default/snapshots/planned/restore")
    assert (await control.get("/default/faults")).json()["unfired"] == ["down"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": ".."}, "name"),
        ({"does": {"kind": "explode"}}, "does.kind"),
        ({"does": {"kind": "answer", "status": 200}}, "does.status"),
        ({"does": {"kind": "answer", "status": "503"}}, "does.status"),
        ({"match": {"system": "moodle"}}, "match.system"),
        ({"match": {"rule": "NO-SUCH-RULE"}}, "match.rule"),
        ({"probability": 2}, "probability"),
        ({"times": 0}, "times"),
        ({"tines": 1}, "tines"),
    ],
)
async def test_a_fault_that_cannot_be_planned_is_422_names_the_field_and_is_not_planned(
    control: Control, wrong: dict[str, Any], field: str
) -> None:
    assert complaint(await control.post("/default/faults", {**FAULT, **wrong})) == (422, field)
    assert len(control.world("default").faults) == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"probability": NaN}', b"[" * 100_000, b'"\\ud800"']
)
async def test_a_body_that_is_no_fault_is_422(control: Control, body: bytes) -> None:
    answer = await control.client.post("/_sim/worlds/default/faults", content=body)
    assert answer.status_code == 422


async def test_a_name_that_is_planned_already_is_409_and_the_first_stays(control: Control) -> None:
    await control.post("/default/faults", FAULT)
    answer = await control.post("/default/faults", {**FAULT, "times": 3})
    assert (answer.status_code, '"down" is planned already' in answer.json()["error"]) == (409, True)
    assert [each.times for each in control.world("default").faults.planned] == [1]


async def test_a_wrong_kind_is_answered_with_those_there_are(control: Control) -> None:
    error = (await control.post("/default/faults", {**FAULT, "does": {"kind": "explode"}})).json()["error"]
    assert ", ".join(KINDS) in error
