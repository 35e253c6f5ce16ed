"""Why the two totals of a student differ, out of nothing but what both books show.

What lives here: who is asked, in the order in which a teacher looks: what is there, what stands in the cells,
which period, weights, rounding. What must never be here: a guess. A cause is told only where the books show
it; where what they show can have two causes both are told, and where it has none that is known, that is told.
"""

from __future__ import annotations

from simulator.comparing import cells, settings
from simulator.comparing.books import CanvasBook, SynergyBook, paired
from simulator.comparing.cause import Cause


def causes_of(canvas: CanvasBook, synergy: SynergyBook) -> tuple[Cause, ...]:
    """Every cause that the books show, with its remedy; nothing where the totals agree."""
    if canvas.total == synergy.total:
        return ()
    pairs = paired(canvas, synergy)
    named = (
        *cells.unsynced(pairs),
        *cells.orphaned(pairs),
        *cells.duplicated(pairs),
        *cells.ungraded(pairs),
        *cells.stale(pairs, groups_matter=_groups_matter(canvas, synergy)),
        *settings.filtered(pairs, canvas, synergy),
        *settings.not_ticked(pairs, synergy),
        *settings.weighed_otherwise(pairs, canvas, synergy),
        *settings.rounded_otherwise(synergy),
    )
    explained = {cause.about for cause in named}
    rest = cells.unruled(pair for pair in pairs if pair.name not in explained)
    return (*named, *rest) or (_NOTHING_KNOWN,)


def _groups_matter(canvas: CanvasBook, synergy: SynergyBook) -> bool:
    """Whether it is not all the same in which group a piece of work is."""
    groups = {each.group for each in canvas.work if each.counts}
    types = {each.type for each in synergy.work if each.counts}
    return (canvas.weights is not None and len(groups) > 1) or (
        synergy.weights is not None and len(types) > 1
    )


_NOTHING_KNOWN = Cause(
    rule=None,
    about="",
    words="The totals differ, although both books count the same work for the same points and weights.",
    remedy="Compare how each of the two rounds on its way to the total.",
)
