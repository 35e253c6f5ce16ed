"""OAuth 1.0a: what is let in, what is not, and when. The signatures come from a client library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import httpx2
import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA256, SIGNATURE_TYPE_QUERY, Client

from simulator.synergy.oneroster import signature

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

Verb = Literal["GET", "PUT"]

BASE = "http://synergy.test/ims/oneroster/v1p1"


@pytest.fixture
def signing(synergy_with: Callable[..., Synergy]) -> Synergy:
    return synergy_with(oneroster_auth="oauth1")


def a_client(synergy: Synergy, *, ago: int = 0, nonce: str = "once", **options: Any) -> Client:  # noqa: ANN401 - passed on as it is
    timestamp = str(int((synergy.clock.now() - timedelta(seconds=ago)).timestamp()))
    key, secret = options.pop("key", "sync"), options.pop("secret", "sesame")
    return Client(key, client_secret=secret, timestamp=timestamp, nonce=nonce, **options)


def a_header(rest: str) -> str:
    return f'OAuth oauth_consumer_key="sync",oauth_nonce="n",oauth_signature="s",{rest}'


async def ask(
    synergy: Synergy, client: Client, path: str = "/classes", method: Verb = "GET", body: object = None
) -> httpx2.Response:
    url, headers, _body = client.sign(BASE + path, http_method=method)
    options: dict[str, Any] = {} if body is None else {"json": body}
    return await synergy.raw(method, url, headers=headers, **options)


@pytest.mark.parametrize("method", [SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA256])
@pytest.mark.parametrize(
    "path",
    [
        "/classes",
        "/users?limit=2&offset=1",
        "/users?filter=familyName%3D%27O%20%C3%A9%26%2B%27&fields=sourcedId,title",
        "/users?sort=&x",
        "/courses/?limit=2&offset=0",
    ],
)
async def test_a_signed_request_is_let_in_whatever_its_query(
    signing: Synergy, method: str, path: str
) -> None:
    assert (await ask(signing, a_client(signing, signature_method=method), path)).status_code == 200


async def test_the_signature_may_sit_in_the_address(signing: Synergy) -> None:
    client = a_client(signing, signature_type=SIGNATURE_TYPE_QUERY)
    assert (await ask(signing, client, "/classes?limit=1")).status_code == 200


async def test_sha256_may_be_called_sha2(signing: Synergy, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = Client.SIGNATURE_METHODS[SIGNATURE_HMAC_SHA256]
    monkeypatch.setitem(Client.SIGNATURE_METHODS, "HMAC-SHA2", sign)
    assert (await ask(signing, a_client(signing, signature_method="HMAC-SHA2"))).status_code == 200


async def test_a_signed_client_writes_and_is_named_in_the_journal(signing: Synergy) -> None:
    body = {"lineItem": signing.a_line_item()}
    answer = await ask(signing, a_client(signing), "/lineItems/li-1", "PUT", body)
    assert answer.status_code == 201
    assert signing.journal.exchanges()[-1].who == "OneRoster client"
    assert "sesame" not in repr(signing.journal.entries)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"key": "sink"}, "signature is wrong"),
        ({"secret": "sesam"}, "signature is wrong"),
        ({"ago": 601}, "too far from"),
        ({"ago": -301}, "too far from"),
    ],
)
async def test_what_is_wrong_is_401(signing: Synergy, options: dict[str, Any], words: str) -> None:
    answer = await ask(signing, a_client(signing, **options))
    field = answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "OAuth")
    assert field["imsx_codeMinorFieldValue"] == "unauthorisedrequest"
    assert words in answer.json()["imsx_description"]


@pytest.mark.parametrize("ago", [600, -300, 0])
async def test_the_edges_of_the_window_are_inside(signing: Synergy, ago: int) -> None:
    assert (await ask(signing, a_client(signing, ago=ago))).status_code == 200


async def test_a_query_that_was_not_signed_is_401(signing: Synergy) -> None:
    url, headers, _body = a_client(signing).sign(BASE + "/classes?limit=1")
    answer = await signing.raw("GET", url.replace("limit=1", "limit=2"), headers=headers)
    assert answer.status_code == 401


async def test_a_signature_for_one_verb_or_address_opens_no_other(signing: Synergy) -> None:
    _url, headers, _body = a_client(signing).sign(BASE + "/results/r-1")
    assert (await signing.raw("DELETE", BASE + "/results/r-1", headers=headers)).status_code == 401
    assert (await signing.raw("GET", BASE + "/results/r-2", headers=headers)).status_code == 401


async def test_a_nonce_is_good_once(signing: Synergy) -> None:
    found = [
        (await ask(signing, a_client(signing, nonce=nonce))).status_code for nonce in ("a", "a", "b", "a")
    ]
    assert found == [200, 401, 200, 401]


async def test_a_request_that_is_refused_uses_no_nonce_up(signing: Synergy) -> None:
    assert (await ask(signing, a_client(signing, secret="wrong"))).status_code == 401
    assert (await ask(signing, a_client(signing))).status_code == 200


async def test_nonces_are_forgotten_when_their_time_is_over(signing: Synergy) -> None:
    for nonce in ("a", "b", "c"):
        await ask(signing, a_client(signing, nonce=nonce))
    signing.clock.advance(timedelta(seconds=601))
    await ask(signing, a_client(signing, nonce="d"))
    assert [each.spoken.partition(" ")[2] for each in signing.store.nonces.values()] == ["d"]


async def test_only_so_many_nonces_are_remembered(signing: Synergy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "NONCES_MAX", 2)
    for nonce in ("a", "b", "c"):
        assert (await ask(signing, a_client(signing, nonce=nonce))).status_code == 200
    assert [each.spoken.partition(" ")[2] for each in signing.store.nonces.values()] == ["b", "c"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ('OAuth realm=""', "oauth_consumer_key: is required"),
        ("OAuth", "cannot be read"),
        ("OAuth ,,,=", "cannot be read"),
        (
            a_header('oauth_signature_method="PLAINTEXT",oauth_timestamp="1"'),
            "oauth_signature_method: must be one of",
        ),
        (
            a_header('oauth_signature_method="HMAC-SHA1",oauth_timestamp="now"'),
            "oauth_timestamp: must be",
        ),
        (
            a_header('oauth_version="2.0",oauth_signature_method="HMAC-SHA1",oauth_timestamp="1"'),
            "oauth_version: must be",
        ),
    ],
)
async def test_parameters_that_cannot_be_read_are_400(signing: Synergy, header: str, words: str) -> None:
    answer = await signing.raw("GET", BASE + "/classes", headers={"Authorization": header})
    assert answer.status_code == 400
    assert words in answer.json()["imsx_description"]


async def test_a_parameter_in_header_and_query_is_400(signing: Synergy) -> None:
    url, headers, _body = a_client(signing).sign(BASE + "/classes")
    answer = await signing.raw("GET", url + "?oauth_nonce=twice", headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("oneroster_auth", "token", "signed", "issued"),
    [("oauth2", 200, 401, 200), ("oauth1", 401, 200, 400), ("either", 200, 200, 200)],
)
async def test_who_is_let_in_how_is_the_profiles(
    synergy_with: Callable[..., Synergy], oneroster_auth: str, token: int, signed: int, issued: int
) -> None:
    synergy = synergy_with(oneroster_auth=oneroster_auth)
    assert (await synergy.sync("GET", "/classes")).status_code == token
    assert (await ask(synergy, a_client(synergy))).status_code == signed
    form = {"grant_type": "client_credentials"}
    asked = await synergy.raw("POST", "/oauth/token", data=form, auth=("sync", "sesame"))
    assert asked.status_code == issued
