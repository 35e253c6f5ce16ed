"""The leaky bucket that keeps one token from asking for too much: what is in it, what leaks, when it is full.

Source: Canvas source, request throttle; Instructure's API documentation, "Throttling". A request is charged
for before it is handled (the pre-flight cost), which is given back afterwards, so that many requests at once
fill the bucket although each of them is cheap. What bites: on a clock that stands still nothing leaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from contracts import catalogue
from simulator.canvas.model import Bucket
from simulator.profiles import Profile
from simulator.verdicts import Refusal, enforces


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bucket holds.

    Attributes:
        high_water: A bucket that has so much in it is full.
        level_max: However much is poured in, it never holds more than this.
        leak_per_second: So much leaks out of it.
        upfront: What every request that is being handled counts for meanwhile.
    """

    high_water: float
    level_max: float
    leak_per_second: float
    upfront: float

    @classmethod
    def of(cls, profile: Profile) -> Limits:
        """The limits of a profile."""
        return cls(
            profile.canvas_throttle_high_water,
            profile.canvas_throttle_level_max,
            profile.canvas_throttle_leak_per_second,
            profile.canvas_throttle_upfront_cost,
        )


def leaked(bucket: Bucket, now: datetime, limits: Limits) -> Bucket:
    """The bucket now. A clock that was put back leaks nothing."""
    if now == bucket.at:
        return bucket
    seconds = max(0.0, (now - bucket.at).total_seconds())
    return replace(bucket, level=max(0.0, bucket.level - seconds * limits.leak_per_second), at=now)


def charged(bucket: Bucket, cost: float, limits: Limits) -> Bucket:
    """The bucket after a request that cost so much."""
    if cost == 0.0:
        return bucket
    return replace(bucket, level=min(limits.level_max, bucket.level + cost))


def remaining(bucket: Bucket, in_flight: int, limits: Limits) -> float:
    """What `X-Rate-Limit-Remaining` says, with so many other requests being handled; never less than 0."""
    return max(0.0, limits.high_water - bucket.level - in_flight * limits.upfront)


@enforces(catalogue.CANVAS_RATE_LIMIT)
def there_is_room(bucket: Bucket, in_flight: int, limits: Limits) -> Refusal | None:
    """A token whose bucket is full has to wait; `in_flight` counts the request that asks."""
    if bucket.level + in_flight * limits.upfront < limits.high_water:
        return None
    return Refusal("Rate Limit Exceeded")
