"""Plays stories and yields events.

Knows no report, no terminal and no wall clock: whoever calls brings a stopwatch.
"""

from __future__ import annotations

import shlex
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from contracts.catalogue import RULES, Rule, rule_named
from scenarios.events import (
    BrokenTold,
    Claim,
    Event,
    Outcome,
    RuleMarked,
    RuleTold,
    RunFinished,
    RunStarted,
    StoryFinished,
    StoryStarted,
    StoryTold,
    Verdict,
)
from scenarios.mutants import Mutant
from scenarios.script import Scenario
from scenarios.stage import ExpectationFailed, Setting, Stage
from simulator.journal import Entry, Mark
from simulator.profiles.choosing import chosen_profile
from simulator.profiles.describing import unlike

Stopwatch: TypeAlias = Callable[[], float]
"""Seconds since some instant."""


async def run(
    stories: Sequence[Scenario],
    setting: Setting,
    *,
    seed: int,
    stopwatch: Stopwatch,
    broken: Mutant | None = None,
    switches: Mapping[str, str] | None = None,
) -> AsyncIterator[Event]:
    """Play these stories one after the other, each in a fresh world of the seed.

    `broken` is the mutant that whoever calls has put in, if any. `switches` are set in every story's profile,
    whatever it expects; a story that expects something else says so.

    Raises:
        ProfileError: If there is no such switch, or it does not take the value.
    """
    begun = stopwatch()
    finished_all: list[StoryFinished] = []
    typed = tuple(f"{name}={value}" for name, value in (switches or {}).items())
    yield RunStarted(seed, setting.name, tuple(map(told, stories)), _told_broken(broken), typed)
    for number, story in enumerate(stories, start=1):
        played = replace(story, profile=chosen_profile(story.profile, switches))
        unexpected = unlike(story.profile, played.profile)
        yield StoryStarted(told(story), number, story.profile.name, unexpected)
        happened: list[Event] = []
        finished = await play(
            played, setting, seed=seed, hear=happened.append, stopwatch=stopwatch, broken=broken
        )
        finished = _beside(finished, unexpected, typed)
        for event in happened:
            yield event
        yield finished
        finished_all.append(finished)
    red = [each.story.title for each in finished_all if each.outcome is not Outcome.PASSED]
    caught_by = tuple(red) if broken else ()
    yield RunFinished(seed, len(stories) - len(red), len(red), stopwatch() - begun, caught_by)


async def play(
    story: Scenario,
    setting: Setting,
    *,
    seed: int,
    hear: Callable[[Event], None],
    stopwatch: Stopwatch,
    broken: Mutant | None = None,
) -> StoryFinished:
    """Play one story to its end, whatever happens in it."""
    begun = stopwatch()
    marks: list[Mark] = []

    def note(entry: Entry) -> None:
        if isinstance(entry, Mark):
            marks.append(entry)
            hear(
                RuleMarked(
                    story.name, entry.rule, entry.by, entry.outcome == "refused", entry.subject, entry.words
                )
            )

    outcome, failure = await _played(story, setting, seed, hear, note)
    claims = tuple(Claim(rule.id, _verdict(rule, marks)) for rule in story.proves)
    if outcome is Outcome.PASSED:
        outcome, failure = _held(claims, marks)
    if broken and outcome is not Outcome.PASSED:
        claims = tuple(
            replace(each, verdict=Verdict.BROKEN) if each.rule == broken.rule.id else each for each in claims
        )
    if failure:
        failure = f"{', '.join(rule.id for rule in story.proves)}: {failure}"
    replay = replay_of(story, seed, setting, broken)
    return StoryFinished(told(story), outcome, claims, failure, replay, stopwatch() - begun)


def _beside(finished: StoryFinished, unexpected: tuple[str, ...], typed: tuple[str, ...]) -> StoryFinished:
    """A story's end with what it was played under: what is red may be about that and not about the engine."""
    replay = finished.replay + "".join(f" --set {shlex.quote(each)}" for each in typed)
    why = f". Played with {'; '.join(unexpected)}." if finished.failure and unexpected else ""
    return replace(finished, replay=replay, failure=finished.failure.rstrip(".") + why)


async def _played(
    story: Scenario, setting: Setting, seed: int, hear: Callable[[Event], None], note: Callable[[Entry], None]
) -> tuple[Outcome, str]:
    stage: Stage | None = None
    try:
        stage = await Stage.open(setting, story, seed, hear)
        stage.world.journal.listen(note)
        await story.play(stage)
        stage.check_faults_happened()
    except ExpectationFailed as failure:
        return Outcome.FAILED, str(failure)
    except Exception as error:  # noqa: BLE001 - a story that breaks must not end the run; the event carries what broke
        return Outcome.ERRORED, f"{type(error).__name__}: {error}"
    finally:
        if stage is not None:
            stage.close()
    return Outcome.PASSED, ""


def _held(claims: Sequence[Claim], marks: Sequence[Mark]) -> tuple[Outcome, str]:
    """What the marks say of a story whose expectations all held."""
    hollow = [claim.rule for claim in claims if claim.verdict is Verdict.NEVER_TRIGGERED]
    if hollow:
        return Outcome.FAILED, f"the story claims {', '.join(hollow)}, but nothing in it triggered the rule"
    unknown = sorted({mark.rule for mark in marks if rule_named(mark.rule) is None})
    if unknown:
        return Outcome.FAILED, f"{', '.join(unknown)} was cited, but the catalogue has no such rule"
    return Outcome.PASSED, ""


def _verdict(rule: Rule, marks: Sequence[Mark]) -> Verdict:
    outcomes = {mark.outcome for mark in marks if mark.rule == rule.id}
    if "refused" in outcomes:
        return Verdict.REFUSED
    return Verdict.UPHELD if outcomes else Verdict.NEVER_TRIGGERED


def told(story: Scenario) -> StoryTold:
    """A story as reports show it."""
    rules = tuple(
        RuleTold(rule.id, rule.says, str(rule.source), rule.confidence.value, RULES.index(rule))
        for rule in story.proves
    )
    return StoryTold(story.name, story.title, story.tells, story.family, rules)


def _told_broken(broken: Mutant | None) -> BrokenTold | None:
    return BrokenTold(broken.name, broken.rule.id, broken.says) if broken else None


def replay_of(story: Scenario, seed: int, setting: Setting, broken: Mutant | None = None) -> str:
    """The command that plays this story again, just so."""
    without_sockets = " --in-process" if setting.is_in_process else ""
    mutant = f" --mutant {broken.name}" if broken else ""
    return f"gradelab run --only {story.name} --seed {seed}{without_sockets}{mutant}"
