"""Whatever is asked of OneRoster, it never falls over, and a refusal leaves everything as it was."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.asgi import Tenant, WorldRouter
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import BLACKBAUD_LIKE, CAMPUS_LIKE, KHSD, ONEROSTER_STRICT, Profile
from simulator.schools import school_of
from simulator.synergy.oneroster import nested, resources
from simulator.synergy.oneroster.scopes import ALL_SCOPES
from simulator.synergy.routes import build_synergy
from simulator.synergy.store import GradebookStore

BASE = "/ims/oneroster/v1p1"
EXAMPLES = 250
SETTINGS = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PROFILES = (
    KHSD,
    ONEROSTER_STRICT,
    replace(KHSD, name="flat", error_shape="statusInfoSet", put_body="none", unknown_parent="not_found"),
    replace(KHSD, name="keeping", omitted_fields="keep", category_required=False, allocated_ids=True),
    replace(KHSD, name="lenient", score_required="unless_exempt_or_not_submitted", score_unset="omit"),
    replace(BLACKBAUD_LIKE, closed_period_writes="refuse_when_any_closed", open_periods="one_at_a_time"),
    replace(CAMPUS_LIKE, closed_period_writes="accept"),
)
TRAFFIC = {"tokens", "nonces", "visits"}


class Fake:
    """One gradebook with a scored assignment, to which every example goes back."""

    def __init__(self, profile: Profile) -> None:
        self.journal = Journal(VirtualClock())
        self.store = GradebookStore(
            ids=Ids(7), clock=self.journal.clock, journal=self.journal, profile=profile
        )
        school = school_of(7)
        self.store.take_roster(school, client_id="sync", client_secret="sesame", teachervue_token="chalk")
        section = school.courses[0].sections[0]
        self.known = {
            "class": section.guid,
            "student": section.students[0].guid,
            "category": self.store.types_of(section.guid)[0].guid,
            "gradingPeriod": school.grading_periods[0].guid,
            "lineItem": "li-1",
        }
        tenant = Tenant(self.store, self.journal)
        self.app = WorldRouter(build_synergy(), lambda _name: tenant, lambda _path: "oneroster")
        self.token = self.store.issue_token(ALL_SCOPES)
        for path, body in (("lineItems/li-1", self.a_line_item()), ("results/r-1", self.a_result())):
            assert asyncio.run(self.ask("PUT", f"/{path}", body=json.dumps(body).encode())).status_code == 201
        self.frozen = self.store.freeze()

    def ref(self, name: str) -> dict[str, str]:
        return {"sourcedId": self.known[name]}

    def a_line_item(self) -> dict[str, Any]:
        item = {
            "sourcedId": "li-1",
            "title": "Cell quiz",
            "assignDate": "2026-09-14T15:00:00Z",
            "dueDate": "2026-09-18T15:00:00Z",
            "resultValueMin": 0,
            "resultValueMax": 10,
            "metadata": {"a": {"b": [1, "x", None, True]}},
            **{name: self.ref(name) for name in ("class", "category", "gradingPeriod")},
        }
        return {"lineItem": item}

    def a_result(self) -> dict[str, Any]:
        result = {
            "sourcedId": "r-1",
            "scoreStatus": "fully graded",
            "score": 8,
            "scoreDate": "2026-09-14",
            **{name: self.ref(name) for name in ("lineItem", "student")},
        }
        return {"result": result}

    async def ask(self, method: str, address: str, body: bytes | None = None) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.token}", "X-Vendor-Authorization": "district"}
        transport = httpx2.ASGITransport(app=self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://synergy.test") as client:
            return await client.request(method, BASE + address, headers=headers, content=body)

    def rows(self) -> dict[str, Any]:
        return {name: each.rows for name, each in self.store.freeze().tables.items() if name not in TRAFFIC}


FAKES = [Fake(profile) for profile in PROFILES]
fakes = st.sampled_from(FAKES)

words = st.one_of(
    st.sampled_from(
        ["li-1", "r-1", "", " ", "..", "%", "\x00", "😀", "x" * 300, "null", "'", '"', "/", "?#"]
    ),
    st.text(max_size=12),
)
collections = st.sampled_from([each.path for each in resources.ALL] + ["nowhere", "..", "LINEITEMS"])
nested_paths = st.sampled_from([each.path for each in nested.ALL])


@st.composite
def paths(draw: st.DrawFn, fake: Fake) -> str:
    """An address that exists, or almost, with ids that exist, or not."""
    if draw(st.booleans()):
        known = draw(st.sampled_from([*fake.known.values(), "li-1", "r-1"]))
        parts = [draw(collections), *draw(st.lists(st.one_of(st.just(known), words), max_size=3))]
        return "".join("/" + quote(part, safe="") for part in parts)
    path = draw(nested_paths)
    names = {"school": "class", "line_item": "lineItem", "student": "student"}
    for each in ("school", "class", "student", "line_item", "term", "course", "teacher", "user"):
        one = draw(st.one_of(st.just(fake.known[names.get(each, "class")]), words))
        path = path.replace(f"{{{each}}}", quote(one, safe=""))
    return "/" + path


fields = st.one_of(
    st.sampled_from(
        ["title", "sourcedId", "class.sourcedId", "metadata.a.b", "metadata", "score", "dueDate", "grades"]
    ),
    words,
)
operators = st.sampled_from(["=", "!=", ">", ">=", "<", "<=", "~", "==", " LIKE ", ""])
values = st.one_of(
    words,
    st.sampled_from(["2026-09-18", "9999-12-31T23:59:59+14:00", "nan", "1e400", "0001-01-01T00:00:00Z"]),
)
joins = st.sampled_from([" AND ", " OR ", " and ", ""])


def predicates_on(field: str) -> st.SearchStrategy[str]:
    """`field op 'value'`, mostly with an operator that exists."""
    return st.builds(lambda op, value: f"{field}{op}'{value}'", operators, values)


predicates = fields.flatmap(predicates_on)
filters = st.one_of(
    words, st.builds(lambda parts, join: join.join(parts), st.lists(predicates, max_size=4), joins)
)
numbers = st.one_of(words, st.integers(-2, 10**12).map(str))
queries = st.fixed_dictionaries(
    {},
    optional={
        "limit": numbers,
        "offset": numbers,
        "sort": fields,
        "orderBy": st.one_of(words, st.sampled_from(["asc", "desc", "DESC"])),
        "fields": st.one_of(words, st.lists(fields, max_size=4).map(",".join)),
        "filter": filters,
        "x": words,
    },
)


async def _read(fake: Fake, path: str, query: Mapping[str, str]) -> None:
    before = fake.rows()
    answer = await fake.ask("GET", f"{path}?{urlencode(query, errors='surrogatepass')}")
    assert answer.status_code in {200, 400, 404}
    assert isinstance(answer.json(), dict)
    if answer.status_code != 200:
        assert {"imsx_codeMajor", "statusInfoSet"} & set(answer.json())
    assert all(rows is before[name] for name, rows in fake.rows().items())


@SETTINGS
@given(st.data())
def test_no_address_and_no_query_makes_it_fall_over(data: st.DataObject) -> None:
    fake = data.draw(fakes)
    fake.store.thaw(fake.frozen)
    asyncio.run(_read(fake, data.draw(paths(fake)), data.draw(queries)))


@SETTINGS
@given(st.data())
def test_no_filter_and_no_order_by_a_field_that_exists_makes_it_fall_over(data: st.DataObject) -> None:
    fake = data.draw(fakes)
    fake.store.thaw(fake.frozen)
    collection: resources.Collection[Any] = data.draw(st.sampled_from(list[Any](resources.ALL)))
    named = [*collection.shape.fields, *(f"{part}.sourcedId" for part in collection.shape.parts)]
    field = data.draw(st.sampled_from([*named, "metadata.a", "metadata.a.b"]))
    query = {"filter": data.draw(predicates_on(field)), "sort": field, "orderBy": "desc"}
    asyncio.run(_read(fake, f"/{collection.path}", query))


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        words,
        st.sampled_from(
            [10**400, "2026-09-14", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "active"]
        ),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def bodies(draw: st.DrawFn, fake: Fake) -> tuple[str, bytes]:
    """A collection, and the body of a PUT there with something wrong about it, or nothing."""
    path = draw(st.sampled_from(["lineItems", "results", "categories"]))
    envelope = {"lineItems": fake.a_line_item(), "results": fake.a_result()}.get(
        path, {"category": {"sourcedId": "cat-1", "title": "Labs", "metadata": {"classId": "x"}}}
    )
    ((one, content),) = envelope.items()
    names = [*content, "metadata", "status", "comment"]
    keys = st.one_of(st.sampled_from(names), words)
    changes: Mapping[str, Any] = draw(st.dictionaries(keys, json_values, max_size=3))
    left_out = draw(st.sets(st.sampled_from(list(content)), max_size=2))
    changed = {name: value for name, value in {**content, **changes}.items() if name not in left_out}
    whole: Any = draw(st.sampled_from([{one: changed}, changed, {one: [changed]}, {one.upper(): changed}]))
    raw = json.dumps(whole).encode("utf-8", "surrogatepass")
    return path, draw(st.sampled_from([raw, raw, raw, raw, raw[:-3], raw + b"\xff"]))


@SETTINGS
@given(st.data())
def test_no_body_makes_it_fall_over_and_a_refused_one_changes_nothing(data: st.DataObject) -> None:
    fake = data.draw(fakes)
    fake.store.thaw(fake.frozen)
    path, raw = data.draw(bodies(fake))
    sourced_id = data.draw(st.sampled_from(["li-1", "r-1", "cat-1", "new"]))
    address = f"/{path}/{sourced_id}" if data.draw(st.integers(0, 4)) else f"/{path}"
    before = fake.rows()
    answer = asyncio.run(fake.ask("PUT", address, body=raw))
    assert answer.status_code in {200, 201, 404, 405, 422}
    if answer.status_code >= 400:
        assert fake.rows() == before
    for each in ("lineItems", "results", "categories"):  # what was taken can be read again
        assert asyncio.run(fake.ask("GET", f"/{each}?sort=metadata.a")).status_code == 200


@SETTINGS
@given(st.data())
def test_any_verb_at_any_address_has_an_answer(data: st.DataObject) -> None:
    fake = data.draw(fakes)
    fake.store.thaw(fake.frozen)
    verb = data.draw(st.sampled_from(["DELETE", "POST", "PATCH", "PUT", "HEAD", "OPTIONS"]))
    answer = asyncio.run(fake.ask(verb, data.draw(paths(fake)), data.draw(st.binary(max_size=20))))
    assert answer.status_code in {204, 403, 404, 405, 422}
    assert (answer.status_code == 403) <= (fake.store.profile.provider.line_item_deletes == "refuse")
    assert bool(answer.headers.get("Allow")) is (answer.status_code == 405)


@SETTINGS
@given(
    header=st.one_of(st.text(max_size=40), st.text(max_size=40).map(lambda text: f"OAuth {text}")),
    query=st.dictionaries(st.sampled_from(["oauth_signature", "oauth_timestamp", "x"]), words, max_size=3),
    kind=st.sampled_from(["oauth2", "oauth1", "either"]),
)
def test_no_credentials_make_it_fall_over(header: str, query: dict[str, str], kind: Any) -> None:  # noqa: ANN401 - a Literal
    fake = FAKES[0]
    fake.store.profile = replace(KHSD, oneroster_auth=kind)

    address = f"{BASE}/orgs?{urlencode(query, errors='surrogatepass')}"

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=fake.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://synergy.test") as client:
            headers = [(b"authorization", header.encode("latin-1", "replace"))]
            return await client.get(address, headers=headers)

    try:
        assert asyncio.run(ask()).status_code in {400, 401}
    finally:
        fake.store.profile = KHSD


@pytest.mark.parametrize("seconds", ["9" * 10, "0", "00000000001"])
async def test_a_timestamp_far_away_is_refused(seconds: str) -> None:
    fake = FAKES[0]
    fake.store.profile = replace(KHSD, oneroster_auth="oauth1")
    header = (
        'OAuth oauth_consumer_key="sync",oauth_nonce="n",oauth_signature="s",'
        f'oauth_signature_method="HMAC-SHA1",oauth_timestamp="{seconds}"'
    )
    try:
        transport = httpx2.ASGITransport(app=fake.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://synergy.test") as client:
            answer = await client.get(f"{BASE}/orgs", headers={"Authorization": header})
        assert answer.status_code in {400, 401}
    finally:
        fake.store.profile = KHSD
