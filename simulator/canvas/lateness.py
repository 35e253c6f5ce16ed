"""Carries out late policies: at every save of a row, when a policy or a due date changes, and by the clock.

What lives here: which rows are looked at, and when. What must never be here: what the policy makes of a row
(`rules.late_policy`). What bites: due dates are a student's, not an assignment's; and the job that scores
missing work looks back one day only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from simulator.canvas.model import Assignment, LatePolicy, Submission
from simulator.canvas.rules.assigning import Assignees
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.grading_periods import is_closed
from simulator.canvas.rules.late_policy import (
    Terms,
    is_unscored_and_missing,
    needs_another_look,
    scored_as_missing,
    with_policy,
)
from simulator.canvas.rules.post_policy import is_manual
from simulator.canvas.rules.standing import CURRENT_STATES, expects_work, students_among, students_seen
from simulator.clock import CLOCK_YEAR_MAX

if TYPE_CHECKING:
    from simulator.canvas.store import CanvasStore

LOOKS_BACK = timedelta(days=1)
"""What was due longer ago is not scored as missing by the clock any more."""
_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)


def settled(store: CanvasStore, row: Submission, *, is_regraded: bool = False) -> Submission:
    """A row that is about to be kept, with its course's late policy applied.

    A grade that was given for work before outlives what is handed in after it, lateness and all, until
    somebody grades it or it `is_regraded` because its assignment changed.
    """
    if not (row.grade_matches_current_submission or is_regraded):
        return row
    assignment = store.assignments[row.assignment_id]
    policy = store.late_policies.of_course(assignment.course_id)
    was_on_time = row.submitted_at is None and row.late_policy_status is None and row.points_deducted is None
    if policy is None and was_on_time:
        return row
    terms = _terms(store, policy, assignment, store.assignees(assignment).due_at_for(row.user_id))
    return row if _is_in_closed_period(store, terms) else with_policy(row, terms)


def look_again(store: CanvasStore, assignment: Assignment) -> None:
    """Settle the rows of an assignment that a change of its due dates, or of the late policy, can touch."""
    policy = store.late_policies.of_course(assignment.course_id)
    if policy is None or not (policy.late_enabled or policy.missing_enabled):
        return
    if not assignment.is_published or assignment.points_possible <= 0:
        return
    assignees = store.assignees(assignment)
    for user_id in assignees.among(students_seen(store.enrollments_of(assignment.course_id))):
        row = store.submission(assignment.id, user_id)
        terms = _terms(store, policy, assignment, assignees.due_at_for(user_id))
        if needs_another_look(row, policy, terms) and not _is_in_closed_period(store, terms):
            _keep_recomputed(store, row, with_policy(row, terms))


def look_again_at_course(store: CanvasStore, course_id: int) -> None:
    """Settle the rows of a course whose late policy changed."""
    for each in store.assignments_of(course_id):
        look_again(store, each)


def score_missing(store: CanvasStore) -> int:
    """Give every row that went missing within the last day its score; how many there were."""
    scored = 0
    for row, policy, terms in list(_due_lately(store)):
        if is_unscored_and_missing(row, terms) and not _is_in_closed_period(store, terms):
            after = scored_as_missing(row, policy, terms)
            store.put_settled(replace(after, graded_at=store.now, grader_id=None))
            scored += 1
    return scored


def next_missing_look(store: CanvasStore) -> datetime | None:
    """When the job that scores missing work next finds something to do, as far as is known now."""
    now = store.now
    dates = [max(due, now) for due in _dates_ahead(store) if due >= now - LOOKS_BACK]
    return _tick_after(min(dates), store.profile.canvas_missing_policy_minutes) if dates else None


def _keep_recomputed(store: CanvasStore, before: Submission, after: Submission) -> None:
    if after != before:
        moves = store.profile.canvas_recomputed_time == "now"
        store.put_settled(replace(after, graded_at=store.now) if moves else after)


def _terms(
    store: CanvasStore, policy: LatePolicy | None, assignment: Assignment, due_at: datetime | None
) -> Terms:
    posts_at_once = not is_manual(assignment, store.courses[assignment.course_id])
    return Terms(policy, assignment, due_at, store.now, posts_at_once=posts_at_once)


def _is_in_closed_period(store: CanvasStore, terms: Terms) -> bool:
    periods = store.grading_periods.of_courses(store.courses[terms.assignment.course_id].term_id)
    period_id = period_id_at(terms.due_at, periods)
    return any(each.id == period_id and is_closed(each, terms.now) for each in periods)


def _due_lately(store: CanvasStore) -> Iterator[tuple[Submission, LatePolicy, Terms]]:
    """The rows of present students that were due within the last day, where missing work gets a score."""
    since = store.now - LOOKS_BACK
    for policy, assignment, assignees, students in _work_that_can_go_missing(store):
        for user_id in students:
            terms = _terms(store, policy, assignment, assignees.due_at_for(user_id))
            if terms.due_at is not None and since <= terms.due_at <= terms.now:
                yield store.submission(assignment.id, user_id), policy, terms


def _dates_ahead(store: CanvasStore) -> Iterator[datetime]:
    """When rows that nobody has scored are due, or were."""
    for policy, assignment, assignees, students in _work_that_can_go_missing(store):
        for user_id in students:
            terms = _terms(store, policy, assignment, assignees.due_at_for(user_id))
            row = store.submission(assignment.id, user_id)
            if terms.due_at is None or terms.due_at.year > CLOCK_YEAR_MAX or row.score is not None:
                continue
            is_ahead = terms.due_at > terms.now or is_unscored_and_missing(row, terms)
            if is_ahead and not _is_in_closed_period(store, terms):
                yield terms.due_at


def _work_that_can_go_missing(
    store: CanvasStore,
) -> Iterator[tuple[LatePolicy, Assignment, Assignees, Iterable[int]]]:
    """Work that is handed in, where missing work gets a score, with those present who have it to do."""
    for policy in store.late_policies.scoring_missing():
        students = students_among(store.enrollments_of(policy.course_id), CURRENT_STATES)
        for assignment in store.assignments_of(policy.course_id):
            if assignment.is_published and expects_work(assignment):
                assignees = store.assignees(assignment)
                yield policy, assignment, assignees, assignees.among(students)


def _tick_after(moment: datetime, minutes: int) -> datetime:
    """The next time that a job which runs every so many minutes, but once a minute at most, runs."""
    step = timedelta(minutes=max(1, minutes))
    return _MIDNIGHT + ((moment - _MIDNIGHT) // step + 1) * step
