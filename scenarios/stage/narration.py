"""How a stage speaks: steps that were taken, and expectations that held or did not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from scenarios.events import Event, ExpectationChecked, StepTaken

Hear: TypeAlias = Callable[[Event], None]


class StoryError(Exception):
    """A step of the story could not be taken.

    The story is wrong, or a fake is: the message says what was answered.
    """


class ExpectationFailed(AssertionError):  # noqa: N818 - it reads as what happened
    """The story looked, and saw something else than the rule promises."""


class Narrator:
    """Tells one story's steps and checks its expectations."""

    def __init__(self, story: str, hear: Hear) -> None:
        self._story = story
        self._hear = hear

    def step(self, actor: str, sentence: str) -> None:
        """Tell what somebody did."""
        self._hear(StepTaken(self._story, actor, sentence))

    def expect(self, sentence: str, *, expected: object, seen: object) -> None:
        """Check that both are equal.

        Raises:
            ExpectationFailed: If they are not; the message has the sentence and both values.
        """
        held = expected == seen
        self._hear(ExpectationChecked(self._story, sentence, held, _shown(expected), _shown(seen)))
        if not held:
            raise ExpectationFailed(f"{sentence}: expected {_shown(expected)}, saw {_shown(seen)}")

    def holds(self, sentence: str, *, held: bool, saw: str) -> None:
        """Check that a sentence is true which says all that is expected.

        Raises:
            ExpectationFailed: If it is not; the message has the sentence and what was seen instead.
        """
        self._hear(ExpectationChecked(self._story, sentence, held, "", saw))
        if not held:
            raise ExpectationFailed(f"{sentence}: not so, saw {saw}")


def _shown(value: object) -> str:
    """A value as a person writes it: no trailing zero, words in quotes, nothing for none."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case str():
            return f'"{value}"'
        case tuple() | list():
            return ", ".join(map(_shown, value)) or "none"
        case _:
            return str(value)
