"""The fake Synergy as one application: both faces, and what an address or a verb that nobody serves answers.

No route answers 500 from a request: whatever cannot be carried out is a `Problem` of the face that was asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from simulator.synergy.oneroster import errors as oneroster_errors
from simulator.synergy.oneroster.routes import build_oneroster
from simulator.synergy.teachervue import book_routes, finding, office_routes, type_routes
from simulator.synergy.teachervue import errors as teachervue_errors
from simulator.synergy.teachervue import routes as teachervue_routes

_WORDS = {404: "There is nothing at this address.", 405: "This address does not take this verb."}


def build_synergy() -> FastAPI:
    """The application. `simulator.asgi.WorldRouter` stands before it and brings each request's gradebook."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    routers = (
        *build_oneroster(),
        teachervue_routes.router,
        book_routes.router,
        type_routes.router,
        office_routes.router,
    )
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(oneroster_errors.Problem, _oneroster_problem)
    app.add_exception_handler(teachervue_errors.Problem, _teachervue_problem)
    app.add_exception_handler(
        HTTPException, _http_problem([each for router in routers for each in router.routes])
    )
    return app


async def _oneroster_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, oneroster_errors.Problem)
    return oneroster_errors.answer(request, problem)


async def _teachervue_problem(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, teachervue_errors.Problem)
    return teachervue_errors.answer(problem)


def _http_problem(routes: Sequence[BaseRoute]) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Answers for an unknown address or a wrong verb, in the words of the face that was asked."""

    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = {"Allow": ", ".join(_verbs_at(request, routes))} if error.status_code == 405 else {}
        words = _WORDS.get(error.status_code, str(error.detail))
        if _path(request).startswith(finding.BASE_PATH):
            return teachervue_errors.answer(teachervue_errors.plain(error.status_code, words), headers)
        problem = oneroster_errors.problem_of_status(error.status_code, words)
        return oneroster_errors.answer(request, problem, headers)

    return answer


def _verbs_at(request: Request, routes: Sequence[BaseRoute]) -> list[str]:
    """Every verb that some route takes at this address; the framework names only those of the first."""
    verbs: set[str] = set()
    for route in routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            verbs |= getattr(route, "methods", None) or set()
    return sorted(verbs)


def _path(request: Request) -> str:
    path: str = request.scope["path"]
    return path[len(request.scope.get("root_path", "")) :]
