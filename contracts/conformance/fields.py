"""What every object of OneRoster 1.1 has, and how a value has to look.

What lives here: the specification's tables as data, read as the strictest public reader reads them. What must
never be here: requests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

Looks: TypeAlias = Callable[[Any], bool]
"""Whether a value looks as it has to."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_ROLES = frozenset(
    ["administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher"]
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: the key around many, the key around one, and its fields beside the common ones."""

    many: str
    one: str
    required: Mapping[str, Looks]
    optional: Mapping[str, Looks]

    def faults(self, wire: object) -> Iterator[str]:
        """What is wrong with an object."""
        if not isinstance(wire, dict):
            yield f"is no object but {wire!r}"
            return
        for name, looks in {**_BASE, **self.required}.items():
            if name not in wire:
                yield f"{name} is missing"
            elif not looks(wire[name]):
                yield f"{name} cannot be {wire[name]!r}"
        for name, looks in {"metadata": _object, **self.optional}.items():
            if name in wire and not looks(wire[name]):
                yield f"{name} cannot be {wire[name]!r}"


def _text(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str)


def _name(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and bool(value.strip())


def _number(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, int | float) and not isinstance(value, bool)


def _flag(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, bool)


def _object(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, dict)


def _day(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and bool(_DAY.fullmatch(value)) and _reads(date.fromisoformat, value)


def _moment(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and bool(_MOMENT.fullmatch(value)) and _reads(datetime.fromisoformat, value)


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _year(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}", value, re.ASCII))


def _word_of(*words: str) -> Looks:
    known = frozenset(words)
    return lambda value: isinstance(value, str) and value in known


def _ref(*types: str) -> Looks:
    def looks(value: Any) -> bool:  # noqa: ANN401
        return (
            isinstance(value, dict)
            and _name(value.get("href"))
            and _name(value.get("sourcedId"))
            and value.get("type") in types
        )

    return looks


def _list_of(looks: Looks, least: int = 0) -> Looks:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(looks, value))


def _user_id(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, dict) and _text(value.get("type")) and _text(value.get("identifier"))


_BASE: dict[str, Looks] = {
    "sourcedId": _name,
    "status": _word_of("active", "tobedeleted"),
    "dateLastModified": _moment,
}
_ROLE = _word_of(*_ROLES)
_SESSION_REF = _ref("academicSession", "term", "gradingPeriod")
_USER_REF = _ref("user", "student", "teacher")
_RESOURCE_REFS = _list_of(_ref("resource"))

ORG = Kind(
    "orgs",
    "org",
    {
        "name": _name,
        "type": _word_of("department", "district", "local", "national", "school", "state"),
        "identifier": _text,
    },
    {"parent": _ref("org"), "children": _list_of(_ref("org"))},
)
ACADEMIC_SESSION = Kind(
    "academicSessions",
    "academicSession",
    {
        "title": _name,
        "startDate": _day,
        "endDate": _day,
        "type": _word_of("gradingPeriod", "semester", "schoolYear", "term"),
        "schoolYear": _year,
    },
    {"parent": _SESSION_REF, "children": _list_of(_SESSION_REF)},
)
COURSE = Kind(
    "courses",
    "course",
    {"title": _name, "courseCode": _text, "org": _ref("org")},
    {
        "schoolYear": _SESSION_REF,
        "grades": _list_of(_text),
        "subjects": _list_of(_text),
        "subjectCodes": _list_of(_text),
        "resources": _RESOURCE_REFS,
    },
)
CLASS = Kind(
    "classes",
    "class",
    {
        "title": _name,
        "classType": _word_of("homeroom", "scheduled"),
        "course": _ref("course"),
        "school": _ref("org"),
        "terms": _list_of(_SESSION_REF, 1),
    },
    {
        "classCode": _text,
        "location": _text,
        "grades": _list_of(_text),
        "subjects": _list_of(_text),
        "subjectCodes": _list_of(_text),
        "resources": _RESOURCE_REFS,
    },
)
USER = Kind(
    "users",
    "user",
    {
        "username": _text,
        "enabledUser": _flag,
        "givenName": _text,
        "familyName": _text,
        "role": _ROLE,
        "orgs": _list_of(_ref("org"), 1),
    },
    {
        "userIds": _list_of(_user_id),
        "middleName": _text,
        "identifier": _text,
        "email": _text,
        "sms": _text,
        "phone": _text,
        "agents": _list_of(_USER_REF),
        "grades": _list_of(_text),
    },
)
ENROLLMENT = Kind(
    "enrollments",
    "enrollment",
    {"user": _USER_REF, "class": _ref("class"), "school": _ref("org"), "role": _ROLE},
    {"primary": _flag, "beginDate": _day, "endDate": _day},
)
DEMOGRAPHICS = Kind(
    "demographics", "demographics", {}, {"birthDate": _day, "sex": _word_of("male", "female")}
)
RESOURCE = Kind(
    "resources",
    "resource",
    {"vendorResourceId": _name},
    {"title": _text, "importance": _word_of("primary", "secondary")},
)
CATEGORY = Kind("categories", "category", {"title": _name}, {})
LINE_ITEM = Kind(
    "lineItems",
    "lineItem",
    {
        "title": _name,
        "assignDate": _moment,
        "dueDate": _moment,
        "class": _ref("class"),
        "category": _ref("category"),
        "gradingPeriod": _SESSION_REF,
        "resultValueMin": _number,
        "resultValueMax": _number,
    },
    {"description": _text},
)
RESULT = Kind(
    "results",
    "result",
    {
        "lineItem": _ref("lineItem"),
        "student": _USER_REF,
        "scoreStatus": _word_of("exempt", "fully graded", "not submitted", "partially graded", "submitted"),
        "score": _number,
        "scoreDate": _day,
    },
    {"comment": _text},
)
