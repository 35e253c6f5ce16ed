"""A district: where its two systems are, how to enter them, and its policy.

What lives here: frozen values, checked when they are made. What bites: tokens and secrets are hidden from
every repr, and must stay so; a district is printed in tracebacks and logs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sync_engine.domain.policy import Policy
from sync_engine.errors import ConfigError

ONEROSTER_PATH = "/ims/oneroster/v1p1"


@dataclass(frozen=True, slots=True)
class CanvasAccess:
    """Canvas: the base address without `/api/v1`, and a teacher's or an administrator's token."""

    url: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that cannot be one."""
        object.__setattr__(self, "url", _address("canvas.url", self.url).removesuffix("/api/v1"))


@dataclass(frozen=True, slots=True)
class OneRosterAccess:
    """Synergy: the base address up to and including `/ims/oneroster/v1p1`, and a client of OAuth 2."""

    url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str | None = None
    """None asks for no scope in particular and gets all that the client was granted."""

    def __post_init__(self) -> None:
        """Refuse addresses that cannot be ones."""
        object.__setattr__(self, "url", _address("oneroster.url", self.url))
        object.__setattr__(self, "token_url", _address("oneroster.token_url", self.token_url))


@dataclass(frozen=True, slots=True)
class District:
    """One tenant of the engine. Ledger and history are kept apart by `key`."""

    key: str
    canvas: CanvasAccess
    oneroster: OneRosterAccess
    policy: Policy = field(default_factory=Policy)
    time_zone: str = "America/Los_Angeles"
    """Scores are dated in it."""

    def __post_init__(self) -> None:
        """Refuse a zone that nobody knows."""
        if not self.key:
            raise ConfigError("A district needs a key, such as its short name.")
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as error:
            raise ConfigError(
                f'time_zone: "{self.time_zone}" is no time zone. Use a name such as "America/Los_Angeles".'
            ) from error

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)


def _address(name: str, url: str) -> str:
    shown = url.rpartition("@")[2]  # what stands before an @ may be a password
    wrong = ConfigError(f'{name}: "{shown}" is no web address. Write it like "https://school.example/path".')
    try:
        parts = urlsplit(url)
        _port = parts.port  # reading it is what checks it
    except ValueError as error:
        raise wrong from error
    if parts.username is not None or parts.password is not None:
        raise ConfigError(
            f"{name}: leave name and password out of the address; they have settings of their own."
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise wrong
    if any(character.isspace() for character in url):
        raise wrong
    return url.rstrip("/")
