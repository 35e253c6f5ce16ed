"""Who gets in: whoever carries the TeacherVUE token, as a teacher or as the school office."""

from __future__ import annotations

from starlette.requests import Request

from simulator.asgi import name_actor
from simulator.synergy.store import GradebookStore
from simulator.synergy.teachervue.errors import plain


def admit(request: Request, who: str) -> GradebookStore:
    """The gradebook of the request's world; the journal is told who asks.

    Raises:
        Problem: 401, if the token is missing or wrong.
    """
    store: GradebookStore = request.state.store
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not store.access.is_teacher(token.strip()):
        raise plain(401, "The TeacherVUE token is missing or wrong; send it as Authorization: Bearer.")
    name_actor(request, who)
    return store
