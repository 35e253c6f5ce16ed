"""Who may pass: the Bearer token of a OneRoster request, and the scopes that it was given."""

from __future__ import annotations

from starlette.requests import Request

from simulator.asgi import name_actor
from simulator.synergy.oneroster.errors import Problem, busy, not_admitted
from simulator.synergy.oneroster.scopes import SCOPE_BASE
from simulator.synergy.store import GradebookStore
from simulator.synergy.throttling import seconds_to_wait

CLIENT_NAME = "OneRoster client"


def admit(request: Request, any_of: frozenset[str]) -> GradebookStore:
    """The gradebook, for a request whose token is alive and has one of these scopes.

    Raises:
        Problem: 401 without such a token, 403 without such a scope, 429 if it comes too often.
    """
    store: GradebookStore = request.state.store
    scheme, _space, key = request.headers.get("authorization", "").partition(" ")
    token = store.token(key.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        words = "The access token is missing, unknown or expired; ask the token endpoint for another."
        raise not_admitted(words, "Bearer")
    name_actor(request, CLIENT_NAME)
    wait = seconds_to_wait(store, CLIENT_NAME)
    if wait:
        raise busy(wait)
    if not token.scopes & any_of:
        wanted = " or ".join(SCOPE_BASE + scope for scope in sorted(any_of))
        raise Problem(403, f"The access token lacks the scope {wanted}.", "forbidden")
    return store
