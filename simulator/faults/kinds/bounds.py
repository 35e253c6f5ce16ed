"""What the fields of a fault may be, and how a fault that cannot be planned says so."""

from __future__ import annotations

SECONDS_MAX = 86_400.0
"""A day: no client waits longer."""
EXCHANGES_MAX = 10_000
"""So many exchanges does one storm or one restart take at most."""
PIECES_MAX = 1_000
ROWS_MAX = 10_000
WORDS_CHARACTERS_MAX = 2_000


class FaultError(ValueError):
    """A fault cannot be planned so. The message names the field and says what it may be."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


def within(field: str, value: float, low: float, high: float, unit: str = "") -> None:
    """Hold a number to its range, or raise a `FaultError`."""
    if not low <= value <= high:
        raise FaultError(
            field, f"must be from {low:g} to {high:g}{f' {unit}' if unit else ''}, not {value:g}"
        )


def one_of(field: str, value: object, allowed: tuple[object, ...]) -> None:
    """Hold a value to those that there are, or raise a `FaultError`."""
    if value not in allowed:
        raise FaultError(field, f"must be one of {', '.join(map(str, allowed))}, not {value}")
