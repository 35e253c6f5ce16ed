"""The one gradebook: everything that both faces read, kept in tables of frozen values.

What lives here: state, look-ups, and keeping or erasing a value. What must never be here: a decision
(`rules`), who asked (`third_party`, `teacher`), wire shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar, Generic, TypeVar
from zoneinfo import ZoneInfo

from simulator.clock import Clock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import Profile
from simulator.schools import School
from simulator.state import Store
from simulator.synergy import rules, ticking, windows
from simulator.synergy.access import Access, digest_of
from simulator.synergy.model import (
    AccessToken,
    Assignment,
    Cell,
    ClassSection,
    ClassType,
    CourseRecord,
    Enrolment,
    Member,
    Nonce,
    Organisation,
    Score,
    Session,
    Visits,
)
from simulator.synergy.roster import roster_of
from simulator.verdicts import Refusal, Verdict

T = TypeVar("T")

LIVE_TOKENS_MAX = 10_000
"""So many access tokens are alive at once; with one more the oldest dies."""


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


class GradebookStore(Store):
    """The state of one world's Synergy."""

    VALUES: ClassVar = ("access", "rostered_at", "roster_version")
    REFERENCES: ClassVar = (
        ("organisations", "parent_guid", "organisations"),
        ("sessions", "parent_guid", "sessions"),
        ("members", "school_guid", "organisations"),
        ("courses", "school_guid", "organisations"),
        ("classes", "course_guid", "courses"),
        ("classes", "school_guid", "organisations"),
        ("classes", "teacher_guid", "members"),
        ("classes", "term_guids", "sessions"),
        ("classes", "shown_period_guid", "sessions"),
        ("enrolments", "class_guid", "classes"),
        ("enrolments", "member_guid", "members"),
        ("class_types", "class_guid", "classes"),
        ("assignments", "class_guid", "classes"),
        ("assignments", "type_guid", "class_types"),
        ("assignments", "period_guids", "sessions"),
        ("scores", "cell.line_item_id", "assignments"),
        ("scores", "cell.student_guid", "members"),
    )

    def __init__(self, *, ids: Ids, clock: Clock, journal: Journal, profile: Profile) -> None:
        super().__init__()
        self.ids = ids
        self.clock = clock
        self.journal = journal
        self.profile = profile
        self.zone = ZoneInfo(profile.time_zone)
        self.access = Access()
        self.signing_secret = ""
        """The client's, which OAuth 1.0a needs as it is. Not a part of the state, so that no file has it."""
        self.rostered_at: datetime = clock.now()
        self.roster_version = 0
        """Goes up with everything that the office changes; 0 before there is a roster."""
        self.organisations = self._table(
            "organisations", Organisation, lambda each: each.guid, parent=lambda each: each.parent_guid
        )
        self.sessions = self._table(
            "sessions", Session, lambda each: each.guid, parent=lambda each: each.parent_guid
        )
        self.members = self._table("members", Member, lambda each: each.guid)
        self.courses = self._table("courses", CourseRecord, lambda each: each.guid)
        self.classes = self._table(
            "classes", ClassSection, lambda each: each.guid, course=lambda each: each.course_guid
        )
        self.enrolments = self._table(
            "enrolments",
            Enrolment,
            lambda each: each.guid,
            school_class=lambda each: each.class_guid,
            member=lambda each: each.member_guid,
        )
        self.class_types = self._table(
            "class_types", ClassType, lambda each: each.guid, school_class=lambda each: each.class_guid
        )
        self.assignments = self._table(
            "assignments",
            Assignment,
            lambda each: each.line_item_id,
            school_class=lambda each: each.class_guid,
        )
        self.scores = self._table(
            "scores",
            Score,
            lambda each: each.cell,
            assignment=lambda each: each.cell.line_item_id,
            student=lambda each: each.cell.student_guid,
            result=lambda each: each.result_id,
        )
        self.tokens = self._table("tokens", AccessToken, lambda each: each.digest)
        self.nonces = self._table("nonces", Nonce, lambda each: each.spoken)
        self.visits = self._table("visits", Visits, lambda each: each.client)
        self.on_token_issued: Callable[[datetime], None] = lambda _expires_at: None

    def take_roster(
        self, school: School, *, client_id: str, client_secret: str, teachervue_token: str
    ) -> None:
        """Record the school, and who may come in."""
        roster = roster_of(school, self.ids)
        self.rostered_at = self.clock.now()
        self.roster_version = 1
        self.signing_secret = client_secret
        self.access = Access.of(
            client_id=client_id, client_secret=client_secret, teachervue_token=teachervue_token
        )
        self.organisations.replace_all(roster.organisations)
        self.sessions.replace_all(self._as_the_year_begins(roster.sessions))
        self.members.replace_all(roster.members)
        self.courses.replace_all(roster.courses)
        self.classes.replace_all(roster.classes)
        self.enrolments.replace_all(roster.enrolments)
        self.class_types.replace_all(roster.class_types)

    def _as_the_year_begins(self, sessions: tuple[Session, ...]) -> tuple[Session, ...]:
        if self.profile.open_periods == "any":
            return sessions
        return windows.as_the_year_begins(sessions, self.today())

    # who may come in

    def issue_token(self, scopes: frozenset[str]) -> str:
        """A new access token for the OneRoster client.

        The earlier ones stay alive, because a consumer fetches one for every thread (Instructure, "OneRoster
        authentication").
        """
        number = self.ids.integer("access token")
        token = self.ids.secret("access token", number)
        expires_at = self.clock.now() + timedelta(seconds=self.profile.token_life_seconds)
        if len(self.tokens) >= LIVE_TOKENS_MAX:
            self.tokens.pop(next(iter(self.tokens)))
        self.tokens.put(AccessToken(digest_of(token), number, expires_at, scopes))
        self.on_token_issued(expires_at)
        return token

    def token(self, key: str) -> AccessToken | None:
        """The token of this text, if it is alive."""
        found = self.tokens.get(digest_of(key))
        return found if found is not None and found.expires_at > self.clock.now() else None

    def forget_token(self, key: str) -> None:
        """The token of this text opens nothing any more; one that is not there is no error."""
        self.tokens.pop(digest_of(key))

    def forget_all_tokens(self) -> None:
        """No token opens anything any more."""
        self.tokens.replace_all(())

    def expire_tokens(self) -> int:
        """Forget the tokens whose time is over; how many went."""
        now = self.clock.now()
        over = [each.digest for each in self.tokens.values() if each.expires_at <= now]
        for digest in over:
            self.tokens.pop(digest)
        return len(over)

    # finding

    def today(self) -> date:
        """The day that it is in the district."""
        return self.clock.now().astimezone(self.zone).date()

    def grading_periods(self) -> tuple[Session, ...]:
        """The sessions that marks are given in, in the order of the year."""
        return tuple(session for session in self.sessions.values() if session.is_grading_period)

    def close_period(self, guid: str) -> Session | None:
        """A grading period is over; None where there is none of this id any more."""
        period = self.sessions.get(guid)
        return None if period is None else self.sessions.put(replace(period, is_closed=True))

    def types_of(self, class_guid: str) -> tuple[ClassType, ...]:
        """The assignment types that this class uses: its own, then those of all classes."""
        choice = self.classes[class_guid].type_choice
        return tuple(each for each in self.all_types_of(class_guid) if rules.is_chosen(each, choice))

    def all_types_of(self, class_guid: str) -> tuple[ClassType, ...]:
        """The assignment types that this class could use, those included that its setting leaves out."""
        own, everybodys = (self.class_types.where(school_class=each) for each in (class_guid, ""))
        return tuple(each for each in (*own, *everybodys) if not each.is_deleted)

    def listed_types(self, types: Iterable[ClassType]) -> list[ClassType]:
        """Those of these types that OneRoster's lists have."""
        every = self.profile.categories_out_of_use == "listed"
        return [each for each in types if every or self.is_in_use(each)]

    def is_in_use(self, kind: ClassType) -> bool:
        """Whether an assignment could be given this type now; one of all classes can."""
        if kind.is_deleted or not kind.class_guid:
            return not kind.is_deleted
        return rules.is_chosen(kind, self.classes[kind.class_guid].type_choice)

    def shown_period(self, section: ClassSection) -> Session | None:
        """The grading period that a class's Grade Book Main shows; None where there are no periods."""
        periods = self.grading_periods()
        chosen = next((each for each in periods if each.guid == section.shown_period_guid), None)
        return chosen or ticking.the_present_period(self.today(), periods)

    def enrolments_in(self, class_guid: str) -> tuple[Enrolment, ...]:
        """Everybody who belongs to this class now."""
        return tuple(each for each in self.enrolments.where(school_class=class_guid) if not each.is_over)

    def enrolments_of(self, member_guid: str) -> tuple[Enrolment, ...]:
        """The places that somebody has now."""
        return tuple(each for each in self.enrolments.where(member=member_guid) if not each.is_over)

    def students_in(self, class_guid: str) -> tuple[Member, ...]:
        """The students of this class, in the order of its list."""
        return tuple(
            self.members[each.member_guid]
            for each in self.enrolments_in(class_guid)
            if each.role == "student"
        )

    def assignments_in(self, class_guid: str) -> tuple[Assignment, ...]:
        """The assignments of this class, oldest first."""
        return tuple(self.assignments.where(school_class=class_guid))

    def scores_on(self, line_item_ids: Collection[str]) -> tuple[Score, ...]:
        """The scores of these assignments, assignment by assignment."""
        return tuple(score for each in line_item_ids for score in self.scores.where(assignment=each))

    def score_known_as(self, result_id: str) -> Score | None:
        """The score of this result id."""
        return self.scores.first(result=result_id)

    # keeping

    def keep_assignment(self, assignment: Assignment) -> None:
        """Take it in, in place of an earlier one of its id."""
        self.assignments.put(assignment)

    def erase_assignment(self, line_item_id: str) -> None:
        """Let it go with its scores, results first, as Edupoint's clean-up script does."""
        for score in self.scores_on((line_item_id,)):
            self.scores.pop(score.cell)
        self.assignments.pop(line_item_id)

    def keep_score(self, score: Score) -> None:
        """Take it in. A cell holds one score: an earlier one goes, whatever its result id was."""
        self.scores.put(score)

    def erase_score(self, cell: Cell) -> None:
        """Empty a cell; an empty one is no error."""
        self.scores.pop(cell)

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
