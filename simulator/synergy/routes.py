"""The fake Synergy as one application: both faces, and what an address or a verb that nobody serves answers.

No route answers 500 from a request: whatever cannot be carried out is a `Problem` of the face that was asked.
What bites: TeacherVUE is loaded when it is first asked, because a sync never asks it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from simulator.late_app import LateApp
from simulator.synergy.oneroster import errors as oneroster_errors
from simulator.synergy.oneroster.addresses import with_whole_ids
from simulator.synergy.oneroster.routes import build_oneroster
from simulator.synergy.teachervue import BASE_PATH as TEACHERVUE

_WORDS = {404: "There is nothing at this address.", 405: "This address does not take this verb."}

Refuse: TypeAlias = Callable[[Request, int, str, dict[str, str]], Response]
"""Answers with a status, words and headers, in the way of one face."""


class Synergy:
    """The application. `simulator.asgi.WorldRouter` stands before it and brings each request's gradebook."""

    def __init__(self) -> None:
        self._oneroster = _face(
            build_oneroster(), oneroster_errors.Problem, _oneroster_problem, _of_oneroster
        )
        self._teachervue = LateApp(_teacher_side)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and _path(scope).startswith(TEACHERVUE):
            await self._teachervue(scope, receive, send)
        else:
            await self._oneroster(with_whole_ids(scope), receive, send)


def build_synergy() -> Synergy:
    """The application with both faces."""
    return Synergy()


def _teacher_side() -> FastAPI:
    from simulator.synergy.teachervue.face import build_teachervue  # noqa: PLC0415 - loading it is what is put off

    return build_teachervue(_face)


def _face(
    routers: Iterable[APIRouter],
    problem: type[Exception],
    answer: Callable[[Request, Exception], Awaitable[Response]],
    refuse: Refuse,
) -> FastAPI:
    """One face: its routes, its problems, and what it answers where it has no route."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    routes: list[BaseRoute] = []
    for router in routers:
        app.include_router(router)
        routes += router.routes
    app.add_exception_handler(problem, answer)
    app.add_exception_handler(HTTPException, _no_route(routes, refuse))
    return app


async def _oneroster_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, oneroster_errors.Problem)
    return oneroster_errors.answer(request, problem)


def _of_oneroster(request: Request, status: int, words: str, headers: dict[str, str]) -> Response:
    return oneroster_errors.answer(request, oneroster_errors.problem_of_status(status, words), headers)


def _no_route(
    routes: Sequence[BaseRoute], refuse: Refuse
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Answers for an unknown address or a wrong verb, in the words of the face that was asked."""

    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = {"Allow": ", ".join(_verbs_at(request, routes))} if error.status_code == 405 else {}
        return refuse(request, error.status_code, _WORDS.get(error.status_code, str(error.detail)), headers)

    return answer


def _verbs_at(request: Request, routes: Sequence[BaseRoute]) -> list[str]:
    """Every verb that some route takes at this address; the framework names only those of the first."""
    verbs: set[str] = set()
    for route in routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            verbs |= getattr(route, "methods", None) or set()
    return sorted(verbs)


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path[len(scope.get("root_path", "")) :]
