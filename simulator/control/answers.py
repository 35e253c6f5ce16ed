"""How the control API answers: JSON, and problems that name the field and say what to do.

What must never be here: what the answers are about. What bites: made-up names may hold half a surrogate pair,
which JSON can write and UTF-8 cannot; the answer then carries JSON's own escape.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.responses import Response

JSON = "application/json"
_DURATION = 'must be a duration of ISO 8601, such as "PT1H30M" or "P1D"'
_INSTANT = 'must be an instant with a time zone, such as "2026-09-15T09:00:00Z"'
_SAYS = {
    "time_delta_parsing": _DURATION,
    "time_delta_type": _DURATION,
    "datetime_parsing": _INSTANT,
    "datetime_type": _INSTANT,
    "timezone_aware": _INSTANT,
}
"""What is said in place of pydantic's words, by its kinds of errors."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: in which field, "" where it is no field's fault, and what to do."""

    field: str
    says: str

    def __str__(self) -> str:
        return f"{self.field}: {self.says}" if self.field else self.says


class ControlError(Exception):
    """A request that is not carried out, not even halfway.

    Attributes:
        status: The HTTP status of the answer.
        complaints: Everything that is wrong, as far as it could be found out.
    """

    def __init__(self, status: int, *complaints: Complaint, headers: dict[str, str] | None = None) -> None:
        super().__init__("; ".join(map(str, complaints)))
        self.status = status
        self.complaints = complaints
        self.headers = headers


def bad(field: str, says: str) -> ControlError:
    """The client sent something that cannot be used: 422."""
    return ControlError(422, Complaint(field, says))


def not_there(says: str) -> ControlError:
    """What the path names does not exist: 404."""
    return ControlError(404, Complaint("", says))


def in_the_way(says: str) -> ControlError:
    """What is there already does not let this happen: 409."""
    return ControlError(409, Complaint("", says))


def json_text(value: Any) -> str:  # noqa: ANN401 - any JSON-ready value
    """JSON on one line, people's names readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_bytes(text: str) -> bytes:
    """JSON text as it goes over the wire."""
    return text.encode("utf-8", "backslashreplace")


def told(value: Any, status: int = 200, *, headers: dict[str, str] | None = None) -> Response:  # noqa: ANN401 - any JSON-ready value
    """An answer in JSON."""
    return Response(as_bytes(json_text(value)), status, media_type=JSON, headers=headers)


def done() -> Response:
    """It is done, and there is nothing to tell."""
    return Response(status_code=204)


def problem_answer(error: ControlError) -> Response:
    """What is wrong, in one text for people and as a list for programs."""
    problems = [{"field": each.field, "says": each.says} for each in error.complaints]
    text = "\n".join(map(str, error.complaints))
    return told({"error": text, "problems": problems}, error.status, headers=error.headers)


def complaints_of(error: ValidationError, known: tuple[str, ...]) -> tuple[Complaint, ...]:
    """What pydantic found, in this API's words; `known` are the fields that there are."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(_complaint(fault["type"], fault["loc"], fault["msg"], known) for fault in faults)


def _complaint(kind: str, where: tuple[int | str, ...], message: str, known: tuple[str, ...]) -> Complaint:
    field = ".".join(map(str, where))
    match kind:
        case "json_invalid":
            return Complaint("", "The body must be JSON, an object with the fields that are documented.")
        case "model_type":
            return Complaint("", f"The body must be a JSON object with: {', '.join(known)}.")
        case "extra_forbidden":
            return Complaint(field, f"is not known here; leave it out. Known are: {', '.join(known)}.")
        case "missing":
            return Complaint(field, "is missing; give it.")
        case _:
            says = _SAYS.get(kind) or message.removeprefix("Value error, ").replace("Input should", "must", 1)
            return Complaint(field, f"{says.rstrip('.')}.")
