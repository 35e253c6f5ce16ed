"""What an edit makes of a late policy: its new value, or the faults for which Canvas refuses it.

Source: Canvas source, late policy model and its table; Canvas API documentation, "Late Policy". Percentages
are from 0 to 100 and kept to the hundredth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from simulator.canvas.model import LatePolicy
from simulator.canvas.params import as_flag, as_number, as_text
from simulator.canvas.rack import Params, Value
from simulator.canvas.rules.assignments import Fault

INTERVALS = ("day", "hour")
_PERCENT_MAX = 100
_CENT = Decimal("0.01")

FIELDS = {
    "missing_submission_deduction_enabled": "missing_enabled",
    "missing_submission_deduction": "missing_deduction",
    "late_submission_deduction_enabled": "late_enabled",
    "late_submission_deduction": "late_deduction",
    "late_submission_interval": "late_interval",
    "late_submission_minimum_percent_enabled": "minimum_enabled",
    "late_submission_minimum_percent": "minimum_percent",
}
"""Canvas's names, and ours."""


def revise_late_policy(policy: LatePolicy, wanted: Params) -> tuple[LatePolicy, tuple[Fault, ...]]:
    """Apply the fields of `wanted` that are there; with faults, nothing is saved."""
    faults: list[Fault] = []
    decided: dict[str, Any] = {}
    for name, field in FIELDS.items():
        if name not in wanted:
            continue
        value, fault = _READ.get(name, _percentage)(name, wanted[name])
        faults += [fault] if fault else []
        decided[field] = value
    return replace(policy, **({} if faults else decided)), tuple(faults)


def _switch(_name: str, value: Value) -> tuple[bool, Fault | None]:
    return as_flag(value), None


def _interval(name: str, value: Value) -> tuple[str | None, Fault | None]:
    text = as_text(value)
    fault = None if text in INTERVALS else Fault(name, name, "is not included in the list", "inclusion")
    return text, fault


def _percentage(name: str, value: Value) -> tuple[float, Fault | None]:
    number = None if isinstance(value, bool) else as_number(value)
    if number is None:
        return 0.0, Fault(name, name, "is not a number", "not_a_number")
    if number < 0:
        return number, Fault(name, name, "must be greater than or equal to 0", "greater_than_or_equal_to")
    if number > _PERCENT_MAX:
        return number, Fault(
            name, name, f"must be less than or equal to {_PERCENT_MAX}", "less_than_or_equal_to"
        )
    return float(Decimal(repr(number)).quantize(_CENT, ROUND_HALF_UP)), None


_READ: dict[str, Callable[[str, Value], tuple[Any, Fault | None]]] = {
    "missing_submission_deduction_enabled": _switch,
    "late_submission_deduction_enabled": _switch,
    "late_submission_interval": _interval,
    "late_submission_minimum_percent_enabled": _switch,
}
"""How each is read; all others are percentages."""
