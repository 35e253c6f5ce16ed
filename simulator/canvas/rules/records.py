"""Reads the fields that courses, sections, terms and users have in common, and says what is wrong with them.

Source: Canvas source, the validations of those models. What bites: a text that is longer than Canvas's
columns is refused, a date that nobody can read is taken for none, and an empty text takes a date or a SIS id
away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from simulator.canvas.params import as_moment, as_text
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignments import Fault
from simulator.canvas.rules.posting import NAME_LENGTH_MAX

ENDS_BEFORE = "End date cannot be before start date"


def text_in(wanted: Params, name: str, before: str) -> str:
    """A text that cannot be empty: what is sent empty, or not at all, stays."""
    return as_text(wanted.get(name)) or before


def optional_text_in(wanted: Params, name: str, before: str | None) -> str | None:
    """A text that can be taken away by sending it empty."""
    return (as_text(wanted[name]) or None) if name in wanted else before


def moment_in(wanted: Params, name: str, before: datetime | None, zone: tzinfo) -> datetime | None:
    """A time that can be taken away by sending it empty."""
    return as_moment(wanted[name], zone) if name in wanted else before


def too_long(**texts: str | None) -> Iterator[Fault]:
    """A fault for each of these fields whose text is too long."""
    for name, text in texts.items():
        if text is not None and len(text) > NAME_LENGTH_MAX:
            yield Fault(name, name, f"is too long (maximum is {NAME_LENGTH_MAX} characters)", "too_long")


def ends_before_it_starts(starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether two dates are the wrong way round."""
    return starts_at is not None and ends_at is not None and ends_at < starts_at


def taken(attribute: str, text: str) -> Fault:
    """Somebody else has this SIS id, or had it and is deleted."""
    return Fault(attribute, attribute, f'SIS ID "{text}" is already in use', "taken")
