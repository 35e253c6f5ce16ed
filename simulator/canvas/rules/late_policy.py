"""What a course's late policy makes of a score: so much off a day or an hour, or a score for missing work.

Source: Canvas source, late policy and submission models; Canvas API documentation, "Late Policy". What bites:
the policy is applied at every save of a row, always to what was entered, so applying it twice changes
nothing; late work that is handed in again loses points at once, before anybody grades it anew; and switching
late deductions off gives nothing back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from simulator.canvas.model import Assignment, LatePolicy, Submission
from simulator.canvas.rules.scoring import grade_of
from simulator.canvas.rules.standing import expects_work, is_late, is_missing, seconds_late

DEDUCTIBLE_TYPES = frozenset({"points", "percent", "letter_grade", "gpa_scale"})
_INTERVAL_SECONDS = {"hour": 3_600, "day": 86_400}
_CENT = Decimal("0.01")
_SET_BY_HAND = frozenset({"late", "missing"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What there is to know beside a row before its lateness can be judged.

    Attributes:
        policy: The course's late policy, None where it has none.
        due_at: When the work is due for this student.
        now: The present instant.
        posts_at_once: Whether a grade shows to the student as soon as it is given.
    """

    policy: LatePolicy | None
    assignment: Assignment
    due_at: datetime | None
    now: datetime
    posts_at_once: bool = True


def points_deducted(policy: LatePolicy, score: float, assignment: Assignment, seconds: int) -> float:
    """What lateness of so many seconds takes off a score, in points, to the hundredth."""
    possible = _exact(assignment.points_possible)
    is_deductible = policy.late_enabled and assignment.grading_type in DEDUCTIBLE_TYPES
    if not is_deductible or possible <= 0:
        return 0.0
    intervals = (Decimal(seconds) / _INTERVAL_SECONDS[policy.late_interval]).to_integral_value(ROUND_CEILING)
    minimum = _exact(policy.minimum_percent) if policy.minimum_enabled else Decimal(0)
    at_most = max(_exact(score) * 100 / possible - minimum, Decimal(0))
    percent = min(_exact(policy.late_deduction) * intervals, at_most)
    return float((possible * percent / 100).quantize(_CENT, ROUND_HALF_UP))


def score_for_missing(policy: LatePolicy, assignment: Assignment) -> float:
    """What work that was not handed in is worth; nothing where it is only complete or incomplete."""
    possible = _exact(assignment.points_possible)
    if assignment.grading_type == "pass_fail":
        return 0.0
    return float(possible - possible * _exact(policy.missing_deduction) / 100)


def with_policy(row: Submission, terms: Terms) -> Submission:
    """The row as the policy leaves it.

    The policy looks at work that is handed in online, at what a grader called late or missing, and at what
    has lost points already.
    """
    if terms.policy is None and row.points_deducted is None and not is_late(row, terms.due_at):
        return row
    by_hand = row.late_policy_status in _SET_BY_HAND or row.points_deducted is not None
    if not by_hand and not expects_work(terms.assignment):
        return row
    if is_missing(row, terms.assignment, terms.due_at, terms.now):
        return _missing(row, terms)
    return _late_or_not(row, terms)


def scored_as_missing(row: Submission, policy: LatePolicy, terms: Terms) -> Submission:
    """The row with the score that missing work gets, given by nobody."""
    score = score_for_missing(policy, terms.assignment)
    return replace(
        row,
        score=score,
        grade=grade_of(score, terms.assignment),
        points_deducted=None,
        workflow_state="graded",
        grade_matches_current_submission=True,
        posted_at=_posted_at(row, terms),
    )


def needs_another_look(row: Submission, policy: LatePolicy, terms: Terms) -> bool:
    """Whether a change of the policy or of a due date can touch this row."""
    if policy.late_enabled:
        late = is_late(row, terms.due_at)
        if (late and row.score is not None) or (not late and row.points_deducted):
            return True
    return is_unscored_and_missing(row, terms)


def is_unscored_and_missing(row: Submission, terms: Terms) -> bool:
    """Whether the row is missing and nobody has given it a score."""
    has_none = row.score is None and row.grade is None
    return has_none and is_missing(row, terms.assignment, terms.due_at, terms.now)


def _missing(row: Submission, terms: Terms) -> Submission:
    if row.points_deducted is not None:
        row = _scored(row, row.entered_score, None, terms.assignment)
    if terms.policy is None or not terms.policy.missing_enabled:
        return row
    if row.score is None:
        return scored_as_missing(row, terms.policy, terms)
    return replace(row, posted_at=_posted_at(row, terms))


def _late_or_not(row: Submission, terms: Terms) -> Submission:
    if not is_late(row, terms.due_at):
        return _scored(row, row.entered_score, None, terms.assignment)
    entered, deducted = row.entered_score, 0.0
    if terms.policy is not None and entered is not None:
        seconds = seconds_late(row, terms.due_at, terms.now)
        deducted = points_deducted(terms.policy, entered, terms.assignment, seconds)
    return _scored(row, entered, deducted, terms.assignment)


def _scored(
    row: Submission, entered: float | None, deducted: float | None, assignment: Assignment
) -> Submission:
    score = entered
    if entered is not None and deducted:
        score = float(_exact(entered) - _exact(deducted)) if deducted <= entered else min(0.0, entered)
    grade = row.grade
    if score != row.score:
        grade = None if score is None else grade_of(score, assignment, given=row.grade or "")
    return replace(row, score=score, grade=grade, points_deducted=deducted)


def _posted_at(row: Submission, terms: Terms) -> datetime | None:
    return row.posted_at or (terms.now if terms.posts_at_once else None)


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))
