"""How a person's names hang together, and what a new user must have.

Source: Canvas source, user and pseudonym models.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.canvas.model import User
from simulator.canvas.params import as_hash, as_text
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.records import too_long

NO_LOGIN = Fault("unique_id", "unique_id", "too_short")
LOGIN_TAKEN = Fault(
    "unique_id", "unique_id", "ID already in use for this account and authentication provider", "taken"
)


def sortable_name_of(name: str) -> str:
    """The family name first, as far as a name tells it."""
    given, _space, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name


@dataclass(frozen=True, slots=True)
class NewUser:
    """The user that somebody describes, and what is wrong with the person and with the login."""

    user: User
    faults: tuple[Fault, ...]
    login_faults: tuple[Fault, ...]


def user_wanted(params: Params, now: datetime) -> NewUser:
    """The user that `user[...]` and `pseudonym[...]` describe."""
    told, pseudonym = as_hash(params.get("user")), as_hash(params.get("pseudonym"))
    channel = as_hash(params.get("communication_channel"))
    login = as_text(pseudonym.get("unique_id")) or ""
    name = as_text(told.get("name")) or login
    user = User(
        0,
        name,
        as_text(told.get("sortable_name")) or sortable_name_of(name),
        now,
        as_text(pseudonym.get("sis_user_id")) or None,
        login,
        as_text(channel.get("address")) or None,
        as_text(told.get("short_name")) or None,
        as_text(pseudonym.get("integration_id")) or None,
    )
    lengths = too_long(unique_id=login, sis_user_id=user.sis_user_id, integration_id=user.integration_id)
    names = too_long(name=as_text(told.get("name")), short_name=user.short_name)
    return NewUser(user, tuple(names), tuple(lengths) if login else (NO_LOGIN,))
