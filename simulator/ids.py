"""Seeded ids in each vendor's shape.

Two kinds. *Counted* ids (Canvas integers) depend on the order of creation, as in Canvas. *Derived* ids
(Synergy GUIDs, tokens) depend only on the seed and on what they name, so they are the same in whatever order
they are asked for.
"""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Iterator

_FIRST_INTEGER = 1001


class Ids:
    """All ids of one world."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._namespace = uuid.uuid5(uuid.NAMESPACE_OID, f"gradelab:{seed}")
        self._counters: dict[str, Iterator[int]] = {}

    def integer(self, kind: str) -> int:
        """The next Canvas id of this kind ("course", "assignment", ...): 1001, 1002, ..."""
        return next(self._counters.setdefault(kind, itertools.count(_FIRST_INTEGER)))

    def guid(self, kind: str, *key: object) -> str:
        """The GUID of what `kind` and `key` name, in capitals as Synergy's database writes it."""
        return str(uuid.uuid5(self._namespace, ":".join(map(str, (kind, *key))))).upper()

    def secret(self, kind: str, *key: object) -> str:
        """A made-up token or client secret: 64 hexadecimal characters."""
        named = ":".join(map(str, ("secret", self._seed, kind, *key)))
        return hashlib.sha256(named.encode()).hexdigest()
