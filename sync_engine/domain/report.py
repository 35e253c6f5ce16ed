"""What a run tells people and machines: every item, every score, each with the rules that decided it.

What lives here: frozen values. A reason cites its rule by id and carries the words and the remedy for a
teacher. The same shapes serve a plan (nothing was written: `RunReport.written` is 0 everywhere) and a
finished run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """What the teacher asked for."""

    PLAN = "plan"
    """Say what a post would do; write nothing."""
    POST = "post"
    REMASTER = "remaster"


class Trigger(StrEnum):
    """Who started the run."""

    TEACHER = "teacher"
    SCHEDULE = "schedule"


class RunStatus(StrEnum):
    """How a run ended. The first three words are the ones of Instructure's job table."""

    COMPLETED = "completed"
    """Everything that should travel did."""
    WARNING = "warning"
    """Some items or scores were refused or failed; all others travelled."""
    FAILED = "failed"
    """The run could not be done, or had to stop; what was written is recorded."""


class ItemAction(StrEnum):
    """What became (or, in a plan, would become) of one assignment in one section."""

    CREATED = "created"
    UPDATED = "updated"
    """The line item was written again, with details, scores or both."""
    SCORES_SENT = "scores_sent"
    """Only scores were written; the details in Synergy were right."""
    UNCHANGED = "unchanged"
    """Nothing new since the last run: nothing was sent."""
    SKIPPED = "skipped"
    """It takes no part, and that is no error."""
    REFUSED = "refused"
    """A rule forbids it; the teacher has to change something."""
    FAILED = "failed"
    """A system misbehaved; posting again repeats it."""


class ScoreAction(StrEnum):
    """What became (or would become) of one student's score."""

    SENT = "sent"
    UNCHANGED = "unchanged"
    HELD = "held"
    """It differs from Synergy, but by rule it does not travel now (a status alone, a cleared score)."""
    EMPTY = "empty"
    """There is nothing to send."""
    CLEARED = "cleared"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why.

    `rule` is the id of a documented rule; `refused` says whether it forbade something or decided it.
    """

    rule: str
    refused: bool
    words: str
    remedy: str = ""
    note: bool = False
    """A remark on the side: it neither forbade nor decided anything."""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """One student's score of one item. `score` is in points, None where there is none."""

    student_id: str
    student_name: str
    action: ScoreAction
    score: float | None
    status: str
    """"none", "late", "missing" or "excused"."""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One assignment in one section."""

    assignment_id: str
    assignment_name: str
    section_id: str
    section_name: str
    line_item_id: str
    """The sourcedId in Synergy, "" where it never got one."""
    action: ItemAction
    reasons: tuple[Reason, ...] = ()
    scores: tuple[ScoreReport, ...] = ()

    @property
    def all_reasons(self) -> Iterator[Reason]:
        """The item's reasons, then its scores'."""
        yield from self.reasons
        for score in self.scores:
            yield from score.reasons


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run, or one plan."""

    run_id: str
    district: str
    course_id: str
    course_name: str
    mode: Mode
    trigger: Trigger
    started_at: datetime
    finished_at: datetime
    status: RunStatus
    items: tuple[ItemReport, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """What decided the run as a whole, such as why it could not start or had to stop."""
    written: int = 0
    """How many line items and results were written to Synergy."""

    @property
    def all_reasons(self) -> Iterator[Reason]:
        """The run's reasons, then each item's."""
        yield from self.reasons
        for item in self.items:
            yield from item.all_reasons

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """Every reason that forbade something."""
        return tuple(reason for reason in self.all_reasons if reason.refused)
