"""Checks of the door: who is let in, and what the others are told."""

from __future__ import annotations

from contracts.conformance.check import Check, Level, NotAskedError, expect
from contracts.conformance.credentials import SCOPE_BASE, OAuth2Client
from contracts.conformance.provider import Provider, minor_codes, told

_RFC6749 = "RFC 6749"


async def _a_token_is_granted(provider: Provider) -> None:
    granted = await _oauth2(provider).granted(provider.send)
    life = granted.get("expires_in")
    expect(str(granted.get("token_type")).lower() == "bearer", "token_type should be Bearer")
    expect(
        isinstance(life, int | float) and not isinstance(life, bool) and life > 0,
        f"expires_in should be a number of seconds, not {life!r}",
    )


async def _an_older_token_lives_on(provider: Provider) -> None:
    client = _oauth2(provider)
    tokens = [str((await client.granted(provider.send))["access_token"]) for _each in range(2)]
    for token in tokens:
        headers = {"Authorization": f"Bearer {token}"}
        reply = await provider.ask("GET", "/orgs", {"limit": 1}, headers=headers)
        expect(reply.status == 200, f"a token that is not the newest should still open: {told(reply)}")


async def _a_wrong_secret_is_refused(provider: Provider) -> None:
    reply = await _oauth2(provider).ask(provider.send, "not the secret", {})
    expect(reply.status == 401, f"a wrong secret should be 401: {told(reply)}")
    expect(reply.json().get("error") == "invalid_client", f"error should be invalid_client: {told(reply)}")


async def _another_grant_is_refused(provider: Provider) -> None:
    client = _oauth2(provider)
    reply = await client.ask(provider.send, client.client_secret, {"grant_type": "tarot"})
    expect(reply.status == 400, f"an unknown grant_type should be 400: {told(reply)}")


async def _a_narrow_token_opens_no_more(provider: Provider) -> None:
    granted = await _oauth2(provider).granted(provider.send, "gradebook.readonly")
    if str(granted.get("scope", SCOPE_BASE + "gradebook.readonly")) != SCOPE_BASE + "gradebook.readonly":
        raise NotAskedError("the provider grants more than the scope that is asked for")
    headers = {"Authorization": f"Bearer {granted['access_token']}"}
    reply = await provider.ask("GET", "/lineItems", {"limit": 1}, headers=headers)
    expect(reply.status == 200, f"gradebook.readonly should open /lineItems: {told(reply)}")
    reply = await provider.ask("DELETE", "/lineItems/nobody-has-this-id", headers=headers)
    expect(reply.status == 403, f"gradebook.readonly should not open a DELETE: {told(reply)}")


async def _nobody_is_401(provider: Provider) -> None:
    for path in ("/orgs", "/lineItems"):
        reply = await provider.ask("GET", path, headers={})
        expect(reply.status == 401, f"GET {path} without credentials should be 401: {told(reply)}")


async def _a_made_up_token_is_401(provider: Provider) -> None:
    reply = await provider.ask("GET", "/orgs", headers={"Authorization": "Bearer made-up"})
    expect(reply.status == 401, f"a made-up token should be 401: {told(reply)}")


async def _a_401_speaks_oneroster(provider: Provider) -> None:
    codes = minor_codes(await provider.ask("GET", "/orgs", headers={}))
    known = {"unauthorisedrequest", "unauthorized", "unauthorizedrequest"}
    expect(bool(known & set(codes)), f"the minor code of a 401 should be unauthorisedrequest, not {codes}")


async def _answers_are_json(provider: Provider) -> None:
    reply = await provider.get("/orgs", limit=1)
    kind = reply.headers.get("content-type", "")
    expect(kind.startswith("application/json"), f"Content-Type should be application/json, not {kind!r}")


def _oauth2(provider: Provider) -> OAuth2Client:
    if not isinstance(provider.credentials, OAuth2Client):
        raise NotAskedError("the run has no OAuth 2 client")
    return provider.credentials


CHECKS = (
    Check(
        "access.token",
        "Client credentials without a scope are granted a Bearer token with its life in seconds.",
        Level.MUST,
        "what a production client of Synergy sends",
        _a_token_is_granted,
    ),
    Check(
        "access.older-token",
        "A new token leaves the older ones alive.",
        Level.MUST,
        "Instructure: every thread fetches its own token",
        _an_older_token_lives_on,
    ),
    Check(
        "access.wrong-secret",
        "A wrong client secret is 401 invalid_client.",
        Level.MUST,
        _RFC6749,
        _a_wrong_secret_is_refused,
    ),
    Check(
        "access.other-grant",
        "Any other grant_type is 400.",
        Level.SHOULD,
        _RFC6749,
        _another_grant_is_refused,
    ),
    Check(
        "access.narrow-token",
        "A token of one scope opens nothing of another.",
        Level.SHOULD,
        "OneRoster 1.1, scopes",
        _a_narrow_token_opens_no_more,
    ),
    Check("access.nobody", "Without credentials it is 401.", Level.MUST, "OneRoster 1.1", _nobody_is_401),
    Check(
        "access.made-up-token",
        "A made-up token is 401.",
        Level.MUST,
        "OneRoster 1.1",
        _a_made_up_token_is_401,
    ),
    Check(
        "access.401-envelope",
        "A 401 comes in one of OneRoster's envelopes.",
        Level.SHOULD,
        "OneRoster 1.1, status payload",
        _a_401_speaks_oneroster,
    ),
    Check(
        "access.json",
        "Answers are application/json.",
        Level.MUST,
        "Microsoft's collection",
        _answers_are_json,
    ),
)
