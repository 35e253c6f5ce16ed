"""What a copy of an assignment is.

Source: Instructure's documentation of duplicating an assignment; Canvas source, assignment model. What bites:
a copy is never marked to sync, has no SIS ids and takes no overrides along, so it begins for nobody where the
original was for those only whom its overrides name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from itertools import count

from simulator.canvas.model import NO_INTEGRATION_DATA, Assignment
from simulator.canvas.rules.posting import NAME_LENGTH_MAX

_OF_A_KIND_OF_THEIR_OWN = frozenset({"discussion_topic", "online_quiz", "wiki_page", "external_tool"})


def can_be_duplicated(assignment: Assignment) -> bool:
    """Whether it is an assignment and nothing else; a quiz or a discussion is duplicated as such."""
    return _OF_A_KIND_OF_THEIR_OWN.isdisjoint(assignment.submission_types)


def duplicate_of(assignment: Assignment, names: Collection[str], now: datetime) -> Assignment:
    """The copy, without an id yet, to stand right behind the original.

    Args:
        assignment: The original.
        names: The names that assignments of the course have.
        now: The present instant.
    """
    return replace(
        assignment,
        id=0,
        name=_copied_name(assignment.name, names),
        position=assignment.position + 1,
        created_at=now,
        updated_at=now,
        workflow_state="unpublished",
        post_to_sis=False,
        sis_assignment_id=None,
        integration_id=None,
        integration_data=NO_INTEGRATION_DATA,
        duplicate_of_id=assignment.id,
    )


def _copied_name(name: str, names: Collection[str]) -> str:
    """Such as "Quiz Copy" or "Quiz Copy 2", whichever is free, cut so that it fits."""
    for number in count(1):
        suffix = " Copy" if number == 1 else f" Copy {number}"
        copied = name[: NAME_LENGTH_MAX - len(suffix)] + suffix
        if copied not in names:
            return copied
    raise AssertionError("there are more numbers than names")
