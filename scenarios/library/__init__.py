"""The library of stories, one file per family of rules. Linear stories only."""

from scenarios.library import (
    faults,
    locks,
    naming,
    periods,
    remaster,
    rosters,
    sending,
    setup,
    statuses,
    totals,
    troubles,
    types,
)
from scenarios.script import Scenario

FAMILIES = (
    setup,
    naming,
    sending,
    statuses,
    remaster,
    locks,
    types,
    rosters,
    periods,
    totals,
    troubles,
    faults,
)

STORIES: tuple[Scenario, ...] = tuple(
    story for family in FAMILIES for story in vars(family).values() if isinstance(story, Scenario)
)
"""All stories, family by family, in the order in which they are written down."""


def stories_for(wanted: str) -> tuple[Scenario, ...]:
    """The stories of the rule of this id, or of the family or story of this name; empty for none.

    Capitals do not count.
    """
    folded = wanted.casefold()
    return tuple(
        story
        for story in STORIES
        if folded in {story.name, story.family, *(rule.id.casefold() for rule in story.proves)}
    )


__all__ = ["FAMILIES", "STORIES", "stories_for"]
