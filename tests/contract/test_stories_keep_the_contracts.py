"""What the fakes answered while the stories were played is what the contracts promise, field by field.

What a planned fault did to an answer is no promise of anybody's, so those answers are left out.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from scenarios.library import STORIES
from scenarios.script import Scenario
from scenarios.stage import Setting, Stage
from simulator.journal import Exchange
from tests.contract.recorded import DOCUMENTS, broken_promise


async def exchanges_of(story: Scenario) -> tuple[Exchange, ...]:
    async with Setting.in_process() as setting:
        stage = await Stage.open(setting, story, 7, lambda _event: None)
        await story.play(stage)
        return stage.world.journal.exchanges()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_every_answer_in_a_story_was_promised(story: Scenario) -> None:
    exchanges = await exchanges_of(story)
    assert {exchange.system for exchange in exchanges} >= {"canvas"}
    honest = [exchange for exchange in exchanges if not exchange.fault]
    broken = {broken_promise(exchange) for exchange in honest} - {""}
    assert broken == set()


@pytest.mark.parametrize("system", DOCUMENTS)
async def test_a_lie_in_a_recorded_answer_is_caught(system: str) -> None:
    story = next(
        story for story in STORIES if story.name == "a_locked_assignment_cannot_be_edited_in_synergy"
    )
    honest = next(
        each
        for each in await exchanges_of(story)
        if each.system == system and each.status == 200 and not each.path.endswith("/token")
    )
    assert broken_promise(honest) == ""
    assert broken_promise(replace(honest, response_body='"nothing like it"')) != ""
    assert broken_promise(replace(honest, status=418)) != ""
    assert broken_promise(replace(honest, path="/nowhere")) != ""
