"""Golden cases once more, from the grades that a teacher enters to the grades that an enrollment shows.

The arithmetic has all 57 of them as tests; these hold what is between it and the wire.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.canvas import recording
from simulator.canvas.store import CanvasStore
from tests.unit.canvas.test_grading_periods import IN_AUTUMN, IN_WINTER, two_periods

Enter: TypeAlias = Callable[..., dict[str, Any]]
Read: TypeAlias = Callable[..., dict[str, Any]]


@pytest.fixture
def enter(
    store: CanvasStore,
    an_assignment: Callable[..., dict[str, Any]],
    grade: Callable[..., dict[str, Any]],
    students: list[int],
) -> Enter:
    """Makes an assignment and grades the first student on it, if a score is given; a hidden grade too."""

    def make(score: float | None, *, hidden: bool = False, **fields: object) -> dict[str, Any]:
        made = an_assignment(**fields)
        if score is not None:
            grade(made, students[0], posted_grade=str(score))
        if hidden:
            recording.put_submission(
                store, replace(store.submission(made["id"], students[0]), posted_at=None)
            )
        return made

    return make


@pytest.fixture
def grades(teacher: TestClient, algebra: int, students: list[int]) -> Read:
    """Reads the first student's grades, with any query."""

    def read(**query: int | str) -> dict[str, Any]:
        wanted: dict[str, int | str] = {"user_id": students[0], "include[]": "current_points", **query}
        answer = teacher.get(f"/courses/{algebra}/enrollments", params=wanted)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()[0]["grades"]
        return found

    return read


@pytest.fixture
def group(teacher: TestClient, algebra: int) -> Callable[..., int]:
    """Makes an assignment group."""

    def make(**fields: object) -> int:
        made = teacher.post(f"/courses/{algebra}/assignment_groups", json={"name": "Work", **fields})
        number: int = made.json()["id"]
        return number

    return make


def scores(shown: dict[str, Any]) -> list[float | None]:
    names = ("current", "final", "unposted_current", "unposted_final")
    return [shown[f"{name}_score"] for name in names]


class TestD16AndThePeriodsOverIt:
    @pytest.fixture(autouse=True)
    def work(self, enter: Enter, group: Callable[..., int]) -> None:
        """Two groups of three, each with a hidden grade and one dropped; an ungraded item in a third."""
        for weight, due_at, given in (
            (45, IN_AUTUMN, (35.0, 99.6, 142.7)),
            (55, IN_WINTER, (42.0, 95.0, 131.4)),
        ):
            number = group(group_weight=weight, rules={"drop_lowest": 1})
            for place, score in enumerate(given):
                fields = {"assignment_group_id": number, "due_at": due_at, "points_possible": 150}
                enter(score, hidden=place == 1, name=f"{weight}-{place}", **fields)

    def test_d16_weighted(self, teacher: TestClient, algebra: int, grades: Read) -> None:
        wanted = {"course": {"apply_assignment_group_weights": True}}
        assert teacher.put(f"/courses/{algebra}", json=wanted).status_code == 200
        assert scores(grades()) == [90.99, 58.45, 77.85, 77.85]
        assert grades()["current_points"] == 90.99

    def test_d16_by_points(self, grades: Read) -> None:
        assert scores(grades()) == [91.37, 58.52, 78.12, 78.12]
        assert (grades()["current_points"], grades()["unposted_current_points"]) == (274.1, 468.7)

    @pytest.mark.parametrize(
        ("percents", "current", "final"),
        [
            pytest.param((25, 75), 89.48, 47.32, id="P01"),
            pytest.param((25, 50), 90.11, 48.64, id="P02"),
            pytest.param((100, 50), 138.93, 80.91, id="P03"),
            pytest.param((0, 0), 0.0, 0.0, id="P04"),
            pytest.param((None, 50), 87.6, 43.35, id="P05"),
        ],
    )
    def test_weighted_periods(
        self,
        admin: TestClient,
        enter: Enter,
        group: Callable[..., int],
        grades: Read,
        *,
        percents: tuple[float | None, float | None],
        current: float,
        final: float,
    ) -> None:
        enter(None, name="Last", assignment_group_id=group(), due_at=IN_WINTER, points_possible=100)
        autumn, winter = two_periods(admin, *percents)
        assert scores(grades())[:2] == [current, final]
        assert scores(grades(grading_period_id=autumn))[:2] == [95.13, 59.23]
        assert scores(grades(grading_period_id=winter))[:2] == [87.6, 43.35]


def test_p11_a_set_that_is_not_weighted(admin: TestClient, enter: Enter, grades: Read) -> None:
    for name, score, due_at in (("a", 5, "2026-07-01T20:00:00Z"), ("b", 2, IN_AUTUMN)):
        enter(score, name=name, due_at=due_at)
        enter(None, name=f"{name} too", due_at=due_at)
    autumn, _winter = two_periods(admin)
    assert scores(grades())[:2] == [35.0, 17.5]
    assert scores(grades(grading_period_id=autumn))[:2] == [20.0, 10.0]


class TestG13:
    @pytest.fixture
    def second(self, enter: Enter) -> dict[str, Any]:
        enter(2, points_possible=5)
        return enter(4, name="Quiz 2", points_possible=5)

    @pytest.mark.usefixtures("second")
    def test_both_count(self, grades: Read) -> None:
        assert scores(grades()) == [60.0] * 4

    def test_what_is_deleted_counts_nowhere(
        self, teacher: TestClient, second: dict[str, Any], grades: Read
    ) -> None:
        teacher.delete(f"/courses/{second['course_id']}/assignments/{second['id']}")
        assert scores(grades()) == [40.0] * 4

    def test_what_is_unpublished_counts_nowhere(
        self, teacher: TestClient, second: dict[str, Any], grades: Read
    ) -> None:
        wanted = {"assignment": {"published": False}}
        teacher.put(f"/courses/{second['course_id']}/assignments/{second['id']}", json=wanted)
        assert scores(grades()) == [40.0] * 4

    def test_what_is_hidden_is_a_zero_in_the_posted_final_total(
        self, store: CanvasStore, second: dict[str, Any], students: list[int], grades: Read
    ) -> None:
        recording.put_submission(store, replace(store.submission(second["id"], students[0]), posted_at=None))
        assert scores(grades()) == [40.0, 20.0, 60.0, 60.0]
