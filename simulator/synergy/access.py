"""Who may come in: the OneRoster client with its secret and tokens, and the teacher's token.

Issuing a token leaves the earlier ones alive, because a consumer fetches one for every thread (Instructure,
"OneRoster authentication"). Secrets are compared in constant time and never shown.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from simulator.synergy.model import AccessToken


class Access:
    """The credentials of one gradebook, and the tokens that are alive."""

    def __init__(self, *, client_id: str, client_secret: str, teachervue_token: str) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._teachervue_token = teachervue_token
        self._tokens: dict[str, AccessToken] = {}
        self._issued = 0

    def is_client(self, client_id: str, client_secret: str) -> bool:
        """Whether this is the registered OneRoster client."""
        known = _same(client_id, self._client_id)
        return _same(client_secret, self._client_secret) and known

    def is_teacher(self, token: str) -> bool:
        """Whether this token opens TeacherVUE."""
        return _same(token, self._teachervue_token)

    def issue(
        self, scopes: frozenset[str], *, now: datetime, life: timedelta, secret_numbered: Callable[[int], str]
    ) -> str:
        """A new token for these scopes; expired ones are forgotten on the way."""
        self._tokens = {key: token for key, token in self._tokens.items() if token.expires_at > now}
        self._issued += 1
        key = secret_numbered(self._issued)
        self._tokens[key] = AccessToken(now + life, scopes)
        return key

    def token(self, key: str, *, now: datetime) -> AccessToken | None:
        """The token of this text, if it is alive."""
        found = self._tokens.get(key)
        return found if found is not None and found.expires_at > now else None

    def __repr__(self) -> str:
        return f"Access({len(self._tokens)} tokens)"


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), kept.encode("utf-8"))
