"""Ids of what the engine creates in Synergy, derived and never drawn.

The same district, assignment, section and student give the same id for ever, so a write whose answer was lost
is healed by repeating it: the second PUT replaces, it does not duplicate.
"""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:gradesync:sourced-id")


def line_item_id(district: str, assignment_id: str, section_id: str) -> str:
    """The sourcedId of one assignment in one section."""
    return _derive("lineItem", district, assignment_id, section_id)


def result_id(district: str, assignment_id: str, section_id: str, student_id: str) -> str:
    """The sourcedId of one student's score of one assignment in one section."""
    return _derive("result", district, assignment_id, section_id, student_id)


def gradebook_id(district: str, course_id: str) -> str:
    """A name for one course of one district that is safe in a file name."""
    return _derive("gradebook", district, course_id)


def _derive(*parts: str) -> str:
    # The length before each part keeps ("a", "bc") and ("ab", "c") apart.
    return str(uuid.uuid5(_NAMESPACE, "".join(f"{len(part)}:{part}" for part in parts)))
