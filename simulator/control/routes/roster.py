"""The roster feed: what happens every night, now."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.control.answers import told
from simulator.control.asking import nothing_of, world_of
from simulator.happenings import ROSTER_FEED


async def feed_roster(request: Request) -> Response:
    """Bring Synergy's roster into Canvas without waiting for the night."""
    await nothing_of(request)
    world = world_of(request)
    words = world.feed_roster()
    world.journal.note_happening(ROSTER_FEED, words)
    return told({"words": words, "now": world.clock.now().isoformat()})


ROUTES = (Route("/_sim/worlds/{name}/roster-feed", feed_roster, methods=["POST"]),)
