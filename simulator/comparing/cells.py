"""Causes that lie in the work itself: an assignment or a cell that one book has otherwise than the other.

What lives here: one pure function for each rule. What bites: an assignment has a cause only where it counts
in one of the totals; what counts in neither may differ as it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from contracts import catalogue
from simulator.comparing.books import CanvasWork, Pair, SynergyWork
from simulator.comparing.cause import Cause, graded_in_words, score_in_words

_CENT = Decimal("0.01")
_CLEAR_IT = (
    "A score that was cleared in Canvas stays in Synergy: unlock the assignment there, save, empty the cell, "
    "and lock it again."
)
_DELETE_IT = "In Synergy turn its Third Party Readonly off, save, and delete it."


def unsynced(pairs: Iterable[Pair]) -> Iterator[Cause]:
    """What counts in Canvas, is not marked to sync, and is not in Synergy or stands otherwise there."""
    remedy = 'Check "Sync to Synergy" on it, save, and post grades.'
    for pair in pairs:
        here, there = pair.canvas, pair.synergy
        if here is None or here.is_marked or here.score is None:
            continue
        if there is None and here.counts:
            words = f'"{here.name}" counts in Canvas ({graded_in_words(here)}) and is not marked to sync.'
        elif there is not None and pair.counts_somewhere and any(_differences(here, there)):
            words = f'"{here.name}" is not marked to sync any more, so nothing of it reaches Synergy.'
        else:
            continue
        yield Cause(catalogue.TOTALS_MISMATCH_UNSYNCED, here.name, words, remedy)


def orphaned(pairs: Iterable[Pair]) -> Iterator[Cause]:
    """What counts in Synergy and is not in Canvas's gradebook."""
    for pair in pairs:
        there = pair.synergy
        if pair.canvas is not None or pair.is_copy or there is None or not there.counts:
            continue
        if there.is_from_canvas:
            words = f'"{there.name}" counts in Synergy; in Canvas it was deleted, unpublished or renamed.'
            remedy = f"{_DELETE_IT} If it was only renamed, post a changed score of it instead."
        else:
            words = f'"{there.name}" was made in Synergy and counts there; Canvas does not have it.'
            remedy = 'Give it the category "Not For Grading" in Synergy, or make and grade it in Canvas.'
        yield Cause(catalogue.TOTALS_MISMATCH_ORPHAN, there.name, words, remedy)


def duplicated(pairs: Iterable[Pair]) -> Iterator[Cause]:
    """What counts in Synergy more often than in Canvas."""
    for pair in pairs:
        if pair.is_copy and pair.synergy is not None and pair.synergy.counts:
            words = f'"{pair.name}" is in Synergy once more than in Canvas, and every copy counts.'
            yield Cause(catalogue.DUPLICATES_DELETE, pair.name, words, _DELETE_IT)


def ungraded(pairs: Iterable[Pair]) -> Iterator[Cause]:
    """What one book leaves blank and the other counts."""
    for pair in pairs:
        here, there = pair.canvas, pair.synergy
        if here is None:
            continue
        if here.is_blank and here.counts and not pair.counts_in_synergy:
            words = f'"{here.name}" is not graded; Canvas counts a zero ("View ungraded as zero").'
            remedy = 'Turn "View ungraded as zero" off, or enter the zero in Canvas and post grades.'
        elif here.is_blank and there is not None and there.counts and there.score in (None, 0):
            counted = f"{there.earned} of {there.points:g}"
            words = f'"{here.name}" is blank in Canvas, which leaves it out; Synergy counts {counted}.'
            remedy = (
                "Enter the score in Canvas, or turn on its policy for missing work, and post grades; or "
                "empty the cell in Synergy."
            )
        elif here.is_missing and here.counts and not pair.counts_in_synergy:
            counted = graded_in_words(here)
            words = f'"{here.name}" is missing: Canvas counts {counted} for it, Synergy leaves it out.'
            remedy = "Post grades, or turn the policy for missing work off in Canvas."
        else:
            continue
        yield Cause(catalogue.TOTALS_MISMATCH_UNGRADED, here.name, words, remedy)


def stale(pairs: Iterable[Pair], *, groups_matter: bool) -> Iterator[Cause]:
    """What stands otherwise in Synergy than in Canvas, or never came.

    Args:
        pairs: The assignments of both books.
        groups_matter: Whether one of the books weighs several groups, so that it matters where work is.
    """
    for pair in pairs:
        here, there = pair.canvas, pair.synergy
        if here is None or not pair.counts_somewhere:
            continue
        if there is not None:
            told = [*_differences(here, there), *(_other_group(here, there) if groups_matter else ())]
            words = f'"{here.name}" is {"; ".join(told)}.' if told else ""
            remedy = "Post grades; if it stays so, change a score of it and post again, or run a remaster."
            if here.is_blank:
                remedy = f"{remedy} {_CLEAR_IT}"
        else:
            arrives = here.is_marked and here.score is not None
            words = f'"{here.name}" counts in Canvas and never came to Synergy.' if arrives else ""
            remedy = "Post grades; if the report says that it was sent already, run a remaster."
        if words:
            yield Cause(catalogue.TOTALS_MISMATCH_STALE, here.name, words, remedy)


def unruled(pairs: Iterable[Pair]) -> Iterator[Cause]:
    """What one book counts and the other does not, or for other points, and no rule tells of."""
    remedy = "Compare drop rules, categories, Points with Max Score, score types and penalties."
    for pair in pairs:
        here, there = pair.canvas, pair.synergy
        if here is None or there is None or not pair.counts_somewhere:
            continue
        if here.counts and there.counts and there.points == here.possible and there.earned == _earned(here):
            continue
        words = (
            f'"{here.name}" is {here.standing.replace("_", " ")} in Canvas ({graded_in_words(here)}) and '
            f"{there.standing.replace('_', ' ')} in Synergy ({there.earned} of {there.points:g})."
        )
        yield Cause(None, here.name, words, remedy)


def _differences(here: CanvasWork, there: SynergyWork) -> Iterator[str]:
    """What of an assignment and its cell Synergy has otherwise than Canvas."""
    if here.is_excused != there.is_excused:
        yield "excused in Canvas alone" if here.is_excused else "excused in Synergy alone"
    elif not here.is_excused and here.score != there.score and not isinstance(there.score, str):
        yield f"{score_in_words(here.score)} in Canvas and {score_in_words(there.score)} in Synergy"
    if here.possible != there.max_score:
        yield f"out of {here.possible:g} in Canvas and of {there.max_score:g} in Synergy"


def _other_group(here: CanvasWork, there: SynergyWork) -> Iterator[str]:
    if here.group != there.type:
        yield f'in the group "{here.group}" in Canvas and of the type "{there.type}" in Synergy'


def _earned(here: CanvasWork) -> Decimal:
    """The points of a grade as Synergy shows points."""
    return Decimal(repr(here.score or 0.0)).quantize(_CENT, ROUND_HALF_UP)
