"""What a new term must look like.

Source: Canvas source, terms controller; Instructure's documentation of enrollment terms. What bites: the
wrapper `enrollment_term` has to be there, and the name need not.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from simulator.canvas.model import Term
from simulator.canvas.params import as_moment, as_text
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.records import ends_before_it_starts, too_long

ENDS_BEFORE_STARTS = "End dates cannot be before start dates"


def term_wanted(wanted: Params, *, now: datetime, zone: tzinfo) -> tuple[Term, tuple[Fault, ...]]:
    """The term that `enrollment_term[...]` describes, and what is wrong with it."""
    term = Term(
        0,
        as_text(wanted.get("name")) or "",
        now,
        as_moment(wanted.get("start_at"), zone),
        as_moment(wanted.get("end_at"), zone),
        as_text(wanted.get("sis_term_id")) or None,
        as_text(wanted.get("integration_id")) or None,
    )
    faults = too_long(name=term.name, sis_source_id=term.sis_term_id, integration_id=term.integration_id)
    if ends_before_it_starts(term.starts_at, term.ends_at):
        return term, (*faults, Fault("base", "base", ENDS_BEFORE_STARTS, "invalid"))
    return term, tuple(faults)
