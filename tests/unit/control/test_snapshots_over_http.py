"""Snapshots taken and gone back to from outside, and what is different between two moments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from simulator.canvas import recording
from simulator.world import Worlds, build_world
from tests.unit.control.control import Control, complaint, controlling
from tests.unit.world.gradebook import a_graded_world

AT_ONCE = "Before the second post: 9 Äpfel & 50% #1?"


@pytest.fixture
async def graded() -> AsyncIterator[Control]:
    """A world in which grading went on after the snapshot "before", and one of another seed."""
    worlds = Worlds(a_graded_world(), build_world(8, name="other"))
    async with controlling(worlds) as control:
        await control.post("/default/snapshots", {"name": "before"})
        await control.post("/default/clock/advance", {"seconds": 60})
        grade(control, score=3.0)
        yield control


def grade(control: Control, *, score: float) -> None:
    canvas = control.world("default").canvas
    row = next(each for each in canvas.submissions.values() if each.score is not None)
    recording.put_submission(canvas, replace(row, score=score, grade=f"{score:g}"))


async def test_a_snapshot_is_listed_with_when_it_was_taken_and_what_it_holds(control: Control) -> None:
    await control.post("/default/clock/advance", {"seconds": 60})
    taken = await control.post("/default/snapshots", {"name": "morning"})
    world = control.world("default")
    assert taken.status_code == 201
    assert taken.json() == {
        "name": "morning",
        "at": "2026-09-14T15:01:00+00:00",
        "entry": 1,
        "objects": len(world.freeze()),
    }
    assert (await control.get("/default/snapshots")).json() == {"snapshots": [taken.json()]}
    assert (await control.get("/room-1/snapshots")).json() == {"snapshots": []}
    assert (await control.get("/default")).json()["snapshots"] == 1


async def test_a_restored_world_is_as_it_was_and_its_journal_tells_who_did_it(graded: Control) -> None:
    answer = await graded.post("/default/snapshots/before/restore")
    assert (answer.status_code, answer.json()["now"]) == (200, "2026-09-14T15:00:00+00:00")
    assert (await graded.get("/default/difference", since="before")).json()["canvas"] == []
    steps = (await graded.get("/default/journal", kind="world", who="control")).json()["entries"]
    assert [step["what"] for step in steps] == ["snapshot", "restore"]


async def test_a_snapshot_can_be_called_whatever_a_url_can_carry(control: Control) -> None:
    assert (await control.post("/default/snapshots", {"name": AT_ONCE})).status_code == 201
    escaped = AT_ONCE.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    assert (await control.post(f"/default/snapshots/{escaped}/restore")).status_code == 200
    assert (await control.delete(f"/default/snapshots/{escaped}")).status_code == 204
    assert (await control.get("/default/snapshots")).json() == {"snapshots": []}


@pytest.mark.parametrize(
    "name", ["", " ", "a/b", ".", "..", "x" * 101, "a\nb", "\x00", "zero\u200bwidth", 7, None]
)
async def test_a_snapshot_with_no_usable_name_is_not_taken(control: Control, name: Any) -> None:  # noqa: ANN401
    assert complaint(await control.post("/default/snapshots", {"name": name})) == (422, "name")
    assert len(control.world("default").snapshots) == 0


async def test_where_there_is_no_room_for_a_snapshot_none_is_taken(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.snapshots.SNAPSHOTS_MAX", 1)
    assert (await control.post("/default/snapshots", {"name": "a"})).status_code == 201
    assert (await control.post("/default/snapshots", {"name": "b"})).status_code == 409
    assert (await control.post("/default/snapshots", {"name": "a"})).status_code == 201
    assert [each.name for each in control.world("default").snapshots] == ["a"]


async def test_a_snapshot_that_is_not_there_is_404_and_told_which_are(graded: Control) -> None:
    for answer in (
        await graded.post("/default/snapshots/after/restore"),
        await graded.delete("/default/snapshots/after"),
    ):
        assert answer.status_code == 404
        assert answer.json()["error"] == 'There is no snapshot "after". There are: before.'


async def test_a_difference_is_told_as_data_and_as_text(graded: Control) -> None:
    told = (await graded.get("/default/difference", since="before")).json()
    assert told["clock"] == {"from": "2026-09-14T15:00:00+00:00", "to": "2026-09-14T15:01:00+00:00"}
    assert [(each["table"], each["how"]) for each in told["canvas"]] == [("submissions", "changed")]
    assert told["canvas"][0]["fields"]["score"] == {"before": 8.0, "after": 3.0}
    text = await graded.client.get(
        "/_sim/worlds/default/difference", params={"since": "before"}, headers={"Accept": "text/plain"}
    )
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Clock: 2026-09-14 15:00:00 -> 2026-09-14 15:01:00 UTC" in text.text
    assert "score 8 -> 3" in text.text


async def test_two_snapshots_are_compared_in_the_order_that_is_asked_for(graded: Control) -> None:
    await graded.post("/default/snapshots", {"name": "after"})
    grade(graded, score=1.0)
    back = (await graded.get("/default/difference", since="after", until="before")).json()
    assert back["canvas"][0]["fields"]["score"] == {"before": 3.0, "after": 8.0}


async def test_two_worlds_are_compared_now_and_at_their_snapshots(graded: Control) -> None:
    await graded.post("/default/fork", {"name": "what-if"})
    grade(graded, score=10.0)
    told = (await graded.get("/what-if/difference", world="default")).json()
    assert told["canvas"][0]["fields"]["score"] == {"before": 3.0, "after": 10.0}
    told = (await graded.get("/default/difference", world="what-if", until="before")).json()
    assert told["canvas"][0]["fields"]["score"] == {"before": 10.0, "after": 8.0}


async def test_worlds_of_two_seeds_can_be_compared_and_no_secret_is_told(graded: Control) -> None:
    for accept in ("application/json", "text/plain"):
        answer = await graded.client.get(
            "/_sim/worlds/default/difference", params={"world": "other"}, headers={"Accept": accept}
        )
        assert answer.status_code == 200
        for name in ("default", "other"):
            credentials = graded.world(name).credentials
            for secret in (credentials.admin_token, credentials.client_secret, *credentials.teacher_tokens):
                assert secret not in answer.text


@pytest.mark.parametrize(
    ("params", "status", "field"),
    [
        ({}, 422, "since"),
        ({"since": "never"}, 422, "since"),
        ({"until": "never"}, 422, "until"),
        ({"world": "other", "until": "before"}, 422, "until"),
        ({"since": ["before", "before"]}, 422, "since"),
        ({"world": "nowhere"}, 404, ""),
    ],
)
async def test_a_difference_from_or_to_nowhere_is_refused(
    graded: Control, params: dict[str, Any], status: int, field: str
) -> None:
    assert complaint(await graded.get("/default/difference", **params)) == (status, field)
