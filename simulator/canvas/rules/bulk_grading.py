"""What a bulk update makes of a row, which is not quite what grading it makes of it.

Source: Canvas source, bulk update on the submission model, `return_if_score_unchanged`. What bites: a row
whose score and excuse stay the same is not saved, so its `graded_at` does not move, as it would on grading it
once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from simulator.canvas.model import Assignment, GradeWish, Submission
from simulator.canvas.rules.grading import cleared, excused, graded


class TwoWishesError(ValueError):
    """A wish wants a grade and an excuse at once, at which Canvas's job breaks."""


def after_wish(
    row: Submission,
    wish: GradeWish,
    assignment: Assignment,
    grader_id: int,
    now: datetime,
    *,
    unreadable: str,
    is_hidden: bool,
) -> Submission | None:
    """The row as the wish has it, or None where there is nothing to save.

    Raises:
        TwoWishesError: If it wants a grade and an excuse.
    """
    if not wish.is_about_grade:
        return None
    if wish.excuse:
        if wish.posted_grade is not None:
            raise TwoWishesError("A row is either graded or excused")
        after = excused(row, grader_id, now, is_hidden=is_hidden)
    elif wish.posted_grade:
        after = graded(
            row, wish.posted_grade, assignment, grader_id, now, unreadable=unreadable, is_hidden=is_hidden
        )
    else:
        after = cleared(row, grader_id)
    return None if _counts_the_same(after, row) else after


def _counts_the_same(after: Submission, before: Submission) -> bool:
    """Whether score and excuse are as they were; never excused is as good as not excused.

    The new score is compared before a late policy takes anything off it, so what was entered once already is
    another score than the one that counts.
    """
    return (after.score, after.excused is True) == (before.score, before.excused is True)


def words_of_failure(missing: list[str], not_gradable: list[int]) -> str | None:
    """What a progress says that could not do everything, None where it could."""
    if missing:
        return f"Couldn't find User(s) with API ids {_quoted(missing)}"
    if not_gradable:
        words = "Some assignments are either not published or deleted and can not be graded"
        return f"{words} {_quoted(map(str, not_gradable))}"
    return None


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{each}'" for each in names)
