from datetime import timedelta

import pytest

from contracts import catalogue
from simulator.clock import VirtualClock
from simulator.journal import BODY_CHARACTERS_MAX, Entry, Journal, Mark, entry_as_dict
from simulator.verdicts import Refusal, Verdict, enforces, first_refusal


@enforces(catalogue.ZERO_POINTS_REJECTED)
def worth_something(points: float) -> Refusal | None:
    return None if points > 0 else Refusal("worth nothing", "points")


@pytest.fixture
def journal() -> Journal:
    return Journal(VirtualClock())


def note(journal: Journal, method: str = "GET", system: str = "canvas", body: str = "") -> None:
    journal.note_exchange(
        system=system,
        who="teacher",
        method=method,
        path="/x",
        query="",
        request_body=body,
        status=200,
        response_body="",
        content_type="",
    )


def test_entries_are_numbered_and_stamped_with_the_virtual_time(journal: Journal) -> None:
    note(journal)
    journal.note_clock_step(timedelta(seconds=90))
    assert [entry.number for entry in journal.entries] == [1, 2]
    assert entry_as_dict(journal.entries[1])["by_seconds"] == 90.0


def test_exchanges_can_be_narrowed_to_a_system_to_methods_and_to_what_is_new(journal: Journal) -> None:
    note(journal)
    note(journal, "PUT", "oneroster")
    seen = len(journal)
    note(journal, "PUT", "oneroster")
    assert len(journal.exchanges(system="oneroster", methods=["PUT"])) == 2
    assert len(journal.exchanges(system="oneroster", since=seen)) == 1
    assert journal.exchanges(system="teachervue") == ()


def test_a_verdict_becomes_a_mark_with_the_words_of_the_refusal(journal: Journal) -> None:
    journal.note_verdicts("synergy", "a quiz", [worth_something(10), worth_something(0)])
    upheld, refused = journal.marks()
    assert (upheld.rule, upheld.outcome, upheld.words) == ("ZERO-POINTS-REJECTED", "upheld", "")
    assert (refused.outcome, refused.words) == ("refused", "worth nothing")


def test_the_first_refusal_is_the_one_that_is_answered() -> None:
    verdicts = (worth_something(1), worth_something(0))
    assert first_refusal(verdicts) == Refusal("worth nothing", "points")
    assert first_refusal((Verdict(catalogue.NAME_TOO_LONG, None),)) is None


def test_a_listener_hears_every_entry_from_then_on(journal: Journal) -> None:
    heard: list[Entry] = []
    note(journal)
    journal.listen(heard.append)
    journal.note_mark("engine", "SCORE-SENT-ONCE", "upheld", "a score")
    assert [type(entry) for entry in heard] == [Mark]


def test_a_body_without_end_is_cut(journal: Journal) -> None:
    note(journal, body="x" * (BODY_CHARACTERS_MAX + 1))
    assert len(journal.exchanges()[0].request_body) == BODY_CHARACTERS_MAX
