"""What the teacher sees in Canvas's gradebook, which the browser computes: asked of the control API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.stage.cast import Section, Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web

ALL_PERIODS = "All Grading Periods"


class CanvasBook:
    """The teacher's eyes on the Total column of the story's course."""

    def __init__(self, control: Web, canvas: Web, narrator: Narrator, world: str, course_id: str) -> None:
        self._control = control
        self._canvas = canvas
        self._narrator = narrator
        self._path = f"/_sim/worlds/{world}/canvas/courses/{course_id}/total_column"
        self._sections = f"/api/v1/courses/{course_id}/sections"
        self._periods = f"/api/v1/courses/{course_id}/grading_periods"

    async def shows_total(self, student: Student, percent: float | None, *, period: str = "") -> None:
        """Expect a student's total, as the gradebook is opened or with a grading period chosen.

        `period` is the title of one, or "All Grading Periods"; None for a dash.
        """
        chosen = {"period": await self._period(period)} if period else {}
        row = self._row((await self._column(chosen))["students"], student)
        told = f'with "{period}"' if period else "as it is opened"
        self._narrator.expect(
            f"In Canvas's gradebook {told}, the total of {student}", expected=percent, seen=row["score"]
        )

    async def shows_totals(self, section: Section, percent: Mapping[Student, float]) -> None:
        """Filter by a section, choose "All Grading Periods", and expect these totals and no others.

        The rows have to be those of the section and of its Test Student; a student who is not named has a
        dash.
        """
        chosen = {"section": await self._section(section), "period": await self._period(ALL_PERIODS)}
        rows = (await self._column(chosen))["students"]
        told = f'In Canvas\'s gradebook of {section}, with "{ALL_PERIODS}"'
        wanted = {each.guid for each in section.students}
        seen = {row["sis_user_id"] for row in rows if row["sis_user_id"] is not None}
        self._narrator.holds(
            f"{told}, there are its students and nobody else",
            held=seen == wanted,
            saw=f"{len(seen - wanted)} others, {len(wanted - seen)} too few",
        )
        scored = {row["sis_user_id"]: row["score"] for row in rows if row["score"] is not None}
        self._narrator.expect(
            f"{told}, the totals",
            expected=tuple(sorted((each.name, score) for each, score in percent.items())),
            seen=tuple(
                sorted((each.name, scored[each.guid]) for each in section.students if each.guid in scored)
            ),
        )

    async def _column(self, chosen: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        return await self._control.must("GET", self._path, None, **chosen)

    async def _section(self, section: Section) -> str:
        listed = await self._canvas.must("GET", self._sections, per_page="100")
        found = next((str(each["id"]) for each in listed if each["sis_section_id"] == section.guid), None)
        if found is None:
            raise StoryError(f"The course has no section {section}")
        return found

    async def _period(self, title: str) -> str:
        if title == ALL_PERIODS:
            return "0"
        listed = (await self._canvas.must("GET", self._periods))["grading_periods"]
        found = next((str(each["id"]) for each in listed if each["title"] == title), None)
        if found is None:
            raise StoryError(f'The course has no grading period "{title}"; it has {listed}')
        return found

    def _row(self, rows: list[dict[str, Any]], student: Student) -> dict[str, Any]:
        found = next((each for each in rows if each["sis_user_id"] == student.guid), None)
        if found is None:
            raise StoryError(f"{student} has no row in Canvas's gradebook")
        return found
