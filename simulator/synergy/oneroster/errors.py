"""OneRoster's status codes and both of its error envelopes, byte for byte.

Two envelopes are in the wild: the nested one of the 1.1 binding, and the flat `statusInfoSet` of the
specification's prose (seen at Blackbaud and in Microsoft's provider). The profile says which one this Synergy
answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from http.client import responses
from typing import Any, Literal

from starlette.requests import Request

from simulator.synergy.oneroster.answers import OneRosterResponse
from simulator.synergy.store import GradebookStore, Refused

BARE_WORDS = "An error occurred."
"""All that a provider says which does not say why."""

_PROSE = {
    "unknownobject": "unknown object",
    "invaliddata": "invalid data",
    "unauthorisedrequest": "unauthorized",
    "unsupportedoperation": "invalid data",
    "deletefailure": "invalid data",
}
"""The prose has other words than the binding, and fewer: none for a verb or for a deletion."""
_MINOR_OF_STATUS = {
    401: "unauthorisedrequest",
    403: "forbidden",
    404: "unknownobject",
    405: "unsupportedoperation",
    429: "server_busy",
}


class Problem(Exception):  # noqa: N818 - it is an answer to the client, not a fault of ours
    """The request cannot be carried out. `minor` is one of OneRoster's minor codes."""

    def __init__(self, status: int, words: str, minor: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.minor = minor
        self.headers = headers or {}


def unknown_object(what: str, sourced_id: str) -> Problem:
    """404: nothing has this sourcedId."""
    return Problem(404, f'There is no {what} with the sourcedId "{sourced_id}".', "unknownobject")


def not_admitted(words: str, scheme: str) -> Problem:
    """401: nobody knows who asks; `scheme` is the way to say so."""
    return Problem(401, words, "unauthorisedrequest", {"WWW-Authenticate": scheme})


def busy(seconds: int) -> Problem:
    """429: come again in so many seconds."""
    words = f"Too many requests; come again in {seconds} seconds."
    return Problem(429, words, "server_busy", {"Retry-After": str(seconds)})


def invalid(words: str, field: str = "") -> Problem:
    """422: the body cannot be taken as it is."""
    return Problem(422, f"{field}: {words}" if field else words, "invaliddata")


def refused(answer: Refused, lock_refusal_status: int) -> Problem:
    """What a refused write answers. Which status the lock has is a switch; everything else is 422."""
    if answer.rule != "READONLY-OFF-ERROR":
        return invalid(answer.refusal.words, answer.refusal.field)
    minor = "forbidden" if lock_refusal_status == 403 else "invaliddata"
    return Problem(lock_refusal_status, answer.refusal.words, minor)


def problem_of_status(status: int, words: str) -> Problem:
    """What an HTTP fault that is none of OneRoster's own, such as a wrong verb, looks like here."""
    return Problem(status, words, _MINOR_OF_STATUS.get(status, "invaliddata"))


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> OneRosterResponse:
    """The problem as this Synergy says it."""
    store: GradebookStore = request.state.store
    message = store.ids.guid("message", len(store.journal))
    operation = f"{request.method} {request.scope['path']}"
    if store.profile.provider.error_words == "bare":
        problem = Problem(problem.status, BARE_WORDS, problem.minor, problem.headers)
    if store.profile.error_shape == "statusInfoSet":
        body: dict[str, Any] = {
            "statusInfoSet": [status_info("failure", "error", operation, problem.words, _prose_of(problem))]
        }
    else:
        body = _binding(message, operation, problem)
    given = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    given |= {**problem.headers, **(headers or {})}
    return OneRosterResponse(body, problem.status, headers=given)


def _prose_of(problem: Problem) -> str:
    return "forbidden" if problem.status == 403 else problem.minor


def status_info(
    major: Literal["success", "failure"],
    severity: Literal["warning", "error"],
    operation: str,
    words: str,
    minor: str,
) -> dict[str, str]:
    """One entry of a `statusInfoSet`: an error, or the warning beside a success."""
    return {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_operationRefIdentifier": operation,
        "imsx_description": words,
        "imsx_codeMinor": _PROSE.get(minor, minor),
    }


def _binding(message: str, operation: str, problem: Problem) -> dict[str, Any]:
    field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": problem.minor}
    return {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_messageRefIdentifier": message,
        "imsx_operationRefIdentifier": [operation],
        "imsx_description": problem.words,
        "imsx_CodeMinor": {"imsx_codeMinorField": [field]},
    }


_MINOR_OF_TROUBLE = {429: "server_busy", 500: "internal_server_error", 503: "server_busy"}
_WORDS_OF_TROUBLE = {
    401: "The access token is missing, unknown or expired; ask the token endpoint for another.",
    403: "This client may not do that.",
    404: "There is nothing at this address.",
    429: "Too many requests; come again later.",
    500: "Something went wrong in the server.",
    503: "The server is not ready; come again later.",
}


def trouble(status: int, words: str) -> Problem:
    """Any status at all, whatever was asked for; "" for the words that go with it here."""
    minor = _MINOR_OF_TROUBLE.get(status) or problem_of_status(status, "").minor
    return Problem(status, words or _WORDS_OF_TROUBLE.get(status, responses.get(status, "Error")), minor)
