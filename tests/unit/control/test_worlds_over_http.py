"""Worlds made, listed, forked, reset and deleted from outside."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.app import NOWHERE
from simulator.control.bodies import SEED_MAX
from simulator.doors import doors_of
from simulator.profiles import PROFILES
from tests.unit.control.control import NEW, Control, complaint

NOW = "2026-09-14T15:00:00+00:00"


async def test_the_worlds_are_listed_with_what_they_were_built_from(control: Control) -> None:
    same = {
        "now": NOW,
        "autojump": False,
        "switches": {},
        "tell_not_simulated": False,
        "snapshots": 0,
        "entries": 0,
    }
    assert (await control.get("")).json() == {
        "worlds": [
            {"name": "default", "seed": 7, "profile": "khsd", **same},
            {"name": "room-1", "seed": 8, "profile": "oneroster_strict", **same},
        ]
    }


async def test_a_new_world_comes_with_the_doors_that_open_it(control: Control) -> None:
    made = await control.post(
        "", {"name": "room-2", "seed": 9, "profile": "oneroster_strict", "autojump": True}
    )
    assert (made.status_code, made.headers["Location"]) == (201, "/_sim/worlds/room-2")
    told = made.json()
    assert (told["seed"], told["profile"], told["autojump"]) == (9, "oneroster_strict", True)
    assert told["doors"] == doors_of(control.world("room-2"), NOWHERE).as_dict()
    assert (await control.get("/room-2")).json() == told
    bearer = {"Authorization": f"Bearer {told['doors']['canvas']['teacher_token']}"}
    courses = await control.canvas.get(f"{told['doors']['canvas']['url']}/api/v1/courses", headers=bearer)
    assert courses.status_code == 200


@pytest.mark.parametrize(
    ("start", "teachers"), [("school", 2), ("empty", 1), ("district:schools=1,sections=12,students=2", 2)]
)
async def test_a_new_world_starts_from_what_is_asked_for(control: Control, start: str, teachers: int) -> None:
    made = (await control.post("", {"name": "room-2", "start": start})).json()
    assert len(made["doors"]["canvas"]["teachers"]) == teachers
    assert len(control.world("room-2").school.teachers) == teachers


async def test_a_new_world_needs_a_name_only(control: Control) -> None:
    made = (await control.post("", {"name": "plain"})).json()
    assert (made["seed"], made["profile"], made["autojump"]) == (7, "khsd", False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a/b"}, "name"),
        ({"name": "."}, "name"),
        ({"name": ".."}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": 7}, "name"),
        ({"name": None}, "name"),
        ({"seed": "7"}, "seed"),
        ({"seed": 7.5}, "seed"),
        ({"seed": True}, "seed"),
        ({"seed": SEED_MAX + 1}, "seed"),
        ({"profile": "kern"}, "profile"),
        ({"profile": ""}, "profile"),
        ({"start": "moon"}, "start"),
        ({"start": "rooms.yaml"}, "start"),
        ({"start": "district:sections=0"}, "start"),
        ({"start": None}, "start"),
        ({"autojump": "yes"}, "autojump"),
        ({"autojump": 1}, "autojump"),
        ({"sead": 7}, "sead"),
        ({"switches": {"put_bodi": "none"}}, "switches.put_bodi"),
        ({"switches": {"put_body": "some"}}, "switches.put_body"),
        ({"switches": {"class_totals.missing_percent": -1}}, "switches.class_totals.missing_percent"),
        ({"switches": ["put_body=none"]}, "switches"),
        ({"switches": None}, "switches"),
        ({"tell_not_simulated": "yes"}, "tell_not_simulated"),
    ],
)
async def test_a_world_that_cannot_be_made_is_422_names_the_field_and_is_not_there(
    control: Control, wrong: dict[str, Any], field: str
) -> None:
    assert complaint(await control.post("", {**NEW, **wrong})) == (422, field)
    assert [world.name for world in control.worlds] == ["default", "room-1"]


async def test_a_new_world_has_the_switches_that_were_set_and_tells_them(control: Control) -> None:
    wanted = {"name_length_max": 40, "class_totals.missing_percent": None, "score_over_max": "accept"}
    told = (await control.post("", {**NEW, "profile": "oneroster_strict", "switches": wanted})).json()
    assert (told["profile"], told["switches"]) == ("oneroster_strict", wanted)
    profile = control.world("fresh").profile
    assert (profile.name_length_max, profile.class_totals.missing_percent) == (40, None)
    assert (profile.score_over_max, profile.due_date_required) == ("accept", True)
    fork = (await control.post("/fresh/fork", {"name": "other"})).json()
    assert fork["switches"] == wanted
    copied = await control.client.put(
        "/_sim/worlds/copy/file", content=(await control.get("/fresh/file")).content
    )
    assert copied.json()["switches"] == wanted


async def test_a_fork_jumps_by_itself_if_its_world_does(control: Control) -> None:
    await control.post("", {**NEW, "autojump": True})
    assert (await control.post("/fresh/fork", {"name": "jumps"})).json()["autojump"] is True
    assert (await control.post("/default/fork", {"name": "stands"})).json()["autojump"] is False


async def test_a_switch_that_is_wrong_is_told_with_what_it_takes(control: Control) -> None:
    refused = await control.post("", {**NEW, "switches": {"put_bodi": "none", "score_over_max": "refused"}})
    assert refused.json()["problems"] == [
        {
            "field": "switches.put_bodi",
            "says": "is no switch. Did you mean put_body? It takes object, empty or none. "
            "See: gradelab profiles khsd",
        },
        {
            "field": "switches.score_over_max",
            "says": 'takes accept or refuse, not "refused". Did you mean refuse?',
        },
    ]


async def test_a_world_tells_its_clients_what_is_not_simulated_when_that_is_wanted(control: Control) -> None:
    async def told() -> str | None:
        answer = await control.canvas.get("/w/fresh/api/v1/nowhere")
        return answer.headers.get("X-Gradelab-Not-Simulated")

    made = (await control.post("", {**NEW, "tell_not_simulated": True})).json()
    assert (made["tell_not_simulated"], await told()) == (True, "path")
    off = await control.put("/fresh/not-simulated", {"on": False})
    assert (off.status_code, off.json()["tell_not_simulated"], await told()) == (200, False, None)
    assert (await control.put("/fresh/not-simulated", {"on": True})).json()["tell_not_simulated"] is True
    assert await told() == "path"
    assert (await control.canvas.get("/api/v1/nowhere")).headers.get("X-Gradelab-Not-Simulated") is None


@pytest.mark.parametrize("body", [{}, {"on": "yes"}, {"on": 1}, {"on": None}, {"on": True, "off": True}])
async def test_a_wish_that_cannot_be_read_is_422(control: Control, body: dict[str, Any]) -> None:
    assert (await control.put("/default/not-simulated", body)).status_code == 422


async def test_a_refusal_tells_everything_that_is_wrong_and_what_there_is(control: Control) -> None:
    told = (await control.post("", {"sead": 7, "profile": "kern"})).json()
    assert told["problems"] == [
        {"field": "name", "says": "is missing; give it."},
        {"field": "profile", "says": f'there is no profile "kern". Choose one of: {", ".join(PROFILES)}.'},
        {
            "field": "sead",
            "says": "is not known here; leave it out. Known are: "
            "name, seed, profile, start, autojump, switches, tell_not_simulated.",
        },
    ]
    assert told["error"].splitlines()[0] == "name: is missing; give it."


async def test_a_name_that_is_taken_is_409_and_the_world_of_that_name_stays(control: Control) -> None:
    world = control.world("room-1")
    for answer in (
        await control.post("", {"name": "room-1"}),
        await control.post("/default/fork", {"name": "room-1"}),
        await control.client.put("/_sim/worlds/room-1/file", content=b"{}"),
    ):
        assert answer.status_code == 409
        assert 'There is a world "room-1" already' in answer.json()["error"]
    assert control.world("room-1") is world


async def test_where_there_is_no_room_for_a_world_none_is_made(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.world.WORLDS_MAX", 2)
    answer = await control.post("", NEW)
    assert (answer.status_code, len(control.worlds)) == (409, 2)
    assert "delete one first" in answer.json()["error"]


async def test_a_deleted_world_is_gone_for_everybody(control: Control) -> None:
    assert (await control.delete("/room-1")).status_code == 204
    assert (await control.get("/room-1")).status_code == 404
    assert (await control.delete("/room-1")).status_code == 404
    assert (await control.canvas.get("/w/room-1/api/v1/courses")).status_code == 404
    assert (await control.post("", {"name": "room-1"})).status_code == 201


async def test_a_fork_goes_on_by_itself_from_where_the_first_world_is(control: Control) -> None:
    await control.post("/default/clock/advance", {"seconds": 60})
    forked = (await control.post("/default/fork", {"name": "what-if"})).json()
    await control.post("/what-if/clock/advance", {"seconds": 60})
    assert forked["now"] == "2026-09-14T15:01:00+00:00"
    assert (await control.get("/default/clock")).json()["now"] == "2026-09-14T15:01:00+00:00"
    assert (await control.get("/what-if/clock")).json()["now"] == "2026-09-14T15:02:00+00:00"
    assert forked["doors"]["canvas"]["url"] == "http://canvas.test/w/what-if"
    assert control.world("what-if").credentials == control.world("default").credentials


async def test_a_fork_can_begin_at_a_snapshot(control: Control) -> None:
    await control.post("/default/snapshots", {"name": "morning"})
    await control.post("/default/clock/advance", {"seconds": 60})
    forked = (await control.post("/default/fork", {"name": "again", "snapshot": "morning"})).json()
    assert (forked["now"], forked["snapshots"]) == (NOW, 1)


async def test_a_fork_from_a_snapshot_that_is_not_there_is_refused(control: Control) -> None:
    answer = await control.post("/default/fork", {"name": "again", "snapshot": "evening"})
    assert complaint(answer) == (422, "snapshot")
    assert control.worlds.get("again") is None


async def test_a_reset_world_is_as_new_opens_with_the_same_credentials_and_remembers(
    control: Control,
) -> None:
    world = control.world("room-1")
    credentials = world.credentials
    await control.post("/room-1/clock/advance", {"seconds": 5})
    answer = await control.post("/room-1/reset")
    assert answer.json()["now"] == NOW
    assert control.world("room-1") is world
    assert world.credentials == credentials
    assert [entry.kind for entry in world.journal.entries] == ["clock", "world"]


async def test_a_thousand_worlds_in_one_process_all_answer(control: Control) -> None:
    names = [f"class-{number}" for number in range(1_000)]
    made = [(await control.post("", {"name": name, "seed": number % 3})) for number, name in enumerate(names)]
    assert {answer.status_code for answer in made} == {201}
    assert len((await control.get("")).json()["worlds"]) == 1_002
    answered = 0
    for answer in made:
        doors = answer.json()["doors"]
        bearer = {"Authorization": f"Bearer {doors['canvas']['teacher_token']}"}
        canvas = await control.canvas.get(f"{doors['canvas']['url']}/api/v1/courses", headers=bearer)
        bearer = {"Authorization": f"Bearer {doors['teachervue']['token']}"}
        synergy = await control.synergy.get(f"{doors['teachervue']['url']}/classes", headers=bearer)
        answered += _found_something(canvas) and _found_something(synergy)
    print(f"{answered} of {len(names)} worlds answered in both systems")  # noqa: T201 - for whoever looks with -s
    assert answered == len(names)
    journals = [(await control.get(f"/{name}")).json()["entries"] for name in names]
    assert set(journals) == {2}


def _found_something(answer: httpx2.Response) -> bool:
    return answer.status_code == 200 and bool(answer.json())


async def test_more_switches_than_there_are_are_refused_at_once_and_long_names_told_in_short(
    control: Control,
) -> None:
    many = {f"k{number}": number for number in range(40_000)}
    answer = await control.post("", {"name": "many", "switches": many})
    assert (answer.status_code, len(answer.content) < 2_000) == (422, True)
    answer = await control.post("", {"name": "long", "switches": {"k" * 200_000: 1}})
    assert (answer.status_code, len(answer.content) < 2_000) == (422, True)
    wordy = {"canvas_sis_features": [f"f{number}" for number in range(1_000)]}
    answer = await control.post("", {"name": "wordy", "switches": wordy})
    assert answer.status_code == 422
    assert "no more than 200 entries" in answer.text
    assert [world.name for world in control.worlds] == ["default", "room-1"]
