"""How the suite proves who it is: a token, OAuth 2 client credentials, or OAuth 1.0a signatures.

The signature is written out here from RFC 5849 and not taken from a library, because the simulator takes it
from one: two readings of the same document meet.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal, Protocol
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from contracts.conformance.check import BrokenError
from contracts.conformance.wire import Question, Reply, Send

SCOPE_BASE = "https://purl.imsglobal.org/spec/or/v1p1/scope/"
_FORM = "application/x-www-form-urlencoded"


class Credentials(Protocol):
    """Gives a request what opens the door."""

    async def headers(self, send: Send, method: str, url: str) -> Mapping[str, str]:
        """The headers to send with this request."""
        ...


@dataclass(frozen=True, slots=True)
class StaticToken:
    """A Bearer token that somebody has fetched."""

    token: str = field(repr=False)

    async def headers(self, _send: Send, _method: str, _url: str) -> Mapping[str, str]:
        """The token."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(slots=True)
class OAuth2Client:
    """Client credentials: one token is fetched and used until the end."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    _token: str = field(default="", repr=False)

    async def headers(self, send: Send, _method: str, _url: str) -> Mapping[str, str]:
        """The token, fetched if there is none yet."""
        if not self._token:
            self._token = str((await self.granted(send))["access_token"])
        return {"Authorization": f"Bearer {self._token}"}

    async def granted(self, send: Send, *scopes: str) -> dict[str, Any]:
        """What the token endpoint grants for these scopes, or for none named.

        Raises:
            BrokenError: If it grants nothing.
        """
        form = {"scope": " ".join(SCOPE_BASE + each for each in scopes)} if scopes else {}
        reply = await self.ask(send, self.client_secret, form)
        body = reply.json() if reply.status == 200 else None
        if not isinstance(body, dict) or not isinstance(body.get("access_token"), str):
            raise BrokenError(f"the token endpoint answers {reply.status} and no access_token")
        return body

    async def ask(self, send: Send, secret: str, form: Mapping[str, str]) -> Reply:
        """Ask the token endpoint with this secret."""
        pair = f"{quote(self.client_id, safe='')}:{quote(secret, safe='')}".encode()
        basic = base64.b64encode(pair).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": _FORM, "Accept": "application/json"}
        body = urlencode({"grant_type": "client_credentials", **form}).encode()
        return await send(Question("POST", self.token_url, headers, body))


@dataclass(slots=True)
class OAuth1Client:
    """Signatures with a key and a secret.

    Args:
        now: Seconds since 1970, as the provider's clock has them.
        run: A name for the run, which makes its nonces unlike those of the last one.
    """

    consumer_key: str
    consumer_secret: str = field(repr=False)
    now: Callable[[], float]
    run: str
    method: Literal["HMAC-SHA1", "HMAC-SHA256"] = "HMAC-SHA256"
    _numbers: count[int] = field(default_factory=lambda: count(1), repr=False)

    async def headers(self, _send: Send, method: str, url: str) -> Mapping[str, str]:
        """The signature of this request."""
        oauth = {
            "oauth_consumer_key": self.consumer_key,
            "oauth_nonce": f"{self.run}{next(self._numbers)}",
            "oauth_signature_method": self.method,
            "oauth_timestamp": str(int(self.now())),
            "oauth_version": "1.0",
        }
        oauth["oauth_signature"] = self.signature(method, url, oauth)
        told = ", ".join(f'{name}="{_escaped(value)}"' for name, value in oauth.items())
        return {"Authorization": f"OAuth {told}"}

    def signature(self, method: str, url: str, oauth: Mapping[str, str]) -> str:
        """The signature as RFC 5849, section 3.4, builds it."""
        parts = urlsplit(url)
        port = "" if parts.port in {None, 80 if parts.scheme == "http" else 443} else f":{parts.port}"
        home = f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}{port}{parts.path}"
        pairs = [*parse_qsl(parts.query, keep_blank_values=True), *oauth.items()]
        spoken = "&".join(sorted(f"{_escaped(name)}={_escaped(value)}" for name, value in pairs))
        base = "&".join(map(_escaped, (method.upper(), home, spoken)))
        digest = hashlib.sha1 if self.method == "HMAC-SHA1" else hashlib.sha256
        key = f"{_escaped(self.consumer_secret)}&".encode()
        return base64.b64encode(hmac.new(key, base.encode(), digest).digest()).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")
