"""My Assignment Types, in Grade Book Setup."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.synergy import teacher_types
from simulator.synergy.store import Refused
from simulator.synergy.teachervue import BASE_PATH, type_bodies, views
from simulator.synergy.teachervue.errors import readable, refused
from simulator.synergy.teachervue.finding import admitted, section_of, type_of

router = APIRouter(prefix=f"{BASE_PATH}/classes/{{class_id}}/types")


@router.post("")
async def add_type(request: Request, class_id: str) -> JSONResponse:
    """New, Save."""
    store = admitted(request)
    section = section_of(store, class_id)
    with readable():
        wanted = type_bodies.read_new(await request.body(), store, section)
    made = teacher_types.add_types(store, wanted)
    if isinstance(made, Refused):
        raise refused(made)
    return JSONResponse(views.assignment_type(made, section), 201)


@router.put("/{type_id}")
async def change_type(request: Request, class_id: str, type_id: str) -> JSONResponse:
    """Save."""
    store = admitted(request)
    section = section_of(store, class_id)
    kind = type_of(store, section, type_id)
    with readable():
        wanted = type_bodies.read_save(await request.body(), kind)
    saved = teacher_types.change_type(store, section, wanted)
    if isinstance(saved, Refused):
        raise refused(saved)
    return JSONResponse(views.assignment_type(saved, section))


@router.delete("/{type_id}")
async def remove_type(request: Request, class_id: str, type_id: str) -> Response:
    """Delete."""
    store = admitted(request)
    section = section_of(store, class_id)
    answer = teacher_types.remove_type(store, section, type_of(store, section, type_id))
    if answer is not None:
        raise refused(answer)
    return Response(status_code=204)
