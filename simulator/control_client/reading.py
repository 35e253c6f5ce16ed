"""From the API's JSON to values. Fields that this version does not know are passed over.

What must never be here: a request. What bites: a server of another version may leave out what we need; that
is an `AnswerError`, never a half-made value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from simulator.control_client.errors import AnswerError
from simulator.control_client.values import (
    Cause,
    ClockReading,
    ColumnTotal,
    Difference,
    Happened,
    JournalPage,
    PlannedFault,
    Snapshot,
    SystemClock,
    TotalsCompared,
    Upcoming,
    WorldDescription,
)
from simulator.doors import CanvasDoor, Doors, OneRosterDoor, TeacherDoor, TeacherVueDoor
from simulator.faults import FaultError, fault_from_json
from simulator.journal import ClockStep, Entry, Exchange, FaultStruck, Happening, Mark, WorldStep
from simulator.state.difference import FieldChange, RowChange

T = TypeVar("T")
Json = Mapping[str, Any]

_ENTRIES: dict[str, type[Entry]] = {
    each.kind: each for each in (Exchange, Mark, ClockStep, Happening, FaultStruck, WorldStep)
}


def read(make: Callable[[Any], T], told: object) -> T:
    """The value that `make` makes of JSON.

    Raises:
        AnswerError: If it cannot.
    """
    try:
        return make(told)
    except (KeyError, TypeError, ValueError, AttributeError, FaultError) as error:
        raise AnswerError(
            f"The server's answer has not what this client needs ({type(error).__name__}: {error}). "
            "Compare the versions of gradelab on both sides."
        ) from error


def world(told: Json) -> WorldDescription:
    """A world."""
    known = {each.name: told[each.name] for each in fields(WorldDescription)}
    return WorldDescription(**{**known, "now": instant(told["now"])})


def total_column(told: Json) -> tuple[ColumnTotal, ...]:
    """The Total column of a course."""
    known = [{each.name: row[each.name] for each in fields(ColumnTotal)} for row in told["students"]]
    return tuple(
        ColumnTotal(**{**row, "dropped_assignment_ids": tuple(row["dropped_assignment_ids"])})
        for row in known
    )


def totals_compared(told: Json) -> tuple[TotalsCompared, ...]:
    """The totals of a course in both gradebooks."""
    return tuple(_both_totals(row) for row in told["students"])


def _both_totals(row: Json) -> TotalsCompared:
    canvas, synergy = row["canvas"], row["synergy"]
    causes = [{each.name: cause[each.name] for each in fields(Cause)} for cause in row["causes"]]
    return TotalsCompared(
        student_id=row["student_id"],
        name=row["name"],
        class_id=row["class_id"],
        agree=row["agree"],
        canvas=canvas["total"],
        synergy=synergy["total"],
        synergy_shown=synergy["shown"],
        causes=tuple(Cause(**each) for each in causes),
    )


def doors(told: Json) -> Doors:
    """The doors of a world."""
    canvas, oneroster, teachervue = told["canvas"], told["oneroster"], told["teachervue"]
    teachers = tuple(
        TeacherDoor(each["name"], each["token"], tuple(each["courses"])) for each in canvas["teachers"]
    )
    return Doors(
        CanvasDoor(canvas["url"], teachers, canvas["admin_token"]),
        OneRosterDoor(
            oneroster["url"], oneroster["token_url"], oneroster["client_id"], oneroster["client_secret"]
        ),
        TeacherVueDoor(teachervue["url"], teachervue["token"]),
    )


def clock(told: Json) -> ClockReading:
    """A clock, read or moved."""
    return ClockReading(
        now=instant(told["now"]),
        autojump=told["autojump"],
        waiting=told["waiting"],
        systems={name: _system_clock(each) for name, each in told["systems"].items()},
        next=None if told["next"] is None else upcoming(told["next"]),
        appointments=told["appointments"],
        happened=tuple(_happened(each) for each in told.get("happened", ())),
    )


def upcoming(told: Json) -> Upcoming:
    """Something that is to come."""
    return Upcoming(instant(told["at"]), told["kind"], told["key"])


def snapshot(told: Json) -> Snapshot:
    """A snapshot."""
    return Snapshot(told["name"], instant(told["at"]), told["entry"], told["objects"])


def difference(told: Json) -> Difference:
    """What is different between two moments."""
    return Difference(
        begins=instant(told["clock"]["from"]),
        ends=instant(told["clock"]["to"]),
        canvas=tuple(_change(each) for each in told["canvas"]),
        synergy=tuple(_change(each) for each in told["synergy"]),
    )


def planned_fault(told: Json) -> PlannedFault:
    """A fault with its counts."""
    counts = ("seen", "fired")
    fault = fault_from_json({name: value for name, value in told.items() if name not in counts})
    return PlannedFault(fault, told["seen"], told["fired"])


def page(told: Json) -> JournalPage:
    """A page of a journal."""
    return JournalPage(tuple(told["entries"]), told["next"], told["more"])


def entry(told: Json) -> Entry:
    """An entry of a journal: what `entry_as_dict` made JSON of."""
    made = _ENTRIES[told["kind"]]
    return made(**{each.name: _field(each.name, told) for each in fields(made)})


def instant(told: str) -> datetime:
    """An instant with its zone."""
    found = datetime.fromisoformat(told)
    if found.tzinfo is None:
        raise ValueError(f"{told} has no time zone")
    return found


def _field(name: str, told: Json) -> Any:  # noqa: ANN401 - a field of any entry
    if name == "at":
        return instant(told["at"])
    if f"{name}_seconds" in told:
        return timedelta(seconds=told[f"{name}_seconds"])
    if name.endswith("_headers"):
        return tuple((pair[0], pair[1]) for pair in told[name])
    return told[name]


def _system_clock(told: Json) -> SystemClock:
    return SystemClock(
        instant(told["now"]),
        timedelta(seconds=told["ahead_seconds"]),
        timedelta(seconds=told["drift_seconds_a_day"]),
        instant(told["since"]),
    )


def _happened(told: Json) -> Happened:
    return Happened(instant(told["at"]), told["what"], told["words"])


def _change(told: Json) -> RowChange:
    changed = tuple(
        FieldChange(name, values["before"], values["after"]) for name, values in told["fields"].items()
    )
    return RowChange(told["table"], told["how"], told["key"], told["called"], changed)
