"""Which work enters which of a student's four totals, and with how many points.

Source: Canvas source, grade calculator. What lives here: the work as it stands for one student, and the order
in which Canvas hides, leaves out and zeroes it. What must never be here: groups, weights, periods. What
bites: hiding comes first, so what is not posted is "not done" to the posted totals even where it is excused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from simulator.canvas.rules.totals.policy import TotalsPolicy
from simulator.canvas.rules.totals.rounding import exact, exact_possible


@dataclass(frozen=True, slots=True)
class Item:
    """One assignment as it stands for one student.

    Attributes:
        possible: Points possible; None counts as 0.
        score: Points after the late or missing policy; None is ungraded, and so is moderated work whose
            final grade nobody chose yet.
        is_posted: Whether the student may see the grade: `posted_at` is there.
        is_pending_review: Whether a quiz waits for its teacher: `workflow_state` is pending_review.
        has_submission: Whether the student has a row on it at all, if only a placeholder.
        is_published: Published, and not deleted.
        is_gradeable: Neither `not_graded` nor a wiki page.
        is_assigned: Whether it is assigned to this student.
        is_omitted: `omit_from_final_grade`.
        has_unposted_anonymous: Whether anybody's anonymous submission on it is not posted yet.
        due_at: When it is due for this student (`due_dates.effective_due_at`), None without a due date.
        what_if: A score that the student tries out, only where what-if totals were asked for.
    """

    id: int
    group_id: int
    possible: float | None = 0.0
    score: float | None = None
    is_excused: bool = False
    is_posted: bool = True
    is_pending_review: bool = False
    has_submission: bool = True
    is_published: bool = True
    is_gradeable: bool = True
    is_assigned: bool = True
    is_omitted: bool = False
    has_unposted_anonymous: bool = False
    due_at: datetime | None = None
    what_if: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the four ways to look at a student's work."""

    hidden_too: bool
    ungraded_as_zero: bool


CURRENT = Reading(hidden_too=False, ungraded_as_zero=False)
FINAL = Reading(hidden_too=False, ungraded_as_zero=True)
UNPOSTED_CURRENT = Reading(hidden_too=True, ungraded_as_zero=False)
UNPOSTED_FINAL = Reading(hidden_too=True, ungraded_as_zero=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """An item that counts: floats to rate it by, decimals to add it up by."""

    id: int
    group_id: int
    score: float
    possible: float
    earned: Decimal
    worth: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that can count in some total, with the forms in which it does: by its score, or as a zero."""

    item: Item
    scored: Counted | None
    zero: Counted


def entering(items: Iterable[Item], policy: TotalsPolicy) -> tuple[Entry, ...]:
    """The items that can count in any total at all, by id."""
    found = [
        item
        for item in items
        if item.is_published
        and item.is_gradeable
        and item.is_assigned
        and not item.is_omitted
        and not (item.has_unposted_anonymous and policy.ignores_unposted_anonymous)
    ]
    return tuple(_entry(item) for item in sorted(found, key=lambda item: item.id))


def counted(
    entries: Iterable[Entry], reading: Reading, *, is_concluded: bool, policy: TotalsPolicy
) -> tuple[Counted, ...]:
    """What counts under a reading; `is_concluded` if every enrollment of the student has ended."""
    found = (_form(each, reading, is_concluded=is_concluded, policy=policy) for each in entries)
    return tuple(each for each in found if each is not None)


def _entry(item: Item) -> Entry:
    score = item.score if item.what_if is None else item.what_if
    possible = float(item.possible or 0.0)
    worth = exact_possible(possible)

    def form(points: float) -> Counted:
        return Counted(item.id, item.group_id, float(points), possible, exact(points), worth)

    return Entry(item, scored=None if score is None else form(score), zero=form(0.0))


def _form(entry: Entry, reading: Reading, *, is_concluded: bool, policy: TotalsPolicy) -> Counted | None:
    """The form in which an item counts, None where it does not."""
    item = entry.item
    if item.what_if is not None:
        return entry.scored
    is_seen = _is_seen(item, reading)
    if not is_seen and is_concluded:
        return None
    if item.is_excused and (is_seen or policy.hidden_excuse == "left_out"):
        return None
    if is_seen and entry.scored is not None:
        return entry.scored
    return entry.zero if reading.ungraded_as_zero else None


def _is_seen(item: Item, reading: Reading) -> bool:
    """Whether the submission is there at all under a reading."""
    return (
        item.has_submission
        and (item.is_posted or reading.hidden_too)
        and (not item.is_pending_review or reading.ungraded_as_zero)
    )
