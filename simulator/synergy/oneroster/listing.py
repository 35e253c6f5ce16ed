"""Answers for lists and single objects: envelope, `X-Total-Count`, `Link`, warnings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

from simulator.asgi import base_of
from simulator.profiles import Profile
from simulator.synergy.oneroster.addresses import as_sent
from simulator.synergy.oneroster.answers import OneRosterResponse
from simulator.synergy.oneroster.errors import Problem, status_info
from simulator.synergy.oneroster.query import Query, QueryError, read_query, read_selection
from simulator.synergy.oneroster.shapes import Shape

R = TypeVar("R")


def list_answer(
    request: Request,
    shape: Shape,
    records: Sequence[R],
    view: Callable[[R], dict[str, Any]],
    profile: Profile,
) -> OneRosterResponse:
    """The page that was asked for; `view` says how a record looks.

    Raises:
        Problem: If the parameters make no sense.
    """
    try:
        query = read_query(
            request.query_params, shape, limit_max=profile.page_limit_max, over=profile.page_limit_over
        )
    except QueryError as error:
        raise Problem(400, error.words, error.minor) from error
    page, total = query.page(records, view)
    headers = {"X-Total-Count": str(total)}
    links = _links(request, query, total)
    if links:
        headers["Link"] = links
    return OneRosterResponse({shape.many: page, **_warned(request, query)}, headers=headers)


def single_answer(request: Request, shape: Shape, wire: dict[str, Any]) -> OneRosterResponse:
    """One object, or the fields of it that were asked for. Microsoft's test collection wants its total too.

    Raises:
        Problem: If the selection is blank.
    """
    try:
        query = read_selection(request.query_params, shape)
    except QueryError as error:
        raise Problem(400, error.words, error.minor) from error
    body = {shape.one: query.select(wire), **_warned(request, query)}
    return OneRosterResponse(body, headers={"X-Total-Count": "1"})


def _warned(request: Request, query: Query) -> dict[str, Any]:
    operation = f"{request.method} {request.scope['path']}"
    infos = [status_info("success", "warning", operation, each.words, each.minor) for each in query.warnings]
    return {"statusInfoSet": infos} if infos else {}


def _links(request: Request, query: Query, total: int) -> str:
    """First, previous, next and last page, as far as there is one; nothing where one page holds it all."""
    last = (total - 1) // query.limit * query.limit if total else 0
    offsets: dict[str, int] = {"first": 0}
    if query.offset > 0:
        offsets["prev"] = min(max(query.offset - query.limit, 0), last)
    if query.offset + query.limit < total:
        offsets["next"] = query.offset + query.limit
    offsets["last"] = last
    if len(offsets) == 2:
        return ""
    return ", ".join(
        f'<{_address(request, query.limit, offset)}>; rel="{rel}"' for rel, offset in offsets.items()
    )


def _address(request: Request, limit: int, offset: int) -> str:
    path = request.scope["path"][len(request.scope.get("root_path", "")) :]
    kept = [pair for pair in request.query_params.multi_items() if pair[0] not in {"limit", "offset"}]
    params = urlencode([*kept, ("limit", str(limit)), ("offset", str(offset))])
    return f"{base_of(request)}{as_sent(path)}?{params}"
