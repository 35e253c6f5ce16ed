"""Server-sent events from lines, as the HTML standard reads them."""

from __future__ import annotations

import pytest

from simulator.control_client.events import Event, events


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["event: clock", "id: 1", 'data: {"a": 1}', ""], [Event("clock", '{"a": 1}')]),
        (["data: one", "data: two", ""], [Event("message", "one\ntwo")]),
        (["data:tight", ""], [Event("message", "tight")]),
        (["data:  two spaces", ""], [Event("message", " two spaces")]),
        ([": ping", "", "retry: 1000", ""], []),
        (["event: end", ""], []),
        (["event: a", "data: 1", "", "data: 2", ""], [Event("a", "1"), Event("message", "2")]),
        (["data: never finished"], []),
    ],
)
def test_lines_become_events(lines: list[str], told: list[Event]) -> None:
    assert list(events(lines)) == told
