"""What an edit makes of a section, when it may go, and where cross-listing moves it.

Source: Canvas source, course section model and controller. What bites: cross-listed twice, a section still
remembers its first course; and back in that course by a second cross-listing, it counts as cross-listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import tzinfo

from simulator.canvas.model import Course, Enrollment, Section
from simulator.canvas.params import as_flag
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
from simulator.canvas.rules.standing import GONE_STATES

SIS_FIELDS = ("sis_section_id", "integration_id")
_FAKE = "StudentViewEnrollment"


@dataclass(frozen=True, slots=True)
class SectionRevision:
    """The outcome of an edit. With faults, nothing is saved."""

    section: Section
    faults: tuple[Fault, ...] = ()


def revise_section(section: Section, wanted: Params, *, zone: tzinfo, may_set_sis: bool) -> SectionRevision:
    """Apply what came as `course_section[...]`; what was not sent stays."""
    restricts = wanted.get("restrict_enrollments_to_section_dates", section.restricts_to_dates)
    revised = replace(
        section,
        name=text_in(wanted, "name", section.name),
        starts_at=moment_in(wanted, "start_at", section.starts_at, zone),
        ends_at=moment_in(wanted, "end_at", section.ends_at, zone),
        restricts_to_dates=as_flag(restricts),
    )
    if may_set_sis:
        revised = replace(
            revised,
            sis_section_id=optional_text_in(wanted, "sis_section_id", section.sis_section_id),
            integration_id=optional_text_in(wanted, "integration_id", section.integration_id),
        )
    return SectionRevision(revised, _faults(revised))


def may_be_deleted(enrollments: Iterable[Enrollment]) -> bool:
    """Whether nobody is in the section any more but its Test Student."""
    return all(each.type == _FAKE or each.workflow_state in GONE_STATES for each in enrollments)


def cross_listed(section: Section, into: Course) -> Section:
    """The section in another course; the first course that it was in is the one that it remembers."""
    if section.course_id == into.id:
        return section
    origin = section.nonxlist_course_id or section.course_id
    return replace(section, course_id=into.id, nonxlist_course_id=origin)


def sent_home(section: Section, origin: Course) -> Section:
    """The section back in the course that it came from."""
    return replace(section, course_id=origin.id, nonxlist_course_id=None)


def revived(course: Course) -> Course:
    """The course to which a section comes home; one that was deleted is there again, unpublished."""
    return replace(course, workflow_state="unpublished") if course.workflow_state == "deleted" else course


def _faults(section: Section) -> tuple[Fault, ...]:
    faults = too_long(
        name=section.name, sis_source_id=section.sis_section_id, integration_id=section.integration_id
    )
    if ends_before_it_starts(section.starts_at, section.ends_at):
        return (*faults, Fault("end_at", "end_at", ENDS_BEFORE, "invalid"))
    return tuple(faults)
