"""What the versions of submissions tell: which of them changed a grade, and which of them the history shows.

Source: Canvas source, the audit of grade changes on the submission model, `lib/api/v1/gradebook_history`.
What bites: the collated history shows only versions with another score than before, so a cleared grade is not
in it; the log of grade changes has cleared grades and excuses too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from simulator.canvas.model import Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A version, and the one that it took the place of, None where the row was not touched before."""

    version: SubmissionVersion
    before: SubmissionVersion | None

    @property
    def row_before(self) -> Submission:
        """The row before the change, made up where nobody had touched it."""
        row = self.version.row
        return Submission(row.assignment_id, row.user_id) if self.before is None else self.before.row

    @property
    def is_graded_otherwise(self) -> bool:
        """Whether the log has it: another grade, score or excuse, or graded for the first time."""
        row, was = self.version.row, self.row_before
        if (row.grade, row.score, row.excused) != (was.grade, was.score, was.excused):
            return True
        return row.workflow_state == "graded" != was.workflow_state


def collated(versions: Sequence[SubmissionVersion]) -> list[GradeChange]:
    """What the history shows of a row's versions, newest first; `versions` come oldest first.

    A version is shown if it has a score, and another one than the version before, shown or not.
    """
    shown: list[GradeChange] = []
    prior: SubmissionVersion | None = None
    for each in versions:
        if each.row.score is not None and (prior is None or prior.row.score != each.row.score):
            is_dated = prior is not None and prior.row.graded_at and each.row.graded_at
            shown.append(GradeChange(each, prior if is_dated else None))
        prior = each
    return shown[::-1]


def newest_first(rows: Iterable[Submission]) -> list[Submission]:
    """The rows that were ever graded, by when, the latest first."""
    found = [(row.graded_at, row.id, row) for row in rows if row.graded_at is not None]
    return [row for _at, _id, row in sorted(found, key=lambda each: each[:2], reverse=True)]


def day_of(at: datetime | None, zone: tzinfo) -> date | None:
    """The school's day of an instant."""
    return None if at is None else at.astimezone(zone).date()


def is_within(at: datetime, begins: datetime | None, ends: datetime | None) -> bool:
    """Whether an instant lies between two, both included; None is no bound."""
    return (begins is None or at >= begins) and (ends is None or at <= ends)
