"""Addresses of OneRoster as the routes see them: one segment for each id, whatever the id is made of.

An id is any text, so it may have a slash in it; a client sends that as `%2F`, and the server in front has
made a plain slash of it before a route is looked for. Here such a slash, and a percent sign, stay encoded in
the path, and `id_in` decodes what a route found. An address with a slash at its end is the one without it: a
client from a package registry asks for `courses/`.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.types import Scope

from simulator.synergy.oneroster.hrefs import BASE_PATH


def with_whole_ids(scope: Scope) -> Scope:
    """The scope of a request, its path such that no id is taken for two segments."""
    path: str = scope["path"]
    sent: bytes = scope.get("raw_path") or b""
    if b"%" in sent:
        reread = "/".join(_segment(each) for each in sent.decode("latin-1").split("/"))
        path = reread if unquote(reread) == path else path.replace("%", "%25")
    if path.endswith("/") and f"{BASE_PATH}/" in path:
        path = path[:-1]
    return scope if path == scope["path"] else {**scope, "path": path}


def id_in(segment: str) -> str:
    """The id that a segment of such a path stands for."""
    return unquote(segment)


def as_sent(path: str) -> str:
    """Such a path as it stands in an address."""
    return quote(path, safe="/%")


def _segment(sent: str) -> str:
    return unquote(sent).replace("%", "%25").replace("/", "%2F")
