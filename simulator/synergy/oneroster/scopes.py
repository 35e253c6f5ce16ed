"""The scopes of OneRoster 1.1, by the short name that follows the common beginning."""

from __future__ import annotations

SCOPE_BASE = "https://purl.imsglobal.org/spec/or/v1p1/scope/"

ROSTER = frozenset({"roster-core.readonly", "roster.readonly"})
DEMOGRAPHICS = frozenset({"roster-demographics.readonly"})
RESOURCES = frozenset({"resource.readonly"})
GRADEBOOK_READ = frozenset({"gradebook.readonly"})
GRADEBOOK_PUT = frozenset({"gradebook.createput"})
GRADEBOOK_DELETE = frozenset({"gradebook.delete"})
ALL_SCOPES = frozenset(
    {
        *ROSTER,
        *GRADEBOOK_READ,
        *GRADEBOOK_PUT,
        *GRADEBOOK_DELETE,
        *DEMOGRAPHICS,
        *RESOURCES,
    }
)
"""What a client that asks for no scope is given: all that OneRoster 1.1 names."""
