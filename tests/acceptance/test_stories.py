"""The library's stories under pytest, one test each, in process and over sockets."""

from __future__ import annotations

import pytest

from scenarios.cli import DEFAULT_SEED
from scenarios.events import Event, Outcome
from scenarios.library import STORIES
from scenarios.runner import play
from scenarios.script import Scenario
from scenarios.stage import Setting


def no_time() -> float:
    return 0.0


async def played(story: Scenario, setting: Setting, seed: int = DEFAULT_SEED) -> None:
    events: list[Event] = []
    finished = await play(story, setting, seed=seed, hear=events.append, stopwatch=no_time)
    assert finished.outcome is Outcome.PASSED, f"{finished.failure}\nreplay: {finished.replay}"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_story_holds_over_sockets(story: Scenario) -> None:
    async with Setting.over_sockets() as setting:
        await played(story, setting)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_a_story_holds_in_process_with_another_seed(story: Scenario) -> None:
    async with Setting.in_process() as setting:
        await played(story, setting, seed=20_260_914)
