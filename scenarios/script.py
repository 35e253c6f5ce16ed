"""What a story is, and the decorator that makes one.

A story is a linear async function of a `Stage`: no `if`, `for`, `while` or `try`, which a check holds. Its
name is its title, the first line of its docstring tells it, `proves` names the rules that must be triggered
while it plays.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from contracts.catalogue import Rule
from simulator.profiles import KHSD, Profile
from sync_engine import Policy

if TYPE_CHECKING:
    from scenarios.stage import Stage

Play: TypeAlias = Callable[["Stage"], Awaitable[None]]

MATCHING_GROUPS = ("Classwork", "Homework", "Quizzes", "Tests", "Participation")
"""Assignment groups named like the school's assignment types."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story. Made by `@scenario`.

    Attributes:
        proves: The rules that it claims; each must be triggered, or the story fails.
        course: The course that the story plays in, by its name.
        groups: The assignment groups that the teacher has already set up when the story begins.
        policy: The district's policy, for the engine.
        profile: The district's systems, for the simulator.
    """

    play: Play = field(repr=False)
    proves: tuple[Rule, ...]
    course: str
    groups: tuple[str, ...]
    policy: Policy = field(repr=False)
    profile: Profile = field(repr=False)

    @property
    def name(self) -> str:
        """The function's name."""
        return self.play.__name__

    @property
    def title(self) -> str:
        """The name as a sentence."""
        words = self.name.replace("_", " ").replace("canvas", "Canvas").replace("synergy", "Synergy")
        return words[0].upper() + words[1:]

    @property
    def family(self) -> str:
        """The library file that the story is in."""
        return self.play.__module__.rpartition(".")[2]

    @property
    def tells(self) -> str:
        """The docstring, as one paragraph."""
        return " ".join((self.play.__doc__ or "").split())


def scenario(
    *,
    proves: Rule | tuple[Rule, ...],
    course: str = "Biology",
    groups: tuple[str, ...] = MATCHING_GROUPS,
    policy: Policy | None = None,
    profile: Profile = KHSD,
) -> Callable[[Play], Scenario]:
    """Make a function a story that proves these rules."""
    claimed = (proves,) if isinstance(proves, Rule) else proves

    def make(play: Play) -> Scenario:
        return Scenario(play, claimed, course, groups, policy or Policy(), profile)

    return make
