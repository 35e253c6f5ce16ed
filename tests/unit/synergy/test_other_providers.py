"""What providers other than Synergy refuse, each by a switch that the default leaves off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from simulator.profiles import BLACKBAUD_LIKE, CAMPUS_LIKE, ProviderDeviations

if TYPE_CHECKING:
    import httpx2

    from tests.unit.synergy.conftest import Synergy

Build = Callable[..., "Synergy"]


def otherwise(build: Build, **switches: Any) -> Synergy:  # noqa: ANN401 - passed on as it is
    return build(provider=ProviderDeviations(**switches))


def words(answer: httpx2.Response) -> str:
    return str(answer.json()["imsx_description"])


async def unlock_type_lock(synergy: Synergy, score: float) -> None:
    """A teacher types into what came from the sync."""
    await synergy.save(third_party_readonly=False)
    assert (await synergy.type_score(synergy.section.students[0], score=score)).status_code == 200
    await synergy.save(third_party_readonly=True)


@pytest.mark.parametrize("header", [{}, {"X-Vendor-Authorization": " "}])
async def test_a_gradebook_may_ask_for_a_vendors_header(synergy_with: Build, header: dict[str, str]) -> None:
    synergy = otherwise(synergy_with, vendor_header="x-vendor-authorization")
    token = synergy.store.issue_token(frozenset({"gradebook.readonly", "roster.readonly"}))
    known = {"Authorization": f"Bearer {token}", **header}
    base = "/ims/oneroster/v1p1"
    refused = await synergy.raw("GET", f"{base}/lineItems", headers=known)
    assert (refused.status_code, "x-vendor-authorization" in words(refused)) == (401, True)
    assert (await synergy.raw("GET", f"{base}/classes", headers=known)).status_code == 200
    opened = {**known, "X-Vendor-Authorization": "district"}
    assert (await synergy.raw("GET", f"{base}/lineItems", headers=opened)).status_code == 200


async def test_an_error_may_say_nothing_but_that_it_is_one(synergy_with: Build) -> None:
    synergy = otherwise(synergy_with, error_words="bare")
    answer = await synergy.send(resultValueMax=0)
    assert (answer.status_code, words(answer)) == (422, "An error occurred.")
    assert (
        answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == "invaliddata"
    )


async def test_line_items_may_stay_for_ever_while_results_go(synergy_with: Build) -> None:
    synergy = otherwise(synergy_with, line_item_deletes="refuse")
    await synergy.send()
    await synergy.score()
    assert (await synergy.sync("DELETE", "/lineItems/li-1")).status_code == 403
    assert (await synergy.send(status="tobedeleted")).status_code == 403
    assert (await synergy.sync("DELETE", "/results/r-1")).status_code == 204
    assert (await synergy.sync("DELETE", "/lineItems/nothing")).status_code == 404
    assert len(synergy.store.assignments) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"assignDate": "2026-08-01T15:00:00Z"}, "assignDate"),
        ({"dueDate": "2026-10-30T15:00:00Z"}, "dueDate"),
        ({}, ""),
    ],
)
async def test_dates_may_have_to_lie_in_the_grading_period_that_is_named(
    synergy_with: Build, changes: dict[str, str], field: str
) -> None:
    strict, default = otherwise(synergy_with, dates_outside_period="refuse"), synergy_with()
    named = {"gradingPeriod": {"sourcedId": strict.period("Progress 1")}}
    assert (await default.send(**named, **changes)).status_code == 201
    answer = await strict.send(**named, **changes)
    assert answer.status_code == (422 if field else 201)
    assert not field or words(answer).startswith(f"{field}: ")
    assert (await strict.send(**changes, sourcedId="unnamed")).status_code == 201


async def test_a_due_date_at_the_last_minute_is_the_next_day_where_days_are_those_of_utc(
    synergy_with: Build,
) -> None:
    last_day = synergy_with().store.grading_periods()[0].ends
    last_minute = f"{last_day.replace(day=last_day.day + 1)}T06:59:00Z"  # 11:59 pm in California
    statuses = []
    for days_in in ("district", "utc"):
        synergy = otherwise(synergy_with, dates_outside_period="refuse", days_in=days_in)
        named = {"gradingPeriod": {"sourcedId": synergy.period("Progress 1")}}
        statuses.append((await synergy.send(dueDate=last_minute, **named)).status_code)
    assert statuses == [201, 422]


@pytest.mark.parametrize(("mode", "status"), [("accept", 201), ("refuse", 422)])
async def test_a_score_may_have_to_be_younger_than_its_line_item(
    synergy_with: Build, mode: str, status: int
) -> None:
    synergy = otherwise(synergy_with, score_before_assigned=mode)
    await synergy.send()
    assert (await synergy.score(scoreDate="2026-09-13")).status_code == status
    assert len(synergy.store.scores) == (1 if status == 201 else 0)
    assert (await synergy.score(scoreDate="2026-09-14")).status_code in {200, 201}


async def test_what_a_teacher_typed_may_stay_until_the_teacher_takes_it_out(synergy_with: Build) -> None:
    synergy = otherwise(synergy_with, typed_scores="refuse")
    await synergy.send()
    await synergy.score()
    assert (await synergy.score(score=9)).status_code == 200  # the third party's own score
    await unlock_type_lock(synergy, 4)
    assert (await synergy.score(score=10)).status_code == 422
    assert [each.points for each in synergy.store.scores.values()] == [4]
    assert synergy.marks("SCORES-ENTERED-IN-SYNERGY-LOST") == ["refused"]


async def test_by_default_what_a_teacher_typed_is_overwritten(synergy: Synergy) -> None:
    await synergy.send()
    await unlock_type_lock(synergy, 4)
    assert (await synergy.score(score=10)).status_code == 201
    await synergy.score(score=9)
    ((score),) = synergy.store.scores.values()
    assert (score.points, score.is_typed) == (9, False)
    assert synergy.marks("SCORES-ENTERED-IN-SYNERGY-LOST") == ["upheld"]


@pytest.mark.parametrize(("mode", "kept"), [("keep", "partially graded"), ("fully_graded", "fully graded")])
async def test_an_unfinished_status_may_be_kept_as_a_finished_one(
    synergy_with: Build, mode: str, kept: str
) -> None:
    synergy = otherwise(synergy_with, unfinished_statuses=mode)
    await synergy.send()
    await synergy.score(scoreStatus="partially graded")
    assert (await synergy.sync("GET", "/results/r-1")).json()["result"]["scoreStatus"] == kept


def test_the_other_providers_ask_for_what_their_users_tell_of() -> None:
    assert CAMPUS_LIKE.provider.vendor_header == "x-vendor-authorization"
    assert BLACKBAUD_LIKE.provider.typed_scores == "refuse"
