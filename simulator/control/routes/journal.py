"""A world's journal: asked in pages, exported whole, followed live."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from simulator.control.answers import JSON, Complaint, ControlError, as_bytes, bad
from simulator.control.asking import controlled, question_of, world_of
from simulator.control.har import har
from simulator.control.pages import PAGE_CHARACTERS_MAX, in_pieces, ndjson, page_as_json, page_of, telling
from simulator.control.questions import NUMBER_MAX, JournalPageQuestion, JournalQuestion
from simulator.control.streams import STREAMS_MAX, Followed, stream_answer

LAST_EVENT = "last-event-id"


async def read_journal(request: Request) -> Response:
    """A page of entries."""
    question = question_of(request, JournalPageQuestion)
    world = world_of(request)
    page = page_of(
        world.journal,
        question.as_query(),
        question.limit,
        telling(world),
        characters_max=PAGE_CHARACTERS_MAX,
    )
    return Response(as_bytes(page_as_json(page, world.journal)), media_type=JSON)


async def export_ndjson(request: Request) -> Response:
    """All entries, one a line."""
    question = question_of(request, JournalQuestion)
    world = world_of(request)
    return _export(ndjson(world.journal, question.as_query(), telling(world)), "application/x-ndjson")


async def export_har(request: Request) -> Response:
    """All exchanges, as an HTTP Archive."""
    question = question_of(request, JournalQuestion)
    world = world_of(request)
    return _export(har(world, controlled(request).addresses, question.as_query()), JSON)


async def follow_journal(request: Request) -> Response:
    """All entries from `since` on, as they come."""
    question = question_of(request, JournalQuestion)
    world, control = world_of(request), controlled(request)
    if control.streams.is_full:
        says = f"{STREAMS_MAX} journals are followed already; close a stream first."
        raise ControlError(503, Complaint("", says))
    query = question.as_query()
    followed = Followed(
        world.journal,
        replace(query, since=_last_event(request, query.since)),
        telling(world),
        lambda: control.worlds.get(world.name) is world,
    )
    return stream_answer(followed, control.streams)


def _last_event(request: Request, since: int) -> int:
    """Where a browser that lost the stream wants it to go on; `since` where it says nothing."""
    told = request.headers.get(LAST_EVENT, "")
    if not told:
        return since
    if not (told.isascii() and told.isdigit() and len(told) <= len(str(NUMBER_MAX))):
        raise bad("Last-Event-ID", "must be the number of an entry.")
    return int(told)


def _export(parts: Iterator[str], media_type: str) -> Response:
    # An asynchronous iterator stays on the loop, to which worlds belong; a plain one would go to a thread
    async def pieces() -> AsyncIterator[bytes]:
        for piece in in_pieces(parts):
            yield as_bytes(piece)

    return StreamingResponse(pieces(), media_type=media_type)


ROUTES = (
    Route("/_sim/worlds/{name}/journal", read_journal, methods=["GET"]),
    Route("/_sim/worlds/{name}/journal/ndjson", export_ndjson, methods=["GET"]),
    Route("/_sim/worlds/{name}/journal/har", export_har, methods=["GET"]),
    Route("/_sim/worlds/{name}/journal/stream", follow_journal, methods=["GET"]),
)
