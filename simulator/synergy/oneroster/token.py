"""The token endpoint: OAuth 2 client credentials as RFC 6749 has them, and nothing else of OAuth.

Basic authentication or the same two in the form, a form with `grant_type=client_credentials`, and a scope
only if the client wants fewer than all, in the form or in the address (Instructure says it may sit there). A
production client of Synergy sends Basic and no scope. The path is ours: Synergy's own is not public.
"""

from __future__ import annotations

import base64
import binascii
from http.client import responses
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from simulator.asgi import name_actor
from simulator.synergy.oneroster.gate import CLIENT_NAME
from simulator.synergy.oneroster.scopes import ALL_SCOPES, SCOPE_BASE
from simulator.synergy.store import GradebookStore

TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path, not a secret
PARAMETERS_MAX = 20

_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_FORM = "application/x-www-form-urlencoded"

router = APIRouter()


class OAuthError(Exception):
    """A refusal in RFC 6749's words: an error code and, for people, a description."""

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.status = status


@router.post(TOKEN_PATH)
async def issue_token(request: Request) -> JSONResponse:
    """A new access token; the ones before it stay alive."""
    store: GradebookStore = request.state.store
    try:
        form = await _authenticated(request, store)
        scopes = _scopes(form, form.get("scope") or request.query_params.get("scope", ""))
    except OAuthError as error:
        return answer(error)
    granted: dict[str, str | int] = {
        "access_token": store.issue_token(scopes),
        "token_type": "Bearer",
        "expires_in": store.profile.token_life_seconds,
        "scope": " ".join(SCOPE_BASE + scope for scope in sorted(scopes)),
    }
    return JSONResponse(granted, headers=_NO_STORE)


def answer(error: OAuthError, headers: dict[str, str] | None = None) -> JSONResponse:
    """The refusal on the wire."""
    challenge = {"WWW-Authenticate": 'Basic realm="Synergy OneRoster"'} if error.status == 401 else {}
    body = {"error": error.code, "error_description": error.description}
    return JSONResponse(body, error.status, headers={**_NO_STORE, **challenge, **(headers or {})})


_CODES = {
    401: "invalid_client",
    403: "unauthorized_client",
    429: "temporarily_unavailable",
    503: "temporarily_unavailable",
}


def trouble(status: int, words: str) -> OAuthError:
    """Any status at all, whatever was asked for."""
    code = _CODES.get(status, "invalid_request" if status < 500 else "server_error")
    return OAuthError(code, words or f"{responses.get(status, 'Error')}.", status)


async def _authenticated(request: Request, store: GradebookStore) -> dict[str, str]:
    """The form of a client that has proved itself, in its header or in the form itself, but not unlike."""
    basic = _basic(request)
    if basic:
        _authenticate(request, store, basic)
    form = _form(request, await request.body())
    posted = form.get("client_id", ""), form.get("client_secret", "")
    if not basic:
        _authenticate(request, store, posted)
    elif form.keys() & {"client_id", "client_secret"} and posted not in {basic, (basic[0], "")}:
        raise OAuthError("invalid_request", "The header and the form name different clients; send one.")
    return form


def _authenticate(request: Request, store: GradebookStore, client: tuple[str, str]) -> None:
    if not store.access.is_client(*client):
        raise OAuthError("invalid_client", "The client id or the client secret is wrong.", 401)
    name_actor(request, CLIENT_NAME)
    if store.profile.oneroster_auth == "oauth1":
        raise OAuthError("unauthorized_client", "Requests to this Synergy are signed with OAuth 1.0a.")


def _basic(request: Request) -> tuple[str, str] | None:
    """The client's id and secret from the header; None where there is no header to take them from."""
    scheme, _space, encoded = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    client_id, _colon, secret = (
        _decoded(encoded).partition(":") if scheme.lower() == "basic" else ("", "", "")
    )
    return unquote_plus(client_id), unquote_plus(secret)


def _decoded(encoded: str) -> str:
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _form(request: Request, raw: bytes) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise OAuthError("invalid_request", f"The body must be {_FORM}.")
    try:
        pairs = parse_qsl(raw.decode("utf-8"), keep_blank_values=True, max_num_fields=PARAMETERS_MAX)
    except ValueError as error:
        raise OAuthError("invalid_request", "The form cannot be read.") from error
    form = dict(pairs)
    if len(form) < len(pairs):
        raise OAuthError("invalid_request", "A parameter is given twice.")
    return form


def _scopes(form: dict[str, str], scope: str) -> frozenset[str]:
    grant = form.get("grant_type", "")
    if not grant:
        raise OAuthError("invalid_request", "grant_type is required.")
    if grant != "client_credentials":
        raise OAuthError("unsupported_grant_type", 'grant_type must be "client_credentials".')
    asked = scope.split()
    known = {SCOPE_BASE + scope: scope for scope in ALL_SCOPES}
    if any(scope not in known for scope in asked):
        raise OAuthError("invalid_scope", f"A scope is unknown; these are known: {', '.join(sorted(known))}.")
    return frozenset(known[scope] for scope in asked) or ALL_SCOPES
