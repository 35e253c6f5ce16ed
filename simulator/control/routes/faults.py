"""What is to go wrong in a world: planned, counted, taken back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.control.answers import bad, done, in_the_way, not_there, told
from simulator.control.asking import json_of, nothing_of, question_of, world_of
from simulator.control.bodies import DOTS
from simulator.control.questions import Nothing
from simulator.control.views import fault_view
from simulator.faults import Fault, FaultError, Standing, fault_from_json


async def list_faults(request: Request) -> Response:
    """The plan with its counts, in its order; `FAULTS_MAX` bounds it, so there are no pages."""
    question_of(request, Nothing)
    plan = world_of(request).faults
    return told(
        {
            "faults": [fault_view(each) for each in plan.standings],
            "unfired": [each.name for each in plan.unfired],
        }
    )


async def plan_fault(request: Request) -> Response:
    """Let something go wrong from now on."""
    world = world_of(request)
    fault = _fault(await json_of(request))
    try:
        world.faults.plan(fault, who="control")
    except FaultError as error:
        raise in_the_way(f"{error}.") from error
    return told(fault_view(Standing(fault)), 201)


async def remove_fault(request: Request) -> Response:
    """Take one back; how it stood."""
    await nothing_of(request)
    try:
        removed = world_of(request).faults.remove(request.path_params["fault"], who="control")
    except FaultError as error:
        raise not_there(f"{error}.") from error
    return told(fault_view(removed))


async def clear_faults(request: Request) -> Response:
    """Take all of them back."""
    await nothing_of(request)
    world_of(request).faults.clear(who="control")
    return done()


def _fault(body: object) -> Fault:
    try:
        fault = fault_from_json(body)
    except FaultError as error:
        raise bad(error.field, f"{error.problem}.") from error
    if fault.name in DOTS:
        raise bad("name", "must not be . or .., which HTTP clients take out of URLs.")
    return fault


ROUTES = (
    Route("/_sim/worlds/{name}/faults", list_faults, methods=["GET"]),
    Route("/_sim/worlds/{name}/faults", plan_fault, methods=["POST"]),
    Route("/_sim/worlds/{name}/faults", clear_faults, methods=["DELETE"]),
    Route("/_sim/worlds/{name}/faults/{fault:path}", remove_fault, methods=["DELETE"]),
)
