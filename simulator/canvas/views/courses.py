"""Courses, sections and assignment groups on the wire.

Source: Canvas source, `lib/api/v1` course, section and assignment_group.
"""

from __future__ import annotations

import json
from typing import Any

from simulator.canvas.model import ROOT_ACCOUNT_ID, AssignmentGroup, Course, Section
from simulator.canvas.rules.courses import settings_of
from simulator.canvas.views.wire import moment

_DEFAULT_DUE_TIME = "23:59:59"


def course_json(
    course: Course, *, base: str, time_zone: str, enrollments: list[dict[str, Any]], has_sis_ids: bool = True
) -> dict[str, Any]:
    """A course; `enrollments` are the caller's own, and `has_sis_ids` whether they may read SIS ids."""
    sis_ids = {"sis_course_id": course.sis_course_id, "integration_id": course.integration_id}
    return {
        "id": course.id,
        "name": course.name,
        "account_id": ROOT_ACCOUNT_ID,
        "uuid": course.uuid,
        "start_at": moment(course.starts_at),
        "grading_standard_id": course.grading_standard_id,
        "is_public": course.is_public,
        "created_at": moment(course.created_at),
        "course_code": course.course_code,
        "default_view": course.default_view,
        "root_account_id": ROOT_ACCOUNT_ID,
        "enrollment_term_id": course.term_id,
        "license": course.license,
        "grade_passback_setting": course.grade_passback_setting,
        "end_at": moment(course.ends_at),
        "public_syllabus": False,
        "public_syllabus_to_auth": False,
        "storage_quota_mb": 500,
        "is_public_to_auth_users": False,
        "homeroom_course": False,
        "course_color": None,
        "friendly_name": None,
        "hide_final_grades": course.hide_final_grades,
        "apply_assignment_group_weights": course.apply_assignment_group_weights,
        "calendar": {"ics": f"{base}/feeds/calendars/course_{course.id}.ics"},
        "time_zone": time_zone,
        "blueprint": False,
        "template": False,
        **(sis_ids if has_sis_ids else {}),
        "enrollments": enrollments,
        "workflow_state": course.workflow_state,
        "restrict_enrollments_to_course_dates": course.restricts_to_dates,
        "overridden_course_visibility": "",
        **({"course_format": course.course_format} if course.course_format else {}),
    }


def course_settings_json(course: Course) -> dict[str, Any]:
    """The settings of a course, those that are a yes or a no and the few that are more."""
    return {
        **settings_of(course),
        "grading_standard_enabled": course.grading_standard_id is not None,
        "grading_standard_id": course.grading_standard_id,
        "grade_passback_setting": course.grade_passback_setting,
        "hide_final_grades": course.hide_final_grades,
        "restrict_quantitative_data": False,
        "home_page_announcement_limit": None,
        "homeroom_course": False,
        "course_color": None,
        "friendly_name": None,
        "default_due_time": _DEFAULT_DUE_TIME,
        "conditional_release": False,
    }


def section_of_course_json(section: Section, role: str | None) -> dict[str, Any]:
    """A section as its course lists it; `role` is the caller's in it, None for a caller who has none."""
    shown = {
        "id": section.id,
        "name": section.name,
        "start_at": moment(section.starts_at),
        "end_at": moment(section.ends_at),
    }
    return shown if role is None else {**shown, "enrollment_role": role}


def section_json(section: Section, course: Course) -> dict[str, Any]:
    """A section; its `sis_course_id` is that of the course it is in now."""
    return {
        "id": section.id,
        "course_id": section.course_id,
        "name": section.name,
        "start_at": moment(section.starts_at),
        "end_at": moment(section.ends_at),
        "created_at": moment(section.created_at),
        "restrict_enrollments_to_section_dates": section.restricts_to_dates,
        "nonxlist_course_id": section.nonxlist_course_id,
        "sis_section_id": section.sis_section_id,
        "sis_course_id": course.sis_course_id,
        "integration_id": section.integration_id,
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
