"""The school as Canvas has it after the nightly roster run.

What lives here: the translation of a `School` into Canvas's own values. What bites: a cross-listed section
belongs to the course that it was moved to, and the course that it came from is there still, but deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from simulator.canvas.model import Course, Enrollment, Section, User
from simulator.schools import Course as SchoolCourse
from simulator.schools import Person, School
from simulator.schools import Section as SchoolSection


@dataclass(slots=True)
class Roster:
    """What one roster run brought."""

    admin_id: int = 0
    teacher_ids: tuple[int, ...] = ()
    users: list[User] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)


def roster_of(school: School, *, next_id: Callable[[str], int], now: datetime) -> Roster:
    """Everybody and every course of the school, with ids in order of appearance."""
    return _Run(next_id, now).roster(school)


class _Run:
    """One roster run."""

    def __init__(self, next_id: Callable[[str], int], now: datetime) -> None:
        self._next_id = next_id
        self._now = now
        self._roster = Roster()
        self._user_ids: dict[str, int] = {}

    def roster(self, school: School) -> Roster:
        self._roster.admin_id = self._person_by_hand(
            "Canvas Administrator", "Administrator, Canvas", "canvas.admin"
        )
        self._roster.teacher_ids = tuple(self._person(teacher) for teacher in school.teachers)
        for student in school.students:
            self._person(student)
        for course in school.courses:
            self._course(course)
        return self._roster

    def _course(self, course: SchoolCourse) -> None:
        kept = self._add_course(course.name, course.code, course.guid)
        test_student = self._person_by_hand("Test Student", "Student, Test", None)
        for index, section in enumerate(course.sections):
            origin = self._origin_of(section) if index else None
            section_id = self._section(kept, section, origin)
            self._enroll(
                self._user_ids[course.teacher.guid], kept, section_id, "TeacherEnrollment", from_sis=True
            )
            for student in section.students:
                self._enroll(
                    self._user_ids[student.guid], kept, section_id, "StudentEnrollment", from_sis=True
                )
            self._enroll(test_student, kept, section_id, "StudentViewEnrollment", from_sis=False)

    def _origin_of(self, section: SchoolSection) -> int:
        """The course that a section was cross-listed from: emptied, then deleted."""
        return self._add_course(section.name, section.number, None, state="deleted")

    def _add_course(self, name: str, code: str, sis_id: str | None, state: str = "available") -> int:
        course = Course(self._next_id("course"), name, code, self._now, sis_id, state)
        self._roster.courses.append(course)
        return course.id

    def _section(self, course_id: int, section: SchoolSection, origin: int | None) -> int:
        number = self._next_id("section")
        self._roster.sections.append(
            Section(number, course_id, section.name, self._now, section.guid, origin)
        )
        return number

    def _person(self, person: Person) -> int:
        sortable = f"{person.family_name}, {person.given_name}"
        number = self._next_id("user")
        self._roster.users.append(
            User(number, person.name, sortable, self._now, person.guid, person.email, person.email)
        )
        self._user_ids[person.guid] = number
        return number

    def _person_by_hand(self, name: str, sortable: str, login_id: str | None) -> int:
        number = self._next_id("user")
        self._roster.users.append(User(number, name, sortable, self._now, login_id=login_id))
        return number

    def _enroll(self, user_id: int, course_id: int, section_id: int, kind: str, *, from_sis: bool) -> None:
        self._roster.enrollments.append(
            Enrollment(
                self._next_id("enrollment"),
                user_id,
                course_id,
                section_id,
                kind,
                "active",
                self._now,
                self._now,
                from_sis,
            )
        )
