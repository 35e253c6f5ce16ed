"""The one gradebook: everything that both faces read, kept in plain dicts of frozen values.

What lives here: state, look-ups, and keeping or erasing a value. What must never be here: a decision
(`rules`), who asked (`third_party`, `teacher`), wire shapes. A value is replaced on write, never changed, so
a copy of the dicts is a snapshot.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import Profile
from simulator.schools import School
from simulator.synergy.access import Access
from simulator.synergy.model import (
    Assignment,
    Cell,
    ClassSection,
    ClassType,
    CourseRecord,
    Enrolment,
    Member,
    Organisation,
    Score,
    Session,
)
from simulator.synergy.roster import roster_of
from simulator.verdicts import Refusal, Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A write that was done. `created` tells a new object from a replaced one."""

    value: T
    created: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A write that was not done. `rule` is the catalogue's id, or "" where no documented rule said no."""

    refusal: Refusal
    rule: str = ""


class GradebookStore:
    """The state of one world's Synergy."""

    def __init__(self, *, ids: Ids, clock: VirtualClock, journal: Journal, profile: Profile) -> None:
        self.ids = ids
        self.clock = clock
        self.journal = journal
        self.profile = profile
        self.zone = ZoneInfo(profile.time_zone)
        self.access = Access(client_id="", client_secret="", teachervue_token="")
        self.rostered_at: datetime = clock.now()
        self.organisations: dict[str, Organisation] = {}
        self.sessions: dict[str, Session] = {}
        self.members: dict[str, Member] = {}
        self.courses: dict[str, CourseRecord] = {}
        self.classes: dict[str, ClassSection] = {}
        self.enrolments: dict[str, Enrolment] = {}
        self.class_types: dict[str, ClassType] = {}
        self.assignments: dict[str, Assignment] = {}
        self.scores: dict[Cell, Score] = {}
        self.cell_of_result: dict[str, Cell] = {}

    def take_roster(
        self, school: School, *, client_id: str, client_secret: str, teachervue_token: str
    ) -> None:
        """Record the school, and who may come in."""
        roster = roster_of(school, self.ids)
        self.rostered_at = self.clock.now()
        self.access = Access(
            client_id=client_id, client_secret=client_secret, teachervue_token=teachervue_token
        )
        self.organisations = {each.guid: each for each in roster.organisations}
        self.sessions = {each.guid: each for each in roster.sessions}
        self.members = {each.guid: each for each in roster.members}
        self.courses = {each.guid: each for each in roster.courses}
        self.classes = {each.guid: each for each in roster.classes}
        self.enrolments = {each.guid: each for each in roster.enrolments}
        self.class_types = {each.guid: each for each in roster.class_types}

    def issue_token(self, scopes: frozenset[str]) -> str:
        """A new access token for the OneRoster client."""
        return self.access.issue(
            scopes,
            now=self.clock.now(),
            life=timedelta(seconds=self.profile.token_life_seconds),
            secret_numbered=lambda number: self.ids.secret("access token", number),
        )

    def today(self) -> date:
        """The day that it is in the district."""
        return self.clock.now().astimezone(self.zone).date()

    def grading_periods(self) -> tuple[Session, ...]:
        """The sessions that marks are given in, in the order of the year."""
        return tuple(session for session in self.sessions.values() if session.is_grading_period)

    def types_of(self, class_guid: str) -> tuple[ClassType, ...]:
        """The assignment types that this class uses."""
        return tuple(each for each in self.class_types.values() if each.class_guid == class_guid)

    def enrolments_in(self, class_guid: str) -> tuple[Enrolment, ...]:
        """Everybody who belongs to this class."""
        return tuple(each for each in self.enrolments.values() if each.class_guid == class_guid)

    def students_in(self, class_guid: str) -> tuple[Member, ...]:
        """The students of this class, in the order of its list."""
        return tuple(
            self.members[each.member_guid]
            for each in self.enrolments_in(class_guid)
            if each.role == "student"
        )

    def assignments_in(self, class_guid: str) -> tuple[Assignment, ...]:
        """The assignments of this class, oldest first."""
        return tuple(each for each in self.assignments.values() if each.class_guid == class_guid)

    def scores_on(self, line_item_ids: Collection[str]) -> tuple[Score, ...]:
        """The scores of these assignments, oldest first."""
        wanted = frozenset(line_item_ids)
        return tuple(score for score in self.scores.values() if score.cell.line_item_id in wanted)

    def keep_assignment(self, assignment: Assignment) -> None:
        """Take it in, in place of an earlier one of its id."""
        self.assignments[assignment.line_item_id] = assignment

    def erase_assignment(self, line_item_id: str) -> None:
        """Let it go with its scores, results first, as Edupoint's clean-up script does."""
        for score in self.scores_on((line_item_id,)):
            self.erase_score(score.cell)
        self.assignments.pop(line_item_id, None)

    def keep_score(self, score: Score) -> None:
        """Take it in. A cell holds one score: an earlier one goes, whatever its result id was."""
        self._forget_result_id(score.cell)
        self.scores[score.cell] = score
        self.cell_of_result[score.result_id] = score.cell

    def erase_score(self, cell: Cell) -> None:
        """Empty a cell; an empty one is no error."""
        self._forget_result_id(cell)
        self.scores.pop(cell, None)

    def _forget_result_id(self, cell: Cell) -> None:
        present = self.scores.get(cell)
        if present is not None:
            self.cell_of_result.pop(present.result_id, None)

    def score_known_as(self, result_id: str) -> Score | None:
        """The score of this result id."""
        cell = self.cell_of_result.get(result_id)
        return None if cell is None else self.scores.get(cell)

    def judge(self, subject: str, verdicts: tuple[Verdict, ...]) -> Refused | None:
        """Note what the rules said of a subject; the first refusal is the answer."""
        self.journal.note_verdicts("synergy", subject, verdicts)
        for verdict in verdicts:
            if verdict.refusal is not None:
                return Refused(verdict.refusal, verdict.rule.id)
        return None

    def subject_of(self, name: str, class_guid: str) -> str:
        """How the journal speaks of an assignment."""
        return f'assignment "{name}" in {self.classes[class_guid].name}'

    def __repr__(self) -> str:
        return (
            f"GradebookStore({len(self.classes)} classes, {len(self.assignments)} assignments, "
            f"{len(self.scores)} scores)"
        )
