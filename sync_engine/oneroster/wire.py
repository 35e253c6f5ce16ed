"""OneRoster 1.1 JSON, as far as the engine reads and writes it.

What lives here: pydantic models of what comes, plain builders of what goes, and both error shapes. What must
never be here: requests. What bites: some servers write numbers as text, leave required fields out, or answer
HTML; a status has no field of its own in 1.1 and travels as a comment code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, FiniteFloat

from sync_engine.domain.beliefs import Details
from sync_engine.domain.policy import Policy
from sync_engine.domain.snapshot import Grade

WORDS_LENGTH_MAX = 300
"""A vendor's words are shown to a teacher: a page of HTML is not."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    sourcedId: str  # noqa: N815 - OneRoster's spelling
    status: str = "active"

    @property
    def is_active(self) -> bool:
        """Anything else is on its way out, whatever it is called."""
        return self.status == "active"


class WireRef(BaseModel):
    """A reference to another object."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sourcedId: str  # noqa: N815 - OneRoster's spelling


class WireCategory(_Wire):
    """An assignment type. Without `metadata.classId` it belongs to every class."""

    title: str
    metadata: dict[str, Any] | None = None

    def belongs_to(self, class_id: str) -> bool:
        """Whether the class can use it."""
        return (self.metadata or {}).get("classId") in (None, "", class_id)


class WireLineItem(_Wire):
    """An assignment."""


class WireStudent(_Wire):
    """A student of a class."""

    identifier: str | None = None


class WireResult(_Wire):
    """A score."""

    lineItem: WireRef  # noqa: N815 - OneRoster's spelling
    student: WireRef
    score: FiniteFloat | None = None
    scoreStatus: str = ""  # noqa: N815 - OneRoster's spelling

    @property
    def counts(self) -> bool:
        """Whether there is a score, or an excuse."""
        return self.is_active and (self.score is not None or self.scoreStatus == "exempt")


@dataclass(frozen=True, slots=True)
class Writer:
    """Builds what is sent to one server.

    Attributes:
        url: The base address; references carry it.
        zone: Scores are dated in it.
    """

    url: str
    policy: Policy
    zone: ZoneInfo

    def line_item(self, line_item_id: str, details: Details, now: datetime) -> dict[str, Any]:
        """The whole assignment: OneRoster replaces, it does not patch."""
        body = {
            **_base(line_item_id, now),
            "title": details.title,
            "assignDate": _instant(details.assigned_at),
            "class": self._ref("classes", "class", details.class_id),
            "category": self._ref("categories", "category", details.category_id),
            "resultValueMin": 0.0,
            "resultValueMax": details.points,
        }
        if details.due_at is not None:
            body["dueDate"] = _instant(details.due_at)
        return {"lineItem": body}

    def result(
        self, result_id: str, line_item_id: str, student_id: str, grade: Grade, now: datetime
    ) -> dict[str, Any]:
        """The whole score, with its status as far as OneRoster 1.1 can say it."""
        body = {
            **_base(result_id, now),
            "lineItem": self._ref("lineItems", "lineItem", line_item_id),
            "student": self._ref("users", "user", student_id),
            "scoreStatus": "exempt" if grade.status == "excused" else "fully graded",
            "scoreDate": (grade.graded_at or now).astimezone(self.zone).date().isoformat(),
        }
        score = grade.score
        if score is None and self.policy.exempt_score == "zero":
            score = 0.0
        if score is not None:
            body["score"] = score
        code = {"late": self.policy.late_code, "missing": self.policy.missing_code}.get(grade.status, "")
        return {"result": {**body, "comment": code} if code else body}

    def _ref(self, path: str, kind: str, sourced_id: str) -> dict[str, str]:
        return {"href": f"{self.url}/{path}/{sourced_id}", "sourcedId": sourced_id, "type": kind}


@dataclass(frozen=True, slots=True)
class VendorError:
    """What a server said when it refused."""

    words: str
    minor: str


def vendor_error(body: bytes) -> VendorError:
    """Read any of the known shapes: nested, list-wrapped, RFC 6749, HTML, text, or nothing."""
    text = body.decode("utf-8", "replace")
    try:
        parsed = json.loads(text)
        statuses = list(_statuses(parsed))
    except (ValueError, RecursionError):
        plain = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
        return VendorError(_short(plain), "")
    words = _short(" ".join(dict.fromkeys(filter(None, map(_description, statuses)))))
    minors = " ".join(filter(None, map(_minor, statuses)))
    return VendorError(words or _short(minors), minors)


def _statuses(parsed: object) -> Iterator[dict[str, Any]]:
    if isinstance(parsed, list):
        for each in parsed:
            yield from _statuses(each)
    elif isinstance(parsed, dict):
        wrapped = [parsed[key] for key in ("statusInfoSet", "errors", "statusInfo") if key in parsed]
        yield from _statuses(wrapped) if wrapped else iter([parsed])


def _description(status: dict[str, Any]) -> str:
    keys = ("imsx_description", "error_description", "message", "detail", "error")
    return next((status[key] for key in keys if isinstance(status.get(key), str) and status[key]), "")


def _minor(status: dict[str, Any]) -> str:
    flat = status.get("imsx_codeMinor", status.get("error"))
    if isinstance(flat, str):
        return flat
    nested = status.get("imsx_CodeMinor", flat)
    fields = nested.get("imsx_codeMinorField") if isinstance(nested, dict) else None
    rows = fields if isinstance(fields, list) else []
    values = (row.get("imsx_codeMinorFieldValue") for row in rows if isinstance(row, dict))
    return " ".join(value for value in values if isinstance(value, str))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= WORDS_LENGTH_MAX else f"{flat[: WORDS_LENGTH_MAX - 1]}…"


def _base(sourced_id: str, now: datetime) -> dict[str, Any]:
    return {"sourcedId": sourced_id, "status": "active", "dateLastModified": _instant(now)}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
