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

from simulator.canvas.attempts import Attempts
from simulator.canvas.buckets import Buckets
from simulator.canvas.comments import Comments
from simulator.canvas.grading_periods import GradingPeriods
from simulator.canvas.jobs import Jobs
from simulator.canvas.late_policies import LatePolicies
from simulator.canvas.lateness import look_again, look_again_at_course, settled
from simulator.canvas.model import (
    ROOT_ACCOUNT_ID,
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
from simulator.canvas.params import Locator, as_integer
from simulator.canvas.roster import Roster, roster_of
from simulator.canvas.rules.assigning import Assignees, assignees_of
from simulator.canvas.rules.assignments import Revision
from simulator.canvas.rules.commenting import commented
from simulator.canvas.rules.grading import assigned_again, needs_regrading, regraded
from simulator.canvas.rules.overrides import OverridesPlan
from simulator.canvas.rules.people import sortable_name_of
from simulator.canvas.rules.post_policy import is_manual, with_course_policy
from simulator.canvas.rules.posting import unmarks_by_itself
from simulator.canvas.rules.standing import CURRENT_STATES, students_among, students_seen
from simulator.canvas.terms import Terms
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
        self.roster_version = 0
        """Of the roster that was taken in last; 0 before the first."""
        self.on_sync_marks: Callable[[], None] = lambda: None
        """Called when marks may be taken off by themselves at another time than before."""
        self.grading_periods.on_change = self._sync_marks_changed
        self._ids = ids
        self._clock = clock
        self._journal = journal
        self.on_missing_work: Callable[[], None] = lambda: None
        """Called when other work than before may go missing by itself."""

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
        self.terms.begin(self.now)
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

    def course_at(self, locator: Locator, *, deleted_too: bool = False) -> Course | None:
        """The course so named; deleted ones only where they are wanted."""
        if locator.by == "lti_context_id":
            locator = Locator("id", as_integer(str(locator.value).removeprefix("course-")) or 0)
        found = _at(self.courses, locator, {"sis_course_id": "sis", "sis_integration_id": "integration"})
        present = [each for each in found if each.workflow_state != "deleted"]
        return next(iter(present or (found if deleted_too else [])), None)

    def section_at(self, locator: Locator, *, deleted_too: bool = False) -> Section | None:
        """The section so named; deleted ones only where they are wanted."""
        found = _at(self.sections, locator, {"sis_section_id": "sis", "sis_integration_id": "integration"})
        present = [each for each in found if not each.is_deleted]
        return next(iter(present or (found if deleted_too else [])), None)

    def user_at(self, locator: Locator) -> User | None:
        """The user so named."""
        indexes = {"sis_user_id": "sis", "sis_login_id": "login", "sis_integration_id": "integration"}
        return next(iter(_at(self.users, locator, indexes)), None)

    def sections_of(self, course_id: int) -> tuple[Section, ...]:
        """The sections of a course, by name."""
        found = (each for each in self.sections.where(course=course_id) if not each.is_deleted)
        return tuple(sorted(found, key=lambda each: (each.name, each.id)))

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
        return self.add_made_user(User(0, name, sortable_name_of(name), self.now, sis_user_id, login_id))

    def add_made_user(self, user: User) -> User:
        """Keep a new user; it gets its id."""
        return self.users.put(replace(user, id=self._ids.integer("user")))

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
        return self.add_made_course(Course(0, name, code, self.now, sis_course_id, "unpublished"))

    def add_made_course(self, course: Course) -> Course:
        """Keep a new course; it gets its id, and the group that every course begins with."""
        made = self.courses.put(replace(course, id=self._ids.integer("course")))
        self.add_group(made.id, DEFAULT_GROUP_NAME)
        return made

    def add_section(self, course_id: int, *, name: str, sis_section_id: str | None) -> Section:
        """Make a section by hand."""
        return self.add_made_section(Section(0, course_id, name, self.now, sis_section_id))

    def add_made_section(self, section: Section) -> Section:
        """Keep a new section; it gets its id."""
        return self.sections.put(replace(section, id=self._ids.integer("section")))

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
        return self._place(enrollment)

    def set_enrollment_state(self, enrollment: Enrollment, state: str) -> Enrollment:
        """Conclude, deactivate, delete or reactivate an enrollment. Submissions stay as they are."""
        completed_at = self.now if state == "completed" else None
        return self._place(
            replace(enrollment, workflow_state=state, updated_at=self.now, completed_at=completed_at)
        )

    def _place(self, enrollment: Enrollment) -> Enrollment:
        """Keep an enrollment; a student who was gone from its course has the rows of before again."""
        was_seen = self.is_seen_in(enrollment.course_id, enrollment.user_id)
        kept = self.enrollments.put(enrollment)
        if not was_seen:
            self.give_rows_back(kept.course_id, kept.user_id)
        self.on_missing_work()
        return kept

    def is_seen_in(self, course_id: int, user_id: int) -> bool:
        """Whether a user is a student of a course whose rows can be read."""
        places = (each for each in self.enrollments.where(user=user_id) if each.course_id == course_id)
        return bool(students_seen(places))

    def give_rows_back(self, course_id: int, user_id: int) -> None:
        """Read the state of each row of a student who came back off its grade and work."""
        if not self.is_seen_in(course_id, user_id):
            return
        for row in tuple(self.submissions.where(user=user_id)):
            if self.assignments[row.assignment_id].course_id == course_id:
                self.submissions.put(assigned_again(row))

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
        kept = self._keep(assignment, revision)
        self.due_dates_changed(kept)
        return kept

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
                    again = regraded(row, before, after, editor_id, self.now)
                    self.put_settled(settled(self, again, is_regraded=True))
        self.due_dates_changed(after)
        return after

    def put_overrides(self, assignment: Assignment, plan: OverridesPlan) -> tuple[AssignmentOverride, ...]:
        """Keep some overrides of an assignment, changed or new, and let others go."""
        before = self.assignees(assignment)
        self.overrides.drop(plan.dropped)
        kept = self.overrides.keep(plan.kept)
        self._assign_again(assignment, before)
        self.due_dates_changed(self.assignments.put(replace(assignment, updated_at=self.now)))
        return kept

    def _assign_again(self, assignment: Assignment, before: Assignees) -> None:
        """Give the rows back to those who have the assignment to do now, and did not before."""
        now = self.assignees(assignment)
        if now.are_all_alike and before.are_all_alike:
            return
        for row in self.touched_rows(assignment.id):
            if now.includes(row.user_id) and not before.includes(row.user_id):
                self.submissions.put(assigned_again(row))

    def due_dates_changed(self, assignment: Assignment) -> None:
        """Look again at what is late and missing: an assignment's due dates are others than before."""
        look_again(self, assignment)
        self.on_missing_work()

    def put_late_policy(self, policy: LatePolicy) -> LatePolicy:
        """Keep a course's late policy, and apply it to the rows that there are."""
        kept = self.late_policies.put(policy)
        look_again_at_course(self, kept.course_id)
        self.on_missing_work()
        return kept

    def remove_assignment(self, assignment: Assignment) -> Assignment:
        """Delete softly: the row and its grades stay, nobody reaches them."""
        return self.assignments.put(replace(assignment, workflow_state="deleted", updated_at=self.now))

    def touch_assignments(self, course_id: int) -> None:
        """Let every assignment of a course look changed, as when the people of the course change."""
        for each in self.assignments.where(course=course_id):
            self.assignments.put(replace(each, updated_at=self.now))

    def put_submission(self, row: Submission) -> Submission:
        """Keep a row that somebody touched, as its course's late policy leaves it."""
        return self.put_settled(settled(self, row))

    def put_settled(self, row: Submission) -> Submission:
        """Keep a row as it is, and remember this version of it."""
        points_possible = self.assignments[row.assignment_id].points_possible
        was = self.submissions.get((row.assignment_id, row.user_id))
        self.versions.add(row, was, points_possible=points_possible, at=self.now)
        return self.submissions.put(row)

    def add_comment(
        self, row: Submission, text: str, *, author_id: int, attempt: int | None = None
    ) -> Submission:
        """Keep what a grader wrote on a submission; where grades post themselves, that posts it."""
        self.comments.add(row, author_id, text, self.now, attempt=attempt)
        assignment = self.assignments[row.assignment_id]
        if is_manual(assignment, self.courses[assignment.course_id]):
            return row
        after = commented(row, self.now)
        return row if after == row else self.submissions.put(after)

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


def _at(table: Table[int, Record], locator: Locator, indexes: dict[str, str]) -> list[Record]:
    """What is named so, oldest first: a SIS id can be that of deleted records too."""
    if isinstance(locator.value, int):
        found = table.get(locator.value)
        return [] if found is None else [found]
    index = indexes.get(locator.by)
    return [] if index is None else list(table.where(**{index: locator.value}))


def _digest(token: str) -> str:
    """What is kept of a token: enough to know it again, and worth nothing in a snapshot or a file."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
