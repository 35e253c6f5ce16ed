"""Checks of everything that is only read: each collection, each object, each list under an object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from contracts.conformance import fields
from contracts.conformance.check import Check, Level, NotAskedError, expect
from contracts.conformance.fields import Kind
from contracts.conformance.provider import Provider, Wire, minor_codes, told

UNKNOWN = "nobody-has-this-id"
HREFS_FOLLOWED_MAX = 12
FAULTS_TOLD_MAX = 5

_TABLES = "OneRoster 1.1, the object's table"
_ENDPOINTS = "OneRoster 1.1, endpoints"

COLLECTIONS: tuple[tuple[str, Kind], ...] = (
    ("orgs", fields.ORG),
    ("schools", fields.ORG),
    ("academicSessions", fields.ACADEMIC_SESSION),
    ("terms", fields.ACADEMIC_SESSION),
    ("gradingPeriods", fields.ACADEMIC_SESSION),
    ("courses", fields.COURSE),
    ("classes", fields.CLASS),
    ("users", fields.USER),
    ("students", fields.USER),
    ("teachers", fields.USER),
    ("enrollments", fields.ENROLLMENT),
    ("demographics", fields.DEMOGRAPHICS),
    ("resources", fields.RESOURCE),
    ("categories", fields.CATEGORY),
    ("lineItems", fields.LINE_ITEM),
    ("results", fields.RESULT),
)
_KINDS = dict(COLLECTIONS)


@dataclass(frozen=True, slots=True)
class Under:
    """One list under an object: `belongs` says whether an object of it is at the right place."""

    path: str
    parents: tuple[str, ...]
    kind: Kind
    belongs: Callable[[Wire, tuple[str, ...]], bool]
    level: Level = Level.MUST


def _role(role: str) -> Callable[[Wire, tuple[str, ...]], bool]:
    return lambda wire, _ids: wire.get("role") == role


def _anything(_wire: Wire, _ids: tuple[str, ...]) -> bool:
    return True


def _refers(name: str, at: int = 0) -> Callable[[Wire, tuple[str, ...]], bool]:
    def refers(wire: Wire, ids: tuple[str, ...]) -> bool:
        found = wire.get(name)
        refs = found if isinstance(found, list) else [found]
        return any(isinstance(ref, dict) and ref.get("sourcedId") == ids[at] for ref in refs)

    return refers


def _is_period(wire: Wire, _ids: tuple[str, ...]) -> bool:
    return wire.get("type") == "gradingPeriod"


def _category_of(wire: Wire, ids: tuple[str, ...]) -> bool:
    metadata = wire.get("metadata")
    named = metadata.get("classId") if isinstance(metadata, dict) else None
    return named in {None, ids[0]}


UNDER: tuple[Under, ...] = (
    Under("schools/{}/courses", ("schools",), fields.COURSE, _anything),
    Under("schools/{}/classes", ("schools",), fields.CLASS, _refers("school")),
    Under("schools/{}/enrollments", ("schools",), fields.ENROLLMENT, _refers("school")),
    Under("schools/{}/students", ("schools",), fields.USER, _role("student")),
    Under("schools/{}/teachers", ("schools",), fields.USER, _role("teacher")),
    Under("schools/{}/terms", ("schools",), fields.ACADEMIC_SESSION, _anything),
    Under(
        "schools/{}/classes/{}/enrollments", ("schools", "classes"), fields.ENROLLMENT, _refers("class", 1)
    ),
    Under("schools/{}/classes/{}/students", ("schools", "classes"), fields.USER, _role("student")),
    Under("schools/{}/classes/{}/teachers", ("schools", "classes"), fields.USER, _role("teacher")),
    Under("terms/{}/classes", ("terms",), fields.CLASS, _refers("terms")),
    Under("terms/{}/gradingPeriods", ("terms",), fields.ACADEMIC_SESSION, _is_period),
    Under("courses/{}/classes", ("courses",), fields.CLASS, _refers("course")),
    Under("courses/{}/resources", ("courses",), fields.RESOURCE, _anything),
    Under("students/{}/classes", ("students",), fields.CLASS, _anything),
    Under("teachers/{}/classes", ("teachers",), fields.CLASS, _anything),
    Under("users/{}/classes", ("users",), fields.CLASS, _anything),
    Under("classes/{}/students", ("classes",), fields.USER, _role("student")),
    Under("classes/{}/teachers", ("classes",), fields.USER, _role("teacher")),
    Under("classes/{}/resources", ("classes",), fields.RESOURCE, _anything),
    Under("classes/{}/categories", ("classes",), fields.CATEGORY, _category_of, Level.SHOULD),
    Under("classes/{}/lineItems", ("classes",), fields.LINE_ITEM, _refers("class")),
    Under("classes/{}/results", ("classes",), fields.RESULT, _anything),
    Under("classes/{}/students/{}/results", ("classes", "students"), fields.RESULT, _refers("student", 1)),
)


def _collection_checks(path: str, kind: Kind) -> Iterator[Check]:
    async def listed(provider: Provider) -> None:
        _all_right(f"/{path}", kind, await provider.rows(f"/{path}", kind))

    async def single(provider: Provider) -> None:
        row = (await provider.sample(f"/{path}", kind))[0]
        found = await provider.one(f"/{path}/{row['sourcedId']}", kind)
        expect(found == row, f"/{path}/{row['sourcedId']} should be what the list has: {found!r}")

    async def unknown(provider: Provider) -> None:
        reply = await provider.ask("GET", f"/{path}/{UNKNOWN}")
        expect(reply.status == 404, f"GET /{path}/{UNKNOWN} should be 404: {told(reply)}")

    says = f"GET /{path} answers a list of objects with all their fields, under {kind.many!r}."
    yield Check(f"read.{path}", says, Level.MUST, _TABLES, listed)
    says = f"GET /{path}/{{id}} answers the same object as the list, under {kind.one!r}."
    yield Check(f"read.{path}.one", says, Level.MUST, _ENDPOINTS, single)
    says = f"GET /{path}/{{id}} is 404 where nobody has the id."
    yield Check(f"read.{path}.unknown", says, Level.MUST, _ENDPOINTS, unknown)


def _under_check(under: Under) -> Check:
    async def listed(provider: Provider) -> None:
        ids = tuple([await _id_in(provider, parent) for parent in under.parents])
        path = "/" + under.path.format(*ids)
        rows = await provider.rows(path, under.kind)
        _all_right(path, under.kind, rows)
        strangers = [row.get("sourcedId") for row in rows if not under.belongs(row, ids)]
        expect(not strangers, f"{path} has what does not belong there: {strangers[:FAULTS_TOLD_MAX]}")

    says = f"GET /{under.path.replace('{}', '{id}')} answers what belongs there."
    return Check(
        f"read.{under.path.replace('/{}', '')}".replace("/", "-"), says, under.level, _ENDPOINTS, listed
    )


async def _id_in(provider: Provider, path: str) -> str:
    """An object to look under: for a class and its student one that belongs together."""
    if path == "classes":
        return (await provider.gradebook()).class_id
    if path == "students":
        return (await provider.gradebook()).student_id
    if path == "schools":
        row = await provider.one(f"/classes/{(await provider.gradebook()).class_id}", fields.CLASS)
        return str(row["school"]["sourcedId"])
    return str((await provider.sample(f"/{path}", _KINDS[path]))[0]["sourcedId"])


def _all_right(path: str, kind: Kind, rows: list[Wire]) -> None:
    faults = [f"{path}: {_called(row)}: {fault}" for row in rows for fault in kind.faults(row)]
    expect(not faults, "; ".join(faults[:FAULTS_TOLD_MAX]))


def _called(row: object) -> str:
    return str(row.get("sourcedId")) if isinstance(row, dict) else "?"


async def _references_lead_to_their_objects(provider: Provider) -> None:
    refs: dict[str, str] = {}
    for path, kind in COLLECTIONS:
        for row in (await provider.rows(f"/{path}", kind, limit=2))[:2]:
            refs |= {str(ref["href"]): str(ref["sourcedId"]) for ref in _refs(row)}
    if not refs:
        raise NotAskedError("no object refers to another")
    for href, sourced_id in list(refs.items())[:HREFS_FOLLOWED_MAX]:
        reply = await provider.ask("GET", href)
        expect(reply.status == 200, f"GET {href} should be 200: {told(reply)}")
        (found,) = [each for each in reply.json().values() if isinstance(each, dict)]
        expect(found.get("sourcedId") == sourced_id, f"{href} should lead to {sourced_id}")


def _refs(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        if "href" in value and "sourcedId" in value:
            yield value
        for each in value.values():
            yield from _refs(each)
    elif isinstance(value, list):
        for each in value:
            yield from _refs(each)


async def _an_unknown_object_is_called_so(provider: Provider) -> None:
    codes = minor_codes(await provider.ask("GET", f"/classes/{UNKNOWN}"))
    known = {"unknownobject", "unknown object"}
    expect(bool(known & set(codes)), f"the minor code of a 404 should be unknownobject, not {codes}")


async def _an_unknown_parent_has_no_list(provider: Provider) -> None:
    reply = await provider.ask("GET", f"/schools/{UNKNOWN}/classes")
    if reply.status != 404:
        expect(reply.status == 200, f"a list under an unknown object should be empty or 404: {told(reply)}")
        expect(reply.json().get("classes") == [], f"it should be empty: {told(reply)}")


CHECKS: tuple[Check, ...] = (
    *(check for path, kind in COLLECTIONS for check in _collection_checks(path, kind)),
    *map(_under_check, UNDER),
    Check(
        "read.references",
        "The href of a reference leads to the object that it names.",
        Level.MUST,
        "OneRoster 1.1, GUIDRef",
        _references_lead_to_their_objects,
    ),
    Check(
        "read.unknown-object",
        "A 404 comes in one of OneRoster's envelopes and calls it an unknown object.",
        Level.SHOULD,
        "OneRoster 1.1, status payload",
        _an_unknown_object_is_called_so,
    ),
    Check(
        "read.unknown-parent",
        "A list under an object that nobody has is empty, or 404.",
        Level.MUST,
        "Microsoft's collection wants it empty; other providers answer 404",
        _an_unknown_parent_has_no_list,
    ),
)
