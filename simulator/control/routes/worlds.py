"""Worlds: made, listed, looked at, forked, reset, deleted."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.control.answers import done, told
from simulator.control.asking import body_of, controlled, nothing_of, question_of, world_of
from simulator.control.bodies import Fork, NewTelling, NewWorld
from simulator.control.making import fork_world, make_world
from simulator.control.questions import Nothing
from simulator.control.views import whole_world_view, world_view
from simulator.world import World


async def list_worlds(request: Request) -> Response:
    """All worlds; `WORLDS_MAX` bounds them, so there are no pages."""
    question_of(request, Nothing)
    return told({"worlds": [world_view(world) for world in controlled(request).worlds]})


async def create_world(request: Request) -> Response:
    """A fresh world from a seed."""
    wanted = await body_of(request, NewWorld)
    return made(request, make_world(controlled(request).worlds, wanted))


async def read_world(request: Request) -> Response:
    """A world, with its URLs and credentials."""
    question_of(request, Nothing)
    return told(whole_world_view(world_of(request), controlled(request).addresses))


async def delete_world(request: Request) -> Response:
    """Let a world go; who follows its journal is told."""
    await nothing_of(request)
    control = controlled(request)
    control.worlds.remove(world_of(request).name)
    control.streams.ring()
    return done()


async def fork(request: Request) -> Response:
    """A second world that goes on from here, or from a snapshot."""
    world = world_of(request)
    wanted = await body_of(request, Fork)
    return made(request, fork_world(controlled(request).worlds, world, wanted))


async def reset_world(request: Request) -> Response:
    """Begin again; the same credentials open it, and its journal goes on."""
    await nothing_of(request)
    world = world_of(request)
    world.reset(who="control")
    return told(world_view(world))


async def set_telling(request: Request) -> Response:
    """Tell clients in a header what is not simulated, or no longer."""
    world = world_of(request)
    wanted = await body_of(request, NewTelling)
    world.tells_not_simulated = wanted.on
    words = "A header tells what is not simulated" if wanted.on else "No header tells what is not simulated"
    world.journal.note_world_step("not simulated", words, "control")
    return told(world_view(world))


def made(request: Request, world: World) -> Response:
    """The answer to whoever made a world."""
    where = f"/_sim/worlds/{quote(world.name)}"
    return told(whole_world_view(world, controlled(request).addresses), 201, headers={"Location": where})


ROUTES = (
    Route("/_sim/worlds", list_worlds, methods=["GET"]),
    Route("/_sim/worlds", create_world, methods=["POST"]),
    Route("/_sim/worlds/{name}", read_world, methods=["GET"]),
    Route("/_sim/worlds/{name}", delete_world, methods=["DELETE"]),
    Route("/_sim/worlds/{name}/fork", fork, methods=["POST"]),
    Route("/_sim/worlds/{name}/reset", reset_world, methods=["POST"]),
    Route("/_sim/worlds/{name}/not-simulated", set_telling, methods=["PUT"]),
)
