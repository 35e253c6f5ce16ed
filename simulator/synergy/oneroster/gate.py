"""Who may pass: the Bearer token or the signature of a OneRoster request, and the scopes that it gives."""

from __future__ import annotations

from starlette.requests import Request

from simulator.asgi import name_actor
from simulator.synergy.oneroster.errors import Problem, busy, not_admitted
from simulator.synergy.oneroster.scopes import (
    ALL_SCOPES,
    GRADEBOOK_DELETE,
    GRADEBOOK_PUT,
    GRADEBOOK_READ,
    SCOPE_BASE,
)
from simulator.synergy.oneroster.signature import SCHEME, check_signature, is_signed
from simulator.synergy.store import GradebookStore
from simulator.synergy.throttling import seconds_to_wait

CLIENT_NAME = "OneRoster client"

GRADEBOOK = GRADEBOOK_READ | GRADEBOOK_PUT | GRADEBOOK_DELETE


def admit(request: Request, any_of: frozenset[str]) -> GradebookStore:
    """The gradebook, for a request whose token is alive, or whose signature is right, with one of the scopes.

    Raises:
        Problem: 401 without such a token, signature or vendor's header, 403 without such a scope, 429 if it
            comes too often.
    """
    store: GradebookStore = request.state.store
    scopes = _scopes_by_signature(request, store) if is_signed(request) else _scopes_by_token(request, store)
    name_actor(request, CLIENT_NAME)
    header = store.profile.provider.vendor_header
    if header and any_of & GRADEBOOK and not request.headers.get(header, "").strip():
        raise Problem(401, f"Requests to the gradebook carry the header {header}.", "unauthorisedrequest")
    wait = seconds_to_wait(store, CLIENT_NAME)
    if wait:
        raise busy(wait)
    if not scopes & any_of:
        wanted = " or ".join(SCOPE_BASE + scope for scope in sorted(any_of))
        raise Problem(403, f"The access token lacks the scope {wanted}.", "forbidden")
    return store


def _scopes_by_token(request: Request, store: GradebookStore) -> frozenset[str]:
    if store.profile.oneroster_auth == "oauth1":
        raise not_admitted("Requests to this Synergy are signed with OAuth 1.0a.", SCHEME)
    scheme, _space, key = request.headers.get("authorization", "").partition(" ")
    token = store.token(key.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        words = "The access token is missing, unknown or expired; ask the token endpoint for another."
        raise not_admitted(words, "Bearer")
    return token.scopes


def _scopes_by_signature(request: Request, store: GradebookStore) -> frozenset[str]:
    """All of them: OAuth 1.0a knows no scopes."""
    if store.profile.oneroster_auth == "oauth2":
        raise not_admitted("This Synergy takes OAuth 2 access tokens, not signatures.", "Bearer")
    check_signature(request, store)
    return ALL_SCOPES
