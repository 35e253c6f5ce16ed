"""Making a world for a test out of what the test asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.profiles import PROFILES, Profile
from simulator.schools.errors import StartError
from simulator.starting import Wish, start_world
from simulator.testing.servers import Servers
from simulator.testing.world import WorldInTest
from simulator.world import World

WISHES = ("seed", "profile", "start")


class WishError(ValueError):
    """A test asks for a world that cannot be made. The message says what there is."""


def make_world(servers: Servers, name: str, wanted: Mapping[str, Any]) -> WorldInTest:
    """A fresh world on these servers.

    Args:
        servers: Where it is to live.
        name: Its name.
        wanted: What it is made of: `seed`, a whole number; `profile`, the name of one or one of the test's
            own (`dataclasses.replace(simulator.profiles.KHSD, name_length_max=20)`); and `start`, as in
            `docs/worlds.md`.

    Raises:
        WishError: If something else is wanted, or there is no such profile or start.
    """
    unknown = sorted(set(wanted) - set(WISHES))
    if unknown:
        raise WishError(f"A world is made of {', '.join(WISHES)}; a test asks for {', '.join(unknown)}")
    wish = Wish(
        start=str(wanted.get("start", "school")),
        seed=_seed(wanted["seed"]),
        profile=_profile(wanted["profile"]),
        name=name,
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


def _profile(wanted: object) -> Profile:
    if isinstance(wanted, Profile):
        return wanted
    if wanted not in PROFILES:
        raise WishError(f"There is no profile {wanted!r}. Choose one of: {', '.join(PROFILES)}")
    return PROFILES[str(wanted)]
