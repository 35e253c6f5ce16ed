"""The setting of a run: one pair of fakes, one engine and one wire, shared by all its stages.

Every stage is a world of the servers and a district of the engine, so nothing leaks from one story to the
next although all of them share both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from starlette.types import ASGIApp

from scenarios.network import InProcess, LossyWire
from simulator.addresses import Addresses
from simulator.app import NOWHERE, build_apps
from simulator.clock import SCHOOL_MORNING
from simulator.serving import serving
from simulator.waiting import IN_PROCESS, OVER_SOCKETS, Autojump
from simulator.world import World, Worlds
from sync_engine import Engine, HttpTransport, Transport, build_engine

CONTROL_TOKEN = "stage"  # noqa: S105 - it opens servers of this process alone, which end with the stage
"""Opens the control API of the stage's own servers."""
MEMORY_LEDGER = "sqlite://"
_IN_PROCESS = "in process"


class StageClock:
    """The engine's clock on the stage: the clock of the world that is being played.

    Waiting takes no real time: when everything waits, the world's clock jumps.
    """

    def __init__(self) -> None:
        self.world: World | None = None

    def now(self) -> datetime:
        """The world's present instant."""
        return self.world.clock.now() if self.world else SCHOOL_MORNING

    async def sleep(self, seconds: float) -> None:
        """Wait in the world's time."""
        if self.world:
            await self.world.waiting.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all stages of a run share."""

    worlds: Worlds
    addresses: Addresses
    wire: LossyWire
    """Between everybody and both fakes. Stories plan its faults for the engine's requests only."""
    engine: Engine
    clock: StageClock
    autojump: Autojump
    """When the clock of a world on this stage jumps by itself."""
    name: str
    """"sockets" or "in process"."""

    @property
    def is_in_process(self) -> bool:
        """Whether it goes without sockets."""
        return self.name == _IN_PROCESS

    @staticmethod
    @asynccontextmanager
    async def over_sockets() -> AsyncIterator[Setting]:
        """Both fakes on loopback sockets, and the engine's own transport."""
        worlds = Worlds()
        async with (
            serving(worlds, control_token=CONTROL_TOKEN) as addresses,
            HttpTransport() as transport,
            _setting(worlds, addresses, transport, OVER_SOCKETS, "sockets") as setting,
        ):
            yield setting

    @staticmethod
    @asynccontextmanager
    async def in_process() -> AsyncIterator[Setting]:
        """No sockets: requests go straight to the fakes' applications."""
        worlds = Worlds()
        addresses = NOWHERE
        apps = build_apps(worlds, control_token=CONTROL_TOKEN, addresses=addresses)
        assert apps.control is not None, "there is a token, so there is a control API"
        served: dict[str, ASGIApp] = {
            addresses.canvas: apps.canvas,
            addresses.synergy: apps.synergy,
            addresses.control: apps.control,
        }
        async with (
            InProcess(served) as transport,
            _setting(worlds, addresses, transport, IN_PROCESS, _IN_PROCESS) as setting,
        ):
            yield setting


@asynccontextmanager
async def _setting(
    worlds: Worlds, addresses: Addresses, transport: Transport, autojump: Autojump, name: str
) -> AsyncIterator[Setting]:
    clock = StageClock()
    wire = LossyWire(transport)
    engine = build_engine(ledger_url=MEMORY_LEDGER, transport=wire, clock=clock)
    try:
        yield Setting(worlds, addresses, wire, engine, clock, autojump, name)
    finally:
        engine.close()
