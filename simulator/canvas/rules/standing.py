"""Who counts as a student where, and how a submission stands at an instant: late, missing, by how much.

Source: Canvas source, submission and enrollment models. What bites: a Test Student is a student to the
gradebook; and once a person has graded or cleared a row, it is never missing of its own accord again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from simulator.canvas.model import Actor, Assignment, Course, Enrollment, Submission

STUDENT_TYPES = frozenset({"StudentEnrollment", "StudentViewEnrollment"})
ENROLLMENT_TYPES = (
    "StudentEnrollment", "TeacherEnrollment", "TaEnrollment", "DesignerEnrollment", "ObserverEnrollment",
)  # fmt: skip
TRUE_STUDENT_TYPES = frozenset({"StudentEnrollment"})
CURRENT_STATES = frozenset({"active", "invited", "creation_pending"})
GRADABLE_STATES = CURRENT_STATES | {"inactive"}
ATTENDING_STATES = CURRENT_STATES | {"completed"}
"""The states in which a student reads what is theirs: after they left with their work, too."""
GONE_STATES = frozenset({"deleted", "rejected"})

_PUBLISHED = frozenset({"available", "completed"})

_DIGITAL = frozenset({
    "discussion_topic", "media_recording", "online_quiz", "online_text_entry", "online_upload", "online_url",
    "student_annotation",
})  # fmt: skip


def may_teach(actor: Actor, course: Course, enrollments: Iterable[Enrollment]) -> bool:
    """Whether this actor may see and change the course: its active teachers and every administrator."""
    return actor.is_admin or any(
        each.user_id == actor.user_id
        and each.course_id == course.id
        and each.type == "TeacherEnrollment"
        and each.workflow_state == "active"
        for each in enrollments
    )


def may_read(actor: Actor, course: Course, enrollments: Iterable[Enrollment]) -> bool:
    """Whether this actor may read the course as one of its students: from when it is published on."""
    students = students_among(enrollments, ATTENDING_STATES)
    return course.workflow_state in _PUBLISHED and actor.user_id in students


def students_among(
    enrollments: Iterable[Enrollment], states: frozenset[str], kinds: frozenset[str] = STUDENT_TYPES
) -> tuple[int, ...]:
    """The user ids of students enrolled in one of these states, each once, in order."""
    return tuple(
        sorted({each.user_id for each in enrollments if each.type in kinds and each.workflow_state in states})
    )


def students_seen(enrollments: Iterable[Enrollment]) -> tuple[int, ...]:
    """The user ids of students whose rows can be read: concluded and inactive ones too, removed ones not."""
    return students_among(enrollments, GRADABLE_STATES | {"completed"})


def expects_work(assignment: Assignment) -> bool:
    """Whether students hand something in online."""
    return not _DIGITAL.isdisjoint(assignment.submission_types)


def is_missing(row: Submission, assignment: Assignment, due_at: datetime | None, now: datetime) -> bool:
    """Whether Canvas shows the row, due at `due_at`, as missing."""
    if row.excused or row.custom_grade_status_id is not None:
        return False
    if row.late_policy_status is not None:
        return row.late_policy_status == "missing"
    if row.grader_id is not None or row.submitted_at is not None:
        return False
    return expects_work(assignment) and _is_past_due(due_at, now)


def is_late(row: Submission, due_at: datetime | None) -> bool:
    """Whether Canvas shows the row as late: what a grader said, else whether it came in after `due_at`."""
    if row.excused or row.custom_grade_status_id is not None:
        return False
    if row.late_policy_status is not None:
        return row.late_policy_status == "late"
    return row.submitted_at is not None and _is_past_due(due_at, row.submitted_at)


def seconds_late(row: Submission, due_at: datetime | None, now: datetime) -> int:
    """By how much the row is late: what the teacher said, else the time from when it was due.

    To when it was handed in; where it was not, to now.
    """
    if row.late_policy_status == "late":
        return row.seconds_late_override or 0
    until = row.submitted_at or now
    return 0 if due_at is None or until <= due_at else int((until - due_at).total_seconds())


def standing(
    row: Submission, assignment: Assignment, due_at: datetime | None, now: datetime
) -> tuple[bool, bool, int]:
    """Whether the row is late, whether it is missing, and by how many seconds it is late."""
    if due_at is None and row.late_policy_status is None:
        return False, False, 0
    late, missing = is_late(row, due_at), is_missing(row, assignment, due_at, now)
    return late, missing, seconds_late(row, due_at, now)


def submission_status(*, row: Submission, is_late: bool, is_missing: bool) -> str:
    """What the gradebook calls the work of a row: handed in again, missing, late, handed in, or none."""
    if row.needs_grading and not row.grade_matches_current_submission:
        return "resubmitted"
    if is_missing or is_late:
        return "missing" if is_missing else "late"
    return "unsubmitted" if row.work is None else "submitted"


def grading_status(row: Submission) -> str | None:
    """What the gradebook calls the grade of a row, None where nobody graded and nothing waits."""
    if row.excused:
        return "excused"
    if row.needs_grading:
        return "needs_grading"
    return "graded" if row.score is not None and row.workflow_state == "graded" else None


def _is_past_due(due_at: datetime | None, at: datetime) -> bool:
    return due_at is not None and at > due_at
