"""OAuth 1.0a without a user: a request that its client has signed (RFC 5849), on the virtual clock.

What lives here: reading the parameters, and asking in this order whether they are all there, whose they are,
whether the time is right, whether the signature is, and whether it was used before. What bites: the address
that was signed is the one that the client used, world prefix included; the query is signed with it, the body
is not (no implementation that was read sends a body hash).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote

from oauthlib.oauth1.rfc5849 import signature as rfc5849
from oauthlib.oauth1.rfc5849.utils import parse_authorization_header
from starlette.requests import Request

from simulator.synergy.model import Nonce
from simulator.synergy.oneroster.errors import Problem, not_admitted
from simulator.synergy.store import GradebookStore

SCHEME = "OAuth"
NONCES_MAX = 10_000
"""So many nonces are remembered; with one more the oldest is forgotten."""
NONCE_LENGTH_MAX = 200

_VERIFIERS: dict[str, Callable[[Any, str], bool]] = {
    "HMAC-SHA1": rfc5849.verify_hmac_sha1,
    "HMAC-SHA256": rfc5849.verify_hmac_sha256,
    "HMAC-SHA2": rfc5849.verify_hmac_sha256,  # how some clients of 1.1 call the same
}
_REQUIRED = (
    "oauth_consumer_key",
    "oauth_nonce",
    "oauth_signature",
    "oauth_signature_method",
    "oauth_timestamp",
)
_TIMESTAMP = re.compile(r"[0-9]{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed, in the words of the library, and the signature."""

    http_method: str
    uri: str
    params: list[tuple[str, str]]
    signature: str
    oauth: dict[str, str]


def is_signed(request: Request) -> bool:
    """Whether the request comes with a signature, in its header or in its query."""
    scheme = request.headers.get("authorization", "").partition(" ")[0]
    if scheme.lower() == SCHEME.lower():
        return True
    return bool(request.scope["query_string"]) and "oauth_signature" in request.query_params


def check_signature(request: Request, store: GradebookStore) -> None:
    """Let a request pass that the client of this gradebook signed, now and for the first time.

    Raises:
        Problem: 400 if a parameter is missing or cannot be read; 401 if it is wrong.
    """
    signed = _read(request)
    method = signed.oauth["oauth_signature_method"]
    if method not in _VERIFIERS:
        raise _unreadable(f'oauth_signature_method: must be one of {", ".join(_VERIFIERS)}, not "{method}".')
    spoken_at = _moment(signed.oauth["oauth_timestamp"])
    _check_time(spoken_at, store)
    known = store.access.is_client(signed.oauth["oauth_consumer_key"], store.signing_secret)
    if not known or not _VERIFIERS[method](signed, store.signing_secret):
        raise not_admitted("The consumer key or the signature is wrong.", SCHEME)
    _use(signed.oauth["oauth_nonce"], spoken_at, store)


def _read(request: Request) -> Signed:
    """The parameters of header and query, each once, and the address that they were signed with."""
    query = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    pairs = [*_header_pairs(request), *query]
    names = [name for name, _value in pairs if name.startswith("oauth_")]
    if len(set(names)) < len(names):
        raise _unreadable("An OAuth parameter is given twice.")
    oauth = {name: value for name, value in pairs if name.startswith("oauth_")}
    missing = [name for name in _REQUIRED if not oauth.get(name)]
    if missing:
        raise _unreadable(f"{missing[0]}: is required.")
    if oauth.get("oauth_version", "1.0") != "1.0":
        raise _unreadable('oauth_version: must be "1.0".')
    if len(oauth["oauth_nonce"]) > NONCE_LENGTH_MAX:
        raise _unreadable(f"oauth_nonce: is longer than {NONCE_LENGTH_MAX} characters.")
    kept = [(name, value) for name, value in pairs if name not in {"oauth_signature", "realm"}]
    path = request.scope.get("raw_path") or request.scope["path"].encode()
    host = request.headers.get("host", "localhost")
    address = f"{request.scope['scheme']}://{host}{path.decode('latin-1')}"
    try:
        rfc5849.base_string_uri(address)
    except ValueError as error:
        raise _unreadable("Host: cannot be read.") from error
    return Signed(request.method, address, kept, oauth["oauth_signature"], oauth)


def _header_pairs(request: Request) -> list[tuple[str, str]]:
    header = request.headers.get("authorization", "")
    if header.partition(" ")[0].lower() != SCHEME.lower():
        return []
    try:
        found = parse_authorization_header(header)
    except (ValueError, IndexError) as error:
        raise _unreadable("Authorization: cannot be read.") from error
    return [(name, unquote(value)) for name, value in found]


def _moment(text: str) -> datetime:
    if not _TIMESTAMP.fullmatch(text):
        raise _unreadable("oauth_timestamp: must be whole seconds since 1970.")
    return datetime.fromtimestamp(int(text), UTC)


def _check_time(spoken_at: datetime, store: GradebookStore) -> None:
    now, profile = store.clock.now(), store.profile
    oldest = now - timedelta(seconds=profile.signature_age_seconds_max)
    newest = now + timedelta(seconds=profile.signature_ahead_seconds_max)
    if not oldest <= spoken_at <= newest:
        words = f"The timestamp is too far from this server's time, {now:%Y-%m-%dT%H:%M:%SZ}."
        raise not_admitted(words, SCHEME)


def _use(nonce: str, spoken_at: datetime, store: GradebookStore) -> None:
    """Take a nonce once. It is remembered for as long as its timestamp would still be taken."""
    _forget_old_ones(store)
    spoken = f"{int(spoken_at.timestamp())} {nonce}"
    if store.nonces.get(spoken) is not None:
        raise not_admitted("The nonce was used before.", SCHEME)
    expires_at = spoken_at + timedelta(seconds=store.profile.signature_age_seconds_max)
    store.nonces.put(Nonce(spoken, expires_at))


def _forget_old_ones(store: GradebookStore) -> None:
    while len(store.nonces):
        oldest = next(iter(store.nonces.values()))
        if oldest.expires_at >= store.clock.now() and len(store.nonces) < NONCES_MAX:
            return
        store.nonces.pop(oldest.spoken)


def _unreadable(words: str) -> Problem:
    return Problem(400, words, "invaliddata")
