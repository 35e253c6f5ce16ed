"""Both gradebooks beside each other: the two totals of a student, and why they differ.

What lives here: values that both books fill, the detective that reads them, and whoever takes them out of a
world. What must never be here: a total's arithmetic; each system computes its own, and neither knows this.
"""

from simulator.comparing.books import CanvasBook, CanvasWork, Span, SynergyBook, SynergyWork
from simulator.comparing.cause import Cause
from simulator.comparing.detective import causes_of
from simulator.comparing.reading import Compared, Look, compared

__all__ = [
    "CanvasBook",
    "CanvasWork",
    "Cause",
    "Compared",
    "Look",
    "Span",
    "SynergyBook",
    "SynergyWork",
    "causes_of",
    "compared",
]
