"""The Grade Book Comments in the body of Grade Book Setup's Save: the teacher's own, as they will be.

What bites: those of the district stay as they are and keep their codes, and one that stands in a cell stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from simulator.profiles import CommentCode
from simulator.synergy.bodies import BodyError, Flag, Name, Number
from simulator.synergy.model import ClassSection
from simulator.synergy.store import GradebookStore

COMMENT_CODES_MAX = 50
CODE_CHARACTERS_MAX = 10
COMMENT_CHARACTERS_MAX = 100
PERCENT_MAX = 1000.0
PENALTY_PERCENT_MAX = 100
"""Limits that are ours: no page gives Synergy's."""


class CommentBody(BaseModel):
    """One comment as it is sent."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    code: Annotated[Name, Field(max_length=CODE_CHARACTERS_MAX)]
    comment: Annotated[Name, Field(max_length=COMMENT_CHARACTERS_MAX)]
    excuses: Flag = False
    missing_mark: Flag = False
    not_scored_percent: Annotated[Number, Field(ge=0, le=PERCENT_MAX)] | None = None
    penalty_percent: Annotated[Number, Field(ge=0, le=PENALTY_PERCENT_MAX)] = 0.0
    remove_when_scored: Flag = False


def read_comments(bodies: Iterable[CommentBody], store: GradebookStore) -> tuple[CommentCode, ...]:
    """The teacher's own comments.

    Raises:
        BodyError: If a code is the district's, or stands there twice.
    """
    districts = {each.code for each in store.profile.comment_codes}
    found: dict[str, CommentCode] = {}
    for place, each in enumerate(bodies):
        where, code = f"comment_codes.{place}.code", each.code.strip()
        if code in districts:
            words = "The district has a comment of this code and keeps it as it is; copy it to another code."
            raise BodyError(words, where)
        if code in found:
            raise BodyError("There is a comment of this code already.", where)
        value = each.not_scored_percent
        found[code] = CommentCode(
            code=code,
            comment=each.comment.strip(),
            excuses=each.excuses,
            missing_mark=each.missing_mark,
            not_scored_percent=None if value is None else Decimal(repr(value)),
            penalty_percent=Decimal(repr(each.penalty_percent)),
            remove_when_scored=each.remove_when_scored,
        )
    return tuple(found.values())


def check_use_of_comments(
    store: GradebookStore, section: ClassSection, wanted: Iterable[CommentCode]
) -> None:
    """Let no comment go that stands in a cell.

    Raises:
        BodyError: If one would.
    """
    kept = {each.code for each in wanted}
    gone = {each.code for each in section.setup.comment_codes} - kept
    numbers = [each.line_item_id for each in store.assignments_in(section.guid)]
    used = next((each.comment_code for each in store.scores_on(numbers) if each.comment_code in gone), None)
    if used is not None:
        words = f"{used} stands in a grade cell; keep it in the list, or take it out of the cells first."
        raise BodyError(words, "comment_codes")
