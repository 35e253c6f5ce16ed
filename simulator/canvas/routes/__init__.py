"""Canvas's REST API, `/api/v1`, its SIS API, `/api/sis`, and its GraphQL: one module for each family."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from simulator.asgi import exchange_of
from simulator.canvas.errors import NOT_FOUND_BODY, CanvasError
from simulator.canvas.routes import (
    accounts,
    assignments,
    bulk_grading,
    class_submissions,
    course_edits,
    courses,
    enrollments,
    grade_log,
    gradebook_history,
    grading,
    grading_periods,
    graphql,
    groups,
    handing_in,
    late_policies,
    moderation,
    overrides,
    passback,
    people,
    progress,
    section_edits,
    sections,
    sis,
    terms,
)
from simulator.canvas.routes.entry import CanvasResponse
from simulator.canvas.routes.slashes import KeepEncodedSlashes
from simulator.canvas.routes.throttling import Throttle

FAMILIES = (
    class_submissions, grading, overrides, assignments, groups, enrollments, courses, course_edits, sections,
    section_edits, people, accounts, terms, passback, grading_periods, handing_in, late_policies, moderation,
    gradebook_history, grade_log, bulk_grading, progress,
)  # fmt: skip
"""All but the SIS API and GraphQL, which have paths of their own.

Routes are tried in this order, so those that a sync asks most come first; and "overrides" is no assignment's
id, so overrides come before assignments.
"""


def build_canvas() -> FastAPI:
    """The application; the store of each request's world comes with the request, as `state.store`."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for family in FAMILIES:
        app.include_router(family.router, prefix="/api/v1")
    app.include_router(sis.router, prefix="/api/sis")
    app.include_router(graphql.router, prefix="/api")
    app.add_middleware(Throttle)
    app.add_middleware(KeepEncodedSlashes)
    app.add_exception_handler(CanvasError, _refuse)
    app.add_exception_handler(HTTPException, _no_route)
    return app


async def _refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, CanvasError):
        raise error
    return CanvasResponse(error.body, error.status, headers=error.headers)


async def _no_route(request: Request, _error: Exception) -> Response:
    """Rails knows no 405: a method that a path does not have is a path that is not there.

    What real Canvas would have answered is another matter, so the journal keeps that it is not simulated.
    """
    exchange_of(request.scope).simulated = False
    return CanvasResponse(NOT_FOUND_BODY, 404)
