"""The bodies of OneRoster's PUTs, from JSON to drafts that know no wire.

A PUT carries the whole object: a field that is left out is empty afterwards, and a required one that is left
out is refused. A reference needs only its sourcedId, because some clients send no more. The server stamps
dateLastModified itself.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from simulator.synergy.bodies import (
    YEAR_MAX,
    YEAR_MIN,
    BodyError,
    Day,
    Name,
    Number,
    Text,
    first_fault,
    read_object,
)
from simulator.synergy.model import Cell, LineItemDraft, ResultDraft, ScoreStatus

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)

M = TypeVar("M", bound=BaseModel)


def _a_moment(value: object) -> datetime:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        moment = datetime.fromisoformat(value.upper())
        if YEAR_MIN <= moment.year <= YEAR_MAX:
            return moment
    raise ValueError(
        "must be a date-time with a zone such as 2026-09-18T23:59:00Z, "
        f"between the years {YEAR_MIN} and {YEAR_MAX}"
    )


Moment = Annotated[datetime, BeforeValidator(_a_moment)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=False)

    sourced_id: Name = Field(alias="sourcedId")
    status: Literal["active"] = "active"
    """An object is deleted with DELETE; this server keeps nothing that is to be deleted."""
    metadata: dict[str, Any] | None = None


class _Reference(BaseModel):
    sourced_id: Name = Field(alias="sourcedId")


class _LineItemBody(_Body):
    title: Name
    description: Text | None = None
    assign_date: Moment = Field(alias="assignDate")
    due_date: Moment | None = Field(default=None, alias="dueDate")
    class_: _Reference = Field(alias="class")
    category: _Reference
    grading_period: _Reference | None = Field(default=None, alias="gradingPeriod")
    result_value_min: Number = Field(alias="resultValueMin")
    result_value_max: Number = Field(alias="resultValueMax")


class _ResultBody(_Body):
    line_item: _Reference = Field(alias="lineItem")
    student: _Reference
    score_status: ScoreStatus = Field(alias="scoreStatus")
    score: Number | None = None
    score_date: Day = Field(alias="scoreDate")
    comment: Text | None = None


def read_line_item(raw: bytes, sourced_id: str, zone: ZoneInfo) -> LineItemDraft:
    """The assignment that a PUT asks for. Its moments become days of the district.

    Raises:
        BodyError: If the body is no line item, or one of another id.
    """
    body = _read(raw, "lineItem", _LineItemBody, sourced_id)
    return LineItemDraft(
        line_item_id=sourced_id,
        class_guid=body.class_.sourced_id,
        type_guid=body.category.sourced_id,
        name=body.title,
        description=body.description or "",
        assigned_on=_day_in(zone, body.assign_date),
        due_date=_day_in(zone, body.due_date) if body.due_date else None,
        period_guid=body.grading_period.sourced_id if body.grading_period else "",
        min_score=body.result_value_min,
        max_score=body.result_value_max,
        metadata=body.metadata or {},
    )


def read_result(raw: bytes, sourced_id: str) -> ResultDraft:
    """The score that a PUT asks for.

    Raises:
        BodyError: If the body is no result, or one of another id.
    """
    body = _read(raw, "result", _ResultBody, sourced_id)
    return ResultDraft(
        result_id=sourced_id,
        cell=Cell(body.line_item.sourced_id, body.student.sourced_id),
        points=body.score,
        status=body.score_status,
        scored_on=body.score_date,
        comment=body.comment or "",
        metadata=body.metadata or {},
    )


def _read(raw: bytes, envelope: str, model: type[M], sourced_id: str) -> M:
    content = read_object(raw).get(envelope)
    if not isinstance(content, dict):
        raise BodyError(f'The body must be an object with the object "{envelope}" in it.', envelope)
    if content.get("sourcedId", sourced_id) != sourced_id:
        raise BodyError(f'must be the one of the address, "{sourced_id}".', "sourcedId")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise first_fault(error) from error


def _day_in(zone: ZoneInfo, moment: datetime) -> date:
    return moment.astimezone(zone).date()
