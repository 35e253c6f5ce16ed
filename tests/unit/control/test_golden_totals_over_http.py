"""The golden cases once more, from the grades that a teacher enters to what enrollments and the column show.

The same values as in `tests/unit/canvas/totals`, which holds the arithmetic; here every case is a course that
is set up, graded and read over HTTP, so what is between the arithmetic and the wire is held as well. Three
have no way there: G15, because no quiz here waits for its teacher; G21, because no API tells the rows of
groups; G29, because nothing here takes what-if scores. Work worth 1e50 points (D15) is worth the most that
Canvas lets work be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from simulator.canvas.rules.totals import GradingSetup, Group, Item
from simulator.profiles import KHSD
from simulator.world import Worlds, build_world
from tests.unit.canvas.totals import test_golden_drops, test_golden_periods, test_golden_totals
from tests.unit.canvas.totals.builders import FEATURE_OFF, Check, Numbers
from tests.unit.control.control import Control, controlling

WITHOUT_A_WAY = {"G15", "G21", "G29"}
POINTS_MAX = 999_999_999
"""More points than that no assignment of Canvas is worth."""
ROWS = ("current", "final", "unposted_current", "unposted_final")
TOLD_POINTS = ("current.points", "unposted_current.points")
CASES = (*test_golden_totals.CASES, *test_golden_drops.CASES, *test_golden_periods.CASES)
CHECKS = [
    pytest.param(check, id=case.id if len(case.checks) == 1 else f"{case.id}-{number}")
    for case in CASES
    if case.id not in WITHOUT_A_WAY
    for number, check in enumerate(case.checks, start=1)
]


class Course:
    """Algebra in a fresh world, with one student whose totals are read."""

    def __init__(self, control: Control, check: Check) -> None:
        world = control.world("default")
        self._control, self._world, self._check = control, world, check
        self._key = {"Authorization": f"Bearer {world.credentials.admin_token}"}
        self._id = next(each for each in world.canvas.courses.values() if each.course_code == "ALG1").id
        places = world.canvas.enrollments_of(self._id)
        self._place = next(each for each in places if each.type == "StudentEnrollment")
        self._periods: dict[int, int] = {}
        self._made: list[str] = []

    async def set_up(self) -> None:
        """Periods, weights, groups, then the work, in the order of its ids."""
        setup = self._check.setup
        if setup.periods:
            await self._make_periods(setup)
        weighs = {"course": {"apply_assignment_group_weights": setup.weighs_groups}}
        await self._ask("PUT", f"/courses/{self._id}", weighs)
        groups = {each.id: await self._make_group(each) for each in setup.groups}
        leaves = bool(self._check.options.get("is_concluded"))
        for item in sorted(self._check.items, key=lambda each: each.id):
            if leaves and not item.has_submission:
                await self._conclude()
                leaves = False
            await self._make(item, groups[item.group_id])

    async def delete_last(self) -> None:
        """Delete the work that was made last."""
        await self._ask("DELETE", self._made.pop())

    async def seen(self, paths: Iterator[str]) -> Numbers:
        """What the API tells at the paths of the check."""
        return {path: await self._look(path) for path in paths}

    async def _make_periods(self, setup: GradingSetup) -> None:
        body = {
            "grading_period_set": {"title": "Year", "weighted": setup.weighs_periods},
            "enrollment_term_ids": [1],
        }
        made = await self._ask("POST", "/accounts/1/grading_period_sets", body)
        periods = [
            {
                "title": f"{place}",
                "start_date": each.starts_at.isoformat(),
                "end_date": each.ends_at.isoformat(),
                "weight": each.weight,
            }
            for place, each in enumerate(setup.periods)
        ]
        address = f"/grading_period_sets/{made['grading_period_set']['id']}/grading_periods/batch_update"
        kept = (await self._ask("PATCH", address, {"grading_periods": periods}))["grading_periods"]
        self._periods = {each.id: int(row["id"]) for each, row in zip(setup.periods, kept, strict=True)}

    async def _make_group(self, group: Group) -> int:
        body: dict[str, Any] = {"name": f"Group {group.id}"}
        if group.weight is not None:
            body["group_weight"] = group.weight
        if group.drops.lowest or group.drops.highest:
            body["rules"] = {"drop_lowest": group.drops.lowest, "drop_highest": group.drops.highest}
        made = await self._ask("POST", f"/courses/{self._id}/assignment_groups", body)
        return int(made["id"])

    async def _make(self, item: Item, group_id: int) -> None:
        fields = {
            "name": f"Item {item.id}",
            "assignment_group_id": group_id,
            "points_possible": item.possible and min(item.possible, POINTS_MAX),
            "published": True,
            "omit_from_final_grade": item.is_omitted,
            "anonymous_grading": item.has_unposted_anonymous,
            "post_manually": not item.is_posted and item.score is not None,
            "due_at": None if item.due_at is None else item.due_at.isoformat(),
        }
        made = await self._ask("POST", f"/courses/{self._id}/assignments", {"assignment": fields})
        one = f"/courses/{self._id}/assignments/{made['id']}"
        self._made.append(one)
        if item.score is not None:
            grade = {"submission": {"posted_grade": repr(item.score)}}
            await self._ask("PUT", f"{one}/submissions/{self._place.user_id}", grade)
        for is_so, change in (
            (not item.is_published, {"published": False}),
            (not item.is_gradeable, {"grading_type": "not_graded"}),
        ):
            if is_so:
                await self._ask("PUT", one, {"assignment": change})

    async def _conclude(self) -> None:
        self._world.advance(timedelta(days=1))
        await self._ask("DELETE", f"/courses/{self._id}/enrollments/{self._place.id}?task=conclude")
        self._world.advance(timedelta(days=1))

    async def _look(self, path: str) -> float | None:
        if path.startswith("column"):
            return await self._look_at_column(path)
        words = path.split()
        query = f"&grading_period_id={self._periods[int(words[1])]}" if words[0] == "period" else ""
        address = f"/courses/{self._id}/enrollments?user_id={self._place.user_id}&include[]=current_points"
        states = "&state[]=active&state[]=completed"
        (row,) = await self._ask("GET", f"{address}{states}{query}")
        name = words[-1] if "." in words[-1] else f"{words[-1]}.score"
        found: float | None = row["grades"][name.replace(".", "_")]
        return found

    async def _look_at_column(self, path: str) -> float | None:
        address = f"/default/canvas/courses/{self._id}/total_column"
        question = {"period": "0", "ungraded_as_zero": str("final" in path).lower()}
        rows = (await self._control.get(address, **question)).json()["students"]
        row = next(each for each in rows if each["user_id"] == self._place.user_id)
        part = next((word for word in ("points", "possible") if word in path), "score")
        found: float | None = row[part]
        return found

    async def _ask(self, method: str, address: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        answer = await self._control.canvas.request(method, f"/api/v1{address}", json=body, headers=self._key)
        assert answer.status_code < 300, f"{method} {address}: {answer.text}"
        return answer.json()


def is_told(path: str) -> bool:
    """Whether an API tells what is at this path of a check."""
    if path.startswith("column"):
        return True
    last = path.rsplit(maxsplit=1)[-1]
    return not path.startswith("group") and (last in ROWS or last in TOLD_POINTS)


@pytest.mark.parametrize("check", CHECKS)
async def test_a_golden_case_is_what_the_apis_tell(check: Check) -> None:
    expected = {path: number for path, number in check.expected.items() if is_told(path)}
    ignores = check.options.get("policy") is not FEATURE_OFF
    profile = replace(KHSD, canvas_ignores_unposted_anonymous=ignores)
    async with controlling(Worlds(build_world(7, profile=profile))) as control:
        course = Course(control, check)
        await course.set_up()
        assert await course.seen(iter(expected)) == expected


async def test_g13_what_is_deleted_counts_as_little_as_what_is_unpublished() -> None:
    (both, *_others) = next(case for case in CASES if case.id == "G13").checks
    async with controlling(Worlds(build_world(7))) as control:
        course = Course(control, both)
        await course.set_up()
        await course.delete_last()
        assert await course.seen(iter(ROWS)) == dict.fromkeys(ROWS, 40.0)


def test_every_case_is_here_but_three_and_has_something_that_is_told() -> None:
    assert len(CASES) - len(WITHOUT_A_WAY) == 54
    told = {case.id for case in CASES for check in case.checks if any(map(is_told, check.expected))}
    assert {case.id for case in CASES} - told == {"G21"}
