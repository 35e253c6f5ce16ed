"""One step of a run, for whoever watches it.

What lives here: a frozen value. What must never be here: a terminal; the command line draws the bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What the run is doing."""

    READING_CANVAS = "reading Canvas"
    READING_SYNERGY = "reading Synergy"
    WRITING = "writing to Synergy"


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """So many of so many are done, and this one was the last.

    While reading, `done` and `total` count the sections.
    """

    stage: Stage
    done: int
    total: int
    subject: str
    """The course, the section or the assignment that the step was about."""
