"""TeacherVUE's refusals on the wire. The shapes are ours; each says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import responses
from typing import Any

from starlette.responses import JSONResponse

from simulator.synergy.bodies import BodyError
from simulator.synergy.store import Refused


class Problem(Exception):  # noqa: N818 - it is an answer to the client, not a fault of ours
    """The request cannot be carried out."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body


def plain(status: int, words: str) -> Problem:
    """A fault in words."""
    return Problem(status, {"error": words})


def unknown(what: str) -> Problem:
    """404."""
    return plain(404, f"There is no such {what}.")


def invalid(words: str, field: str = "") -> Problem:
    """422: a field cannot be taken as it is."""
    return plain(422, f"{field}: {words}" if field else words)


def refused(answer: Refused) -> Problem:
    """409: a rule says no, and says its name. What no documented rule refused is 422, as bad input is."""
    refusal = answer.refusal
    if not answer.rule:
        return invalid(refusal.words, refusal.field)
    return Problem(409, {"refused": {"rule": answer.rule, "words": refusal.words, "field": refusal.field}})


@contextmanager
def readable() -> Iterator[None]:
    """A body that cannot be read or taken is 422, with its field."""
    try:
        yield
    except BodyError as error:
        raise invalid(error.words, error.field) from error


def answer(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The problem on the wire."""
    given = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return JSONResponse(problem.body, problem.status, headers={**given, **(headers or {})})


def trouble(status: int, words: str) -> Problem:
    """Any status at all, whatever was asked for."""
    return plain(status, words or f"{responses.get(status, 'Error')}.")
