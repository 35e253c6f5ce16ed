"""Assignments on the wire. Source: Canvas source, `lib/api/v1/assignment`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from simulator.canvas.model import Assignment
from simulator.canvas.rules.duplicating import can_be_duplicated
from simulator.canvas.rules.locking import Lock, explained
from simulator.canvas.rules.posting import NAME_LENGTH_MAX
from simulator.canvas.views.wire import moment

_NEVER = dict.fromkeys(
    (
        "peer_reviews", "anonymous_peer_reviews", "automatic_peer_reviews", "intra_group_peer_reviews",
        "grade_group_students_individually", "anonymous_instructor_annotations",
        "graders_anonymous_to_graders",
        "is_quiz_assignment",
        "important_dates", "locked_for_user",
        "require_lockdown_browser", "restrict_quantitative_data",
    ),
    False,
)  # fmt: skip
_ABSENT = dict.fromkeys(
    (
        "group_category_id", "grading_standard_id", "annotatable_attachment_id", "final_grader_id",
        "original_lti_resource_link_id", "original_quiz_id",
    )
)  # fmt: skip
_FOR_GRADERS = frozenset({
    "has_overrides", "needs_grading_count", "unpublishable", "sis_assignment_id", "integration_id",
    "integration_data",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkOn:
    """What students and graders did to an assignment so far.

    Attributes:
        is_graded: Whether any submission has a grade.
        is_handed_in: Whether anything was handed in.
        needs_grading_count: How many of those who are there wait for a grade.
    """

    is_graded: bool = False
    is_handed_in: bool = False
    needs_grading_count: int = 0


def assignment_json(
    assignment: Assignment,
    *,
    base: str,
    work: WorkOn,
    is_manual: bool,
    is_muted: bool,
    in_closed_period: bool = False,
    has_overrides: bool = False,
    duplicate_of: Assignment | None = None,
    due_date_required: bool = False,
    name_length_max: int = NAME_LENGTH_MAX,
) -> dict[str, Any]:
    """An assignment.

    `in_closed_period` says whether its grading period is closed; `is_manual` whether its grades stay hidden
    until they are posted, and `is_muted` whether any of them is hidden. `due_date_required` and
    `name_length_max` are what its account asks of it. `duplicate_of` is the assignment that it is a copy of.
    """
    url = f"{base}/courses/{assignment.course_id}/assignments/{assignment.id}"
    dates = {name: moment(getattr(assignment, name)) for name in ("due_at", "unlock_at", "lock_at")}
    return {
        "id": assignment.id,
        "course_id": assignment.course_id,
        "name": assignment.name,
        "description": assignment.description,
        "position": assignment.position,
        "points_possible": assignment.points_possible,
        "grading_type": assignment.grading_type,
        "created_at": moment(assignment.created_at),
        "updated_at": moment(assignment.updated_at),
        **dates,
        "assignment_group_id": assignment.group_id,
        "post_to_sis": assignment.post_to_sis,
        "omit_from_final_grade": assignment.omit_from_final_grade,
        "hide_in_gradebook": assignment.hide_in_gradebook,
        "post_manually": is_manual,
        "muted": is_muted,
        "anonymous_grading": assignment.anonymous_grading,
        "anonymize_students": assignment.anonymous_grading and is_muted,
        "moderated_grading": assignment.moderated_grading,
        **_NEVER,
        **_ABSENT,
        "can_duplicate": can_be_duplicated(assignment),
        "original_course_id": None if duplicate_of is None else duplicate_of.course_id,
        "original_assignment_id": None if duplicate_of is None else duplicate_of.id,
        "original_assignment_name": None if duplicate_of is None else duplicate_of.name,
        "sis_assignment_id": assignment.sis_assignment_id,
        "integration_id": assignment.integration_id,
        "integration_data": json.loads(assignment.integration_data),
        "allowed_attempts": -1,
        "grader_count": 0,
        "grader_comments_visible_to_graders": True,
        "grader_names_visible_to_final_grader": True,
        "secure_params": f"secure-{assignment.id}",
        "lti_context_id": f"lti-{assignment.id}",
        "submission_types": list(assignment.submission_types),
        "due_date_required": due_date_required,
        "max_name_length": name_length_max,
        "has_submitted_submissions": work.is_handed_in,
        "graded_submissions_exist": work.is_graded,
        "in_closed_grading_period": in_closed_period,
        "workflow_state": assignment.workflow_state,
        "html_url": url,
        "needs_grading_count": work.needs_grading_count,
        "published": assignment.is_published,
        "unpublishable": not work.is_handed_in,
        "has_overrides": has_overrides,
        "only_visible_to_overrides": assignment.only_visible_to_overrides,
        "visible_to_everyone": not assignment.only_visible_to_overrides,
        "submissions_download_url": f"{url}/submissions?zip=1",
    }


def as_student_sees(body: dict[str, Any], lock: Lock | None, zone: tzinfo) -> dict[str, Any]:
    """An assignment without what is for graders and a SIS; a locked one says so, one not open yet no more."""
    shown = {key: value for key, value in body.items() if key not in _FOR_GRADERS}
    if lock is None:
        return shown
    info = {
        "asset_string": f"assignment_{body['id']}",
        "unlock_at" if lock.is_early else "lock_at": moment(lock.at),
        "can_view": not lock.is_early,
    }
    return {
        **shown,
        **({"description": None} if lock.is_early else {}),
        "locked_for_user": True,
        "lock_info": info,
        "lock_explanation": explained(lock, zone),
    }
