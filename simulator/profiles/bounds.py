"""What the switches of a profile may be, where their types do not say it.

What lives here: holding a profile to it. Profiles come from files and from other people's tests, and one that
cannot be must be told where it is made, not by the first request that trips over it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

NUMBER_MAX = 10_000_000
"""No count, cost or span of time of a profile is larger."""
HOUR_MAX = 23
LIST_MAX = 200
TEXT_CHARACTERS_MAX = 200
_NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})
"""Files beside those of the zones; the machine's own zone would give another world on another machine."""
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]*", re.ASCII)
"""The characters that HTTP lets the name of a header have."""


def problems_of(switches: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with these switches, a sentence for each."""
    for name, value in switches.items():
        if isinstance(value, int | float | Decimal) and not _is_within(value):
            yield f"{name} must be from 0 to {NUMBER_MAX:,}, not {value:g}"
        elif isinstance(value, tuple) and len(value) > LIST_MAX:
            yield f"{name} must have no more than {LIST_MAX} entries, not {len(value):,}"
        elif isinstance(value, str) and (len(value) > TEXT_CHARACTERS_MAX or not value.isprintable()):
            yield f"{name} must be one printable line of {TEXT_CHARACTERS_MAX} characters at most"
    hour = switches.get("roster_feed_hour", 0)
    if isinstance(hour, int) and HOUR_MAX < hour <= NUMBER_MAX:
        yield f"roster_feed_hour must be an hour of the day, from 0 to {HOUR_MAX}, not {hour}"
    if switches.get("throttle_window_seconds", 1) == 0:
        yield "throttle_window_seconds must be 1 at least, or nothing is ever counted"
    if switches.get("page_limit_max", 1) == 0:
        yield "page_limit_max must be 1 at least, or no page has a row"
    header = switches.get("provider.vendor_header", "")
    if not _HEADER.fullmatch(str(header)):
        yield f"provider.vendor_header must be the name of a header, or empty, not {header!r}"
    zone = switches.get("time_zone", "UTC")
    if not _is_zone(str(zone)):
        yield f'time_zone must be one of the IANA time zones, such as America/Los_Angeles, not "{zone}"'


def _is_within(value: float | Decimal) -> bool:
    return math.isfinite(value) and 0 <= value <= NUMBER_MAX


def _is_zone(name: str) -> bool:
    if name in _NO_PLACES or name.startswith(("posix/", "right/")):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a LookupError
        return False
    return True
