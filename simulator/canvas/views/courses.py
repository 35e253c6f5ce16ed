"""Courses, sections and assignment groups on the wire.

Source: Canvas source, `lib/api/v1` course, section and assignment_group.
"""

from __future__ import annotations

import json
from typing import Any

from simulator.canvas.model import ROOT_ACCOUNT_ID, TERM_ID, AssignmentGroup, Course, Section
from simulator.canvas.views.wire import moment


def course_json(
    course: Course, *, base: str, time_zone: str, enrollments: list[dict[str, Any]]
) -> dict[str, Any]:
    """A course; `enrollments` are the caller's own."""
    return {
        "id": course.id,
        "name": course.name,
        "account_id": ROOT_ACCOUNT_ID,
        "uuid": f"course-{course.id}",
        "start_at": None,
        "grading_standard_id": None,
        "is_public": False,
        "created_at": moment(course.created_at),
        "course_code": course.course_code,
        "default_view": "modules",
        "root_account_id": ROOT_ACCOUNT_ID,
        "enrollment_term_id": TERM_ID,
        "license": "private",
        "end_at": None,
        "public_syllabus": False,
        "public_syllabus_to_auth": False,
        "storage_quota_mb": 500,
        "is_public_to_auth_users": False,
        "hide_final_grades": False,
        "apply_assignment_group_weights": course.apply_assignment_group_weights,
        "calendar": {"ics": f"{base}/feeds/calendars/course_{course.id}.ics"},
        "time_zone": time_zone,
        "sis_course_id": course.sis_course_id,
        "integration_id": None,
        "enrollments": enrollments,
        "workflow_state": course.workflow_state,
        "restrict_enrollments_to_course_dates": False,
    }


def section_json(section: Section, course: Course) -> dict[str, Any]:
    """A section; its `sis_course_id` is that of the course it is in now."""
    return {
        "id": section.id,
        "course_id": section.course_id,
        "name": section.name,
        "start_at": None,
        "end_at": None,
        "created_at": moment(section.created_at),
        "restrict_enrollments_to_section_dates": False,
        "nonxlist_course_id": section.nonxlist_course_id,
        "sis_section_id": section.sis_section_id,
        "sis_course_id": course.sis_course_id,
        "integration_id": None,
        "sis_import_id": None,
    }


def group_json(group: AssignmentGroup) -> dict[str, Any]:
    """An assignment group. It does not say which course it belongs to."""
    return {
        "id": group.id,
        "name": group.name,
        "position": group.position,
        "group_weight": group.group_weight,
        "sis_source_id": group.sis_source_id,
        "integration_data": json.loads(group.integration_data),
        "rules": _rules_json(group),
    }


def _rules_json(group: AssignmentGroup) -> dict[str, Any]:
    """What is dropped, as far as anybody said."""
    rules: dict[str, Any] = {"drop_lowest": group.drop_lowest, "drop_highest": group.drop_highest}
    said = {name: number for name, number in rules.items() if number is not None}
    return {**said, "never_drop": list(group.never_drop)} if group.never_drop else said
