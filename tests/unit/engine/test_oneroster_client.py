from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sync_engine import AccessRefusedError, Answer, OneRosterAccess, Policy, SystemFaultError
from sync_engine.domain.snapshot import Grade
from sync_engine.errors import WriteRefusedError
from sync_engine.exchange import Exchange, Pace
from sync_engine.oneroster.client import OneRosterClient
from sync_engine.oneroster.wire import WORDS_LENGTH_MAX, WireCategory, Writer, vendor_error
from tests.unit.engine.builders import (
    MORNING,
    InstantClock,
    ScriptedWire,
    an_answer,
    an_assignment,
    details_of,
)

BASE = "https://synergy.test/ims/oneroster/v1p1"
WRITER = Writer(BASE, Policy(), ZoneInfo("America/Los_Angeles"))
TOKEN = an_answer(200, {"access_token": "t1", "expires_in": 3600})
DETAILS = details_of(an_assignment())


def a_client(*answers: Answer | None) -> tuple[OneRosterClient, ScriptedWire, InstantClock]:
    clock, wire = InstantClock(), ScriptedWire(list(answers))
    access = OneRosterAccess(BASE, "https://synergy.test/oauth/token", "client-1", "secret-1")
    return (
        OneRosterClient(access, WRITER, Exchange("Synergy", wire, clock, Pace(clock, None)), clock),
        wire,
        clock,
    )


def categories(*titles: str, **headers: str) -> Answer:
    return an_answer(200, {"categories": [{"sourcedId": each, "title": each} for each in titles]}, **headers)


async def titles_of(client: OneRosterClient) -> list[str]:
    return [each.title for each in await client.categories()]


async def test_one_token_serves_many_requests() -> None:
    client, wire, _clock = a_client(TOKEN, an_answer(201), an_answer(200))
    await client.put_line_item("a", DETAILS)
    await client.put_line_item("a", DETAILS)
    assert [request.method for request in wire.requests] == ["POST", "PUT", "PUT"]
    assert wire.requests[0].form == (("grant_type", "client_credentials"),)
    assert wire.requests[2].headers["Authorization"] == "Bearer t1"


async def test_a_token_is_renewed_before_it_ends() -> None:
    client, wire, clock = a_client(TOKEN, an_answer(201), TOKEN, an_answer(201))
    await client.put_line_item("a", DETAILS)
    await clock.sleep(3541)
    await client.put_line_item("a", DETAILS)
    assert [request.method for request in wire.requests] == ["POST", "PUT", "POST", "PUT"]


async def test_a_token_that_is_refused_is_renewed_once() -> None:
    client, wire, _clock = a_client(TOKEN, an_answer(401), TOKEN, an_answer(201))
    await client.put_line_item("a", DETAILS)
    assert len(wire.requests) == 4


async def test_a_fresh_token_that_is_refused_too_ends_it() -> None:
    client, _wire, _clock = a_client(TOKEN, an_answer(401), TOKEN, an_answer(401))
    with pytest.raises(AccessRefusedError, match="401 twice"):
        await client.put_line_item("a", DETAILS)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (an_answer(401, {"error": "invalid_client"}), AccessRefusedError, "client_secret"),
        (an_answer(400, {"error": "invalid_scope"}), AccessRefusedError, "scope"),
        (an_answer(404, b"<html>"), SystemFaultError, "token_url"),
        (an_answer(200, b"<html>"), SystemFaultError, "token_url"),
        (an_answer(200, {"token": "x"}), SystemFaultError, "token_url"),
        (an_answer(200, []), SystemFaultError, "token_url"),
        (an_answer(200, {"access_token": "x", "expires_in": "soon"}), SystemFaultError, "token_url"),
        (an_answer(200, {"access_token": "x\r\ny"}), SystemFaultError, "token_url"),
    ],
)
async def test_trouble_with_the_token_says_what_to_fix(
    answer: Answer, kind: type[SystemFaultError], words: str
) -> None:
    client, _wire, _clock = a_client(answer)
    with pytest.raises(kind, match=words) as caught:
        await client.check()
    assert "secret-1" not in str(caught.value)


async def test_lists_are_followed_by_link() -> None:
    link = f'<{BASE}/categories?offset=1&limit=1>; rel="next", <{BASE}/categories>; rel="last"'
    client, wire, _clock = a_client(TOKEN, categories("A", link=link), categories("B", link="<x>; rel=first"))
    assert await titles_of(client) == ["A", "B"]
    assert wire.requests[2].url == f"{BASE}/categories?offset=1&limit=1"


async def test_lists_without_links_are_followed_by_offset_until_the_total() -> None:
    client, wire, _clock = a_client(
        TOKEN, categories("A", "B", x_total_count="3"), categories("C", x_total_count="3")
    )
    assert await titles_of(client) == ["A", "B", "C"]
    assert ("offset", "2") in wire.requests[2].params


async def test_lists_without_links_or_total_end_with_an_empty_page() -> None:
    client, _wire, _clock = a_client(TOKEN, categories("A"), categories("B"), categories())
    assert await titles_of(client) == ["A", "B"]


async def test_a_server_that_ignores_the_offset_is_found_out() -> None:
    client, wire, _clock = a_client(TOKEN, categories("A", "B"), categories("A", "B"))
    assert await titles_of(client) == ["A", "B"]
    assert wire.answers == []


async def test_a_row_that_slipped_past_between_two_pages_is_found_by_reading_again() -> None:
    client, wire, _clock = a_client(
        TOKEN,
        categories("A", "B", x_total_count="4"),
        categories("D", x_total_count="4"),
        categories(x_total_count="4"),
        categories("A", "B", x_total_count="4"),
        categories("C", "D", x_total_count="4"),
    )
    assert await titles_of(client) == ["A", "B", "C", "D"]
    assert wire.answers == []


async def test_a_total_that_changes_between_two_pages_has_the_list_read_again() -> None:
    client, _wire, _clock = a_client(
        TOKEN,
        categories("A", "B", x_total_count="4"),
        categories("D", x_total_count="3"),
        categories("B", "C", x_total_count="3"),
        categories("D", x_total_count="3"),
    )
    assert await titles_of(client) == ["B", "C", "D"]


async def test_a_server_that_counts_wrong_is_believed_when_it_says_the_same_twice() -> None:
    pages = [categories("A", "B", x_total_count="5"), categories(x_total_count="5")]
    client, wire, _clock = a_client(TOKEN, *pages, *pages)
    assert await titles_of(client) == ["A", "B"]
    assert wire.answers == []


async def test_a_list_that_never_stands_still_is_told() -> None:
    pages = [
        categories(*titles, x_total_count="9", link="<x>; rel=first") for titles in ("AB", "BC", "CD", "DE")
    ]
    client, _wire, _clock = a_client(TOKEN, *pages)
    with pytest.raises(SystemFaultError, match=r"changes the list /categories .* nothing is lost"):
        await client.categories()


async def test_what_is_on_its_way_out_is_left_out() -> None:
    rows = [{"sourcedId": "a", "title": "Old", "status": "tobedeleted"}, {"sourcedId": "b", "title": "New"}]
    client, _wire, _clock = a_client(TOKEN, an_answer(200, {"categories": rows}, x_total_count="2"))
    assert await titles_of(client) == ["New"]


def test_a_category_belongs_to_its_class_or_to_all() -> None:
    assert WireCategory(sourcedId="a", title="T").belongs_to("A")
    assert WireCategory(sourcedId="a", title="T", metadata={"classId": "A"}).belongs_to("A")
    assert not WireCategory(sourcedId="a", title="T", metadata={"classId": "B"}).belongs_to("A")


async def test_a_class_that_synergy_does_not_have_is_unknown_and_no_fault() -> None:
    client, wire, _clock = a_client(TOKEN, an_answer(404, {}))
    assert not (await client.read_class("A/../B", (), with_results=False)).known
    assert wire.requests[1].url == f"{BASE}/classes/A%2F..%2FB"


async def test_scores_may_be_written_as_text_and_those_without_a_number_do_not_count() -> None:
    scores: list[dict[str, object]] = [
        {"score": "8.5"},
        {"scoreStatus": "exempt"},
        {"scoreStatus": "not submitted"},
        {"score": 1, "status": "tobedeleted"},
    ]
    rows = [
        {"sourcedId": f"R{number}", "lineItem": {"sourcedId": "L"}, "student": {"sourcedId": f"S{number}"}}
        | score
        for number, score in enumerate(scores)
    ]
    empty = an_answer(200, {"lineItems": [], "users": []})
    client, _wire, _clock = a_client(
        TOKEN, an_answer(200, {}), empty, empty, an_answer(200, {"results": rows}, x_total_count="4")
    )
    seen = await client.read_class("A", (), with_results=True)
    assert seen.scored == frozenset({("L", "S0"), ("L", "S1")})


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_a_write_succeeds_with_any_good_status_whatever_the_body(status: int) -> None:
    client, wire, _clock = a_client(TOKEN, an_answer(status, b"<not json>"))
    await client.put_result("r", "l", "s", Grade(8.0))
    assert wire.requests[1].url == f"{BASE}/results/r"


@pytest.mark.parametrize(
    "answer",
    [
        an_answer(200, b"<!DOCTYPE html><title>Log in</title>"),
        an_answer(201, b"Please log in", content_type="text/html; charset=utf-8"),
    ],
)
async def test_a_page_for_people_is_no_acknowledgement_of_a_write(answer: Answer) -> None:
    client, _wire, _clock = a_client(TOKEN, answer)
    with pytest.raises(SystemFaultError, match="page for people"):
        await client.put_result("r", "l", "s", Grade(8.0))


async def test_json_that_is_called_html_acknowledges_a_write_all_the_same() -> None:
    client, _wire, _clock = a_client(TOKEN, an_answer(200, {"result": {}}, content_type="text/html"))
    await client.put_result("r", "l", "s", Grade(8.0))


async def test_a_refused_write_carries_the_vendors_words() -> None:
    client, _wire, _clock = a_client(TOKEN, an_answer(422, {"imsx_description": "No such category"}))
    with pytest.raises(WriteRefusedError, match="No such category") as caught:
        await client.put_line_item("a", DETAILS)
    assert caught.value.status == 422


async def test_a_score_that_is_gone_already_counts_as_cleared() -> None:
    client, wire, _clock = a_client(TOKEN, an_answer(404, {}))
    await client.delete_result("r")
    assert wire.requests[1].method == "DELETE"


NESTED = {
    "imsx_codeMajor": "failure",
    "imsx_description": "No  such category",
    "imsx_CodeMinor": {"imsx_codeMinorField": [{"imsx_codeMinorFieldValue": "invaliddata"}]},
}
WRAPPED = {"statusInfoSet": [{"imsx_description": "No such category", "imsx_codeMinor": "invalid data"}]}


@pytest.mark.parametrize(
    ("body", "words", "minor"),
    [
        (an_answer(422, NESTED).body, "No such category", "invaliddata"),
        (an_answer(422, WRAPPED).body, "No such category", "invalid data"),
        (an_answer(422, {"errors": WRAPPED["statusInfoSet"]}).body, "No such category", "invalid data"),
        (
            b'{"error": "invalid_client", "error_description": "Unknown client"}',
            "Unknown client",
            "invalid_client",
        ),
        (b"<html><style>p {}</style><p>Gateway <b>fault</b></p></html>", "Gateway fault", ""),
        (b"", "", ""),
        (b"\xff\xfe", "\ufffd\ufffd", ""),
        (b"null", "", ""),
        (b"[1, [2], {}]", "", ""),
        (b'{"imsx_CodeMinor": {"imsx_codeMinorField": 3}, "imsx_description": 5}', "", ""),
        (b'{"imsx_CodeMinor": {"imsx_codeMinorField": [3]}}', "", ""),
    ],
)
def test_every_shape_of_an_error_is_read(body: bytes, words: str, minor: str) -> None:
    said = vendor_error(body)
    assert (said.words, said.minor) == (words, minor)


def test_a_vendors_novel_is_cut_short() -> None:
    assert len(vendor_error(b"word " * 500).words) == WORDS_LENGTH_MAX


def test_a_line_item_says_everything_and_the_due_date_in_utc() -> None:
    body = WRITER.line_item("L", DETAILS, MORNING)["lineItem"]
    assert body["dueDate"] == "2026-09-21T06:59:00.000Z"
    assert body["category"] == {
        "href": f"{BASE}/categories/cat-quizzes",
        "sourcedId": "cat-quizzes",
        "type": "category",
    }
    assert (body["resultValueMin"], body["resultValueMax"]) == (0.0, 10.0)
    assert body["sourcedId"] == "L"


def result(grade: Grade, **policy: Any) -> dict[str, Any]:  # noqa: ANN401 - any setting
    body = Writer(BASE, Policy(**policy), WRITER.zone).result("R", "L", "S", grade, MORNING)["result"]
    return dict(body)


def test_a_score_is_dated_in_the_districts_zone() -> None:
    evening = MORNING.replace(day=16, hour=3)
    assert result(Grade(8.0, graded_at=evening))["scoreDate"] == "2026-09-15"


def test_a_status_travels_as_a_comment_code_and_an_excuse_as_exempt() -> None:
    assert "comment" not in result(Grade(8.0))
    assert result(Grade(8.0, "late"))["comment"] == "L"
    assert result(Grade(8.0, "missing"), missing_code="M")["comment"] == "M"
    excused = result(Grade(None, "excused"))
    assert (excused["scoreStatus"], "score" in excused) == ("exempt", False)
    assert result(Grade(None, "excused"), exempt_score="zero")["score"] == 0.0
