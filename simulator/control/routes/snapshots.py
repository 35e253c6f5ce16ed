"""A world's snapshots: taken, listed, gone back to, let go."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.control.answers import done, in_the_way, not_there, told
from simulator.control.asking import body_of, nothing_of, question_of, world_of
from simulator.control.bodies import NewSnapshot
from simulator.control.questions import Nothing
from simulator.control.views import snapshot_view, world_view
from simulator.snapshots import SnapshotError


async def list_snapshots(request: Request) -> Response:
    """All of them, oldest first; `SNAPSHOTS_MAX` bounds them, so there are no pages."""
    question_of(request, Nothing)
    return told({"snapshots": [snapshot_view(each) for each in world_of(request).snapshots]})


async def take_snapshot(request: Request) -> Response:
    """Remember this moment, in place of an earlier one of the same name."""
    world = world_of(request)
    wanted = await body_of(request, NewSnapshot)
    try:
        taken = world.snapshot(wanted.name, who="control")
    except SnapshotError as error:
        raise in_the_way(f"{error}.") from error
    return told(snapshot_view(taken), 201)


async def restore_snapshot(request: Request) -> Response:
    """Go back to it; the journal keeps what happened meanwhile."""
    await nothing_of(request)
    world = world_of(request)
    try:
        world.restore(request.path_params["snapshot"], who="control")
    except SnapshotError as error:
        raise not_there(f"{error}.") from error
    return told(world_view(world))


async def delete_snapshot(request: Request) -> Response:
    """Let it go."""
    await nothing_of(request)
    try:
        world_of(request).snapshots.drop(request.path_params["snapshot"])
    except SnapshotError as error:
        raise not_there(f"{error}.") from error
    return done()


ROUTES = (
    Route("/_sim/worlds/{name}/snapshots", list_snapshots, methods=["GET"]),
    Route("/_sim/worlds/{name}/snapshots", take_snapshot, methods=["POST"]),
    Route("/_sim/worlds/{name}/snapshots/{snapshot}", delete_snapshot, methods=["DELETE"]),
    Route("/_sim/worlds/{name}/snapshots/{snapshot}/restore", restore_snapshot, methods=["POST"]),
)
