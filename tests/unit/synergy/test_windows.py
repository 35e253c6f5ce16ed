"""Which grading periods are open, and what a closed one keeps a teacher from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from simulator.journal import Happening
from simulator.profiles import KHSD, RSD_105
from simulator.synergy import windows
from simulator.synergy.model import Session
from simulator.world import World, build_world
from tests.unit.synergy.grade_book import TEACHER, new_work, type_into

if TYPE_CHECKING:
    import httpx2

    from tests.unit.synergy.conftest import Synergy

Build = Callable[..., "Synergy"]


def a_period(name: str, begins: date, ends: date, *, closed: bool = False) -> Session:
    kind: Any = name.split(" ", maxsplit=1)[0].lower()
    return Session(name, name, kind, begins, ends, 2027, is_closed=closed)


YEAR = Session("year", "2026-2027", "school_year", date(2026, 8, 17), date(2027, 6, 4), 2027)
PROGRESS = a_period("Progress 1", date(2026, 8, 17), date(2026, 9, 25))
QUARTER = a_period("Quarter 1", date(2026, 8, 17), date(2026, 10, 16))
NEXT = a_period("Quarter 2", date(2026, 10, 19), date(2026, 12, 18))
PERIODS = (PROGRESS, QUARTER, NEXT)


async def set_closed(synergy: Synergy, name: str, *, closed: bool) -> httpx2.Response:
    address = f"/teachervue/office/grading_periods/{synergy.period(name)}"
    return await synergy.raw("PUT", address, json={"closed": closed}, headers=TEACHER)


def open_ones(synergy: Synergy) -> list[str]:
    return [each.name for each in synergy.store.grading_periods() if not each.is_closed]


def told_of_the_end(world: World) -> str:
    """What the journal tells of the end of Progress 1."""
    while not any("is over" in str(entry) for entry in world.journal.entries if isinstance(entry, Happening)):
        world.clock.advance_to_next()
    happened = [str(entry) for entry in world.journal.entries if isinstance(entry, Happening)]
    return next(words for words in happened if "is over" in words)


def refused_by(answer: httpx2.Response) -> str:
    assert answer.status_code == 409, answer.text
    return str(answer.json()["refused"]["rule"])


@pytest.mark.parametrize(
    ("today", "opened"),
    [
        (date(2026, 8, 1), ["Progress 1"]),
        (date(2026, 9, 25), ["Progress 1"]),
        (date(2026, 9, 26), ["Quarter 1"]),
        (date(2026, 10, 17), ["Quarter 2"]),
        (date(2027, 1, 1), []),
    ],
)
def test_with_one_window_the_year_begins_with_the_first_period_that_is_not_over(
    today: date, opened: list[str]
) -> None:
    year, *periods = windows.as_the_year_begins((YEAR, *PERIODS), today)
    assert year == YEAR
    assert [each.name for each in periods if not each.is_closed] == opened


def test_opening_a_period_closes_those_that_are_open_and_not_itself() -> None:
    already = a_period("Progress 1", PROGRESS.begins, PROGRESS.ends, closed=True)
    (shut,) = windows.closed_by_opening(NEXT, (already, QUARTER, NEXT))
    assert (shut.name, shut.is_closed) == ("Quarter 1", True)


@pytest.mark.parametrize(
    ("others_closed", "follows"),
    [(True, "Quarter 1"), (False, None)],
)
def test_after_a_period_the_next_to_end_opens_where_none_is_open(
    others_closed: bool,
    follows: str | None,
) -> None:
    others = [a_period(each.name, each.begins, each.ends, closed=others_closed) for each in (QUARTER, NEXT)]
    opened = windows.opened_after(PROGRESS, (PROGRESS, *others))
    assert (opened.name if opened else None) == follows


def test_after_the_last_period_none_opens() -> None:
    earlier = a_period("Quarter 1", QUARTER.begins, QUARTER.ends, closed=True)
    assert windows.opened_after(NEXT, (earlier, NEXT)) is None


async def test_by_default_any_number_of_periods_is_open(synergy: Synergy) -> None:
    assert open_ones(synergy) == ["Progress 1", "Quarter 1", "Semester 1"]
    await set_closed(synergy, "Progress 1", closed=True)
    await set_closed(synergy, "Progress 1", closed=False)
    assert open_ones(synergy) == ["Progress 1", "Quarter 1", "Semester 1"]


async def test_with_one_window_the_office_opens_one_and_closes_the_other(synergy_with: Build) -> None:
    synergy = synergy_with(open_periods="one_at_a_time")
    assert open_ones(synergy) == ["Progress 1"]
    answer = await set_closed(synergy, "Quarter 1", closed=False)
    assert (answer.json()["closed"], open_ones(synergy)) == (False, ["Quarter 1"])
    assert synergy.marks("GP-TYPES") == ["upheld"]
    await set_closed(synergy, "Quarter 1", closed=True)
    assert open_ones(synergy) == []


def test_with_one_window_the_calendar_goes_on_to_the_next_and_says_so() -> None:
    world = build_world(7, profile=RSD_105)
    world.clock.advance_to_next()
    told = told_of_the_end(world)
    assert "Progress 1 is over; it is closed in Synergy, and Quarter 1 is open" in told
    assert [each.name for each in world.synergy.grading_periods() if not each.is_closed] == ["Quarter 1"]


def test_where_the_office_turns_the_windows_the_calendar_only_says_that_a_period_is_over() -> None:
    world = build_world(7, profile=replace(RSD_105, period_windows="office"))
    told = told_of_the_end(world)
    assert "Progress 1 is over; its window in Synergy stays as the office leaves it" in told
    assert [each.name for each in world.synergy.grading_periods() if not each.is_closed] == ["Progress 1"]


def test_a_period_ends_with_its_type_and_its_end_date_told() -> None:
    world = build_world(7, profile=KHSD)
    told_of_the_end(world)
    (mark,) = [each for each in world.journal.marks() if each.rule == "GP-TYPES"]
    assert mark.subject == "grading period Progress 1"
    assert mark.words == "of type Progress, ending on 2026-09-25, it is over, and closed"


async def test_the_office_sees_the_types_of_its_periods(synergy: Synergy) -> None:
    listed = await synergy.raw("GET", "/teachervue/office/grading_periods", headers=TEACHER)
    types = {each["name"]: each["type"] for each in listed.json()["grading_periods"]}
    assert types == {"Progress 1": "Progress", "Quarter 1": "Grading", "Semester 1": "Grading"}


@pytest.mark.parametrize(
    ("mode", "one_closed", "all_closed"),
    [("accept", 200, 200), ("refuse_when_all_closed", 200, 409), ("refuse_when_any_closed", 409, 409)],
)
async def test_how_many_periods_have_to_be_closed_before_a_teacher_is_stopped_is_the_districts(
    synergy_with: Build, mode: str, one_closed: int, all_closed: int
) -> None:
    synergy = synergy_with(closed_period_edits=mode)
    number = await new_work(synergy, due_date="2026-09-18")
    await set_closed(synergy, "Progress 1", closed=True)
    assert (await type_into(synergy, number, score=5)).status_code == one_closed
    assert (await synergy.teacher("PUT", f"/{number}", {"points": 5})).status_code == one_closed
    await set_closed(synergy, "Quarter 1", closed=True)
    await set_closed(synergy, "Semester 1", closed=True)
    assert (await type_into(synergy, number, score=6)).status_code == all_closed
    assert (await synergy.teacher("PUT", f"/{number}", {"points": 6})).status_code == all_closed
    deleted = 204 if all_closed == 200 else 409
    assert (await synergy.teacher("DELETE", f"/{number}")).status_code == deleted


async def test_a_refusal_says_who_can_help_and_leaves_everything(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_edits="refuse_when_any_closed")
    number = await new_work(synergy, due_date="2026-09-18")
    await set_closed(synergy, "Progress 1", closed=True)
    before = list(synergy.store.assignments.values())
    answer = await type_into(synergy, number, score=5)
    assert answer.json()["refused"] == {
        "rule": "GP-CLOSED-EDIT",
        "words": 'The grading period of "Work" is closed: Progress 1. The school office can open it.',
        "field": "grading_period_ids",
    }
    assert (list(synergy.store.assignments.values()), len(synergy.store.scores)) == (before, 0)


async def test_nothing_is_moved_into_or_made_in_a_closed_period(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_edits="refuse_when_any_closed")
    quarter = {"grading_period_ids": [synergy.period("Quarter 1")]}
    number = await new_work(synergy, grading_period_ids=quarter["grading_period_ids"])
    await set_closed(synergy, "Progress 1", closed=True)
    both = {"grading_period_ids": [synergy.period("Progress 1"), synergy.period("Quarter 1")]}
    assert refused_by(await synergy.teacher("PUT", f"/{number}", both)) == "GP-CLOSED-EDIT"
    new = {"name": "Lab", "type_id": synergy.category(), "max_score": 5, **both}
    assert refused_by(await synergy.teacher("POST", "", new)) == "GP-CLOSED-EDIT"
    assert len(synergy.store.assignments) == 1
    assert (await synergy.teacher("POST", "", {**new, **quarter})).status_code == 201


async def test_the_screen_for_many_saves_no_row_of_a_closed_period(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_edits="refuse_when_any_closed")
    later = await new_work(synergy, grading_period_ids=[synergy.period("Quarter 1")])
    closed = await new_work(synergy, grading_period_ids=[synergy.period("Progress 1")])
    await set_closed(synergy, "Progress 1", closed=True)
    before = list(synergy.store.assignments.values())
    rows = [{"id": number, "due_date": "2026-09-30"} for number in (later, closed)]
    assert refused_by(await synergy.teacher("PUT", "", {"assignments": rows})) == "GP-CLOSED-EDIT"
    assert list(synergy.store.assignments.values()) == before
    assert (await synergy.teacher("PUT", "", {"assignments": rows[:1]})).status_code == 200


async def test_the_lock_turns_in_a_closed_period_and_speaks_first(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_edits="refuse_when_any_closed")
    await synergy.send()
    await set_closed(synergy, "Progress 1", closed=True)
    assert refused_by(await synergy.save(points=5)) == "LOCKED-EDIT-REFUSED"
    assert (await synergy.save(third_party_readonly=False)).status_code == 200
    assert refused_by(await synergy.save(points=5)) == "GP-CLOSED-EDIT"
    assert synergy.marks("UNLOCK-EDIT-RELOCK") == []
    assert (await synergy.save(third_party_readonly=True)).status_code == 200


async def test_the_class_picker_shows_which_periods_are_closed(synergy: Synergy) -> None:
    await set_closed(synergy, "Quarter 1", closed=True)
    answer = await synergy.raw("GET", "/teachervue/classes", headers=TEACHER)
    shown = {each["name"]: each["closed"] for each in answer.json()["classes"][0]["grading_periods"]}
    assert shown == {"Progress 1": False, "Quarter 1": True, "Semester 1": False}
