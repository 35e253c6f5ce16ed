"""The snapshots of a world on a running server."""

from __future__ import annotations

from simulator.control_client import reading
from simulator.control_client.values import Snapshot
from simulator.control_client.wire import Wire


class Snapshots:
    """The moments of one world that somebody gave a name."""

    def __init__(self, wire: Wire, world: str) -> None:
        self._wire = wire
        self._world = world

    def list(self) -> tuple[Snapshot, ...]:
        """All of them, oldest first."""
        told = self._wire.json("GET", "worlds", self._world, "snapshots")
        return reading.read(lambda each: tuple(map(reading.snapshot, each["snapshots"])), told)

    def take(self, name: str) -> Snapshot:
        """Remember this moment, in place of an earlier one of the same name."""
        told = self._wire.json("POST", "worlds", self._world, "snapshots", body={"name": name})
        return reading.read(reading.snapshot, told)

    def restore(self, name: str) -> None:
        """Go back to it. The journal keeps what happened meanwhile."""
        self._wire.json("POST", "worlds", self._world, "snapshots", name, "restore")

    def delete(self, name: str) -> None:
        """Let it go."""
        self._wire.json("DELETE", "worlds", self._world, "snapshots", name)
