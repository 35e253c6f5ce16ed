"""An application that refuses as Canvas does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from simulator.canvas.errors import CanvasError
from simulator.canvas.routes.entry import CanvasResponse


def canvas_application(no_route: Callable[[Request, Exception], Awaitable[Response]]) -> FastAPI:
    """An application without routes; `no_route` answers what it has none for."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_exception_handler(CanvasError, _refuse)
    app.add_exception_handler(HTTPException, no_route)
    return app


async def _refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, CanvasError):
        raise error
    return CanvasResponse(error.body, error.status, headers=error.headers)
