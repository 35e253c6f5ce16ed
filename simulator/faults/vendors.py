"""How each system says no, and how its tokens end: what faults need to know of the vendors.

What must never be here: a vendor's words; they are in each system's own `errors`.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from simulator.asgi import path_in_world
from simulator.canvas import errors as canvas_errors
from simulator.canvas.routes.entry import CanvasResponse
from simulator.canvas.store import CanvasStore
from simulator.faults.answered import Answered
from simulator.state import Store
from simulator.synergy.oneroster import errors as oneroster_errors
from simulator.synergy.oneroster import token as oneroster_token
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue import errors as teachervue_errors

_QUERY_TOKEN = re.compile(r"(?:^|&)access_token=([^&]*)")


def error_answer(
    system: str, request: Request, status: int, words: str, *, retry_after: int | None, report: int
) -> Answered:
    """A status in the error body of the system that was asked; `report` numbers what went wrong there."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answered.of(_refusal(system, request, status, words, headers=headers, report=report))


def throttled(system: str, request: Request, status: int, *, retry_after: int | None) -> Answered:
    """What a client is told that asks for too much. Only Canvas ever did so with 403."""
    if system != "canvas":
        return error_answer(system, request, 429, "", retry_after=retry_after, report=0)
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    said = canvas_errors.THROTTLED[status]
    return Answered.of(
        PlainTextResponse(said, status, headers={**canvas_errors.THROTTLED_HEADERS, **headers})
    )


def token_of(system: str, request: Request) -> str:
    """The access token that a request carries, "" for none; Canvas takes it from the query as well."""
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    asked = _QUERY_TOKEN.search(request.url.query) if system == "canvas" else None
    return asked[1] if asked else ""


def forget_token(store: Store, system: str, request: Request) -> None:
    """The token that a request carries opens nothing any more."""
    if isinstance(store, GradebookStore | CanvasStore):
        store.forget_token(token_of(system, request))


def forget_all_tokens(store: Store) -> None:
    """Access tokens that live in a server's memory end with it; Canvas keeps its own in the database."""
    if isinstance(store, GradebookStore):
        store.forget_all_tokens()


def _refusal(
    system: str, request: Request, status: int, words: str, *, headers: dict[str, str], report: int
) -> Response:
    if system == "canvas":
        error = canvas_errors.of_status(status, words, report)
        return CanvasResponse(error.body, error.status, headers={**error.headers, **headers})
    if system == "teachervue":
        return teachervue_errors.answer(teachervue_errors.trouble(status, words), headers)
    if path_in_world(request.scope) == oneroster_token.TOKEN_PATH:
        return oneroster_token.answer(oneroster_token.trouble(status, words), headers)
    challenge = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return oneroster_errors.answer(request, oneroster_errors.trouble(status, words), {**challenge, **headers})
