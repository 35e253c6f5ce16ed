"""What Canvas keeps, as frozen values; a change is a new value in the old one's place.

What lives here: the nouns. What must never be here: decisions (`rules`), wire shapes (`views`), storage
(`store`). What bites: a submission that nobody touched is not stored. It is made up on reading, with an id
that is always the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

_USERS_MAX = 1_000_000
"""Submission ids leave so much room for user ids."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose token a request carries. `name` is for the journal; an administrator may do anything."""

    token_digest: str
    user_id: int
    name: str
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """How much the requests of one token weigh: `level` at the instant `at`."""

    token_digest: str
    level: float
    at: datetime


@dataclass(frozen=True, slots=True)
class User:
    """A person, or a course's Test Student. Without a SIS id nobody outside Canvas knows them."""

    id: int
    name: str
    sortable_name: str
    created_at: datetime
    sis_user_id: str | None = None
    login_id: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A course; `workflow_state` is unpublished, available, completed or deleted."""

    id: int
    name: str
    course_code: str
    created_at: datetime
    sis_course_id: str | None = None
    workflow_state: str = "available"
    apply_assignment_group_weights: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a course; `nonxlist_course_id` is where it came from, if it was cross-listed."""

    id: int
    course_id: int
    name: str
    created_at: datetime
    sis_section_id: str | None = None
    nonxlist_course_id: int | None = None


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One person's place in one section. Two sections are two of these, and still one submission each."""

    id: int
    user_id: int
    course_id: int
    section_id: int
    type: str
    workflow_state: str
    created_at: datetime
    updated_at: datetime
    from_sis: bool = False


@dataclass(frozen=True, slots=True)
class AssignmentGroup:
    """A kind of work in a course; its weight, in percent, counts only where the course applies weights."""

    id: int
    course_id: int
    name: str
    position: int
    group_weight: float = 0.0
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work to be graded: unpublished, published or deleted. `post_to_sis` is the sync mark."""

    id: int
    course_id: int
    group_id: int
    name: str
    position: int
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    points_possible: float = 0.0
    grading_type: str = "points"
    submission_types: tuple[str, ...] = ("none",)
    due_at: datetime | None = None
    unlock_at: datetime | None = None
    lock_at: datetime | None = None
    post_to_sis: bool = False
    omit_from_final_grade: bool = False
    workflow_state: str = "unpublished"

    @property
    def is_published(self) -> bool:
        """Whether students see it."""
        return self.workflow_state == "published"

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone from everywhere but the tables."""
        return self.workflow_state == "deleted"


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's row on one assignment: the grade, the status and when either was last given."""

    assignment_id: int
    user_id: int
    score: float | None = None
    grade: str | None = None
    excused: bool | None = None
    workflow_state: str = "unsubmitted"
    graded_at: datetime | None = None
    posted_at: datetime | None = None
    grader_id: int | None = None
    late_policy_status: str | None = None
    seconds_late_override: int | None = None

    @property
    def id(self) -> int:
        """The same for the same assignment and student, whether the row is stored or made up."""
        return self.assignment_id * _USERS_MAX + self.user_id

    @property
    def has_grade(self) -> bool:
        """Whether it counts as graded: a grade, or an excuse."""
        return self.grade is not None or self.excused is True
