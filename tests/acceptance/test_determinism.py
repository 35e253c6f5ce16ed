"""The same seed gives the same world and the same run, byte for byte, whatever process it is in."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scenarios.library import STORIES
from scenarios.script import Scenario
from scenarios.stage import Setting, Stage
from simulator.journal import Exchange, entry_as_dict
from simulator.world import World
from tests.acceptance.commands import environment, run

DUMP = """
from simulator.world import build_world
world = build_world({seed})
for store in (world.canvas, world.synergy):
    for name, table in store.tables.items():
        print(name, *table.items(), sep="\\n")
print(world.credentials.client_secret, world.credentials.teacher_tokens)
"""


def dump_of_world(seed: int, hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DUMP.format(seed=seed)],
        env=environment(PYTHONHASHSEED=hash_seed),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def events_of_run(folder: Path, hash_seed: str, seed: str) -> list[dict[str, Any]]:
    done = run(
        "gradelab", "run", "--in-process", "--json", "--seed", seed, cwd=folder, PYTHONHASHSEED=hash_seed
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    for event in events:
        event.pop("seconds", None)
    return events


def test_the_same_seed_gives_the_same_world_byte_for_byte() -> None:
    first = dump_of_world(7, "1")
    assert "Algebra 1" in first
    assert first == dump_of_world(7, "2")
    assert first != dump_of_world(8, "1")


def test_the_same_seed_plays_the_same_run_event_for_event(tmp_path: Path) -> None:
    assert events_of_run(tmp_path, "1", "5") == events_of_run(tmp_path, "2", "5")


async def world_after(story: Scenario, setting: Setting, seed: int) -> World:
    stage = await Stage.open(setting, story, seed, lambda _event: None)
    try:
        await story.play(stage)
    finally:
        stage.close()
    return stage.world


async def digests(seed: int) -> dict[str, str]:
    """What the journal of each story says, as a hash."""
    async with Setting.in_process() as setting:
        return {story.name: (await world_after(story, setting, seed)).journal.digest() for story in STORIES}


async def test_in_process_the_same_seed_gives_the_same_journals_byte_for_byte() -> None:
    first = await digests(7)
    assert first == await digests(7)
    other = await digests(8)
    assert all(first[name] != other[name] for name in first)


def exchanges_of(world: World, setting: Setting) -> Counter[str]:
    """Every exchange as text, with the ports of these servers taken out, in no order."""
    found: Counter[str] = Counter()
    for entry in world.journal.entries:
        if isinstance(entry, Exchange):
            told = entry_as_dict(entry)
            del told["number"]
            text = json.dumps(told, sort_keys=True)
            for system, url in (("canvas", setting.addresses.canvas), ("synergy", setting.addresses.synergy)):
                text = text.replace(url, system).replace(url.removeprefix("http://"), system)
            found[text] += 1
    return found


@pytest.mark.parametrize(
    "name",
    [
        "a_cross_listed_course_writes_one_assignment_into_each_class",
        "a_remaster_sends_scores_statuses_and_details_whether_they_changed_or_not",
        "one_score_that_cannot_be_delivered_stays_to_be_sent",
        "a_synergy_that_restarts_in_the_middle_of_a_post_is_waited_for",
        "a_list_of_canvas_that_breaks_off_ends_the_run_and_loses_nothing",
    ],
)
async def test_over_sockets_the_same_seed_gives_the_same_exchanges_whatever_their_order(name: str) -> None:
    story = next(each for each in STORIES if each.name == name)
    seen = []
    for _run in range(2):
        async with Setting.over_sockets() as setting:
            seen.append(exchanges_of(await world_after(story, setting, 7), setting))
    assert seen[0] == seen[1]
    assert sum(seen[0].values()) > 10
