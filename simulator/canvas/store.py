"""The state of one fake Canvas: frozen values, replaced on write.

What lives here: keeping and finding. What must never be here: deciding (`rules`), HTTP (`routes`). What
bites: deleted things stay in the tables, so whoever lists them says which states it wants; and a look-up that
is not by an index walks through a whole district.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from contracts.catalogue import Rule
from simulator.canvas.model import (
    ROOT_ACCOUNT_ID,
    Account,
    Actor,
    Assignment,
    AssignmentGroup,
    Course,
    Enrollment,
    PassbackStatus,
    Section,
    Submission,
    User,
)
from simulator.canvas.params import Locator, as_integer
from simulator.canvas.roster import Roster, roster_of
from simulator.canvas.rules.assigning import Assignees, assignees_of
from simulator.canvas.rules.assignments import Revision
from simulator.canvas.rules.people import sortable_name_of
from simulator.canvas.rules.post_policy import with_course_policy
from simulator.canvas.rules.posting import unmarks_by_itself
from simulator.canvas.rules.standing import CURRENT_STATES, students_among, students_seen
from simulator.canvas.tables import CanvasTables
from simulator.clock import Clock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import Profile
from simulator.roster import RosterPerson
from simulator.schools import School
from simulator.state import Table
from simulator.verdicts import Verdict

Record = TypeVar("Record", Course, Section, User)

DEFAULT_GROUP_NAME = "Assignments"


class CanvasStore(CanvasTables):
    """One Canvas: its tables, and who holds a token that opens it."""

    VALUES: ClassVar = ("roster_version",)

    def __init__(self, *, ids: Ids, clock: Clock, journal: Journal, profile: Profile) -> None:
        super().__init__(ids=ids, profile=profile)
        self.profile = profile
        self.zone = ZoneInfo(profile.time_zone)
        self.roster_version = 0
        """Of the roster that was taken in last; 0 before the first."""
        self.on_job_queued: Callable[[datetime], object] = lambda _due_at: None
        """Called with the time at which a job is to be done."""
        self.on_sync_marks: Callable[[], None] = lambda: None
        """Called when marks may be taken off by themselves at another time than before."""
        self.on_missing_work: Callable[[], None] = lambda: None
        """Called when other work than before may go missing by itself."""
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
        if locator.by == "lti_context_id":
            locator = Locator("id", as_integer(str(locator.value).removeprefix("lti-")) or 0)
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

    def next_enrollment_id(self) -> int:
        """The id of the next enrollment."""
        return self._ids.integer("enrollment")

    def next_assignment_id(self) -> int:
        """The id of the next assignment."""
        return self._ids.integer("assignment")

    def insert_assignment(self, assignment: Assignment) -> Assignment:
        """Keep a new assignment at its position; those at and behind it in its group make room."""
        for each in self.assignments.where(group=assignment.group_id):
            if not each.is_deleted and each.position >= assignment.position:
                self.assignments.put(replace(each, position=each.position + 1))
        return self.assignments.put(replace(assignment, id=self.next_assignment_id()))

    def keep_assignment(
        self, assignment: Assignment, revision: Revision, *, is_changed: bool = True
    ) -> Assignment:
        """Keep a new or edited assignment as it is, and tell the journal which rules had a say.

        One that an edit left as it was looks no newer for it.
        """
        kept = self.assignments.put(replace(assignment, updated_at=self.now) if is_changed else assignment)
        if kept.post_to_sis and unmarks_by_itself(self.account):
            self._sync_marks_changed()
        self._journal.note_verdicts("canvas", kept.name, revision.verdicts)
        return kept

    def remove_assignment(self, assignment: Assignment) -> Assignment:
        """Delete softly: the row and its grades stay, nobody reaches them."""
        return self.assignments.put(replace(assignment, workflow_state="deleted", updated_at=self.now))

    def touch_assignments(self, course_id: int) -> None:
        """Let every assignment of a course look changed, as when the people of the course change."""
        for each in self.assignments.where(course=course_id):
            self.assignments.put(replace(each, updated_at=self.now))

    def put_settled(self, row: Submission) -> Submission:
        """Keep a row as it is, and remember this version of it."""
        points_possible = self.assignments[row.assignment_id].points_possible
        was = self.submissions.get((row.assignment_id, row.user_id))
        self.versions.add(row, was, points_possible=points_possible, at=self.now)
        return self.submissions.put(row)

    def note_refused(self, revision: Revision) -> None:
        """Tell the journal which rules refused what is not kept."""
        refused = [each for each in revision.verdicts if each.refused]
        self._journal.note_verdicts("canvas", revision.assignment.name, refused)

    def note_refusal(self, subject: str, verdict: Verdict) -> None:
        """Tell the journal that a rule turned a request away."""
        self._journal.note_verdicts("canvas", subject, (verdict,))

    def note_upheld(self, subject: str, rule: Rule, words: str) -> None:
        """Tell the journal that a rule decided what somebody sees."""
        self._journal.note_upheld("canvas", rule, subject, words)

    def _sync_marks_changed(self) -> None:
        self.on_sync_marks()


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
