"""Both gradebooks of a world, read for the detective: a row for each student of a course who is in both.

What lives here: which field of which system is which of `books`. What must never be here: a cause, HTTP. What
bites: a Canvas course may be several classes of Synergy; a student's row is of the class that they are in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from simulator.canvas import model as canvas_model
from simulator.canvas.class_book import ClassBook
from simulator.canvas.rules.standing import is_missing
from simulator.canvas.rules.totals import ALL_PERIODS, ColumnTotal, ColumnView, period_at_first
from simulator.canvas.store import CanvasStore
from simulator.comparing.books import CanvasBook, CanvasStanding, CanvasWork, Span, SynergyBook, SynergyWork
from simulator.comparing.cause import Cause
from simulator.comparing.detective import causes_of
from simulator.synergy import comments
from simulator.synergy import model as synergy_model
from simulator.synergy.class_totals import StudentTotal, class_totals
from simulator.synergy.store import GradebookStore
from simulator.synergy.totals import ItemRow
from simulator.synergy.totals.rounding import SHOWN_DECIMALS, rounded
from simulator.world import World

_TOP_OF_FOUR_POINT = 4


@dataclass(frozen=True, slots=True)
class Look:
    """How both gradebooks are looked at.

    Attributes:
        period_id: The grading period that Canvas filters by: 0 for none, None for the one that its gradebook
            opens on.
        ungraded_as_zero: "View ungraded as zero" of Canvas.
        synergy_period_guid: The grading period of Synergy: "" for every assignment of the class, None for the
            one that each class has on show.
    """

    period_id: int | None = None
    ungraded_as_zero: bool = False
    synergy_period_guid: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One student of one class: both totals, and why they differ; no cause where they agree."""

    student_guid: str
    student_name: str
    class_guid: str
    canvas: CanvasBook
    synergy: SynergyBook
    causes: tuple[Cause, ...]

    @property
    def agree(self) -> bool:
        """Whether both are the same number."""
        return self.canvas.total == self.synergy.total


def compared(world: World, course_id: int, look: Look) -> Iterator[Compared]:
    """Every student of a Canvas course who is in a class of Synergy too, class by class.

    Raises:
        KeyError: If there is no such course, or no such grading period of Synergy.
        ValueError: If the look filters by a grading period that the course does not have.
    """
    in_canvas = _CanvasReader(world.canvas, world.canvas.courses[course_id], look)
    for section in world.canvas.sections_of(course_id):
        school_class = world.synergy.classes.get(section.sis_section_id or "")
        if school_class is None:
            continue
        users = in_canvas.users_of(section)
        in_synergy = _SynergyReader(world.synergy, school_class, look.synergy_period_guid)
        for row in in_synergy.rows():
            student = row.student
            if student.guid in users:
                canvas, synergy = in_canvas.book_of(users[student.guid]), in_synergy.book_of(row)
                causes = causes_of(canvas, synergy)
                yield Compared(student.guid, student.name, school_class.guid, canvas, synergy, causes)


class _CanvasReader:
    """Canvas's gradebook of a course, with its filters set."""

    def __init__(self, store: CanvasStore, course: canvas_model.Course, look: Look) -> None:
        groups, periods = store.groups_of(course.id), store.grading_periods
        period_set = periods.in_use(course.term_id)
        self._store = store
        self._book = ClassBook(store, course)
        period_id = look.period_id
        if period_id is None:
            period_id = period_at_first(None, self._book.periods, store.now)
        self._view = ColumnView(period_id, look.ungraded_as_zero)
        self._assignments = [each for each in store.assignments_of(course.id) if each.is_published]
        self._assignees = {each.id: store.assignees(each) for each in self._assignments}
        self._groups = {each.id: each.name for each in groups}
        self._weights = {each.name: _decimal(each.group_weight or 0.0) for each in groups}
        self._is_weighted = course.apply_assignment_group_weights
        self._weighs_periods = period_set is not None and period_set.is_weighted
        titles = {each.id: each.title for each in periods.of_courses(course.term_id)}
        self._period = titles.get(period_id, "")

    def users_of(self, section: canvas_model.Section) -> Mapping[str, int]:
        """Who has a row in the gradebook, by SIS id."""
        users = self._store.users
        return {users[each].sis_user_id or "": each for each in self._book.students(section.id)}

    def book_of(self, user_id: int) -> CanvasBook:
        """What the gradebook shows of a student."""
        column = self._book.column_of(user_id, self._view)
        unfiltered = self._book.column_of(user_id, replace(self._view, period_id=ALL_PERIODS))
        return CanvasBook(
            total=None if column.score is None else _decimal(column.score),
            period=self._period,
            weights=self._weights if self._is_weighted else None,
            weighs_periods=self._weighs_periods,
            work=tuple(self._work(each, user_id, column, unfiltered) for each in self._assignments),
        )

    def _work(
        self, assignment: canvas_model.Assignment, user_id: int, column: ColumnTotal, unfiltered: ColumnTotal
    ) -> CanvasWork:
        row = self._store.submission(assignment.id, user_id)
        due_at = self._assignees[assignment.id].assigned(user_id).due_at
        is_excused = row.excused is True
        standing: CanvasStanding = "left_out"
        if assignment.id in column.counted:
            standing = "counted"
        elif assignment.id in unfiltered.counted:
            standing = "filtered_out"
        elif assignment.id in column.dropped:
            standing = "dropped"
        elif is_excused:
            standing = "excused"
        elif row.score is None:
            standing = "ungraded"
        return CanvasWork(
            name=assignment.name,
            group=self._groups.get(assignment.group_id, ""),
            possible=assignment.points_possible,
            score=row.score,
            is_excused=is_excused,
            is_marked=assignment.post_to_sis,
            is_missing=is_missing(row, assignment, due_at, self._store.now),
            due_on=self._day(due_at),
            standing=standing,
        )

    def _day(self, instant: datetime | None) -> date | None:
        return None if instant is None else instant.astimezone(self._store.zone).date()


class _SynergyReader:
    """The Grade Book of a class, with a grading period on show."""

    def __init__(
        self, store: GradebookStore, school_class: synergy_model.ClassSection, period_guid: str | None
    ) -> None:
        self._store = store
        self._class = school_class
        self._period = (
            store.shown_period(school_class)
            if period_guid is None
            else store.sessions[period_guid]
            if period_guid
            else None
        )
        self._assignments = store.assignments_in(school_class.guid)
        self._codes = comments.codes_of(school_class.setup, store.profile)
        self._cells = _by_student(store.scores_on([each.line_item_id for each in self._assignments]))
        self._weights = {each.name: _decimal(each.weight) for each in store.types_of(school_class.guid)}

    def rows(self) -> tuple[StudentTotal, ...]:
        """The total of each student of the class."""
        return class_totals(self._store, self._class, self._period)

    def book_of(self, row: StudentTotal) -> SynergyBook:
        """What the Grade Book shows of a student."""
        total, period, setup = row.total, self._period, self._class.setup
        top = _TOP_OF_FOUR_POINT if setup.report_card_scale == "four_point" else 100
        is_weighted = setup.method == "weighted" and not total.terms
        standings = {each.number: each for each in total.items}
        cells = self._cells.get(row.student.guid, {})
        return SynergyBook(
            shown=total.mark if total.exact is None else str(total.raw),
            total=None if total.exact is None else total.raw * 100 / top,
            at_two_decimals=None if total.exact is None else rounded(total.exact, SHOWN_DECIMALS, "half_up"),
            period=None if period is None else Span(period.name, period.begins, period.ends),
            weights=self._weights if is_weighted else None,
            composes_terms=bool(total.terms),
            work=tuple(
                self._work(each, cells.get(each.line_item_id), standings.get(each.gradebook_id))
                for each in self._assignments
            ),
        )

    def _work(
        self, assignment: synergy_model.Assignment, cell: synergy_model.Score | None, row: ItemRow | None
    ) -> SynergyWork:
        return SynergyWork(
            name=assignment.name,
            type=self._store.class_types[assignment.type_guid].name,
            max_score=assignment.max_score,
            points=assignment.points,
            score=None if cell is None else cell.mark or cell.points,
            earned=None if row is None else row.points,
            is_excused=cell is not None and comments.is_excused(cell, self._codes),
            is_from_canvas=assignment.synced,
            standing="not_in_period" if row is None else row.standing,
        )


def _by_student(
    scores: Iterable[synergy_model.Score],
) -> Mapping[str, Mapping[str, synergy_model.Score]]:
    found: dict[str, dict[str, synergy_model.Score]] = {}
    for each in scores:
        found.setdefault(each.cell.student_guid, {})[each.cell.line_item_id] = each
    return found


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number))
