"""A fault plan with its counts, as a part of a world's file.

What lives here: the shape, and what is wrong with one. What copies that lag behind would still show is not in
it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.faults.decision import Standing
from simulator.faults.fault_plan import PlanState
from simulator.faults.kinds import FaultError, exchanges_of
from simulator.faults.wire import fault_as_json, fault_from_json


class PlannedFault(BaseModel):
    """A fault and how it stands; the fields are those of `Standing`."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)

    fault: dict[str, Any]
    seen: Annotated[int, Field(ge=0)]
    struck: Annotated[int, Field(ge=0)]
    left: Annotated[int, Field(ge=0)]
    at: Literal["", "canvas", "oneroster", "teachervue"]


def plan_as_json(state: PlanState) -> list[dict[str, Any]]:
    """A plan as JSON-ready values."""
    return [
        {
            "fault": fault_as_json(each.fault),
            "seen": each.seen,
            "struck": each.struck,
            "left": each.left,
            "at": each.at,
        }
        for each in state.standings
    ]


def plan_from_json(told: tuple[PlannedFault, ...]) -> PlanState:
    """The plan that a file tells.

    Raises:
        FaultError: If a fault, its counts or its name cannot be. The field has the place in the file.
    """
    standings = tuple(_standing(number, each) for number, each in enumerate(told))
    names = [each.fault.name for each in standings]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise FaultError(f"faults.{number}.fault.name", f'"{name}" is there twice; rename or remove one')
    return PlanState(standings)


def _standing(number: int, told: PlannedFault) -> Standing:
    try:
        fault = fault_from_json(told.fault)
    except FaultError as error:
        raise FaultError(f"faults.{number}.fault.{error.field}", error.problem) from error
    takes = exchanges_of(fault.does)
    if told.left >= takes or (told.left > 0) != bool(told.at):
        raise FaultError(
            f"faults.{number}.left",
            f"must be less than the {takes} exchanges that it takes, with the system in `at` if it is not 0",
        )
    return Standing(fault, told.seen, told.struck, told.left, told.at)
