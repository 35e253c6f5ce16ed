"""The `Link` header, by which both vendors page.

What bites: a followed link carries our token, so one that leads to another host is refused, whoever sent it.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from sync_engine.errors import SystemFaultError
from sync_engine.ports import Answer

PAGES_MAX = 2_000
"""No list of one course is longer; a server that goes on is going round in circles."""

_LINK = re.compile(r"<([^>]*)>([^<]*)")
_REL_NEXT = re.compile(r";\s*rel\s*=\s*(\"[^\"]*\bnext\b[^\"]*\"|next\b)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def next_page(answer: Answer, asked: str, system: str) -> str | None:
    """The address of the next page, exactly as given, or None on the last.

    Raises:
        SystemFaultError: If it leads to another host.
    """
    for target, parameters in _LINK.findall(answer.headers.get("link", "")):
        if _REL_NEXT.search(parameters):
            url: str = urljoin(asked, target)
            if _origin(url) != _origin(asked):
                raise SystemFaultError(
                    f"{system} pages from {urlsplit(asked).netloc} to {urlsplit(url).netloc}; that link was "
                    "not followed, because it would hand the token to another host.",
                    f"Set the address of {system} to the one that it calls itself.",
                )
            return url
    return None


def too_many_pages(system: str, path: str) -> SystemFaultError:
    """The list does not end."""
    return SystemFaultError(
        f"{system} goes on paging {path} without an end.", f"Tell the administrator of {system}."
    )


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)
