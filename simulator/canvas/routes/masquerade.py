"""Acting as somebody else: an administrator's request that names a user is that user's.

What lives here: who a request is by. What must never be here: what they may do. What bites: whoever is acted
as has their own rights only, so an administrator who acts as a student is told no like a student.

Source: Canvas API documentation, "Masquerading"; Canvas source, authentication. A student has no token of
their own here: this is how work is handed in, and how a student's view of a grade is read.
"""

from __future__ import annotations

from simulator.canvas import errors
from simulator.canvas.model import Actor, User
from simulator.canvas.params import as_text, locate
from simulator.canvas.rack import Params
from simulator.canvas.store import CanvasStore


def acting(params: Params, store: CanvasStore, actor: Actor) -> Actor:
    """Who a request is by: the token's owner, or whom `as_user_id` names.

    Raises:
        CanvasError: If there is nobody so named, or the token's owner is no administrator.
    """
    wanted = as_text(params.get("as_user_id"))
    if not wanted:
        return actor
    user = _named(store, actor, wanted)
    if user is None or not (actor.is_admin or user.id == actor.user_id):
        raise errors.cannot_masquerade()
    if user.id == actor.user_id:
        return actor
    return Actor(actor.token_digest, user.id, f"{actor.name} as {user.name}")


def _named(store: CanvasStore, actor: Actor, text: str) -> User | None:
    if text == "self":
        return store.users[actor.user_id]
    located = locate(text)
    return None if located is None else store.user_at(located)
