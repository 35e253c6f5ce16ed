"""A world in a file comes back as it was, and a file that is none says what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from simulator.app import build_apps
from simulator.difference import difference_between
from simulator.world import World, Worlds, build_world
from simulator.world_file import VERSION, WorldFileError, world_as_text, world_from_text
from tests.unit.world.gradebook import a_graded_world


def changed(text: str, change: Callable[[dict[str, Any]], None]) -> str:
    document = json.loads(text)
    change(document)
    return json.dumps(document)


@pytest.fixture(scope="module")
def exported() -> str:
    return world_as_text(a_graded_world())


def test_an_imported_world_is_as_it_was_when_it_was_exported() -> None:
    world = a_graded_world()
    world.clock.set_skew("canvas", ahead=timedelta(seconds=3), drift_a_day=timedelta(seconds=1))
    again = world_from_text(world_as_text(world))
    assert difference_between(world.freeze(), again.freeze()).is_empty
    assert again.clock.freeze() == world.clock.freeze()
    assert again.ids.freeze() == world.ids.freeze()
    assert (again.name, again.seed, again.profile, again.school) == (
        world.name,
        world.seed,
        world.profile,
        world.school,
    )
    assert world_as_text(again) == world_as_text(world)


def test_an_imported_world_goes_on_as_the_exported_one_does() -> None:
    world = a_graded_world()
    again = world_from_text(world_as_text(world))
    for each in (world, again):
        each.advance(timedelta(days=30))
        each.synergy.issue_token(frozenset({"x"}))
        each.canvas.add_group(next(iter(each.canvas.courses)), "Late work")
    assert world_as_text(again) == world_as_text(world)


async def test_the_same_credentials_open_an_imported_world() -> None:
    world = a_graded_world()
    again = world_from_text(world_as_text(world), name="again")
    transport = httpx2.ASGITransport(app=build_apps(Worlds(again)).canvas)
    async with httpx2.AsyncClient(transport=transport, base_url="http://canvas.test/w/again") as client:
        headers = {"Authorization": f"Bearer {world.credentials.teacher_tokens[0]}"}
        assert (await client.get("/api/v1/courses", headers=headers)).status_code == 200


def test_no_secret_is_in_the_file(exported: str) -> None:
    credentials = build_world(7).credentials
    secrets = (*credentials.teacher_tokens, credentials.admin_token, credentials.client_secret)
    assert not any(secret in exported for secret in (*secrets, credentials.teachervue_token))


def test_a_snapshot_can_be_exported() -> None:
    world = a_graded_world()
    world.snapshot("graded")
    text = world_as_text(world)
    world.advance(timedelta(days=1))
    assert world_as_text(world, snapshot="graded") == text


def drop_a_user(document: dict[str, Any]) -> None:
    del document["canvas"]["tables"]["users"][3]


def misspell_points(document: dict[str, Any]) -> None:
    document["canvas"]["tables"]["assignments"][0]["points_possible"] = "ten"


def double_a_course(document: dict[str, Any]) -> None:
    document["canvas"]["tables"]["courses"].append(document["canvas"]["tables"]["courses"][0])


def show_no_period(document: dict[str, Any]) -> None:
    document["synergy"]["tables"]["classes"][0]["shown_period_guid"] = "NOWHERE"


def take_a_zone_away(document: dict[str, Any]) -> None:
    document["canvas"]["tables"]["submission_versions"][0]["row"]["graded_at"] = "2026-09-14T15:00:00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told: told.update(format="zip"), 'format: must be "gradelab-world"'),
        (
            lambda told: told.update(version=VERSION + 1),
            "version: this gradelab reads version 1, the file has 2",
        ),
        (lambda told: told.pop("seed"), "seed: Field required."),
        (lambda told: told.update(secret="x"), "secret: Extra inputs are not permitted."),
        (lambda told: told["canvas"]["tables"].pop("courses"), "canvas.courses: is missing"),
        (lambda told: told["synergy"]["values"].pop("access"), "synergy.access: is missing"),
        (lambda told: told.update(name="a/b"), "name: A world's name has 1 to 200 letters"),
        (misspell_points, "canvas.assignments.0.points_possible: Input should be a valid number"),
        (drop_a_user, "user_id names 1004, and users has no such row."),
        (show_no_period, "shown_period_guid names 'NOWHERE', and sessions has no such row."),
        (take_a_zone_away, "canvas.submission_versions.0.row.graded_at: needs a time zone"),
        (double_a_course, "canvas.courses: two rows have the same key. Remove one."),
    ],
)
def test_a_damaged_file_says_which_field_is_wrong(
    exported: str, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    with pytest.raises(WorldFileError) as told:
        world_from_text(changed(exported, change))
    assert any(words in problem for problem in told.value.problems), told.value.problems


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, b"\xff", '"gradelab-world"'])
def test_what_is_no_world_is_refused(text: str | bytes) -> None:
    with pytest.raises(WorldFileError):
        world_from_text(text)


def test_only_so_many_problems_are_told(exported: str) -> None:
    with pytest.raises(WorldFileError, match=r"\.\.\. and \d+ more$") as told:
        world_from_text(changed(exported, lambda document: document["canvas"]["tables"].update(users=[])))
    assert len(told.value.problems) == 20


def test_a_world_that_was_imported_says_so_in_its_journal(exported: str) -> None:
    world: World = world_from_text(exported)
    assert [entry.kind for entry in world.journal.entries] == ["world"]
