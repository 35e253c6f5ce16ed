"""A world in a file: everything that `freeze` holds, as JSON that another process can read.

What lives here: writing and reading the file, and telling what is wrong with one. What bites: secrets are not
in it, only what recognises them, so the imported world is opened by the credentials of its seed; live access
tokens go on living. The journal is not in it either: it has exports of its own; nor is what copies that lag
behind would still show.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from simulator import happenings
from simulator.clock import CLOCK_YEAR_MAX, SKEW_MAX, FrozenClock, Skew
from simulator.faults import FaultError
from simulator.faults.plan_file import PlannedFault, plan_as_json, plan_from_json
from simulator.profiles import Profile
from simulator.schedule import Appointment
from simulator.schools import School
from simulator.snapshots import WorldState
from simulator.state import FrozenStore, Store
from simulator.world import World, WorldError, checked_name

FORMAT = "gradelab-world"
VERSION = 1
"""Goes up when a file of before can no longer be read as it is. A file of another version is refused."""
FILE_BYTES_MAX = 512 * 1024 * 1024
PROBLEMS_TOLD_MAX = 20
_NEEDS_ZONE = "needs a time zone, such as the Z of 2026-09-14T15:00:00Z."


class WorldFileError(ValueError):
    """A file is not a world's, or cannot be read by this version.

    Attributes:
        problems: What is wrong, each with the field and what to do.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems[:PROBLEMS_TOLD_MAX]
        more = len(problems) - PROBLEMS_TOLD_MAX
        super().__init__("\n".join((*self.problems, *((f"... and {more} more",) if more > 0 else ()))))


class _Clock(BaseModel):
    model_config = ConfigDict(extra="forbid")

    now: datetime
    skews: dict[str, Skew]
    appointments_made: int
    appointments: tuple[Appointment, ...]


class _Store(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tables: dict[str, list[Any]]
    values: dict[str, Any]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["gradelab-world"]
    version: int
    name: str
    seed: int
    profile: Profile
    school: School
    clock: _Clock
    ids: dict[str, int]
    canvas: _Store
    synergy: _Store
    faults: tuple[PlannedFault, ...] = ()


def world_as_text(world: World, *, snapshot: str = "") -> str:
    """The world as it is now, or as it was at a snapshot.

    Raises:
        SnapshotError: If there is no such snapshot.
    """
    state = world.snapshots.named(snapshot).state if snapshot else world.freeze()
    made, appointments = state.clock.schedule
    document = {
        "format": FORMAT,
        "version": VERSION,
        "name": world.name,
        "seed": world.seed,
        "profile": _adapter(Profile).dump_python(world.profile, mode="json"),
        "school": _adapter(School).dump_python(world.school, mode="json"),
        "clock": _Clock(
            now=state.clock.now,
            skews=dict(state.clock.skews),
            appointments_made=made,
            appointments=appointments,
        ).model_dump(mode="json"),
        "ids": dict(state.ids),
        "canvas": _store_as_json(world.canvas, state.canvas),
        "synergy": _store_as_json(world.synergy, state.synergy),
        "faults": plan_as_json(state.faults),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def world_from_text(text: str | bytes, *, name: str = "") -> World:
    """The world of a file, under its own name or another.

    Raises:
        WorldFileError: If the file is not a world's, is damaged, or was written by a later version.
    """
    document = _read(text)
    problems = _clock_problems(document.clock)
    if problems:
        raise WorldFileError(*problems)
    try:
        faults = plan_from_json(document.faults)
        world = World(checked_name(name or document.name), document.seed, document.profile, document.school)
    except FaultError as error:
        raise WorldFileError(f"{error}.") from error
    except WorldError as error:
        raise WorldFileError(f"name: {error}") from error
    world.begin_with(
        WorldState(
            canvas=_store_from_json("canvas", world.canvas, document.canvas),
            synergy=_store_from_json("synergy", world.synergy, document.synergy),
            clock=FrozenClock(
                document.clock.now,
                document.clock.skews,
                (document.clock.appointments_made, tuple(sorted(document.clock.appointments))),
            ),
            ids=document.ids,
            faults=faults,
        )
    )
    world.journal.note_world_step("import", f'The world comes from a file of "{document.name}"')
    return world


def _read(text: str | bytes) -> _Document:
    if len(text) > FILE_BYTES_MAX:
        raise WorldFileError(f"The file is larger than {FILE_BYTES_MAX:,} bytes.")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WorldFileError(f"The file is not JSON ({error}). Export the world again.") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise WorldFileError(f'format: must be "{FORMAT}"; this is not a file that a world was exported to.')
    version = told.get("version")
    if version != VERSION:
        raise WorldFileError(
            f"version: this gradelab reads version {VERSION}, the file has {version!r}. "
            "Export it with this version, or update gradelab."
        )
    try:
        return _Document.model_validate(told)
    except ValidationError as error:
        raise WorldFileError(*_told("", error)) from error


def _clock_problems(clock: _Clock) -> list[str]:
    """What the clock cannot stand at, or come to."""
    instants = {"clock.now": clock.now}
    instants |= {f"clock.skews.{system}.since": skew.since for system, skew in clock.skews.items()}
    for number, each in enumerate(clock.appointments):
        instants[f"clock.appointments.{number}.at"] = each.at
    problems = [f"{field}: {_NEEDS_ZONE}" for field, instant in instants.items() if instant.tzinfo is None]
    if not problems and clock.now.year > CLOCK_YEAR_MAX:
        problems.append(f"clock.now: must not be after the year {CLOCK_YEAR_MAX}.")
    problems += [
        f"clock.skews.{system}: a clock is off by {SKEW_MAX.days} days at most."
        for system, skew in clock.skews.items()
        if max(abs(skew.ahead), abs(skew.drift_a_day)) > SKEW_MAX
    ]
    return problems + [
        f"clock.appointments.{number}.kind: must be one of {', '.join(happenings.KINDS)}."
        for number, each in enumerate(clock.appointments)
        if each.kind not in happenings.KINDS
    ]


def _store_as_json(store: Store, frozen: FrozenStore) -> dict[str, Any]:
    return {
        "tables": {
            name: _rows(store.tables[name].row_type).dump_python(list(table.rows.values()), mode="json")
            for name, table in frozen.tables.items()
        },
        "values": {
            name: _adapter(type(value)).dump_python(value, mode="json")
            for name, value in frozen.values.items()
        },
    }


def _store_from_json(system: str, store: Store, told: _Store) -> FrozenStore:
    """Fill a fresh store and freeze it: its tables index and its references are checked on the way."""
    unknown = sorted(set(told.tables) ^ set(store.tables)) + sorted(set(told.values) ^ set(store.VALUES))
    if unknown:
        raise WorldFileError(*(f"{system}.{name}: is missing, or does not belong here." for name in unknown))
    problems = _fill_tables(system, store, told)
    for name in store.VALUES:
        try:
            value = _adapter(type(getattr(store, name))).validate_python(told.values[name])
        except ValidationError as error:
            problems += _told(f"{system}.{name}", error)
            continue
        if isinstance(value, datetime) and value.tzinfo is None:
            problems.append(f"{system}.{name}: {_NEEDS_ZONE}")
        setattr(store, name, value)
    problems += [] if problems else _dangling(system, store)
    if problems:
        raise WorldFileError(*problems)
    return store.freeze()


def _fill_tables(system: str, store: Store, told: _Store) -> list[str]:
    """Put the rows into the tables; what is wrong with them."""
    problems: list[str] = []
    for name, table in store.tables.items():
        try:
            rows = _rows(table.row_type).validate_python(told.tables[name])
        except ValidationError as error:
            problems += _told(f"{system}.{name}", error)
            continue
        problems += [
            f"{system}.{name}.{number}.{field}: {_NEEDS_ZONE}"
            for number, row in enumerate(rows)
            for field, instant in _instants(row)
            if instant.tzinfo is None
        ]
        table.replace_all(rows)
        if len(table) != len(rows):
            problems.append(f"{system}.{name}: two rows have the same key. Remove one.")
    return problems


def _instants(row: Any) -> Iterator[tuple[str, datetime]]:  # noqa: ANN401 - a row, or a value in one
    """The times in a row, and in the values that it holds, each with its field."""
    for each in fields(row):
        value = getattr(row, each.name)
        if isinstance(value, datetime):
            yield each.name, value
        elif is_dataclass(value):
            yield from ((f"{each.name}.{field}", instant) for field, instant in _instants(value))


def _dangling(system: str, store: Store) -> list[str]:
    """The references to rows that are not in the file."""
    return [
        f"{system}.{table} {key}: {field} names {named!r}, and {target} has no such row."
        for table, field, target in store.REFERENCES
        for key, row in store.tables[table].items()
        for named in _named_by(attrgetter(field)(row))
        if named not in store.tables[target]
    ]


def _named_by(value: object) -> tuple[Any, ...]:
    """The keys that a field names: one, several, or none."""
    keys = value if isinstance(value, tuple) else (value,)
    return tuple(key for key in keys if key not in (None, ""))


def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type that a value of a store has
    return TypeAdapter(kind)


def _rows(kind: Any) -> TypeAdapter[list[Any]]:  # noqa: ANN401 - the type of a table's rows
    return TypeAdapter(list.__class_getitem__(kind))  # type: ignore[arg-type]  # known only at run time


def _told(where: str, error: ValidationError) -> list[str]:
    """A line for each thing that is wrong: where, and what."""
    return [
        ".".join(filter(None, (where, *(str(part) for part in fault["loc"])))) + f": {fault['msg']}."
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]
