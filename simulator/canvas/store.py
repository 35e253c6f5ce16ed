"""The state of one fake Canvas: tables of frozen values, replaced on write.

What lives here: keeping and finding. What must never be here: deciding (`rules`), HTTP (`routes`). What
bites: deleted things stay in the tables, so whoever lists them says which states it wants; and a look-up that
is not by an index walks through a whole district.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from simulator.canvas.buckets import Buckets
from simulator.canvas.grading_periods import GradingPeriods
from simulator.canvas.jobs import Jobs
from simulator.canvas.model import (
    ROOT_ACCOUNT_ID,
    Account,
    Actor,
    Assignment,
    AssignmentGroup,
    AssignmentOverride,
    Bucket,
    Comment,
    Course,
    Enrollment,
    GradingPeriod,
    GradingPeriodSet,
    Job,
    PassbackStatus,
    Progress,
    Section,
    Submission,
    SubmissionVersion,
    User,
)
from simulator.canvas.overrides import Overrides
from simulator.canvas.params import Locator
from simulator.canvas.roster import Roster, roster_of
from simulator.canvas.rules.assigning import Assignees, assignees_of
from simulator.canvas.rules.assignments import Revision
from simulator.canvas.rules.grading import assigned_again, needs_regrading, regraded
from simulator.canvas.rules.overrides import OverridesPlan
from simulator.canvas.rules.post_policy import is_manual, with_course_policy
from simulator.canvas.rules.posting import unmarks_by_itself
from simulator.canvas.rules.standing import CURRENT_STATES, students_among, students_seen
from simulator.canvas.versions import Versions
from simulator.clock import Clock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import Profile
from simulator.roster import RosterPerson
from simulator.schools import School
from simulator.state import Store, Table
from simulator.verdicts import Verdict

Record = TypeVar("Record", Course, Section, User)

DEFAULT_GROUP_NAME = "Assignments"


class CanvasStore(Store):
    """One Canvas: its tables, and who holds a token that opens it."""

    VALUES: ClassVar = ("roster_version",)
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
        ("comments", "assignment_id", "assignments"),
        ("comments", "user_id", "users"),
        ("comments", "author_id", "users"),
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
    )

    def __init__(self, *, ids: Ids, clock: Clock, journal: Journal, profile: Profile) -> None:
        super().__init__()
        self.profile = profile
        self.zone = ZoneInfo(profile.time_zone)
        self.accounts = self._table("accounts", Account, lambda account: account.id)
        self.users = self._table(
            "users",
            User,
            lambda user: user.id,
            sis=lambda user: user.sis_user_id,
            login=lambda user: user.login_id,
        )
        self.courses = self._table(
            "courses", Course, lambda course: course.id, sis=lambda course: course.sis_course_id
        )
        self.sections = self._table(
            "sections",
            Section,
            lambda section: section.id,
            course=lambda section: section.course_id,
            sis=lambda section: section.sis_section_id,
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
        self.comments = self._table(
            "comments",
            Comment,
            lambda comment: comment.id,
            submission=lambda comment: (comment.assignment_id, comment.user_id),
        )
        self.jobs = Jobs(
            self._table("jobs", Job, lambda job: job.id),
            self._table("progresses", Progress, lambda progress: progress.id),
            ids,
            profile,
        )
        self.on_job_queued: Callable[[datetime], object] = lambda _due_at: None
        """Called with the time at which a job is to be done."""
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
        self._actors = self._table("actors", Actor, lambda actor: actor.token_digest)
        self.buckets = Buckets(self._table("buckets", Bucket, lambda bucket: bucket.token_digest))
        self.roster_version = 0
        """Of the roster that was taken in last; 0 before the first."""
        self.on_sync_marks: Callable[[], None] = lambda: None
        """Called when marks may be taken off by themselves at another time than before."""
        self.grading_periods.on_change = self._sync_marks_changed
        self._ids = ids
        self._clock = clock
        self._journal = journal

    def __repr__(self) -> str:
        return f"CanvasStore({len(self.courses)} courses, {len(self.submissions)} touched submissions)"

    @property
    def now(self) -> datetime:
        """The present instant of this world."""
        return self._clock.now()

    def take_roster(self, school: School, *, teacher_tokens: tuple[str, ...], admin_token: str) -> None:
        """Bring the school in, as its nightly roster run does; tokens are in the order of its teachers."""
        self.roster_version = 1
        self.accounts.put(
            Account(
                ROOT_ACCOUNT_ID,
                school.district_name,
                features=self.profile.canvas_sis_features,
                sis_name=self.profile.canvas_sis_name,
                sis_default_grade_export=self.profile.canvas_sync_flag_default,
            )
        )
        roster: Roster = roster_of(school, next_id=self._ids.integer, now=self.now)
        self.users.update(roster.users)
        self.courses.update(roster.courses)
        self.sections.update(roster.sections)
        self.enrollments.update(roster.enrollments)
        for course in roster.courses:
            self.add_group(course.id, DEFAULT_GROUP_NAME)
        self._actors.put(Actor(_digest(admin_token), roster.admin_id, "admin", is_admin=True))
        for token, user_id in zip(teacher_tokens, roster.teacher_ids, strict=True):
            self._actors.put(Actor(_digest(token), user_id, f"{self.users[user_id].name} (teacher)"))

    # finding

    @property
    def account(self) -> Account:
        """The account that every course belongs to."""
        return self.accounts[ROOT_ACCOUNT_ID]

    def passback_status_of(self, course_id: int, section_id: int | None = None) -> PassbackStatus | None:
        """What was last told about passing back the grades of a course, or of one of its sections."""
        found = [
            each for each in self.passback_statuses.where(course=course_id) if each.section_id == section_id
        ]
        return max(found, key=lambda each: each.id, default=None)

    def forget_token(self, token: str) -> None:
        """This token opens nothing any more, as when its owner deleted it; an unknown one is no error."""
        self._actors.pop(_digest(token))

    def actor_of(self, token: str) -> Actor | None:
        """Whose token this is."""
        return self._actors.get(_digest(token))

    def course_at(self, locator: Locator) -> Course | None:
        """The course so named, deleted ones left out."""
        found = _at(self.courses, locator, {"sis_course_id": "sis"})
        return found if found is not None and found.workflow_state != "deleted" else None

    def section_at(self, locator: Locator) -> Section | None:
        """The section so named."""
        return _at(self.sections, locator, {"sis_section_id": "sis"})

    def user_at(self, locator: Locator) -> User | None:
        """The user so named."""
        return _at(self.users, locator, {"sis_user_id": "sis", "sis_login_id": "login"})

    def sections_of(self, course_id: int) -> tuple[Section, ...]:
        """The sections of a course, by name."""
        return tuple(sorted(self.sections.where(course=course_id), key=lambda each: (each.name, each.id)))

    def enrollments_of(self, course_id: int, section_id: int | None = None) -> tuple[Enrollment, ...]:
        """Every enrollment of a course, or of one of its sections, in whatever state."""
        if section_id is None:
            return tuple(self.enrollments.where(course=course_id))
        return tuple(
            each for each in self.enrollments.where(section=section_id) if each.course_id == course_id
        )

    def groups_of(self, course_id: int) -> tuple[AssignmentGroup, ...]:
        """The assignment groups of a course, in order."""
        found = (each for each in self.groups.where(course=course_id) if not each.is_deleted)
        return tuple(sorted(found, key=lambda each: (each.position, each.id)))

    def assignments_of(self, course_id: int) -> tuple[Assignment, ...]:
        """The assignments of a course that are not deleted, group by group, in order."""
        positions = {group.id: group.position for group in self.groups_of(course_id)}
        found = (each for each in self.assignments.where(course=course_id) if not each.is_deleted)
        return tuple(
            sorted(found, key=lambda each: (positions.get(each.group_id, 0), each.position, each.id))
        )

    def submission(self, assignment_id: int, user_id: int) -> Submission:
        """The row of this student on this assignment, made up where nobody touched it yet."""
        return self.submissions.get((assignment_id, user_id)) or Submission(assignment_id, user_id)

    def assignment_at(self, locator: Locator) -> Assignment | None:
        """The assignment so named, in whatever state."""
        if isinstance(locator.value, int):
            return self.assignments.get(locator.value)
        return self.assignments.first(sis=locator.value) if locator.by == "sis_assignment_id" else None

    def assignees(self, assignment: Assignment) -> Assignees:
        """Who has an assignment to do, and by when."""
        if not assignment.only_visible_to_overrides and not self.overrides.are_on(assignment.id):
            return Assignees(assignment.due_at)
        overrides, rank = self.overrides.of(assignment.id), self.profile.canvas_override_rank
        return assignees_of(assignment, overrides, self._students_in, rank=rank)

    def _students_in(self, section_id: int) -> tuple[int, ...]:
        return students_seen(self.enrollments.where(section=section_id))

    def present_rows(self, assignment: Assignment) -> Iterator[Submission]:
        """The rows of those who are students of the course now and have it to do, touched or not."""
        students = students_among(self.enrollments.where(course=assignment.course_id), CURRENT_STATES)
        assigned = self.assignees(assignment).among(students)
        return (self.submission(assignment.id, each) for each in assigned)

    def touched_rows(self, assignment_id: int) -> tuple[Submission, ...]:
        """The rows of an assignment that somebody touched."""
        return tuple(self.submissions.where(assignment=assignment_id))

    # keeping

    def put_account(self, account: Account) -> Account:
        """Keep what was decided about the SIS."""
        kept = self.accounts.put(account)
        self._sync_marks_changed()
        return kept

    def add_passback_status(
        self, course_id: int, section_id: int | None, *, status: str, message: str | None, at: datetime
    ) -> PassbackStatus:
        """Keep what was told about passing back grades."""
        number = self._ids.integer("passback_status")
        return self.passback_statuses.put(PassbackStatus(number, course_id, section_id, status, message, at))

    def unmark(self, assignment: Assignment) -> Assignment:
        """Take the sync mark off an assignment."""
        return self.assignments.put(replace(assignment, post_to_sis=False, updated_at=self.now))

    def add_user(self, *, name: str, login_id: str, sis_user_id: str | None) -> User:
        """Make a user by hand."""
        given, _space, family = name.rpartition(" ")
        sortable = f"{family}, {given}" if given else name
        user = User(self._ids.integer("user"), name, sortable, self.now, sis_user_id, login_id)
        return self.users.put(user)

    def add_user_of_roster(self, person: RosterPerson) -> User:
        """Make the user of somebody whom a roster brought."""
        return self.users.put(
            User(
                self._ids.integer("user"),
                f"{person.given_name} {person.family_name}",
                f"{person.family_name}, {person.given_name}",
                self.now,
                person.guid,
                person.email,
                person.email,
            )
        )

    def put_course(self, course: Course) -> Course:
        """Keep a changed course."""
        return self.courses.put(course)

    def set_course_policy(self, course: Course, *, post_manually: bool) -> Course:
        """Give a course another post policy. What is posted stays posted, and what is hidden hidden."""
        reach = self.profile.canvas_course_policy_reach
        found = self.assignments.where(course=course.id)
        self.assignments.update(with_course_policy(found, post_manually=post_manually, reach=reach))
        return self.courses.put(replace(course, post_manually=post_manually))

    def add_course(self, *, name: str, code: str, sis_course_id: str | None) -> Course:
        """Make a course; its teacher publishes it."""
        course = Course(self._ids.integer("course"), name, code, self.now, sis_course_id, "unpublished")
        self.courses.put(course)
        self.add_group(course.id, DEFAULT_GROUP_NAME)
        return course

    def add_section(self, course_id: int, *, name: str, sis_section_id: str | None) -> Section:
        """Make a section by hand."""
        section = Section(self._ids.integer("section"), course_id, name, self.now, sis_section_id)
        return self.sections.put(section)

    def enroll(self, user_id: int, section: Section, *, kind: str, state: str) -> Enrollment:
        """Enroll somebody; whoever was there before in the same role gets the old enrollment back."""
        for each in self.enrollments_of(section.course_id, section.id):
            if (each.user_id, each.type) == (user_id, kind):
                return self.set_enrollment_state(each, state)
        number = self._ids.integer("enrollment")
        enrollment = Enrollment(
            number,
            user_id,
            section.course_id,
            section.id,
            kind,
            state,
            created_at=self.now,
            updated_at=self.now,
        )
        return self.enrollments.put(enrollment)

    def set_enrollment_state(self, enrollment: Enrollment, state: str) -> Enrollment:
        """Conclude, deactivate, delete or reactivate an enrollment. Submissions stay as they are."""
        return self.enrollments.put(replace(enrollment, workflow_state=state, updated_at=self.now))

    def add_group(self, course_id: int, name: str) -> AssignmentGroup:
        """Make an assignment group, the last of its course."""
        return self.add_made_group(AssignmentGroup(0, course_id, name, 0))

    def add_made_group(self, group: AssignmentGroup) -> AssignmentGroup:
        """Keep a new group; it gets its id and, last in its course, its place."""
        last = max((each.position for each in self.groups_of(group.course_id)), default=0)
        number = self._ids.integer("assignment_group")
        return self.put_group(replace(group, id=number, position=group.position or last + 1))

    def put_group(self, group: AssignmentGroup) -> AssignmentGroup:
        """Keep a changed group."""
        return self.groups.put(group)

    def remove_group(self, group: AssignmentGroup, heir: AssignmentGroup | None) -> AssignmentGroup:
        """Delete a group; its assignments go to the heir, or with it."""
        for each in self.assignments_of(group.course_id):
            if each.group_id == group.id and heir is None:
                self.remove_assignment(each)
            elif each.group_id == group.id and heir is not None:
                self.assignments.put(replace(each, group_id=heir.id, updated_at=self.now))
        return self.put_group(replace(group, is_deleted=True))

    def first_group(self, course_id: int) -> AssignmentGroup:
        """Where a new assignment lands: the first group, made where a course has none."""
        return next(iter(self.groups_of(course_id)), None) or self.add_group(course_id, DEFAULT_GROUP_NAME)

    def next_position(self, group_id: int) -> int:
        """The place after the last assignment of a group."""
        found = (each.position for each in self.assignments.where(group=group_id) if not each.is_deleted)
        return max(found, default=0) + 1

    def next_assignment_id(self) -> int:
        """The id of the next assignment."""
        return self._ids.integer("assignment")

    def add_assignment(self, revision: Revision, plan: OverridesPlan | None = None) -> Assignment:
        """Keep a new assignment with its overrides; it gets its id and, last in its group, its place."""
        wanted = revision.assignment
        assignment = replace(
            wanted,
            id=self.next_assignment_id(),
            position=wanted.position or self.next_position(wanted.group_id),
        )
        if plan is not None:
            self.overrides.keep(replace(each, assignment_id=assignment.id) for each in plan.kept)
        return self._keep(assignment, revision)

    def insert_assignment(self, assignment: Assignment) -> Assignment:
        """Keep a new assignment at its position; those at and behind it in its group make room."""
        for each in self.assignments.where(group=assignment.group_id):
            if not each.is_deleted and each.position >= assignment.position:
                self.assignments.put(replace(each, position=each.position + 1))
        return self.assignments.put(replace(assignment, id=self.next_assignment_id()))

    def put_assignment(
        self, before: Assignment, revision: Revision, *, editor_id: int, plan: OverridesPlan | None = None
    ) -> Assignment:
        """Keep an edited assignment and its overrides, and write its grades anew where the edit touches them.

        Args:
            before: The assignment as it was.
            revision: What the edit makes of it.
            editor_id: Who edits.
            plan: What is to become of its overrides, None where they stay as they are.
        """
        assignees = self.assignees(before)
        if plan is not None:
            self.overrides.drop(plan.dropped)
            self.overrides.keep(plan.kept)
        after = self._keep(revision.assignment, revision)
        self._assign_again(after, assignees)
        if needs_regrading(before, after):
            for row in self.touched_rows(after.id):
                if row.has_grade:
                    self.put_submission(regraded(row, before, after, editor_id, self.now))
        return after

    def put_overrides(self, assignment: Assignment, plan: OverridesPlan) -> tuple[AssignmentOverride, ...]:
        """Keep some overrides of an assignment, changed or new, and let others go."""
        before = self.assignees(assignment)
        self.overrides.drop(plan.dropped)
        kept = self.overrides.keep(plan.kept)
        self._assign_again(assignment, before)
        self.assignments.put(replace(assignment, updated_at=self.now))
        return kept

    def _assign_again(self, assignment: Assignment, before: Assignees) -> None:
        """Give the rows back to those who have the assignment to do now, and did not before."""
        now = self.assignees(assignment)
        if now.are_all_alike and before.are_all_alike:
            return
        for row in self.touched_rows(assignment.id):
            if now.includes(row.user_id) and not before.includes(row.user_id):
                self.submissions.put(assigned_again(row))

    def remove_assignment(self, assignment: Assignment) -> Assignment:
        """Delete softly: the row and its grades stay, nobody reaches them."""
        return self.assignments.put(replace(assignment, workflow_state="deleted", updated_at=self.now))

    def put_submission(self, row: Submission) -> Submission:
        """Keep a row that somebody touched, and remember this version of it."""
        points_possible = self.assignments[row.assignment_id].points_possible
        was = self.submissions.get((row.assignment_id, row.user_id))
        self.versions.add(row, was, points_possible=points_possible, at=self.now)
        return self.submissions.put(row)

    def comments_on(self, row: Submission) -> tuple[Comment, ...]:
        """What was written on a submission, oldest first."""
        return tuple(self.comments.where(submission=(row.assignment_id, row.user_id)))

    def add_comment(self, row: Submission, text: str, *, author_id: int) -> Submission:
        """Keep what a teacher wrote on a submission; where grades post themselves, that posts it."""
        number = self._ids.integer("submission_comment")
        now = self.now
        self.comments.put(Comment(number, row.assignment_id, row.user_id, author_id, text, now))
        assignment = self.assignments[row.assignment_id]
        if row.posted_at is None and not is_manual(assignment, self.courses[assignment.course_id]):
            row = self.submissions.put(replace(row, posted_at=now))
        return row

    def put_posted(self, rows: Iterable[Submission]) -> None:
        """Keep rows that were posted or hidden. That is no new version of them."""
        self.submissions.update(rows)

    def note_refused(self, revision: Revision) -> None:
        """Tell the journal which rules refused what is not kept."""
        refused = [each for each in revision.verdicts if each.refused]
        self._journal.note_verdicts("canvas", revision.assignment.name, refused)

    def note_refusal(self, subject: str, verdict: Verdict) -> None:
        """Tell the journal that a rule turned a request away."""
        self._journal.note_verdicts("canvas", subject, (verdict,))

    def _sync_marks_changed(self) -> None:
        self.on_sync_marks()

    def _keep(self, assignment: Assignment, revision: Revision) -> Assignment:
        kept = replace(assignment, updated_at=self.now)
        self.assignments.put(kept)
        if kept.post_to_sis and unmarks_by_itself(self.account):
            self._sync_marks_changed()
        self._journal.note_verdicts("canvas", kept.name, revision.verdicts)
        return kept


def _at(table: Table[int, Record], locator: Locator, sis_indexes: dict[str, str]) -> Record | None:
    if isinstance(locator.value, int):
        return table.get(locator.value)
    index = sis_indexes.get(locator.by)
    return None if index is None else table.first(**{index: locator.value})


def _digest(token: str) -> str:
    """What is kept of a token: enough to know it again, and worth nothing in a snapshot or a file."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
