"""What one assignment is worth to one student, and whether it counts at all.

Points are worth what they are, unrounded: a score of 11.5 out of Max Score 13, with Points 10, earns 8.846...
(the gradebook shows 8.85). Nothing is capped: 20 of 18 counts in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from simulator.synergy.totals.book import Entry, Item
from simulator.synergy.totals.exact import NOTHING, exact, scaled
from simulator.synergy.totals.policy import TotalsPolicy
from simulator.synergy.totals.result import Standing

_EMPTY = Entry()


@dataclass(frozen=True, slots=True)
class Worth:
    """An assignment for a student. `earned` is None where there is nothing to see in the cell."""

    item: Item
    standing: Standing
    earned: Fraction | None
    possible: Fraction

    @property
    def points(self) -> Fraction:
        """What is earned, as a number."""
        return NOTHING if self.earned is None else self.earned


def worth_of(item: Item, entry: Entry | None, policy: TotalsPolicy) -> Worth:
    """What stands in the cell, in points.

    An excused assignment and one that is not for grading keep their points to look at and do not count.
    """
    cell = entry or _EMPTY
    earned, standing = _earned(item, cell, policy)
    if cell.excused:
        standing = "excused"
    elif item.category == "not_for_grading":
        standing = "not_for_grading"
    return Worth(item, standing, earned, _possible(item, policy))


def _possible(item: Item, policy: TotalsPolicy) -> Fraction:
    if item.category == "extra_credit" and policy.extra_credit_possible == "ignored":
        return NOTHING
    return _points(item)


def _points(item: Item) -> Fraction:
    return exact(item.points) if item.points else NOTHING


def _earned(item: Item, cell: Entry, policy: TotalsPolicy) -> tuple[Fraction | None, Standing]:
    if cell.score is None or (cell.unfinished and policy.unfinished_score == "left_out"):
        percent = _not_scored_percent(cell, policy)
        return (None, "not_scored") if percent is None else (_part_of(percent, _points(item)), "counted")
    earned = _by_score_type(item, cell.score, policy)
    if earned is None:
        return None, "unknown_mark"
    return _after_penalty(earned, cell.penalty_percent, item, policy), "counted"


def _not_scored_percent(cell: Entry, policy: TotalsPolicy) -> Decimal | None:
    """What an empty cell is worth by its comment, whose own value goes before the one of missing work."""
    if cell.not_scored_percent is not None:
        return cell.not_scored_percent
    return policy.missing_percent if cell.missing else None


def _by_score_type(item: Item, score: Decimal | str, policy: TotalsPolicy) -> Fraction | None:
    """The points of a mark, or None where the mark is worth nothing that anybody knows."""
    if item.score_type is not None:
        percent = item.score_type.percent_of(score)
        if percent is not None:
            return _part_of(percent, _points(item))
        if policy.unknown_mark == "not_counted":
            return None
    return None if isinstance(score, str) else _by_max_score(item, score, policy)


def _by_max_score(item: Item, score: Decimal, policy: TotalsPolicy) -> Fraction:
    """Score / Max Score * Points. Where there is nothing to scale by, the score is the points."""
    if score < 0 and policy.negative_score == "as_zero":
        return NOTHING
    if not item.points:
        return exact(score) if policy.zero_points_item == "adds_score" else NOTHING
    if not item.max_score or item.max_score == item.points:
        return exact(score)
    return scaled(score, item.max_score, item.points)


def _after_penalty(earned: Fraction, percent: Decimal, item: Item, policy: TotalsPolicy) -> Fraction:
    """The points less the penalty of the comment code, which never takes more than there is."""
    if not percent or earned <= 0:
        return earned
    base = earned if policy.penalty_base == "score" else _points(item)
    return max(NOTHING, earned - _part_of(percent, base))


def _part_of(percent: Decimal, whole: Fraction) -> Fraction:
    return whole * exact(percent) / 100
