"""Whose an assignment is and by when, out of its overrides: the rule alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulator.canvas.model import Assignment, AssignmentOverride
from simulator.canvas.rules.assigning import Assignees, OverrideRank, assignees_of

NOW = datetime(2026, 9, 14, tzinfo=UTC)
BASE, SOON, LATER = (NOW + timedelta(days=days) for days in (2, 1, 5))
ADA, BEN, CAY = 11, 12, 13
ROOM = 7
MEMBERS = {ROOM: (ADA, BEN)}


def assignees(*overrides: AssignmentOverride, rank: OverrideRank = "alike", **fields: object) -> Assignees:
    quiz = Assignment(1, 1, 1, "Quiz", 1, NOW, NOW, **{"due_at": BASE, **fields})  # type: ignore[arg-type]
    return assignees_of(quiz, overrides, lambda section: MEMBERS[section], rank=rank)


def for_room(due_at: datetime | None = SOON, **fields: object) -> AssignmentOverride:
    return AssignmentOverride(1, 1, "", ROOM, (), ("due_at",), due_at, **fields)  # type: ignore[arg-type]


def for_ada(due_at: datetime | None = SOON, number: int = 2, **fields: object) -> AssignmentOverride:
    wanted = {"sets": ("due_at",), "due_at": due_at, **fields}
    return AssignmentOverride(number, 1, "", None, (ADA,), **wanted)  # type: ignore[arg-type]


def test_without_overrides_everybody_has_the_same_date() -> None:
    found = assignees()
    assert (found.are_all_alike, found.due_at_for(ADA), found.includes(ADA)) == (True, BASE, True)
    assert found.dates_among([]) == {BASE}


def test_a_section_has_its_own_date_and_the_others_the_common_one() -> None:
    found = assignees(for_room())
    assert [found.due_at_for(each) for each in (ADA, BEN, CAY)] == [SOON, SOON, BASE]
    assert found.dates_among([ADA, BEN]) == {SOON}
    assert not found.are_all_alike


def test_what_is_only_for_overrides_is_nobody_elses() -> None:
    found = assignees(for_room(), only_visible_to_overrides=True)
    assert list(found.among([ADA, BEN, CAY])) == [ADA, BEN]
    assert list(assignees(only_visible_to_overrides=True).among([ADA])) == []


def test_an_override_that_sets_no_date_assigns_and_leaves_the_date() -> None:
    lock_only = AssignmentOverride(1, 1, "", ROOM, (), ("lock_at",), lock_at=LATER)
    found = assignees(lock_only, only_visible_to_overrides=True)
    assert (found.due_at_for(ADA), found.includes(ADA), found.includes(CAY)) == (BASE, True, False)


def test_the_later_of_a_students_date_and_the_sections_holds() -> None:
    assert assignees(for_room(LATER), for_ada(SOON)).due_at_for(ADA) == LATER
    assert assignees(for_room(SOON), for_ada(LATER)).due_at_for(ADA) == LATER


def test_where_a_students_own_date_comes_first_it_beats_the_sections_even_where_it_is_earlier() -> None:
    both = (for_room(LATER), for_ada(SOON))
    assert assignees(*both, rank="individual_first").due_at_for(ADA) == SOON
    assert assignees(*both, rank="individual_first").due_at_for(BEN) == LATER


def test_a_sections_date_beats_an_override_of_ones_own_without_a_date() -> None:
    dateless = for_ada(None, sets=("unlock_at",), unlock_at=NOW)
    assert assignees(for_room(LATER), dateless).due_at_for(ADA) == LATER


def test_no_due_date_is_the_latest_of_all() -> None:
    assert assignees(for_room(None)).due_at_for(ADA) is None
    assert assignees(for_room(SOON), for_ada(None)).due_at_for(ADA) is None


def test_whoever_is_unassigned_has_it_not_while_the_section_has() -> None:
    found = assignees(for_room(), for_ada(SOON, unassigns=True))
    assert (found.includes(ADA), found.includes(BEN)) == (False, True)
    assert found.assigned(ADA).is_assigned is False


def test_what_names_a_student_says_first_whether_they_have_it_with_dates_or_without() -> None:
    out = for_ada(None, sets=(), unassigns=True)
    assert not assignees(for_room(), out).includes(ADA)
    assert not assignees(out).includes(ADA)
    inside = for_ada(None, sets=("lock_at",), lock_at=LATER)
    both = assignees(for_room(LATER, unassigns=True), inside)
    assert (both.includes(ADA), both.includes(BEN)) == (True, False)


def test_work_is_taken_between_the_dates_of_ones_own_override() -> None:
    quiz = Assignment(1, 1, 1, "Quiz", 1, NOW, NOW, due_at=BASE, unlock_at=NOW, lock_at=LATER)
    closing = for_ada(None, sets=("lock_at",), lock_at=SOON)
    found = assignees(closing, unlock_at=NOW, lock_at=LATER)
    mine, others = found.assignment_for(quiz, ADA), found.assignment_for(quiz, BEN)
    assert (mine.due_at, mine.unlock_at, mine.lock_at) == (BASE, NOW, SOON)
    assert others == quiz


def test_of_several_sections_the_most_lenient_dates_hold() -> None:
    quiz = Assignment(1, 1, 1, "Quiz", 1, NOW, NOW)
    dates = ("unlock_at", "lock_at")
    rooms = [
        AssignmentOverride(1, 1, "", ROOM, (), dates, unlock_at=SOON, lock_at=BASE),
        AssignmentOverride(2, 1, "", 8, (), dates, unlock_at=NOW, lock_at=SOON),
    ]
    mine = assignees_of(quiz, rooms, lambda _section: (ADA,), rank="alike").assignment_for(quiz, ADA)
    assert (mine.unlock_at, mine.lock_at) == (NOW, BASE)
    rooms.append(AssignmentOverride(3, 1, "", 9, (), dates))
    free = assignees_of(quiz, rooms, lambda _section: (ADA,), rank="alike").assignment_for(quiz, ADA)
    assert (free.unlock_at, free.lock_at) == (None, None)


def test_whoever_is_taken_out_by_name_is_out_whatever_date_the_section_has() -> None:
    for date in (SOON, LATER):
        both = (for_room(date), for_ada(SOON, unassigns=True))
        assert not assignees(*both).includes(ADA)
        assert assignees(*both).includes(BEN)
        assert not assignees(*both, rank="individual_first").includes(ADA)
