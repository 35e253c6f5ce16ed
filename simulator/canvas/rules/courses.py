"""What an edit makes of a course, and which settings a course has.

Source: Instructure's documentation of the courses API; Canvas source, courses controller. What bites: SIS ids
and the term are for those who administer the account, and passed over without a word when a teacher sends
them; and what a course is asked to become by an event that Canvas does not know is passed over too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from simulator.canvas.model import Course, Enrollment, Term
from simulator.canvas.params import as_flag, as_integer, as_text
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.records import (
    ENDS_BEFORE,
    ends_before_it_starts,
    moment_in,
    optional_text_in,
    text_in,
    too_long,
)

EVENTS = {
    "claim": "unpublished",
    "offer": "available",
    "conclude": "completed",
    "delete": "deleted",
    "undelete": "unpublished",
}
"""What each event makes of a course's state."""

SETTINGS = {
    "allow_final_grade_override": False,
    "allow_student_discussion_topics": True,
    "allow_student_forum_attachments": True,
    "allow_student_discussion_editing": True,
    "allow_student_discussion_reporting": True,
    "allow_student_anonymous_discussion_topics": False,
    "filter_speed_grader_by_student_group": False,
    "allow_student_organized_groups": True,
    "hide_distribution_graphs": False,
    "hide_sections_on_course_users_page": False,
    "lock_all_announcements": False,
    "usage_rights_required": False,
    "restrict_student_past_view": False,
    "restrict_student_future_view": False,
    "show_announcements_on_home_page": False,
    "syllabus_course_summary": True,
}
"""The settings that are a yes or a no, each as it is in a new course."""

_PASSBACK_SETTINGS = frozenset({"nightly_sync", "disabled"})
_FLAGS = {
    "apply_assignment_group_weights": "apply_assignment_group_weights",
    "hide_final_grades": "hide_final_grades",
    "restrict_enrollments_to_course_dates": "restricts_to_dates",
    "is_public": "is_public",
}


@dataclass(frozen=True, slots=True)
class CourseRevision:
    """The outcome of an edit. With faults, nothing is saved."""

    course: Course
    faults: tuple[Fault, ...] = ()


def revise_course(course: Course, wanted: Params, *, zone: tzinfo, may_set_sis: bool) -> CourseRevision:
    """Apply what was sent for a course; what was not sent stays.

    Args:
        course: The course as it is.
        wanted: What came as `course[...]`.
        zone: The zone of times without an offset.
        may_set_sis: Whether the caller may give SIS ids.
    """
    flags: dict[str, Any] = {field: as_flag(wanted[name]) for name, field in _FLAGS.items() if name in wanted}
    revised = replace(
        course,
        name=text_in(wanted, "name", course.name),
        course_code=text_in(wanted, "course_code", course.course_code),
        starts_at=moment_in(wanted, "start_at", course.starts_at, zone),
        ends_at=moment_in(wanted, "end_at", course.ends_at, zone),
        default_view=text_in(wanted, "default_view", course.default_view),
        license=text_in(wanted, "license", course.license),
        course_format=optional_text_in(wanted, "course_format", course.course_format),
        grading_standard_id=_grading_standard(course, wanted),
        grade_passback_setting=_passback_setting(course, wanted),
        workflow_state=EVENTS.get(as_text(wanted.get("event")) or "", course.workflow_state),
        **flags,
    )
    if may_set_sis:
        revised = replace(
            revised,
            sis_course_id=optional_text_in(wanted, "sis_course_id", course.sis_course_id),
            integration_id=optional_text_in(wanted, "integration_id", course.integration_id),
        )
    return CourseRevision(revised, _faults(revised))


def settings_of(course: Course) -> dict[str, bool]:
    """Every setting that is a yes or a no, as it is in this course."""
    return {name: default != (name in course.settings_switched) for name, default in SETTINGS.items()}


def with_settings(course: Course, wanted: Params) -> Course:
    """Switch the settings that were sent; a setting that Canvas does not know is passed over."""
    asked = {name: as_flag(wanted[name]) for name in SETTINGS if name in wanted}
    after = {**settings_of(course), **asked}
    switched = tuple(name for name, default in SETTINGS.items() if after[name] != default)
    if "hide_final_grades" in wanted:
        course = replace(course, hide_final_grades=as_flag(wanted["hide_final_grades"]))
    return replace(course, settings_switched=switched)


def state_shown(enrollment: Enrollment, course: Course) -> str:
    """The state that an enrollment shows: with its course gone, so is it."""
    return "deleted" if course.workflow_state == "deleted" else enrollment.workflow_state


def _grading_standard(course: Course, wanted: Params) -> int | None:
    """Only a key that is sent changes it; sent empty, it takes the scheme away."""
    if "grading_standard_id" not in wanted:
        return course.grading_standard_id
    return as_integer(wanted["grading_standard_id"])


def _passback_setting(course: Course, wanted: Params) -> str | None:
    """`nightly_sync`, `disabled` or nothing; anything else is passed over."""
    if "grade_passback_setting" not in wanted:
        return course.grade_passback_setting
    text = as_text(wanted["grade_passback_setting"]) or None
    return text if text is None or text in _PASSBACK_SETTINGS else course.grade_passback_setting


def _faults(course: Course) -> tuple[Fault, ...]:
    faults = too_long(
        name=course.name,
        course_code=course.course_code,
        sis_source_id=course.sis_course_id,
        integration_id=course.integration_id,
        default_view=course.default_view,
        license=course.license,
        course_format=course.course_format,
    )
    if ends_before_it_starts(course.starts_at, course.ends_at):
        return (*faults, Fault("conclude_at", "conclude_at", ENDS_BEFORE, "invalid"))
    return tuple(faults)


def is_between(
    course: Course, term: Term, ends_after: datetime | None, starts_before: datetime | None
) -> bool:
    """Whether a course or its term starts and ends so; None asks nothing, and no date at all fits any."""
    starts = [each for each in (course.starts_at, term.starts_at) if each is not None]
    ends = [each for each in (course.ends_at, term.ends_at) if each is not None]
    fits_start = starts_before is None or not starts or min(starts) < starts_before
    fits_end = ends_after is None or not ends or max(ends) > ends_after
    return fits_start and fits_end
