"""Canvas and Synergy in one small transport: just enough for whole runs, without the simulator."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from sync_engine import Answer, CanvasAccess, District, OneRosterAccess, Policy, Request, TransportError
from tests.unit.engine.builders import an_answer

CANVAS, SYNERGY = "https://canvas.test", "https://synergy.test"
TOKEN, SECRET = "canvas-token-1", "client-secret-1"
ONEROSTER = f"{SYNERGY}/ims/oneroster/v1p1"
"""One course "1" with section "11" = CLASS-A, and students 21, 22, 23 = SIS-21, SIS-22, SIS-23."""
STUDENTS = ("21", "22", "23")


def a_district(key: str = "valley", **policy: Any) -> District:  # noqa: ANN401 - a builder takes any field
    return District(
        key,
        CanvasAccess(CANVAS, TOKEN),
        OneRosterAccess(ONEROSTER, f"{SYNERGY}/oauth/token", "client-1", SECRET),
        Policy(**({"requests_per_second": None} | policy)),
    )


class TinySystems:
    """The stand-in.

    `before` may answer in place of the systems (None lets the request through); `meanwhile` is awaited first.
    """

    def __init__(self) -> None:
        self.assignments: dict[str, dict[str, Any]] = {}
        self.grades: dict[tuple[str, str], dict[str, Any]] = {}
        self.line_items: dict[str, dict[str, Any]] = {}
        self.results: dict[str, dict[str, Any]] = {}
        self.writes: list[str] = []
        self.requests: list[Request] = []
        self.before: Callable[[Request], Answer | None] = lambda _request: None
        self.meanwhile: Callable[[Request], Awaitable[None]] | None = None

    def assign(self, number: str, name: str, **changes: Any) -> None:  # noqa: ANN401 - a builder takes any field
        self.assignments[number] = {
            "id": int(number),
            "name": name,
            "points_possible": 10.0,
            "assignment_group_id": 5,
            "post_to_sis": True,
            "created_at": "2026-09-14T15:00:00Z",
            "due_at": "2026-09-21T06:59:59Z",
        } | changes

    def grade(self, assignment: str, student: str, score: float | None, **changes: Any) -> None:  # noqa: ANN401 - a builder takes any field
        row = {"assignment_id": int(assignment), "user_id": int(student), "score": score}
        self.grades[assignment, student] = row | {"graded_at": "2026-09-15T03:30:00Z"} | changes

    def scores(self) -> dict[str, float | None]:
        """What Synergy has, by student."""
        return {each["student"]["sourcedId"]: each.get("score") for each in self.results.values()}

    async def send(self, request: Request) -> Answer:
        self.requests.append(request)
        if self.meanwhile is not None:
            await self.meanwhile(request)
        early = self.before(request)
        if early is not None:
            return early
        path = urlsplit(request.url).path
        if request.url.startswith(CANVAS):
            return self._canvas(path.removeprefix("/api/v1"))
        if path == "/oauth/token":
            return an_answer(200, {"access_token": "synergy-token-1", "expires_in": 3600})
        if request.url.startswith(ONEROSTER):
            return self._oneroster(request, path.removeprefix("/ims/oneroster/v1p1"))
        raise TransportError("there is no host of this name")

    def _canvas(self, path: str) -> Answer:
        course = {"id": 1, "name": "Algebra 1", "workflow_state": "available"}
        tables: dict[str, object] = {
            "/courses": [course],
            "/courses/1": course,
            "/courses/1/sections": [{"id": 11, "name": "Period 1", "sis_section_id": "CLASS-A"}],
            "/courses/1/assignment_groups": [{"id": 5, "name": "Quizzes"}],
            "/courses/1/enrollments": [
                {
                    "user_id": int(each),
                    "course_section_id": 11,
                    "sis_user_id": f"SIS-{each}",
                    "user": {"name": f"S{each}"},
                }
                for each in STUDENTS
            ],
            "/courses/1/assignments": list(self.assignments.values()),
            "/courses/1/students/submissions": list(self.grades.values()),
        }
        return an_answer(200, tables[path]) if path in tables else an_answer(404, {"errors": []})

    def _oneroster(self, request: Request, path: str) -> Answer:
        if request.method in {"PUT", "DELETE"}:
            return self._write(request, path)
        rows: dict[str, tuple[str, list[dict[str, Any]]]] = {
            "/categories": ("categories", [{"sourcedId": "cat-quizzes", "title": "Quizzes"}]),
            "/lineItems": ("lineItems", list(self.line_items.values())),
            "/classes/CLASS-A/lineItems": ("lineItems", list(self.line_items.values())),
            "/classes/CLASS-A/results": ("results", list(self.results.values())),
            "/classes/CLASS-A/students": ("users", [{"sourcedId": f"SIS-{each}"} for each in STUDENTS]),
        }
        if path == "/classes/CLASS-A":
            return an_answer(200, {"class": {"sourcedId": "CLASS-A"}})
        if path not in rows:
            return an_answer(404, {"imsx_description": "not here"})
        key, found = rows[path]
        return an_answer(200, {key: found}, x_total_count=str(len(found)))

    def _write(self, request: Request, path: str) -> Answer:
        matched = re.fullmatch(r"/(lineItems|results)/([^/]+)", path)
        assert matched, path
        kind, sourced_id = matched.groups()
        table = self.line_items if kind == "lineItems" else self.results
        if request.method == "DELETE":
            return an_answer(204 if table.pop(sourced_id, None) else 404)
        existed = sourced_id in table
        self.writes.append(path)
        table[sourced_id] = request.json_body[kind.removesuffix("s")]
        return an_answer(200 if existed else 201)


def is_write(request: Request, kind: str = "") -> bool:
    return request.method == "PUT" and f"/{kind}" in request.url
