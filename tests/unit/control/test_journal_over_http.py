"""A journal asked in pages and exported, from outside."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from simulator.control.pages import page_of, telling
from simulator.journal import ENTRY_KINDS, Query, entry_as_dict
from tests.unit.control.control import Control, complaint

JOURNAL = "/default/journal"
ADVANCE = "/default/clock/advance"


async def moves(control: Control, *seconds: float) -> None:
    for each in seconds:
        await control.post(ADVANCE, {"seconds": each})


async def asks_canvas(control: Control, path: str = "/api/v1/courses", **headers: str) -> None:
    token = control.world("default").credentials.teacher_tokens[0]
    await control.canvas.get(path, headers={"Authorization": f"Bearer {token}", **headers})


async def uses_every_secret(control: Control) -> list[str]:
    """Enter through every door, in the right way and in wrong ones; the secrets that were shown."""
    credentials = control.world("default").credentials
    teacher, admin = credentials.teacher_tokens[0], credentials.admin_token
    await asks_canvas(control)
    await control.canvas.get("/api/v1/courses", params={"access_token": admin})
    await control.canvas.get(f"/api/v1/courses/{teacher}", headers={"Referer": f"http://x.test/?t={teacher}"})
    await control.canvas.post("/api/v1/courses", data={"access_token": admin, "course[name]": f"a{teacher}b"})
    await control.canvas.post("/api/v1/courses", json={"access_token": admin})
    client = (credentials.client_id, credentials.client_secret)
    grant = {"grant_type": "client_credentials"}
    issued = (await control.synergy.post("/oauth/token", auth=client, data=grant)).json()["access_token"]
    both = {"client_id": credentials.client_id, "client_secret": credentials.client_secret}
    await control.synergy.post("/oauth/token/", data={**grant, **both})
    await control.synergy.get("/ims/oneroster/v1p1/orgs", headers={"Authorization": f"Bearer {issued}"})
    await control.synergy.get("/ims/oneroster/v1p1/orgs", params={"token": issued})
    bearer = {"Authorization": f"Bearer {credentials.teachervue_token}"}
    await control.synergy.get("/teachervue/classes", headers=bearer)
    await control.synergy.get(f"/teachervue/classes/{credentials.teachervue_token}", headers=bearer)
    return [teacher, admin, credentials.client_secret, issued, credentials.teachervue_token]


async def test_the_journal_goes_on_where_the_last_page_ended(control: Control) -> None:
    await moves(control, 1, 2, 3)
    first = (await control.get(JOURNAL, limit=2)).json()
    second = (await control.get(JOURNAL, limit=2, since=first["next"])).json()
    third = (await control.get(JOURNAL, limit=2, since=second["next"])).json()
    told = [[entry["by_seconds"] for entry in page["entries"]] for page in (first, second, third)]
    assert told == [[1.0, 2.0], [3.0], []]
    assert [(page["next"], page["more"]) for page in (first, second, third)] == [
        (2, True),
        (3, False),
        (3, False),
    ]
    assert (first["first"], first["newest"]) == (1, 3)


async def test_a_page_that_finds_nothing_goes_on_after_what_it_looked_at(control: Control) -> None:
    await moves(control, 1, 2, 3)
    page = (await control.get(JOURNAL, kind="exchange")).json()
    assert (page["entries"], page["next"], page["more"]) == ([], 3, False)
    page = (await control.get(JOURNAL, kind="exchange", until=2)).json()
    assert page["next"] == 2


async def test_a_page_is_cut_where_it_grows_too_large_and_still_gives_one_entry(control: Control) -> None:
    await moves(control, 1, 2, 3)
    world = control.world("default")
    pages = []
    since = 0
    while since < len(world.journal):
        page = page_of(world.journal, Query(since=since), 100, telling(world), characters_max=1)
        pages.append(len(page.entries))
        since = page.next
    assert pages == [1, 1, 1]


async def test_every_field_of_a_query_can_be_asked_for(control: Control) -> None:
    await control.post("/default/snapshots", {"name": "morning"})
    await moves(control, 1)
    await uses_every_secret(control)
    world = control.world("default")
    world.journal.note_mark("synergy", "READONLY-OFF-ERROR", "refused", "a quiz", "It is not locked.")
    world.journal.note_fault("lost answer", "dropped_after_commit", "oneroster", "PUT /results/1")
    queries: dict[str, tuple[dict[str, Any], Query]] = {
        "since": ({"since": 3}, Query(since=3)),
        "until": ({"until": 3}, Query(until=3)),
        "kinds": ({"kind": ["clock", "world"]}, Query(kinds=frozenset({"clock", "world"}))),
        "system": ({"system": "oneroster"}, Query(system="oneroster")),
        "methods": ({"method": ["POST", "PUT"]}, Query(methods=frozenset({"POST", "PUT"}))),
        "who": ({"who": "control"}, Query(who="control")),
        "path": ({"path": "/courses"}, Query(path="/courses")),
        "status": ({"status": 400}, Query(status=400)),
        "rule": ({"rule": "READONLY-OFF-ERROR"}, Query(rule="READONLY-OFF-ERROR")),
        "fault": ({"fault": "dropped_after_commit"}, Query(fault="dropped_after_commit")),
        "simulated": ({"simulated": "false"}, Query(simulated=False)),
    }
    assert set(queries) == set(Query.__dataclass_fields__)
    for asked, query in queries.values():
        wanted = [entry.number for entry in world.journal.select(query)]
        told = (await control.get(JOURNAL, **asked)).json()["entries"]
        assert [entry["number"] for entry in told] == wanted
        assert 0 < len(wanted) < len(world.journal)


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"since": "-1"}, "since"),
        ({"since": "x"}, "since"),
        ({"since": "²"}, "since"),
        ({"since": "9" * 30}, "since"),
        ({"since": ["1", "2"]}, "since"),
        ({"until": ""}, "until"),
        ({"kind": "gossip"}, "kind"),
        ({"kind": ["clock", "gossip"]}, "kind"),
        ({"system": "moodle"}, "system"),
        ({"method": "get it"}, "method"),
        ({"method": "get"}, "method"),
        ({"method": ""}, "method"),
        ({"rule": "READONLY-OF-ERROR"}, "rule"),
        ({"status": "99"}, "status"),
        ({"status": "teapot"}, "status"),
        ({"limit": "0"}, "limit"),
        ({"who": "x" * 501}, "who"),
        ({"sinse": "1"}, "sinse"),
    ],
)
async def test_a_bad_question_is_422_and_names_the_field(
    control: Control, params: dict[str, Any], field: str
) -> None:
    assert complaint(await control.get(JOURNAL, **params)) == (422, field)


async def test_an_unknown_kind_is_answered_with_those_there_are(control: Control) -> None:
    error = (await control.get(JOURNAL, kind="gossip")).json()["error"]
    assert ", ".join(ENTRY_KINDS) in error


@pytest.mark.parametrize("export", ["ndjson", "har", "stream"])
async def test_an_export_has_no_pages(control: Control, export: str) -> None:
    assert complaint(await control.get(f"{JOURNAL}/{export}", limit="5")) == (422, "limit")


async def test_ndjson_is_an_entry_a_line_and_can_be_narrowed(control: Control) -> None:
    await moves(control, 1, 2)
    await asks_canvas(control)
    answer = await control.get(f"{JOURNAL}/ndjson")
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert [entry["number"] for entry in told] == [1, 2, 3]
    narrowed = (await control.get(f"{JOURNAL}/ndjson", kind="exchange")).text.splitlines()
    assert [json.loads(line)["path"] for line in narrowed] == ["/api/v1/courses"]


async def test_an_empty_journal_exports_as_nothing(control: Control) -> None:
    assert (await control.get(f"{JOURNAL}/ndjson")).text == ""
    assert (await control.get(f"{JOURNAL}/har")).json()["log"]["entries"] == []


async def test_an_export_larger_than_a_piece_arrives_whole(control: Control) -> None:
    journal = control.world("default").journal
    for number in range(3_000):
        journal.note_happening("roster feed", f"{number} " + "Zoë " * 20)
    lines = (await control.get(f"{JOURNAL}/ndjson")).text.splitlines()
    assert [json.loads(line) for line in lines] == [entry_as_dict(entry) for entry in journal.entries]


async def test_names_are_readable_and_half_a_character_does_not_break_the_answer(control: Control) -> None:
    control.world("default").journal.note_happening("roster feed", "Zoë \ud83d")
    for path in (JOURNAL, f"{JOURNAL}/ndjson"):
        answer = await control.get(path)
        assert "Zoë" in answer.text
        assert "\\ud83d" in answer.text


NAMED = {"type": "object", "required": ["name", "value"], "properties": {"value": {"type": "string"}}}
MESSAGE: dict[str, Any] = {
    "httpVersion": {"const": "HTTP/1.1"},
    "cookies": {"type": "array"},
    "headers": {"type": "array", "items": NAMED},
    "headersSize": {"type": "integer"},
    "bodySize": {"type": "integer"},
}
REQUEST = {
    **MESSAGE,
    "method": {"type": "string"},
    "url": {"type": "string", "pattern": "^http://(canvas|synergy)\\.test/"},
    "queryString": {"type": "array", "items": NAMED},
}
CONTENT = {"size": {"type": "integer"}, "mimeType": {"type": "string"}, "text": {"type": "string"}}
RESPONSE = {
    **MESSAGE,
    "status": {"type": "integer"},
    "statusText": {"type": "string"},
    "content": {"type": "object", "required": ["size", "mimeType"], "properties": CONTENT},
    "redirectURL": {"type": "string"},
}
TIMINGS = {name: {"type": "number", "minimum": 0} for name in ("send", "wait", "receive")}
POSTED = {"type": "object", "required": ["mimeType", "text"]}


def closed(properties: dict[str, Any], **optional: Any) -> dict[str, Any]:  # noqa: ANN401
    """An object with exactly these properties, or some of the optional ones more."""
    every = {**properties, **optional}
    return {
        "type": "object",
        "required": [*properties],
        "properties": every,
        "patternProperties": {"^_": {}},
        "additionalProperties": False,
    }


HAR_ENTRY = closed(
    {
        "startedDateTime": {"type": "string", "format": "date-time"},
        "time": {"type": "number", "minimum": 0},
        "request": closed(REQUEST, postData=POSTED),
        "response": closed(RESPONSE),
        "cache": closed({}),
        "timings": closed(TIMINGS),
    }
)
CREATOR = closed({"name": {"type": "string"}, "version": {"type": "string"}})
LOG = {"version": {"const": "1.2"}, "creator": CREATOR, "entries": {"type": "array", "items": HAR_ENTRY}}
HAR = closed({"log": closed(LOG, comment={"type": "string"})})
"""The fields that HAR 1.2 requires, and no others but those that begin with an underscore."""


async def test_the_exchanges_are_a_har_that_another_program_can_read(control: Control) -> None:
    await moves(control, 60)
    await uses_every_secret(control)
    archive = (await control.get(f"{JOURNAL}/har")).json()
    jsonschema_rs.validate(HAR, archive)
    exchanges = control.world("default").journal.exchanges()
    assert [entry["_number"] for entry in archive["log"]["entries"]] == [each.number for each in exchanges]
    first, asked = archive["log"]["entries"][0], exchanges[0]
    assert first["request"]["url"] == "http://canvas.test/api/v1/courses"
    assert (first["response"]["status"], first["response"]["content"]["text"]) == (200, asked.response_body)
    assert first["startedDateTime"] == "2026-09-14T15:01:00+00:00"
    assert {"name": "authorization", "value": "***"} in first["request"]["headers"]
    posted = next(each for each in archive["log"]["entries"] if "postData" in each["request"])
    assert posted["request"]["postData"]["mimeType"] == "application/x-www-form-urlencoded"


async def test_a_har_has_urls_that_ask_for_the_same_again(control: Control) -> None:
    await control.canvas.get("/api/v1/courses/sis_course_id:A%20B%3F%23%C3%A4?page=%20")
    archive = (await control.get(f"{JOURNAL}/har")).json()
    url = archive["log"]["entries"][0]["request"]["url"]
    assert url == "http://canvas.test/api/v1/courses/sis_course_id:A%20B%3F%23%C3%A4?page=%20"


async def test_a_har_of_another_world_has_that_worlds_urls(control: Control) -> None:
    await control.canvas.get("/w/room-1/api/v1/courses")
    archive = (await control.get("/room-1/journal/har")).json()
    assert archive["log"]["entries"][0]["request"]["url"] == "http://canvas.test/w/room-1/api/v1/courses"


@pytest.mark.parametrize("path", ["", "/ndjson", "/har"])
async def test_no_secret_leaves_with_the_journal_whatever_way_it_was_sent(
    control: Control, path: str
) -> None:
    secrets = await uses_every_secret(control)
    told = (await control.get(f"{JOURNAL}{path}")).text
    assert len(told) > 5_000
    assert [secret for secret in secrets if secret in told] == []
    assert told.count("***") > len(secrets)


async def test_a_hash_that_is_no_secret_of_this_world_is_told(control: Control) -> None:
    harmless = "0123456789abcdef" * 4
    await asks_canvas(control, f"/api/v1/courses/{harmless}")
    assert harmless in (await control.get(JOURNAL)).text
