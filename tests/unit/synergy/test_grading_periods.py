"""In which grading periods a new assignment lands, and which period a gradebook shows by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import pytest

from simulator.profiles import KHSD, Profile
from simulator.synergy import ticking
from simulator.synergy.model import Session
from tests.unit.synergy.grade_book import save_setup

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

FIRST_TO_END = replace(KHSD, due_date_ticks="first_to_end")


def a_period(name: str, kind: Literal["progress", "quarter"], begins: date, ends: date) -> Session:
    return Session(name, name, kind, begins, ends, 2026)


PROGRESS = a_period("Progress", "progress", date(2026, 8, 17), date(2026, 9, 25))
QUARTER = a_period("Quarter", "quarter", date(2026, 8, 17), date(2026, 10, 16))
NEXT = a_period("Next", "quarter", date(2026, 10, 26), date(2026, 12, 18))
YEAR = (PROGRESS, QUARTER, NEXT)


def landed(due: date | None, today: date, profile: Profile = KHSD) -> tuple[str, ...]:
    return ticking.grading_periods_for(due, today, YEAR, "assignment_due_date", profile)


def test_a_due_date_ticks_every_period_that_holds_it_the_first_and_the_last_day_included() -> None:
    assert landed(PROGRESS.ends, date(2026, 9, 1)) == ("Progress", "Quarter")
    assert landed(QUARTER.ends, date(2026, 9, 1)) == ("Quarter",)
    assert landed(NEXT.begins, date(2026, 9, 1)) == ("Next",)


def test_by_the_profile_a_due_date_ticks_the_period_that_ends_first() -> None:
    assert landed(date(2026, 9, 20), date(2026, 9, 1), FIRST_TO_END) == ("Progress",)


def test_a_due_date_in_no_period_ticks_the_present_ones() -> None:
    assert landed(date(2026, 10, 20), date(2026, 9, 1)) == ("Progress", "Quarter")
    assert landed(None, date(2026, 10, 1)) == ("Quarter",)
    assert landed(date(2027, 7, 1), date(2027, 7, 1)) == ("Next",)


def test_without_any_period_nothing_is_ticked() -> None:
    for profile in (KHSD, FIRST_TO_END):
        assert ticking.grading_periods_for(None, date(2026, 9, 1), (), "assignment_due_date", profile) == ()
    assert ticking.the_present_period(date(2026, 9, 1), ()) is None


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2026, 7, 1), "Progress"),
        (PROGRESS.ends, "Progress"),
        (date(2026, 9, 26), "Quarter"),
        (date(2026, 10, 20), "Next"),
        (date(2027, 1, 1), "Next"),
    ],
)
def test_a_gradebook_shows_what_ends_first_and_in_the_holidays_what_comes_next(
    today: date, shown: str
) -> None:
    present = ticking.the_present_period(today, YEAR)
    assert present is not None
    assert present.name == shown


async def names(synergy: Synergy) -> list[str]:
    return [each["name"] for each in (await synergy.screen())["grading_periods"]]


async def test_a_line_item_without_a_period_is_where_its_due_date_is(synergy: Synergy) -> None:
    await synergy.send()
    assert await names(synergy) == ["Progress 1", "Quarter 1", "Semester 1"]
    assert synergy.marks("GP-DEFAULT-DUE-DATE") == ["upheld"]
    await synergy.send(title="Cell quiz 2")
    assert synergy.marks("GP-DEFAULT-DUE-DATE") == ["upheld"]


async def test_a_period_that_only_the_client_chose_is_not_told_as_the_settings_work(synergy: Synergy) -> None:
    await synergy.send(gradingPeriod={"sourcedId": synergy.period("Quarter 1")})
    assert await names(synergy) == ["Quarter 1"]
    assert synergy.marks("GP-DEFAULT-DUE-DATE") == []


async def test_the_profiles_reading_of_the_setting_reaches_sync_and_teacher(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(due_date_ticks="first_to_end")
    await synergy.send()
    assert await names(synergy) == ["Progress 1"]
    body = {"name": "Own", "type_id": synergy.category(), "max_score": 5, "due_date": "2026-09-18"}
    own = (await synergy.teacher("POST", "", body)).json()
    assert [each["name"] for each in own["grading_periods"]] == ["Progress 1"]
    assert synergy.marks("GP-DEFAULT-DUE-DATE") == ["upheld", "upheld"]
    assert synergy.marks("GP-BY-DUE-DATE-COMPUTE") == []


async def test_a_teachers_own_assignment_is_where_its_due_date_is_unless_the_teacher_ticked(
    synergy: Synergy,
) -> None:
    body = {"name": "Own", "type_id": synergy.category(), "max_score": 5, "due_date": "2026-10-01"}
    own = (await synergy.teacher("POST", "", body)).json()
    assert [each["name"] for each in own["grading_periods"]] == ["Quarter 1", "Semester 1"]
    assert synergy.marks("GP-BY-DUE-DATE-COMPUTE") == ["upheld"]
    ticked = {**body, "name": "Ticked", "grading_period_ids": [synergy.period("Quarter 1")]}
    await synergy.teacher("POST", "", ticked)
    assert synergy.marks("GP-BY-DUE-DATE-COMPUTE") == synergy.marks("GP-DEFAULT-DUE-DATE") == ["upheld"]


async def test_what_was_put_into_progress_only_is_nowhere_else_after_it_was_sent_again(
    synergy: Synergy,
) -> None:
    await save_setup(synergy, grading_period_default="current_period")
    await synergy.send()
    synergy.clock.advance(timedelta(days=14))
    assert synergy.store.shown_period(synergy.store.classes[synergy.section.guid]).name == "Quarter 1"  # type: ignore[union-attr]
    await synergy.send(title="Cell quiz, corrected")
    assert await names(synergy) == ["Progress 1"]
    await save_setup(synergy, grading_period_default="assignment_due_date")
    await synergy.send(title="Cell quiz")
    assert await names(synergy) == ["Progress 1"]
    assert synergy.marks("GP-BY-DUE-DATE-COMPUTE") == []


@pytest.mark.parametrize(
    ("resent_ticks", "periods", "told"),
    [
        ("follow_due_date", ["Semester 1"], ["upheld", "upheld"]),
        ("stay", ["Progress 1", "Quarter 1", "Semester 1"], ["upheld"]),
        ("worked_out_again", ["Semester 1"], ["upheld", "upheld"]),
    ],
)
async def test_what_a_due_date_does_that_was_moved_in_canvas_is_the_districts(
    synergy_with: Callable[..., Synergy], resent_ticks: str, periods: list[str], told: list[str]
) -> None:
    synergy = synergy_with(resent_ticks=resent_ticks)
    await synergy.send()
    await synergy.send(dueDate="2026-11-01T20:00:00Z")
    assert await names(synergy) == periods
    assert synergy.marks("GP-BY-DUE-DATE-COMPUTE") == told
    await synergy.send(dueDate=None)
    assert await names(synergy) == (
        ["Progress 1", "Quarter 1", "Semester 1"] if resent_ticks == "worked_out_again" else periods
    )


async def test_a_period_that_a_client_names_and_that_was_not_the_one_shown_is_alone(synergy: Synergy) -> None:
    """OneRoster shows the first of several; who sends that back has named no other, who sends another has."""
    await synergy.send(dueDate="2026-10-01T20:00:00Z")
    several = await names(synergy)
    assert len(several) > 1
    for number, alone in ((0, several), (1, several[1:2])):
        wanted = {"sourcedId": synergy.period(several[number])}
        await synergy.send(dueDate="2026-10-01T20:00:00Z", gradingPeriod=wanted)
        assert await names(synergy) == alone


async def test_a_period_that_a_client_names_joins_those_of_the_setting(
    synergy_with: Callable[..., Synergy],
) -> None:
    synergy = synergy_with(sent_grading_period="with_the_setting")
    await synergy.send(
        dueDate="2026-10-01T20:00:00Z", gradingPeriod={"sourcedId": synergy.period("Progress 1")}
    )
    assert await names(synergy) == ["Progress 1", "Quarter 1", "Semester 1"]
    await save_setup(synergy, grading_period_default="current_period")
    await synergy.send(
        dueDate="2026-10-01T20:00:00Z", gradingPeriod={"sourcedId": synergy.period("Quarter 1")}
    )
    assert await names(synergy) == ["Progress 1", "Quarter 1", "Semester 1"]
