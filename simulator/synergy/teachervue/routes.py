"""TeacherVUE's screens as routes. The paths are ours; see the README beside this file."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.synergy import class_setup, teacher
from simulator.synergy.class_totals import class_totals
from simulator.synergy.model import Cell
from simulator.synergy.store import Refused
from simulator.synergy.teachervue import BASE_PATH, bodies, setup_bodies, views
from simulator.synergy.teachervue.errors import invalid, readable, refused
from simulator.synergy.teachervue.finding import (
    admitted,
    assignment_of,
    chosen_period,
    section_of,
    student_of,
)

router = APIRouter(prefix=BASE_PATH)


@router.get("/classes")
async def list_classes(request: Request) -> JSONResponse:
    """The class picker."""
    store = admitted(request)
    return JSONResponse({"classes": [views.school_class(store, each) for each in store.classes.values()]})


@router.get("/classes/{class_id}/assignments")
async def list_assignments(request: Request, class_id: str) -> JSONResponse:
    """Grade Book Main: with a grading period, only what is ticked for it."""
    store = admitted(request)
    shown = store.assignments_in(section_of(store, class_id).guid)
    period = chosen_period(request, store)
    if period is not None:
        shown = tuple(each for each in shown if period.guid in each.period_guids)
    return JSONResponse({"assignments": views.screens(store, teacher.look_at(store, shown))})


@router.put("/classes/{class_id}/setup")
async def save_setup(request: Request, class_id: str) -> JSONResponse:
    """Grade Book Setup, Save."""
    store = admitted(request)
    section = section_of(store, class_id)
    with readable():
        wanted = setup_bodies.read_setups(await request.body(), store, section)
    answer = class_setup.save_setups(store, wanted)
    if answer is not None:
        raise refused(answer)
    return JSONResponse(views.school_class(store, store.classes[section.guid]))


@router.get("/classes/{class_id}/totals")
async def show_totals(request: Request, class_id: str) -> JSONResponse:
    """Each student's total, with everything that it is put together from."""
    store = admitted(request)
    section, period = section_of(store, class_id), chosen_period(request, store)
    return JSONResponse(views.totals(section, period, class_totals(store, section, period)))


@router.post("/classes/{class_id}/assignments")
async def add_assignment(request: Request, class_id: str) -> JSONResponse:
    """New Assignment, Save."""
    store = admitted(request)
    section = section_of(store, class_id)
    with readable():
        wanted = bodies.read_new(await request.body(), store, section)
    made = teacher.add_assignment(store, wanted)
    if isinstance(made, Refused):
        raise refused(made)
    return JSONResponse(views.screen(store, made), 201)


@router.get("/classes/{class_id}/assignments/{assignment_id}")
async def show_assignment(request: Request, class_id: str, assignment_id: str) -> JSONResponse:
    """The edit screen."""
    store = admitted(request)
    return JSONResponse(
        views.screen(store, *teacher.look_at(store, [assignment_of(store, class_id, assignment_id)]))
    )


@router.put("/classes/{class_id}/assignments/{assignment_id}")
async def save_assignment(request: Request, class_id: str, assignment_id: str) -> JSONResponse:
    """Save the edit screen."""
    store = admitted(request)
    stored = assignment_of(store, class_id, assignment_id)
    with readable():
        wanted = bodies.read_save(await request.body(), store, stored)
    saved = teacher.save_assignment(store, stored, wanted)
    if isinstance(saved, Refused):
        raise refused(saved)
    return JSONResponse(views.screen(store, saved))


@router.delete("/classes/{class_id}/assignments/{assignment_id}")
async def delete_assignment(request: Request, class_id: str, assignment_id: str) -> Response:
    """Delete, from the edit screen as it stands."""
    store = admitted(request)
    assignment = assignment_of(store, class_id, assignment_id)
    shown = request.query_params.get("third_party_readonly")
    if shown not in {None, "true", "false"}:
        raise invalid('must be "true" or "false": how the edit screen shows it.', "third_party_readonly")
    unsaved = shown == "false" and assignment.third_party_readonly
    answer = teacher.delete_assignment(store, assignment, unlocked_unsaved=unsaved)
    if answer is not None:
        raise refused(answer)
    return Response(status_code=204)


@router.put("/classes/{class_id}/assignments/{assignment_id}/scores/{student_id}")
async def save_score(request: Request, class_id: str, assignment_id: str, student_id: str) -> JSONResponse:
    """Type into a grade cell."""
    store = admitted(request)
    assignment = assignment_of(store, class_id, assignment_id)
    student = student_of(store, section_of(store, class_id), student_id)
    with readable():
        cell = Cell(assignment.line_item_id, student.guid)
        wanted = bodies.read_score(await request.body(), store, assignment, cell)
    answer = teacher.save_score(store, assignment, wanted)
    if answer is not None:
        raise refused(answer)
    return JSONResponse(views.screen(store, assignment))
