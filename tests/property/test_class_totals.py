"""Made-up gradebooks of Synergy: what holds for a class total, whatever the scores are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.synergy.totals import (
    AssignmentType,
    ClassTotal,
    Entry,
    Item,
    TotalsPolicy,
    class_total,
)

TYPES = ("A", "B", "C")
FIRST_DAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Book:
    """A class and one student's cells."""

    items: tuple[Item, ...]
    entries: dict[int, Entry]
    types: tuple[AssignmentType, ...]
    policy: TotalsPolicy

    def total(self) -> ClassTotal:
        return class_total(self.items, self.entries, self.types, None, self.policy)


def decimals(top: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, top, places=2)


@st.composite
def books(draw: st.DrawFn) -> Book:
    count = draw(st.integers(0, 8))
    items = tuple(
        Item(
            number=number,
            type_id=draw(st.sampled_from(TYPES)),
            max_score=draw(decimals(30)),
            points=draw(st.one_of(st.none(), decimals(30))),
            assigned_on=FIRST_DAY + timedelta(days=draw(st.integers(0, 3))),
            category=draw(st.sampled_from(["normal", "normal", "normal", "extra_credit", "not_for_grading"])),
        )
        for number in range(count)
    )
    cells = st.one_of(
        st.builds(Entry, score=decimals(40)),
        st.builds(Entry, missing=st.just(True)),
        st.builds(Entry, score=decimals(40), excused=st.just(True)),
    )
    entries = {item.number: draw(cells) for item in items if draw(st.booleans()) or item.number % 2}
    types = tuple(AssignmentType(name, name, draw(decimals(60)), draw(st.integers(0, 2))) for name in TYPES)
    return Book(items, entries, types, draw(policies))


policies = st.builds(
    TotalsPolicy,
    method=st.sampled_from(["weighted", "points"]),
    class_rounding=st.booleans(),
    decimals=st.sampled_from([0, 1, 2]),
    drop_order=st.sampled_from(["percent", "points"]),
    drop_tie=st.sampled_from(["older", "newer"]),
    drop_keeps_one=st.booleans(),
    missing_percent=st.sampled_from([None, Decimal(0), Decimal(50)]),
    extra_credit_only_type=st.sampled_from(["ignored", "keeps_weight"]),
)


def in_any_order(total: ClassTotal) -> ClassTotal:
    return replace(total, items=tuple(sorted(total.items, key=lambda row: row.number)))


def percents_of(total: ClassTotal) -> dict[str, Decimal]:
    return {row.type_id: row.percentage for row in total.types if row.percentage is not None}


@given(books(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_assignments_does_not_matter(book: Book, chance: object) -> None:
    shuffled = list(book.items)
    shuffle: Callable[[list[Item]], None] = chance.shuffle  # type: ignore[attr-defined]
    shuffle(shuffled)
    other = replace(book, items=tuple(shuffled)).total()
    assert in_any_order(other) == in_any_order(book.total())


@given(books(), st.sampled_from(TYPES), decimals(40), decimals(30))
@settings(deadline=None)
def test_one_more_excused_assignment_changes_nothing(
    book: Book, kind: str, score: Decimal, points: Decimal
) -> None:
    extra = Item(99, kind, points, points, FIRST_DAY)
    more = replace(
        book, items=(*book.items, extra), entries={**book.entries, 99: Entry(score, excused=True)}
    ).total()
    assert replace(more, items=more.items[:-1]) == book.total()
    assert more.items[-1].standing == "excused"


@given(books(), st.sampled_from([Decimal("0.5"), Decimal(2), Decimal(7)]))
@settings(deadline=None)
def test_weights_that_are_scaled_alike_change_nothing(book: Book, factor: Decimal) -> None:
    scaled = tuple(replace(kind, weight=kind.weight * factor) for kind in book.types)
    mine, other = book.total(), replace(book, types=scaled).total()
    assert (other.exact, other.raw, other.mark) == (mine.exact, mine.raw, mine.mark)
    assert [row.share for row in other.types] == [row.share for row in mine.types]


@given(books())
@settings(deadline=None)
def test_a_type_without_counted_points_can_be_taken_away(book: Book) -> None:
    policy = replace(book.policy, method="weighted", extra_credit_only_type="ignored")
    mine = replace(book, policy=policy).total()
    empty = {row.type_id for row in mine.types if row.percentage is None}
    assume(empty)
    left = tuple(kind for kind in book.types if kind.id not in empty)
    other = replace(book, policy=policy, types=left).total()
    assert (other.exact, other.raw, other.mark) == (mine.exact, mine.raw, mine.mark)
    assert [row for row in mine.types if row.type_id not in empty] == list(other.types)


@given(books())
@settings(deadline=None)
def test_the_shares_of_a_weighted_total_add_up_to_a_hundred_and_it_lies_among_its_types(book: Book) -> None:
    policy = replace(book.policy, method="weighted", extra_credit_only_type="ignored", decimals=2)
    total = replace(book, policy=policy).total()
    if total.exact is None:
        assert total.mark == "N/A"
        return
    shares = [row.share for row in total.types if row.share is not None]
    assert abs(sum(shares, Decimal(0)) - 100) <= Decimal("0.02")
    percents = percents_of(total).values()
    assert min(percents) <= total.raw <= max(percents) + Decimal("0.01")


@given(books())
@settings(deadline=None)
def test_dropping_the_lowest_percents_never_lowers_a_type(book: Book) -> None:
    dropping = replace(book, policy=replace(book.policy, drop_order="percent"))
    keeping = replace(dropping, types=tuple(replace(kind, drop_lowest=0) for kind in book.types))
    whole = percents_of(keeping.total())
    for name, percent in percents_of(dropping.total()).items():
        assert percent >= whole[name]
