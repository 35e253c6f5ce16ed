"""The faults planned in a world on a running server."""

from __future__ import annotations

from simulator.control_client import reading
from simulator.control_client.values import PlannedFault
from simulator.control_client.wire import Wire
from simulator.faults import Fault, fault_as_json


class Faults:
    """What is to go wrong in one world, and how often it did."""

    def __init__(self, wire: Wire, world: str) -> None:
        self._wire = wire
        self._world = world

    def list(self) -> tuple[PlannedFault, ...]:
        """The plan, in its order."""
        told = self._wire.json("GET", "worlds", self._world, "faults")
        return reading.read(lambda each: tuple(map(reading.planned_fault, each["faults"])), told)

    def unfired(self) -> tuple[str, ...]:
        """The names of those that never struck. Whoever planned them was to see them."""
        return tuple(each.fault.name for each in self.list() if not each.fired)

    def plan(self, fault: Fault) -> PlannedFault:
        """Let something go wrong from now on."""
        told = self._wire.json("POST", "worlds", self._world, "faults", body=fault_as_json(fault))
        return reading.read(reading.planned_fault, told)

    def remove(self, name: str) -> PlannedFault:
        """Take one back; how it stood."""
        told = self._wire.json("DELETE", "worlds", self._world, "faults", name)
        return reading.read(reading.planned_fault, told)

    def clear(self) -> None:
        """Take all of them back."""
        self._wire.json("DELETE", "worlds", self._world, "faults")
