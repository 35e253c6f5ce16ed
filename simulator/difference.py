"""What is different between two moments of a world, or between a world and its fork."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.canvas.calling import UNTOLD
from simulator.canvas.calling import call as call_in_canvas
from simulator.snapshots import WorldState
from simulator.state.difference import RowChange, as_text, differences
from simulator.synergy.calling import call as call_in_synergy


@dataclass(frozen=True, slots=True)
class Difference:
    """Two moments compared: how far the clock went, and the rows of each system that are not the same."""

    begins: datetime
    ends: datetime
    canvas: tuple[RowChange, ...]
    synergy: tuple[RowChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed but, perhaps, the time."""
        return not (self.canvas or self.synergy)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "clock": {"from": self.begins.isoformat(), "to": self.ends.isoformat()},
            "canvas": [each.as_dict() for each in self.canvas],
            "synergy": [each.as_dict() for each in self.synergy],
        }

    def __str__(self) -> str:
        lines = []
        if self.begins != self.ends:
            lines.append(f"Clock: {self.begins:%Y-%m-%d %H:%M:%S} -> {self.ends:%Y-%m-%d %H:%M:%S} UTC")
        for name, changes in (("Canvas", self.canvas), ("Synergy", self.synergy)):
            if changes:
                lines += [name, *(f"  {line}" for line in as_text(changes))]
        return "\n".join(lines) or "Nothing is different"


def difference_between(before: WorldState, after: WorldState) -> Difference:
    """Compare two moments, of one world or of two that come from the same beginning."""
    return Difference(
        begins=before.clock.now,
        ends=after.clock.now,
        canvas=tuple(differences(before.canvas, after.canvas, call_in_canvas, untold=UNTOLD)),
        synergy=tuple(differences(before.synergy, after.synergy, call_in_synergy)),
    )
