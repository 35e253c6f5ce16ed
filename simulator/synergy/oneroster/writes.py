"""PUT and DELETE over OneRoster: line items and results, and the refusal to touch categories."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.synergy import third_party
from simulator.synergy.bodies import BodyError
from simulator.synergy.oneroster import bodies, resources
from simulator.synergy.oneroster.errors import Problem, invalid, refused, unknown_object
from simulator.synergy.oneroster.gate import admit
from simulator.synergy.oneroster.hrefs import BASE_PATH, Hrefs
from simulator.synergy.oneroster.resources import Collection
from simulator.synergy.oneroster.scopes import GRADEBOOK_DELETE, GRADEBOOK_PUT
from simulator.synergy.store import GradebookStore, Refused

router = APIRouter(prefix=BASE_PATH)


@router.put("/lineItems/{sourced_id}")
async def put_line_item(request: Request, sourced_id: str) -> Response:
    """Create (201) or replace (200) an assignment, whole."""
    store = admit(request, GRADEBOOK_PUT)
    try:
        draft = bodies.read_line_item(await request.body(), sourced_id, store.zone)
    except BodyError as error:
        raise invalid(error.words, error.field) from error
    kept = third_party.put_line_item(store, draft)
    if isinstance(kept, Refused):
        raise refused(kept, store.profile.lock_refusal_status)
    return _put_answer(request, store, resources.LINE_ITEMS, sourced_id, created=kept.created)


@router.put("/results/{sourced_id}")
async def put_result(request: Request, sourced_id: str) -> Response:
    """Create (201) or replace (200) a score, whole."""
    store = admit(request, GRADEBOOK_PUT)
    try:
        draft = bodies.read_result(await request.body(), sourced_id)
    except BodyError as error:
        raise invalid(error.words, error.field) from error
    kept = third_party.put_result(store, draft)
    if isinstance(kept, Refused):
        raise refused(kept, store.profile.lock_refusal_status)
    return _put_answer(request, store, resources.RESULTS, sourced_id, created=kept.created)


@router.delete("/lineItems/{sourced_id}")
async def delete_line_item(request: Request, sourced_id: str) -> Response:
    """Delete an assignment with its scores."""
    store = admit(request, GRADEBOOK_DELETE)
    assignment = store.assignments.get(sourced_id)
    if assignment is None:
        raise unknown_object("lineItem", sourced_id)
    return _delete_answer(store, third_party.delete_line_item(store, assignment))


@router.delete("/results/{sourced_id}")
async def delete_result(request: Request, sourced_id: str) -> Response:
    """Delete a score: its cell is empty again."""
    store = admit(request, GRADEBOOK_DELETE)
    score = store.score_known_as(sourced_id)
    if score is None:
        raise unknown_object("result", sourced_id)
    return _delete_answer(store, third_party.delete_result(store, score))


@router.put("/categories/{sourced_id}")
async def put_category(request: Request) -> Response:
    """Refused: no consumer of grade passback needs it."""
    admit(request, GRADEBOOK_PUT)
    raise _categories_belong_to_synergy()


@router.delete("/categories/{sourced_id}")
async def delete_category(request: Request) -> Response:
    """Refused, as PUT is."""
    admit(request, GRADEBOOK_DELETE)
    raise _categories_belong_to_synergy()


def _categories_belong_to_synergy() -> Problem:
    words = "Categories are Synergy's assignment types; they are set up in Grade Book Setup, not here."
    return Problem(403, words, "forbidden")


def _put_answer(
    request: Request, store: GradebookStore, collection: Collection[Any], sourced_id: str, *, created: bool
) -> Response:
    """What a PUT answers beside its status: the stored object, an empty one, or no body, by the profile."""
    status = 201 if created else 200
    if store.profile.put_body == "none":
        return Response(status_code=status)
    if store.profile.put_body == "empty":
        return JSONResponse({}, status)
    return JSONResponse({collection.shape.one: collection.one(store, Hrefs(request), sourced_id)}, status)


def _delete_answer(store: GradebookStore, answer: Refused | None) -> Response:
    if answer is not None:
        raise refused(answer, store.profile.lock_refusal_status)
    return Response(status_code=204)
