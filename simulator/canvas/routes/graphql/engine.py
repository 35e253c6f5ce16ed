"""Carries out one GraphQL operation on the part of the schema that is simulated.

What lives here: what is a mistake of the client's, and what a gap of this simulator. What bites: to the
library both look alike, so a field that Canvas does not have either is told as a gap: better so than the
other way round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from simulator.canvas.rack import Params
from simulator.canvas.routes.entry import Call
from simulator.canvas.routes.graphql import mutations
from simulator.canvas.routes.graphql.nodes import Info, Node, Nodes, number_of
from simulator.canvas.routes.graphql.schema import SCHEMA
from simulator.canvas.rules.standing import may_teach

TOKENS_MAX = 2_000
"""So long an operation may be."""

_GAP = re.compile(r"Cannot query field|Unknown type|Unknown argument|not to include unknown field")
_TOO_DEEP = "The operation nests too deep"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and whether the simulator knows everything that was asked for."""

    body: dict[str, Any]
    is_simulated: bool = True


def answer_to(query: str, variables: Params, call: Call) -> Answered:
    """Carry out an operation, or say what is wrong with it."""
    try:
        document = parse(query, max_tokens=TOKENS_MAX)
        faults = validate(_schema(), document)
        if faults:
            return _refused(faults)
        result = execute_sync(
            _schema(), document, _ROOT, context_value=Nodes(call), variable_values=variables
        )
    except GraphQLError as error:
        return _refused([error])
    except RecursionError:
        return _refused([GraphQLError(_TOO_DEEP)])
    if result.data is None and result.errors:
        return _refused(result.errors)
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [each.formatted for each in result.errors]
    return Answered(body)


def _refused(faults: list[GraphQLError]) -> Answered:
    gaps = [each for each in faults if _GAP.search(each.message)]
    if not gaps:
        return Answered({"errors": [each.formatted for each in faults]})
    told = [{"message": f"Not simulated: {each.message}"} for each in gaps]
    return Answered({"errors": told}, is_simulated=False)


@cache
def _schema() -> GraphQLSchema:
    return build_schema(SCHEMA)


def _assignment(info: Info, **arguments: str) -> Node | None:
    """An assignment that the caller may see, None for any other."""
    nodes = info.context
    found = nodes.call.store.assignments.get(number_of(arguments["id"], "Assignment"))
    if found is None or found.is_deleted or not _may_see(nodes, found.course_id):
        return None
    return nodes.assignment(found.id)


def _course(info: Info, **arguments: str) -> Node | None:
    """A course that the caller may see, None for any other."""
    nodes = info.context
    number = number_of(arguments["id"], "Course")
    return nodes.course(number) if _may_see(nodes, number) else None


def _may_see(nodes: Nodes, course_id: int) -> bool:
    course = nodes.call.store.courses.get(course_id)
    return course is not None and may_teach(
        nodes.call.actor, course, nodes.call.store.enrollments_of(course_id)
    )


_ROOT = {
    "assignment": _assignment,
    "course": _course,
    "postAssignmentGrades": mutations.post_grades,
    "postAssignmentGradesForSections": mutations.post_section_grades,
    "hideAssignmentGrades": mutations.hide_grades,
    "hideAssignmentGradesForSections": mutations.hide_section_grades,
    "setAssignmentPostPolicy": mutations.set_assignment_policy,
    "setCoursePostPolicy": mutations.set_course_policy,
}
"""What answers each field at the top."""
