"""One measured figure, and how figures are taken."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured.

    Attributes:
        name: What it is the figure of.
        value: The median of the runs.
        unit: "ms", "s", "MB", "x" for a ratio...
        aim: What it is to stay under, or above for a ratio; None where there is no aim.
        more_is_better: Whether the aim is to be reached from below.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    more_is_better: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the aim is met; a figure without an aim always is."""
        if self.aim is None:
            return True
        return self.value >= self.aim if self.more_is_better else self.value <= self.aim

    def __str__(self) -> str:
        aim = ""
        if self.aim is not None:
            bound = "at least" if self.more_is_better else "at most"
            aim = f"   {'ok' if self.is_met else 'MISSED'}: {bound} {self.aim:g} {self.unit}"
        return f"{self.value:10.3f} {self.unit:<3} {self.name}{aim}"

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "aim": self.aim,
            "is_met": self.is_met,
        }


def milliseconds(what: Callable[[], object], *, runs: int = 20) -> float:
    """How long something takes, in milliseconds: the median of so many runs."""
    return statistics.median(_timed(what) for _run in range(runs)) * 1_000


def _timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()  # noqa: TID251 - a benchmark measures real time
    what()
    return time.perf_counter() - begun  # noqa: TID251


def resident_megabytes(process_id: int | None = None) -> float:
    """What a process, or this one, holds in memory by the kernel's count; 0 where there is none to read."""
    status = Path(f"/proc/{process_id or os.getpid()}/status")
    if not status.exists():
        return 0.0
    resident = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return float(resident.split()[1]) / 1024
