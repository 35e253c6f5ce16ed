"""The control API keeps the promises of its hand-written contract, whatever it is asked.

Schemathesis makes the requests; every call meets worlds of its own, in which something has happened. Most
made-up names are replaced by names that exist.
"""

from __future__ import annotations

import json
import zlib
from datetime import timedelta
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

from simulator.app import build_apps
from simulator.control.routes import ROUTES
from simulator.faults import KINDS
from simulator.faults.wire import fault_from_json
from simulator.journal import ENTRY_KINDS
from simulator.profiles import PROFILES
from simulator.world import Worlds, build_world
from simulator.world_file import world_as_text
from tests.unit.world.gradebook import a_graded_world

CONTRACT = Path(__file__).parents[2] / "contracts" / "openapi" / "control.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(CONTRACT.read_text("utf-8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SETTINGS = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NO_COVERAGE = {"phases": {"coverage": {"enabled": False}}}
KEY = {"Authorization": "Bearer key"}
STREAM = "/_sim/worlds/{name}/journal/stream"
REAL = {"name": "default", "system": "canvas", "snapshot": "morning", "fault": "down", "course_id": 1001}

Case: TypeAlias = schemathesis.Case[Any]
Operation: TypeAlias = schemathesis.APIOperation[Any, Any, Any, Any]

schema = openapi.from_dict(
    json.loads(json.dumps(DOCUMENT)), config=schemathesis.Config.from_dict(NO_COVERAGE)
)


def an_app() -> ASGIApp:
    """The API over a world with an entry of every kind, and a second one."""
    world = a_graded_world()
    world.snapshot("morning", who="control")
    world.advance(timedelta(days=1), who="control")
    world.faults.plan(fault_from_json({"name": "down", "does": {"kind": "answer", "status": 503}}))
    world.journal.note_mark("synergy", "READONLY-OFF-ERROR", "refused", "a quiz", "It is not locked.")
    world.journal.note_fault("down", "answer", "canvas", "GET /api/v1/courses")
    world.journal.note_exchange(
        system="canvas",
        who="",
        method="GET",
        path="/api/v1/courses",
        query="page=2",
        request_body="",
        status=401,
        response_body="{}",
        content_type="application/json",
        request_headers=(("accept", "*/*"),),
    )
    app = build_apps(Worlds(world, build_world(8, name="other")), control_token="key").control
    assert app is not None
    return app


schema.app = an_app()  # tells Schemathesis to call in process; each call names its own application


def mostly(made_up: object, real: object) -> object:
    """Seven of eight times what is real. The made-up value itself decides, so a run can be repeated."""
    return made_up if zlib.crc32(repr(made_up).encode()) % 8 == 0 else real


def made_real(case: Case) -> None:
    """Names that exist in the place of most made-up ones, and an end for a stream."""
    made_up = dict(case.path_parameters or {})
    new = (case.method, case.path) == ("PUT", "/_sim/worlds/{name}/file")
    real = {**REAL, "name": "imported"} if new else REAL
    case.path_parameters = {name: mostly(value, real[name]) for name, value in made_up.items()}
    query = dict(case.query or {})
    moments = {"snapshot": "morning", "since": "morning", "until": "morning", "world": "other"}
    for name, value in moments.items():
        if name in query and case.path.endswith(("/file", "/difference")):
            query[name] = mostly(query[name], value)
    if case.path == STREAM:
        query["until"] = 1
    case.query = query
    if new and zlib.crc32(repr(case.body).encode()) % 8:
        document: Any = json.loads(world_as_text(a_graded_world()))
        case.body = document


@pytest.mark.filterwarnings("default")
@schema.parametrize()
@SETTINGS
def test_every_answer_is_one_that_the_contract_promises(case: Case) -> None:
    made_real(case)
    answer = case.call(app=an_app(), headers=KEY)
    case.validate_response(answer, checks=CHECKS)


def operations(*methods: str) -> list[Operation]:
    found = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    return [each for each in found if not methods or each.method.upper() in methods]


BODIES: dict[str, Any] = {
    "createWorld": {
        "name": "room-1",
        "seed": 3,
        "profile": "oneroster_strict",
        "start": "empty",
        "switches": {"put_body": "none"},
    },
    "forkWorld": {"name": "room-1", "snapshot": "morning"},
    "advanceClock": {"by": "P1DT2H3M"},
    "setSkew": {"ahead_seconds": -3, "drift_seconds_a_day": 0.5},
    "setAutojump": {"on": True},
    "setTellNotSimulated": {"on": True},
    "takeSnapshot": {"name": "evening"},
    "planFault": {"name": "slow", "does": {"kind": "latency", "seconds": 3}, "times": None},
    "importWorld": json.loads(world_as_text(a_graded_world())),
}
QUERIES: dict[str, dict[str, Any]] = {
    "readDifference": {"since": "morning"},
    "followJournal": {"until": 3},
    "exportWorld": {"snapshot": "morning"},
}
DONE = {"GET": {200}, "PUT": {200, 201}, "POST": {200, 201}, "DELETE": {200, 204}}


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.label)
def test_what_is_asked_rightly_is_done_and_answered_as_the_contract_promises(operation: Operation) -> None:
    name = operation.definition.raw["operationId"]
    parameters: dict[str, Any] = {
        segment.strip("{}"): REAL[segment.strip("{}")]
        for segment in operation.path.split("/")
        if segment.startswith("{")
    }
    if name == "importWorld":
        parameters["name"] = "imported"
    body = {"body": BODIES[name], "media_type": "application/json"} if name in BODIES else {}
    case = operation.Case(path_parameters=parameters, query=QUERIES.get(name, {}), **body)
    answer = case.call(app=an_app(), headers=KEY)
    case.validate_response(answer, checks=CHECKS)
    assert answer.status_code in DONE[operation.method.upper()]


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.label)
def test_a_stranger_gets_the_404_that_the_contract_promises(operation: Operation) -> None:
    case = operation.Case(path_parameters=dict(REAL), query=QUERIES.get(operation.path, {}))
    answer = case.call(app=an_app(), headers={"Authorization": "Bearer wrong"})
    case.validate_response(answer, checks=CHECKS)
    assert (answer.status_code, answer.text) == (404, "Not Found")


def test_a_difference_as_text_is_promised_too() -> None:
    case = schema["/_sim/worlds/{name}/difference"]["GET"].Case(
        path_parameters={"name": "default"}, query={"since": "morning"}
    )
    answer = case.call(app=an_app(), headers={**KEY, "Accept": "text/plain"})
    case.validate_response(answer, checks=CHECKS)
    assert answer.headers["content-type"][0].startswith("text/plain")


def test_the_contract_has_every_path_that_the_api_serves_and_no_other() -> None:
    promised = {
        (method.upper(), path)
        for path, item in DOCUMENT["paths"].items()
        for method in item.keys() - {"parameters"}
    }
    served = {
        (method, route.path.replace(":path", ""))
        for route in ROUTES
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert promised == served


def test_the_contract_names_every_profile_kind_of_entry_and_kind_of_fault() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert set(schemas["NewWorld"]["properties"]["profile"]["enum"]) == set(PROFILES)
    assert set(schemas["Does"]["properties"]["kind"]["enum"]) == set(KINDS)
    entries = schemas["Entry"]["oneOf"]
    assert {each["properties"]["kind"]["const"] for each in entries} == set(ENTRY_KINDS)
    assert all(set(each["required"]) == set(each["properties"]) for each in entries)


@pytest.mark.parametrize(
    ("field", "lie"), [("now", 0), ("autojump", "no"), ("entries", -1), ("doors", {}), ("colour", "green")]
)
def test_the_contract_catches_an_api_that_lies(field: str, lie: object) -> None:
    case = schema["/_sim/worlds/{name}"]["GET"].Case(path_parameters={"name": "default"})
    answer = case.call(app=an_app(), headers=KEY)
    answer.content = json.dumps({**json.loads(answer.content), field: lie}).encode()
    with pytest.raises(FailureGroup):
        case.validate_response(answer, checks=CHECKS)
