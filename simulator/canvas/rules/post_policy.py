"""Whether a grade is seen by its student at once or stays hidden until somebody posts it.

Source: Canvas source, post policies of courses and assignments, the mutations that post and hide. What bites:
a policy decides only at the moment of grading, so changing it later posts and hides nothing; and posting for
everyone posts the rows without a grade too, so a grade that comes later is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from simulator.canvas.model import Assignment, Course, Submission

Again: TypeAlias = Literal["moves", "keeps"]
Reach: TypeAlias = Literal["every_assignment", "those_without_their_own"]


def is_manual(assignment: Assignment, course: Course) -> bool:
    """Whether a grade stays hidden until it is posted: the assignment's own policy, else its course's."""
    if must_be_manual(assignment):
        return True
    return course.post_manually if assignment.post_manually is None else assignment.post_manually


def must_be_manual(assignment: Assignment) -> bool:
    """Whether no other policy is possible: anonymous work, and moderated work that is not published."""
    return assignment.anonymous_grading or awaits_moderator(assignment)


def awaits_moderator(assignment: Assignment) -> bool:
    """Whether several graders still propose grades, so that nobody has one."""
    return assignment.moderated_grading and assignment.grades_published_at is None


def with_course_policy(
    assignments: Iterable[Assignment], *, post_manually: bool, reach: Reach
) -> list[Assignment]:
    """The assignments that another policy of their course changes, as they are under it."""
    if reach == "those_without_their_own":
        return []
    return [
        replace(each, post_manually=post_manually)
        for each in assignments
        if not must_be_manual(each) and each.post_manually != post_manually
    ]


def has_postable_grade(row: Submission) -> bool:
    """Whether "post for graded students only" posts the row."""
    return row.excused is True or (row.score is not None and row.workflow_state == "graded")


def posted(row: Submission, now: datetime, *, again: Again) -> Submission:
    """The row after posting. `again` says what a row that was posted before makes of it."""
    if row.posted_at is not None and again == "keeps":
        return row
    return replace(row, posted_at=now)


def hidden(row: Submission) -> Submission:
    """The row after hiding: the grade stays as it is, its student does not see it any more."""
    return replace(row, posted_at=None)


def is_muted(rows: Iterable[Submission]) -> bool:
    """Whether Canvas calls an assignment muted: any of its rows is not posted, touched or not."""
    return any(row.posted_at is None for row in rows)
