"""Who may come in: the OneRoster client with its secret, and the teacher with a token.

What is kept of a secret is its digest, so that neither a snapshot nor a file of a world opens anything.
Digests are compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Access:
    """The credentials of one gradebook."""

    client_id: str = ""
    client_secret_digest: str = ""
    teachervue_digest: str = ""

    @classmethod
    def of(cls, *, client_id: str, client_secret: str, teachervue_token: str) -> Access:
        """Of these credentials."""
        return cls(client_id, digest_of(client_secret), digest_of(teachervue_token))

    def is_client(self, client_id: str, client_secret: str) -> bool:
        """Whether this is the registered OneRoster client."""
        known = hmac.compare_digest(digest_of(client_id), digest_of(self.client_id))
        return hmac.compare_digest(digest_of(client_secret), self.client_secret_digest) and known

    def is_teacher(self, token: str) -> bool:
        """Whether this token opens TeacherVUE."""
        return hmac.compare_digest(digest_of(token), self.teachervue_digest)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
