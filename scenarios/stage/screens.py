"""What came of a click in TeacherVUE: it worked, or a rule refused it; told and checked."""

from __future__ import annotations

from contracts.catalogue import Rule
from scenarios.stage.narration import Narrator, StoryError
from sync_engine import Answer


def took(narrator: Narrator, answer: Answer, sentence: str) -> None:
    """Tell what the teacher did; it has to have worked.

    Raises:
        StoryError: If it was refused.
    """
    if answer.status >= 400:
        raise StoryError(f"In Synergy the teacher {sentence}: refused with {answer.status} {answer.text}")
    narrator.step("Synergy", f"The teacher {sentence}")


def refused(narrator: Narrator, answer: Answer, because: Rule, sentence: str) -> None:
    """Tell what the teacher tried, and what the screen said; this rule has to have refused it.

    Raises:
        ExpectationFailed: If it worked, or something else refused it.
    """
    narrator.step("Synergy", f"The teacher {sentence}")
    refusal = answer.json().get("refused", {}) if answer.status == 409 else {}
    if refusal:
        narrator.step("Synergy", f"The screen says: {refusal['words']}")
    seen = refusal.get("rule", f"HTTP {answer.status}")
    narrator.holds(f"Synergy refuses it by {because.id}", held=seen == because.id, saw=seen)
