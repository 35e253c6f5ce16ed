"""What a run tells: small frozen events, oldest first. Reports read these and nothing else.

A run is `RunStarted`, then for each story `StoryStarted`, its `StepTaken`, `ExpectationChecked` and
`RuleMarked` in the order in which they happened, `StoryFinished`; then `RunFinished`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias


class Verdict(StrEnum):
    """What the marks of a story say of one claimed rule."""

    UPHELD = "upheld"
    """The rule decided something and nobody was refused."""
    REFUSED = "refused"
    """The rule said no at least once."""
    NEVER_TRIGGERED = "never triggered"
    """The story claims the rule, but nothing asked it: the claim is hollow."""
    BROKEN = "broken"
    """The rule was broken on purpose, and the story noticed."""


class Outcome(StrEnum):
    """How a story ended."""

    PASSED = "passed"
    FAILED = "failed"
    """An expectation did not hold, or a claimed rule was never triggered."""
    ERRORED = "errored"
    """The story could not be played to its end."""


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule as reports show it."""

    id: str
    says: str
    source: str
    confidence: str
    place: int
    """Its place in the catalogue, by which reports order rules."""


@dataclass(frozen=True, slots=True)
class BrokenTold:
    """A rule that was broken on purpose: the mutant's name, the rule's id, and what is wrong now."""

    mutant: str
    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story as reports show it.

    Its name in the code, its title, what it tells, and the rules that it claims.
    """

    name: str
    title: str
    tells: str
    family: str
    claims: tuple[RuleTold, ...]


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The first event."""

    seed: int
    wire: str
    """"sockets" or "in process"."""
    stories: tuple[StoryTold, ...]
    broken: BrokenTold | None = None
    """What was broken on purpose, if anything."""
    switches: tuple[str, ...] = ()
    """The switches that somebody set for the whole run, each as `--set` takes it."""


@dataclass(frozen=True, slots=True)
class StoryStarted:
    """A story begins, in a fresh world."""

    story: StoryTold
    number: int
    """1 for the first story of the run."""
    profile: str
    unexpected: tuple[str, ...] = ()
    """The switches that are not as the story expects them, a phrase for each."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Somebody did something. `actor` is "Canvas", "Sync", "Synergy", "Clock" or "Network"."""

    story: str
    actor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ExpectationChecked:
    """The story looked, and saw what it expected or something else.

    `expected` is "" where the sentence says it all.
    """

    story: str
    sentence: str
    held: bool
    expected: str
    seen: str

    @property
    def told(self) -> str:
        """The sentence, with what was expected unless the sentence says it all."""
        return f"{self.sentence}: {self.expected}" if self.expected else self.sentence


@dataclass(frozen=True, slots=True)
class RuleMarked:
    """A rule was asked, by "canvas", "synergy" or "engine"."""

    story: str
    rule: str
    by: str
    refused: bool
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule that the story claims, and what became of it."""

    rule: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StoryFinished:
    """A story ended.

    `failure` says what did not hold, "" where it passed; `replay` is the command that shows it again.
    """

    story: StoryTold
    outcome: Outcome
    claims: tuple[Claim, ...]
    failure: str
    replay: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The last event."""

    seed: int
    passed: int
    failed: int
    seconds: float
    caught_by: tuple[str, ...] = ()
    """Where a rule was broken on purpose: the titles of the stories that noticed."""

    @property
    def succeeded(self) -> bool:
        """Whether there was something to play and all of it passed."""
        return self.failed == 0 and self.passed > 0


Event: TypeAlias = (
    RunStarted | StoryStarted | StepTaken | ExpectationChecked | RuleMarked | StoryFinished | RunFinished
)


def event_as_dict(event: Event) -> dict[str, Any]:
    """An event as JSON-ready values, its `event` name first."""
    return {"event": type(event).__name__, **dataclasses.asdict(event)}
