"""What handing in work makes of a row, and what a hand-in must bring.

Source: Canvas API documentation, "Submissions", and Canvas source, the submissions controller and assignment
model. What bites: a grade outlives the work that it was given for. The row is "submitted" again, its score
stays, and only `grade_matches_current_submission` tells that the grade is of the work before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from simulator.canvas.model import Assignment, Submission, Work
from simulator.canvas.params import as_text
from simulator.canvas.rack import Params
from simulator.canvas.rules.assignments import Fault

REQUIRED = {
    "online_text_entry": ("body",),
    "online_url": ("url",),
    "online_upload": ("file_ids",),
    "media_recording": ("media_comment_id", "media_comment_type"),
    "basic_lti_launch": ("url",),
}
"""What each kind of hand-in brings."""
INVALID_TYPE = "Invalid submission[submission_type] given"
NO_FILES = "No valid file ids given"
EMPTY_TEXT = "Text entry submission cannot be empty"


class UnfitWorkError(Exception):
    """The hand-in is not one that the assignment takes. The message is Canvas's."""


def read_work(wanted: Params, assignment: Assignment) -> Work | Fault:
    """The work of a request, or what is wrong with its address.

    Raises:
        UnfitWorkError: If the assignment does not take this kind, or something of it is not there.
    """
    kind = as_text(wanted.get("submission_type")) or ""
    if kind not in REQUIRED or not _is_taken(kind, assignment):
        raise UnfitWorkError(INVALID_TYPE)
    required = REQUIRED[kind]
    if not set(required) <= set(wanted):
        names = ", ".join(f"submission[{name}]" for name in required)
        raise UnfitWorkError(f"Invalid parameters for submission_type {kind}. Required: {names}")
    if kind == "online_upload":
        raise UnfitWorkError(NO_FILES)
    body = as_text(wanted.get("body")) if kind == "online_text_entry" else None
    if kind == "online_text_entry" and not (body or "").strip():
        raise UnfitWorkError(EMPTY_TEXT)
    if "url" not in required:
        return Work(kind, body)
    url = _address(as_text(wanted["url"]) or "")
    return Fault("url", "url", "is not a valid URL") if url is None else Work(kind, url=url)


def handed_in(row: Submission, work: Work, at: datetime) -> Submission:
    """The row with this work in the place of what was there. A status of before is of the work before."""
    return replace(
        row,
        submitted_at=at,
        work=replace(work, attempt=(row.attempt or 0) + 1),
        workflow_state="submitted",
        late_policy_status=None,
        seconds_late_override=None,
        grade_matches_current_submission=row.score is None,
    )


def is_open_to_students(assignment: Assignment, now: datetime) -> bool:
    """Whether students can hand in: published, and within its availability dates."""
    opened = assignment.unlock_at is None or assignment.unlock_at <= now
    closed = assignment.lock_at is not None and assignment.lock_at <= now
    return assignment.is_published and opened and not closed


def _is_taken(kind: str, assignment: Assignment) -> bool:
    if kind == "basic_lti_launch":
        return any("online" in each or each == "external_tool" for each in assignment.submission_types)
    return kind in assignment.submission_types


def _address(text: str) -> str | None:
    """A web address with its scheme, which Canvas adds where it is left out; None for anything else."""
    text = text.strip()
    whole = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(host) and not any(map(str.isspace, whole))
    return whole if is_web else None
