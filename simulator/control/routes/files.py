"""A world as a file: exported, and imported under a new name."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.control.answers import JSON, as_bytes, bad
from simulator.control.asking import bytes_of, controlled, question_of, world_of
from simulator.control.making import import_world
from simulator.control.questions import ExportQuestion, Nothing
from simulator.control.routes.worlds import made
from simulator.snapshots import SnapshotError
from simulator.world_file import FILE_BYTES_MAX, world_as_text


async def export_world(request: Request) -> Response:
    """The world as it is now, or as it was at a snapshot."""
    question = question_of(request, ExportQuestion)
    world = world_of(request)
    try:
        text = world_as_text(world, snapshot=question.snapshot)
    except SnapshotError as error:
        raise bad("snapshot", f"{error}.") from error
    return Response(as_bytes(text), media_type=JSON)


async def import_file(request: Request) -> Response:
    """A new world from a file."""
    question_of(request, Nothing)
    text = await bytes_of(request, FILE_BYTES_MAX)
    return made(request, import_world(controlled(request).worlds, request.path_params["name"], text))


ROUTES = (
    Route("/_sim/worlds/{name}/file", export_world, methods=["GET"]),
    Route("/_sim/worlds/{name}/file", import_file, methods=["PUT"]),
)
