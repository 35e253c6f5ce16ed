from datetime import timedelta

import pytest

from sync_engine import Request, SystemFaultError
from sync_engine.domain.retry import (
    BUSY_TRIES_MAX,
    RETRY_AFTER_SECONDS_MAX,
    SILENCE_TRIES_MAX,
    Outcome,
    wait_before_next_try,
)
from sync_engine.exchange import Exchange, Pace
from tests.unit.engine.builders import MORNING, InstantClock, ScriptedWire, an_answer

PUT = Request("PUT", "https://synergy.test/results/1")


def wait(attempt: int, outcome: Outcome, *, repeatable: bool = True) -> float | None:
    return wait_before_next_try(attempt, outcome, repeatable=repeatable, now=MORNING)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_ever_later_until_the_limit(status: int) -> None:
    waits = [wait(attempt, Outcome(status)) for attempt in range(1, BUSY_TRIES_MAX + 1)]
    assert waits == [0.5, 1.0, 2.0, 4.0, None]


@pytest.mark.parametrize("status", [200, 201, 204, 301, 400, 401, 403, 404, 409, 422, 501])
def test_any_other_answer_is_final(status: int) -> None:
    assert wait(1, Outcome(status)) is None


def test_canvass_older_throttling_is_a_busy_server() -> None:
    assert wait(1, Outcome(403, throttled=True)) == 0.5


def test_silence_is_tried_again_a_few_times() -> None:
    assert [wait(attempt, Outcome(None)) for attempt in range(1, SILENCE_TRIES_MAX + 1)] == [0.5, 1.0, None]


def test_what_may_not_be_repeated_is_repeated_only_when_it_was_surely_not_done() -> None:
    assert wait(1, Outcome(None), repeatable=False) is None
    assert wait(1, Outcome(503), repeatable=False) is None
    assert wait(1, Outcome(429), repeatable=False) == 0.5


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("7", 7.0),
        ("Mon, 14 Sep 2026 15:00:09 GMT", 9.0),
        ("Mon, 14 Sep 2026 14:00:00 GMT", 0.0),
        ("soon", 0.5),
        ("", 0.5),
        (str(int(RETRY_AFTER_SECONDS_MAX) + 1), None),
    ],
)
def test_retry_after_is_honoured_within_reason(asked: str, seconds: float | None) -> None:
    assert wait(1, Outcome(429, asked)) == seconds


def an_exchange(wire: ScriptedWire, clock: InstantClock, per_second: float | None = None) -> Exchange:
    return Exchange("Synergy", wire, clock, Pace(clock, per_second))


async def test_waiting_happens_on_the_injected_clock() -> None:
    clock, wire = (
        InstantClock(),
        ScriptedWire([an_answer(503), None, an_answer(429, retry_after="7"), an_answer()]),
    )
    answer = await an_exchange(wire, clock).send(PUT)
    assert answer.status == 200
    assert clock.waits == [0.5, 1.0, 7.0]


async def test_lasting_silence_becomes_words_that_name_the_system_and_the_address() -> None:
    wire = ScriptedWire([None] * SILENCE_TRIES_MAX)
    with pytest.raises(
        SystemFaultError, match=r"Synergy cannot be reached at https://synergy\.test: the connection"
    ):
        await an_exchange(wire, InstantClock()).send(PUT)


async def test_lasting_trouble_is_handed_back_as_the_answer_it_is() -> None:
    wire = ScriptedWire([an_answer(503)] * BUSY_TRIES_MAX)
    assert (await an_exchange(wire, InstantClock()).send(PUT)).status == 503


async def test_requests_keep_their_distance() -> None:
    clock, wire = InstantClock(), ScriptedWire([an_answer()] * 5)
    exchange = an_exchange(wire, clock, per_second=20)
    for _request in range(5):
        await exchange.send(PUT)
    assert clock.time - MORNING == timedelta(seconds=0.2)
