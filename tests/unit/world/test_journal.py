from datetime import timedelta
from typing import Any

import pytest

from contracts import catalogue
from simulator.clock import VirtualClock
from simulator.journal import BODY_CHARACTERS_MAX, Entry, Journal, Mark, Query, entry_as_dict
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


def test_synergy_is_both_of_its_faces_and_its_own_verdicts(journal: Journal) -> None:
    note(journal, system="oneroster")
    note(journal, system="teachervue")
    note(journal, system="canvas")
    journal.note_verdicts("synergy", "a quiz", [worth_something(0)])
    assert numbers(journal, system="synergy") == [1, 2, 4]
    assert numbers(journal, system="oneroster") == [1]


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


def numbers(journal: Journal, **wanted: Any) -> list[int]:  # noqa: ANN401 - fields of a query
    return [entry.number for entry in journal.select(Query(**wanted))]


@pytest.fixture
def busy_journal(journal: Journal) -> Journal:
    """1 and 2 exchanges, 3 a mark, 4 a clock step, 5 a happening, 6 a fault, 7 what was done to the world."""
    note(journal, "GET", "canvas")
    note(journal, "PUT", "oneroster")
    journal.note_mark("synergy", "NAME-TOO-LONG", "refused", "a quiz")
    journal.note_clock_step(timedelta(seconds=1), "control")
    journal.note_happening("roster feed", "nothing new")
    journal.note_fault("storm", "status", "oneroster", "PUT /x")
    journal.note_world_step("snapshot", "taken", "control")
    return journal


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7]),
        ({"since": 5}, [6, 7]),
        ({"since": 2, "until": 4}, [3, 4]),
        ({"kinds": frozenset({"exchange", "fault"})}, [1, 2, 6]),
        ({"system": "oneroster"}, [2, 6]),
        ({"system": "synergy"}, [2, 3, 6]),
        ({"methods": frozenset({"PUT"})}, [2]),
        ({"who": "teacher"}, [1, 2]),
        ({"who": "control"}, [4, 7]),
        ({"path": "/x"}, [1, 2]),
        ({"path": "/y"}, []),
        ({"status": 200}, [1, 2]),
        ({"status": 404}, []),
        ({"rule": "NAME-TOO-LONG"}, [3]),
        ({"fault": "storm"}, [6]),
        ({"fault": "status"}, [6]),
    ],
)
def test_a_query_narrows_by_each_of_its_fields(
    busy_journal: Journal, wanted: dict[str, Any], found: list[int]
) -> None:
    assert numbers(busy_journal, **wanted) == found


def test_a_status_of_a_hundred_stands_for_all_of_its_kind(journal: Journal) -> None:
    note(journal)
    assert (numbers(journal, status=200), numbers(journal, status=400)) == ([1], [])
    assert numbers(journal, status=204) == []


def test_two_journals_that_say_the_same_have_the_same_digest(journal: Journal) -> None:
    other = Journal(VirtualClock())
    note(other, "DELETE")
    since = len(other)
    for each in (journal, other):
        note(each, body="the same")
    assert journal.digest() == other.digest(since=since)
    note(other)
    assert journal.digest() != other.digest(since=since)


def test_a_full_journal_forgets_its_oldest_entries_and_counts_on() -> None:
    journal = Journal(VirtualClock(), entries_max=10)
    for _each in range(25):
        note(journal)
    kept = [entry.number for entry in journal.entries]
    assert len(kept) <= 10
    assert kept == list(range(journal.first_number, 26))
    assert numbers(journal, since=23) == [24, 25]


def test_a_listener_that_has_heard_enough_hears_no_more(journal: Journal) -> None:
    heard: list[Entry] = []
    stop = journal.listen(heard.append)
    note(journal)
    stop()
    note(journal)
    assert len(heard) == 1
