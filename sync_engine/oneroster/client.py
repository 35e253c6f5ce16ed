"""Reads classes from Synergy and writes assignments and scores, over OneRoster 1.1.

What lives here: requests, paging, and what each bad answer means. What bites: servers ignore filters, cap
pages and ignore offsets, so everything is filtered again here and a list that repeats itself is cut off; a
log-in screen answers a write with 200, so a page of HTML is no acknowledgement. A PUT with an id of ours may
be repeated; nothing is ever deleted but a score that a remaster clears.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from sync_engine.district import OneRosterAccess
from sync_engine.domain.beliefs import Details
from sync_engine.domain.snapshot import Category, ClassStudent, Grade, SynergyClass
from sync_engine.errors import AccessRefusedError, NotFoundError, SystemFaultError, WriteRefusedError
from sync_engine.exchange import Exchange
from sync_engine.links import PAGES_MAX, next_page, too_many_pages
from sync_engine.oneroster.token import TokenSource
from sync_engine.oneroster.wire import (
    VendorError,
    WireCategory,
    WireLineItem,
    WireResult,
    WireStudent,
    Writer,
    vendor_error,
)
from sync_engine.ports import Answer, Clock, Request
from sync_engine.whole_lists import ListRead, read_whole

Row = TypeVar("Row", bound=BaseModel)

PAGE_ROWS = 100
"""OneRoster's own default: no server refuses it."""
_SYSTEM = "Synergy"
_ENDLESS = float("inf")


class OneRosterClient:
    """One server, one client of it."""

    def __init__(self, access: OneRosterAccess, writer: Writer, exchange: Exchange, clock: Clock) -> None:
        self._url = access.url
        self._writer = writer
        self._exchange = exchange
        self._clock = clock
        self._tokens = TokenSource(
            access.token_url,
            access.client_id,
            access.client_secret,
            access.scope,
            exchange=exchange,
            clock=clock,
        )

    async def check(self) -> None:
        """Enter, and look at the gradebook; change nothing.

        Raises:
            SystemFaultError: If that is not possible.
        """
        for path in ("categories", "lineItems"):
            await self._read(f"{self._url}/{path}", (("limit", "1"),))

    async def categories(self) -> tuple[WireCategory, ...]:
        """Every assignment type of the district that is in use."""
        found = await self._list("/categories", "categories", WireCategory)
        return tuple(each for each in found if each.is_active)

    async def read_class(
        self, class_id: str, categories: Sequence[WireCategory], *, with_results: bool
    ) -> SynergyClass:
        """One class: what types it has, who is in it, which assignments and (if asked) scores are there."""
        home = f"/classes/{quote(class_id, safe='')}"
        try:
            await self._read(f"{self._url}{home}")
        except NotFoundError:
            return SynergyClass(class_id, known=False)
        line_items = await self._list(f"{home}/lineItems", "lineItems", WireLineItem)
        students = await self._list(f"{home}/students", "users", WireStudent)
        results = await self._list(f"{home}/results", "results", WireResult) if with_results else []
        return SynergyClass(
            id=class_id,
            categories=tuple(
                Category(each.sourcedId, each.title) for each in categories if each.belongs_to(class_id)
            ),
            line_item_ids=frozenset(each.sourcedId for each in line_items if each.is_active),
            students=tuple(
                ClassStudent(each.sourcedId, each.identifier) for each in students if each.is_active
            ),
            scored=frozenset(
                (each.lineItem.sourcedId, each.student.sourcedId) for each in results if each.counts
            )
            if with_results
            else None,
        )

    async def put_line_item(self, line_item_id: str, details: Details) -> None:
        """Create the assignment, or replace it.

        Raises:
            WriteRefusedError: If Synergy says no.
            SystemFaultError: If Synergy cannot be used.
        """
        body = self._writer.line_item(line_item_id, details, self._clock.now())
        await self._write("PUT", f"/lineItems/{line_item_id}", body)

    async def put_result(self, result_id: str, line_item_id: str, student_id: str, grade: Grade) -> None:
        """Create the score, or replace it.

        Raises:
            WriteRefusedError: If Synergy says no.
            SystemFaultError: If Synergy cannot be used.
        """
        body = self._writer.result(result_id, line_item_id, student_id, grade, self._clock.now())
        await self._write("PUT", f"/results/{result_id}", body)

    async def delete_result(self, result_id: str) -> None:
        """Clear a score; one that is not there is cleared already.

        Raises:
            WriteRefusedError: If Synergy says no.
            SystemFaultError: If Synergy cannot be used.
        """
        try:
            await self._write("DELETE", f"/results/{result_id}", None)
        except WriteRefusedError as error:
            if error.status != 404:
                raise

    async def _write(self, method: str, path: str, body: object) -> None:
        answer = await self._send(method, f"{self._url}{path}", body=body)
        if answer.status in {200, 201, 202, 204}:
            if _is_page(answer):
                raise _not_oneroster("it is a page for people, so nothing was taken")
            return
        if 400 <= answer.status < 500 and answer.status not in {405, 408, 429}:
            said = vendor_error(answer.body)
            words = said.words or f"status {answer.status}, without any words"
            raise WriteRefusedError(answer.status, words, said.minor)
        raise _fault(answer)

    async def _list(self, path: str, key: str, row: type[Row]) -> list[Row]:
        return await read_whole(lambda: self._read_list(path, key, row), _SYSTEM, path)

    async def _read_list(self, path: str, key: str, row: type[Row]) -> ListRead[Row]:
        """Page by `Link` where it is given, else by offset until the total, an empty or a repeated page."""
        url = f"{self._url}{path}"
        answer = await self._read(url, _page(0))
        rows: list[Row] = []
        firsts: set[str] = set()
        totals: set[float] = set()
        for _page_number in range(PAGES_MAX):
            page = _rows(answer, key, row)
            first = str(getattr(page[0], "sourcedId", "")) if page else ""
            if not page or first in firsts:
                break
            totals |= {_total(answer)} - {_ENDLESS}
            firsts.add(first)
            rows.extend(page)
            following = next_page(answer, url, _SYSTEM)
            if following is not None:
                answer = await self._read(following)
            elif "link" in answer.headers or len(rows) >= _total(answer):
                break
            else:
                answer = await self._read(url, _page(len(rows)))
        else:
            raise too_many_pages(_SYSTEM, path)
        return ListRead(
            tuple(rows), tuple(getattr(each, "sourcedId", "") for each in rows), frozenset(totals)
        )

    async def _read(self, url: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        answer = await self._send("GET", url, params=params)
        if answer.status == 200:
            return answer
        raise _fault(answer)

    async def _send(
        self, method: str, url: str, *, params: Sequence[tuple[str, str]] = (), body: object = None
    ) -> Answer:
        for _attempt in ("with the token at hand", "with a fresh one"):
            headers = {"Authorization": f"Bearer {await self._tokens.token()}", "Accept": "application/json"}
            answer = await self._exchange.send(Request(method, url, tuple(params), headers, json_body=body))
            if answer.status != 401:
                return answer
            self._tokens.drop()
        raise AccessRefusedError(
            "Synergy refuses the access token that it gave a moment ago (401 twice).",
            "Ask the Synergy administrator whether the OneRoster client is still active.",
        )


def _page(offset: int) -> tuple[tuple[str, str], ...]:
    return ("limit", str(PAGE_ROWS)), ("offset", str(offset))


def _total(answer: Answer) -> float:
    """What the server says there is in all; endless where it does not say."""
    total = answer.headers.get("x-total-count", "").strip()
    return float(total) if total.isdecimal() else _ENDLESS


def _rows(answer: Answer, key: str, row: type[Row]) -> list[Row]:
    try:
        found = answer.json()[key]
        return [row.model_validate(each) for each in found]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise _not_oneroster(f"{key}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise _not_oneroster(f"there is no list of {key}") from error


def _is_page(answer: Answer) -> bool:
    """Whether HTML came, as a log-in screen or a proxy answers in place of the system: with 200, too."""
    start = answer.body[:64].lstrip().lower()
    is_html = answer.headers.get("content-type", "").lower().startswith("text/html")
    looks_so = start.startswith((b"<!doctype html", b"<html"))
    return looks_so or (is_html and bool(start) and not start.startswith((b"{", b"[")))


def _not_oneroster(why: str) -> SystemFaultError:
    return SystemFaultError(
        f"What answers does not look like OneRoster 1.1 ({why}).",
        "Check that oneroster.url is the whole base address, up to and including /ims/oneroster/v1p1.",
    )


def _fault(answer: Answer) -> SystemFaultError:
    status, said = answer.status, _quoted(vendor_error(answer.body))
    if status == 404:
        return NotFoundError(
            f"Synergy does not have what was asked for (404){said}.",
            "Check that oneroster.url is the whole base address, up to and including /ims/oneroster/v1p1.",
        )
    if status == 403:
        return SystemFaultError(f"Synergy does not let this OneRoster client in{said}.", SCOPE_REMEDY)
    if 300 <= status < 400:
        target = answer.headers.get("location", "another address")
        return SystemFaultError(
            f"Synergy redirects to {target}.", "Put the final address into the configuration."
        )
    if status == 429 or status >= 500:
        what = "is throttling this client" if status == 429 else f"has a fault of its own ({status})"
        return SystemFaultError(f"Synergy {what}{said}.", "Run it again later; nothing is lost.")
    return SystemFaultError(f"Synergy answered {status}{said}.", "Check oneroster.url.")


SCOPE_REMEDY = (
    "Ask the Synergy administrator to grant this client the gradebook scopes, for reading and for writing."
)


def _quoted(said: VendorError) -> str:
    return f": {said.words.rstrip('.')}" if said.words else ""
