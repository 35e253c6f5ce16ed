"""Where the servers answer, as values: the base URLs of both fakes and of the control API.

What must never be here: a socket; `serving.py` opens those. Whoever runs the applications without sockets
makes up an `Addresses` of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.asgi import world_prefix

if TYPE_CHECKING:
    from simulator.world import World


@dataclass(frozen=True, slots=True)
class Addresses:
    """Base URLs of the running fakes, without a world's prefix and without a slash at the end."""

    canvas: str
    synergy: str
    control: str

    def canvas_of(self, world: World) -> str:
        """The Canvas base URL of one world."""
        return self.canvas + world_prefix(world.name)

    def synergy_of(self, world: World) -> str:
        """The Synergy base URL of one world."""
        return self.synergy + world_prefix(world.name)
