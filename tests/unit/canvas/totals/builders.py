"""A student's work and a course's setup in few words, and totals looked up by path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

from simulator.canvas.rules.totals import (
    ColumnView,
    DropRules,
    FourTotals,
    GradingSetup,
    Group,
    Item,
    Period,
    Totals,
    TotalsPolicy,
    total_column,
    totals_of,
)

Numbers: TypeAlias = dict[str, float | None]

AUTUMN = Period(1, datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC))
WINTER = Period(2, datetime(2026, 10, 31, tzinfo=UTC), datetime(2027, 1, 31, tzinfo=UTC))
IN_AUTUMN = datetime(2026, 9, 14, tzinfo=UTC)
IN_WINTER = datetime(2026, 11, 16, tzinfo=UTC)
IN_SUMMER = datetime(2026, 7, 1, tzinfo=UTC)


def an_item(
    number: int, score: float | None, possible: float | None, group: int = 1, **fields: object
) -> Item:
    """Posted work of a group; a score of None is ungraded."""
    return replace(Item(number, group, possible, score), **fields)  # type: ignore[arg-type]


def work(*rows: tuple[float | None, float | None], group: int = 1, start: int = 1) -> list[Item]:
    """Posted work of one group, as pairs of score and possible, with ids in order."""
    return [an_item(number, score, possible, group) for number, (score, possible) in enumerate(rows, start)]


def in_groups(*groups: list[tuple[float | None, float | None]]) -> list[Item]:
    """Posted work of groups 1, 2 and so on."""
    return [
        an_item(group * 100 + number, score, possible, group)
        for group, rows in enumerate(groups, 1)
        for number, (score, possible) in enumerate(rows, 1)
    ]


def points(groups: int = 1, **fields: object) -> GradingSetup:
    """A course that adds points up."""
    return replace(GradingSetup(tuple(Group(number) for number in range(1, groups + 1))), **fields)  # type: ignore[arg-type]


def weights(*percents: float | None, **fields: object) -> GradingSetup:
    """A course that weighs its groups 1, 2 and so on."""
    groups = tuple(Group(number, percent) for number, percent in enumerate(percents, 1))
    return replace(GradingSetup(groups, weighs_groups=True), **fields)  # type: ignore[arg-type]


def dropping(lowest: int = 0, highest: int = 0, never: tuple[int, ...] = ()) -> GradingSetup:
    """A course of one group that drops work."""
    return GradingSetup((Group(1, 0.0, DropRules(lowest, highest, frozenset(never))),))


def in_periods(setup: GradingSetup, *percents: float | None) -> GradingSetup:
    """The same course over autumn and winter; with weights a weighted set."""
    shares = percents or (None, None)
    periods = tuple(
        replace(period, weight=share) for period, share in zip((AUTUMN, WINTER), shares, strict=True)
    )
    return replace(setup, periods=periods, weighs_periods=bool(percents))


@dataclass(frozen=True)
class Check:
    """One input of a case and the numbers that it must give, by path."""

    items: list[Item]
    setup: GradingSetup
    expected: Numbers
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A golden case."""

    id: str
    checks: tuple[Check, ...]


def check(
    items: list[Item], setup: GradingSetup, expected: Mapping[str, float | None], **options: object
) -> Check:
    return Check(items, setup, dict(expected), options)


def case(name: str, *checks: Check) -> Case:
    return Case(name, checks)


def seen(given: Check) -> Numbers:
    """What the code gives at the paths that the check names.

    A path is `current`, `final.points`, `group 2 unposted_current`, `period 1 final`, or the Total column's
    `column`, `column final`, `column points` and `column possible`.
    """
    totals = totals_of(given.items, given.setup, **given.options)
    return {path: _look(path, totals, given) for path in given.expected}


def _look(path: str, totals: Totals, given: Check) -> float | None:
    if path.startswith("column"):
        return _look_at_column(path, given)
    words = path.split()
    row: FourTotals = totals.course
    if words[0] in ("group", "period"):
        rows = totals.groups if words[0] == "group" else totals.periods
        row = rows[int(words[1])]
    name, _dot, part = words[-1].partition(".")
    found: float | None = getattr(getattr(row, name), part or "score")
    return found


def _look_at_column(path: str, given: Check) -> float | None:
    view = ColumnView(ungraded_as_zero="final" in path)
    cell = total_column(given.items, given.setup, view, **given.options)
    part = next((word for word in ("points", "possible") if word in path), "score")
    found: float | None = getattr(cell, part)
    return found


FEATURE_OFF = TotalsPolicy(ignores_unposted_anonymous=False)
