"""Short ways to Grade Book Setup and to grade cells, for tests of what a class can be set to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

    from tests.unit.synergy.conftest import Synergy

TEACHER = {"Authorization": "Bearer chalk"}


async def save_setup(synergy: Synergy, **changes: object) -> httpx2.Response:
    """Grade Book Setup, Save."""
    address = f"/teachervue/classes/{synergy.section.guid}/setup"
    return await synergy.raw("PUT", address, json=changes, headers=TEACHER)


async def new_work(synergy: Synergy, kind: str = "Quizzes", max_score: float = 10, **more: object) -> int:
    """A teacher's own assignment; its number."""
    body = {"name": "Work", "type_id": synergy.category(kind), "max_score": max_score, **more}
    made = await synergy.teacher("POST", "", body)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


async def type_into(synergy: Synergy, number: int, **cell: object) -> httpx2.Response:
    """Type into the first student's cell."""
    return await synergy.teacher("PUT", f"/{number}/scores/{synergy.section.students[0].guid}", cell)


async def cell_of(synergy: Synergy, number: int) -> dict[str, Any]:
    """The only cell of an assignment that has something in it."""
    ((cell),) = (await synergy.teacher("GET", f"/{number}")).json()["scores"]
    found: dict[str, Any] = cell
    return found


async def first_total(synergy: Synergy, period_guid: str = "") -> dict[str, Any]:
    """The first student's row of the class totals."""
    params = {"grading_period": period_guid} if period_guid else {}
    address = f"/teachervue/classes/{synergy.section.guid}/totals"
    answer = await synergy.raw("GET", address, params=params, headers=TEACHER)
    assert answer.status_code == 200, answer.text
    row: dict[str, Any] = answer.json()["students"][0]
    return row
