"""What a teacher sees who holds both gradebooks beside each other: two totals, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from contracts.catalogue import Rule
from scenarios.stage.cast import Section, Student
from scenarios.stage.narration import Narrator, StoryError
from scenarios.stage.web import Web
from simulator.comparing import Compared, Look, compared
from simulator.world import World


class BothBooks:
    """Canvas's gradebook with its filters, and Grade Book Main, in the course of the story.

    Canvas's Total column is computed by a browser, so it is read off the world; Synergy's is on its screen.
    """

    def __init__(
        self,
        web: Web,
        narrator: Narrator,
        world: World,
        course_id: int,
        sections: tuple[Section, ...],
    ) -> None:
        self._web = web
        self._narrator = narrator
        self._world = world
        self._course_id = course_id
        self._sections = sections
        self._look = Look()

    # Canvas's filters

    def opens_canvas(self) -> None:
        """Open Canvas's gradebook as on the first day: it filters by the grading period of today."""
        self._look = replace(self._look, period_id=None)
        filters = {row.canvas.period for row in self._rows()}
        self._narrator.step("Canvas", f"The gradebook opens on {', '.join(filters) or 'all grading periods'}")

    def clears_filters(self) -> None:
        """Choose all grading periods, and view what is ungraded as what it is."""
        self._look = Look()
        self._narrator.step("Canvas", "The teacher clears the filters of the gradebook")

    def views_ungraded_as_zero(self) -> None:
        """Check "View ungraded as zero" in the gradebook's menu."""
        self._look = replace(self._look, ungraded_as_zero=True)
        self._narrator.step("Canvas", 'The teacher checks "View ungraded as zero"')

    # Eyes

    async def show(self, student: Student, *, canvas: float | None, synergy: str) -> None:
        """Expect these two totals of a student: the Total column in percent, and Synergy's as it is shown."""
        column = self._row(student).canvas.total
        wanted = None if canvas is None else Decimal(repr(canvas))
        self._narrator.expect(f"In Canvas, the total of {student}", expected=wanted, seen=column)
        seen = await self._in_synergy(student)
        self._narrator.expect(f"In Synergy, the total of {student}", expected=synergy, seen=seen)

    def agree(self, student: Student) -> None:
        """Expect both totals of a student to be the same number, and nothing to be said about them."""
        row = self._row(student)
        self._narrator.holds(
            f"Both totals of {student} are {row.canvas.total}",
            held=row.agree and not row.causes,
            saw=f"{row.canvas.total} in Canvas and {row.synergy.shown} in Synergy",
        )

    def differ_because_of(self, student: Student, *rules: Rule) -> None:
        """Expect the totals of a student to differ for these reasons and no other, each with a remedy."""
        row = self._row(student)
        for cause in row.causes:
            self._narrator.step("Totals", f"{cause.words} {cause.remedy}")
            if cause.rule is not None:
                subject = f"total of {student}"
                self._world.journal.note_upheld("totals", cause.rule, subject, cause.words)
        seen = {"no rule" if cause.rule is None else cause.rule.id for cause in row.causes}
        told = f"The totals of {student} differ because of"
        self._narrator.expect(
            told, expected=tuple(sorted(rule.id for rule in rules)), seen=tuple(sorted(seen))
        )

    def _row(self, student: Student) -> Compared:
        found = next((row for row in self._rows() if row.student_guid == student.guid), None)
        if found is None:
            raise StoryError(f"{student} is not in both gradebooks")
        return found

    def _rows(self) -> Iterator[Compared]:
        return compared(self._world, self._course_id, self._look)

    async def _in_synergy(self, student: Student) -> str:
        for section in self._sections:
            path = f"/teachervue/classes/{section.guid}"
            shown = (await self._web.must("GET", f"{path}/gradebook"))["grading_period"]["id"]
            rows = (await self._web.must("GET", f"{path}/totals", grading_period=shown))["students"]
            for row in rows:
                if row["student_id"] == student.guid:
                    return str(row["mark"] if row["exact_percentage"] is None else row["raw"])
        raise StoryError(f"{student} is in no class of this course")
