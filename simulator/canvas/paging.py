"""Cuts lists into pages and writes the `Link` header, in both of Canvas's styles.

Ordinal pages are numbered and know their last one. Bookmark pages begin at `first` and go on from the last
row that was served; they have no last one. What bites: a page may be short without being the last; only a
missing `next` is the end.
"""

from __future__ import annotations

import base64
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar
from urllib.parse import unquote_plus

Row = TypeVar("Row")
Key: TypeAlias = tuple[int | str, ...]

PER_PAGE = 10
PER_PAGE_MAX = 100

_QUERIES_MAX = 256
"""A page has several links, and a client asks for page after page; so many queries are remembered."""
_LEFT_OUT = frozenset({"page", "per_page", "access_token", "api_key"})
_LEADING_INTEGER = re.compile(r"\s*[+-]?[0-9]{1,18}")
_PAGE_NUMBER = re.compile(r"[0-9]{1,15}")
_BOOKMARK = "bookmark:"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page and its `Link` header."""

    rows: tuple[Row, ...]
    link: str


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page of which URL: `url` is absolute and without a query, `query` as the client sent it."""

    url: str
    query: str
    page: str | None
    per_page: int

    def link(self, rel: str, page: str) -> str:
        """One relation of the header."""
        return f'<{self.page_url(page)}>; rel="{rel}"'

    def page_url(self, page: str) -> str:
        """The URL of a page: the client's own query, with the page at its end."""
        return f"{self.url}?{_kept(self.query)}page={page}&per_page={self.per_page}"


def ordinal_meta(rows: Sequence[Row], asked: PageRequest) -> dict[str, int | str]:
    """What the JSON API families tell of a page in its body, beside the header.

    Source: Canvas source, its API's `meta`; of `template` only the name is known.
    """
    number, last = int(asked.page or 1), _last_page(rows, asked)
    urls = {"current": number, "first": 1, "last": last} | ({"next": number + 1} if number < last else {})
    return {
        "per_page": asked.per_page,
        "page": number,
        "page_count": last,
        "count": len(rows),
        "template": asked.page_url("{page}"),
        **{rel: asked.page_url(str(page)) for rel, page in urls.items()},
    }


def per_page_of(text: str | None) -> int:
    """How many rows the client gets; text without a number asks for none, and gets one."""
    if text is None:
        return PER_PAGE
    found = _LEADING_INTEGER.match(text)
    return min(max(int(found[0]) if found else 0, 1), PER_PAGE_MAX)


def ordinal_page(rows: Sequence[Row], asked: PageRequest) -> Page[Row] | None:
    """The page of this number, empty past the end, or None where `page` is no page number."""
    text = "1" if asked.page is None else asked.page
    if not _PAGE_NUMBER.fullmatch(text) or int(text) == 0:
        return None
    number, last = int(text), _last_page(rows, asked)
    links = [asked.link("current", str(number))]
    if number < last:
        links.append(asked.link("next", str(number + 1)))
    if number > 1:
        links.append(asked.link("prev", str(number - 1)))
    links += [asked.link("first", "1"), asked.link("last", str(last))]
    start = (number - 1) * asked.per_page
    return Page(tuple(rows[start : start + asked.per_page]), ",".join(links))


def bookmarked_page(rows: Sequence[Row], key: Callable[[Row], Key], asked: PageRequest) -> Page[Row]:
    """The rows after the bookmark, in the order of `key`; an unreadable one starts at the first page."""
    in_order = sorted(rows, key=key)
    mark = _read_bookmark(asked.page, key(in_order[0])) if in_order else None
    begin = 0 if mark is None else bisect_right(in_order, mark, key=key)
    served = in_order[begin : begin + asked.per_page]
    links = [asked.link("current", "first" if mark is None else str(asked.page))]
    if begin + len(served) < len(in_order):
        links.append(asked.link("next", _write_bookmark(key(served[-1]))))
    links.append(asked.link("first", "first"))
    return Page(tuple(served), ",".join(links))


def _last_page(rows: Sequence[Row], asked: PageRequest) -> int:
    return max(1, -(-len(rows) // asked.per_page))


def _write_bookmark(key: Key) -> str:
    return _BOOKMARK + base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _read_bookmark(page: str | None, like: Key) -> Key | None:
    if page is None or not page.startswith(_BOOKMARK):
        return None
    text = page.removeprefix(_BOOKMARK)
    try:
        parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or [type(part) for part in parts] != [type(part) for part in like]:
        return None
    return tuple(parts)


@lru_cache(maxsize=_QUERIES_MAX)
def _kept(query: str) -> str:
    """The client's own query without its page, ready for one to be added."""
    parts = [part for part in query.split("&") if part and _name(part) not in _LEFT_OUT]
    return "".join(f"{part}&" for part in parts)


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])
