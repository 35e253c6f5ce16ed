"""What a closed grading period keeps out, by the profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pytest

from simulator.profiles import KHSD, ONEROSTER_STRICT

if TYPE_CHECKING:
    from tests.unit.synergy.conftest import Synergy

Build = Callable[..., "Synergy"]
Mode = Literal["accept", "refuse_when_all_closed", "refuse_when_any_closed"]


def close(synergy: Synergy, *names: str) -> None:
    for name in names:
        synergy.store.close_period(synergy.period(name))


def test_a_closed_period_is_taken_by_default_and_refused_by_a_strict_provider() -> None:
    assert (KHSD.closed_period_writes, ONEROSTER_STRICT.closed_period_writes) == (
        "accept",
        "refuse_when_any_closed",
    )


@pytest.mark.parametrize(
    ("mode", "one_closed", "all_closed"),
    [
        ("accept", 200, 200),
        ("refuse_when_all_closed", 200, 422),
        ("refuse_when_any_closed", 422, 422),
    ],
)
async def test_how_many_of_its_periods_have_to_be_closed_is_the_districts(
    synergy_with: Build, mode: Mode, one_closed: int, all_closed: int
) -> None:
    synergy = synergy_with(closed_period_writes=mode)
    await synergy.send()
    await synergy.score()
    close(synergy, "Progress 1")
    assert (await synergy.score(score=9)).status_code == one_closed
    assert (await synergy.send(title="New name")).status_code == one_closed
    close(synergy, "Quarter 1", "Semester 1")
    assert (await synergy.score(score=7)).status_code == all_closed
    assert (await synergy.send(title="Newer name")).status_code == all_closed
    assert (await synergy.sync("DELETE", "/results/r-1")).status_code == (204 if all_closed == 200 else 422)
    assert (await synergy.sync("DELETE", "/lineItems/li-1")).status_code == (
        204 if all_closed == 200 else 422
    )


async def test_the_refusal_names_the_periods_and_leaves_everything_as_it_was(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_writes="refuse_when_any_closed")
    await synergy.send()
    await synergy.score()
    close(synergy, "Progress 1")
    answer = await synergy.score(score=9)
    assert answer.json()["imsx_description"] == (
        'gradingPeriod: The grading period of "Cell quiz" is closed: Progress 1. '
        "The school office can open it."
    )
    assert [each["score"] for each in (await synergy.screen())["scores"]] == [8.5]
    assert synergy.marks("GP-CLOSED-WRITE") == ["refused"]


async def test_a_new_assignment_is_judged_by_the_periods_that_it_would_be_in(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_writes="refuse_when_any_closed")
    close(synergy, "Progress 1")
    assert (await synergy.send()).status_code == 422
    assert len(synergy.store.assignments) == 0
    later = await synergy.send(gradingPeriod={"sourcedId": synergy.period("Quarter 1")})
    assert later.status_code == 201


async def test_an_assignment_is_not_taken_out_of_a_closed_period_either(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_writes="refuse_when_any_closed")
    await synergy.send()
    close(synergy, "Progress 1")
    answer = await synergy.send(gradingPeriod={"sourcedId": synergy.period("Quarter 1")})
    assert "Progress 1" in answer.json()["imsx_description"]
    shown = [each["name"] for each in (await synergy.screen())["grading_periods"]]
    assert shown == ["Progress 1", "Quarter 1", "Semester 1"]


async def test_a_period_that_does_not_exist_is_not_called_closed(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_writes="refuse_when_any_closed")
    close(synergy, "Progress 1")
    answer = await synergy.send(gradingPeriod={"sourcedId": "nowhere"})
    assert "There is no grading period" in answer.json()["imsx_description"]


async def test_while_nothing_is_closed_the_rule_is_not_even_asked(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_writes="refuse_when_any_closed")
    await synergy.send()
    assert synergy.marks("GP-CLOSED-WRITE") == []


async def test_the_lock_speaks_before_the_period(synergy_with: Build) -> None:
    synergy = synergy_with(closed_period_writes="refuse_when_any_closed")
    await synergy.send()
    await synergy.save(third_party_readonly=False)
    close(synergy, "Progress 1")
    assert "not locked" in (await synergy.score()).json()["imsx_description"]
