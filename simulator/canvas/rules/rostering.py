"""What a roster changes in Canvas: the difference between it and what earlier ones brought, decided purely.

Source: Instructure, SIS import format (an enrollment that a roster brought is taken away by a roster); Canvas
source, SIS importers. What bites: what was made by hand is nobody's business here, except that somebody who
was enrolled by hand ahead of the roster becomes the roster's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from simulator.canvas.model import Enrollment
from simulator.canvas.rules.standing import CURRENT_STATES
from simulator.roster import Place, Role, Roster, RosterClass, RosterPerson

ROLE_OF_KIND: dict[str, Role] = {"TeacherEnrollment": "teacher", "StudentEnrollment": "student"}
KIND_OF_ROLE = {role: kind for kind, role in ROLE_OF_KIND.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What Canvas has of a roster already.

    Attributes:
        people: SIS ids of users.
        classes: SIS ids of sections.
        places: Each present enrollment that is the roster's, under the place that it stands for.
    """

    people: Collection[str]
    classes: Collection[str]
    places: dict[Place, Enrollment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done, in this order."""

    people: tuple[RosterPerson, ...]
    classes: tuple[RosterClass, ...]
    begin: tuple[Place, ...]
    end: tuple[tuple[Place, Enrollment], ...]

    def __bool__(self) -> bool:
        return bool(self.people or self.classes or self.begin or self.end)


def changes_of(roster: Roster, known: Known) -> Changes:
    """Whoever is new comes in; whoever has a place that the roster does not give any more leaves it."""
    wanted = set(roster.places)
    return Changes(
        people=tuple(each for each in roster.people if each.guid not in known.people),
        classes=tuple(each for each in roster.classes if each.guid not in known.classes),
        begin=tuple(place for place in roster.places if place not in known.places),
        end=tuple((place, each) for place, each in known.places.items() if place not in wanted),
    )


def is_of_the_roster(enrollment: Enrollment) -> bool:
    """Whether a roster brought this enrollment, and has not taken it away."""
    return enrollment.from_sis and enrollment.workflow_state in CURRENT_STATES


def told(changes: Changes, course_of: dict[str, str]) -> str:
    """The changes in a sentence.

    Args:
        changes: What was done.
        course_of: The course of each class, by the class: to leave one and to join another of the same
            course is a move.
    """
    joined, left = _by_course(changes.begin, course_of), _by_course(_places(changes), course_of)
    moved = joined & left
    counted = (
        (len(changes.people), "new person", "new people"),
        (len(changes.classes), "new section", "new sections"),
        (len(moved), "move between sections", "moves between sections"),
        (len(changes.begin) - len(moved), "new enrollment", "new enrollments"),
        (len(changes.end) - len(moved), "ended enrollment", "ended enrollments"),
    )
    words = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
    return f"Synergy's roster brought {', '.join(words)}"


def _places(changes: Changes) -> Iterable[Place]:
    return (place for place, _enrollment in changes.end)


def _by_course(places: Iterable[Place], course_of: dict[str, str]) -> set[tuple[str, str, str]]:
    return {(course_of.get(each.class_guid, ""), each.person_guid, each.role) for each in places}
