"""What the teacher does and sees in TeacherVUE: the assignment's edit screen, its toggle, its grade cells."""

from __future__ import annotations

from typing import Any

from contracts.catalogue import Rule
from scenarios.stage.cast import Assignment, Section, Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web
from sync_engine import Answer

_READERS: dict[str, Any] = {
    "type": lambda screen: screen["type"]["name"],
    "readonly": lambda screen: screen["third_party_readonly"],
    "grading_periods": lambda screen: tuple(sorted(period["name"] for period in screen["grading_periods"])),
}
"""How the edit screen is read where a story's word is not the field's."""

_NAMES = {"readonly": "Third Party Readonly", "max_score": "Max Score", "grading_periods": "grading periods"}


class TeacherVue:
    """The teacher's hands and eyes in Synergy, in the class of the story's first section unless told."""

    def __init__(
        self,
        web: Web,
        narrator: Narrator,
        sections: tuple[Section, ...],
        line_items: dict[tuple[str, str], str],
    ) -> None:
        self._web = web
        self._narrator = narrator
        self._sections = sections
        self._line_items = line_items

    # Eyes

    async def shows(self, assignment: Assignment, section: Section | None = None, **fields: object) -> None:
        """Expect the edit screen to show these.

        `name`, `points`, `type`, `readonly`, `due_date`, `grading_periods`...
        """
        screen = await self._screen(assignment, section)
        for name, expected in fields.items():
            seen = _READERS.get(name, lambda shown, field=name: shown[field])(screen)
            told = _NAMES.get(name, name.replace("_", " "))
            self._narrator.expect(f"In Synergy, {told} of {assignment}", expected=expected, seen=seen)

    async def has(self, assignment: Assignment, *, copies: int = 1, section: Section | None = None) -> None:
        """Expect so many assignments of this name in the class; 0 for none."""
        found = [screen for screen in await self._screens(section) if self._is(screen, assignment, section)]
        where = (section or self._sections[0]).name
        self._narrator.expect(
            f"In Synergy, copies of {assignment} in {where}", expected=copies, seen=len(found)
        )

    async def shows_score(
        self,
        assignment: Assignment,
        student: Student,
        score: float | None,
        *,
        code: str = "",
        excused: bool = False,
        section: Section | None = None,
    ) -> None:
        """Expect one grade cell.

        The score, the comment code, and whether the student is excused. None for an empty cell.
        """
        cells = [
            cell
            for cell in (await self._screen(assignment, section))["scores"]
            if cell["student_id"].upper() == student.guid.upper()
        ]
        seen = tuple((cell["score"], cell["comment_code"], cell["excused"]) for cell in cells)
        wanted = () if score is None and not excused else ((score, code, excused),)
        told = f"In Synergy, the cell of {student} on {assignment}"
        self._narrator.expect(told, expected=_cells(wanted), seen=_cells(seen))

    async def shows_no_score(
        self, assignment: Assignment, student: Student, section: Section | None = None
    ) -> None:
        """Expect an empty grade cell."""
        await self.shows_score(assignment, student, None, section=section)

    async def counts_scores(self, assignment: Assignment, count: int, section: Section | None = None) -> None:
        """Expect so many scores, each student at most once."""
        students = [cell["student_id"] for cell in (await self._screen(assignment, section))["scores"]]
        self._narrator.expect(f"In Synergy, scores of {assignment}", expected=count, seen=len(students))
        twice = len(students) - len(set(students))
        self._narrator.holds(
            f"In Synergy, no student has two scores of {assignment}",
            held=not twice,
            saw=f"{twice} too many",
        )

    # Hands

    async def unlocks(self, assignment: Assignment, section: Section | None = None) -> None:
        """Turn Third Party Readonly off and save."""
        await self.saves(assignment, section, third_party_readonly=False)

    async def locks(self, assignment: Assignment, section: Section | None = None) -> None:
        """Turn Third Party Readonly on and save."""
        await self.saves(assignment, section, third_party_readonly=True)

    async def saves(self, assignment: Assignment, section: Section | None = None, **changes: object) -> None:
        """Change these fields on the edit screen and save; it has to work."""
        answer = await self._save(assignment, section, changes)
        self._took(answer, f"saves {assignment}: {_told(changes)}")

    async def unlocks_and_ticks_only(self, assignment: Assignment, period: str) -> None:
        """Turn the lock off and tick one grading period, in one save; it has to work."""
        classes = (await self._web.must("GET", "/teachervue/classes"))["classes"]
        known = {each["name"]: each["id"] for each in classes[0]["grading_periods"]}
        changes = {"third_party_readonly": False, "grading_period_ids": [known[period]]}
        answer = await self._save(assignment, None, changes)
        self._took(answer, f"unlocks {assignment} and ticks {period} only")

    async def cannot_save(
        self, assignment: Assignment, *, because: Rule, section: Section | None = None, **changes: object
    ) -> None:
        """Try to change these fields, and expect this rule to refuse it."""
        answer = await self._save(assignment, section, changes)
        self._refused(answer, because, f"tries to save {assignment}: {_told(changes)}")

    async def types_score(self, assignment: Assignment, student: Student, score: float) -> None:
        """Type a score into a grade cell; it has to work."""
        answer = await self._type(assignment, student, score)
        self._took(answer, f"types {score:g} into the cell of {student} on {assignment}")

    async def cannot_type_score(
        self, assignment: Assignment, student: Student, score: float, *, because: Rule
    ) -> None:
        """Try to type a score into a grade cell, and expect this rule to refuse it."""
        answer = await self._type(assignment, student, score)
        self._refused(answer, because, f"tries to type {score:g} into the cell of {student} on {assignment}")

    async def deletes(self, assignment: Assignment, section: Section | None = None) -> None:
        """Delete the assignment; it has to work."""
        answer = await self._web.ask("DELETE", await self._path(assignment, section))
        self._took(answer, f"deletes {assignment}")

    async def cannot_delete(
        self,
        assignment: Assignment,
        *,
        because: Rule,
        unlocking: bool = False,
        section: Section | None = None,
    ) -> None:
        """Try to delete, and expect this rule to refuse it.

        With `unlocking`, the toggle is turned off on the screen but not saved.
        """
        unsaved = {"third_party_readonly": "false"} if unlocking else {}
        answer = await self._web.ask("DELETE", await self._path(assignment, section), None, **unsaved)
        told = "turns the toggle off and, without saving, tries to delete" if unlocking else "tries to delete"
        self._refused(answer, because, f"{told} {assignment}")

    async def _save(
        self, assignment: Assignment, section: Section | None, changes: dict[str, object]
    ) -> Answer:
        return await self._web.ask("PUT", await self._path(assignment, section), changes)

    async def _type(self, assignment: Assignment, student: Student, score: float) -> Answer:
        path = f"{await self._path(assignment, None)}/scores/{student.guid}"
        return await self._web.ask("PUT", path, {"score": score})

    def _took(self, answer: Answer, sentence: str) -> None:
        if answer.status >= 400:
            raise StoryError(f"In Synergy the teacher {sentence}: refused with {answer.status} {answer.text}")
        self._narrator.step("Synergy", f"The teacher {sentence}")

    def _refused(self, answer: Answer, because: Rule, sentence: str) -> None:
        self._narrator.step("Synergy", f"The teacher {sentence}")
        refused = answer.json().get("refused", {}) if answer.status == 409 else {}
        if refused:
            self._narrator.step("Synergy", f"The screen says: {refused['words']}")
        seen = refused.get("rule", f"HTTP {answer.status}")
        self._narrator.holds(f"Synergy refuses it by {because.id}", held=seen == because.id, saw=seen)

    # Finding the assignment, as a teacher would: in the list of the class

    async def _screens(self, section: Section | None) -> list[dict[str, Any]]:
        answer = await self._web.must(
            "GET", f"/teachervue/classes/{(section or self._sections[0]).guid}/assignments"
        )
        screens: list[dict[str, Any]] = answer["assignments"]
        return screens

    def _is(self, screen: dict[str, Any], assignment: Assignment, section: Section | None) -> bool:
        known = self._line_items.get((assignment.canvas_id, (section or self._sections[0]).name))
        return bool(known and screen["line_item_id"] == known) or screen["name"] == assignment.name

    async def _screen(self, assignment: Assignment, section: Section | None) -> dict[str, Any]:
        screens = await self._screens(section)
        found = next((screen for screen in screens if self._is(screen, assignment, section)), None)
        if found is None:
            where = (section or self._sections[0]).name
            names = tuple(screen["name"] for screen in screens)
            self._narrator.expect(
                f"In Synergy, the assignments of {where}", expected=(assignment.name,), seen=names
            )
        return found or {}

    async def _path(self, assignment: Assignment, section: Section | None) -> str:
        screen = await self._screen(assignment, section)
        return f"/teachervue/classes/{(section or self._sections[0]).guid}/assignments/{screen['id']}"


def _told(changes: dict[str, object]) -> str:
    def one(name: str, value: object) -> str:
        if name == "third_party_readonly":
            return f"Third Party Readonly {'on' if value else 'off'}"
        return f"{_NAMES.get(name, name.replace('_', ' '))} = {value}"

    return ", ".join(one(name, value) for name, value in changes.items())


def _cells(cells: tuple[tuple[float | None, str, bool], ...]) -> str:
    def one(score: float | None, code: str, excused: bool) -> str:  # noqa: FBT001 - a cell has these three
        parts = ["no score" if score is None else f"{score:g}", code, "excused" if excused else ""]
        return " ".join(part for part in parts if part)

    return "; ".join(one(*cell) for cell in cells) or "an empty cell"
