"""The throttle's buckets, one for each token that has asked for something lately.

What lives here: keeping and counting. What must never be here: how a bucket leaks (`rules.throttle`). What
bites: requests that are being handled are no part of the state, because what is frozen is at rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from simulator.canvas.model import Actor, Bucket
from simulator.state import Table


class Buckets:
    """One Canvas's buckets, on a table of its store."""

    def __init__(self, table: Table[str, Bucket]) -> None:
        self._table = table
        self._in_flight: Counter[str] = Counter()

    def of(self, actor: Actor, now: datetime) -> Bucket:
        """The bucket of this actor's token, as it was last kept; an empty one where there is none."""
        return self._table.get(actor.token_digest) or Bucket(actor.token_digest, 0.0, now)

    def put(self, bucket: Bucket) -> None:
        """Keep a changed bucket."""
        self._table.put(bucket)

    @contextmanager
    def in_flight(self, actor: Actor) -> Iterator[None]:
        """A request of this actor's is being handled."""
        self._in_flight[actor.token_digest] += 1
        try:
            yield
        finally:
            self._in_flight[actor.token_digest] -= 1

    def count_in_flight(self, actor: Actor) -> int:
        """How many requests of this actor's are being handled."""
        return self._in_flight[actor.token_digest]
