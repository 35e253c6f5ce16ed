"""Which tables one fake Canvas has, what they are found by, and what refers to what.

What must never be here: reading or writing a row. What bites: a table that is not declared here is in no
snapshot, no world file and no difference of two worlds; one whose references are not told loses them unseen.
"""

from __future__ import annotations

from typing import ClassVar

from simulator.canvas.attempts import Attempts
from simulator.canvas.buckets import Buckets
from simulator.canvas.comments import Comments
from simulator.canvas.grading_periods import GradingPeriods
from simulator.canvas.jobs import Jobs
from simulator.canvas.late_policies import LatePolicies
from simulator.canvas.model import (
    Account,
    Actor,
    Assignment,
    AssignmentGroup,
    AssignmentOverride,
    Bucket,
    Course,
    Enrollment,
    GradingPeriod,
    GradingPeriodSet,
    Job,
    LatePolicy,
    PassbackStatus,
    Progress,
    Section,
    Submission,
    SubmissionComment,
    SubmissionVersion,
    Term,
    User,
)
from simulator.canvas.overrides import Overrides
from simulator.canvas.terms import Terms
from simulator.canvas.versions import Versions
from simulator.ids import Ids
from simulator.profiles import Profile
from simulator.state import Store


class CanvasTables(Store):
    """The tables of one Canvas, and the collections that stand on some of them."""

    REFERENCES: ClassVar = (
        ("sections", "course_id", "courses"),
        ("sections", "nonxlist_course_id", "courses"),
        ("enrollments", "user_id", "users"),
        ("enrollments", "course_id", "courses"),
        ("enrollments", "section_id", "sections"),
        ("groups", "course_id", "courses"),
        ("assignments", "course_id", "courses"),
        ("assignments", "group_id", "groups"),
        ("submissions", "assignment_id", "assignments"),
        ("submissions", "user_id", "users"),
        ("overrides", "assignment_id", "assignments"),
        ("overrides", "section_id", "sections"),
        ("overrides", "student_ids", "users"),
        ("submission_versions", "row.assignment_id", "assignments"),
        ("submission_versions", "row.user_id", "users"),
        ("progresses", "course_id", "courses"),
        ("jobs", "id", "progresses"),
        ("jobs", "course_id", "courses"),
        ("jobs", "section_id", "sections"),
        ("jobs", "actor_id", "users"),
        ("actors", "user_id", "users"),
        ("buckets", "token_digest", "actors"),
        ("passback_statuses", "course_id", "courses"),
        ("passback_statuses", "section_id", "sections"),
        ("grading_periods", "set_id", "grading_period_sets"),
        ("late_policies", "course_id", "courses"),
        ("comments", "assignment_id", "assignments"),
        ("comments", "user_id", "users"),
        ("comments", "author_id", "users"),
        ("attempts", "assignment_id", "assignments"),
        ("attempts", "user_id", "users"),
        ("grading_period_sets", "term_ids", "terms"),
        ("courses", "term_id", "terms"),
        ("enrollments", "associated_user_id", "users"),
    )

    def __init__(self, *, ids: Ids, profile: Profile) -> None:
        super().__init__()
        self.accounts = self._table("accounts", Account, lambda account: account.id)
        self.users = self._table(
            "users",
            User,
            lambda user: user.id,
            sis=lambda user: user.sis_user_id,
            login=lambda user: user.login_id,
            integration=lambda user: user.integration_id,
        )
        self.terms = Terms(
            self._table(
                "terms",
                Term,
                lambda term: term.id,
                sis=lambda term: term.sis_term_id,
                integration=lambda term: term.integration_id,
            ),
            ids,
        )
        self.courses = self._table(
            "courses",
            Course,
            lambda course: course.id,
            sis=lambda course: course.sis_course_id,
            integration=lambda course: course.integration_id,
        )
        self.sections = self._table(
            "sections",
            Section,
            lambda section: section.id,
            course=lambda section: section.course_id,
            sis=lambda section: section.sis_section_id,
            integration=lambda section: section.integration_id,
        )
        self.enrollments = self._table(
            "enrollments",
            Enrollment,
            lambda enrollment: enrollment.id,
            course=lambda enrollment: enrollment.course_id,
            section=lambda enrollment: enrollment.section_id,
            user=lambda enrollment: enrollment.user_id,
        )
        self.groups = self._table(
            "groups", AssignmentGroup, lambda group: group.id, course=lambda group: group.course_id
        )
        self.assignments = self._table(
            "assignments",
            Assignment,
            lambda assignment: assignment.id,
            course=lambda assignment: assignment.course_id,
            group=lambda assignment: assignment.group_id,
            sis=lambda assignment: assignment.sis_assignment_id,
        )
        self.overrides = Overrides(
            self._table(
                "overrides",
                AssignmentOverride,
                lambda override: override.id,
                assignment=lambda override: override.assignment_id,
            ),
            ids,
        )
        self.submissions = self._table(
            "submissions",
            Submission,
            lambda row: (row.assignment_id, row.user_id),
            assignment=lambda row: row.assignment_id,
            user=lambda row: row.user_id,
        )
        self.versions = Versions(
            self._table(
                "submission_versions",
                SubmissionVersion,
                lambda version: version.id,
                submission=lambda version: (version.row.assignment_id, version.row.user_id),
                grader=lambda version: version.row.grader_id,
            ),
            ids,
        )
        self.jobs = Jobs(
            self._table("jobs", Job, lambda job: job.id),
            self._table("progresses", Progress, lambda progress: progress.id),
            ids,
            profile,
        )
        self.passback_statuses = self._table(
            "passback_statuses",
            PassbackStatus,
            lambda status: status.id,
            course=lambda status: status.course_id,
        )
        self.grading_periods = GradingPeriods(
            self._table("grading_period_sets", GradingPeriodSet, lambda found: found.id),
            self._table(
                "grading_periods", GradingPeriod, lambda period: period.id, set=lambda period: period.set_id
            ),
            ids,
        )
        self.late_policies = LatePolicies(
            self._table(
                "late_policies", LatePolicy, lambda policy: policy.id, course=lambda policy: policy.course_id
            ),
            ids,
        )
        self.comments = Comments(
            self._table(
                "comments",
                SubmissionComment,
                lambda comment: comment.id,
                place=lambda comment: (comment.assignment_id, comment.user_id),
            ),
            ids,
        )
        self.attempts = Attempts(
            self._table(
                "attempts",
                Submission,
                lambda row: (row.assignment_id, row.user_id, row.attempt),
                place=lambda row: (row.assignment_id, row.user_id),
            )
        )
        self._actors = self._table("actors", Actor, lambda actor: actor.token_digest)
        self.buckets = Buckets(self._table("buckets", Bucket, lambda bucket: bucket.token_digest))
