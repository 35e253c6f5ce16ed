"""A roster as it travels: who is in which class, in nobody's words.

What lives here: values only. Whoever keeps rosters gives one, whoever needs them takes one in, and neither
knows the other; `World.feed_roster` carries it. What bites: a roster is whole. Whoever is not in it is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["teacher", "student"]


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A teacher or a student."""

    guid: str
    given_name: str
    family_name: str
    email: str


@dataclass(frozen=True, slots=True)
class RosterCourse:
    """A course that has classes."""

    guid: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterClass:
    """One class of a course."""

    guid: str
    number: str
    name: str
    course_guid: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody belongs to a class, now."""

    class_guid: str
    person_guid: str
    role: Role


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody and every class at one moment.

    Attributes:
        version: Two rosters of the same version are the same.
        places: Each names a class and a person of this roster.
    """

    version: int
    people: tuple[RosterPerson, ...]
    courses: tuple[RosterCourse, ...]
    classes: tuple[RosterClass, ...]
    places: tuple[Place, ...]
