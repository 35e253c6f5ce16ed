"""Grading periods: when one is closed, and what an edit makes of those of a set.

Source: Instructure's documentation of the grading periods API: what is required, and that a period without an
id is new. What bites: the texts of the refusals are ours, because what Canvas says is not public; and one bad
period refuses the whole edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import pairwise

from simulator.canvas.model import GradingPeriod
from simulator.canvas.params import as_integer, as_number, as_text, read_moment
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.posting import NAME_LENGTH_MAX

WEIGHT_MAX = 1_000_000.0
"""A weight in percent above this is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class PeriodsEdit:
    """The outcome of an edit: the periods to keep, those with the id 0 new. With a fault, nothing is kept."""

    periods: tuple[GradingPeriod, ...]
    fault: Fault | None = None


class _RefusedError(Exception):
    """One field of one period cannot stand."""

    def __init__(self, field: str, message: str, code: str = "invalid") -> None:
        super().__init__(field, message)
        self.fault = Fault(field, field, message, code)


def is_closed(period: GradingPeriod, now: datetime) -> bool:
    """Whether a period is closed: not yet at the instant of its close date."""
    return now > period.closes_at


def revise_periods(
    set_id: int, present: Iterable[GradingPeriod], wanted: Iterable[Params], zone: tzinfo
) -> PeriodsEdit:
    """Change periods of a set, and add those that come without an id.

    Args:
        set_id: The set.
        present: The periods that it has.
        wanted: What was sent for each; what is not sent stays. Every id is one of the present ones.
        zone: The zone of times without an offset.
    """
    by_id = {each.id: each for each in present}
    try:
        edited = tuple(_edited(set_id, by_id, each, zone) for each in wanted)
        after = {**by_id, **{each.id: each for each in edited if each.id}}
        _check_apart([*after.values(), *(each for each in edited if not each.id)])
    except _RefusedError as refused:
        return PeriodsEdit((), refused.fault)
    return PeriodsEdit(edited)


def _edited(set_id: int, by_id: Mapping[int, GradingPeriod], wanted: Params, zone: tzinfo) -> GradingPeriod:
    before = by_id.get(as_integer(wanted.get("id")) or 0)
    starts_at = _moment(wanted, "start_date", before.starts_at if before else None, zone)
    ends_at = _moment(wanted, "end_date", before.ends_at if before else None, zone)
    period = GradingPeriod(
        before.id if before else 0,
        set_id,
        _title(wanted, before),
        starts_at,
        ends_at,
        _moment(wanted, "close_date", before.closes_at if before else ends_at, zone),
        _weight(wanted, before),
    )
    if period.ends_at <= period.starts_at:
        raise _RefusedError("end_date", "must be after start date")
    if period.closes_at < period.ends_at:
        raise _RefusedError("close_date", "must be on or after end date")
    return period


def _title(wanted: Params, before: GradingPeriod | None) -> str:
    title = (as_text(wanted.get("title")) or "").strip() or (before.title if before else "")
    if not title:
        raise _RefusedError("title", "can't be blank", "blank")
    if len(title) > NAME_LENGTH_MAX:
        raise _RefusedError("title", f"is too long (maximum is {NAME_LENGTH_MAX} characters)", "too_long")
    return title


def _moment(wanted: Params, name: str, before: datetime | None, zone: tzinfo) -> datetime:
    text = as_text(wanted.get(name))
    if not text:
        if before is None:
            raise _RefusedError(name, "can't be blank", "blank")
        return before
    try:
        return read_moment(text, zone)
    except ValueError as error:
        raise _RefusedError(name, f"Invalid datetime for {name}") from error


def _weight(wanted: Params, before: GradingPeriod | None) -> float | None:
    if "weight" not in wanted:
        return before.weight if before else None
    text = as_text(wanted["weight"])
    if wanted["weight"] is None or text == "":
        return None
    weight = as_number(text)
    if weight is None or not 0 <= weight <= WEIGHT_MAX:
        raise _RefusedError("weight", f"must be a number from 0 to {WEIGHT_MAX:.0f}", "not_a_number")
    return weight


def _check_apart(periods: Iterable[GradingPeriod]) -> None:
    """One period may begin at the instant at which another ends: its start is outside it."""
    for earlier, later in pairwise(sorted(periods, key=lambda each: (each.starts_at, each.ends_at))):
        if later.starts_at < earlier.ends_at:
            raise _RefusedError("start_date", f"{later.title} overlaps with {earlier.title}", "overlap")
