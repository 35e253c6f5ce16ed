"""Assignments as the SIS API shows them. Source: Canvas source, `lib/api/v1/sis_assignment`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulator.canvas.model import (
    DATES,
    Assignment,
    AssignmentGroup,
    AssignmentOverride,
    Course,
    Section,
    User,
)
from simulator.canvas.rules.assignments import is_gradeable
from simulator.canvas.views.wire import moment


@dataclass(frozen=True, slots=True)
class SisSection:
    """A section that has an assignment to do, the course that it was cross-listed from, and its override."""

    section: Section
    origin: Course | None
    override: AssignmentOverride | None


def sis_assignment_json(
    assignment: Assignment,
    course: Course,
    group: AssignmentGroup,
    sections: Iterable[SisSection],
) -> dict[str, Any]:
    """A marked assignment with everything by which a SIS finds its class; `sections` have it to do."""
    return {
        "id": assignment.id,
        "course_id": assignment.course_id,
        "name": assignment.name,
        "created_at": moment(assignment.created_at),
        "due_at": moment(assignment.due_at),
        "unlock_at": moment(assignment.unlock_at),
        "lock_at": moment(assignment.lock_at),
        "points_possible": assignment.points_possible,
        "integration_id": assignment.integration_id,
        "integration_data": json.loads(assignment.integration_data),
        "submission_types": list(assignment.submission_types),
        "include_in_final_grade": is_gradeable(assignment) and not assignment.omit_from_final_grade,
        "assignment_group": {
            "id": group.id,
            "name": group.name,
            "sis_source_id": group.sis_source_id,
            "integration_data": json.loads(group.integration_data),
            "group_weight": group.group_weight,
        },
        "sections": [_section_json(each, course) for each in sections],
    }


def user_override_json(override: AssignmentOverride, students: Iterable[User]) -> dict[str, Any]:
    """An override of single students."""
    return {
        "id": override.id,
        "title": override.title,
        **_dates_json(override),
        "students": [{"user_id": each.id, "sis_user_id": each.sis_user_id} for each in students],
    }


def _section_json(each: SisSection, course: Course) -> dict[str, Any]:
    section, origin, override = each.section, each.origin, each.override
    shown: dict[str, Any] = {
        "id": section.id,
        "name": section.name,
        "sis_id": section.sis_section_id,
        "integration_id": section.integration_id,
        "origin_course": _course_json(origin or course),
    }
    if origin is not None:
        shown["xlist_course"] = _course_json(course)
    if override is not None:
        shown["override"] = {"id": override.id, "override_title": section.name, **_dates_json(override)}
    return shown


def _dates_json(override: AssignmentOverride) -> dict[str, str | None]:
    """The dates of an override as they are kept: null for one that it does not set, too."""
    return {name: moment(getattr(override, name)) for name in DATES}


def _course_json(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "name": course.name,
        "sis_id": course.sis_course_id,
        "integration_id": course.integration_id,
    }
