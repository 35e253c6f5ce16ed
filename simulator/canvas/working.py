"""Does what Canvas puts off until it has answered: bulk updates, posting, hiding.

What lives here: when a job is done, and carrying it out. What must never be here: what a grade does to a row
(`rules`). What bites: nothing of a job is seen before it is done, and where the profile holds jobs until
somebody asked for their progress, a job that nobody asks for is never done.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from simulator.canvas import recording
from simulator.canvas.model import Assignment, Course, GradeWish, Job, PostingResult, PostingWish, Progress
from simulator.canvas.params import Locator, locate
from simulator.canvas.rules.bulk_grading import TwoWishesError, after_wish, words_of_failure
from simulator.canvas.rules.post_policy import hidden, is_manual, posted
from simulator.canvas.rules.standing import GRADABLE_STATES, students_among
from simulator.canvas.store import CanvasStore


def start(store: CanvasStore, progress: Progress) -> None:
    """Do a new job at once, if nothing holds it; else tell whoever moves the clock."""
    job = store.jobs.with_id(progress.id)
    assert job is not None, "a new progress has its job"
    if _is_over(job, store.now):
        _do(store, job)
    elif not job.polls_left:
        store.on_job_queued(job.due_at)


def do_what_is_due(store: CanvasStore) -> list[Progress]:
    """Do every job whose time has come; what became of each."""
    due = [each for each in store.jobs.that_wait_for_time() if _is_over(each, store.now)]
    return [_do(store, each) for each in due]


def poll(store: CanvasStore, progress: Progress) -> Progress:
    """How it stands with a job now that somebody asks."""
    job = store.jobs.with_id(progress.id)
    if job is None:
        return progress
    if _is_over(job, store.now):
        return _do(store, job)
    part = _part_done(job, progress, store)
    store.jobs.put(replace(job, polls_left=max(0, job.polls_left - 1)))
    if not part:
        return progress
    return replace(
        progress, workflow_state="running", completion=float(math.floor(part * 100)), updated_at=store.now
    )


def _is_over(job: Job, now: datetime) -> bool:
    return not job.polls_left and now >= job.due_at


def _part_done(job: Job, progress: Progress, store: CanvasStore) -> float:
    """How much of the way a job has gone that is held: by its polls, or by its time, whichever is less."""
    parts = [1.0]
    if job.polls_left:
        parts.append(1 - job.polls_left / store.profile.canvas_job_polls)
    if job.due_at > store.now:
        parts.append((store.now - progress.created_at) / (job.due_at - progress.created_at))
    return min(parts)


def _do(store: CanvasStore, job: Job) -> Progress:
    progress = store.jobs.progress(job.id)
    assert progress is not None, "a job has its progress"
    done = replace(progress, completion=100.0, workflow_state="completed", updated_at=store.now)
    if job.posting is not None:
        done = replace(done, result=_post_or_hide(store, job.posting))
    elif words := _Grading(store, job).carry_out():
        done = replace(done, workflow_state="failed", message=words)
    store.jobs.end(done)
    return done


def _post_or_hide(store: CanvasStore, wish: PostingWish) -> PostingResult:
    rows = [store.submission(wish.assignment_id, each) for each in wish.user_ids]
    now, again = store.now, store.profile.canvas_post_again
    store.submissions.update(hidden(row) if wish.is_hiding else posted(row, now, again=again) for row in rows)
    return PostingResult(wish.assignment_id, None if wish.is_hiding else now, wish.user_ids)


@dataclass(slots=True)
class _Grading:
    """One bulk update: what can be graded is, and the rest is told in the end."""

    store: CanvasStore
    job: Job
    missing: list[str] = field(default_factory=list)
    not_gradable: list[int] = field(default_factory=list)

    def carry_out(self) -> str | None:
        """Grade row by row; why it failed, None where it did not."""
        course = self.store.courses[self.job.course_id]
        students = self._students()
        try:
            for wish, assignment in self._gradable():
                self._fulfil(wish, assignment, course, students)
        except TwoWishesError:
            return f"Unexpected error, ID: {self.store.jobs.new_report()}"
        return words_of_failure(self.missing, self.not_gradable)

    def _students(self) -> frozenset[int]:
        enrollments = self.store.enrollments_of(self.job.course_id, self.job.section_id)
        return frozenset(students_among(enrollments, GRADABLE_STATES))

    def _gradable(self) -> Iterator[tuple[GradeWish, Assignment]]:
        """The wishes about assignments that can be graded still: the job may have been held for long."""
        for wish in self.job.grading:
            assignment = self.store.assignments.get(wish.assignment_id)
            if assignment is not None and assignment.is_published:
                yield wish, assignment
            elif wish.assignment_id not in self.not_gradable:
                self.not_gradable.append(wish.assignment_id)

    def _fulfil(
        self, wish: GradeWish, assignment: Assignment, course: Course, students: frozenset[int]
    ) -> None:
        store, grader_id = self.store, self.job.actor_id
        user = store.user_at(locate(wish.user) or Locator("id", 0))
        if user is None or user.id not in students or not store.assignees(assignment).includes(user.id):
            self.missing.append(wish.user)
            return
        row, is_hidden = store.submission(assignment.id, user.id), is_manual(assignment, course)
        unreadable = store.profile.canvas_unreadable_grade
        after = after_wish(
            row, wish, assignment, grader_id, store.now, unreadable=unreadable, is_hidden=is_hidden
        )
        if after is not None:
            after = recording.put_submission(store, after)
        if wish.comment:
            recording.add_comment(store, after or row, wish.comment, author_id=grader_id)
