"""Assignment overrides on the wire, and the dates that they give. Source: Canvas source, `lib/api/v1`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from simulator.canvas.model import DATES, Assignment, AssignmentOverride
from simulator.canvas.rules.overrides import all_day_date
from simulator.canvas.views.wire import moment


def override_json(override: AssignmentOverride, *, title: str, zone: tzinfo) -> dict[str, Any]:
    """An override; only the dates that it sets are there."""
    body: dict[str, Any] = {
        "id": override.id,
        "assignment_id": override.assignment_id,
        "title": title,
        "unassign_item": override.unassigns,
        **{name: moment(getattr(override, name)) for name in override.sets},
    }
    if "due_at" in override.sets:
        body["all_day"], body["all_day_date"] = all_day_date(override, zone)
    if override.is_adhoc:
        return {**body, "student_ids": list(override.student_ids)}
    return {**body, "course_section_id": override.section_id}


def date_json(override: AssignmentOverride, *, title: str) -> dict[str, Any]:
    """The dates of an override as `all_dates` has them: null for one that it does not set, too."""
    is_adhoc = override.is_adhoc
    return {
        "id": override.id,
        "title": title,
        **{name: moment(getattr(override, name)) for name in DATES},
        "set_type": "ADHOC" if is_adhoc else "CourseSection",
        "set_id": override.id if is_adhoc else override.section_id,
    }


def all_dates_json(assignment: Assignment, overridden: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every set of dates of an assignment; the common one is not there where nobody has it."""
    base = {**{name: moment(getattr(assignment, name)) for name in DATES}, "base": True}
    return [*overridden, *([] if assignment.only_visible_to_overrides else [base])]
