"""Assignments as the SIS API shows them. Source: Canvas source, `lib/api/v1/sis_assignment`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.canvas.model import Assignment, AssignmentGroup, Course, Section
from simulator.canvas.rules.assignments import is_gradeable
from simulator.canvas.views.wire import moment


def sis_assignment_json(
    assignment: Assignment,
    course: Course,
    group: AssignmentGroup,
    sections: Iterable[tuple[Section, Course | None]],
) -> dict[str, Any]:
    """A marked assignment with everything by which a SIS finds its class.

    `sections` are those of the course, each with the course that it was cross-listed from, if it was.
    """
    return {
        "id": assignment.id,
        "course_id": assignment.course_id,
        "name": assignment.name,
        "created_at": moment(assignment.created_at),
        "due_at": moment(assignment.due_at),
        "unlock_at": moment(assignment.unlock_at),
        "lock_at": moment(assignment.lock_at),
        "points_possible": assignment.points_possible,
        "integration_id": None,
        "integration_data": {},
        "submission_types": list(assignment.submission_types),
        "include_in_final_grade": is_gradeable(assignment) and not assignment.omit_from_final_grade,
        "assignment_group": {
            "id": group.id,
            "name": group.name,
            "sis_source_id": None,
            "integration_data": {},
            "group_weight": group.group_weight,
        },
        "sections": [_section_json(each, course, origin) for each, origin in sections],
    }


def _section_json(section: Section, course: Course, origin: Course | None) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": section.id,
        "name": section.name,
        "sis_id": section.sis_section_id,
        "integration_id": section.integration_id,
        "origin_course": _course_json(origin or course),
    }
    return shown if origin is None else {**shown, "xlist_course": _course_json(course)}


def _course_json(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "name": course.name,
        "sis_id": course.sis_course_id,
        "integration_id": course.integration_id,
    }
