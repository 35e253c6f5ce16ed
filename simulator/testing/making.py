"""Making a world for a test out of what the test asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.profiles import Profile
from simulator.profiles.choosing import ProfileError, chosen_profile
from simulator.schools.errors import StartError
from simulator.starting import Wish, start_world
from simulator.testing.servers import Servers
from simulator.testing.world import WorldInTest
from simulator.world import World

WISHES = ("seed", "profile", "switches", "start")


class WishError(ValueError):
    """A test asks for a world that cannot be made. The message says what there is."""


def make_world(servers: Servers, name: str, wanted: Mapping[str, Any]) -> WorldInTest:
    """A fresh world on these servers.

    Args:
        servers: Where it is to live.
        name: Its name.
        wanted: What it is made of: `seed`, a whole number; `profile`, the name of one or one of the test's
            own (`dataclasses.replace(simulator.profiles.KHSD, name_length_max=20)`); `switches`, what of the
            profile is to be otherwise (`{"name_length_max": 20}`); and `start`, as in `docs/worlds.md`.

    Raises:
        WishError: If something else is wanted, or there is no such profile, switch or start.
    """
    unknown = sorted(set(wanted) - set(WISHES))
    if unknown:
        raise WishError(f"A world is made of {', '.join(WISHES)}; a test asks for {', '.join(unknown)}")
    switches = _switches(wanted.get("switches") or {})
    wish = Wish(
        start=str(wanted.get("start", "school")),
        seed=_seed(wanted["seed"]),
        profile=_profile(wanted["profile"], switches),
        name=name,
        switches=switches,
    )

    def build() -> World:
        world = start_world(wish)
        servers.worlds.add(world)
        return world

    try:
        return WorldInTest(servers, servers.ask(build))
    except StartError as wrong:
        raise WishError(str(wrong)) from wrong


def _seed(wanted: object) -> int:
    if not isinstance(wanted, int) or isinstance(wanted, bool):
        raise WishError(f"A seed is a whole number, such as 7; a test asks for {wanted!r}")
    return wanted


def _switches(wanted: object) -> Mapping[str, object]:
    if not isinstance(wanted, Mapping):
        raise WishError(f"Switches are given by name, such as {{'name_length_max': 20}}, not as {wanted!r}")
    return wanted


def _profile(wanted: object, switches: Mapping[str, object]) -> Profile:
    """The profile, before its switches are set; that they can be is found out here."""
    named = wanted if isinstance(wanted, Profile) else str(wanted)
    try:
        chosen_profile(named, switches)
        return chosen_profile(named)
    except ProfileError as error:
        raise WishError(_as_a_sentence(str(error))) from error


def _as_a_sentence(words: str) -> str:
    return words[:1].upper() + words[1:] if words.startswith("there") else words
