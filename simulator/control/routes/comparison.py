"""Both gradebooks beside each other: two totals for each student, and why they differ.

What must never be here: a cause; `simulator.comparing` finds them. `Accept: text/plain` asks for the text
that a person reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from simulator.canvas.class_book import ClassBook
from simulator.comparing import Compared, Look, compared
from simulator.control.answers import bad, told
from simulator.control.asking import question_of, wants_text, world_of
from simulator.control.questions import ComparisonQuestion
from simulator.control.routes.gradebook import course_of, period_of
from simulator.world import World

ALL_PERIODS = "all"


async def compare_totals(request: Request) -> Response:
    """The totals of the students of a Canvas course in both gradebooks, and the causes of each difference."""
    wanted, world = question_of(request, ComparisonQuestion), world_of(request)
    course = course_of(request, world.canvas)
    period_id = period_of(world.canvas, course, ClassBook(world.canvas, course), wanted)
    look = Look(period_id, wanted.ungraded_as_zero, _synergy_period(world, wanted.grading_period))
    rows = list(compared(world, course.id, look))
    if wants_text(request):
        return PlainTextResponse("\n".join(_lines(rows)) + "\n")
    return told({"course_id": course.id, "students": [_row(each) for each in rows]})


def _synergy_period(world: World, wanted: str) -> str | None:
    """None for what is on show, "" for all; a period by its guid or its name."""
    if wanted in ("", ALL_PERIODS):
        return None if not wanted else ""
    periods = world.synergy.grading_periods()
    found = next((each.guid for each in periods if wanted in (each.guid, each.name)), None)
    if found is None:
        raise bad("grading_period", f"is none of Synergy's: {', '.join(each.name for each in periods)}, all.")
    return found


def _row(row: Compared) -> dict[str, Any]:
    canvas, synergy = row.canvas, row.synergy
    return {
        "student_id": row.student_guid,
        "name": row.student_name,
        "class_id": row.class_guid,
        "agree": row.agree,
        "canvas": {
            "total": None if canvas.total is None else float(canvas.total),
            "period": canvas.period or None,
        },
        "synergy": {
            "total": None if synergy.total is None else float(synergy.total),
            "shown": synergy.shown,
            "period": synergy.period.name if synergy.period else None,
        },
        "causes": [
            {
                "rule": None if each.rule is None else each.rule.id,
                "assignment": each.about or None,
                "words": each.words,
                "remedy": each.remedy,
            }
            for each in row.causes
        ],
    }


def _lines(rows: Iterable[Compared]) -> Iterator[str]:
    """Everybody whose totals differ, with each cause and its remedy; then how many have no difference."""
    agreeing = 0
    for row in rows:
        if row.agree:
            agreeing += 1
            continue
        canvas = "-" if row.canvas.total is None else f"{row.canvas.total:.2f}"
        yield f"{row.student_name}: {canvas} in Canvas, {row.synergy.shown} in Synergy"
        for cause in row.causes:
            rule = "no known rule" if cause.rule is None else cause.rule.id
            yield f"  {rule}: {cause.words}\n    {cause.remedy}"
    yield f"{agreeing} {'student has' if agreeing == 1 else 'students have'} the same total in both."


ROUTES = (
    Route("/_sim/worlds/{name}/canvas/courses/{course_id}/totals_compared", compare_totals, methods=["GET"]),
)
