"""A late policy on the wire. Source: Canvas source, late policy serializer.

What bites: its id is text, whatever the client asks for.
"""

from __future__ import annotations

from typing import Any

from simulator.canvas.model import LatePolicy
from simulator.canvas.rules.late_policy_terms import FIELDS


def late_policy_json(policy: LatePolicy) -> dict[str, Any]:
    """A late policy under its root."""
    terms = {name: getattr(policy, field) for name, field in FIELDS.items()}
    return {"late_policy": {"id": str(policy.id), **terms}}
