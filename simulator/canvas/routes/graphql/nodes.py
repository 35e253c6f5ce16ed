"""What Canvas has, as GraphQL shows it, and the ids by which GraphQL's clients call it.

What bites: nodes lead to one another in circles, so what leads to another node is a function that is called
only if somebody asks for it, and an operation may ask for so many.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from graphql import GraphQLError, GraphQLResolveInfo

from simulator.canvas.model import Assignment, Course, Progress, Section
from simulator.canvas.routes.entry import Call
from simulator.canvas.rules.post_policy import is_manual, is_muted

Node: TypeAlias = dict[str, Any]
Info: TypeAlias = "GraphQLResolveInfo[Nodes]"
"""What the library tells of the operation to whatever answers a field."""

NODES_MAX = 1_000
"""So many things one operation may ask for."""
_LEGACY = re.compile(r"[0-9]{1,18}")


class Nodes:
    """Shows things to one operation, and counts them."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self._shown = 0

    def assignment(self, assignment_id: int) -> Node:
        """An assignment."""
        store = self.call.store
        found = store.assignments[assignment_id]
        course = store.courses[found.course_id]
        return self._node("Assignment", found.id) | {
            "name": found.name,
            "pointsPossible": found.points_possible,
            "anonymousGrading": found.anonymous_grading,
            "postManually": is_manual(found, course),
            "muted": is_muted(store.present_rows(found)),
            "course": _later(lambda: self.course(course.id)),
            "postPolicy": _later(lambda: self.policy_of_assignment(found, course)),
        }

    def course(self, course_id: int) -> Node:
        """A course."""
        found = self.call.store.courses[course_id]
        return self._node("Course", found.id) | {
            "name": found.name,
            "courseCode": found.course_code,
            "sisId": found.sis_course_id,
            "postPolicy": _later(lambda: self.policy_of_course(found.id)),
        }

    def section(self, section: Section) -> Node:
        """A section."""
        return self._node("Section", section.id) | {"name": section.name, "sisId": section.sis_section_id}

    def policy_of_assignment(self, assignment: Assignment, course: Course) -> Node:
        """How the grades of an assignment are posted. Its id is the assignment's."""
        return self._node("PostPolicy", assignment.id) | {
            "postManually": is_manual(assignment, course),
            "assignment": _later(lambda: self.assignment(assignment.id)),
            "course": _later(lambda: self.course(course.id)),
        }

    def policy_of_course(self, course_id: int) -> Node:
        """How grades of a course are posted where an assignment does not say. Its id is the course's."""
        return self._node("PostPolicy", course_id) | {
            "postManually": self.call.store.courses[course_id].post_manually,
            "assignment": None,
            "course": _later(lambda: self.course(course_id)),
        }

    def progress(self, progress: Progress) -> Node:
        """How it stands with what was asked for."""
        return self._node("Progress", progress.id) | {
            "tag": progress.tag,
            "state": progress.workflow_state,
            "completion": int(progress.completion),
            "message": progress.message,
        }

    def _node(self, kind: str, number: int) -> Node:
        self._shown += 1
        if self._shown > NODES_MAX:
            raise GraphQLError(f"An operation may ask for {NODES_MAX} things at most")
        return {"_id": str(number), "id": base64.b64encode(f"{kind}-{number}".encode()).decode()}


def number_of(text: str, kind: str) -> int:
    """The number in an id, whether it is Canvas's own or a Relay id of this kind.

    Raises:
        GraphQLError: If it is neither.
    """
    if _LEGACY.fullmatch(text):
        return int(text)
    try:
        named, _dash, number = base64.b64decode(text, validate=True).decode().rpartition("-")
    except ValueError:
        named, number = "", ""
    if named != kind or not _LEGACY.fullmatch(number):
        raise GraphQLError(f"expected an id for {kind}")
    return int(number)


def _later(show: Callable[[], Node]) -> Callable[[Info], Node]:
    """Show a node only if it is asked for."""
    return lambda _info: show()
