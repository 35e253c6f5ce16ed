"""TeacherVUE as an application of its own, put together when somebody first asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from simulator.synergy.teachervue import book_routes, office_routes, routes, type_routes
from simulator.synergy.teachervue import errors as teachervue_errors


def build_teachervue(face: Callable[..., FastAPI]) -> FastAPI:
    """The teacher's side, made by what makes a face of routes, problems and refusals."""
    routers = (routes.router, book_routes.router, type_routes.router, office_routes.router)
    return face(routers, teachervue_errors.Problem, _problem, _refuse)


async def _problem(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, teachervue_errors.Problem)
    return teachervue_errors.answer(problem)


def _refuse(_request: Request, status: int, words: str, headers: dict[str, Any]) -> Response:
    return teachervue_errors.answer(teachervue_errors.plain(status, words), headers)
