"""Grade Book Main and what belongs to a class as a whole: shown period, many at once, copies, families."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from simulator.synergy import duplicates, teacher
from simulator.synergy.class_totals import class_totals
from simulator.synergy.teachervue import BASE_PATH, bodies, views
from simulator.synergy.teachervue.errors import readable, refused
from simulator.synergy.teachervue.finding import (
    admitted,
    assignment_of,
    chosen_period,
    section_of,
    student_of,
)

router = APIRouter(prefix=BASE_PATH)


@router.get("/classes/{class_id}/gradebook")
async def show_gradebook(request: Request, class_id: str) -> JSONResponse:
    """Grade Book Main, as it is opened."""
    store = admitted(request)
    section = section_of(store, class_id)
    return JSONResponse(views.gradebook(store, section, *teacher.open_gradebook(store, section)))


@router.put("/classes/{class_id}/gradebook")
async def switch_period(request: Request, class_id: str) -> JSONResponse:
    """Switch Grade Book Main to another grading period."""
    store = admitted(request)
    section = section_of(store, class_id)
    with readable():
        period = bodies.read_shown(await request.body(), store)
    section = teacher.show_period(store, section, period)
    return JSONResponse(views.gradebook(store, section, *teacher.open_gradebook(store, section)))


@router.put("/classes/{class_id}/assignments")
async def save_many(request: Request, class_id: str) -> JSONResponse:
    """The Assignments screen, Save."""
    store = admitted(request)
    section = section_of(store, class_id)
    with readable():
        wanted = bodies.read_many(await request.body(), store, section)
    answer = teacher.save_many(store, wanted)
    if answer is not None:
        raise refused(answer)
    saved = [store.assignments[each.line_item_id] for each in wanted]
    return JSONResponse({"assignments": views.screens(store, saved)})


@router.post("/classes/{class_id}/assignments/{assignment_id}/duplicate")
async def duplicate(request: Request, class_id: str, assignment_id: str) -> JSONResponse:
    """Let an assignment be there twice, as teachers find it one morning; no screen does this."""
    store = admitted(request)
    copies = duplicates.duplicate(store, assignment_of(store, class_id, assignment_id))
    return JSONResponse({"assignments": views.screens(store, copies)}, 201)


@router.get("/families/{student_id}/classes/{class_id}")
async def show_family(request: Request, student_id: str, class_id: str) -> JSONResponse:
    """A class as a student's family sees it."""
    store = admitted(request)
    section = section_of(store, class_id)
    student = student_of(store, section, student_id)
    period = chosen_period(request, store) or store.shown_period(section)
    total = next(
        each.total for each in class_totals(store, section, period) if each.student.guid == student.guid
    )
    return JSONResponse(views.family(store, section, student, period, total))
