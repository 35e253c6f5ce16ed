"""Seeded ids in each vendor's shape, and the only dice there are.

Two kinds of ids. *Counted* ids (Canvas integers) depend on the order of creation, as in Canvas. *Derived* ids
(Synergy GUIDs, tokens) and draws depend only on the seed and on what they name, so they are the same in
whatever order they are asked for.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping

_FIRST_INTEGER = 1001
_DRAW_BITS = 53


class Ids:
    """All ids of one world."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._namespace = uuid.uuid5(uuid.NAMESPACE_OID, f"gradelab:{seed}")
        self._last: dict[str, int] = {}

    def integer(self, kind: str) -> int:
        """The next Canvas id of this kind ("course", "assignment", ...): 1001, 1002, ..."""
        number = self._last.get(kind, _FIRST_INTEGER - 1) + 1
        self._last[kind] = number
        return number

    def guid(self, kind: str, *key: object) -> str:
        """The GUID of what `kind` and `key` name, in capitals as Synergy's database writes it."""
        return str(uuid.uuid5(self._namespace, ":".join(map(str, (kind, *key))))).upper()

    def secret(self, kind: str, *key: object) -> str:
        """A made-up token or client secret: 64 hexadecimal characters."""
        return self._digest("secret", kind, *key).hex()

    def draw(self, kind: str, *key: object) -> float:
        """A number from 0 up to, and never, 1: the throw of a die that `kind` and `key` name."""
        thrown = int.from_bytes(self._digest("draw", kind, *key)[:8], "big") >> (64 - _DRAW_BITS)
        return float(thrown) / float(1 << _DRAW_BITS)

    def freeze(self) -> Mapping[str, int]:
        """The last number of each kind."""
        return dict(self._last)

    def thaw(self, frozen: Mapping[str, int]) -> None:
        """Count on from there."""
        self._last = dict(frozen)

    def _digest(self, purpose: str, kind: str, *key: object) -> bytes:
        named = ":".join(map(str, (purpose, self._seed, kind, *key)))
        return hashlib.sha256(named.encode()).digest()
