"""What a check is, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from contracts.conformance.provider import Provider

Run: TypeAlias = "Callable[[Provider], Awaitable[None]]"


class Level(StrEnum):
    """How much a check weighs."""

    MUST = "must"
    """A consumer of grade passback fails without it."""
    SHOULD = "should"
    """The specification or a consumer wants it, and others live without."""


class Verdict(StrEnum):
    """What came of a check."""

    PASSED = "passed"
    FAILED = "failed"
    WARNED = "warned"
    """A check that only should hold does not."""
    SKIPPED = "skipped"
    """It could not be asked; the words say why."""


class BrokenError(Exception):
    """The provider does not do what the check asks for. The message says what it did."""


class NotAskedError(Exception):
    """The check cannot be made with this provider. The message says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise of OneRoster 1.1.

    Attributes:
        name: What it is called, with its family before the dot.
        says: The promise, in one sentence.
        level: How much it weighs.
        source: Where the promise was read.
        run: Asks the provider, and raises where it does not keep it.
        writes: Whether it changes the provider's gradebook.
    """

    name: str
    says: str
    level: Level
    source: str
    run: Run
    writes: bool = False

    @property
    def family(self) -> str:
        """The word before the dot."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one check: `words` say what went wrong, or why it was skipped."""

    check: Check
    verdict: Verdict
    words: str = ""


def expect(truth: bool, words: str) -> None:  # noqa: FBT001 - the one thing it asks
    """Go on if it is so.

    Raises:
        BrokenError: With these words, if it is not.
    """
    if not truth:
        raise BrokenError(words)
