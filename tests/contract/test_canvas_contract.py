"""The fake Canvas keeps the promises of the hand-written contract, whatever it is asked.

Schemathesis makes the requests; each operation plays in a world of its own, so that the order of tests means
nothing. Most ids of a path are replaced by ids that exist: made-up ones would only ever meet a 404.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, settings
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from simulator.asgi import Tenant, WorldRouter
from simulator.canvas.routes import OFTEN_ASKED, build_canvas, graphql, sis
from simulator.canvas.routes.seldom import SELDOM_ASKED
from simulator.canvas.store import CanvasStore
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD
from simulator.schools import school_of

CONTRACT = Path(__file__).parents[2] / "contracts" / "openapi" / "canvas.yaml"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TEACHER, ADMIN = "teacher-token", "admin-token"
Case: TypeAlias = schemathesis.Case[Any]
Operation: TypeAlias = schemathesis.APIOperation[Any, Any, Any, Any]
OPEN_TO_ANY_TEACHER = {
    "GET /api/v1/accounts", "GET /api/v1/courses", "GET /api/v1/users/{user_id}", "POST /api/graphql",
}  # fmt: skip
REFUSED_SILENTLY = {"PUT /api/sis/courses/{course_id}/disable_post_to_sis"}
"""Where Canvas has nothing but a status for whoever may not."""

schema = openapi.from_path(
    CONTRACT, config=schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": False}}})
)
schema.app = build_canvas()  # tells Schemathesis to call in process; each call names its own application


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


@cache
def world_of(_operation: str) -> tuple[ASGIApp, dict[str, str]]:
    """A Canvas of this operation's own, with a graded assignment, and the ids of what is in it."""
    clock = VirtualClock()
    journal = Journal(clock)
    store = CanvasStore(ids=Ids(7), clock=clock, journal=journal, profile=KHSD)
    store.take_roster(school_of(7), teacher_tokens=(TEACHER, "other-token"), admin_token=ADMIN)
    app = WorldRouter(build_canvas(), lambda _name: Tenant(store, journal), lambda _path: "canvas")
    client = TestClient(app, base_url="http://localhost/api/v1", headers=bearing(TEACHER))
    course, other_course = (each["id"] for each in client.get("/courses").json())
    enrollment = client.get(f"/courses/{course}/enrollments?type[]=StudentEnrollment").json()[0]
    wanted = {"name": "Quiz", "points_possible": 10, "published": True, "post_to_sis": True}
    assignment = client.post(f"/courses/{course}/assignments", json={"assignment": wanted}).json()
    row = f"/courses/{course}/assignments/{assignment['id']}/submissions/{enrollment['user_id']}"
    assert client.put(row, json={"submission": {"posted_grade": "9"}}).status_code == 200
    changed = {"grade_data": {str(enrollment["user_id"]): {"posted_grade": "8", "text_comment": "Well done"}}}
    row = f"/courses/{course}/assignments/{assignment['id']}/submissions"
    progress = client.post(f"{row}/update_grades", json=changed).json()
    admin = TestClient(app, base_url="http://localhost/api/v1", headers=bearing(ADMIN))
    wanted = {"enrollment_term_ids": [1], "grading_period_set": {"title": "Year", "weighted": True}}
    made = admin.post("/accounts/1/grading_period_sets", json=wanted).json()["grading_period_set"]["id"]
    autumn = {"title": "Autumn", "start_date": "2026-08-01T00:00:00Z", "end_date": "2026-10-31T00:00:00Z"}
    filled = admin.patch(
        f"/grading_period_sets/{made}/grading_periods/batch_update", json={"grading_periods": [autumn]}
    )
    override = {"student_ids": [enrollment["user_id"]], "due_at": "2026-09-20T12:00:00Z"}
    overridden = client.post(
        f"/courses/{course}/assignments/{assignment['id']}/overrides", json={"assignment_override": override}
    )
    assert overridden.status_code == 201
    return app, {
        "override_id": str(overridden.json()["id"]),
        "period_id": filled.json()["grading_periods"][0]["id"],
        "set_id": made,
        "progress_id": str(progress["id"]),
        "day": clock.now().date().isoformat(),
        "student_id": str(enrollment["user_id"]),
        "grader_id": str(client.get("/users/self").json()["id"]),
        "account_id": "1",
        "course_id": str(course),
        "new_course_id": str(other_course),
        "term_id": "1",
        "section_id": str(enrollment["course_section_id"]),
        "user_id": str(enrollment["user_id"]),
        "enrollment_id": str(enrollment["id"]),
        "assignment_id": str(assignment["id"]),
        "group_id": str(assignment["assignment_group_id"]),
    }


def token_for(path: str) -> str:
    """Who may ask there."""
    administered = ("/accounts", "/grading_period_sets", "/audit")
    return ADMIN if any(each in path for each in administered) else TEACHER


def mostly_real(made_up: dict[str, Any], real: dict[str, str]) -> dict[str, Any]:
    """The path's parameters with seven of eight made-up ids replaced."""
    return {
        name: value if zlib.crc32(repr(value).encode()) % 8 == 0 else real[name]
        for name, value in made_up.items()
    }


@pytest.mark.filterwarnings("default")
@schema.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_contract_promises(case: Case) -> None:
    app, real = world_of(case.operation.label)
    case.path_parameters = mostly_real(dict(case.path_parameters or {}), real)
    answer = case.call(app=app, headers=bearing(token_for(case.operation.path)))
    case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize(
    "operation",
    [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)],
    ids=lambda each: each.label,
)
@pytest.mark.parametrize("token", ["", "made-up", "other-token"])
def test_a_stranger_gets_the_refusal_that_the_contract_promises(operation: Operation, token: str) -> None:
    app, real = world_of("strangers")
    case = operation.Case(path_parameters={each.name: real[each.name] for each in operation.path_parameters})
    answer = case.call(app=app, headers=bearing(token))
    case.validate_response(answer, checks=CHECKS)
    if token != "other-token":
        assert answer.status_code == 401
    elif operation.label not in OPEN_TO_ANY_TEACHER:
        assert answer.status_code == (401 if operation.label in REFUSED_SILENTLY else 403)


def test_the_contract_has_every_operation_that_canvas_answers_and_no_other() -> None:
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    families = [
        *(("/api/v1", family) for family in (*OFTEN_ASKED, *SELDOM_ASKED)),
        ("/api/sis", sis),
        ("/api", graphql),
    ]
    answered = {
        f"{method} {prefix}{route.path}"
        for prefix, family in families
        for route in family.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert {each.label for each in found} == answered
    assert len({each.definition.raw["operationId"] for each in found}) == len(found)


def test_numbers_of_a_drop_rule_come_back_as_ruby_reads_them() -> None:
    """What is no id at all is kept as the number that its text begins with, below zero too."""
    app, real = world_of("drop rules")
    operation = schema["/api/v1/courses/{course_id}/assignment_groups"]["POST"]
    rules: dict[str, Any] = {"drop_lowest": "-1", "never_drop": ["-8.1e+197", "abc", "33"]}
    case = operation.Case(
        path_parameters={"course_id": real["course_id"]}, body={"rules": rules}, media_type="application/json"
    )
    answer = case.call(app=app, headers=bearing(TEACHER))
    case.validate_response(answer, checks=CHECKS)
    assert json.loads(answer.content)["rules"] == {"drop_lowest": -1, "never_drop": [-8, 0, 33]}


def test_work_that_is_handed_in_for_a_student_is_answered_as_promised() -> None:
    app, real = world_of("handing in")
    client = TestClient(app, base_url="http://localhost/api/v1", headers=bearing(TEACHER))
    essay = f"/courses/{real['course_id']}/assignments/{real['assignment_id']}"
    client.put(essay, json={"assignment": {"submission_types": ["online_text_entry"]}})
    path = "/api/v1/courses/{course_id}/assignments/{assignment_id}/submissions"
    case = schema[path]["POST"].Case(
        path_parameters={name: real[name] for name in ("course_id", "assignment_id")},
        query={"include[]": ["submission_history", "submission_comments", "course"]},
        body={
            "submission": {
                "submission_type": "online_text_entry",
                "body": "Essay",
                "user_id": int(real["user_id"]),
            },
            "comment": {"text_comment": "On paper"},
        },
        media_type="application/json",
    )
    answer = case.call(app=app, headers=bearing(TEACHER))
    assert answer.status_code == 201
    case.validate_response(answer, checks=CHECKS)
    *_, comment = json.loads(answer.content)["submission_comments"]
    assert comment["comment"] == "On paper"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/courses/{course_id}",
        "/api/v1/courses/{course_id}/assignments",
        "/api/v1/courses/{course_id}/assignments/{assignment_id}",
        "/api/v1/courses/{course_id}/assignment_groups",
        "/api/v1/courses/{course_id}/grading_periods",
        "/api/v1/users/{user_id}/courses",
    ],
)
def test_what_a_student_reads_is_promised_too(path: str) -> None:
    app, real = world_of("students")
    operation = schema[path]["GET"]
    case = operation.Case(
        path_parameters={each.name: real[each.name] for each in operation.path_parameters},
        query={
            "as_user_id": real["user_id"],
            "include[]": ["assignments", "submission", "all_dates", "term"],
        },
    )
    answer = case.call(app=app, headers=bearing(ADMIN))
    assert answer.status_code == 200
    case.validate_response(answer, checks=CHECKS)


def test_the_contract_catches_a_canvas_that_lies() -> None:
    """A submission that names its course is something that Canvas never sends."""
    app, real = world_of("liars")
    operation = schema["/api/v1/courses/{course_id}/assignments/{assignment_id}/submissions/{user_id}"]["GET"]
    names = ("course_id", "assignment_id", "user_id")
    case = operation.Case(path_parameters={name: real[name] for name in names})
    answer = case.call(app=app, headers=bearing(TEACHER))
    honest = json.loads(answer.content)
    answer.content = json.dumps({**honest, "course_id": 1}).encode()
    with pytest.raises(FailureGroup):
        case.validate_response(answer, checks=CHECKS)
