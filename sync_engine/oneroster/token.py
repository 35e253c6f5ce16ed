"""The access token: fetched once, kept until shortly before it ends, fetched again when the server says so.

OAuth 2 client credentials with Basic authentication, as a production client of Synergy does it. What bites:
neither token nor secret may reach a message, and what a server says about a bad client might quote them.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta

from sync_engine.errors import AccessRefusedError, SystemFaultError
from sync_engine.exchange import Exchange
from sync_engine.oneroster.wire import vendor_error
from sync_engine.ports import Answer, Clock, Request

MARGIN_SECONDS = 60
"""A token is given up so long before it ends: clocks differ, and requests take time."""


class TokenSource:
    """One client of one token endpoint."""

    def __init__(
        self,
        url: str,
        client_id: str,
        client_secret: str,
        scope: str | None,
        *,
        exchange: Exchange,
        clock: Clock,
    ) -> None:
        basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        form = (("grant_type", "client_credentials"), *((("scope", scope),) if scope else ()))
        headers = {"Authorization": f"Basic {basic}", "Accept": "application/json"}
        self._request = Request("POST", url, headers=headers, form=form)
        self._exchange = exchange
        self._clock = clock
        self._token = ""
        self._until: datetime | None = None

    async def token(self) -> str:
        """A token that is good for a while.

        Raises:
            AccessRefusedError: If the client is not accepted.
            SystemFaultError: If the token endpoint cannot be used.
        """
        if not self._token or (self._until is not None and self._clock.now() >= self._until):
            await self._fetch()
        return self._token

    def drop(self) -> None:
        """The server did not accept it: fetch another next time."""
        self._token = ""

    async def _fetch(self) -> None:
        # A second token does no harm to the first, so asking may be repeated.
        answer = await self._exchange.send(self._request, repeatable=True)
        if answer.status != 200:
            raise _fault(answer)
        try:
            granted = json.loads(answer.body)
            token, life = granted["access_token"], granted.get("expires_in")
            seconds = None if life is None else float(life)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _not_a_token_endpoint() from error
        if not isinstance(token, str) or not token.isprintable():
            raise _not_a_token_endpoint()
        self._token = token
        self._until = None if seconds is None else self._clock.now() + timedelta(seconds=_kept(seconds))


def _kept(seconds: float) -> float:
    return max(0.0, min(seconds, 10 * 365 * 86_400) - min(MARGIN_SECONDS, seconds / 10))


def _fault(answer: Answer) -> SystemFaultError:
    minor = vendor_error(answer.body).minor
    if answer.status in {400, 401, 403} and minor != "invalid_scope":
        return AccessRefusedError(
            "Synergy does not accept the OneRoster client.",
            "Check client_id and client_secret, and that token_url is the one that Synergy shows.",
        )
    if minor == "invalid_scope":
        return AccessRefusedError(
            "Synergy does not grant the scope that was asked for.",
            "Leave scope out of the configuration, or ask the Synergy administrator to grant it.",
        )
    if answer.status >= 500 or answer.status == 429:
        return SystemFaultError(
            f"Synergy's token endpoint has a fault of its own ({answer.status}).",
            "Run it again later; nothing is lost.",
        )
    return SystemFaultError(f"Synergy's token endpoint answered {answer.status}.", "Check token_url.")


def _not_a_token_endpoint() -> SystemFaultError:
    return SystemFaultError("What answers at token_url gives no token.", "Check token_url.")
