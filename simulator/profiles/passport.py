"""How a switch carries its passport: where its default comes from, and how sure that is.

What lives here: the field with its passport. What must never be here: a switch.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from contracts.catalogue.rule import Confidence

ASSUMED, OBSERVED, DOCUMENTED = Confidence.ASSUMED, Confidence.OBSERVED, Confidence.DOCUMENTED


def switch(default: object, source: str, confidence: Confidence) -> Any:  # noqa: ANN401 - as dataclasses.field
    """A field of the profile with its passport."""
    return field(default=default, metadata={"source": source, "confidence": confidence})
