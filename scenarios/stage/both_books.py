"""What a teacher sees who holds both gradebooks beside each other: two totals, and why they differ."""

from __future__ import annotations

from typing import Any

from contracts.catalogue import Rule
from scenarios.stage.cast import Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web
from simulator.journal import Journal

_OPENED: dict[str, str] = {}
_NO_FILTER = {"period": "0"}


class BothBooks:
    """Canvas's gradebook with its filters, and Grade Book Main with the grading period that it has on show.

    Asked of the control API, because it is a browser that computes what Canvas's gradebook shows.
    """

    def __init__(
        self, control: Web, narrator: Narrator, journal: Journal, world: str, course_id: str
    ) -> None:
        self._control = control
        self._narrator = narrator
        self._journal = journal
        self._path = f"/_sim/worlds/{world}/canvas/courses/{course_id}/totals_compared"
        self._filters = _OPENED

    # Canvas's filters

    def opens_canvas(self) -> None:
        """Open Canvas's gradebook again: it is filtered by the grading period of today, if there is one."""
        self._filters = _OPENED
        self._narrator.step("Canvas", "The teacher opens the gradebook")

    def clears_filters(self) -> None:
        """Choose "All Grading Periods", and view what is ungraded as what it is."""
        self._filters = _NO_FILTER
        self._narrator.step("Canvas", "The teacher clears the filters of the gradebook")

    def views_ungraded_as_zero(self) -> None:
        """Check "View ungraded as zero" in the gradebook's menu."""
        self._filters = {**self._filters, "ungraded_as_zero": "true"}
        self._narrator.step("Canvas", 'The teacher checks "View ungraded as zero"')

    # Eyes

    async def show(self, student: Student, *, canvas: float | None, synergy: str) -> None:
        """Expect these totals of a student: the Total column in percent, and Synergy's as it is shown."""
        row = await self._row(student)
        self._narrator.expect(
            f"In Canvas, the total of {student}", expected=canvas, seen=row["canvas"]["total"]
        )
        self._narrator.expect(
            f"In Synergy, the total of {student}", expected=synergy, seen=row["synergy"]["shown"]
        )

    async def agree(self, student: Student) -> None:
        """Expect both totals of a student to be the same number, and no cause to be told."""
        row = await self._row(student)
        self._narrator.holds(
            f"Both totals of {student} are {row['canvas']['total']}",
            held=row["agree"] and not row["causes"],
            saw=f"{row['canvas']['total']} in Canvas and {row['synergy']['shown']} in Synergy",
        )

    async def differ_because_of(self, student: Student, *rules: Rule) -> None:
        """Expect the totals of a student to differ by these rules and no other, and each to have a remedy."""
        causes = (await self._row(student))["causes"]
        for cause in causes:
            self._narrator.step("Totals", f"{cause['words']} {cause['remedy']}")
            if cause["rule"]:
                self._journal.note_mark(
                    "totals", cause["rule"], "upheld", f"total of {student}", cause["words"]
                )
        self._narrator.expect(
            f"The totals of {student} differ by",
            expected=tuple(sorted(rule.id for rule in rules)),
            seen=tuple(sorted({cause["rule"] or "no rule" for cause in causes})),
        )

    async def _row(self, student: Student) -> dict[str, Any]:
        rows = (await self._control.must("GET", self._path, None, **self._filters))["students"]
        found: dict[str, Any] | None = next((row for row in rows if row["student_id"] == student.guid), None)
        if found is None:
            raise StoryError(f"{student} is not in both gradebooks")
        return found
