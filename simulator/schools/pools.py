"""Made-up names for thousands of people: pools of names are drawn once, and combined.

What bites: two people may have the same name, as in any district; their numbers tell them apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from faker import Faker

T = TypeVar("T")

_DRAWS = 400
"""So often Faker is asked for each pool, a fifth of a millisecond each. Of equal names one is kept."""

_TREES = (
    "Valley Oak",
    "Cedar",
    "Maple",
    "Sequoia",
    "Laurel",
    "Juniper",
    "Willow",
    "Aspen",
    "Cypress",
    "Alder",
)
_PLACES = ("", "Ridge", "Creek", "Grove", "Meadow", "Heights", "Canyon", "Lake", "Point", "Springs")
SCHOOL_NAMES = tuple(f"{tree} {place}".strip() + " High School" for place in _PLACES for tree in _TREES)
"""A hundred schools, in the order in which a district takes them."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, and as it stands in an address."""

    written: str
    in_address: str

    @classmethod
    def of(cls, written: str) -> Name:
        """Only the letters and digits stand in an address."""
        return cls(written, "".join(each for each in written.lower() if each.isalnum()))


class NamePools:
    """Given names and family names of one seed."""

    def __init__(self, seed: int, dice: random.Random) -> None:
        faker = Faker("en_US")
        faker.seed_instance(seed)
        self._dice = dice
        self._given = _pool(faker.first_name)
        self._family = _pool(faker.last_name)

    def draw(self) -> tuple[Name, Name]:
        """A given name and a family name."""
        return self._dice.choice(self._given), self._dice.choice(self._family)


def _pool(draw: Callable[[], str]) -> tuple[Name, ...]:
    return tuple(Name.of(each) for each in dict.fromkeys(draw() for _ in range(_DRAWS)))
