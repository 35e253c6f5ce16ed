"""What Canvas keeps, as frozen values; a change is a new value in the old one's place.

What lives here: the nouns. What must never be here: decisions (`rules`), wire shapes (`views`), storage
(`store`). What bites: a submission that nobody touched is not stored. It is made up on reading, with an id
that is always the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ROOT_ACCOUNT_ID = 1
"""The one account that there is."""
TERM_ID = 1
"""The default term, in which every course is that nobody put into another."""
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
class Account:
    """The district in Canvas, and what its administrators decided about the SIS.

    Attributes:
        features: The feature flags that are on, by Canvas's names.
        sis_name: What the SIS is called in "Sync to ...".
        sis_syncing: The master switch: without it none of the three rules below holds.
        sis_require_assignment_due_date: Whether a marked assignment needs a due date.
        sis_assignment_name_length: Whether the names of marked assignments are capped.
        sis_assignment_name_length_input: At how many characters.
        sis_default_grade_export: Whether new assignments are marked from the start.
        disable_post_to_sis_when_grading_period_closed: Whether marks are taken off when a period closes.
        locked: The settings that lower accounts may not change, by name.
    """

    id: int
    name: str
    features: tuple[str, ...] = ()
    sis_name: str = "SIS"
    sis_syncing: bool = False
    sis_require_assignment_due_date: bool = False
    sis_assignment_name_length: bool = False
    sis_assignment_name_length_input: int | None = None
    sis_default_grade_export: bool = False
    disable_post_to_sis_when_grading_period_closed: bool = False
    locked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the district; the dates say when its courses are open, where they have none of their own."""

    id: int
    name: str
    created_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    sis_term_id: str | None = None
    integration_id: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A person, or a course's Test Student. Without a SIS id nobody outside Canvas knows them.

    `short_name` is what others see in discussions and messages; None for the name itself.
    """

    id: int
    name: str
    sortable_name: str
    created_at: datetime
    sis_user_id: str | None = None
    login_id: str | None = None
    email: str | None = None
    short_name: str | None = None
    integration_id: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A course; `workflow_state` is unpublished, available, completed or deleted.

    Attributes:
        restricts_to_dates: Whether people are let in between its dates only.
        grading_standard_id: The scheme that makes letters of its totals; 0 is Canvas's own.
        grade_passback_setting: `nightly_sync`, `disabled`, or None where nobody decided.
        settings_switched: The settings that are not as in a new course, by Canvas's names.
    """

    id: int
    name: str
    course_code: str
    created_at: datetime
    sis_course_id: str | None = None
    workflow_state: str = "available"
    apply_assignment_group_weights: bool = False
    term_id: int = TERM_ID
    integration_id: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    restricts_to_dates: bool = False
    hide_final_grades: bool = False
    grading_standard_id: int | None = None
    grade_passback_setting: str | None = None
    default_view: str = "modules"
    license: str = "private"
    course_format: str | None = None
    is_public: bool = False
    settings_switched: tuple[str, ...] = ()

    @property
    def uuid(self) -> str:
        """Another name of the course, which never changes; here LTI tools know it by the same."""
        return f"course-{self.id}"


@dataclass(frozen=True, slots=True)
class GradingPeriodSet:
    """Grading periods that belong together, and the terms whose courses use them.

    Attributes:
        is_weighted: Whether a course's total is made of the totals of its periods, by their weights.
        shows_all_totals: Whether a student's page shows a total over all periods.
    """

    id: int
    title: str
    created_at: datetime
    is_weighted: bool = False
    shows_all_totals: bool = False
    term_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GradingPeriod:
    """A part of the year; after `closes_at` only administrators grade in it. `weight` is in percent."""

    id: int
    set_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a course; `nonxlist_course_id` is where it came from, if it was cross-listed."""

    id: int
    course_id: int
    name: str
    created_at: datetime
    sis_section_id: str | None = None
    nonxlist_course_id: int | None = None
    integration_id: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    restricts_to_dates: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One person's place in one section. Two sections are two of these, and still one submission each.

    Attributes:
        completed_at: When it was concluded, None while it goes on.
        associated_user_id: The student whom an observer observes.
        is_limited_to_section: Whether the person sees nobody of the other sections.
    """

    id: int
    user_id: int
    course_id: int
    section_id: int
    type: str
    workflow_state: str
    created_at: datetime
    updated_at: datetime
    from_sis: bool = False
    completed_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    associated_user_id: int | None = None
    is_limited_to_section: bool = False


@dataclass(frozen=True, slots=True)
class PassbackStatus:
    """What was last told about passing back the grades of a course, or of one of its sections."""

    id: int
    course_id: int
    section_id: int | None
    status: str
    message: str | None
    grades_posted_at: datetime | None


@dataclass(frozen=True, slots=True)
class AssignmentGroup:
    """A kind of work in a course; its weight, in percent, counts only where the course applies weights.

    `drop_lowest` and `drop_highest` are how many scores of each student are dropped, None where nobody said;
    the assignments of `never_drop` never are.
    """

    id: int
    course_id: int
    name: str
    position: int
    group_weight: float = 0.0
    is_deleted: bool = False
    drop_lowest: int | None = None
    drop_highest: int | None = None
    never_drop: tuple[int, ...] = ()


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
