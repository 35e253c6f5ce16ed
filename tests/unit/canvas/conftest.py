"""A Canvas with a school in it, and clients that hold the tokens of its people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from simulator.asgi import Tenant, WorldRouter
from simulator.canvas.routes import build_canvas
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD, Profile
from simulator.schools import School, school_of

SEED = 7
API = "http://canvas.test/api/v1"
Dial: TypeAlias = Callable[[str], TestClient]


@pytest.fixture
def profile() -> Profile:
    return KHSD


@pytest.fixture
def school() -> School:
    return school_of(SEED)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def journal(clock: VirtualClock) -> Journal:
    return Journal(clock)


@pytest.fixture
def store(clock: VirtualClock, journal: Journal, profile: Profile, school: School) -> CanvasStore:
    store = CanvasStore(ids=Ids(SEED), clock=clock, journal=journal, profile=profile)
    store.take_roster(school, teacher_tokens=("teacher-token", "other-token"), admin_token="admin-token")
    return store


@pytest.fixture
def dial(store: CanvasStore, journal: Journal) -> Dial:
    app = WorldRouter(build_canvas(), lambda _name: Tenant(store, journal), lambda _path: "canvas")

    def client(token: str) -> TestClient:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return TestClient(app, base_url=API, headers=headers)

    return client


@pytest.fixture
def teacher(dial: Dial) -> TestClient:
    """The teacher of Algebra and of cross-listed World History."""
    return dial("teacher-token")


@pytest.fixture
def other_teacher(dial: Dial) -> TestClient:
    """The teacher of Biology."""
    return dial("other-token")


@pytest.fixture
def admin(dial: Dial) -> TestClient:
    return dial("admin-token")


@pytest.fixture
def algebra(store: CanvasStore) -> int:
    return next(each.id for each in store.courses.values() if each.course_code == "ALG1")


@pytest.fixture
def history(store: CanvasStore) -> int:
    return next(each.id for each in store.courses.values() if each.course_code == "WHIST")


@pytest.fixture
def students(store: CanvasStore, algebra: int) -> list[int]:
    """The user ids of Algebra's students, in order, without the Test Student."""
    return sorted(each.user_id for each in store.enrollments_of(algebra) if each.type == "StudentEnrollment")


@pytest.fixture
def test_student(store: CanvasStore, algebra: int) -> int:
    return next(
        each.user_id for each in store.enrollments_of(algebra) if each.type == "StudentViewEnrollment"
    )


@pytest.fixture
def an_assignment(teacher: TestClient, algebra: int) -> Callable[..., dict[str, Any]]:
    """Makes a published assignment worth 10 points in Algebra, unless told otherwise."""

    def make(**fields: object) -> dict[str, Any]:
        wanted = {"name": "Quiz 1", "points_possible": 10, "published": True, "post_to_sis": True, **fields}
        answer = teacher.post(f"/courses/{algebra}/assignments", json={"assignment": wanted})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return make


@pytest.fixture
def grade(teacher: TestClient, algebra: int) -> Callable[..., dict[str, Any]]:
    """Puts fields of a submission as a form, as teachers' tools do, and returns the row."""

    def put(assignment: dict[str, Any], user_id: int, **fields: str) -> dict[str, Any]:
        form = {f"submission[{name}]": value for name, value in fields.items()}
        url = f"/courses/{algebra}/assignments/{assignment['id']}/submissions/{user_id}"
        answer = teacher.put(url, data=form)
        assert answer.status_code == 200, answer.text
        row: dict[str, Any] = answer.json()
        return row

    return put
