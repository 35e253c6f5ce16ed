"""What the school office does in Synergy: students join, leave, change sections; sections, periods open."""

from __future__ import annotations

from typing import Any

from scenarios.stage.cast import Section, Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web

_OFFICE = "/teachervue/office"


class SchoolOffice:
    """The office's hands and eyes, in the sections of the story's course unless told."""

    def __init__(self, web: Web, narrator: Narrator, sections: tuple[Section, ...]) -> None:
        self._web = web
        self._narrator = narrator
        self._sections = sections

    async def enrolls_new_student(self, name: str, *, into: Section | None = None) -> Student:
        """Admit somebody to the school and put them into a section, the first one unless told."""
        section = into or self._sections[0]
        given, _space, family = name.rpartition(" ")
        person = {"given_name": given, "family_name": family, "grade": "10"}
        made = await self._do("POST", "/students", person)
        await self._do("POST", f"/classes/{section.guid}/students", {"student_id": made["id"]})
        self._tell(f"admits {name} to the school and puts them into {section}")
        return Student(made["name"], made["id"])

    async def moves(self, student: Student, *, to: Section) -> None:
        """Put a student of the course's sections into another one."""
        old = await self._section_of(student)
        body = {"to_class_id": to.guid}
        await self._do("POST", f"/classes/{old.guid}/students/{student.guid}/move", body)
        self._tell(f"moves {student} from {old} to {to}")

    async def withdraws(self, student: Student) -> None:
        """Take a student who leaves the school out of every class."""
        await self._do("DELETE", f"/students/{student.guid}")
        self._tell(f"takes {student}, who leaves the school, out of every class")

    async def opens_section(self, number: str, name: str) -> Section:
        """Open another section of the course, with the same teacher."""
        sister = await self._do("GET", f"/classes/{self._sections[0].guid}/students")
        body = {
            "number": number,
            "name": name,
            "course_id": sister["course_id"],
            "teacher_id": sister["teacher_id"],
        }
        made = await self._do("POST", "/classes", body)
        self._tell(f"opens the section {name}")
        return Section(made["name"], made["id"], ())

    async def opens_period(self, name: str) -> None:
        """Open a grading period for editing again."""
        await self._do("PUT", f"/grading_periods/{(await self._period(name))['id']}", {"closed": False})
        self._tell(f"opens {name} for editing again")

    async def closes_period(self, name: str) -> None:
        """Close a grading period for editing."""
        await self._do("PUT", f"/grading_periods/{(await self._period(name))['id']}", {"closed": True})
        self._tell(f"closes {name} for editing")

    async def shows_period(self, name: str, *, closed: bool) -> None:
        """Expect a grading period to be closed or open."""
        seen = (await self._period(name))["closed"]
        self._narrator.expect(f"In Synergy, {name} is closed", expected=closed, seen=seen)

    async def shows_period_of_type(self, name: str, period_type: str, *, ends: str) -> None:
        """Expect a grading period to be of a type, Progress or Grading, and to end on a day."""
        seen = await self._period(name)
        told = f"In Synergy, type and end date of {name}"
        self._narrator.expect(told, expected=(period_type, ends), seen=(seen["type"], seen["ends"]))

    async def lists(self, student: Student, *, in_section: Section, listed: bool = True) -> None:
        """Expect a student to be on a section's class list, or not."""
        seen = student.guid in await self._members(in_section)
        self._narrator.expect(f"In Synergy, {in_section} has {student}", expected=listed, seen=seen)

    async def _section_of(self, student: Student) -> Section:
        for section in self._sections:
            if student.guid in await self._members(section):
                return section
        raise StoryError(f"{student} is in no section of this course")

    async def _members(self, section: Section) -> set[str]:
        listed = await self._do("GET", f"/classes/{section.guid}/students")
        return {each["id"] for each in listed["students"]}

    async def _period(self, name: str) -> dict[str, Any]:
        periods: list[dict[str, Any]] = (await self._do("GET", "/grading_periods"))["grading_periods"]
        found = next((each for each in periods if each["name"] == name), None)
        if found is None:
            raise StoryError(f'There is no grading period "{name}"; there are {[p["name"] for p in periods]}')
        return found

    async def _do(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        return await self._web.must(method, f"{_OFFICE}{path}", body)

    def _tell(self, what: str) -> None:
        self._narrator.step("School office", f"The school office {what}")
