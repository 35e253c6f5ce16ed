"""Whether a request is tried again, and after how long: a decision, no sleep.

Two kinds of trouble. *Silence*: no answer came, so nobody knows whether the request was carried out; only a
request that may be repeated is. *A busy server*: it answered 429, 5xx, or Canvas's own 403 for throttling.
There is no random jitter: a run sends one request at a time, and the same faults must give the same story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SILENCE_TRIES_MAX = 3
"""Few: a wrong address is silent too, and a person is waiting to be told."""
BUSY_TRIES_MAX = 5
WAIT_SECONDS_FIRST = 0.5
RETRY_AFTER_SECONDS_MAX = 60.0
"""A server that asks for more than this is not waited for; the run says so and can be repeated."""

_BUSY = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try. `status` is None for silence."""

    status: int | None
    retry_after: str | None = None
    throttled: bool = False
    """Canvas's older throttling: a 403 whose body speaks of the rate limit."""


def wait_before_next_try(attempt: int, outcome: Outcome, *, repeatable: bool, now: datetime) -> float | None:
    """Seconds to wait before trying again, or None to give up (or because all is well).

    Args:
        attempt: How many tries were made, the last one included; the first is 1.
        outcome: What came of the last try.
        repeatable: Whether doing it twice is the same as doing it once.
        now: The present, for a Retry-After that names a date.
    """
    if outcome.status is None:
        return _backoff(attempt) if repeatable and attempt < SILENCE_TRIES_MAX else None
    if not (outcome.status in _BUSY or outcome.throttled) or attempt >= BUSY_TRIES_MAX:
        return None
    if outcome.status >= 500 and not repeatable:
        return None
    asked = _asked_seconds(outcome.retry_after, now)
    if asked is None:
        return _backoff(attempt)
    return asked if asked <= RETRY_AFTER_SECONDS_MAX else None


def _backoff(attempt: int) -> float:
    return float(WAIT_SECONDS_FIRST * 2 ** (attempt - 1))


def _asked_seconds(retry_after: str | None, now: datetime) -> float | None:
    """Retry-After is a number of seconds or a date; anything else counts as not given."""
    text = (retry_after or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
