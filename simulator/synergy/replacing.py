"""What a replacement holds where the third party left something out, decided purely.

OneRoster 1.1 knows no partial update: a PUT is the whole object, and what it leaves out is empty afterwards.
Whether every provider keeps to that is a switch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.profiles import CommentCode, Profile
from simulator.synergy.comments import left_after_scoring
from simulator.synergy.model import Assignment, ClassType, LineItemDraft, ResultDraft, Score


def whole_line_item(
    draft: LineItemDraft, stored: Assignment | None, types: Sequence[ClassType], profile: Profile
) -> LineItemDraft:
    """The draft with a type, and with the stored values of what was left out if the district keeps them.

    Args:
        draft: What was sent.
        stored: What it replaces.
        types: The types of the class; the first is taken where none was sent and none is stored.
        profile: Whether what is left out is cleared or kept.
    """
    kept: dict[str, Any] = {}
    if not draft.type_guid:
        kept["type_guid"] = stored.type_guid if stored else next((each.guid for each in types), "")
    if stored is not None and profile.omitted_fields == "keep":
        own = {
            "description": stored.description,
            "due_date": stored.due_date,
            "metadata": stored.metadata,
        }
        kept |= {name: value for name, value in own.items() if name in draft.omitted}
    return replace(draft, **kept)


def whole_result(
    draft: ResultDraft, stored: Score | None, profile: Profile, codes: Mapping[str, CommentCode]
) -> ResultDraft:
    """The draft with the stored values of what was left out, if the district keeps them.

    Args:
        draft: What was sent.
        stored: What it replaces.
        profile: Whether what is left out is cleared or kept.
        codes: The comments of the class, of which one may go because a score has come.
    """
    if stored is None or profile.omitted_fields == "clear":
        return draft
    scored = draft.points is not None
    code = left_after_scoring(stored.comment_code, codes) if scored else stored.comment_code
    own: dict[str, Any] = {
        "points": stored.points,
        "comment": code or stored.comment,
        "metadata": stored.metadata,
    }
    return replace(draft, **{name: value for name, value in own.items() if name in draft.omitted})
