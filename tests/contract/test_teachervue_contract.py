"""The fake Synergy's TeacherVUE face keeps the promises of the hand-written contract, whatever it is asked.

Schemathesis makes the requests; every call meets a gradebook of its own, with one assignment that is locked
to the third party and one of the teacher's own. Most made-up ids are replaced by ids that exist.
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
from starlette.types import ASGIApp

from simulator.asgi import Tenant, WorldRouter
from simulator.clock import VirtualClock
from simulator.ids import Ids
from simulator.journal import Journal
from simulator.profiles import KHSD, Profile
from simulator.schools import school_of
from simulator.synergy import teacher, third_party
from simulator.synergy.model import Assignment, Cell, ClassType, LineItemDraft, ResultDraft
from simulator.synergy.routes import build_synergy
from simulator.synergy.store import GradebookStore

CONTRACT = Path(__file__).parents[2] / "contracts" / "openapi" / "teachervue.yaml"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DAY = date(2026, 9, 14)
TEACHER = {"Authorization": "Bearer chalk"}
NO_COVERAGE = {"phases": {"coverage": {"enabled": False}}}
SETTINGS = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

Case: TypeAlias = schemathesis.Case[Any]
Operation: TypeAlias = schemathesis.APIOperation[Any, Any, Any, Any]

schema = openapi.from_path(CONTRACT, config=schemathesis.Config.from_dict(NO_COVERAGE))
synergy = build_synergy()
schema.app = synergy  # tells Schemathesis to call in process; each call names its own application


@dataclass(frozen=True)
class World:
    """A gradebook, and the ids of what is in it."""

    app: ASGIApp
    locked: dict[str, str]
    own: dict[str, str]
    period: str
    type_id: str
    course: str
    teacher: str
    school: str
    stranger: str
    other_class: str


def a_world(profile: Profile = KHSD) -> World:
    clock = VirtualClock()
    journal = Journal(clock)
    store = GradebookStore(ids=Ids(7), clock=clock, journal=journal, profile=profile)
    school = school_of(7)
    store.take_roster(school, client_id="sync", client_secret="sesame", teachervue_token="chalk")
    section = school.courses[0].sections[0]
    kind = store.types_of(section.guid)[0].guid
    third_party.put_line_item(
        store, LineItemDraft("li-1", section.guid, kind, "Quiz", "", DAY, DAY, "", 0.0, 10.0)
    )
    cell = Cell("li-1", section.students[0].guid)
    third_party.put_result(store, ResultDraft("r-1", cell, 9.0, "fully graded", DAY, "L"))
    own = teacher.add_assignment(store, an_own_assignment(store, section.guid, kind))
    assert isinstance(own, Assignment)
    mine = store.class_types.put(ClassType("MY-TYPE", section.guid, "Mine", 0.0, is_teachers=True))
    ids = {
        "class_id": section.guid,
        "student_id": section.students[0].guid,
        "period_id": school.grading_periods[0].guid,
    }
    return World(
        app=WorldRouter(synergy, lambda _name: Tenant(store, journal), lambda _path: "teachervue"),
        locked={**ids, "id": str(store.assignments["li-1"].gradebook_id), "type_id": kind},
        own={**ids, "id": str(own.gradebook_id), "type_id": mine.guid},
        period=school.grading_periods[0].guid,
        type_id=kind,
        course=school.courses[0].guid,
        teacher=school.teachers[0].guid,
        school=school.guid,
        stranger=next(each.guid for each in school.students if each not in section.students),
        other_class=school.courses[2].sections[1].guid,
    )


def an_own_assignment(store: GradebookStore, class_guid: str, kind: str) -> Assignment:
    return Assignment(
        line_item_id="own-1",
        gradebook_id=store.ids.integer("gradebook"),
        class_guid=class_guid,
        name="Notebook",
        description="",
        type_guid=kind,
        max_score=5.0,
        points=5.0,
        assigned_on=DAY,
        due_date=None,
        period_guids=(store.grading_periods()[0].guid,),
        third_party_readonly=False,
        synced=False,
        modified_at=store.clock.now(),
    )


def chance(made_up: object, one_in: int) -> bool:
    """Decided by the made-up value itself, so that a run can be repeated."""
    return zlib.crc32(repr(made_up).encode()) % one_in == 0


def mostly_real_body(body: object, world: World) -> object:
    real: dict[str, object] = {
        "type_id": world.type_id,
        "grading_period_ids": [world.period],
        "comment_code": "L",
        "course_id": world.course,
        "teacher_id": world.teacher,
        "school_id": world.school,
        "grade": "10",
        "student_id": world.stranger,
        "to_class_id": world.other_class,
        "score_type": "Raw Score",
        "grading_period_id": world.period,
        "also_apply_to": [world.other_class],
    }
    if not isinstance(body, dict):
        return body
    if isinstance(body.get("assignments"), list) and not chance(body, 8):
        body = {"assignments": [{"id": int(world.own["id"]), "due_date": "2026-10-02"}]}
    if isinstance(body.get("assignment_types"), list) and not chance(body, 8):
        body = {**body, "assignment_types": [{"id": world.type_id, "drop_lowest": 1}]}
    return {
        name: real[name] if name in real and not chance(value, 8) else value for name, value in body.items()
    }


def with_real_ids(body: dict[str, object], world: World) -> dict[str, object]:
    """Ids that are empty in the body become those that the request is good with."""
    rows = body.get("assignments")
    if isinstance(rows, list):
        return {"assignments": [{**each, "id": int(world.own["id"])} for each in rows]}
    real = {
        "course_id": world.course,
        "teacher_id": world.teacher,
        "student_id": world.stranger,
        "to_class_id": world.other_class,
    }
    return {name: real.get(name, "") if value == "" else value for name, value in body.items()}


@pytest.mark.filterwarnings("default")
@schema.parametrize()
@SETTINGS
def test_every_answer_is_one_that_the_contract_promises(case: Case) -> None:
    world = a_world()
    made_up = dict(case.path_parameters or {})
    real = world.locked if chance((made_up, "locked"), 3) else world.own
    case.path_parameters = {
        name: value if chance(value, 8) else real[name] for name, value in made_up.items()
    }
    body: Any = mostly_real_body(case.body, world)
    case.body = body
    if "grading_period" in (case.query or {}) and not chance(case.query, 4):
        case.query = {**case.query, "grading_period": world.period}
    answer = case.call(app=world.app, headers=TEACHER)
    case.validate_response(answer, checks=CHECKS)


def operations() -> list[Operation]:
    return [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]


GOOD: dict[str, tuple[Any, int]] = {
    "listClasses": (None, 200),
    "listAssignments": (None, 200),
    "showTotals": (None, 200),
    "saveMany": ({"assignments": [{"due_date": "2026-10-02"}]}, 200),
    "showGradebook": (None, 200),
    "switchPeriod": ({"grading_period_id": None}, 200),
    "addType": ({"name": "Projects", "default_points": 20, "colour": "green"}, 201),
    "changeType": ({"name": "Projects"}, 200),
    "removeType": (None, 204),
    "showFamily": (None, 200),
    "duplicateAssignment": (None, 201),
    "saveSetup": ({"method": "points", "decimals": 1, "class_rounding": False}, 200),
    "addAssignment": ({"name": "Lab", "max_score": 5, "date": "2026-09-15", "due_date": None}, 201),
    "showAssignment": (None, 200),
    "saveAssignment": ({"points": 3, "third_party_readonly": True}, 200),
    "deleteAssignment": (None, 204),
    "saveScore": ({"score": None, "excused": True, "comment": "ill"}, 200),
    "openClass": (
        {"number": "ALG1-07", "name": "Algebra 1 - Period 7", "course_id": "", "teacher_id": ""},
        201,
    ),
    "admitStudent": ({"given_name": "Ada", "family_name": "Lovelace", "grade": "10"}, 201),
    "leaveSchool": (None, 204),
    "listStudents": (None, 200),
    "joinClass": ({"student_id": ""}, 201),
    "leaveClass": (None, 204),
    "moveStudent": ({"to_class_id": ""}, 200),
    "listGradingPeriods": (None, 200),
    "setPeriodClosed": ({"closed": True}, 200),
}
LOCKED: dict[str, tuple[Any, str]] = {
    "saveAssignment": ({"points": 3}, "LOCKED-EDIT-REFUSED"),
    "deleteAssignment": (None, "DELETE-LOCKED-REFUSED"),
    "saveScore": ({"score": 1}, "LOCKED-EDIT-REFUSED"),
    "saveMany": ({"assignments": [{"due_date": "2026-10-02"}]}, "ASSIGNMENTS-SCREEN-REFUSED"),
    "saveSetup": ({"assignment_types": [{"weight": 1}]}, "TYPE-WEIGHTS-SUM-100"),
    "addType": ({"name": "Projects"}, "TYPE-DISTRICT-LOCKED"),
    "changeType": ({"name": "Projects"}, "TYPE-DISTRICT-LOCKED"),
    "removeType": (None, "TYPE-DISTRICT-LOCKED"),
}
"""What is refused where the assignment is locked, or the types are the district's: the body, and the rule."""
OF_THE_DISTRICT = {"addType", "changeType", "removeType"}


ONLY_BY_A_SWITCH = {"addAssignment"}
"""What nothing refuses in the default district."""


def play(operation: Operation, world: World, ids: dict[str, str], body: object, token: dict[str, str]) -> Any:  # noqa: ANN401 - Schemathesis's own response
    named = {each.name: ids[each.name] for each in operation.path_parameters}
    given: dict[str, Any] = {"body": body, "media_type": "application/json"} if body is not None else {}
    case = operation.Case(path_parameters=named, **given)
    answer = case.call(app=world.app, headers=token)
    case.validate_response(answer, checks=CHECKS)
    return answer


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.label)
def test_what_a_teacher_may_do_is_done_as_the_contract_promises(operation: Operation) -> None:
    world = a_world()
    body, status = GOOD[operation.definition.raw["operationId"]]
    if operation.definition.raw["operationId"] == "addAssignment":
        body = {**body, "type_id": world.type_id}
    elif isinstance(body, dict):
        body = with_real_ids(body, world)
    assert play(operation, world, world.own, body, TEACHER).status_code == status


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.label)
def test_what_is_not_the_teachers_is_refused_as_the_contract_promises(operation: Operation) -> None:
    name = operation.definition.raw["operationId"]
    world = a_world(replace(KHSD, district_types_locked=name in OF_THE_DISTRICT))
    if name not in LOCKED:
        assert ("409" in operation.definition.raw["responses"]) is (name in ONLY_BY_A_SWITCH)
        return
    body, rule = LOCKED[name]
    if name == "saveMany":
        body = {"assignments": [{**each, "id": int(world.locked["id"])} for each in body["assignments"]]}
    if name == "saveSetup":
        body = {"assignment_types": [{**each, "id": world.type_id} for each in body["assignment_types"]]}
    answer = play(operation, world, world.locked, body, TEACHER)
    assert (answer.status_code, json.loads(answer.content)["refused"]["rule"]) == (409, rule)


@pytest.mark.parametrize(
    "name", ["addAssignment", "deleteAssignment", "saveAssignment", "saveMany", "saveScore"]
)
def test_a_closed_grading_period_refuses_as_the_contract_promises(name: str) -> None:
    world = a_world(replace(KHSD, closed_period_edits="refuse_when_any_closed"))
    close = next(each for each in operations() if each.definition.raw["operationId"] == "setPeriodClosed")
    play(close, world, world.own, {"closed": True}, TEACHER)
    body = GOOD[name][0]
    if name == "addAssignment":
        body = {**body, "type_id": world.type_id, "grading_period_ids": [world.period]}
    if name == "saveMany":
        body = {"assignments": [{"id": int(world.own["id"]), "date": "2026-09-15"}]}
    operation = next(each for each in operations() if each.definition.raw["operationId"] == name)
    answer = play(operation, world, world.own, body, TEACHER)
    assert (answer.status_code, json.loads(answer.content)["refused"]["rule"]) == (409, "GP-CLOSED-EDIT")


@pytest.mark.parametrize("token", ["", "made-up"])
@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.label)
def test_a_stranger_gets_the_refusal_that_the_contract_promises(operation: Operation, token: str) -> None:
    world = a_world()
    answer = play(operation, world, world.own, None, {"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_every_operation_of_the_contract_is_tested() -> None:
    assert all(isinstance(each, Ok) for each in schema.get_all_operations())
    assert {each.definition.raw["operationId"] for each in operations()} == set(GOOD)


@pytest.mark.parametrize(
    ("field", "lie"),
    [("third_party_readonly", "on"), ("due_date", "9/18/2026"), ("locked", True), ("type", "Quiz")],
)
def test_the_contract_catches_a_screen_that_lies(field: str, lie: object) -> None:
    world = a_world()
    operation = schema["/teachervue/classes/{class_id}/assignments/{id}"]["GET"]
    named = {name: world.own[name] for name in ("class_id", "id")}
    case = operation.Case(path_parameters=named)
    answer = case.call(app=world.app, headers=TEACHER)
    answer.content = json.dumps({**json.loads(answer.content), field: lie}).encode()
    with pytest.raises(FailureGroup):
        case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize(
    ("field", "lie"),
    [("raw", 87.1), ("total_row", "87.1"), ("exact_percentage", ""), ("mark", ""), ("average", "87.10")],
)
def test_the_contract_catches_totals_that_lie(field: str, lie: object) -> None:
    world = a_world()
    operation = schema["/teachervue/classes/{class_id}/totals"]["GET"]
    case = operation.Case(path_parameters={"class_id": world.own["class_id"]})
    answer = case.call(app=world.app, headers=TEACHER)
    body = json.loads(answer.content)
    body["students"][0][field] = lie
    answer.content = json.dumps(body).encode()
    with pytest.raises(FailureGroup):
        case.validate_response(answer, checks=CHECKS)
