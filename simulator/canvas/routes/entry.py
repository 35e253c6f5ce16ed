"""How a request comes in and an answer goes out: parameters, token, pages, ids as text.

What lives here: `Call`, one request as the endpoints see it. What must never be here: anything of one
endpoint alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from starlette.responses import JSONResponse, Response

from simulator.asgi import base_of, name_actor, path_in_world
from simulator.canvas import errors
from simulator.canvas.bodies import read_body
from simulator.canvas.model import Actor
from simulator.canvas.paging import (
    Key,
    Page,
    PageRequest,
    bookmarked_page,
    ordinal_meta,
    ordinal_page,
    per_page_of,
)
from simulator.canvas.params import as_text, as_words
from simulator.canvas.rack import Params, UnreadableError, read_query
from simulator.canvas.routes.masquerade import acting
from simulator.canvas.routes.slashes import quoted
from simulator.canvas.store import CanvasStore
from simulator.canvas.views.wire import STRING_IDS, with_string_ids
from simulator.json_bytes import json_bytes

Row = TypeVar("Row")


class CanvasResponse(JSONResponse):
    """JSON as Rails sends it."""

    media_type = "application/json; charset=utf-8"

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - any JSON
        """Write a whole page of rows in a fraction of the time that `json` takes."""
        return json_bytes(content)


@dataclass(frozen=True, slots=True)
class Call:
    """One request with good credentials.

    Attributes:
        base: Scheme, host and world prefix that the client used, without a slash at the end.
        url: The absolute URL, without its query.
        query: The query as the client sent it.
        params: Body and query together; of a name in both the query's counts, as in Rails.
        includes: What `include[]` asks for.
        now: The instant at which the request came in.
    """

    store: CanvasStore
    actor: Actor
    params: Params
    base: str
    url: str
    query: str
    wants_string_ids: bool
    includes: tuple[str, ...]
    now: datetime

    def words(self, name: str) -> tuple[str, ...]:
        """A list parameter."""
        return as_words(self.params.get(name))

    def answer(self, body: Any, status: int = 200, link: str = "") -> Response:  # noqa: ANN401 - any JSON
        """Send JSON."""
        return CanvasResponse(self.shown(body), status, headers={"Link": link} if link else None)

    def shown(self, body: Any) -> Any:  # noqa: ANN401 - any JSON in, any JSON out
        """JSON with its ids as the client wants them."""
        return with_string_ids(body) if self.wants_string_ids else body

    def numbered(self, rows: Sequence[Row], show: Callable[[Row], Any]) -> Response:
        """Send the numbered page that was asked for.

        Raises:
            CanvasError: If `page` is no number.
        """
        return self._paged(self.page_of(rows), show)

    def page_of(self, rows: Sequence[Row]) -> Page[Row]:
        """The numbered page that was asked for, for whoever makes something else of its rows.

        Raises:
            CanvasError: If `page` is no number.
        """
        page = ordinal_page(rows, self._page_request())
        if page is None:
            raise errors.not_found()
        return page

    def rooted(
        self, root: str, rows: Sequence[Row], show: Callable[[Row], Any], **beside: object
    ) -> Response:
        """Send the numbered page under a root, as the JSON API families do.

        Raises:
            CanvasError: If `page` is no number.
        """
        page = self.page_of(rows)
        meta = {"pagination": ordinal_meta(rows, self._page_request()), "primaryCollection": root}
        return self.answer({root: [show(row) for row in page.rows], "meta": meta, **beside}, link=page.link)

    def bookmarked(
        self, rows: Sequence[Row], key: Callable[[Row], Key], show: Callable[[Row], Any]
    ) -> Response:
        """Send the page after the bookmark."""
        return self._paged(self.page_after_bookmark(rows, key), show)

    def bookmarked_written(
        self, rows: Sequence[Row], key: Callable[[Row], Key], write: Callable[[Row], bytes]
    ) -> Response:
        """Send the page after the bookmark, of rows that `write` makes JSON of."""
        return self._written(self.page_after_bookmark(rows, key), write)

    def numbered_written(self, rows: Sequence[Row], write: Callable[[Row], bytes]) -> Response:
        """Send the numbered page that was asked for, of rows that `write` makes JSON of.

        Raises:
            CanvasError: If `page` is no number.
        """
        return self._written(self.page_of(rows), write)

    def page_after_bookmark(self, rows: Sequence[Row], key: Callable[[Row], Key]) -> Page[Row]:
        """The page after the bookmark, for whoever makes something else of its rows."""
        return bookmarked_page(rows, key, self._page_request())

    def listed_under(
        self, root: str, rows: Sequence[Row], show: Callable[[Row], Any], **beside: object
    ) -> Response:
        """Send the numbered page under a root, with nothing about the page in the body.

        Raises:
            CanvasError: If `page` is no number.
        """
        page = ordinal_page(rows, self._page_request())
        if page is None:
            raise errors.not_found()
        return self.answer({root: [show(row) for row in page.rows], **beside}, link=page.link)

    def _paged(self, page: Page[Row], show: Callable[[Row], Any]) -> Response:
        return self.answer([show(row) for row in page.rows], link=page.link)

    def _written(self, page: Page[Row], write: Callable[[Row], bytes]) -> Response:
        body = b"[" + b",".join(map(write, page.rows)) + b"]"
        return Response(body, headers={"Link": page.link}, media_type=CanvasResponse.media_type)

    def _page_request(self) -> PageRequest:
        per_page = per_page_of(as_text(self.params.get("per_page")))
        return PageRequest(self.url, self.query, as_text(self.params.get("page")), per_page)


async def _open(request: Request) -> Call:
    """Read the parameters, then find out whose token this is."""
    store = request.state.store
    if not isinstance(store, CanvasStore):
        raise TypeError("The router in front of Canvas must put a CanvasStore into the request's state")
    query = request.scope["query_string"].decode("latin-1")
    try:
        body = read_body(request.headers.get("content-type", ""), await request.body())
        params = {**body, **read_query(query)}
    except UnreadableError as error:
        raise errors.unreadable() from error
    actor = acting(params, store, _authenticate(request, params, store))
    name_actor(request, actor.name)
    base = base_of(request)
    path = path_in_world(request.scope)
    wants_string_ids = STRING_IDS in request.headers.get("accept", "")
    return Call(
        store,
        actor,
        params,
        base,
        base + quoted(path),
        query,
        wants_string_ids,
        includes=as_words(params.get("include")),
        now=store.now,
    )


Opened = Annotated[Call, Depends(_open)]
"""The parameter by which an endpoint asks for its call."""


def _authenticate(request: Request, params: Params, store: CanvasStore) -> Actor:
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = as_text(params.get("access_token")) or ""
    token = token.strip()
    if not token:
        raise errors.unauthenticated()
    actor = store.actor_of(token)
    if actor is None:
        raise errors.invalid_token()
    return actor
