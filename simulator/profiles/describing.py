"""A profile for readers: every switch with its passport, and what is set otherwise.

What lives here: values for tables and for JSON. What must never be here: how a terminal shows them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from simulator.profiles import KHSD, PROFILES
from simulator.profiles.choosing import switch_kinds
from simulator.profiles.profile import Profile, differences_from, switch_passports
from simulator.profiles.taking import json_value, takes

_PAGE = "docs/switches.md"
_SECTIONS = {
    "class_totals.": "class-totals",
    "provider.": "other-providers",
    "canvas_": "canvas",
    "roster_": "the-district",
    "time_zone": "the-district",
}
_OTHERS = "synergy"


@dataclass(frozen=True, slots=True)
class SwitchDescription:
    """One switch of a profile.

    Attributes:
        name: Its name; one of a group is `group.name`.
        value: What it is in the profile, as JSON has it.
        default: What it is where nothing sets it.
        takes: What it takes, in words.
        source: Where the default was read, or why nobody knows.
        confidence: `documented`, `observed` or `assumed`.
        described_in: The page and section that lists it.
    """

    name: str
    value: Any
    default: Any
    takes: str
    source: str
    confidence: str
    described_in: str

    @property
    def differs(self) -> bool:
        """Whether the profile has another value than the default."""
        return bool(self.value != self.default)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "name": self.name,
            "value": self.value,
            "default": self.default,
            "differs": self.differs,
            "takes": self.takes,
            "source": self.source,
            "confidence": self.confidence,
            "described_in": self.described_in,
        }


def described(profile: Profile) -> tuple[SwitchDescription, ...]:
    """Every switch of a profile, in the order of the code."""
    kinds = switch_kinds()
    return tuple(
        SwitchDescription(
            name,
            json_value(kinds[name], attrgetter(name)(profile)),
            json_value(kinds[name], attrgetter(name)(KHSD)),
            takes(kinds[name]),
            passport.metadata["source"],
            passport.metadata["confidence"].value,
            described_in(name),
        )
        for name, passport in switch_passports().items()
    )


def described_in(switch: str) -> str:
    """The page and the section that lists a switch."""
    section = next((there for start, there in _SECTIONS.items() if switch.startswith(start)), _OTHERS)
    return f"{_PAGE}#{section}"


def switches_set(profile: Profile) -> dict[str, Any]:
    """The switches in which a profile is not as the shipped one of its name, as JSON has them.

    One whose name is not shipped is compared with the default.
    """
    shipped = PROFILES.get(profile.name, KHSD)
    return {} if profile is shipped else _told(differences_from(shipped, profile))


def sentence_of(profile: Profile) -> str:
    """A profile by its name, and what of it is set otherwise."""
    told = ", ".join(f"{name}={text_of(value)}" for name, value in switches_set(profile).items())
    return f"{profile.name} with {told}" if told else profile.name


def unlike(expected: Profile, played: Profile) -> tuple[str, ...]:
    """The switches that are not as somebody expects them, a phrase for each."""
    asked = _told(differences_from(played, expected))
    found = _told(differences_from(expected, played))
    return tuple(
        f"{name}={text_of(value)} where {text_of(asked[name])} is expected" for name, value in found.items()
    )


def text_of(value: Any) -> str:  # noqa: ANN401 - any JSON-ready value
    """A value as `--set` takes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _told(differences: dict[str, object]) -> dict[str, Any]:
    kinds = switch_kinds()
    return {name: json_value(kinds[name], value) for name, value in differences.items()}
