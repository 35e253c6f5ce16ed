"""Every "no" of Canvas, byte for byte: texts, envelopes and statuses, which differ by family of endpoints.

Source: Canvas source (API error rendering, authentication, the controllers of each family); canvas-lms
issue 1272.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.client import responses
from typing import Any

from simulator.canvas.rules.assignments import Fault

NOT_FOUND_BODY = {"errors": [{"message": "The specified resource does not exist."}]}
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}


class CanvasError(Exception):
    """Canvas answers something other than what was asked for. Send the body as it stands."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:  # noqa: ANN401
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def not_found() -> CanvasError:
    """The record is not there, is deleted or belongs to another course."""
    return CanvasError(404, NOT_FOUND_BODY)


def unauthenticated() -> CanvasError:
    """No credentials at all."""
    body = {"status": "unauthenticated", "errors": [{"message": "user authorization required"}]}
    return CanvasError(401, body, _CHALLENGE)


def invalid_token() -> CanvasError:
    """A token that nobody has."""
    return CanvasError(401, {"errors": [{"message": "Invalid access token."}]}, _CHALLENGE)


def denied(status: int) -> CanvasError:
    """A good token whose owner may not do this."""
    message = "user not authorized to perform that action"
    return CanvasError(status, {"status": "unauthorized", "errors": [{"message": message}]})


def cannot_masquerade() -> CanvasError:
    """Nobody whom this token's owner may act as."""
    return CanvasError(401, {"errors": "Invalid as_user_id"})


def unreadable() -> CanvasError:
    """Parameters that cannot be parsed. The text is ours: what Canvas says here is not known."""
    return CanvasError(400, {"errors": [{"message": "The request could not be parsed."}]})


def missing(parameter: str) -> CanvasError:
    """A wrapper parameter that must be there, such as `assignment`."""
    return CanvasError(400, {"errors": [{"message": f"{parameter} is missing"}]})


def unsaved(faults: Iterable[Fault], status: int = 400) -> CanvasError:
    """A record that does not validate, by field; with 403 one that its grading period protects."""
    errors: dict[str, list[dict[str, str]]] = {}
    for fault in faults:
        entry = {"attribute": fault.attribute, "type": fault.code or fault.message, "message": fault.message}
        errors.setdefault(fault.key, []).append(entry)
    return CanvasError(status, {"errors": errors})


def listed(texts: Iterable[object]) -> CanvasError:
    """The overrides' own form: a list of what is wrong, in a batch one entry for each override."""
    return CanvasError(400, {"errors": list(texts)})


def on_base(text: str) -> CanvasError:
    """A record that does not validate as a whole."""
    return unsaved([Fault("base", "base", text)])


def json_text(text: str) -> CanvasError:
    """A refusal whose whole body is a text in JSON, as assignment groups have one."""
    return CanvasError(400, text)


def unsaved_user(faults: Iterable[Fault], login_faults: Iterable[Fault]) -> CanvasError:
    """A user that does not validate: the pseudonym's errors apart from the user's."""
    user, pseudonym = (unsaved(each).body["errors"] for each in (faults, login_faults))
    return CanvasError(400, {"errors": {"user": user, "pseudonym": pseudonym, "observee": {}}})


def invalid_record(status: int, fault: Fault) -> CanvasError:
    """A record that does not validate, outside the families that render their own errors."""
    entry = {"field": fault.attribute, "message": fault.message, "error_code": fault.code}
    return CanvasError(status, {"errors": [entry]})


def bad_datetime(parameter: str) -> CanvasError:
    """A filter by time that is not a full ISO 8601 time."""
    return CanvasError(400, {"errors": {parameter: f"Invalid datetime for {parameter}"}})


def plain(text: str, status: int = 400) -> CanvasError:
    """The submissions family's own form."""
    return CanvasError(status, {"error": text})


def only_one_late_policy() -> CanvasError:
    """A course that has a late policy is given another."""
    message = "only one late policy per course is allowed"
    return CanvasError(400, {"status": "bad_request", "errors": [{"message": message}]})


def coded(code: str, text: str) -> CanvasError:
    """The SIS API's own form."""
    return CanvasError(400, {"code": code, "error": text})


def message(text: str, status: int = 400) -> CanvasError:
    """The sections', enrollments' and assignment lists' own form."""
    return CanvasError(status, {"message": text})


def bare(text: str, status: int) -> CanvasError:
    """The SIS imports' own form: the texts themselves, not hashes."""
    return CanvasError(status, {"errors": [text]})


def server_error(status: int, report: int) -> CanvasError:
    """Canvas itself broke; `report` is the number under which it keeps what happened."""
    entry = {"message": "An error occurred.", "error_code": "internal_server_error"}
    return CanvasError(status, {"errors": [entry], "error_report_id": report})


def of_status(status: int, words: str, report: int) -> CanvasError:
    """Any status at all, in the form that Canvas gives it; "" for its own words where it has some."""
    if status >= 500:
        return server_error(status, report)
    if status == 403:
        error = denied(status)
    elif status in {401, 404}:
        error = invalid_token() if status == 401 else not_found()
    else:
        return message(words or responses.get(status, "Error"), status)
    if words:
        error.body = {**error.body, "errors": [{"message": words}]}
    return error


THROTTLED = {
    403: "403 Forbidden (Rate Limit Exceeded)\n",
    429: "429 Too Many Requests (Rate Limit Exceeded)\n",
}
"""What a throttled client reads, as plain text, by the status that this Canvas throttles with."""
THROTTLED_HEADERS = {"X-Rate-Limit-Remaining": "0.0"}
