"""OneRoster 1.1 as routes: collections, objects, lists under an object; writes and tokens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from simulator.synergy.oneroster import nested, resources, token, writes
from simulator.synergy.oneroster.addresses import id_in
from simulator.synergy.oneroster.errors import Problem, unknown_object
from simulator.synergy.oneroster.gate import admit
from simulator.synergy.oneroster.hrefs import BASE_PATH, Hrefs
from simulator.synergy.oneroster.listing import list_answer, single_answer
from simulator.synergy.oneroster.nested import NestedList
from simulator.synergy.oneroster.resources import Collection
from simulator.synergy.store import GradebookStore

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


def build_oneroster() -> tuple[APIRouter, ...]:
    """The OneRoster face: reads, writes, and its token endpoint."""
    reads = APIRouter(prefix=BASE_PATH)
    for collection in resources.ALL:
        reads.add_api_route(f"/{collection.path}", _list_of(collection), methods=["GET"], response_model=None)
        reads.add_api_route(
            f"/{collection.path}/{{sourced_id}}", _one_of(collection), methods=["GET"], response_model=None
        )
    for under in nested.ALL:
        reads.add_api_route(f"/{under.path}", _list_under(under), methods=["GET"], response_model=None)
    return writes.build_writes(), token.router, reads


def _list_of(collection: Collection[Any]) -> Endpoint:
    async def read_all(request: Request) -> Response:
        store = admit(request, collection.scopes)
        return _page_of(request, store, collection, collection.all(store))

    return read_all


def _one_of(collection: Collection[Any]) -> Endpoint:
    async def read_one(request: Request) -> Response:
        store = admit(request, collection.scopes)
        sourced_id = id_in(request.path_params["sourced_id"])
        wire = collection.one(store, Hrefs(request), sourced_id)
        if wire is None:
            raise unknown_object(collection.shape.one, sourced_id)
        return single_answer(request, collection.shape, wire)

    return read_one


def _list_under(under: NestedList) -> Endpoint:
    async def read_nested(request: Request) -> Response:
        store = admit(request, under.of.scopes)
        ids = tuple(id_in(each) for each in request.path_params.values())
        found = under.find(store, ids)
        if found is None and store.profile.unknown_parent == "not_found":
            raise Problem(404, f"There is nothing at this address: {' / '.join(ids)}.", "unknownobject")
        return _page_of(request, store, under.of, list(found or ()))

    return read_nested


def _page_of(
    request: Request, store: GradebookStore, collection: Collection[Any], records: list[Any]
) -> Response:
    view = partial(collection.view, store, Hrefs(request))
    return list_answer(request, collection.shape, records, view, store.profile)
