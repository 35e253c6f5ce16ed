"""A whole class's submissions at once, flat or student by student: what a grade sync reads.

A student has their own rows only.

What bites: one id of a deleted or unpublished assignment fails the whole call; without `student_ids` a
teacher gets only their own rows, which are none; and `graded_since` is not a sound delta, because clearing
a grade does not move `graded_at`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas import errors
from simulator.canvas.model import Assignment, Course, Enrollment, GradingPeriod, Submission, User
from simulator.canvas.paging import PER_PAGE_MAX, Key
from simulator.canvas.params import as_flag, as_leading_integer, as_text, read_moment
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import (
    course_attended,
    denied,
    period_of_courses,
    section_attended,
    teaches,
    user_named,
)
from simulator.canvas.routes.places import TotalsOf, totals_in_course
from simulator.canvas.routes.rows import Show, shows_rows, writes_rows
from simulator.canvas.rules.class_totals import period_id_at
from simulator.canvas.rules.standing import (
    CURRENT_STATES,
    STUDENT_TYPES,
    may_teach,
    students_among,
    students_seen,
)
from simulator.canvas.rules.totals import FourTotals

router = APIRouter()

_Place: TypeAlias = tuple[int, int]
"""Of a row: its assignment's id and its student's."""
_STATES = {"active": CURRENT_STATES, "concluded": frozenset({"completed"})}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the call asks for, judged and read.

    `is_own` is whether a student asks for their own rows; `totals_of` gives totals, where they are wanted;
    `takes_that_second` is whether `graded_since` takes what was graded in that very second.
    """

    is_own: bool
    enrollments: tuple[Enrollment, ...]
    students: tuple[int, ...]
    assignments: tuple[Assignment, ...]
    period: GradingPeriod | None
    graded_since: datetime | None
    submitted_since: datetime | None
    workflow_state: str | None
    totals_of: TotalsOf | None
    takes_that_second: bool

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves rows out."""
        return (self.graded_since, self.submitted_since, self.workflow_state) != (None, None, None)


@router.get("/courses/{course_id}/students/submissions")
async def list_course_submissions(course_id: str, call: Opened) -> Response:
    """The submissions of many students on many assignments."""
    course = course_attended(call, course_id)
    return _listed(call, course, call.store.enrollments_of(course.id))


@router.get("/sections/{section_id}/students/submissions")
async def list_section_submissions(section_id: str, call: Opened) -> Response:
    """The same for the students of one section."""
    course, section = section_attended(call, section_id)
    return _listed(call, course, call.store.enrollments_of(course.id, section.id))


def _listed(call: Call, course: Course, enrollments: tuple[Enrollment, ...]) -> Response:
    wish = _read(call, course, enrollments)
    by_id = {each.id: each for each in wish.assignments}
    if as_text(call.params.get("grouped")):
        show_row = shows_rows(call, is_own=wish.is_own)
        return call.numbered(wish.students, lambda user_id: _show_student(call, wish, user_id, show_row))
    write_row, kept = writes_rows(call, is_own=wish.is_own), call.store.submission
    by_graded_at, is_up = call.params.get("order") == "graded_at", not _is_descending(call)
    if is_up and not (by_graded_at or wish.is_narrow):
        # No row has to be looked at to know which ones are on the page: a class can have thousands.
        places = _places(call, wish, wish.students)
        return call.bookmarked_written(
            places, _place_key, lambda place: write_row(kept(*place), by_id[place[0]])
        )
    rows = _rows(call, wish, wish.students)

    def write(row: Submission) -> bytes:
        return write_row(row, by_id[row.assignment_id])

    if is_up:
        return call.bookmarked_written(rows, _graded_key if by_graded_at else _id_key, write)
    return call.numbered_written(_descending(rows, by_graded_at=by_graded_at), write)


def _read(call: Call, course: Course, enrollments: tuple[Enrollment, ...]) -> _Wish:
    marked_only = as_flag(call.params.get("post_to_sis"))
    is_own = not (may_teach(call.actor, course, enrollments) or teaches(call, course))
    visible = students_seen(enrollments)
    if is_own:
        visible = tuple(each for each in visible if each == call.actor.user_id)
    students = _students(call, enrollments, visible, marked_only=marked_only)
    assignments = _assignments(call, course)
    return _Wish(
        is_own,
        enrollments,
        students,
        tuple(each for each in assignments if each.post_to_sis or not marked_only),
        _period_wanted(call, course),
        _since(call, "graded_since"),
        _since(call, "submitted_since"),
        as_text(call.params.get("workflow_state")) or None,
        _totals_wanted(call, course, is_own=is_own),
        takes_that_second=call.store.profile.canvas_graded_that_second == "again",
    )


def _totals_wanted(call: Call, course: Course, *, is_own: bool) -> TotalsOf | None:
    """How to get the totals, if the call wants some and the course does not hide them from who asks."""
    if "total_scores" not in call.includes or (is_own and course.hide_final_grades):
        return None
    return totals_in_course(call, course)


def _students(
    call: Call, enrollments: tuple[Enrollment, ...], visible: tuple[int, ...], *, marked_only: bool
) -> tuple[int, ...]:
    chosen = _chosen(call, visible)
    state = as_text(call.params.get("enrollment_state"))
    if state:
        if state not in _STATES:
            raise errors.plain("invalid enrollment_state")
        chosen &= set(students_among(enrollments, _STATES[state]))
    if marked_only:
        chosen &= {each.user_id for each in enrollments if each.from_sis}
    return tuple(each for each in visible if each in chosen)


def _chosen(call: Call, visible: tuple[int, ...]) -> set[int]:
    texts = call.words("student_ids")
    if not texts:
        return {call.actor.user_id}
    if "all" in texts:
        return set(visible)
    if len(texts) > PER_PAGE_MAX:
        raise errors.plain("too many students")
    chosen = {user_named(call, text).id for text in texts}
    if not chosen <= set(visible):
        raise denied(call)
    return chosen


def _assignments(call: Call, course: Course) -> tuple[Assignment, ...]:
    published = tuple(each for each in call.store.assignments_of(course.id) if each.is_published)
    wanted = set(map(as_leading_integer, call.words("assignment_ids")))
    if not wanted <= {each.id for each in published}:
        raise errors.plain("invalid assignment ids requested", 403)
    return tuple(each for each in published if not wanted or each.id in wanted)


def _period_wanted(call: Call, course: Course) -> GradingPeriod | None:
    text = as_text(call.params.get("grading_period_id"))
    return period_of_courses(call, text, course.term_id) if text else None


def _since(call: Call, name: str) -> datetime | None:
    value = call.params.get(name)
    text = as_text(value)
    if value is None or text == "":
        return None
    try:
        return read_moment(text or "", call.store.zone)
    except ValueError as error:
        raise errors.bad_datetime(name) from error


def _rows(call: Call, wish: _Wish, students: Sequence[int]) -> list[Submission]:
    """The wanted rows of these students, whoever touched them."""
    rows = [call.store.submission(*each) for each in _places(call, wish, students)]
    return [row for row in rows if _is_wanted(row, wish)] if wish.is_narrow else rows


def _places(call: Call, wish: _Wish, students: Sequence[int]) -> list[_Place]:
    """Where these students have rows."""
    return [
        (each.id, user_id) for each in wish.assignments for user_id in _assigned(call, wish, each, students)
    ]


def _assigned(call: Call, wish: _Wish, assignment: Assignment, students: Sequence[int]) -> Iterable[int]:
    """Those of these students who have an assignment to do, in the wanted grading period."""
    assignees = call.store.assignees(assignment)
    assigned = assignees.among(students)
    if wish.period is None:
        return assigned
    term_id = call.store.courses[assignment.course_id].term_id
    periods, wanted = call.store.grading_periods.of_courses(term_id), wish.period.id
    return [each for each in assigned if period_id_at(assignees.due_at_for(each), periods) == wanted]


def _is_wanted(row: Submission, wish: _Wish) -> bool:
    if not _is_after(row.submitted_at, wish.submitted_since):
        return False
    if not _is_after(row.graded_at, wish.graded_since, or_then=wish.takes_that_second):
        return False
    return wish.workflow_state in (None, row.workflow_state)


def _is_after(at: datetime | None, since: datetime | None, *, or_then: bool = False) -> bool:
    if since is None:
        return True
    return at is not None and (at > since or (or_then and at == since))


def _show_student(call: Call, wish: _Wish, user_id: int, show_row: Show) -> dict[str, Any]:
    by_id = {each.id: each for each in wish.assignments}
    rows = _rows(call, wish, (user_id,))
    mine = [each for each in wish.enrollments if each.user_id == user_id and each.type in STUDENT_TYPES]
    preferred = min(mine, key=lambda each: (each.workflow_state not in CURRENT_STATES, each.id))
    return {
        "user_id": user_id,
        "section_id": preferred.section_id,
        **({} if wish.is_own else _sis_ids(call.store.users[user_id])),
        "submissions": [show_row(row, by_id[row.assignment_id]) for row in rows],
        **({} if wish.totals_of is None else _scores(wish, wish.totals_of(user_id).course)),
    }


def _sis_ids(user: User) -> dict[str, str | None]:
    return {"sis_user_id": user.sis_user_id, "integration_id": user.integration_id}


def _scores(wish: _Wish, totals: FourTotals) -> dict[str, Any]:
    """A student's totals; those with hidden grades in them are for graders."""
    posted = {
        "computed_final_score": totals.final.score,
        "computed_current_score": totals.current.score,
    }
    if wish.is_own:
        return posted
    return {
        **posted,
        "unposted_final_score": totals.unposted_final.score,
        "unposted_current_score": totals.unposted_current.score,
    }


def _is_descending(call: Call) -> bool:
    return call.params.get("order_direction") == "descending"


def _place_key(place: _Place) -> Key:
    """Rows are numbered by assignment, then by student."""
    return place


def _id_key(row: Submission) -> Key:
    return _place_key((row.assignment_id, row.user_id))


def _graded_key(row: Submission) -> Key:
    """Rows without a time come last."""
    return (int(row.graded_at is None), row.graded_at.isoformat() if row.graded_at else "", row.id)


def _descending(rows: list[Submission], *, by_graded_at: bool) -> list[Submission]:
    if not by_graded_at:
        return sorted(rows, key=_id_key, reverse=True)
    dated = sorted((row for row in rows if row.graded_at), key=_graded_key, reverse=True)
    return dated + sorted((row for row in rows if not row.graded_at), key=_id_key, reverse=True)
