"""One Synergy of a seeded school in process, and short ways to ask it as the sync and as a teacher."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from simulator.asgi import Tenant, WorldRouter
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD, Profile
from simulator.schools import Person, school_of
from simulator.synergy.oneroster.scopes import ALL_SCOPES
from simulator.synergy.routes import build_synergy
from simulator.synergy.store import GradebookStore

SEED = 7
HOST = "http://synergy.test"
ONEROSTER = "/ims/oneroster/v1p1"


class Synergy:
    """The gradebook, the HTTP in front of it, and what is known about the school."""

    def __init__(self, profile: Profile = KHSD) -> None:
        self.clock = VirtualClock()
        self.journal = Journal(self.clock)
        self.ids = Ids(SEED)
        self.school = school_of(SEED)
        self.store = GradebookStore(ids=self.ids, clock=self.clock, journal=self.journal, profile=profile)
        self.store.take_roster(
            self.school, client_id="sync", client_secret="sesame", teachervue_token="chalk"
        )
        self.section = self.school.courses[0].sections[0]
        tenant = Tenant(self.store, self.journal)
        self.app = WorldRouter(build_synergy(), lambda _name: tenant, lambda _path: "oneroster")
        self._client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=self.app), base_url=HOST)
        self.carry()

    def carry(self, *scopes: str) -> None:
        """Carry a token of these scopes from now on; of all where none are named."""
        self._token = self.store.issue_token(frozenset(scopes) or ALL_SCOPES)

    async def raw(self, method: str, path: str, **options: Any) -> httpx2.Response:  # noqa: ANN401 - passed on as it is
        """Any request at all."""
        return await self._client.request(method, path, **options)

    async def sync(self, method: str, path: str, body: object = None, **options: Any) -> httpx2.Response:  # noqa: ANN401 - passed on as it is
        """Ask as the OneRoster client."""
        headers = {"Authorization": f"Bearer {self._token}"}
        if body is not None:
            options["content"] = body if isinstance(body, bytes) else json.dumps(body)
        return await self.raw(method, ONEROSTER + path, headers=headers, **options)

    async def teacher(self, method: str, path: str, body: object = None, **options: Any) -> httpx2.Response:  # noqa: ANN401 - passed on as it is
        """Ask as the teacher in TeacherVUE; `path` is below the class."""
        headers = {"Authorization": "Bearer chalk"}
        if body is not None:
            options["content"] = body if isinstance(body, bytes) else json.dumps(body)
        address = f"/teachervue/classes/{self.section.guid}/assignments{path}"
        return await self.raw(method, address, headers=headers, **options)

    async def send(self, **changes: object) -> httpx2.Response:
        """PUT a line item."""
        item = self.a_line_item(**changes)
        return await self.sync("PUT", f"/lineItems/{item['sourcedId']}", {"lineItem": item})

    async def score(self, **changes: object) -> httpx2.Response:
        """PUT a result."""
        result = self.a_result(**changes)
        return await self.sync("PUT", f"/results/{result['sourcedId']}", {"result": result})

    async def screen(self) -> dict[str, Any]:
        """The edit screen of the first assignment of the class."""
        first: dict[str, Any] = (await self.teacher("GET", "")).json()["assignments"][0]
        return first

    async def save(self, **changes: object) -> httpx2.Response:
        """Save the first assignment's edit screen."""
        return await self.teacher("PUT", f"/{(await self.screen())['id']}", changes)

    async def type_score(self, student: Person, **cell: object) -> httpx2.Response:
        """Type into a grade cell of the first assignment."""
        return await self.teacher("PUT", f"/{(await self.screen())['id']}/scores/{student.guid}", cell)

    def category(self, name: str = "Quizzes", section_guid: str = "") -> str:
        """The sourcedId of a type of a class."""
        wanted = section_guid or self.section.guid
        return next(each.guid for each in self.store.types_of(wanted) if each.name == name)

    def period(self, name: str) -> str:
        """The id of a grading period."""
        return next(each.guid for each in self.school.grading_periods if each.name == name)

    def a_line_item(self, **changes: object) -> dict[str, Any]:
        """A line item that every rule lets pass; a change to None leaves the field out."""
        item: dict[str, Any] = {
            "sourcedId": "li-1",
            "status": "active",
            "title": "Cell quiz",
            "description": "Chapter 3",
            "assignDate": "2026-09-14T15:00:00Z",
            "dueDate": "2026-09-19T06:59:00Z",
            "class": {"sourcedId": self.section.guid},
            "category": {"sourcedId": self.category()},
            "resultValueMin": 0,
            "resultValueMax": 10,
        }
        return _changed(item, changes)

    def a_result(self, **changes: object) -> dict[str, Any]:
        """A result that every rule lets pass; a change to None leaves the field out."""
        result: dict[str, Any] = {
            "sourcedId": "r-1",
            "lineItem": {"sourcedId": "li-1"},
            "student": {"sourcedId": self.section.students[0].guid},
            "scoreStatus": "fully graded",
            "score": 8.5,
            "scoreDate": "2026-09-14",
        }
        return _changed(result, changes)

    def marks(self, rule: str) -> list[str]:
        """What a rule said, in order."""
        return [mark.outcome for mark in self.journal.marks() if mark.rule == rule]


def _changed(body: dict[str, Any], changes: dict[str, object]) -> dict[str, Any]:
    renamed = {name.rstrip("_"): value for name, value in changes.items()}
    return {name: value for name, value in (body | renamed).items() if value is not None}


@pytest.fixture
def synergy() -> Synergy:
    """A Synergy of the default profile."""
    return Synergy()


@pytest.fixture
def synergy_with() -> Callable[..., Synergy]:
    """A Synergy whose profile differs from the default one in some switches."""

    def build(**switches: Any) -> Synergy:  # noqa: ANN401 - passed on as it is
        return Synergy(replace(KHSD, **switches))

    return build
