"""Who has an assignment to do, and by when.

Source: Canvas source, effective due dates; Instructure's documentation of assignment overrides. What lives
here: what a student's row needs to know of its assignment's dates. What must never be here: a grade. What
bites: an assignment's own date is only where one starts from; ask `Assignees` for a student's. And whoever is
not assigned has no row, but gets the old one back, grade and all, when they are assigned again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from simulator.canvas.model import Assignment, AssignmentOverride
from simulator.canvas.rules.totals import DueOverride, effective_due_at

OverrideRank: TypeAlias = Literal["individual_first", "alike"]
"""Whether a student's own override beats that of their section, or the later of the two dates holds."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What overrides make of an assignment for one student.

    Attributes:
        is_assigned: Whether the student has it to do.
        due_at: By when.
        unlock_at: From when on work is taken, None for always.
        lock_at: Until when, None for always.
    """

    is_assigned: bool
    due_at: datetime | None
    unlock_at: datetime | None = None
    lock_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignees:
    """The students of one assignment.

    Attributes:
        base_due_at: When it is due for whoever has no date of their own.
        is_for_everyone: Whether those whom no override names have it to do.
        own: What holds for those whom an override names, by user id.
    """

    base_due_at: datetime | None
    is_for_everyone: bool = True
    own: Mapping[int, Assigned] = field(default_factory=dict)

    @property
    def are_all_alike(self) -> bool:
        """Whether everybody has it to do, and by the same date."""
        return self.is_for_everyone and not self.own

    def due_at_for(self, user_id: int) -> datetime | None:
        """When this student has to be done, None where that is never."""
        found = self.own.get(user_id)
        return self.base_due_at if found is None else found.due_at

    def assigned(self, user_id: int) -> Assigned:
        """What holds for this student."""
        return self.own.get(user_id) or Assigned(self.is_for_everyone, self.base_due_at)

    def assignment_for(self, assignment: Assignment, user_id: int) -> Assignment:
        """The assignment with the dates that it has for this student."""
        found = self.own.get(user_id)
        if found is None:
            return assignment
        return replace(assignment, due_at=found.due_at, unlock_at=found.unlock_at, lock_at=found.lock_at)

    def includes(self, user_id: int) -> bool:
        """Whether this student has it to do."""
        found = self.own.get(user_id)
        return self.is_for_everyone if found is None else found.is_assigned

    def among(self, user_ids: Iterable[int]) -> Iterable[int]:
        """Those of these students who have it to do, in their order."""
        return user_ids if self.are_all_alike else [each for each in user_ids if self.includes(each)]

    def dates_among(self, user_ids: Iterable[int]) -> frozenset[datetime | None]:
        """Every date by which one of these students has to be done; the common one where all are alike."""
        if self.are_all_alike:
            return frozenset({self.base_due_at})
        return frozenset(self.due_at_for(each) for each in self.among(user_ids))


def assignees_of(
    assignment: Assignment,
    overrides: Iterable[AssignmentOverride],
    students_in: Callable[[int], Iterable[int]],
    *,
    rank: OverrideRank,
) -> Assignees:
    """Who has an assignment to do.

    Args:
        assignment: The assignment.
        overrides: Its overrides.
        students_in: Gives the user ids of the students of a section, by its id.
        rank: Which of a student's several overrides gives the date. Whether they have it to do at all, their
            own says first, whatever the rank: to take a student out is what it is for.
    """
    all_of_them = tuple(overrides)
    found: dict[int, tuple[int, ...]] = {}
    for number, each in enumerate(all_of_them):
        named = each.student_ids if each.section_id is None else students_in(each.section_id)
        for user_id in named:
            found[user_id] = (*found.get(user_id, ()), number)
    come_to = {
        numbers: _assigned(assignment, [all_of_them[each] for each in numbers], rank)
        for numbers in set(found.values())
    }  # once for a whole section, not for each of its students
    own = {user_id: come_to[numbers] for user_id, numbers in found.items()}
    return Assignees(assignment.due_at, not assignment.only_visible_to_overrides, own)


def _assigned(assignment: Assignment, mine: list[AssignmentOverride], rank: OverrideRank) -> Assigned:
    """What several overrides of one student come to; the assignment's own dates lose to all of them."""
    dated = _setting("due_at", mine, rank) or _first_of(mine, rank)
    due_at = effective_due_at(
        assignment.due_at, [DueOverride(each.due_at, sets_due_at="due_at" in each.sets) for each in dated]
    )
    opens = [each.unlock_at for each in _setting("unlock_at", mine, rank)] or [assignment.unlock_at]
    closes = [each.lock_at for each in _setting("lock_at", mine, rank)] or [assignment.lock_at]
    return Assigned(
        is_assigned=_has_it(mine),
        due_at=due_at,
        unlock_at=None if None in opens else min(each for each in opens if each is not None),
        lock_at=None if None in closes else max(each for each in closes if each is not None),
    )


def _has_it(mine: list[AssignmentOverride]) -> bool:
    """Whether a student has it to do: what names them says first, whatever the dates; then their sections."""
    own = [each for each in mine if each.is_adhoc]
    return not any(each.unassigns for each in own) if own else not all(each.unassigns for each in mine)


def _setting(name: str, mine: list[AssignmentOverride], rank: OverrideRank) -> list[AssignmentOverride]:
    """Those of a student's overrides that decide about a date, none where no override sets it."""
    return _first_of([each for each in mine if name in each.sets], rank)


def _first_of(mine: list[AssignmentOverride], rank: OverrideRank) -> list[AssignmentOverride]:
    """Those that rank first."""
    own = [each for each in mine if each.is_adhoc] if rank == "individual_first" else []
    return own or mine
