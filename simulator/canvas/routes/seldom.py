"""The families of endpoints that a sync seldom asks, as an application of their own."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.responses import Response

from simulator.asgi import exchange_of
from simulator.canvas.errors import NOT_FOUND_BODY
from simulator.canvas.routes import (
    accounts,
    bulk_grading,
    course_edits,
    grade_log,
    gradebook_history,
    grading_periods,
    graphql,
    handing_in,
    late_policies,
    moderation,
    passback,
    progress,
    section_edits,
    sis,
    terms,
)
from simulator.canvas.routes.application import canvas_application
from simulator.canvas.routes.entry import CanvasResponse

SELDOM_ASKED = (
    course_edits, section_edits, accounts, terms, passback, grading_periods, handing_in, late_policies,
    moderation, gradebook_history, grade_log, bulk_grading, progress,
)  # fmt: skip
"""All but the SIS API and GraphQL, which have paths of their own."""


def build_others() -> FastAPI:
    """The application."""
    app = canvas_application(_no_route)
    for family in SELDOM_ASKED:
        app.include_router(family.router, prefix="/api/v1")
    app.include_router(sis.router, prefix="/api/sis")
    app.include_router(graphql.router, prefix="/api")
    return app


async def _no_route(request: Request, _error: Exception) -> Response:
    """Rails knows no 405: a method that a path does not have is a path that is not there.

    What real Canvas would have answered is another matter, so the journal keeps that it is not simulated.
    """
    exchange_of(request.scope).simulated = False
    return CanvasResponse(NOT_FOUND_BODY, 404)
