"""What a teacher sees in Canvas's gradebook and no API tells, because the browser computes it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.canvas.class_book import ClassBook
from simulator.canvas.model import Course, User
from simulator.canvas.opened_book import note_comparable, period_when_opened
from simulator.canvas.rules.totals import ColumnTotal, ColumnView
from simulator.canvas.store import CanvasStore
from simulator.control.answers import bad, not_there, told
from simulator.control.asking import question_of, world_of
from simulator.control.questions import ColumnQuestion, GradebookQuestion


async def show_total_column(request: Request) -> Response:
    """The Total column of a course, a row for each student, with the filters that are set."""
    wanted, canvas = question_of(request, ColumnQuestion), world_of(request).canvas
    course = course_of(request, canvas)
    sections = {each.id: each for each in canvas.sections_of(course.id)}
    if wanted.section and wanted.section not in sections:
        raise bad(
            "section", f"the course has no section {wanted.section}; it has {_listed(sorted(sections))}."
        )
    book = ClassBook(canvas, course)
    period = period_of(canvas, course, book, wanted)
    note_comparable(canvas, course, sections.get(wanted.section), period)
    view = ColumnView(period, wanted.ungraded_as_zero, wanted.as_points)
    rows = [_row(canvas.users[each], book.column_of(each, view)) for each in book.students(wanted.section)]
    return told({"course_id": course.id, "period": period, "students": rows})


def course_of(request: Request, canvas: CanvasStore) -> Course:
    """The Canvas course that the path names.

    Raises:
        ControlError: If there is none.
    """
    text = request.path_params["course_id"]
    course = canvas.courses.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 16 else None
    if course is None or course.workflow_state == "deleted":
        raise not_there(f"There is no course {text[:40]} in this world's Canvas.")
    return course


def period_of(canvas: CanvasStore, course: Course, book: ClassBook, wanted: GradebookQuestion) -> int:
    """The grading period that the gradebook is filtered by; 0 for all.

    Raises:
        ControlError: If the course has no such period.
    """
    if wanted.period is None:
        return period_when_opened(canvas, course, book)
    if wanted.period and wanted.period not in book.period_ids:
        raise bad("period", f"the course has no period {wanted.period}; it has {_listed(book.period_ids)}.")
    return wanted.period


def _listed(ids: Collection[int]) -> str:
    return ", ".join(map(str, ids)) or "none"


def _row(student: User, total: ColumnTotal) -> dict[str, Any]:
    return {
        "user_id": student.id,
        "sis_user_id": student.sis_user_id,
        "name": student.sortable_name,
        "score": total.score,
        "points": total.points,
        "possible": total.possible,
        "letter": total.letter,
        "shows_points": total.shows_points,
        "dropped_assignment_ids": sorted(total.dropped),
    }


ROUTES = (
    Route("/_sim/worlds/{name}/canvas/courses/{course_id}/total_column", show_total_column, methods=["GET"]),
)
