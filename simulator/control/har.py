"""A journal's exchanges as an HTTP Archive, which browsers and proxies can open.

What lives here: the shapes of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). What must never be
here: a secret; the headers come from the journal without them, and `hiding.py` takes out what slipped in.
What HAR has no field for begins with an underscore, as its rules say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, quote

from simulator.addresses import Addresses
from simulator.control.answers import json_text
from simulator.control.hiding import hiding
from simulator.control.pages import as_it_is_now
from simulator.journal import Exchange, Query
from simulator.journal.entries import Headers
from simulator.profiles.describing import sentence_of
from simulator.world import World

CREATOR = {"name": "gradelab", "version": "1"}
_PATH_CHARACTERS = "/:@!$&'()*+,;=~"
"""What stands in a path as it is (RFC 3986); the journal has the path as it is read."""
_UNKNOWN = -1
"""HAR's number for a size that nobody measured."""


def har(world: World, addresses: Addresses, query: Query) -> Iterator[str]:
    """The archive in parts. Entries of a journal that are no exchanges have no place in it."""
    hide = hiding(world)
    base = _bases(world, addresses)
    yield f'{{"log":{{"version":"1.2","creator":{json_text(CREATOR)},"comment":{json_text(_comment(world))},'
    yield '"entries":['
    comma = ""
    for entry in world.journal.select(as_it_is_now(world.journal, query)):
        if isinstance(entry, Exchange):
            yield comma + hide(json_text(har_entry(entry, base)))
            comma = ","
    yield "]}}\n"


def har_entry(exchange: Exchange, base: Callable[[str], str]) -> dict[str, Any]:
    """One exchange; `base` tells the base URL of a system."""
    milliseconds = exchange.seconds * 1000
    return {
        "startedDateTime": (exchange.at - timedelta(seconds=exchange.seconds)).isoformat(),
        "time": milliseconds,
        "request": _request(exchange, base(exchange.system)),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "_number": exchange.number,
        "_system": exchange.system,
        "_who": exchange.who,
        "_fault": exchange.fault,
        "_handled": exchange.handled,
    }


def _request(exchange: Exchange, base: str) -> dict[str, Any]:
    query = f"?{exchange.query}" if exchange.query else ""
    told: dict[str, Any] = {
        "method": exchange.method,
        "url": f"{base}{quote(exchange.path, safe=_PATH_CHARACTERS)}{query}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(exchange.request_headers),
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(exchange.query, keep_blank_values=True, errors="replace")
        ],
        "headersSize": _UNKNOWN,
        "bodySize": _size(exchange.request_body),
    }
    if exchange.request_body:
        mime_type = _header(exchange.request_headers, "content-type")
        told["postData"] = {"mimeType": mime_type, "text": exchange.request_body}
    return told


def _response(exchange: Exchange) -> dict[str, Any]:
    return {
        "status": exchange.status,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(exchange.response_headers),
        "content": {
            "size": _size(exchange.response_body),
            "mimeType": exchange.content_type,
            "text": exchange.response_body,
        },
        "redirectURL": _header(exchange.response_headers, "location"),
        "headersSize": _UNKNOWN,
        "bodySize": _size(exchange.response_body),
    }


def _headers(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _header(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name == wanted), "")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _bases(world: World, addresses: Addresses) -> Callable[[str], str]:
    canvas, synergy = addresses.canvas_of(world), addresses.synergy_of(world)
    return lambda system: canvas if system == "canvas" else synergy


def _comment(world: World) -> str:
    systems = sentence_of(world.profile)
    return f"World {world.name}, seed {world.seed}, profile {systems}; times are the world's own."
