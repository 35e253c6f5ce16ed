"""What people do in Canvas, over its REST API: the teacher of the story, and the administrator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from scenarios.stage.cast import Assignment, Section, Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web
from simulator.clock import VirtualClock

IN_A_WEEK = timedelta(days=7)
END_OF_DAY = time(23, 59, 59)
POLLS_MAX = 20


class CanvasTeacher:
    """The teacher's hands in Canvas, in the course of the story."""

    def __init__(
        self,
        *,
        web: Web,
        narrator: Narrator,
        clock: VirtualClock,
        zone: ZoneInfo,
        course_id: str,
        students: tuple[Student, ...],
    ) -> None:
        self._web = web
        self._narrator = narrator
        self._clock = clock
        self._zone = zone
        self._course = f"/api/v1/courses/{course_id}"
        self._students = students

    async def sets_up_groups(self, *names: str) -> None:
        """Create assignment groups of these names, each worth its equal share."""
        for name in names:
            await self._web.must("POST", f"{self._course}/assignment_groups", {"name": name})
        self._narrator.step("Canvas", f"The teacher sets up the assignment groups {', '.join(names)}")

    async def weights_groups(self, **percent: float) -> None:
        """Weigh the final grade by assignment group, with these percentages."""
        await self._web.must("PUT", self._course, {"course": {"apply_assignment_group_weights": True}})
        for name, weight in percent.items():
            group = await self._group_id(name)
            await self._web.must("PUT", f"{self._course}/assignment_groups/{group}", {"group_weight": weight})
        told = ", ".join(f"{name} {weight:g} %" for name, weight in percent.items())
        self._narrator.step("Canvas", f"The teacher weighs the groups: {told}")

    async def renames_group(self, name: str, to: str) -> None:
        """Give an assignment group another name."""
        await self._web.must(
            "PUT", f"{self._course}/assignment_groups/{await self._group_id(name)}", {"name": to}
        )
        self._narrator.step("Canvas", f'The teacher renames the group "{name}" to "{to}"')

    async def creates(
        self,
        name: str,
        *,
        group: str = "Quizzes",
        points: float = 10,
        sync: bool = True,
        published: bool = True,
        due_in: timedelta | None = IN_A_WEEK,
        grading_type: str = "points",
    ) -> Assignment:
        """Create an assignment; unless told, one that is ready to sync."""
        made = await self._web.must(
            "POST",
            f"{self._course}/assignments",
            {
                "assignment": {
                    "name": name,
                    "assignment_group_id": await self._group_id(group),
                    "points_possible": points,
                    "due_at": self._due(due_in),
                    "published": published,
                    "post_to_sis": sync,
                    "grading_type": grading_type,
                }
            },
        )
        flag = "with" if sync else "without"
        self._narrator.step(
            "Canvas", f'The teacher creates "{name}" in {group}, {points:g} points, {flag} "Sync to Synergy"'
        )
        return Assignment(name, str(made["id"]))

    async def assigns_only_to(self, assignment: Assignment, *students: Student) -> None:
        """Take "Everyone" away on the edit page, and name these students instead."""
        users = [await self._web.must("GET", f"/api/v1/users/{each.canvas_key}") for each in students]
        ids = [str(user["id"]) for user in users]
        await self._edit(
            assignment, only_visible_to_overrides=True, assignment_overrides=[{"student_ids": ids}]
        )
        told = ", ".join(map(str, students))
        self._narrator.step("Canvas", f"The teacher assigns {assignment} only to {told}")

    async def assigns_to_everyone(self, assignment: Assignment) -> None:
        """Assign it to everybody, and to nobody by name."""
        await self._edit(assignment, only_visible_to_overrides=False, assignment_overrides=[])
        self._narrator.step("Canvas", f"The teacher assigns {assignment} to everyone")

    async def creates_with_defaults(self, name: str) -> Assignment:
        """Create an assignment and touch nothing but its name, the flag and Publish."""
        made = await self._web.must(
            "POST",
            f"{self._course}/assignments",
            {"assignment": {"name": name, "post_to_sis": True, "published": True}},
        )
        self._narrator.step("Canvas", f'The teacher creates "{name}" and leaves every other field as it is')
        return Assignment(name, str(made["id"]))

    async def has_graded(
        self, name: str, *scores: float, group: str = "Quizzes", points: float = 10
    ) -> Assignment:
        """Create an assignment and grade the first students of the course with these scores."""
        assignment = await self.creates(name, group=group, points=points)
        await self.grades(assignment, *scores)
        return assignment

    async def grades(self, assignment: Assignment, *scores: float) -> None:
        """Grade the first students of the course, one score each."""
        for student, score in zip(self._students, scores, strict=False):
            await self._grade(assignment, student, {"posted_grade": f"{score:g}"})
        told = ", ".join(
            f"{student}: {score:g}" for student, score in zip(self._students, scores, strict=False)
        )
        self._narrator.step("Canvas", f"The teacher grades {assignment} ({told})")

    async def grades_student(self, assignment: Assignment, student: Student, score: float) -> None:
        """Enter one score."""
        await self._grade(assignment, student, {"posted_grade": f"{score:g}"})
        self._narrator.step("Canvas", f"The teacher gives {student} {score:g} on {assignment}")

    async def clears(self, assignment: Assignment, student: Student) -> None:
        """Delete one score."""
        await self._grade(assignment, student, {"posted_grade": ""})
        self._narrator.step("Canvas", f"The teacher clears the score of {student} on {assignment}")

    async def sets_status(
        self, assignment: Assignment, student: Student, status: Literal["late", "missing", "none"]
    ) -> None:
        """Choose a status in the grade detail tray."""
        await self._grade(assignment, student, {"late_policy_status": status})
        self._narrator.step("Canvas", f"The teacher sets the status of {student} on {assignment} to {status}")

    async def excuses(self, assignment: Assignment, student: Student) -> None:
        """Excuse a student, which takes the score away in Canvas."""
        await self._grade(assignment, student, {"excuse": True})
        self._narrator.step("Canvas", f"The teacher excuses {student} from {assignment}")

    async def edits(self, assignment: Assignment, **fields: object) -> None:
        """Save the edit page with these fields.

        They are called as in Canvas's API: `name`, `points_possible`, `post_to_sis`, `published`...
        """
        await self._edit(assignment, **fields)
        told = ", ".join(f"{name.replace('_', ' ')} = {value}" for name, value in fields.items())
        self._narrator.step("Canvas", f"The teacher edits {assignment}: {told}")

    async def moves_to_group(self, assignment: Assignment, group: str) -> None:
        """Drag an assignment into another assignment group."""
        await self._web.must(
            "PUT",
            f"{self._course}/assignments/{assignment.canvas_id}",
            {"assignment": {"assignment_group_id": await self._group_id(group)}},
        )
        self._narrator.step("Canvas", f"The teacher drags {assignment} into {group}")

    async def deletes(self, assignment: Assignment) -> None:
        """Delete an assignment."""
        await self._web.must("DELETE", f"{self._course}/assignments/{assignment.canvas_id}")
        self._narrator.step("Canvas", f"The teacher deletes {assignment}")

    async def hides_its_grades(self, assignment: Assignment) -> None:
        """Choose the manual post policy in its column's menu: what is graded from now on stays hidden."""
        wanted = {"assignmentId": assignment.canvas_id, "postManually": True}
        await self._mutate("setAssignmentPostPolicy", "postPolicy { postManually }", wanted)
        self._narrator.step("Canvas", f"The teacher keeps new grades of {assignment} hidden")

    async def posts_its_grades(self, assignment: Assignment) -> None:
        """Choose Post grades in its column's menu: students see them."""
        wanted = {"assignmentId": assignment.canvas_id}
        begun = await self._mutate("postAssignmentGrades", "progress { _id }", wanted)
        await self._is_done(begun["progress"]["_id"])
        self._narrator.step("Canvas", f"The teacher posts the grades of {assignment} to students")

    async def shows_sync_flag(self, assignment: Assignment, *, on: bool) -> None:
        """Expect the "Sync to Synergy" box of an assignment to be checked or not."""
        seen = await self._web.must("GET", f"{self._course}/assignments/{assignment.canvas_id}")
        told = "is checked" if on else "is not checked"
        self._narrator.holds(
            f'In Canvas, "Sync to Synergy" of {assignment} {told}',
            held=seen["post_to_sis"] is on,
            saw="the opposite",
        )

    async def has_student(
        self, student: Student, *, section: Section | None = None, present: bool = True
    ) -> None:
        """Expect a student to be in the course, or in a section of it, or not."""
        rows = await self._web.must(
            "GET", f"{self._course}/enrollments", per_page="100", **{"sis_user_id[]": student.guid}
        )
        found = [row for row in rows if section is None or row["sis_section_id"] == section.guid]
        where = section or "the course"
        self._narrator.expect(f"In Canvas, {where} has {student}", expected=present, seen=bool(found))

    async def has_section(self, section: Section, *, present: bool = True) -> None:
        """Expect the course to have a section, or not."""
        rows = await self._web.must("GET", f"{self._course}/sections", per_page="100")
        seen = section.guid in {row["sis_section_id"] for row in rows}
        self._narrator.expect(f"In Canvas, the course has the section {section}", expected=present, seen=seen)

    async def shows_score(self, assignment: Assignment, student: Student, score: float | None) -> None:
        """Expect a score in Canvas's own gradebook."""
        path = f"{self._course}/assignments/{assignment.canvas_id}/submissions/{student.canvas_key}"
        seen = (await self._web.must("GET", path))["score"]
        self._narrator.expect(f"In Canvas, the score of {student} on {assignment}", expected=score, seen=seen)

    async def _edit(self, assignment: Assignment, **fields: object) -> None:
        path = f"{self._course}/assignments/{assignment.canvas_id}"
        await self._web.must("PUT", path, {"assignment": fields})

    async def _mutate(self, name: str, fields: str, wanted: Mapping[str, object]) -> dict[str, Any]:
        """What the gradebook page does over GraphQL, for which Canvas has no REST route."""
        kind = f"{name[0].upper()}{name[1:]}Input!"
        query = f"mutation ($input: {kind}) {{ {name}(input: $input) {{ {fields} }} }}"
        answer = await self._web.must(
            "POST", "/api/graphql", {"query": query, "variables": {"input": wanted}}
        )
        if answer.get("errors"):
            raise StoryError(f"Canvas refused {name}: {answer['errors']}")
        found: dict[str, Any] = answer["data"][name]
        return found

    async def _is_done(self, progress_id: str) -> None:
        """Ask for the progress of what Canvas does after it has answered, until it is done."""
        for _each in range(POLLS_MAX):
            seen = await self._web.must("GET", f"/api/v1/progress/{progress_id}")
            if seen["workflow_state"] == "completed":
                return
        raise StoryError(f"Canvas was still at work on {progress_id} when asked {POLLS_MAX} times.")

    async def _grade(self, assignment: Assignment, student: Student, submission: dict[str, Any]) -> None:
        path = f"{self._course}/assignments/{assignment.canvas_id}/submissions/{student.canvas_key}"
        await self._web.must("PUT", path, {"submission": submission})

    async def _group_id(self, name: str) -> str:
        groups = await self._web.must("GET", f"{self._course}/assignment_groups", per_page="100")
        found = next((str(group["id"]) for group in groups if group["name"] == name), None)
        if found is None:
            raise StoryError(
                f'The course has no assignment group "{name}"; it has {[group["name"] for group in groups]}'
            )
        return found

    def _due(self, due_in: timedelta | None) -> str | None:
        if due_in is None:
            return None
        day = (self._clock.now() + due_in).astimezone(self._zone).date()
        return datetime.combine(day, END_OF_DAY, tzinfo=self._zone).isoformat()


class CanvasAdmin:
    """The Canvas administrator's hands."""

    def __init__(self, web: Web, narrator: Narrator, course_id: str) -> None:
        self._web = web
        self._narrator = narrator
        self._course = f"/api/v1/courses/{course_id}"

    async def sets_grading_periods(self, **spans: tuple[str, str]) -> None:
        """Give the courses of the term grading periods, each from its first day to its last.

        They are called as in Python: `Quarter_1=("2026-08-17", "2026-10-16")` is "Quarter 1".
        """
        term = (await self._web.must("GET", self._course))["enrollment_term_id"]
        body = {"grading_period_set": {"title": "The year"}, "enrollment_term_ids": [term]}
        made = await self._web.must("POST", "/api/v1/accounts/1/grading_period_sets", body)
        periods = [
            {
                "title": name.replace("_", " "),
                "start_date": f"{first}T00:00:00-07:00",
                "end_date": f"{last}T23:59:59-07:00",
            }
            for name, (first, last) in spans.items()
        ]
        path = f"/api/v1/grading_period_sets/{made['grading_period_set']['id']}/grading_periods/batch_update"
        await self._web.must("PATCH", path, {"grading_periods": periods})
        told = ", ".join(each["title"] for each in periods)
        self._narrator.step("Canvas", f"An administrator sets the grading periods {told}")

    async def adds_student_by_hand(self, name: str) -> Student:
        """Enroll somebody whom Synergy does not know: no SIS id."""
        user = await self._web.must(
            "POST",
            "/api/v1/accounts/1/users",
            {
                "user": {"name": name},
                "pseudonym": {"unique_id": f"{name.replace(' ', '.').lower()}@guests.example"},
            },
        )
        await self._enroll(str(user["id"]))
        self._narrator.step(
            "Canvas", f"An administrator adds {name} to the course by hand, without an SIS id"
        )
        return Student(name, "", str(user["id"]))

    async def enrolls(self, student: Student) -> None:
        """Enroll a student of the school whom Synergy does not have in this class."""
        await self._enroll(student.canvas_key)
        self._narrator.step("Canvas", f"An administrator adds {student} to the course, ahead of Synergy")

    async def makes_section_by_hand(self, name: str) -> Student:
        """Make a section that did not come from Synergy, with one new student in it."""
        made = await self._web.must("POST", f"{self._course}/sections", {"course_section": {"name": name}})
        user = await self._web.must(
            "POST",
            "/api/v1/accounts/1/users",
            {"user": {"name": "Guest Student"}, "pseudonym": {"unique_id": "guest@guests.example"}},
        )
        await self._web.must(
            "POST",
            f"/api/v1/sections/{made['id']}/enrollments",
            {
                "enrollment": {
                    "user_id": str(user["id"]),
                    "type": "StudentEnrollment",
                    "enrollment_state": "active",
                }
            },
        )
        self._narrator.step(
            "Canvas", f'An administrator makes the section "{name}" by hand, with a guest student'
        )
        return Student("Guest Student", "", str(user["id"]))

    async def _enroll(self, user_id: str) -> None:
        await self._web.must(
            "POST",
            f"{self._course}/enrollments",
            {"enrollment": {"user_id": user_id, "type": "StudentEnrollment", "enrollment_state": "active"}},
        )
