"""The token endpoint, and how long a token lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx2
import pytest

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

FORM = {"grant_type": "client_credentials"}
SECRET = "sesame"
BASE = "https://purl.imsglobal.org/spec/or/v1p1/scope/"


async def ask(synergy: Synergy, form: dict[str, str] = FORM, secret: str = SECRET) -> httpx2.Response:
    return await synergy.raw("POST", "/oauth/token", data=form, auth=("sync", secret))


async def read(synergy: Synergy, token: str, path: str = "/classes") -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return (await synergy.raw("GET", f"/ims/oneroster/v1p1{path}", headers=headers)).status_code


async def test_no_scope_asked_is_every_scope_given(synergy: Synergy) -> None:
    answer = await ask(synergy)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert {BASE + "roster-core.readonly", BASE + "gradebook.createput"} <= set(body["scope"].split())
    assert await read(synergy, body["access_token"]) == 200


async def test_a_scope_asked_is_the_only_one_given(synergy: Synergy) -> None:
    answer = await ask(synergy, {**FORM, "scope": BASE + "gradebook.readonly"})
    assert answer.json()["scope"] == BASE + "gradebook.readonly"
    token = answer.json()["access_token"]
    assert [await read(synergy, token, path) for path in ("/results", "/classes")] == [200, 403]


async def test_the_scope_may_sit_in_the_address(synergy: Synergy) -> None:
    address = f"/oauth/token?scope={BASE}gradebook.readonly"
    answer = await synergy.raw("POST", address, data=FORM, auth=("sync", SECRET))
    assert answer.json()["scope"] == BASE + "gradebook.readonly"


async def test_a_new_token_leaves_the_older_ones_alive(synergy: Synergy) -> None:
    tokens = [(await ask(synergy)).json()["access_token"] for _each in range(3)]
    assert len(set(tokens)) == 3
    assert [await read(synergy, token) for token in tokens] == [200, 200, 200]


async def test_a_token_dies_on_the_virtual_clock(synergy_with: Callable[..., Synergy]) -> None:
    synergy = synergy_with(token_life_seconds=60)
    token = (await ask(synergy)).json()["access_token"]
    synergy.clock.advance(timedelta(seconds=59))
    assert await read(synergy, token) == 200
    synergy.clock.advance(timedelta(seconds=1))
    assert await read(synergy, token) == 401


@pytest.mark.parametrize("token", ["", "nope", "sesame"])
async def test_an_unknown_token_is_401_in_oneroster_words(synergy: Synergy, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = await synergy.raw("GET", "/ims/oneroster/v1p1/classes", headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    field = answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]
    assert field["imsx_codeMinorFieldValue"] == "unauthorisedrequest"


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic %%%", "Basic c3luYw==", "Bearer sesame", "Basic /////w=="]
)
async def test_a_client_that_is_not_known_is_invalid(synergy: Synergy, header: str) -> None:
    answer = await synergy.raw("POST", "/oauth/token", data=FORM, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


async def test_a_client_may_encode_its_secret_in_the_header_as_in_a_form(synergy: Synergy) -> None:
    """RFC 6749, 2.3.1: the header has both as a form would have them."""
    assert (await ask(synergy, secret="%73esame")).status_code == 200
    assert (await ask(synergy, secret="%74esame")).status_code == 401


async def test_a_client_may_prove_itself_in_the_form(synergy: Synergy) -> None:
    form = {**FORM, "client_id": "sync", "client_secret": SECRET}
    answer = await synergy.raw("POST", "/oauth/token", data=form)
    assert answer.status_code == 200
    assert await read(synergy, answer.json()["access_token"]) == 200


@pytest.mark.parametrize(
    ("client", "status", "error"),
    [
        ({"client_id": "sync"}, 401, "invalid_client"),
        ({"client_id": "sync", "client_secret": "sesam"}, 401, "invalid_client"),
        ({"client_id": "other", "client_secret": SECRET}, 401, "invalid_client"),
        ({"client_secret": SECRET}, 401, "invalid_client"),
    ],
)
async def test_a_form_without_the_right_client_is_invalid(
    synergy: Synergy, client: dict[str, str], status: int, error: str
) -> None:
    answer = await synergy.raw("POST", "/oauth/token", data={**FORM, **client})
    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize(
    ("client", "status"),
    [
        ({"client_id": "sync", "client_secret": SECRET}, 200),
        ({"client_id": "sync"}, 200),
        ({"client_id": "other"}, 400),
        ({"client_id": "sync", "client_secret": "sesam"}, 400),
        ({"client_secret": "sesam"}, 400),
    ],
)
async def test_a_client_that_names_itself_twice_names_itself_alike(
    synergy: Synergy, client: dict[str, str], status: int
) -> None:
    assert (await ask(synergy, {**FORM, **client})).status_code == status


async def test_a_wrong_secret_is_invalid(synergy: Synergy) -> None:
    assert (await ask(synergy, secret="sesam")).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({**FORM, "scope": "everything"}, "invalid_scope"),
    ],
)
async def test_a_bad_form_is_400_in_the_words_of_oauth(
    synergy: Synergy, form: dict[str, str], error: str
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await synergy.raw("POST", "/oauth/token", data=form, auth=("sync", SECRET), headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"grant_type": "client_credentials"}', "application/json"),
        (b"grant_type=client_credentials&grant_type=x", "application/x-www-form-urlencoded"),
        (b"\xff", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(30)), "application/x-www-form-urlencoded"),
    ],
)
async def test_a_form_that_cannot_be_read_is_an_invalid_request(
    synergy: Synergy, content: bytes, kind: str
) -> None:
    headers = {"Content-Type": kind}
    answer = await synergy.raw(
        "POST", "/oauth/token", content=content, auth=("sync", SECRET), headers=headers
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_the_journal_keeps_neither_secret_nor_token(synergy: Synergy) -> None:
    token = (await ask(synergy)).json()["access_token"]
    form = {**FORM, "client_id": "sync", "client_secret": SECRET}
    for path in ("/oauth/token", "/oauth/token/", f"/oauth/token?client_secret={SECRET}"):
        await synergy.raw("POST", path, data=form)
    kept = repr(synergy.journal.entries)
    assert "sesame" not in kept
    assert token not in kept
    assert synergy.journal.exchanges()[0].who == "OneRoster client"


async def test_tokens_whose_time_is_over_are_forgotten(synergy: Synergy) -> None:
    await ask(synergy)
    synergy.clock.advance(timedelta(hours=2))
    await ask(synergy)
    synergy.store.expire_tokens()
    assert len(synergy.store.tokens) == 1


async def test_with_too_many_tokens_alive_the_oldest_dies(
    synergy: Synergy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.synergy.store.LIVE_TOKENS_MAX", 3)
    issued = [synergy.store.issue_token(frozenset()) for _each in range(4)]
    assert [synergy.store.token(each) is not None for each in issued] == [False, True, True, True]
