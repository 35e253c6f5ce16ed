"""The engine: snapshot, plan, apply item by item, report. One engine serves many districts.

What lives here: the order of a run, and what ends one early. What must never be here: a rule (see `domain`),
a vendor's shape (see `canvas`, `oneroster`), SQL (see `ledger`). Whatever a system does, `plan`, `post` and
`remaster` answer with a report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sync_engine.applying import Applier
from sync_engine.canvas.client import CanvasClient
from sync_engine.district import District
from sync_engine.domain import words
from sync_engine.domain.checks import why_nothing
from sync_engine.domain.plan import PlannedItem, plan_run
from sync_engine.domain.progress import ProgressStep
from sync_engine.domain.report import (
    ItemAction,
    ItemReport,
    Mode,
    Reason,
    RunReport,
    RunStatus,
    ScoreAction,
    Trigger,
)
from sync_engine.domain.snapshot import CanvasBook, CourseListing
from sync_engine.errors import SystemFaultError, UnknownAssignmentError, UnknownDistrictError
from sync_engine.exchange import Exchange, Pace
from sync_engine.ledger.store import RUNS_SHOWN_MAX, Ledger
from sync_engine.oneroster.client import OneRosterClient
from sync_engine.oneroster.wire import Writer
from sync_engine.ports import Clock, Transport
from sync_engine.reading import Rooms, Tell, read_canvas, read_synergy
from sync_engine.turns import GradebookBusyError, Turns

PLAN_ID = "plan"
"""A plan is no run: it is not in the history, so it has no number."""

_BAD_ITEMS = frozenset({ItemAction.REFUSED, ItemAction.FAILED})
_BAD_SCORES = frozenset({ScoreAction.REFUSED, ScoreAction.FAILED})
_TRAVELLED = frozenset({ItemAction.CREATED, ItemAction.UPDATED, ItemAction.SCORES_SENT})


@dataclass(frozen=True, slots=True)
class _Ask:
    """What was asked for. `mode` is what the report says, `remaster` how it is planned."""

    district: str
    course_id: str
    mode: Mode
    remaster: bool
    trigger: Trigger
    selection: frozenset[str] | None


class Engine:
    """Carries grades of many districts. Make one with `build_engine`."""

    def __init__(self, *, ledger: Ledger, turns: Turns, transport: Transport, clock: Clock) -> None:
        self._ledger = ledger
        self._turns = turns
        self._transport = transport
        self._clock = clock
        self._rooms: dict[str, Rooms] = {}

    def add_district(self, district: District) -> None:
        """Serve this district, in place of an earlier one of the same key."""
        pace = district.policy.requests_per_second
        canvas = Exchange("Canvas", self._transport, self._clock, Pace(self._clock, pace))
        synergy = Exchange("Synergy", self._transport, self._clock, Pace(self._clock, pace))
        writer = Writer(district.oneroster.url, district.policy, district.zone)
        self._rooms[district.key] = Rooms(
            district,
            CanvasClient(district.canvas.url, district.canvas.token, canvas),
            OneRosterClient(district.oneroster, writer, synergy, self._clock),
        )

    def close(self) -> None:
        """Let the ledger go. The transport belongs to whoever made it."""
        self._ledger.close()

    async def plan(
        self,
        district_key: str,
        course_id: str,
        *,
        selection: frozenset[str] | None = None,
        mode: Mode = Mode.POST,
    ) -> RunReport:
        """Say what a post (or, with `mode=Mode.REMASTER`, a remaster) would do. Nothing is written.

        Raises:
            UnknownDistrictError: If there is no such district.
            UnknownAssignmentError: If the selection names what the course does not have.
        """
        remaster = mode is Mode.REMASTER
        ask = _Ask(district_key, course_id, Mode.PLAN, remaster, Trigger.TEACHER, selection)
        return await self._report(ask, _silence)

    async def post(
        self,
        district_key: str,
        course_id: str,
        *,
        selection: frozenset[str] | None = None,
        trigger: Trigger = Trigger.TEACHER,
        on_progress: Tell | None = None,
    ) -> RunReport:
        """Send new and changed scores.

        Raises:
            UnknownDistrictError: If there is no such district.
            UnknownAssignmentError: If the selection names what the course does not have.
            LedgerError: If what was sent cannot be noted.
        """
        ask = _Ask(district_key, course_id, Mode.POST, remaster=False, trigger=trigger, selection=selection)
        return await self._run(ask, on_progress or _silence)

    async def remaster(
        self,
        district_key: str,
        course_id: str,
        *,
        selection: frozenset[str] | None = None,
        on_progress: Tell | None = None,
    ) -> RunReport:
        """Send every score, status and detail of what is graded and marked to sync, changed or not.

        Raises:
            UnknownDistrictError: If there is no such district.
            UnknownAssignmentError: If the selection names what the course does not have.
            LedgerError: If what was sent cannot be noted.
        """
        ask = _Ask(district_key, course_id, Mode.REMASTER, True, Trigger.TEACHER, selection)  # noqa: FBT003
        return await self._run(ask, on_progress or _silence)

    async def courses(self, district_key: str) -> tuple[CourseListing, ...]:
        """The courses that the district's Canvas token can see.

        Raises:
            UnknownDistrictError: If there is no such district.
            SystemFaultError: If Canvas cannot be used.
        """
        return await self._at(district_key).canvas.courses()

    async def check(self, district_key: str) -> tuple[Reason, ...]:
        """Try both systems with their credentials, writing nothing. An empty answer means that all is well.

        Raises:
            UnknownDistrictError: If there is no such district.
        """
        rooms = self._at(district_key)
        problems: list[Reason] = []
        for attempt in (rooms.canvas.check, rooms.oneroster.check):
            try:
                await attempt()
            except SystemFaultError as fault:
                problems.append(words.transport_fault(fault.words, fault.remedy))
        return tuple(problems)

    def history(
        self, district_key: str, course_id: str | None = None, *, limit: int = RUNS_SHOWN_MAX
    ) -> tuple[RunReport, ...]:
        """The latest so many past runs, newest first, of one course or of all.

        Raises:
            UnknownDistrictError: If there is no such district.
        """
        return self._ledger.past_runs(self._at(district_key).district.key, course_id, limit=limit)

    def _at(self, district_key: str) -> Rooms:
        rooms = self._rooms.get(district_key)
        if rooms is None:
            known = ", ".join(sorted(self._rooms)) or "none"
            raise UnknownDistrictError(f'There is no district "{district_key}". Known: {known}.')
        return rooms

    async def _run(self, ask: _Ask, tell: Tell) -> RunReport:
        """A real run: alone at its gradebook, and noted in the history."""
        policy = self._at(ask.district).district.policy
        if ask.trigger is Trigger.SCHEDULE and not policy.nightly_sync:
            return self._ledger.note_run(self._not_started(ask, words.schedule_not_allowed()))
        try:
            with self._turns.take(ask.district, ask.course_id):
                return self._ledger.note_run(await self._report(ask, tell))
        except GradebookBusyError:
            return self._ledger.note_run(self._not_started(ask, words.already_running()))

    async def _report(self, ask: _Ask, tell: Tell) -> RunReport:
        rooms, started = self._at(ask.district), self._clock.now()
        report = _empty(ask, started)
        try:
            book = await read_canvas(rooms, ask.course_id, tell)
            nothing = why_nothing(book)
            reasons = (*report.reasons, nothing) if nothing else report.reasons
            report = replace(report, course_name=book.course.name, reasons=reasons)
            _require_known(ask, book)
            snapshot = await read_synergy(rooms, book, tell, with_results=ask.remaster)
        except SystemFaultError as fault:
            reason = words.transport_fault(fault.words, fault.remedy)
            return self._failed(report, reason)
        plan = plan_run(
            ask.district,
            snapshot,
            self._ledger.beliefs(ask.district, ask.course_id),
            rooms.district.policy,
            remaster=ask.remaster,
            selection=ask.selection,
        )
        if ask.mode is Mode.PLAN:
            return self._ended(report, tuple(item.report() for item in plan))
        return await self._apply(report, rooms, plan, tell)

    async def _apply(
        self, report: RunReport, rooms: Rooms, plan: tuple[PlannedItem, ...], tell: Tell
    ) -> RunReport:
        district = rooms.district
        applier = Applier(
            district.key,
            report.course_id,
            policy=district.policy,
            gradebook=rooms.oneroster,
            ledger=self._ledger,
        )
        items = await applier.apply(plan, tell)
        ended = self._ended(replace(report, written=applier.written), items)
        return ended if applier.stopped is None else self._failed(ended, applier.stopped)

    def _ended(self, report: RunReport, items: tuple[ItemReport, ...]) -> RunReport:
        bad = {item.assignment_id for item in items if item.action in _BAD_ITEMS}
        travelled = {item.assignment_id for item in items if item.action in _TRAVELLED}
        partial = (words.partial(len(bad), len(bad | travelled)),) if bad and travelled else ()
        spotless = not bad and not any(score.action in _BAD_SCORES for item in items for score in item.scores)
        return replace(
            report,
            finished_at=self._clock.now(),
            status=RunStatus.COMPLETED if spotless else RunStatus.WARNING,
            items=items,
            reasons=(*report.reasons, *partial),
        )

    def _failed(self, report: RunReport, reason: Reason) -> RunReport:
        return replace(
            report,
            finished_at=self._clock.now(),
            status=RunStatus.FAILED,
            reasons=(*report.reasons, reason),
        )

    def _not_started(self, ask: _Ask, reason: Reason) -> RunReport:
        return self._failed(replace(_empty(ask, self._clock.now()), reasons=()), reason)


def _empty(ask: _Ask, started: datetime) -> RunReport:
    by_hand = ask.mode is not Mode.PLAN and ask.trigger is Trigger.TEACHER
    return RunReport(
        run_id=PLAN_ID,
        district=ask.district,
        course_id=ask.course_id,
        course_name="",
        mode=ask.mode,
        trigger=ask.trigger,
        started_at=started,
        finished_at=started,
        status=RunStatus.COMPLETED,
        reasons=(words.started_by_teacher(),) if by_hand else (),
    )


def _require_known(ask: _Ask, book: CanvasBook) -> None:
    unknown = (ask.selection or frozenset()) - {assignment.id for assignment in book.assignments}
    if unknown:
        listed = ", ".join(sorted(unknown))
        raise UnknownAssignmentError(
            f'The course "{book.course.name}" has no assignment {listed}. `plan` shows the ids that it has.'
        )


def _silence(_step: ProgressStep) -> None:
    """Nobody watches."""
