"""The account, and what its administrators decide about the SIS."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from simulator.canvas.model import Account
from simulator.canvas.params import as_hash
from simulator.canvas.routes.entry import Call, Opened
from simulator.canvas.routes.lookup import own_account
from simulator.canvas.rules.posting import revise_account
from simulator.canvas.views.accounts import account_json, settings_json

router = APIRouter()


@router.get("/accounts")
async def list_accounts(call: Opened) -> Response:
    """The accounts that the caller administers: the one there is, or none."""
    found = [call.store.account] if call.actor.is_admin else []
    return call.numbered(found, lambda each: _show(call, each))


@router.get("/accounts/{account_id}")
async def get_account(account_id: str, call: Opened) -> Response:
    """The account."""
    own_account(call, account_id)
    return call.answer(_show(call, call.store.account))


@router.put("/accounts/{account_id}")
async def update_account(account_id: str, call: Opened) -> Response:
    """Decide about the SIS: `account[settings][sis_syncing][value]` and its like."""
    own_account(call, account_id)
    wanted = as_hash(as_hash(call.params.get("account")).get("settings"))
    changed = call.store.put_account(revise_account(call.store.account, wanted))
    return call.answer(_show(call, changed))


@router.get("/accounts/{account_id}/settings")
async def get_account_settings(account_id: str, call: Opened) -> Response:
    """What was decided about the SIS, with what is locked for lower accounts."""
    own_account(call, account_id)
    return call.answer(settings_json(call.store.account))


def _show(call: Call, account: Account) -> dict[str, object]:
    return account_json(account, time_zone=call.store.profile.time_zone)
