"""What the teacher does and sees in TeacherVUE: the assignment's edit screen, its toggle, its grade cells."""

from __future__ import annotations

from typing import Any

from contracts.catalogue import Rule
from scenarios.stage.cast import Assignment, Section, Student
from scenarios.stage.narration import Narrator
from scenarios.stage.screens import refused, took
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

    async def unlocks(self, assignment: Assignment, section: Section | None = None, *, copy: int = 0) -> None:
        """Turn Third Party Readonly off and save; `copy` tells copies apart, the oldest first."""
        answer = await self._save(assignment, section, {"third_party_readonly": False}, copy)
        took(self._narrator, answer, f"unlocks {_copy(assignment, copy, section)}")

    async def locks(self, assignment: Assignment, section: Section | None = None) -> None:
        """Turn Third Party Readonly on and save."""
        await self.saves(assignment, section, third_party_readonly=True)

    async def saves(self, assignment: Assignment, section: Section | None = None, **changes: object) -> None:
        """Change these fields on the edit screen and save; it has to work."""
        answer = await self._save(assignment, section, changes)
        took(self._narrator, answer, f"saves {assignment}: {_told(changes)}")

    async def cannot_save(
        self, assignment: Assignment, *, because: Rule, section: Section | None = None, **changes: object
    ) -> None:
        """Try to change these fields, and expect this rule to refuse it."""
        answer = await self._save(assignment, section, changes)
        refused(self._narrator, answer, because, f"tries to save {assignment}: {_told(changes)}")

    async def types_score(self, assignment: Assignment, student: Student, score: float) -> None:
        """Type a score into a grade cell; it has to work."""
        answer = await self._type(assignment, student, score)
        took(self._narrator, answer, f"types {score:g} into the cell of {student} on {assignment}")

    async def comments(self, assignment: Assignment, student: Student, code: str) -> None:
        """Choose a Grade Book Comment in a grade cell without a score; it has to work."""
        path = f"{await self._path(assignment, None)}/scores/{student.guid}"
        answer = await self._web.ask("PUT", path, {"score": None, "comment_code": code})
        took(self._narrator, answer, f'chooses the comment "{code}" for {student} on {assignment}')

    async def empties_cell(self, assignment: Assignment, student: Student) -> None:
        """Take the score out of a grade cell; it has to work."""
        answer = await self._type(assignment, student, None)
        took(self._narrator, answer, f"empties the cell of {student} on {assignment}")

    async def cannot_type_score(
        self, assignment: Assignment, student: Student, score: float, *, because: Rule
    ) -> None:
        """Try to type a score into a grade cell, and expect this rule to refuse it."""
        answer = await self._type(assignment, student, score)
        refused(
            self._narrator,
            answer,
            because,
            f"tries to type {score:g} into the cell of {student} on {assignment}",
        )

    async def gives_type(self, assignment: Assignment, name: str, *, type_id: str) -> None:
        """Choose another assignment type on the edit screen and save; it has to work."""
        answer = await self._save(assignment, None, {"type_id": type_id})
        took(self._narrator, answer, f'gives {assignment} the type "{name}"')

    async def deletes(self, assignment: Assignment, section: Section | None = None, *, copy: int = 0) -> None:
        """Delete the assignment; it has to work. `copy` as for `unlocks`."""
        answer = await self._web.ask("DELETE", await self._path(assignment, section, copy))
        took(self._narrator, answer, f"deletes {_copy(assignment, copy, section)}")

    async def cannot_delete(
        self,
        assignment: Assignment,
        *,
        because: Rule,
        unlocking: bool = False,
        section: Section | None = None,
        copy: int = 0,
    ) -> None:
        """Try to delete, and expect this rule to refuse it. `copy` as for `unlocks`.

        With `unlocking`, the toggle is turned off on the screen but not saved.
        """
        unsaved = {"third_party_readonly": "false"} if unlocking else {}
        answer = await self._web.ask("DELETE", await self._path(assignment, section, copy), None, **unsaved)
        told = "turns the toggle off and, without saving, tries to delete" if unlocking else "tries to delete"
        refused(self._narrator, answer, because, f"{told} {_copy(assignment, copy, section)}")

    async def _save(
        self, assignment: Assignment, section: Section | None, changes: dict[str, object], copy: int = 0
    ) -> Answer:
        return await self._web.ask("PUT", await self._path(assignment, section, copy), changes)

    async def _type(self, assignment: Assignment, student: Student, score: float | None) -> Answer:
        path = f"{await self._path(assignment, None)}/scores/{student.guid}"
        return await self._web.ask("PUT", path, {"score": score})

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

    async def _screen(self, assignment: Assignment, section: Section | None, copy: int = 0) -> dict[str, Any]:
        screens = await self._screens(section)
        copies = [screen for screen in screens if self._is(screen, assignment, section)]
        found = copies[copy] if copy < len(copies) else None
        if found is None:
            where = (section or self._sections[0]).name
            names = tuple(screen["name"] for screen in screens)
            self._narrator.expect(
                f"In Synergy, the assignments of {where}", expected=(assignment.name,), seen=names
            )
        return found or {}

    async def _path(self, assignment: Assignment, section: Section | None, copy: int = 0) -> str:
        screen = await self._screen(assignment, section, copy)
        return f"/teachervue/classes/{(section or self._sections[0]).guid}/assignments/{screen['id']}"


def _copy(assignment: Assignment, copy: int, section: Section | None) -> str:
    which = "" if copy == 0 else f", copy {copy + 1}"
    return f"{assignment}{which}{'' if section is None else f' in {section}'}"


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
