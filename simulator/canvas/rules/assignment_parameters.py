"""Reads the parameters of an assignment that Canvas looks at before anything else: group, dates, types.

What must never be here: whether the assignment as a whole is fit to be kept; `rules.assignments` judges
that. What bites: of what cannot be read only the first kind is told, by the parameter's whole name; a blank
group is passed over; and midnight is the end of a day.

Source: Canvas source, `lib/api/v1/assignment`, and the assignment model's `infer_times`.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from simulator.canvas.model import DATES
from simulator.canvas.params import as_leading_integer, as_text, as_words, read_moment
from simulator.canvas.rack import Params, Value

SUBMISSION_TYPES = (
    "none", "on_paper", "not_graded", "external_tool", "wiki_page", "discussion_topic", "online_quiz",
    "online_upload", "online_text_entry", "online_url", "media_recording", "student_annotation",
)  # fmt: skip
MIDNIGHTS_ARE_ENDS = frozenset({"due_at", "lock_at"})
"""The dates that mean the end of a day where they say midnight."""


def parameters_unreadable(wanted: Params, zone: tzinfo) -> dict[str, str]:
    """What Canvas says of the first kind of parameter that cannot be read, by the parameters' whole names.

    Args:
        wanted: The fields of an assignment, as they were sent.
        zone: The zone of times without an offset.
    """
    found = _group(wanted) or _dates(wanted, zone) or _types(wanted)
    return {f"assignment[{name}]": words for name, words in found.items()}


def group_wanted(wanted: Params) -> int | None:
    """The id of the group that is wanted, None where none is."""
    text = _present_text(wanted.get("assignment_group_id"))
    return None if text is None else as_leading_integer(text)


def date_wanted(wanted: Params, name: str, zone: tzinfo) -> datetime | None:
    """A date as Canvas keeps it, None where a blank clears it.

    Raises:
        ValueError: If it is no full ISO 8601 time.
    """
    text = _present_text(wanted.get(name))
    moment = None if text is None else read_moment(text, zone)
    return end_of_day_if_midnight(moment, zone) if moment and name in MIDNIGHTS_ARE_ENDS else moment


def end_of_day_if_midnight(moment: datetime, zone: tzinfo) -> datetime:
    """A due or lock date as Canvas keeps it: exactly midnight is the end of the day that then begins."""
    try:
        local = moment.astimezone(zone)
        if (local.hour, local.minute, local.second, local.microsecond) != (0, 0, 0, 0):
            return moment
        return local.replace(hour=23, minute=59, second=59).astimezone(UTC)
    except OverflowError:
        return moment


def _group(wanted: Params) -> dict[str, str]:
    number = group_wanted(wanted)
    if number is None or number > 0:
        return {}
    return {"assignment_group_id": "must be a positive number"}


def _dates(wanted: Params, zone: tzinfo) -> dict[str, str]:
    found = {}
    for name in DATES:
        try:
            date_wanted(wanted, name, zone)
        except ValueError:
            found[name] = f"Invalid datetime for {name}"
    return found


def _types(wanted: Params) -> dict[str, str]:
    if set(as_words(wanted.get("submission_types"))) <= set(SUBMISSION_TYPES):
        return {}
    return {"submission_types": "Invalid submission types"}


def _present_text(value: Value) -> str | None:
    """What was sent, None for nothing but blanks; a list or a hash is text from which nothing can be read."""
    text = "?" if isinstance(value, list | dict) and value else as_text(value)
    return text if text and text.strip() else None
