"""The shape of a rule's passport.

What lives here: the types. The rules themselves are in the sibling modules, one per family. What must never
be here: enforcement. A rule is a promise; `simulator` and `sync_engine` keep it, each in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RuleKind(StrEnum):
    """What a rule does when it applies."""

    REFUSAL = "refusal"
    """Somebody asked for something and is told no, with the reason and the remedy."""

    DECISION = "decision"
    """The sync decides by it whether something travels."""

    PERMISSION = "permission"
    """It says what has to be done for something to be allowed."""


class Confidence(StrEnum):
    """How well the rule is known."""

    DOCUMENTED = "documented"
    """A public page about Synergy and Canvas states it."""

    OBSERVED = "observed"
    """Read off a system, a client or a vendor's source, not stated for Synergy."""

    ASSUMED = "assumed"
    """Our reading. Where systems may differ it is a switch of the profile or of the policy."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rule was read: the document, and the place in it."""

    document: str
    place: str

    def __str__(self) -> str:
        """Read like a footnote."""
        return f"{self.document}, {self.place}"


KHSD = "Kern High School District, 'Grade Sync to Synergy'"
"""The district page that this project was created from, and the default profile."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented rule of grade passback.

    Attributes:
        id: The name by which everything cites the rule, in capitals with hyphens.
        says: The rule in one sentence, in words a teacher understands.
        kind: What it does when it applies.
        source: Where it was read.
        confidence: How well it is known.
        profiles: The profiles in which it holds.
    """

    id: str
    says: str
    kind: RuleKind
    source: Source
    confidence: Confidence = Confidence.DOCUMENTED
    profiles: tuple[str, ...] = ("khsd",)

    def __str__(self) -> str:
        """A rule is cited by its id."""
        return self.id
