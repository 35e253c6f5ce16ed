"""What Canvas keeps, as frozen values; a change is a new value in the old one's place.

What lives here: the nouns. What must never be here: decisions (`rules`), wire shapes (`views`), storage
(`store`). What bites: a submission that nobody touched is not stored. It is made up on reading, with an id
that is always the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

ROOT_ACCOUNT_ID = 1
"""The one account that there is."""
TERM_ID = 1
"""The default term, in which every course is that nobody put into another."""
NO_INTEGRATION_DATA = "{}"
"""What a SIS keeps beside a record where it keeps nothing: a JSON object, as text."""
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
        post_manually: Whether grades stay hidden until somebody posts them, where its assignments do not say.
    """

    id: int
    name: str
    course_code: str
    created_at: datetime
    sis_course_id: str | None = None
    workflow_state: str = "available"
    apply_assignment_group_weights: bool = False
    post_manually: bool = False
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
    the assignments of `never_drop` never are. `sis_source_id` and `integration_data`, a JSON object as text,
    are a SIS's own.
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
    sis_source_id: str | None = None
    integration_data: str = NO_INTEGRATION_DATA


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work to be graded: unpublished, published or deleted. `post_to_sis` is the sync mark.

    Attributes:
        only_visible_to_overrides: Whether it is assigned to nobody but those whom an override names.
        hide_in_gradebook: Whether the gradebook leaves it out.
        sis_assignment_id: A SIS's own id of it, as `integration_id` and `integration_data` are; the last is a
            JSON object as text.
        duplicate_of_id: The assignment that it is a copy of.
        post_manually: Whether its grades stay hidden until somebody posts them; None as its course says.
        anonymous_grading: Whether graders do not see whose work it is.
        moderated_grading: Whether several graders propose grades, which nobody has until they are published.
        grades_published_at: When the grades of moderated work were published.
    """

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
    only_visible_to_overrides: bool = False
    hide_in_gradebook: bool = False
    sis_assignment_id: str | None = None
    integration_id: str | None = None
    integration_data: str = NO_INTEGRATION_DATA
    duplicate_of_id: int | None = None
    post_manually: bool | None = None
    anonymous_grading: bool = False
    moderated_grading: bool = False
    grades_published_at: datetime | None = None

    @property
    def is_published(self) -> bool:
        """Whether students see it."""
        return self.workflow_state == "published"

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone from everywhere but the tables."""
        return self.workflow_state == "deleted"


@dataclass(frozen=True, slots=True)
class AssignmentOverride:
    """Other dates of an assignment for a section, or for single students ("ad hoc"); or no assignment at all.

    Attributes:
        title: The name of an ad hoc override; one of a section is called as the section is.
        section_id: Whose it is, None where it is of `student_ids`.
        sets: Which of `DATES` it sets; the assignment's own hold for the others. One that is set may be None.
        unassigns: Whether those whose it is do not have the assignment.
    """

    id: int
    assignment_id: int
    title: str = ""
    section_id: int | None = None
    student_ids: tuple[int, ...] = ()
    sets: tuple[str, ...] = ()
    due_at: datetime | None = None
    unlock_at: datetime | None = None
    lock_at: datetime | None = None
    unassigns: bool = False

    @property
    def is_adhoc(self) -> bool:
        """Whether it is of single students."""
        return self.section_id is None


DATES = ("due_at", "unlock_at", "lock_at")
"""The dates of an assignment that an override can set."""


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """What a course takes off for work that is late or missing. Deductions and the minimum are in percent.

    Attributes:
        missing_enabled: Whether work that was not handed in in time gets a score by itself.
        missing_deduction: How much of the full points that score is short of.
        late_enabled: Whether late work loses points.
        late_deduction: How much of the full points it loses for each interval that has begun.
        late_interval: How long an interval is.
        minimum_enabled: Whether lateness takes a score no lower than the minimum.
    """

    id: int
    course_id: int
    missing_enabled: bool = False
    missing_deduction: float = 0.0
    late_enabled: bool = False
    late_deduction: float = 0.0
    late_interval: Literal["day", "hour"] = "day"
    minimum_enabled: bool = False
    minimum_percent: float = 0.0


@dataclass(frozen=True, slots=True)
class SubmissionComment:
    """What somebody wrote beside a student's work; `attempt` is which hand-in it is about, if it is."""

    id: int
    assignment_id: int
    user_id: int
    author_id: int
    text: str
    created_at: datetime
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a student handed in: its `kind`, such as "online_url", and which `attempt` it is, from 1."""

    kind: str
    body: str | None = None
    url: str | None = None
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """What a student saw of their row when they last looked; at first there is nothing to be seen."""

    score: float | None = None
    grade: str | None = None
    excused: bool = False
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's row on one assignment: the work, the grade, the status and when each was last given.

    Attributes:
        score: What counts: the points entered, less `points_deducted`.
        points_deducted: What lateness took off; None for work that is not late.
        work: What was handed in last, at `submitted_at`; both None where nothing was.
        grade_matches_current_submission: Whether the grade is of the work that was handed in last.
        custom_grade_status_id: A status of the district's own.
        sticker: A picture that a grader put on it, by Canvas's name.
        seen: What its student saw of it last.
    """

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
    points_deducted: float | None = None
    submitted_at: datetime | None = None
    work: Work | None = None
    grade_matches_current_submission: bool = True
    custom_grade_status_id: int | None = None
    sticker: str | None = None
    seen: Seen = Seen()

    @property
    def id(self) -> int:
        """The same for the same assignment and student, whether the row is stored or made up."""
        return self.assignment_id * _USERS_MAX + self.user_id

    @property
    def has_grade(self) -> bool:
        """Whether it counts as graded: a grade, or an excuse."""
        return self.grade is not None or self.excused is True

    @property
    def attempt(self) -> int | None:
        """How often work was handed in, None where it never was."""
        return None if self.work is None else self.work.attempt

    @property
    def entered_score(self) -> float | None:
        """What the grader entered, before lateness took anything off; exact, however the points are cut."""
        if self.score is None or not self.points_deducted:
            return self.score
        return float(Decimal(repr(self.score)) + Decimal(repr(self.points_deducted)))

    @property
    def needs_grading(self) -> bool:
        """Whether work waits for a grader."""
        waits = self.score is None or not self.grade_matches_current_submission
        return self.work is not None and not self.excused and waits


@dataclass(frozen=True, slots=True)
class SubmissionVersion:
    """What a row was made into, once; the versions of a row are numbered from 1, and none ever changes.

    Attributes:
        row: The row as it was kept; its `grader_id` is whoever did it.
        at: When it was kept.
        points_possible: What the assignment was worth then.
    """

    id: int
    number: int
    row: Submission
    at: datetime
    points_possible: float


@dataclass(frozen=True, slots=True)
class PostingResult:
    """What posting or hiding did: whose rows of which assignment, and since when they are posted, if so."""

    assignment_id: int
    posted_at: datetime | None
    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How it stands with work that Canvas does after its answer: queued, running, completed or failed.

    `completion` is in percent, `tag` says which kind of work it is.
    """

    id: int
    course_id: int
    tag: str
    created_at: datetime
    updated_at: datetime
    workflow_state: str = "queued"
    completion: float = 0.0
    message: str | None = None
    result: PostingResult | None = None


@dataclass(frozen=True, slots=True)
class GradeWish:
    """What a bulk update wants of one student's row, as the client wrote it.

    Attributes:
        user: How it names the student: an id, or a SIS id with its prefix.
        is_about_grade: Whether it says anything of a grade or an excuse; without either it only comments.
        posted_grade: The grade; None and "" clear.
    """

    assignment_id: int
    user: str
    is_about_grade: bool = False
    posted_grade: str | None = None
    excuse: bool = False
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class PostingWish:
    """Whose rows of an assignment are to be posted, or hidden."""

    assignment_id: int
    user_ids: tuple[int, ...]
    is_hiding: bool


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is not done yet; its id is its progress's.

    Attributes:
        section_id: The section through which it was asked for, None for the whole course.
        actor_id: Who asked.
        due_at: It is not done before.
        polls_left: Nor before its progress was asked for so many times more.
    """

    id: int
    course_id: int
    section_id: int | None
    actor_id: int
    due_at: datetime
    polls_left: int
    grading: tuple[GradeWish, ...] = ()
    posting: PostingWish | None = None
