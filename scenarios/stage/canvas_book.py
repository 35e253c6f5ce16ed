"""What the teacher sees in Canvas's gradebook, which the browser computes: asked of the control API."""

from __future__ import annotations

from typing import Any

from scenarios.stage.cast import Student
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
        self._periods = f"/api/v1/courses/{course_id}/grading_periods"

    async def shows_total(self, student: Student, percent: float | None, *, period: str = "") -> None:
        """Expect a student's total, as the gradebook is opened or with a grading period chosen.

        `period` is the title of one, or "All Grading Periods"; None for a dash.
        """
        chosen = {"period": await self._period(period)} if period else {}
        listed = await self._control.must("GET", self._path, None, **chosen)
        row = self._row(listed["students"], student)
        told = f'with "{period}"' if period else "as it is opened"
        self._narrator.expect(
            f"In Canvas's gradebook {told}, the total of {student}", expected=percent, seen=row["score"]
        )

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
