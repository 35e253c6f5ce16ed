"""What happens in the sync dialog.

Post Grades, Remaster Grade Passback, the night; and what the run's report says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from contracts.catalogue import Rule
from scenarios.stage.cast import Assignment, Student
from scenarios.stage.narration import Narrator
from simulator.journal import Journal
from sync_engine import Engine, ItemReport, Mode, Reason, RunReport, RunStatus, Trigger

WRITES = ("PUT", "POST", "DELETE", "PATCH")

_ACTIONS = {"scores_sent": "with new scores"}
"""How a summary words an action where its name does not read well."""


class SyncDialog:
    """The teacher at the sync dialog of the course."""

    def __init__(
        self, engine: Engine, narrator: Narrator, journal: Journal, district: str, course_id: str
    ) -> None:
        self._engine = engine
        self._narrator = narrator
        self._journal = journal
        self._district = district
        self._course_id = course_id
        self._written: dict[str, int] = {}
        self.line_items: dict[tuple[str, str], str] = {}
        """The sourcedId in Synergy by Canvas assignment id and section name, as the reports told."""

    async def posts(self, *, only: tuple[Assignment, ...] | None = None) -> RunReport:
        """Sync to Synergy > Post Grades, with every flagged assignment selected, or only these."""
        chosen = None if only is None else frozenset(assignment.canvas_id for assignment in only)
        told = "" if only is None else f" with only {', '.join(map(str, only))} selected"
        return await self._run(
            f"The teacher posts grades{told}",
            lambda: self._engine.post(self._district, self._course_id, selection=chosen),
        )

    async def remasters(self) -> RunReport:
        """Grade Sync > Settings > Remaster Grade Passback."""
        return await self._run(
            "The teacher starts Remaster Grade Passback",
            lambda: self._engine.remaster(self._district, self._course_id),
        )

    async def posts_twice_at_once(self) -> tuple[RunReport, RunReport]:
        """Press Post Grades, and again before the first run is done.

        Returns the run that worked, then the one that was turned away.
        """
        first, second = await asyncio.gather(self.posts(), self.posts())
        return (first, second) if second.status is RunStatus.FAILED else (second, first)

    async def night_comes(self) -> RunReport:
        """The district's nightly schedule asks the engine to post."""
        return await self._run(
            "The nightly schedule asks for a post",
            lambda: self._engine.post(self._district, self._course_id, trigger=Trigger.SCHEDULE),
        )

    async def plans(self) -> RunReport:
        """Ask what a post would do."""
        before = len(self._journal)
        report = await self._engine.plan(self._district, self._course_id, mode=Mode.POST)
        self._written[report.run_id] = self._writes_since(before)
        self._narrator.step("Sync", f"The teacher asks for the plan: {_summary(report)}")
        return report

    async def _run(self, sentence: str, start: Callable[[], Awaitable[RunReport]]) -> RunReport:
        before = len(self._journal)
        report = await start()
        self._written[report.run_id] = self._writes_since(before)
        self._remember(report)
        self._narrator.step("Sync", f"{sentence}: {_summary(report)}")
        return report

    def _remember(self, report: RunReport) -> None:
        for item in report.items:
            if item.line_item_id:
                self.line_items[item.assignment_id, item.section_name] = item.line_item_id
        for subject, reason in _subjects(report):
            self._journal.note_mark(
                "engine", reason.rule, "refused" if reason.refused else "upheld", subject, reason.words
            )

    def _writes_since(self, entry: int) -> int:
        written = self._journal.exchanges(system="oneroster", methods=WRITES, since=entry)
        return sum(1 for exchange in written if not exchange.path.endswith("/token"))

    # What a story expects of a report

    def wrote(self, report: RunReport, count: int) -> None:
        """Expect so many writes to Synergy, counted in the journal and not in what the report claims."""
        self._narrator.expect(
            "Writes of the run to Synergy", expected=count, seen=self._written[report.run_id]
        )

    def says(
        self,
        report: RunReport,
        rule: Rule,
        *,
        about: Assignment | None = None,
        student: Student | None = None,
    ) -> None:
        """Expect the report to cite this rule: of the run, an assignment, or one student's score of it."""
        where = (
            "of the run"
            if about is None
            else f"of {about}"
            if student is None
            else f"of {student} on {about}"
        )
        seen = _rules(report, about, student)
        self._narrator.holds(
            f"The report {where} says {rule.id}",
            held=rule.id in seen,
            saw=", ".join(sorted(seen)) or "no rule",
        )

    def does_not_say(self, report: RunReport, rule: Rule, *, about: Assignment) -> None:
        """Expect the report of an assignment not to cite this rule."""
        self._narrator.holds(
            f"The report of {about} does not say {rule.id}",
            held=rule.id not in _rules(report, about, None),
            saw="that it does",
        )

    def refuses(self, report: RunReport, rule: Rule, *, about: Assignment, naming: str = "") -> None:
        """Expect a refusal of an assignment by this rule, with a remedy, and words that name the culprit."""
        refusals = [reason for reason in _reasons(report, about, None) if reason.refused]
        found = next((reason for reason in refusals if reason.rule == rule.id), None)
        self._narrator.holds(
            f"The report refuses {about} by {rule.id}",
            held=found is not None,
            saw=", ".join(sorted({reason.rule for reason in refusals})) or "no refusal",
        )
        told, remedy = (found.words, found.remedy) if found else ("", "")
        self._narrator.step("Sync", f"The report says: {told} {remedy}")
        if naming:
            self._narrator.holds(f'Its words name "{naming}"', held=naming in told, saw=told)
        self._narrator.holds("It says what to do", held=bool(remedy), saw="no remedy")

    def quotes(self, report: RunReport, words: str, *, about: Assignment) -> None:
        """Expect the report of an assignment to have these very words."""
        told = " ".join(reason.words for reason in _reasons(report, about, None))
        self._narrator.holds(f'The report of {about} quotes "{words}"', held=words in told, saw=told)

    def ends(self, report: RunReport, status: RunStatus) -> None:
        """Expect the run as a whole to have ended like this."""
        seen = report.status
        self._narrator.holds(f"The run ends as {status.value}", held=seen is status, saw=seen.value)


def _items(report: RunReport, about: Assignment) -> list[ItemReport]:
    return [item for item in report.items if item.assignment_id == about.canvas_id]


def _reasons(report: RunReport, about: Assignment | None, student: Student | None) -> list[Reason]:
    if about is None:
        return list(report.reasons)
    items = _items(report, about)
    if student is None:
        return [reason for item in items for reason in item.all_reasons]
    scores = [score for item in items for score in item.scores if score.student_name == student.name]
    return [reason for score in scores for reason in score.reasons]


def _rules(report: RunReport, about: Assignment | None, student: Student | None) -> set[str]:
    return {reason.rule for reason in _reasons(report, about, student)}


def _subjects(report: RunReport) -> list[tuple[str, Reason]]:
    """Every reason of a report with what it speaks of."""
    told = [(f"run of {report.course_name}", reason) for reason in report.reasons]
    for item in report.items:
        named = f'"{item.assignment_name}" in {item.section_name}'
        told += [(named, reason) for reason in item.reasons]
        told += [
            (f"{score.student_name} on {named}", reason) for score in item.scores for reason in score.reasons
        ]
    return told


def _summary(report: RunReport) -> str:
    counted: dict[str, int] = {}
    for item in report.items:
        counted[item.action.value] = counted.get(item.action.value, 0) + 1
    told = ", ".join(f"{count} {_ACTIONS.get(action, action)}" for action, count in counted.items())
    return f"{report.status.value}{f' ({told})' if told else ''}"
