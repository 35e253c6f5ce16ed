"""Joins rules and stories: which story claims which rule, and what its marks said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.events import Outcome, RuleTold, StoryFinished, StoryTold, Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """A rule, one story that claims it, and what came of the claim."""

    rule: RuleTold
    story: StoryTold
    verdict: Verdict
    outcome: Outcome


def coverage_of(finished: Iterable[StoryFinished]) -> tuple[Coverage, ...]:
    """One row for each claim, rules in the order of the catalogue, stories in the order of the run."""
    rows = [
        Coverage(rule, each.story, claim.verdict, each.outcome)
        for each in finished
        for rule, claim in zip(each.story.claims, each.claims, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: row.rule.place))
