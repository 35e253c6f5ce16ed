"""The fake Synergy's OneRoster face keeps the promises of the hand-written contract, whatever it is asked.

Schemathesis makes the requests; every call meets a gradebook of its own with one scored assignment, so that
the order of calls means nothing. Most made-up ids are replaced by ids that exist: they would only ever meet a
404.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp

from simulator.asgi import Tenant, WorldRouter
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD
from simulator.schools import school_of
from simulator.synergy import third_party
from simulator.synergy.model import Cell, ClassType, LineItemDraft, ResultDraft
from simulator.synergy.routes import build_synergy
from simulator.synergy.store import GradebookStore

CONTRACT = Path(__file__).parents[2] / "contracts" / "openapi" / "oneroster_v1p1.yaml"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = 63
"""The 61 of OneRoster 1.1, the categories of one class, and the token endpoint."""
SETTINGS = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PROFILES = {"binding": KHSD, "statusInfoSet": replace(KHSD, error_shape="statusInfoSet")}
EMPTY_LISTS = {"demographics", "resources"}
NOTHING_THERE = {f"/ims/oneroster/v1p1/{path}/{{id}}" for path in EMPTY_LISTS}
NO_COVERAGE = {"phases": {"coverage": {"enabled": False}}}

Case: TypeAlias = schemathesis.Case[Any]
Operation: TypeAlias = schemathesis.APIOperation[Any, Any, Any, Any]


def without_fields(document: dict[str, Any]) -> dict[str, Any]:
    """The contract without the parameter that cuts objects down: the schemas hold only without it."""
    ref = {"$ref": "#/components/parameters/fields"}
    for path in document["paths"].values():
        for operation in path.values():
            kept = [each for each in operation.get("parameters", []) if each != ref]
            operation["parameters"] = kept
    return document


schema = openapi.from_dict(
    without_fields(json.loads(json.dumps(yaml.safe_load(CONTRACT.read_text("utf-8"))))),
    config=schemathesis.Config.from_dict(NO_COVERAGE),
)
synergy = build_synergy()
schema.app = synergy  # tells Schemathesis to call in process; each call names its own application


@dataclass(frozen=True)
class World:
    """A gradebook with one scored assignment, and the ids of what is in it."""

    app: ASGIApp
    token: str
    ids: dict[str, str]


def a_world(error_shape: str = "binding", scopes: frozenset[str] | None = None) -> World:
    clock = VirtualClock()
    journal = Journal(clock)
    store = GradebookStore(ids=Ids(7), clock=clock, journal=journal, profile=PROFILES[error_shape])
    school = school_of(7)
    store.take_roster(school, client_id="sync", client_secret="sesame", teachervue_token="chalk")
    section = school.courses[0].sections[0]
    category, day = store.types_of(section.guid)[0], date(2026, 9, 14)
    unused = store.class_types.put(ClassType("unused", section.guid, "Labs", 0.0))
    third_party.put_line_item(
        store, LineItemDraft("li-1", section.guid, category.guid, "Quiz", "", day, day, "", 0.0, 10.0)
    )
    cell = Cell("li-1", section.students[0].guid)
    third_party.put_result(store, ResultDraft("r-1", cell, 9.0, "fully graded", day, "L"))
    every = frozenset(
        {
            "roster-core.readonly",
            "roster-demographics.readonly",
            "resource.readonly",
            "gradebook.readonly",
            "gradebook.createput",
            "gradebook.delete",
        }
    )
    ids = {
        "orgs": school.district_guid,
        "schools": school.guid,
        "academicSessions": school.year_guid,
        "terms": section_term(store, section.guid),
        "gradingPeriods": school.grading_periods[0].guid,
        "courses": school.courses[0].guid,
        "classes": section.guid,
        "users": section.students[0].guid,
        "students": section.students[0].guid,
        "teachers": school.teachers[0].guid,
        "enrollments": next(iter(store.enrolments)),
        "demographics": "nobody",
        "resources": "nothing",
        "categories": category.guid,
        "unused category": unused.guid,
        "lineItems": "li-1",
        "results": "r-1",
    }
    app = WorldRouter(synergy, lambda _name: Tenant(store, journal), lambda _path: "oneroster")
    return World(app, store.issue_token(every if scopes is None else scopes), ids)


def section_term(store: GradebookStore, class_guid: str) -> str:
    return store.classes[class_guid].term_guids[0]


def real_path(operation: Operation, world: World) -> dict[str, str]:
    """An id that exists for each parameter: the segment before it says of what."""
    segments = operation.path.split("/")
    return {
        segment.strip("{}"): world.ids[segments[at - 1]]
        for at, segment in enumerate(segments)
        if segment.startswith("{")
    }


def mostly(made_up: object, real: object) -> object:
    """Seven of eight times what is real. The made-up value itself decides, so a run can be repeated."""
    return made_up if zlib.crc32(repr(made_up).encode()) % 8 == 0 else real


def mostly_real_body(body: object, path: dict[str, object], world: World) -> object:
    """A body whose references lead somewhere and whose id is the address's, most of the time."""
    ((envelope, content),) = body.items() if isinstance(body, dict) and len(body) == 1 else (("", None),)
    if not isinstance(content, dict):
        return body
    real = {
        "class": {"sourcedId": world.ids["classes"]},
        "category": {"sourcedId": world.ids["categories"]},
        "gradingPeriod": {"sourcedId": world.ids["gradingPeriods"]},
        "lineItem": {"sourcedId": world.ids["lineItems"]},
        "student": {"sourcedId": world.ids["students"]},
        "sourcedId": path["id"],
        "title": "Cells",
    }
    return {envelope: {name: mostly(value, real.get(name, value)) for name, value in content.items()}}


@pytest.mark.filterwarnings("default")
@schema.parametrize()
@SETTINGS
def test_every_answer_is_one_that_the_contract_promises(case: Case) -> None:
    error_shape = "statusInfoSet" if zlib.crc32(repr(case.path_parameters).encode()) % 4 == 0 else "binding"
    world = a_world(error_shape)
    real = real_path(case.operation, world)
    made_up = dict(case.path_parameters or {})
    case.path_parameters = {name: mostly(value, real[name]) for name, value in made_up.items()}
    if case.method == "PUT":
        body: Any = mostly_real_body(case.body, dict(case.path_parameters), world)
        case.body = body
    headers = {"Authorization": f"Bearer {world.token}"}
    options = {"auth": ("sync", "sesame")} if case.path == "/oauth/token" else {"headers": headers}
    answer = case.call(app=world.app, **options)
    case.validate_response(answer, checks=CHECKS)


def operations(*methods: str) -> list[Operation]:
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    return [each for each in found if each.method.upper() in methods and each.path != "/oauth/token"]


@pytest.mark.parametrize("operation", operations("GET", "DELETE"), ids=lambda each: each.label)
def test_what_is_there_is_given_as_the_contract_promises(operation: Operation) -> None:
    world = a_world()
    if operation.method.upper() == "DELETE":
        world.ids["categories"] = world.ids["unused category"]
    case = operation.Case(path_parameters=real_path(operation, world))
    answer = case.call(app=world.app, headers={"Authorization": f"Bearer {world.token}"})
    case.validate_response(answer, checks=CHECKS)
    if case.path in NOTHING_THERE:
        assert answer.status_code == 404
        return
    assert answer.status_code == (200 if case.method == "GET" else 204)
    if case.method == "GET" and "X-Total-Count" in operation.definition.raw["responses"]["200"].get(
        "headers", {}
    ):
        (objects,) = json.loads(answer.content).values()
        assert bool(objects) is (case.path.rpartition("/")[2] not in EMPTY_LISTS)


@pytest.mark.parametrize(
    ("path", "envelope"),
    [("categories", "category"), ("lineItems", "lineItem"), ("results", "result")],
)
def test_a_put_creates_and_replaces_as_the_contract_promises(path: str, envelope: str) -> None:
    world = a_world()
    address = f"/ims/oneroster/v1p1/{path}/{{id}}"
    headers = {"Authorization": f"Bearer {world.token}"}
    stored = (
        schema[address]["GET"]
        .Case(path_parameters={"id": world.ids[path]})
        .call(app=world.app, headers=headers)
    )
    statuses = []
    for sourced_id in ("new-1", "new-1"):
        body: Any = {envelope: {**json.loads(stored.content)[envelope], "sourcedId": sourced_id}}
        case = schema[address]["PUT"].Case(
            path_parameters={"id": sourced_id}, body=body, media_type="application/json"
        )
        answer = case.call(app=world.app, headers=headers)
        case.validate_response(answer, checks=CHECKS)
        statuses.append(answer.status_code)
    assert statuses == [201, 200]


@pytest.mark.parametrize("error_shape", PROFILES)
@pytest.mark.parametrize("operation", operations("GET", "PUT", "DELETE"), ids=lambda each: each.label)
def test_a_stranger_gets_the_refusal_that_the_contract_promises(
    operation: Operation, error_shape: str
) -> None:
    world = a_world(error_shape, scopes=frozenset({"of another time"}))
    statuses = []
    for token in ("", "made-up", world.token):
        case = operation.Case(path_parameters=real_path(operation, world))
        answer = case.call(app=world.app, headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)
        statuses.append(answer.status_code)
    assert statuses == [401, 401, 403]


def test_every_operation_of_the_contract_is_tested() -> None:
    found = list(schema.get_all_operations())
    assert all(isinstance(each, Ok) for each in found)
    names = {each.ok().definition.raw["operationId"] for each in found if isinstance(each, Ok)}
    assert (len(found), len(names)) == (OPERATIONS, OPERATIONS)


@pytest.mark.parametrize(
    ("field", "lie"),
    [("score", None), ("scoreStatus", "late"), ("scoreDate", "14.9.2026"), ("late", "true"), ("student", {})],
)
def test_the_contract_catches_a_synergy_that_lies(field: str, lie: object) -> None:
    world = a_world()
    case = schema["/ims/oneroster/v1p1/results/{id}"]["GET"].Case(path_parameters={"id": "r-1"})
    answer = case.call(app=world.app, headers={"Authorization": f"Bearer {world.token}"})
    honest = json.loads(answer.content)
    answer.content = json.dumps({"result": {**honest["result"], field: lie}}).encode()
    with pytest.raises(FailureGroup):
        case.validate_response(answer, checks=CHECKS)
