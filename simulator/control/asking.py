"""Reading a request of the control API: which world, which body, which question.

What lives here: turning what came over the wire into values, or into a `ControlError`. What must never be
here: doing anything with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import from_json
from starlette.requests import Request

from simulator.addresses import Addresses
from simulator.control.answers import Complaint, ControlError, bad, complaints_of, not_there
from simulator.control.bodies import Body
from simulator.control.questions import Nothing, Question
from simulator.control.streams import Streams
from simulator.world import World, Worlds

BODY_BYTES_MAX = 1024 * 1024

_KINDS = frozenset({"text/plain", "application/json", "*/*"})
_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.ASCII | re.IGNORECASE)

B = TypeVar("B", bound=Body)
Q = TypeVar("Q", bound=Question)


@dataclass(frozen=True, slots=True)
class Controlled:
    """What the control API is about.

    Attributes:
        worlds: All worlds of these servers.
        addresses: Where the servers answer.
        streams: The journals that are being followed.
    """

    worlds: Worlds
    addresses: Addresses
    streams: Streams


def controlled(request: Request) -> Controlled:
    """What this request's application controls."""
    found: Controlled = request.app.state.controlled
    return found


def world_of(request: Request) -> World:
    """The world that the path names.

    Raises:
        ControlError: If there is none.
    """
    return world_named(request, request.path_params["name"])


def world_named(request: Request, name: str) -> World:
    """The world of this name.

    Raises:
        ControlError: If there is none.
    """
    world = controlled(request).worlds.get(name)
    if world is None:
        raise not_there(f'There is no world "{name}". GET /_sim/worlds lists them.')
    return world


async def body_of(request: Request, shape: type[B]) -> B:
    """The body, as the shape has it.

    Raises:
        ControlError: If it is too large, no JSON, or of another shape.
    """
    question_of(request, Nothing)
    raw = await bytes_of(request, BODY_BYTES_MAX)
    try:
        return shape.model_validate_json(raw)
    except ValidationError as error:
        raise ControlError(422, *complaints_of(error, tuple(shape.model_fields))) from error


async def json_of(request: Request) -> object:
    """The body as JSON of any shape, for whoever holds it to a shape of its own.

    Raises:
        ControlError: If it is too large, or no JSON.
    """
    question_of(request, Nothing)
    raw = await bytes_of(request, BODY_BYTES_MAX)
    try:
        return from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise bad("", "The body must be JSON, an object with the fields that are documented.") from error


async def nothing_of(request: Request) -> None:
    """No body and no question: nothing, or an empty object.

    Raises:
        ControlError: If there is more.
    """
    question_of(request, Nothing)
    raw = await bytes_of(request, BODY_BYTES_MAX)
    if raw.strip() not in (b"", b"{}"):
        raise bad("", "This path takes no body; leave it out.")


async def bytes_of(request: Request, bytes_max: int) -> bytes:
    """The body as it came.

    Raises:
        ControlError: If it is larger than `bytes_max`.
    """
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > bytes_max:
            raise ControlError(413, Complaint("", f"The body must not be larger than {bytes_max:,} bytes."))
    return bytes(read)


def question_of(request: Request, shape: type[Q]) -> Q:
    """The query parameters, as the shape has them.

    Raises:
        ControlError: If one is unknown, given twice, or cannot be used.
    """
    asked: dict[str, str | list[str]] = {}
    for name in request.query_params:
        values = request.query_params.getlist(name)
        field = shape.model_fields.get(name)
        if field is not None and isinstance(field.get_default(call_default_factory=True), list):
            asked[name] = values
        elif len(values) == 1:
            asked[name] = values[0]
        else:
            raise bad(name, "is given more than once; give it once.")
    try:
        return shape.model_validate(asked)
    except ValidationError as error:
        known = tuple(shape.model_fields) or ("none",)
        named = (Complaint(each.field.partition(".")[0], each.says) for each in complaints_of(error, known))
        raise ControlError(422, *named) from error


def wants_text(request: Request) -> bool:
    """Whether the client would rather read text than JSON: it names `text/plain`, and JSON no sooner."""
    ranked = sorted(_accepted(request.headers.get("accept", "")), key=lambda each: -each[1])
    named = [kind for kind, quality in ranked if quality and kind in _KINDS]
    return named[:1] == ["text/plain"]


def _accepted(header: str) -> list[tuple[str, float]]:
    """The types of an `Accept` header, in its order, each with how much it is wanted."""
    found = []
    for part in header.split(","):
        kind, *parameters = part.split(";")
        qualities = [float(match[1]) for each in parameters if (match := _QUALITY.fullmatch(each))]
        found.append((kind.strip().lower(), qualities[0] if qualities else 1.0))
    return found
