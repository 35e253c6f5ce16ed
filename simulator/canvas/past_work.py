"""Work that was set, handed back and graded before a world begins, in every course of its Canvas.

What lives here: making it up from dice. What must never be here: the rules of grading; each row is made by
the same rule that a teacher's grade goes through. What bites: nothing of it has been synced, so a first post
of a large district carries all of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from simulator.canvas.model import Assignment, Course, Submission
from simulator.canvas.rules.grading import excused, graded
from simulator.canvas.rules.scoring import plain
from simulator.canvas.rules.standing import CURRENT_STATES, TRUE_STUDENT_TYPES, students_among
from simulator.canvas.store import CanvasStore

KINDS = (("Homework", 10), ("Quizzes", 20), ("Classwork", 5), ("Tests", 50))
"""The assignment groups that past work is in, in turn, and its points. Synergy has types of these names."""
EXCUSED_SHARE = 0.02
"""So many of a hundred students were ill that day."""
_SET_BEFORE_DUE = timedelta(days=7)
_GRADED_AFTER_DUE = timedelta(hours=20)


def grade_past_work(store: CanvasStore, per_course: int, *, since: datetime, dice: random.Random) -> None:
    """Give every course so many assignments, marked to sync, and every student of it a grade on each.

    Args:
        store: A Canvas with its roster, in which nothing was assigned yet.
        per_course: How many assignments a course has; at 0 nothing happens.
        since: When the first may have been due; the others follow until now, evenly.
        dice: Decides the scores.
    """
    for course in store.courses.values():
        places = store.enrollments_of(course.id)
        students = students_among(places, CURRENT_STATES, TRUE_STUDENT_TYPES)
        teacher_id = next((each.user_id for each in places if each.type == "TeacherEnrollment"), None)
        if teacher_id is None or not students:
            continue  # what is left of a course whose section was cross-listed into another
        for number in range(per_course):
            due_at = since + (store.now - since) * (number + 1) / (per_course + 1)
            work = _assigned(store, course, number, due_at)
            store.submissions.update(_graded(work, students, teacher_id, due_at + _GRADED_AFTER_DUE, dice))


def _assigned(store: CanvasStore, course: Course, number: int, due_at: datetime) -> Assignment:
    kind, points = KINDS[number % len(KINDS)]
    group = next((each for each in store.groups_of(course.id) if each.name == kind), None)
    group = group or store.add_group(course.id, kind)
    set_at = due_at - _SET_BEFORE_DUE
    return store.assignments.put(
        Assignment(
            id=store.next_assignment_id(),
            course_id=course.id,
            group_id=group.id,
            name=f"{kind} {number // len(KINDS) + 1}",
            position=store.next_position(group.id),
            created_at=set_at,
            updated_at=set_at,
            points_possible=float(points),
            due_at=due_at,
            post_to_sis=True,
            workflow_state="published",
        )
    )


def _graded(
    work: Assignment, students: Iterable[int], teacher_id: int, at: datetime, dice: random.Random
) -> Iterable[Submission]:
    for student_id in students:
        row = Submission(work.id, student_id)
        if dice.random() < EXCUSED_SHARE:
            yield excused(row, teacher_id, at)
        else:
            share = dice.triangular(0.4, 1.0, 0.9)
            yield graded(row, plain(float(round(share * work.points_possible))), work, teacher_id, at)
