"""Absolute addresses of OneRoster objects on this server, and references to them.

The base is the one that the client used, world prefix included, so that a link can be followed as it stands.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request

from simulator.asgi import base_of
from simulator.synergy.model import Member, Session

BASE_PATH = "/ims/oneroster/v1p1"


class Hrefs:
    """Makes references for one request."""

    def __init__(self, request: Request) -> None:
        self.base = base_of(request) + BASE_PATH

    def to(self, collection: str, guid: str, kind: str) -> dict[str, str]:
        """A reference: where the object is, what its id is, and its type in OneRoster's words."""
        return {"href": f"{self.base}/{collection}/{quote(guid, safe='')}", "sourcedId": guid, "type": kind}

    def session(self, session: Session) -> dict[str, str]:
        """Terms and grading periods are academic sessions, each with an address of its own."""
        collection = "gradingPeriods" if session.is_grading_period else "terms"
        return self.to(
            "academicSessions" if session.kind == "school_year" else collection,
            session.guid,
            "academicSession",
        )

    def school(self, guid: str) -> dict[str, str]:
        """A school, at `/schools/`: Synergy's own consumers look for that in the address."""
        return self.to("schools", guid, "org")

    def member(self, member: Member) -> dict[str, str]:
        """A student or a teacher."""
        return self.to(f"{member.role}s", member.guid, "user")
