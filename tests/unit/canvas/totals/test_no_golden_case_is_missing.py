"""The golden cases are 57, each once, and each is a test whose id names it.

The modules are imported, not their tests: pytest would run a test again wherever its name is.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.canvas.totals import test_golden_drops, test_golden_periods, test_golden_totals
from tests.unit.canvas.totals.builders import Case

SERIES: tuple[tuple[Callable[[Case], None], list[Case], str, int], ...] = (
    (test_golden_totals.test_golden_totals, test_golden_totals.CASES, "G", 30),
    (test_golden_drops.test_golden_drops, test_golden_drops.CASES, "D", 16),
    (test_golden_periods.test_golden_periods, test_golden_periods.CASES, "P", 11),
)


def ids_of(golden: Callable[[Case], None]) -> list[str]:
    """The ids under which pytest runs a test."""
    (mark,) = golden.pytestmark  # type: ignore[attr-defined]
    named: Callable[[Any], str] = mark.kwargs["ids"]
    return [named(value) for value in mark.args[1]]


def test_there_are_57_golden_cases() -> None:
    assert len({name for golden, *_rest in SERIES for name in ids_of(golden)}) == 57


@pytest.mark.parametrize(("golden", "cases", "letter", "count"), SERIES, ids=["totals", "drops", "periods"])
def test_every_golden_case_is_a_test_that_its_id_names(
    golden: Callable[[Case], None], cases: list[Case], letter: str, count: int
) -> None:
    assert ids_of(golden) == [f"{letter}{number:02}" for number in range(1, count + 1)]
    assert all(each.checks and all(some.expected for some in each.checks) for each in cases)
