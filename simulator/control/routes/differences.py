"""What is different between two moments: of one world, or of two.

A moment is a snapshot, or now. `Accept: text/plain` asks for the text that a person reads.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from simulator.control.answers import bad, told
from simulator.control.asking import question_of, wants_text, world_named, world_of
from simulator.control.questions import DifferenceQuestion
from simulator.difference import difference_between
from simulator.snapshots import SnapshotError, WorldState
from simulator.world import World


async def read_difference(request: Request) -> Response:
    """From `since` of this world to `until` of this world or of another; what is left out is now."""
    question = question_of(request, DifferenceQuestion)
    world = world_of(request)
    if not (question.since or question.until or question.world):
        raise bad("since", "name a snapshot to compare with now, or another world in `world`.")
    other = world_named(request, question.world) if question.world else world
    before, after = _moment(world, "since", question.since), _moment(other, "until", question.until)
    difference = difference_between(before, after)
    if wants_text(request):
        return PlainTextResponse(f"{difference}\n")
    return told(difference.as_dict())


def _moment(world: World, field: str, snapshot: str) -> WorldState:
    try:
        return world.snapshots.named(snapshot).state if snapshot else world.freeze()
    except SnapshotError as error:
        raise bad(field, f"{error}.") from error


ROUTES = (Route("/_sim/worlds/{name}/difference", read_difference, methods=["GET"]),)
