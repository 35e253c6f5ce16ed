"""The state of one fake Canvas: tables of frozen values, replaced on write.

What lives here: keeping and finding. What must never be here: deciding (`rules`), HTTP (`routes`). A
snapshot is a copy of the dictionaries. What bites: deleted things stay in the tables, so whoever lists them
says which states it wants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from simulator.canvas.model import (
    Actor,
    Assignment,
    AssignmentGroup,
    Course,
    Enrollment,
    Section,
    Submission,
    User,
)
from simulator.canvas.params import Locator
from simulator.canvas.roster import Roster, roster_of
from simulator.canvas.rules.assignments import Revision
from simulator.canvas.rules.grading import needs_regrading, regraded
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import Profile
from simulator.schools import School

Record = TypeVar("Record", Course, Section, User)

DEFAULT_GROUP_NAME = "Assignments"


class CanvasStore:
    """One Canvas: its tables and the tokens that open it."""

    def __init__(self, *, ids: Ids, clock: VirtualClock, journal: Journal, profile: Profile) -> None:
        self.profile = profile
        self.zone = ZoneInfo(profile.time_zone)
        self.users: dict[int, User] = {}
        self.courses: dict[int, Course] = {}
        self.sections: dict[int, Section] = {}
        self.enrollments: dict[int, Enrollment] = {}
        self.groups: dict[int, AssignmentGroup] = {}
        self.assignments: dict[int, Assignment] = {}
        self.submissions: dict[tuple[int, int], Submission] = {}
        self._actors: dict[str, Actor] = {}
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
        roster: Roster = roster_of(school, next_id=self._ids.integer, now=self.now)
        self.users.update({each.id: each for each in roster.users})
        self.courses.update({each.id: each for each in roster.courses})
        self.sections.update({each.id: each for each in roster.sections})
        self.enrollments.update({each.id: each for each in roster.enrollments})
        for course in roster.courses:
            self.add_group(course.id, DEFAULT_GROUP_NAME)
        self._actors[admin_token] = Actor(roster.admin_id, "admin", is_admin=True)
        for token, user_id in zip(teacher_tokens, roster.teacher_ids, strict=True):
            self._actors[token] = Actor(user_id, f"{self.users[user_id].name} (teacher)")

    # finding

    def actor_of(self, token: str) -> Actor | None:
        """Whose token this is."""
        return self._actors.get(token)

    def course_at(self, locator: Locator) -> Course | None:
        """The course so named, deleted ones left out."""
        found = _at(self.courses, locator, {"sis_course_id": "sis_course_id"})
        return found if found is not None and found.workflow_state != "deleted" else None

    def section_at(self, locator: Locator) -> Section | None:
        """The section so named."""
        return _at(self.sections, locator, {"sis_section_id": "sis_section_id"})

    def user_at(self, locator: Locator) -> User | None:
        """The user so named."""
        return _at(self.users, locator, {"sis_user_id": "sis_user_id", "sis_login_id": "login_id"})

    def sections_of(self, course_id: int) -> tuple[Section, ...]:
        """The sections of a course, by name."""
        found = (each for each in self.sections.values() if each.course_id == course_id)
        return tuple(sorted(found, key=lambda each: (each.name, each.id)))

    def enrollments_of(self, course_id: int, section_id: int | None = None) -> tuple[Enrollment, ...]:
        """Every enrollment of a course, or of one of its sections, in whatever state."""
        return tuple(
            each
            for each in self.enrollments.values()
            if each.course_id == course_id and section_id in (None, each.section_id)
        )

    def groups_of(self, course_id: int) -> tuple[AssignmentGroup, ...]:
        """The assignment groups of a course, in order."""
        found = (each for each in self.groups.values() if each.course_id == course_id and not each.is_deleted)
        return tuple(sorted(found, key=lambda each: (each.position, each.id)))

    def assignments_of(self, course_id: int) -> tuple[Assignment, ...]:
        """The assignments of a course that are not deleted, group by group, in order."""
        positions = {group.id: group.position for group in self.groups_of(course_id)}
        found = (
            each for each in self.assignments.values() if each.course_id == course_id and not each.is_deleted
        )
        return tuple(
            sorted(found, key=lambda each: (positions.get(each.group_id, 0), each.position, each.id))
        )

    def submission(self, assignment_id: int, user_id: int) -> Submission:
        """The row of this student on this assignment, made up where nobody touched it yet."""
        return self.submissions.get((assignment_id, user_id)) or Submission(assignment_id, user_id)

    def touched_rows(self, assignment_id: int) -> tuple[Submission, ...]:
        """The rows of an assignment that somebody touched."""
        return tuple(row for (key, _user_id), row in self.submissions.items() if key == assignment_id)

    # keeping

    def add_user(self, *, name: str, login_id: str, sis_user_id: str | None) -> User:
        """Make a user by hand."""
        given, _space, family = name.rpartition(" ")
        sortable = f"{family}, {given}" if given else name
        user = User(self._ids.integer("user"), name, sortable, self.now, sis_user_id, login_id)
        self.users[user.id] = user
        return user

    def put_course(self, course: Course) -> Course:
        """Keep a changed course."""
        self.courses[course.id] = course
        return course

    def add_section(self, course_id: int, *, name: str, sis_section_id: str | None) -> Section:
        """Make a section by hand."""
        section = Section(self._ids.integer("section"), course_id, name, self.now, sis_section_id)
        self.sections[section.id] = section
        return section

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
        self.enrollments[number] = enrollment
        return enrollment

    def set_enrollment_state(self, enrollment: Enrollment, state: str) -> Enrollment:
        """Conclude, deactivate, delete or reactivate an enrollment. Submissions stay as they are."""
        changed = replace(enrollment, workflow_state=state, updated_at=self.now)
        self.enrollments[changed.id] = changed
        return changed

    def add_group(self, course_id: int, name: str) -> AssignmentGroup:
        """Make an assignment group, the last of its course."""
        position = max((each.position for each in self.groups_of(course_id)), default=0) + 1
        return self.put_group(
            AssignmentGroup(self._ids.integer("assignment_group"), course_id, name, position)
        )

    def put_group(self, group: AssignmentGroup) -> AssignmentGroup:
        """Keep a changed group."""
        self.groups[group.id] = group
        return group

    def remove_group(self, group: AssignmentGroup, heir: AssignmentGroup | None) -> AssignmentGroup:
        """Delete a group; its assignments go to the heir, or with it."""
        for each in self.assignments_of(group.course_id):
            if each.group_id == group.id and heir is None:
                self.remove_assignment(each)
            elif each.group_id == group.id and heir is not None:
                self.assignments[each.id] = replace(each, group_id=heir.id, updated_at=self.now)
        return self.put_group(replace(group, is_deleted=True))

    def first_group(self, course_id: int) -> AssignmentGroup:
        """Where a new assignment lands: the first group, made where a course has none."""
        return next(iter(self.groups_of(course_id)), None) or self.add_group(course_id, DEFAULT_GROUP_NAME)

    def next_position(self, group_id: int) -> int:
        """The place after the last assignment of a group."""
        found = (
            each.position
            for each in self.assignments.values()
            if each.group_id == group_id and not each.is_deleted
        )
        return max(found, default=0) + 1

    def add_assignment(self, revision: Revision) -> Assignment:
        """Keep a new assignment; it gets its id and, last in its group, its place."""
        wanted = revision.assignment
        assignment = replace(
            wanted,
            id=self._ids.integer("assignment"),
            position=wanted.position or self.next_position(wanted.group_id),
        )
        return self._keep(assignment, revision)

    def put_assignment(self, before: Assignment, revision: Revision, *, editor_id: int) -> Assignment:
        """Keep an edited assignment, and write its grades anew where the edit touches them."""
        after = self._keep(revision.assignment, revision)
        if needs_regrading(before, after):
            for row in self.touched_rows(after.id):
                self.put_submission(regraded(row, before, after, editor_id, self.now))
        return after

    def remove_assignment(self, assignment: Assignment) -> Assignment:
        """Delete softly: the row and its grades stay, nobody reaches them."""
        deleted = replace(assignment, workflow_state="deleted", updated_at=self.now)
        self.assignments[deleted.id] = deleted
        return deleted

    def put_submission(self, row: Submission) -> Submission:
        """Keep a row that somebody touched."""
        self.submissions[row.assignment_id, row.user_id] = row
        return row

    def _keep(self, assignment: Assignment, revision: Revision) -> Assignment:
        kept = replace(assignment, updated_at=self.now)
        self.assignments[kept.id] = kept
        self._journal.note_verdicts("canvas", kept.name, revision.verdicts)
        return kept


def _at(table: dict[int, Record], locator: Locator, sis_fields: dict[str, str]) -> Record | None:
    if isinstance(locator.value, int):
        return table.get(locator.value)
    field = sis_fields.get(locator.by)
    return None if field is None else _first(table.values(), field, locator.value)


def _first(records: Iterable[Record], field: str, value: str) -> Record | None:
    return next((each for each in records if getattr(each, field) == value), None)
