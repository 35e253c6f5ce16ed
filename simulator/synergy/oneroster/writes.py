"""PUT and DELETE over OneRoster: categories, line items and results, as a table of what can be written.

A PUT creates (201) or replaces (200), whole, under the id of its address. Where the profile allocates ids, a
PUT without one in its address makes a new object and answers with its id ("Modified" passback).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any, Generic, TypeAlias, TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from simulator.synergy import assignment_types, third_party
from simulator.synergy.bodies import BodyError
from simulator.synergy.model import CategoryDraft, LineItemDraft, ResultDraft
from simulator.synergy.oneroster import bodies, resources
from simulator.synergy.oneroster.addresses import id_in
from simulator.synergy.oneroster.answers import OneRosterResponse
from simulator.synergy.oneroster.errors import Problem, invalid, refused, unknown_object
from simulator.synergy.oneroster.gate import admit
from simulator.synergy.oneroster.hrefs import BASE_PATH, Hrefs
from simulator.synergy.oneroster.resources import Collection
from simulator.synergy.oneroster.scopes import GRADEBOOK_DELETE, GRADEBOOK_PUT
from simulator.synergy.store import GradebookStore, Kept, Refused

D = TypeVar("D")
R = TypeVar("R")
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

ALLOCATED = "allocated"
"""Kind of the ids that this server makes."""


@dataclass(frozen=True, slots=True)
class Writable(Generic[D, R]):
    """One kind of object that the third party writes: how a body is read, kept and deleted.

    Attributes:
        read: The draft in a body of this id; None where it asks for a deletion.
        minor: The minor code of a deletion that is refused.
    """

    collection: Collection[R]
    read: Callable[[GradebookStore, dict[str, Any], str], D | None]
    put: Callable[[GradebookStore, D], Kept[R] | Refused]
    delete: Callable[[GradebookStore, R], Refused | None]
    minor: str = "invaliddata"
    may_write: Callable[[GradebookStore], bool] = lambda _store: True
    may_delete: Callable[[GradebookStore], bool] = lambda _store: True


def _line_item(store: GradebookStore, content: dict[str, Any], sourced_id: str) -> LineItemDraft | None:
    return bodies.read_line_item(content, sourced_id, _zone_of_days(store))


def _result(store: GradebookStore, content: dict[str, Any], sourced_id: str) -> ResultDraft | None:
    takes_instants = store.profile.score_dates == "day_or_instant"
    return bodies.read_result(content, sourced_id, _zone_of_days(store), takes_instants=takes_instants)


def _category(_store: GradebookStore, content: dict[str, Any], sourced_id: str) -> CategoryDraft | None:
    return bodies.read_category(content, sourced_id)


def _zone_of_days(store: GradebookStore) -> tzinfo:
    return UTC if store.profile.provider.days_in == "utc" else store.zone


ALL: tuple[Writable[Any, Any], ...] = (
    Writable(resources.RESULTS, _result, third_party.put_result, third_party.delete_result),
    Writable(
        resources.LINE_ITEMS,
        _line_item,
        third_party.put_line_item,
        third_party.delete_line_item,
        may_delete=lambda store: store.profile.provider.line_item_deletes == "accept",
    ),
    Writable(
        resources.CATEGORIES,
        _category,
        assignment_types.put_type,
        assignment_types.delete_type,
        minor="deletefailure",
        may_write=lambda store: store.profile.category_writes == "accept",
    ),
)


def build_writes() -> APIRouter:
    """The routes that write. None of them needs what FastAPI does for a route, so they go without it."""
    router = APIRouter()
    for writable in ALL:
        path = f"{BASE_PATH}/{writable.collection.path}"
        one = f"{path}/{{sourced_id}}"
        router.add_route(one, _put(writable), methods=["PUT"])
        router.add_route(one, _delete(writable), methods=["DELETE"])
        router.routes.append(_WhereIdsAreAllocated(path, _put_new(writable), methods=["PUT"]))
    return router


class _WhereIdsAreAllocated(Route):
    """A route that is there, and is told of in `Allow`, only where the profile makes the ids."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        store: GradebookStore = scope["state"]["store"]
        return super().matches(scope) if store.profile.allocated_ids else (Match.NONE, {})


def _put(writable: Writable[Any, Any]) -> Endpoint:
    async def put(request: Request) -> Response:
        store = _admit(request, writable, GRADEBOOK_PUT)
        content = await _content(request, writable)
        return _written(request, store, writable, content, id_in(request.path_params["sourced_id"]))

    return put


def _put_new(writable: Writable[Any, Any]) -> Endpoint:
    async def put_new(request: Request) -> Response:
        store = _admit(request, writable, GRADEBOOK_PUT)
        if not store.profile.allocated_ids:
            raise _no_verb()
        content = await _content(request, writable)
        known = content.get("sourcedId")
        if isinstance(known, str) and writable.collection.find(store, known) is not None:
            return _written(request, store, writable, content, known)
        sourced_id = store.ids.guid(ALLOCATED, store.ids.integer(ALLOCATED))
        return _written(request, store, writable, {**content, "sourcedId": sourced_id}, sourced_id)

    return put_new


def _delete(writable: Writable[Any, Any]) -> Endpoint:
    async def delete(request: Request) -> Response:
        store = _admit(request, writable, GRADEBOOK_DELETE)
        _erase(store, writable, id_in(request.path_params["sourced_id"]))
        return Response(status_code=204)

    return delete


def _admit(request: Request, writable: Writable[Any, Any], scopes: frozenset[str]) -> GradebookStore:
    store = admit(request, scopes)
    if not writable.may_write(store):
        words = f"{writable.collection.path}: set up in Grade Book Setup, not here."
        raise Problem(403, words, "forbidden")
    return store


async def _content(request: Request, writable: Writable[Any, Any]) -> dict[str, Any]:
    try:
        return bodies.content_of(await request.body(), writable.collection.shape.one)
    except BodyError as error:
        raise invalid(error.words, error.field) from error


def _written(
    request: Request,
    store: GradebookStore,
    writable: Writable[Any, Any],
    content: dict[str, Any],
    sourced_id: str,
) -> Response:
    """Carry a PUT out."""
    try:
        draft = writable.read(store, content, sourced_id)
    except BodyError as error:
        raise invalid(error.words, error.field) from error
    if draft is None:
        return _deleted_by_put(request, store, writable, sourced_id)
    kept = writable.put(store, draft)
    if isinstance(kept, Refused):
        raise refused(kept, store.profile.lock_refusal_status)
    wire = writable.collection.view(store, Hrefs(request), kept.value)
    return _put_answer(store, writable, wire, 201 if kept.created else 200)


def _deleted_by_put(
    request: Request, store: GradebookStore, writable: Writable[Any, Any], sourced_id: str
) -> Response:
    """A PUT that says "tobedeleted": the object as it was, for the last time."""
    if store.profile.put_tobedeleted == "refuse":
        raise invalid('must be "active"; an object is deleted with DELETE.', "status")
    wire = writable.collection.one(store, Hrefs(request), sourced_id) or {}
    _erase(store, writable, sourced_id)
    return _put_answer(store, writable, {**wire, "status": "tobedeleted"}, 200)


def _erase(store: GradebookStore, writable: Writable[Any, Any], sourced_id: str) -> None:
    record = writable.collection.find(store, sourced_id)
    if record is None:
        raise unknown_object(writable.collection.shape.one, sourced_id)
    if not writable.may_delete(store):
        raise Problem(403, f"{writable.collection.path}: nothing is deleted here.", "deletefailure")
    answer = writable.delete(store, record)
    if answer is not None:
        problem = refused(answer, store.profile.lock_refusal_status)
        raise problem if answer.rule else Problem(problem.status, problem.words, writable.minor)


def _put_answer(
    store: GradebookStore, writable: Writable[Any, Any], wire: dict[str, Any], status: int
) -> Response:
    """What a PUT answers beside its status: the stored object, an empty one, or no body, by the profile.

    Where ids are allocated the object is always there: nobody could know its id otherwise.
    """
    shown = "object" if store.profile.allocated_ids else store.profile.put_body
    if shown == "none":
        return Response(status_code=status)
    return OneRosterResponse({writable.collection.shape.one: wire} if shown == "object" else {}, status)


def _no_verb() -> Problem:
    words = "This address does not take this verb."
    return Problem(405, words, "unsupportedoperation", {"Allow": "GET"})
