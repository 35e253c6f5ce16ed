"""Each kind of fault, over real sockets and in process: what the client sees, what is kept, what is noted."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from simulator.faults import (
    Answer,
    Drip,
    DropAfter,
    DropBefore,
    HtmlPage,
    Latency,
    Lost,
    Malformed,
    Match,
    Restart,
    Shifting,
    Stale,
    ThrottleStorm,
    TokenExpires,
    Truncated,
    Twice,
    answered,
)
from simulator.profiles import KHSD
from tests.unit.faults.conftest import Faulty

PUTS = Match(system="oneroster", methods=("PUT",))


async def test_without_a_fault_the_item_is_stored(faulty: Faulty) -> None:
    assert (await faulty.put_item()).status_code == 201
    assert faulty.items == 1
    assert (faulty.exchanges[-1].fault, faulty.exchanges[-1].handled) == ("", True)


async def test_oneroster_answers_any_status_in_its_own_envelope(faulty: Faulty) -> None:
    faulty.plan(Answer(status=503, retry_after_seconds=7), PUTS)
    answer = await faulty.put_item()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "7"
    assert answer.json()["imsx_codeMajor"] == "failure"
    assert (
        answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == "server_busy"
    )
    assert faulty.items == 0
    assert (faulty.exchanges[-1].fault, faulty.exchanges[-1].handled) == ("answer", False)
    assert faulty.strikes == ["it: answer at oneroster"]


async def test_an_error_after_the_commit_leaves_the_write_in_place(faulty: Faulty) -> None:
    faulty.plan(Answer(status=500, words="Rest Easy", committed=True), PUTS)
    answer = await faulty.put_item()
    assert (answer.status_code, answer.json()["imsx_description"]) == (500, "Rest Easy")
    assert faulty.items == 1
    assert faulty.exchanges[-1].handled


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, {"errors": [{"message": "Invalid access token."}]}),
        (
            403,
            {"status": "unauthorized", "errors": [{"message": "user not authorized to perform that action"}]},
        ),
        (404, {"errors": [{"message": "The specified resource does not exist."}]}),
        (422, {"message": "Unprocessable Entity"}),
    ],
)
async def test_canvas_answers_any_status_in_the_body_of_its_own(
    faulty: Faulty, status: int, body: dict[str, object]
) -> None:
    faulty.plan(Answer(status=status), Match(system="canvas"))
    answer = await faulty.canvas("/courses")
    assert answer.status_code == status
    assert "json" in answer.headers["content-type"]
    assert json.loads(answer.text.replace("Unprocessable Content", "Unprocessable Entity")) == body
    assert ("www-authenticate" in answer.headers) == (status == 401)


async def test_a_canvas_that_broke_numbers_its_report(faulty: Faulty) -> None:
    faulty.plan(Answer(status=500), Match(system="canvas"))
    answer = await faulty.canvas("/courses")
    entry = {"message": "An error occurred.", "error_code": "internal_server_error"}
    assert answer.json()["errors"] == [entry]
    assert isinstance(answer.json()["error_report_id"], int)


async def test_teachervue_and_the_token_endpoint_answer_in_their_own_words(faulty: Faulty) -> None:
    faulty.plan(Answer(status=503), Match(system="synergy"), times=2)
    screen, token = await faulty.screen(), await faulty.token_endpoint()
    assert screen.json() == {"error": "Service Unavailable."}
    assert token.json() == {
        "error": "temporarily_unavailable",
        "error_description": "Service Unavailable.",
    }
    assert (screen.status_code, token.status_code) == (503, 503)


async def test_a_late_answer_takes_so_long_on_the_worlds_clock(faulty: Faulty) -> None:
    faulty.plan(Latency(seconds=30, spread_seconds=10), PUTS)
    before = faulty.world.clock.now()
    assert (await faulty.put_item()).status_code == 201
    took = (faulty.world.clock.now() - before).total_seconds()
    assert 30 < took < 40
    assert faulty.exchanges[-1].seconds == took


async def test_a_connection_dropped_before_the_request_is_handled_changes_nothing(faulty: Faulty) -> None:
    faulty.plan(DropBefore(), PUTS)
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.put_item()
    assert faulty.items == 0
    last = faulty.exchanges[-1]
    assert (last.fault, last.handled, last.status) == ("dropped_before", False, 0)
    assert (await faulty.put_item()).status_code == 201


async def test_a_connection_dropped_after_the_commit_leaves_what_was_written(faulty: Faulty) -> None:
    faulty.plan(DropAfter(), PUTS)
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.put_item()
    assert faulty.items == 1
    last = faulty.exchanges[-1]
    assert (last.fault, last.handled, last.status) == ("dropped_after_commit", True, 201)
    assert "Cell quiz" in last.response_body


async def test_what_is_acknowledged_but_lost_has_the_true_answer_and_is_not_there(faulty: Faulty) -> None:
    await faulty.put_item(1)
    faulty.plan(Lost(), PUTS)
    answer = await faulty.put_item(2)
    assert (answer.status_code, answer.json()["lineItem"]["title"]) == (201, "Cell quiz 2")
    assert faulty.items == 1
    assert not faulty.exchanges[-1].handled
    assert (await faulty.sync("GET", "/lineItems/item-2")).status_code == 404


async def test_a_write_that_is_refused_cannot_be_lost(faulty: Faulty) -> None:
    faulty.plan(Lost(), PUTS)
    refused = await faulty.put_score(score=8.0)
    assert (refused.status_code >= 400, faulty.strikes) == (True, [])
    assert (await faulty.put_item()).status_code == 201
    assert (faulty.items, faulty.strikes) == (0, ["it: acknowledged_but_lost at oneroster"])


async def test_what_is_lost_takes_nothing_with_it_that_others_write_at_the_same_time(faulty: Faulty) -> None:
    faulty.plan(Lost(), replace(PUTS, path="*/lineItems/item-1*"), times=None)
    answers = await asyncio.gather(*map(faulty.put_item, range(30)))
    assert {each.status_code for each in answers} == {201}
    assert faulty.items == 30 - len(faulty.strikes) == 30 - 11


async def test_what_is_delivered_twice_is_carried_out_and_noted_twice(faulty: Faulty) -> None:
    await faulty.put_item()
    faulty.plan(Twice(hears="second"), Match(methods=("DELETE",)))
    answer = await faulty.sync("DELETE", "/lineItems/item-1")
    assert answer.status_code == 404
    assert [each.status for each in faulty.exchanges[-2:]] == [204, 404]
    assert [each.fault for each in faulty.exchanges[-2:]] == ["delivered_twice", "delivered_twice"]


async def test_of_two_deliveries_the_client_may_hear_the_first(faulty: Faulty) -> None:
    await faulty.put_item()
    faulty.plan(Twice(hears="first"), Match(methods=("DELETE",)))
    assert (await faulty.sync("DELETE", "/lineItems/item-1")).status_code == 204


async def test_a_truncated_body_breaks_off_and_the_write_stays(faulty: Faulty) -> None:
    faulty.plan(Truncated(share=0.3), PUTS)
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.put_item()
    assert faulty.items == 1
    assert faulty.exchanges[-1].response_body.startswith('{"lineItem"')
    assert (await faulty.put_item(2)).status_code == 201


async def test_an_empty_answer_is_truncated_to_nothing_at_all(faulty: Faulty) -> None:
    await faulty.put_item()
    faulty.plan(Truncated(), Match(methods=("DELETE",)))
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.sync("DELETE", "/lineItems/item-1")
    assert faulty.items == 0


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_malformed_json_has_a_good_status_and_cannot_be_read(faulty: Faulty, method: str) -> None:
    await faulty.put_item()
    faulty.plan(Malformed(), Match(methods=(method,)))
    answer = await faulty.sync(method, "/lineItems/item-1")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()
    assert faulty.items == (1 if method == "GET" else 0)


@pytest.mark.parametrize("committed", [True, False])
async def test_a_page_for_people_comes_in_place_of_the_answer(faulty: Faulty, committed: bool) -> None:
    faulty.plan(HtmlPage(status=200, committed=committed), PUTS)
    answer = await faulty.put_item()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!DOCTYPE html>")
    assert faulty.items == int(committed)


async def test_a_slow_drip_brings_the_whole_body_in_pieces(faulty: Faulty) -> None:
    faulty.plan(Drip(seconds=20, pieces=4), PUTS)
    before = faulty.world.clock.now()
    answer = await faulty.put_item()
    assert answer.json()["lineItem"]["title"] == "Cell quiz 1"
    assert (faulty.world.clock.now() - before).total_seconds() == pytest.approx(20)


async def test_a_stale_read_does_not_know_the_write_of_a_moment_ago(faulty: Faulty) -> None:
    faulty.plan(Stale(seconds=60), Match(methods=("GET",)), times=None)
    assert (await faulty.sync("GET", "/lineItems")).json()["lineItems"] == []
    assert faulty.strikes == []
    await faulty.put_item(1)
    assert (await faulty.sync("GET", "/lineItems")).json()["lineItems"] == []
    faulty.world.clock.advance(timedelta(seconds=40))
    await faulty.put_item(2)
    faulty.world.clock.advance(timedelta(seconds=30))
    seen = (await faulty.sync("GET", "/lineItems")).json()["lineItems"]
    assert [each["sourcedId"] for each in seen] == ["item-1"]
    faulty.world.clock.advance(timedelta(seconds=31))
    assert len((await faulty.sync("GET", "/lineItems")).json()["lineItems"]) == 2
    assert (len(faulty.strikes), faulty.items) == (2, 2)


async def test_a_new_token_is_no_write_that_a_copy_could_miss(faulty: Faulty) -> None:
    faulty.plan(Stale(seconds=60), Match(methods=("GET",)))
    faulty.token = (await faulty.token_endpoint()).json()["access_token"]
    assert (await faulty.sync("GET", "/lineItems")).status_code == 200
    await faulty.put_item(1)
    faulty.token = (await faulty.token_endpoint()).json()["access_token"]
    assert (await faulty.sync("GET", "/lineItems")).json()["lineItems"] == []


async def test_a_refused_write_that_was_only_counted_leaves_nothing_stale(faulty: Faulty) -> None:
    faulty.world.synergy.profile = replace(KHSD, throttle_requests_max=100)
    faulty.plan(Stale(seconds=60), Match(methods=("GET",)))
    assert (await faulty.put_score()).status_code >= 400
    assert (await faulty.sync("GET", "/lineItems")).status_code == 200
    assert faulty.strikes == []


async def test_a_refused_write_to_canvas_leaves_nothing_stale(faulty: Faulty) -> None:
    faulty.world.canvas.profile = replace(KHSD, canvas_request_cost=1.0)
    faulty.plan(Stale(seconds=60), Match(methods=("GET",)))
    assert (await faulty.canvas("/courses/0/assignments", "POST")).status_code == 404
    assert (await faulty.canvas("/courses")).status_code == 200
    assert faulty.strikes == []


async def test_a_stale_read_counts_where_the_system_counts_requests(faulty: Faulty) -> None:
    faulty.world.synergy.profile = replace(KHSD, throttle_requests_max=3)
    faulty.plan(Stale(seconds=60), Match(methods=("GET",)), times=None)
    await faulty.put_item()
    seen = [(await faulty.sync("GET", "/lineItems")).status_code for _read in range(3)]
    assert seen == [200, 200, 429]


@pytest.mark.parametrize(("rows", "first"), [(1, 4), (-1, 2)])
async def test_rows_shift_under_a_client_that_pages_by_offset(faulty: Faulty, rows: int, first: int) -> None:
    path = f"/classes/{faulty.section.guid}/students"
    every = [each["sourcedId"] for each in (await faulty.sync("GET", path)).json()["users"]]
    faulty.plan(Shifting(rows=rows))
    page = await faulty.sync("GET", path, params={"limit": "3"})
    assert [each["sourcedId"] for each in page.json()["users"]] == every[:3]
    later = await faulty.sync("GET", path, params={"limit": "3", "offset": "3"})
    assert later.json()["users"][0]["sourcedId"] == every[first]
    assert later.headers["x-total-count"] == str(len(every))
    assert faulty.strikes == ["it: shifting_rows at oneroster"]


@pytest.mark.parametrize(("rows", "first"), [(1, 7), (-1, 5), (5, 11), (-5, 1), (-9, 0), (9_999, 999)])
async def test_rows_shift_under_a_client_that_pages_by_number(faulty: Faulty, rows: int, first: int) -> None:
    course = (await faulty.canvas("/courses")).json()[0]["id"]
    path = f"/courses/{course}/users"
    every = [each["id"] for each in (await faulty.canvas(path, params={"per_page": "100"})).json()]
    faulty.plan(Shifting(rows=rows))
    later = await faulty.canvas(path, params={"page": "4", "per_page": "2"})
    assert [each["id"] for each in later.json()] == every[first : first + 2]


async def test_a_bookmark_does_not_shift(faulty: Faulty) -> None:
    course = (await faulty.canvas("/courses")).json()[0]["id"]
    path = f"/courses/{course}/enrollments"
    first = await faulty.canvas(path, params={"per_page": "2"})
    faulty.plan(Shifting())
    later = await faulty.canvas(first.links["next"]["url"].partition("/api/v1")[2])
    assert later.status_code == 200
    assert faulty.strikes == []


async def test_an_access_token_ends_and_the_next_one_is_good(faulty: Faulty) -> None:
    faulty.plan(TokenExpires(), Match(system="oneroster", path="*/lineItems"), after=1)
    assert (await faulty.sync("GET", "/lineItems")).status_code == 200
    refused = await faulty.sync("GET", "/lineItems")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert (await faulty.sync("GET", "/lineItems")).status_code == 401
    faulty.token = (await faulty.token_endpoint()).json()["access_token"]
    assert (await faulty.sync("GET", "/lineItems")).status_code == 200


async def test_a_request_without_a_token_has_none_that_could_end(faulty: Faulty) -> None:
    faulty.plan(TokenExpires())
    faulty.token = (await faulty.token_endpoint()).json()["access_token"]
    assert faulty.strikes == []
    assert (await faulty.sync("GET", "/lineItems")).status_code == 401
    assert faulty.strikes == ["it: token_expires at oneroster"]


async def test_a_canvas_token_in_the_query_ends_too(faulty: Faulty) -> None:
    faulty.plan(TokenExpires())
    token = faulty.world.credentials.admin_token
    answer = await faulty.canvas("/courses", params={"access_token": token}, as_nobody=True)
    assert (answer.status_code, faulty.strikes) == (401, ["it: token_expires at canvas"])
    answer = await faulty.canvas("/courses", params={"access_token": token}, as_nobody=True)
    assert (answer.status_code, faulty.strikes) == (401, ["it: token_expires at canvas"])


async def test_a_canvas_token_that_ended_stays_so(faulty: Faulty) -> None:
    faulty.plan(TokenExpires(), Match(system="canvas"))
    answers = [await faulty.canvas("/courses") for _try in range(2)]
    assert [each.status_code for each in answers] == [401, 401]
    assert answers[0].json() == {"errors": [{"message": "Invalid access token."}]}


@pytest.mark.parametrize("status", [403, 429])
async def test_canvas_throttles_in_plain_text_without_a_retry_after(faulty: Faulty, status: int) -> None:
    faulty.plan(ThrottleStorm(answers=2, status=status), Match(system="canvas"))  # type: ignore[arg-type]
    answers = [await faulty.canvas("/courses") for _try in range(3)]
    assert [each.status_code for each in answers] == [status, status, 200]
    assert "Rate Limit Exceeded" in answers[0].text
    assert answers[0].headers["x-rate-limit-remaining"] == "0.0"
    assert answers[0].headers["content-type"] == "text/plain; charset=utf-8"
    assert "retry-after" not in answers[0].headers


async def test_oneroster_throttles_with_429_and_says_when_to_come_again(faulty: Faulty) -> None:
    faulty.plan(ThrottleStorm(answers=1, status=403, retry_after_seconds=5), Match(system="oneroster"))
    answer = await faulty.sync("GET", "/lineItems")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert "server_busy" in answer.text


@pytest.mark.parametrize("tokens", ["kept", "lost"])
async def test_a_restart_drops_then_is_not_ready_then_goes_on_with_its_state(
    faulty: Faulty, tokens: str
) -> None:
    await faulty.put_item()
    faulty.plan(Restart(dropped=2, unavailable=1, tokens=tokens), PUTS)  # type: ignore[arg-type]
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.put_item(2)
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.screen()
    assert (await faulty.sync("GET", "/lineItems")).status_code == 503
    assert (await faulty.canvas("/courses")).status_code == 200
    after = await faulty.sync("GET", "/lineItems/item-1")
    assert after.status_code == (200 if tokens == "kept" else 401)
    assert faulty.items == 1
    assert (await faulty.screen()).status_code == 200


async def test_a_fault_may_wait_for_a_rule_and_undoes_what_it_had_to_try(faulty: Faulty) -> None:
    faulty.plan(Answer(status=503), Match(rule="ZERO-POINTS-REJECTED", methods=("PUT",)))
    assert (await faulty.put_item(1)).status_code == 503
    assert faulty.items == 0
    assert (await faulty.put_item(2)).status_code == 201


async def test_a_rule_that_is_not_asked_strikes_nothing_and_the_write_happens_once(faulty: Faulty) -> None:
    faulty.plan(DropAfter(), Match(rule="READONLY-OFF-ERROR"))
    assert (await faulty.put_item(1)).status_code == 201
    assert faulty.strikes == []
    assert len(faulty.exchanges) == 1


async def test_a_fault_may_be_meant_for_one_persons_requests(faulty: Faulty) -> None:
    faulty.plan(Answer(status=403), Match(who="OneRoster client"), times=None)
    assert (await faulty.screen()).status_code == 200
    assert (await faulty.sync("GET", "/lineItems")).status_code == 403
    assert faulty.exchanges[-1].who == "OneRoster client"


async def test_a_fault_may_be_meant_for_what_a_body_says(faulty: Faulty) -> None:
    faulty.plan(DropBefore(), Match(body='"Cell quiz 2"'), times=None)
    assert (await faulty.put_item(1)).status_code == 201
    with pytest.raises(httpx2.RemoteProtocolError):
        await faulty.put_item(2)


async def test_what_is_done_to_a_token_request_keeps_its_secrets_out_of_the_journal(faulty: Faulty) -> None:
    faulty.plan(Malformed(), Match(path="/oauth/token"))
    said = (await faulty.token_endpoint()).text
    kept = faulty.exchanges[-1]
    assert "access_token" in said
    assert "access_token" not in kept.response_body


@pytest.mark.parametrize("faulty", ["in process"], indirect=True)
async def test_a_body_that_is_too_long_to_look_into_passes_untouched(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered, "REQUEST_BYTES_MAX", 10)
    faulty.plan(DropBefore(), PUTS)
    assert (await faulty.put_item()).status_code == 201
    assert "Cell quiz 1" in faulty.exchanges[-1].request_body
    assert faulty.strikes == []


@pytest.mark.parametrize("faulty", ["in process"], indirect=True)
async def test_two_runs_of_the_same_seed_go_wrong_in_the_same_places(faulty: Faulty) -> None:
    async def run() -> tuple[str, list[str]]:
        begun = len(faulty.world.journal)
        faulty.plan(Latency(seconds=1, spread_seconds=9), PUTS, times=None, probability=0.4)
        for number in range(20):
            await faulty.put_item(number)
        return faulty.world.journal.digest(since=begun), faulty.strikes

    faulty.world.snapshot("before")
    first = await run()
    faulty.world.restore("before")
    again = await run()
    assert first[0] == again[0]
    assert 3 < len(first[1]) < 17
