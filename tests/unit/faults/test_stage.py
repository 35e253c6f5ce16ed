"""Faults on the stage: a story is held to what it planned."""

from __future__ import annotations

from dataclasses import replace

from contracts import catalogue
from scenarios.events import Event, Outcome, StepTaken
from scenarios.runner import play
from scenarios.script import Scenario, scenario
from scenarios.stage import Setting, Stage
from simulator.faults import Answer, Fault, Match

DOWN = Fault(name="Synergy is down", does=Answer(status=503), match=Match(system="oneroster"), times=None)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def a_story_of_a_synergy_that_is_down(stage: Stage) -> None:
    """Synergy is down, and the report says so; the story goes on afterwards."""
    await stage.canvas.has_graded("Cell quiz", 9)
    stage.plans(DOWN)
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL)
    stage.all_is_well_again()


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def a_story_whose_fault_never_fires(stage: Stage) -> None:
    """The fault is meant for a path that nobody asks for, so the story must not pass."""
    await stage.canvas.has_graded("Cell quiz", 9)
    stage.plans(DOWN)
    stage.plans(replace(DOWN, name="nobody comes here", match=Match(path="/nowhere")))
    report = await stage.sync.posts()
    stage.sync.says(report, catalogue.SYNC_TRANSPORT_FAIL)


@scenario(proves=catalogue.SYNC_TRANSPORT_FAIL)
async def a_story_that_ends_a_fault_that_never_fired(stage: Stage) -> None:
    """Taking a fault back does not make it one that fired."""
    stage.plans(DOWN)
    stage.all_is_well_again()


async def played(story: Scenario, heard: list[Event]) -> tuple[Outcome, str]:
    async with Setting.in_process() as setting:
        finished = await play(story, setting, seed=7, hear=heard.append, stopwatch=lambda: 0.0)
    return finished.outcome, finished.failure


async def test_a_story_plans_a_fault_tells_it_and_ends_it() -> None:
    heard: list[Event] = []
    assert await played(a_story_of_a_synergy_that_is_down, heard) == (Outcome.PASSED, "")
    told = [event.sentence for event in heard if isinstance(event, StepTaken) and event.actor == "Network"]
    assert told == ["Planned: Synergy is down", "Nothing goes wrong any more"]


async def test_a_fault_that_never_fired_fails_the_story_that_planned_it() -> None:
    outcome, failure = await played(a_story_whose_fault_never_fires, [])
    assert outcome is Outcome.FAILED
    assert failure == "SYNC-TRANSPORT-FAIL: Planned, but it never happened: nobody comes here"


async def test_a_fault_that_never_fired_cannot_be_taken_back_in_silence() -> None:
    outcome, failure = await played(a_story_that_ends_a_fault_that_never_fired, [])
    assert (outcome, failure.partition(": ")[2]) == (
        Outcome.FAILED,
        "Planned, but it never happened: Synergy is down",
    )
