"""What clients send in bodies: each a strict shape. A field that is not known is refused, not ignored.

What must never be here: doing what is asked. Limits that a world itself holds are told by the world.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, model_validator

from simulator.clock import SKEW_MAX
from simulator.profiles import KHSD
from simulator.profiles.choosing import chosen_profile
from simulator.schools.starts import start_named
from simulator.snapshots import NAME_CHARACTERS_MAX
from simulator.world import checked_name

DEFAULT_SEED = 7
SEED_MAX = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""
START_CHARACTERS_MAX = 200
ADVANCE_MAX = timedelta(days=10 * 366)
"""Ten years: more than any story needs."""
DOTS = frozenset({".", ".."})
"""Path segments that HTTP clients take out of a URL."""


def world_name(name: str) -> str:
    """The name, if a world can be called so and found under it."""
    if name in DOTS:
        raise ValueError("must not be . or .., which HTTP clients take out of URLs")
    return checked_name(name)


def snapshot_name(name: str) -> str:
    """The name, if a snapshot can be called so and found under it."""
    if name in DOTS or "/" in name or not name.isprintable() or not name.strip():
        raise ValueError("must be printable, without /, and not . or .., because it is a part of URLs")
    return name


def _profile(name: str) -> str:
    chosen_profile(name)
    return name


def _start(text: str) -> str:
    # A client must not learn what files this machine has, so it starts a world from none of them
    start_named(text, files=False)
    return text


WorldName = Annotated[str, AfterValidator(world_name)]
SnapshotName = Annotated[
    str, Field(min_length=1, max_length=NAME_CHARACTERS_MAX), AfterValidator(snapshot_name)
]
Amount = Annotated[timedelta, Field(ge=timedelta(0), le=ADVANCE_MAX)]
Seconds = Annotated[float, Field(allow_inf_nan=False)]
Off = Annotated[Seconds, Field(ge=-SKEW_MAX.total_seconds(), le=SKEW_MAX.total_seconds())]


class Body(BaseModel):
    """What all bodies have in common."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewWorld(Body):
    """A world to be made."""

    name: WorldName
    seed: Annotated[int, Field(ge=-SEED_MAX, le=SEED_MAX)] = DEFAULT_SEED
    profile: Annotated[str, AfterValidator(_profile)] = KHSD.name
    start: Annotated[str, Field(max_length=START_CHARACTERS_MAX), AfterValidator(_start)] = "school"
    autojump: bool = False
    switches: dict[str, JsonValue] = Field(default_factory=dict)
    tell_not_simulated: bool = False


class Fork(Body):
    """A world that goes on from another, or from one of its snapshots."""

    name: WorldName
    snapshot: str | None = None


class NewSnapshot(Body):
    """A moment to be remembered."""

    name: SnapshotName


class Advance(Body):
    """Where the clock is to go: exactly one of four ways to say it."""

    seconds: Annotated[Seconds, Field(ge=0, le=ADVANCE_MAX.total_seconds())] | None = None
    by: Amount | None = None
    to: AwareDatetime | None = None
    to_next: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            ways = ", ".join(type(self).model_fields)
            raise ValueError(f"Give exactly one of {ways}, not {' and '.join(given) or 'none'}")
        return self


class NewSkew(Body):
    """How far a system's clock is to be off."""

    ahead_seconds: Off
    drift_seconds_a_day: Off = 0.0


class NewTelling(Body):
    """Whether a header tells clients of this world what is not simulated."""

    on: bool


class NewAutojump(Body):
    """Whether the clock jumps by itself when everything waits."""

    on: bool
