"""The provider under test: asking it, paging through it, and finding in it what the checks write into.

What bites: a provider's lists may be long, so pages are counted; what was looked up once is remembered for
the run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contracts.conformance import fields
from contracts.conformance.check import BrokenError, NotAskedError, expect
from contracts.conformance.credentials import Credentials
from contracts.conformance.fields import Kind
from contracts.conformance.wire import Question, Reply, Send, address

Wire: TypeAlias = dict[str, Any]

PAGES_MAX = 200
PAGE_ROWS = 100
CLASSES_TRIED_MAX = 20
REPLY_TOLD_MAX = 160


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A class into which the checks can write: one student of it, one of its categories, and one period."""

    class_id: str
    student_id: str
    category_id: str
    period_id: str
    day: str


@dataclass(slots=True)
class Provider:
    """One provider.

    Attributes:
        base_url: Everything before `/orgs`, without a slash at the end.
        run: A name for this run, made of letters and digits; what the checks write is called by it.
    """

    base_url: str
    credentials: Credentials
    send: Send
    run: str
    _samples: dict[str, list[Wire]] = field(default_factory=dict)
    _gradebook: Gradebook | None = None

    async def ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, object] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request, with credentials unless `headers` are given instead.

        Raises:
            BrokenError: If the provider falls over.
        """
        url = path if "://" in path else address(self.base_url, path, params)
        if headers is None:
            headers = await self.credentials.headers(self.send, method, url)
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        kind = {} if content is None else {"Content-Type": "application/json"}
        question = Question(method, url, {"Accept": "application/json", **kind, **headers}, content)
        reply = await self.send(question)
        expect(reply.status < 500, f"{method} {path} falls over: {told(reply)}")
        return reply

    async def get(self, path: str, **params: object) -> Reply:
        """Read what has to be there.

        Raises:
            BrokenError: If the answer is not 200.
        """
        reply = await self.ask("GET", path, params)
        expect(reply.status == 200, f"GET {path} should answer 200: {told(reply)}")
        return reply

    async def rows(self, path: str, kind: Kind, **params: object) -> list[Wire]:
        """One page of a list."""
        return rows_of(await self.get(path, **params), kind, path)

    async def one(self, path: str, kind: Kind, **params: object) -> Wire:
        """One object."""
        body = (await self.get(path, **params)).json()
        found = body.get(kind.one) if isinstance(body, dict) else None
        if not isinstance(found, dict):
            raise BrokenError(f'GET {path} should answer an object under "{kind.one}": {body!r}'[:400])
        return found

    async def all_rows(self, path: str, kind: Kind) -> list[Wire]:
        """A whole list, page by page by offset."""
        found: list[Wire] = []
        for page in range(PAGES_MAX):
            rows = await self.rows(path, kind, limit=PAGE_ROWS, offset=page * PAGE_ROWS)
            found += rows
            if len(rows) < PAGE_ROWS:
                return found
        raise NotAskedError(f"{path} has more than {PAGES_MAX * PAGE_ROWS} objects")

    async def sample(self, path: str, kind: Kind) -> list[Wire]:
        """The first objects of a collection.

        Raises:
            NotAskedError: If it is empty.
        """
        if path not in self._samples:
            self._samples[path] = await self.rows(path, kind, limit=10)
        if not self._samples[path]:
            raise NotAskedError(f"{path} is empty")
        return self._samples[path]

    async def gradebook(self) -> Gradebook:
        """Where to write.

        Raises:
            NotAskedError: If no class has a student and a category, or there is no grading period.
        """
        if self._gradebook is None:
            self._gradebook = await self._find_gradebook()
        return self._gradebook

    async def _find_gradebook(self) -> Gradebook:
        categories = [each for each in await self.all_rows("/categories", fields.CATEGORY) if _active(each)]
        period = (await self.sample("/gradingPeriods", fields.ACADEMIC_SESSION))[0]
        for each in (await self.all_rows("/classes", fields.CLASS))[:CLASSES_TRIED_MAX]:
            class_id = str(each["sourcedId"])
            students = await self.rows(f"/classes/{class_id}/students", fields.USER, limit=1)
            usable = [each for each in categories if _class_of(each) in {None, class_id}]
            if students and usable:
                return Gradebook(
                    class_id,
                    str(students[0]["sourcedId"]),
                    str(usable[0]["sourcedId"]),
                    str(period["sourcedId"]),
                    str(period["startDate"]),
                )
        raise NotAskedError("no class has both a student and a category")


def rows_of(reply: Reply, kind: Kind, path: str) -> list[Wire]:
    """The objects of a page.

    Raises:
        BrokenError: If there is no list under the right name.
    """
    body = reply.json()
    found = body.get(kind.many) if isinstance(body, dict) else None
    if not isinstance(found, list):
        names = ", ".join(body) if isinstance(body, dict) else type(body).__name__
        raise BrokenError(f'GET {path} should answer a list under "{kind.many}", not {names}')
    return found


def ids_of(rows: list[Wire]) -> list[str]:
    """The sourcedIds of some objects."""
    return [str(each.get("sourcedId")) for each in rows]


def told(reply: Reply) -> str:
    """An answer in a few words."""
    return f"{reply.status} {reply.body[:REPLY_TOLD_MAX].decode('utf-8', 'replace')}".strip()


def minor_codes(reply: Reply) -> list[str]:
    """The minor codes in an error, in either of the two envelopes.

    Raises:
        BrokenError: If it is none of them.
    """
    body = reply.json()
    flat = body.get("statusInfoSet") if isinstance(body, dict) else None
    if isinstance(flat, list) and flat:
        return [str(each.get("imsx_codeMinor")) for each in flat if isinstance(each, dict)]
    nested = body.get("imsx_CodeMinor") if isinstance(body, dict) else None
    found = nested.get("imsx_codeMinorField") if isinstance(nested, dict) else None
    if not isinstance(body, dict) or "imsx_codeMajor" not in body or not isinstance(found, list):
        raise BrokenError(f"an error should come in one of OneRoster's envelopes: {told(reply)}")
    return [str(each.get("imsx_codeMinorFieldValue")) for each in found if isinstance(each, dict)]


def _active(wire: Wire) -> bool:
    return wire.get("status") == "active"


def _class_of(category: Wire) -> str | None:
    metadata = category.get("metadata")
    found = metadata.get("classId") if isinstance(metadata, dict) else None
    return None if found is None else str(found)
