"""Every bug on purpose is caught by the stories that it names, and the failure names the rule."""

from __future__ import annotations

import pytest

from scenarios.cli import DEFAULT_SEED
from scenarios.events import Event, Outcome
from scenarios.library import STORIES, stories_for
from scenarios.mutants import MUTANTS, Mutant, broken_by
from scenarios.runner import play
from scenarios.script import Scenario
from scenarios.stage import Setting

KILLS = [(mutant, story) for mutant in MUTANTS for name in mutant.killed_by for story in stories_for(name)]


def no_time() -> float:
    return 0.0


@pytest.mark.parametrize(("mutant", "story"), KILLS, ids=lambda each: each.name)
async def test_a_story_catches_the_mutant_and_names_the_rule(mutant: Mutant, story: Scenario) -> None:
    events: list[Event] = []
    with broken_by(mutant):
        async with Setting.in_process() as setting:
            finished = await play(story, setting, seed=DEFAULT_SEED, hear=events.append, stopwatch=no_time)
    assert finished.outcome is not Outcome.PASSED, f"{story.name} did not notice: {mutant.says}"
    assert mutant.rule.id in finished.failure
    assert story.name in finished.replay


def test_every_mutant_names_stories_that_exist_and_claim_its_rule() -> None:
    names = {story.name for story in STORIES}
    for mutant in MUTANTS:
        assert set(mutant.killed_by) <= names, mutant.name
        assert any(mutant.rule in story.proves for name in mutant.killed_by for story in stories_for(name)), (
            mutant.name
        )


def test_no_two_mutants_share_a_name() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
