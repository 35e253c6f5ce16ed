"""What the teacher does and sees of a whole class in TeacherVUE: Grade Book Main, its set-up, its types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.catalogue import Rule
from scenarios.stage.cast import Assignment, Section, Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.screens import refused, took
from scenarios.stage.web import Web
from sync_engine import Answer


class GradeBook:
    """Grade Book Main, Grade Book Setup and the Assignments screen, of the first section unless told."""

    def __init__(self, web: Web, narrator: Narrator, sections: tuple[Section, ...]) -> None:
        self._web = web
        self._narrator = narrator
        self._sections = sections

    # Grade Book Main

    async def shows(self, *assignments: Assignment, period: str) -> None:
        """Expect Grade Book Main to show this grading period and only these assignments."""
        book = await self._web.must("GET", f"{self._class()}/gradebook")
        told = "In Synergy, the gradebook shows"
        seen = (book["grading_period"]["name"], *sorted(each["name"] for each in book["assignments"]))
        self._narrator.expect(told, expected=(period, *sorted(each.name for each in assignments)), seen=seen)

    async def switches_to(self, period: str) -> None:
        """Switch Grade Book Main to another grading period."""
        body = {"grading_period_id": await self.period_id(period)}
        took(
            self._narrator,
            await self._web.ask("PUT", f"{self._class()}/gradebook", body),
            f"switches to {period}",
        )

    async def shows_family(self, student: Student, *assignments: Assignment) -> None:
        """Expect the student's family to see only these assignments of the class."""
        path = f"/teachervue/families/{student.guid}/classes/{self._sections[0].guid}"
        seen = sorted(each["name"] for each in (await self._web.must("GET", path))["assignments"])
        self._narrator.expect(
            f"In StudentVUE, what the family of {student} sees",
            expected=tuple(sorted(each.name for each in assignments)),
            seen=tuple(seen),
        )

    async def shows_totals(self, section: Section, marks: Mapping[Student, str]) -> None:
        """Expect these class totals of a section, of all its assignments, and no others."""
        path = f"/teachervue/classes/{section.guid}/totals"
        rows = (await self._web.must("GET", path))["students"]
        self._narrator.expect(
            f"In Synergy, the totals of {section}",
            expected=tuple(sorted((each.name, mark) for each, mark in marks.items())),
            seen=tuple(
                sorted(
                    (row["student_name"], row["raw"]) for row in rows if row["exact_percentage"] is not None
                )
            ),
        )

    # Grade Book Setup

    async def sets_up(self, **settings: object) -> None:
        """Change settings of the class, and save; it has to work."""
        answer = await self._web.ask("PUT", f"{self._class()}/setup", settings)
        took(self._narrator, answer, f"sets up the class: {_told(settings)}")

    async def cannot_set_up(self, *, because: Rule, **settings: object) -> None:
        """Try to change settings of the class, and expect this rule to refuse it."""
        answer = await self._web.ask("PUT", f"{self._class()}/setup", settings)
        refused(self._narrator, answer, because, f"tries to set up the class: {_told(settings)}")

    async def weighs(self, *, also_in: Section | None = None, **percent: float) -> None:
        """Give assignment types weights, in another class too if one is named; it has to work."""
        answer = await self._weigh(percent, also_in)
        took(self._narrator, answer, f"weighs the types: {_told(percent)}{_also(also_in)}")

    async def cannot_weigh(self, *, because: Rule, also_in: Section | None = None, **percent: float) -> None:
        """Try to give assignment types weights, and expect this rule to refuse it."""
        answer = await self._weigh(percent, also_in)
        told = f"tries to weigh the types: {_told(percent)}{_also(also_in)}"
        refused(self._narrator, answer, because, told)

    async def adds_type(self, name: str, *, also_in: Section | None = None) -> None:
        """Make an assignment type of the teacher's own, in another class too if one is named."""
        body = {"name": name, "also_apply_to": _others(also_in)}
        answer = await self._web.ask("POST", f"{self._class()}/types", body)
        took(self._narrator, answer, f'adds "{name}" to My Assignment Types{_also(also_in)}')

    async def cannot_add_type(self, name: str, *, because: Rule) -> None:
        """Try to make an assignment type, and expect this rule to refuse it."""
        answer = await self._web.ask("POST", f"{self._class()}/types", {"name": name})
        refused(self._narrator, answer, because, f'tries to add "{name}" to My Assignment Types')

    async def removes_type(self, name: str) -> None:
        """Take an assignment type of the teacher's own away; it has to work."""
        answer = await self._web.ask("DELETE", f"{self._class()}/types/{await self.type_id(name)}")
        took(self._narrator, answer, f'deletes "{name}" from My Assignment Types')

    async def type_id(self, name: str) -> str:
        """The id of an assignment type of the class."""
        return _named(name, (await self._listed())["assignment_types"])

    async def period_id(self, name: str) -> str:
        """The id of a grading period."""
        return _named(name, (await self._listed())["grading_periods"])

    # The Assignments screen, and what happens to a gradebook

    async def adds(self, name: str, *, of_type: str = "Homework", points: float = 10) -> Assignment:
        """Make an assignment in Synergy, which is the teacher's own and no business of Canvas."""
        body = {"name": name, "type_id": await self.type_id(of_type), "max_score": points}
        answer = await self._web.ask("POST", f"{self._class()}/assignments", body)
        took(self._narrator, answer, f'makes an assignment "{name}" of their own')
        return Assignment(name, "")

    async def saves_many(self, *assignments: Assignment, **changes: object) -> None:
        """Change these fields of many assignments on the Assignments screen, and save; it has to work."""
        answer = await self._save_many(assignments, changes)
        took(self._narrator, answer, f"saves the Assignments screen: {_told(changes)}")

    async def cannot_save_many(self, *assignments: Assignment, because: Rule, **changes: object) -> None:
        """Try to change many assignments at once, and expect this rule to refuse it."""
        answer = await self._save_many(assignments, changes)
        refused(self._narrator, answer, because, f"tries to save the Assignments screen: {_told(changes)}")

    async def finds_twice(self, assignment: Assignment) -> None:
        """Let an assignment be there twice in each class section that has it, nobody knows why."""
        path = f"{self._class()}/assignments/{await self._number(assignment)}/duplicate"
        await self._web.must("POST", path)
        self._narrator.step("Synergy", f"One morning {assignment} is there twice")

    async def _weigh(self, percent: dict[str, float], also_in: Section | None) -> Answer:
        types = [{"id": await self.type_id(name), "weight": weight} for name, weight in percent.items()]
        body = {"assignment_types": types, "also_apply_to": _others(also_in)}
        return await self._web.ask("PUT", f"{self._class()}/setup", body)

    async def _save_many(self, assignments: tuple[Assignment, ...], changes: dict[str, object]) -> Answer:
        rows = [{"id": await self._number(each), **changes} for each in assignments]
        return await self._web.ask("PUT", f"{self._class()}/assignments", {"assignments": rows})

    async def _number(self, assignment: Assignment) -> int:
        listed = await self._web.must("GET", f"{self._class()}/assignments")
        numbers = {each["name"]: each["id"] for each in listed["assignments"]}
        if assignment.name not in numbers:
            raise StoryError(f"Synergy has no assignment {assignment}; it has {sorted(numbers)}")
        return int(numbers[assignment.name])

    async def _listed(self) -> dict[str, Any]:
        classes = (await self._web.must("GET", "/teachervue/classes"))["classes"]
        found: dict[str, Any] = next(each for each in classes if each["id"] == self._sections[0].guid)
        return found

    def _class(self) -> str:
        return f"/teachervue/classes/{self._sections[0].guid}"


def _named(name: str, listed: list[dict[str, Any]]) -> str:
    found = next((each["id"] for each in listed if each["name"] == name), None)
    if found is None:
        raise StoryError(f'Synergy has no "{name}" here; it has {[each["name"] for each in listed]}')
    return str(found)


def _others(also_in: Section | None) -> list[str]:
    return [] if also_in is None else [also_in.guid]


def _also(also_in: Section | None) -> str:
    return "" if also_in is None else f", and also for {also_in}"


def _told(settings: object) -> str:
    assert isinstance(settings, dict)
    return ", ".join(f"{name.replace('_', ' ')} = {value}" for name, value in settings.items())
