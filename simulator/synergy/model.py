"""What a Synergy gradebook holds, as frozen values.

What lives here: shapes, and what can be read off one of them alone. What must never be here: wire words of a
vendor's API, a clock, a decision that a rule of the catalogue makes. Days are days of the district: Synergy
keeps no time of day for an assignment (Albuquerque Public Schools' SQL against a live Synergy database:
MEASUREDATE and DUEDATE are dates).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from simulator.profiles import CommentCode

Role: TypeAlias = Literal["teacher", "student"]
SessionKind: TypeAlias = Literal["school_year", "term", "progress", "quarter", "semester"]
PeriodType: TypeAlias = Literal["Progress", "Grading"]
AssignmentCategory: TypeAlias = Literal["normal", "extra_credit", "not_for_grading"]
PeriodDefault: TypeAlias = Literal["assignment_due_date", "current_period"]
TypeChoice: TypeAlias = Literal["district", "mine", "mine_and_district"]
ScoreStatus: TypeAlias = Literal["exempt", "fully graded", "not submitted", "partially graded", "submitted"]

RAW_SCORE = "Raw Score"
"""The score type of everything that is scored in points."""

PERCENTAGE = "Percentage"
"""The score type of what is scored in percent: its Max Score is 100, whatever it is worth in Points."""

PERCENTAGE_MAX_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Organisation:
    """The district, or a school of it."""

    guid: str
    name: str
    kind: Literal["district", "school"]
    identifier: str
    parent_guid: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A span of the school year: the year, a term, or a grading period. Both days belong to it."""

    guid: str
    name: str
    kind: SessionKind
    begins: date
    ends: date
    school_year: int
    parent_guid: str = ""
    is_closed: bool = False
    """Whether its last day is over. What that means for writes is a switch of the profile."""

    @property
    def is_grading_period(self) -> bool:
        """Whether marks are given in it."""
        return self.kind in {"progress", "quarter", "semester"}

    @property
    def period_type(self) -> PeriodType:
        """Which of the two types a grading period is of (Kentwood PS, Synergy help on grading periods)."""
        return "Progress" if self.kind == "progress" else "Grading"


@dataclass(frozen=True, slots=True)
class Member:
    """A teacher or a student. `number` is the staff number or the Perm ID, `state_id` the state's own."""

    guid: str
    role: Role
    number: str
    state_id: str
    given_name: str
    family_name: str
    email: str
    school_guid: str
    grade: str = ""
    changed_at: datetime | None = None
    """When the office last touched the record; None for since the year began."""

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """A course of the catalogue; classes are its sections."""

    guid: str
    code: str
    name: str
    subject: str
    school_guid: str


@dataclass(frozen=True, slots=True)
class ScoreType:
    """A list of marks that can be entered, each with the percentage of Points that it is worth."""

    name: str
    percents: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TermPart:
    """One mark that a semester is composed of, with its weight in percent.

    It is that of a grading period, or of an exam: the assignments of one type, which then count in no other
    part. Exactly one of the two guids is given.
    """

    weight: float
    period_guid: str = ""
    exam_type_guid: str = ""


@dataclass(frozen=True, slots=True)
class TermWeighting:
    """How the mark of one grading period, the semester, is composed ("Term Weighting")."""

    period_guid: str
    parts: tuple[TermPart, ...]


@dataclass(frozen=True, slots=True)
class GradeBookSetup:
    """What one class sets for its totals.

    Attributes:
        method: Whether types are weighted, or points added up (Synergy help, assignment scoring settings).
        class_rounding: "Class Rounding", on or off.
        decimals: How many the total is rounded to; two, as Canvas has, in Corvallis SD 509J.
        report_card_scale: What the mark is a number of: percent, or 0 to 4.
        score_types: What the class can score by beside "Raw Score" and "Percentage".
        comment_codes: The teacher's own Grade Book Comments, beside those of the district.
        term_weightings: The grading periods whose mark is composed of others, one entry each.
    """

    method: Literal["weighted", "points"] = "weighted"
    class_rounding: bool = True
    decimals: Literal[0, 1, 2] = 2
    report_card_scale: Literal["percent", "four_point"] = "percent"
    score_types: tuple[ScoreType, ...] = ()
    comment_codes: tuple[CommentCode, ...] = ()
    term_weightings: tuple[TermWeighting, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassSection:
    """One class: a course at a period of the day, with a teacher and a gradebook of its own.

    Attributes:
        period_default: The class setting "Grading Period Default for New Assignments".
        type_choice: "Which Assignment Types would you like to use for this class?"
        shown_period_guid: The grading period that its Grade Book Main was switched to; "" where it shows the
            present one.
        setup: What its totals are computed by.
    """

    guid: str
    number: str
    name: str
    course_guid: str
    school_guid: str
    teacher_guid: str
    term_guids: tuple[str, ...]
    period_default: PeriodDefault = "assignment_due_date"
    type_choice: TypeChoice = "mine_and_district"
    shown_period_guid: str = ""
    changed_at: datetime | None = None
    setup: GradeBookSetup = GradeBookSetup()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody belongs to a class from a day to a day; `is_over` once the office took them out of it."""

    guid: str
    class_guid: str
    member_guid: str
    role: Role
    begins: date
    ends: date
    is_over: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClassType:
    """An assignment type as one class uses it, with its weight there in percent and its drop scores.

    Attributes:
        class_guid: "" for a type of all classes: a third party made it so.
        is_teachers: One of the teacher's own, "My Assignment Types"; the others are the district's.
        is_deleted: Nobody can choose it any more; assignments that have it show "Deleted".
        default_points: What a new assignment of this type is worth, None where nobody said.
        colour: How its columns are headed, in the teacher's words; "" where nobody said.
    """

    guid: str
    class_guid: str
    name: str
    weight: float
    drop_lowest: int = 0
    is_teachers: bool = False
    is_deleted: bool = False
    default_points: float | None = None
    colour: str = ""
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment of one class.

    Attributes:
        line_item_id: The sourcedId: the client's own, or derived where a teacher made the assignment.
        gradebook_id: The integer that Synergy's own screens know it by.
        max_score: The top of what can be entered; `points` is what it is worth, and may differ.
        third_party_readonly: The lock: on, the third party writes and the teacher does not.
        synced: Whether the third party made it, or has written it.
        periods_ticked_by_teacher: Whether a teacher chose the grading periods, so that a sync leaves them.
        category: "Assignment Category": whether it counts, and whether its points are possible or extra.
    """

    line_item_id: str
    gradebook_id: int
    class_guid: str
    name: str
    description: str
    type_guid: str
    max_score: float
    points: float
    assigned_on: date
    due_date: date | None
    period_guids: tuple[str, ...]
    third_party_readonly: bool
    synced: bool
    modified_at: datetime
    min_score: float = 0.0
    score_type: str = RAW_SCORE
    show_only_when_scored: bool = False
    periods_ticked_by_teacher: bool = False
    category: AssignmentCategory = "normal"
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a score sits: one student's square of one assignment."""

    line_item_id: str
    student_guid: str


@dataclass(frozen=True, slots=True)
class Score:
    """What is in a cell.

    Attributes:
        points: The number; None where there is none, as for an excused student.
        mark: The word or letter in the number's place, where the assignment's score type has such marks.
        comment_code: Which of the Grade Book Comments stands there. It may excuse as well, see `comments`.
        is_typed: Whether a teacher typed the number or the mark, and the third party has not written since.
    """

    cell: Cell
    result_id: str
    points: float | None
    status: ScoreStatus
    scored_on: date
    modified_at: datetime
    comment_code: str = ""
    comment: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""
    is_typed: bool = False

    @property
    def excused(self) -> bool:
        """Whether the score's own status takes the student out."""
        return self.status == "exempt"

    @property
    def is_scored(self) -> bool:
        """Whether a number or a mark stands there."""
        return self.points is not None or bool(self.mark)


@dataclass(frozen=True, slots=True)
class LineItemDraft:
    """What a third party asks an assignment to be: the whole of it, never a part.

    `omitted` names the fields of this draft that were not sent, and are empty for that reason.
    """

    line_item_id: str
    class_guid: str
    type_guid: str
    name: str
    description: str
    assigned_on: date
    due_date: date | None
    period_guid: str
    min_score: float
    max_score: float
    metadata: Mapping[str, Any] = field(default_factory=dict)
    omitted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """What a third party asks a cell to hold. `omitted` as in a line item's draft."""

    result_id: str
    cell: Cell
    points: float | None
    status: ScoreStatus
    scored_on: date
    comment: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    omitted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """What a third party asks an assignment type to be; without a class it is one of all classes."""

    guid: str
    class_guid: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a OneRoster client carries after it has shown its secret. The token itself is not kept."""

    digest: str
    number: int
    expires_at: datetime
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Visits:
    """How often a OneRoster client has come since `since`, where the district counts."""

    client: str
    since: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Nonce:
    """What an OAuth 1.0a client says once and never again: its timestamp, and a text beside it."""

    spoken: str
    expires_at: datetime
