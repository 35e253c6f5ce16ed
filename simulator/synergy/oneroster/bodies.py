"""The bodies of OneRoster's PUTs, from JSON to drafts that know no wire.

A PUT carries the whole object: a field that is left out is empty afterwards, and a required one that is left
out is refused. A reference needs only its sourcedId, because some clients send no more. The server stamps
dateLastModified itself.
"""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from simulator.synergy.bodies import (
    YEAR_MAX,
    YEAR_MIN,
    BodyError,
    Name,
    Number,
    Text,
    a_day,
    first_fault,
    read_object,
)
from simulator.synergy.model import CategoryDraft, Cell, LineItemDraft, ResultDraft, ScoreStatus

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


def _a_day_or_moment(value: object) -> date:
    moment = isinstance(value, str) and _MOMENT.fullmatch(value)
    return _a_moment(value) if moment else a_day(value)


def _active_if_null(value: object) -> object:
    return "active" if value is None else value


Moment = Annotated[datetime, BeforeValidator(_a_moment)]
DayOrMoment = Annotated[date | datetime, BeforeValidator(_a_day_or_moment)]


class _Base(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=False, defer_build=True)

    sourced_id: Name = Field(alias="sourcedId")
    status: Annotated[Literal["active", "tobedeleted"], BeforeValidator(_active_if_null)] = "active"


class _Body(_Base):
    metadata: dict[str, Any] | None = None


class _Reference(BaseModel):
    sourced_id: Name = Field(alias="sourcedId")


class _LineItemBody(_Body):
    title: Name
    description: Text | None = None
    assign_date: Moment = Field(alias="assignDate")
    due_date: Moment | None = Field(default=None, alias="dueDate")
    class_: _Reference = Field(alias="class")
    category: _Reference | None = None
    grading_period: _Reference | None = Field(default=None, alias="gradingPeriod")
    result_value_min: Number = Field(alias="resultValueMin")
    result_value_max: Number = Field(alias="resultValueMax")


class _ResultBody(_Body):
    line_item: _Reference = Field(alias="lineItem")
    student: _Reference
    score_status: ScoreStatus = Field(alias="scoreStatus")
    score: Number | None = None
    score_date: DayOrMoment = Field(alias="scoreDate")
    comment: Text | None = None


class _CategoryMetadata(BaseModel):
    class_id: Name | None = Field(default=None, alias="classId")


class _CategoryBody(_Base):
    title: Name
    metadata: _CategoryMetadata | None = None


def content_of(raw: bytes, envelope: str) -> dict[str, Any]:
    """What is inside the envelope of a body.

    Raises:
        BodyError: If it is not there.
    """
    content = read_object(raw).get(envelope)
    if not isinstance(content, dict):
        raise BodyError(f'The body must be an object with the object "{envelope}" in it.', envelope)
    return content


def read_line_item(content: dict[str, Any], sourced_id: str, zone: tzinfo) -> LineItemDraft | None:
    """The assignment that a PUT asks for; None where it asks for it to be deleted.

    Its moments become days of the district.

    Raises:
        BodyError: If the body is no line item, or one of another id.
    """
    body = _read(content, _LineItemBody, sourced_id)
    if body.status == "tobedeleted":
        return None
    return LineItemDraft(
        line_item_id=sourced_id,
        class_guid=body.class_.sourced_id,
        type_guid=body.category.sourced_id if body.category else "",
        name=body.title,
        description=body.description or "",
        assigned_on=_day_in(zone, body.assign_date),
        due_date=_day_in(zone, body.due_date) if body.due_date else None,
        period_guid=body.grading_period.sourced_id if body.grading_period else "",
        min_score=body.result_value_min,
        max_score=body.result_value_max,
        metadata=body.metadata or {},
        omitted=frozenset({"description", "due_date", "metadata"} - body.model_fields_set),
    )


def read_result(
    content: dict[str, Any], sourced_id: str, zone: tzinfo, *, takes_instants: bool
) -> ResultDraft | None:
    """The score that a PUT asks for; None where it asks for it to be deleted.

    Args:
        content: What is inside the envelope.
        sourced_id: The id of the address.
        zone: Where a day begins and ends, for a `scoreDate` that is an instant.
        takes_instants: Whether it may be one.

    Raises:
        BodyError: If the body is no result, or one of another id.
    """
    body = _read(content, _ResultBody, sourced_id)
    if body.status == "tobedeleted":
        return None
    sent = body.model_fields_set | ({"points"} if "score" in body.model_fields_set else set())
    return ResultDraft(
        result_id=sourced_id,
        cell=Cell(body.line_item.sourced_id, body.student.sourced_id),
        points=body.score,
        status=body.score_status,
        scored_on=_scored_on(body.score_date, zone, takes_instants=takes_instants),
        comment=body.comment or "",
        metadata=body.metadata or {},
        omitted=frozenset({"points", "comment", "metadata"} - sent),
    )


def read_category(content: dict[str, Any], sourced_id: str) -> CategoryDraft | None:
    """The assignment type that a PUT asks for; None where it asks for it to be deleted.

    Of its metadata only `classId` means something; the rest is left aside.

    Raises:
        BodyError: If the body is no category, or one of another id.
    """
    body = _read(content, _CategoryBody, sourced_id)
    if body.status == "tobedeleted":
        return None
    class_guid = body.metadata.class_id if body.metadata else None
    return CategoryDraft(sourced_id, class_guid or "", body.title)


def _read(content: dict[str, Any], model: type[M], sourced_id: str) -> M:
    if content.get("sourcedId", sourced_id) != sourced_id:
        raise BodyError(f'must be the one of the address, "{sourced_id}".', "sourcedId")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise first_fault(error) from error


def _scored_on(when: date, zone: tzinfo, *, takes_instants: bool) -> date:
    if not isinstance(when, datetime):
        return when
    if not takes_instants:
        raise BodyError("must be a day such as 2026-09-18, without a time.", "scoreDate")
    return _day_in(zone, when)


def _day_in(zone: tzinfo, moment: datetime) -> date:
    return moment.astimezone(zone).date()
