"""What a SIS keeps beside an assignment or an assignment group: its own id of it, and data of its own.

Source: Canvas source, `lib/api/v1/assignment`. What lives here: reading these fields. What must never be
here: who may write them. What bites: they are dropped without a word where the caller may not manage the SIS.
"""

from __future__ import annotations

import json
from dataclasses import replace

from simulator.canvas.model import NO_INTEGRATION_DATA, Assignment
from simulator.canvas.params import as_text
from simulator.canvas.rack import Params, Value

SIS_FIELDS = ("sis_assignment_id", "integration_id", "integration_data")


def without_sis_fields(wanted: Params) -> Params:
    """An edit as Canvas takes it from somebody who may not manage the SIS."""
    return {name: value for name, value in wanted.items() if name not in SIS_FIELDS}


def with_sis_fields(assignment: Assignment, wanted: Params) -> tuple[Assignment, str]:
    """The assignment with these fields as far as they are sent, and the one that cannot be read, or ""."""
    if "sis_assignment_id" in wanted:
        assignment = replace(assignment, sis_assignment_id=as_text(wanted["sis_assignment_id"]) or None)
    if "integration_id" in wanted:
        assignment = replace(assignment, integration_id=as_text(wanted["integration_id"]) or None)
    if "integration_data" in wanted:
        text = as_integration_data(wanted["integration_data"])
        if text is None:
            return assignment, "integration_data"
        assignment = replace(assignment, integration_data=text)
    return assignment, ""


def as_integration_data(value: Value) -> str | None:
    """A hash, or a JSON object as text, as the text that is kept; None for anything else."""
    if value is None or value == "":
        return NO_INTEGRATION_DATA
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return json.dumps(value, ensure_ascii=False, allow_nan=False) if _is_plain(value) else None


def _is_plain(value: Value) -> bool:
    """Whether it is an object that can be written as JSON again, in valid UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return False
    return isinstance(value, dict)
