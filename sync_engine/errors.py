"""What can go wrong, and whose fault it is.

One base error. Below it: you asked for something that is not there; a system misbehaved or shut us out; a
system refused one write. The message carries the values in one line; the remedy says what to do. No message
ever holds a token or a secret.
"""

from __future__ import annotations


class EngineError(Exception):
    """Something that the engine foresaw. The message is one line, fit for a person."""


class ConfigError(EngineError):
    """The configuration cannot be used. Change what the message names, where it names it."""


class UnknownDistrictError(EngineError):
    """No district of this key was added. Check the spelling, or add it."""


class UnknownAssignmentError(EngineError):
    """An assignment was selected that the course does not have. Select by the ids that `plan` shows."""


class LedgerError(EngineError):
    """The ledger cannot be opened or was written by a newer version.

    Check its address, or update the engine.
    """


class SystemFaultError(EngineError):
    """Canvas or Synergy could not be reached, or answered what no client can use.

    Attributes:
        words: What happened, and in which system.
        remedy: What to do about it.
    """

    def __init__(self, words: str, remedy: str) -> None:
        super().__init__(f"{words} {remedy}".strip())
        self.words = words
        self.remedy = remedy


class AccessRefusedError(SystemFaultError):
    """The system does not accept the credentials at all.

    Nothing that follows can succeed, so a run stops here.
    """


class NotFoundError(SystemFaultError):
    """What was asked for does not exist there, or the credentials may not see it."""


class WriteRefusedError(EngineError):
    """Synergy understood a write and said no. The message is the vendor's own words.

    What they mean, `domain.refusals` says.

    Attributes:
        status: The HTTP status.
        words: What Synergy said.
        minor: The vendor's code for it, such as "invaliddata"; "" where it gave none.
    """

    def __init__(self, status: int, words: str, minor: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.minor = minor
