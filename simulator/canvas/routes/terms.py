"""The terms of the account, to read and to make; and SIS imports, which this Canvas does not take.

Rosters come to this Canvas from its world's own SIS. So it answers as a Canvas whose SIS imports are switched
off, and the journal keeps that what an import would have done is not simulated.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from simulator.asgi import exchange_of
from simulator.canvas import errors
from simulator.canvas.model import Term
from simulator.canvas.params import as_hash, as_text
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import own_account, term_named
from simulator.canvas.rules.records import taken
from simulator.canvas.rules.terms import term_wanted
from simulator.canvas.views.accounts import term_json

router = APIRouter()

_TERM, _TERMS = "enrollment_term", "enrollment_terms"
_NO_IMPORTS = "SIS imports are not enabled for this account"


@router.get("/accounts/{account_id}/terms")
async def list_terms(account_id: str, call: Opened) -> Response:
    """The terms, the latest first. None is ever deleted here."""
    own_account(call, account_id)
    states = call.words("workflow_state") or ("active",)
    name = (as_text(call.params.get("term_name")) or "").casefold()
    found = [each for each in call.store.terms.all() if name in each.name.casefold()]
    listed = found if {"active", "all"} & set(states) else []
    return call.listed_under(_TERMS, listed, lambda each: _show(call, each))


@router.get("/accounts/{account_id}/terms/{term_id}")
async def get_term(account_id: str, term_id: str, call: Opened) -> Response:
    """One term."""
    own_account(call, account_id)
    return call.answer(_show(call, term_named(call, term_id)))


@router.post("/accounts/{account_id}/terms")
async def create_term(account_id: str, call: Opened) -> Response:
    """Make a term."""
    own_account(call, account_id)
    wanted = as_hash(call.params.get(_TERM))
    if not wanted:
        raise errors.missing(_TERM)
    term, faults = term_wanted(wanted, now=call.now, zone=call.store.zone)
    if term.sis_term_id and call.store.terms.of_sis_id(term.sis_term_id) is not None:
        faults = (*faults, taken("sis_source_id", term.sis_term_id))
    if faults:
        raise errors.unsaved(faults)
    return call.answer({**_show(call, call.store.terms.add(term)), "overrides": {}})


@router.get("/accounts/{account_id}/sis_imports")
@router.post("/accounts/{account_id}/sis_imports")
async def refuse_sis_imports(account_id: str, request: Request, call: Opened) -> Response:
    """Say that imports are switched off, whoever asks for one or for the list of them."""
    own_account(call, account_id)
    exchange_of(request.scope).simulated = False
    raise errors.bare(_NO_IMPORTS, 403)


def _show(call: Call, term: Term) -> dict[str, object]:
    used = call.store.grading_periods.in_use(term.id)
    return term_json(term, period_set_id=None if used is None else used.id)
