"""The school office's side of Synergy as routes, `/teachervue/office`.

The paths are ours; see the README beside this file. What bites: an answer is about Synergy. Canvas hears of
none of it before the nightly roster feed.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.synergy import office
from simulator.synergy.model import ClassSection, Member
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue import office_bodies, views
from simulator.synergy.teachervue.errors import readable, unknown
from simulator.synergy.teachervue.finding import period_of, section_of
from simulator.synergy.teachervue.gate import admit

OFFICE_NAME = "school office in Synergy"

router = APIRouter(prefix="/teachervue/office")


@router.get("/classes/{class_id}/students")
async def list_students(request: Request, class_id: str) -> JSONResponse:
    """The class list."""
    store = _admit(request)
    return _class_list(store, section_of(store, class_id))


@router.post("/classes")
async def open_class(request: Request) -> JSONResponse:
    """A section opens."""
    store = _admit(request)
    with readable():
        wanted = office_bodies.read_opening(await request.body(), store)
    return JSONResponse(views.school_class(store, office.open_class(store, wanted)), 201)


@router.post("/students")
async def admit_student(request: Request) -> JSONResponse:
    """A student comes to the school."""
    store = _admit(request)
    with readable():
        wanted = office_bodies.read_admission(await request.body(), store)
    return JSONResponse(views.student(office.admit(store, wanted)), 201)


@router.delete("/students/{student_id}")
async def leave_school(request: Request, student_id: str) -> Response:
    """A student leaves the school, and with it every class."""
    store = _admit(request)
    office.leave_school(store, _student(store, student_id))
    return Response(status_code=204)


@router.post("/classes/{class_id}/students")
async def join_class(request: Request, class_id: str) -> JSONResponse:
    """A student joins a class."""
    store = _admit(request)
    section = section_of(store, class_id)
    with readable():
        student = office_bodies.read_joining(await request.body(), store, section)
    office.join(store, section, student)
    return _class_list(store, section, 201)


@router.delete("/classes/{class_id}/students/{student_id}")
async def leave_class(request: Request, class_id: str, student_id: str) -> Response:
    """A student leaves a class."""
    store = _admit(request)
    section = section_of(store, class_id)
    office.leave(store, section, _student_in(store, section, student_id))
    return Response(status_code=204)


@router.post("/classes/{class_id}/students/{student_id}/move")
async def move_student(request: Request, class_id: str, student_id: str) -> JSONResponse:
    """A student changes to another class."""
    store = _admit(request)
    old = section_of(store, class_id)
    student = _student_in(store, old, student_id)
    with readable():
        new = office_bodies.read_moving(await request.body(), store, student)
    office.move(store, student, old=old, new=new)
    return _class_list(store, new)


@router.get("/grading_periods")
async def list_grading_periods(request: Request) -> JSONResponse:
    """The grading periods, and which of them are closed."""
    store = _admit(request)
    return JSONResponse({"grading_periods": [views.grading_period(each) for each in store.grading_periods()]})


@router.put("/grading_periods/{period_id}")
async def set_period_closed(request: Request, period_id: str) -> JSONResponse:
    """Open or close a grading period for editing."""
    store = _admit(request)
    period = period_of(store, period_id)
    with readable():
        closed = office_bodies.read_closing(await request.body())
    return JSONResponse(views.grading_period(office.set_period_closed(store, period, closed=closed)))


def _admit(request: Request) -> GradebookStore:
    return admit(request, OFFICE_NAME)


def _class_list(store: GradebookStore, section: ClassSection, status: int = 200) -> JSONResponse:
    return JSONResponse(views.class_list(store, section), status)


def _student(store: GradebookStore, student_id: str) -> Member:
    student = store.members.get(student_id)
    if student is None or student.role != "student":
        raise unknown("student")
    return student


def _student_in(store: GradebookStore, section: ClassSection, student_id: str) -> Member:
    student = _student(store, student_id)
    if not office.is_in(store, section, student):
        raise unknown("student in this class")
    return student
