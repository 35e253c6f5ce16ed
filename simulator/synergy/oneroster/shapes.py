"""The field names of every OneRoster object that this server answers, and the names that wrap them.

`query` needs to know a field without seeing an object that has it: a filter on a list that happens to be
empty is as right or as wrong as on a full one.
"""

from __future__ import annotations

from dataclasses import dataclass

_BASE = ("sourcedId", "status", "dateLastModified", "metadata")
_INSIDE = frozenset({"href", "sourcedId", "type", "identifier"})
"""What a reference, or an entry of userIds, has inside."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object: the key around many, the key around one, and its own fields."""

    many: str
    one: str
    own_fields: tuple[str, ...]
    parts: frozenset[str]
    """Fields that have fields inside."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All field names at the top of the object."""
        return _BASE + self.own_fields

    def has(self, path: str) -> bool:
        """Whether a filter or a sort may name this field: `title`, `class.sourcedId`, `metadata.x`."""
        top, dot, inside = path.partition(".")
        if top == "metadata" and dot:
            return bool(inside)
        if dot:
            return top in self.parts and inside in _INSIDE
        return top in self.fields


def _shape(many: str, one: str, fields: str, parts: str = "") -> Shape:
    return Shape(many, one, tuple(fields.split()), frozenset(parts.split()))


ORG = _shape("orgs", "org", "name type identifier parent children", "parent children")
ACADEMIC_SESSION = _shape(
    "academicSessions",
    "academicSession",
    "title startDate endDate type parent children schoolYear",
    "parent children",
)
COURSE = _shape(
    "courses",
    "course",
    "title schoolYear courseCode grades subjects org subjectCodes resources",
    "org schoolYear resources",
)
CLASS = _shape(
    "classes",
    "class",
    "title classCode classType location grades subjects course school terms subjectCodes periods resources",
    "course school terms resources",
)
USER = _shape(
    "users",
    "user",
    "username userIds enabledUser givenName familyName middleName role identifier email sms phone agents "
    "orgs grades password",
    "userIds orgs agents",
)
ENROLLMENT = _shape(
    "enrollments", "enrollment", "user class school role primary beginDate endDate", "user class school"
)
CATEGORY = _shape("categories", "category", "title")
LINE_ITEM = _shape(
    "lineItems",
    "lineItem",
    "title description assignDate dueDate class category gradingPeriod resultValueMin resultValueMax",
    "class category gradingPeriod",
)
RESULT = _shape(
    "results", "result", "lineItem student scoreStatus score scoreDate comment", "lineItem student"
)
DEMOGRAPHICS = _shape(
    "demographics",
    "demographics",
    "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
    "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
    "countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus",
)
RESOURCE = _shape("resources", "resource", "title roles importance vendorResourceId vendorId applicationId")
