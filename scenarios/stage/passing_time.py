"""Lets a world's time pass until something happens by itself: the roster feed, the end of a period."""

from __future__ import annotations

from scenarios.stage.narration import StoryError
from simulator.happenings import PERIOD_CLOSES, ROSTER_FEED
from simulator.journal import Happening, Query
from simulator.world import World


def to_roster_feed(world: World) -> str:
    """To the next roster feed, and through it; what it brought, in the journal's words."""
    seen = len(world.journal)
    _to(world, ROSTER_FEED)
    happened = world.journal.select(Query(since=seen, kinds=frozenset({Happening.kind})))
    told = [each.words for each in happened if isinstance(each, Happening) and each.what == ROSTER_FEED]
    if not told:
        raise StoryError("The roster feed did not run in the night")
    return told[-1]


def to_end_of_period(world: World, name: str) -> None:
    """To the end of the last day of a grading period."""
    guid = next((each.guid for each in world.school.grading_periods if each.name == name), None)
    if guid is None:
        raise StoryError(f'The school has no grading period "{name}"')
    _to(world, PERIOD_CLOSES, guid)


def _to(world: World, kind: str, key: str = "") -> None:
    upcoming = world.clock.schedule.upcoming()
    found = next((each for each in upcoming if (each.kind, each.key) == (kind, key)), None)
    if found is None:
        raise StoryError(f"No {kind} is to come")
    world.advance(found.at - world.clock.now(), who="stage")
