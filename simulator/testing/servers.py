"""Both fakes on loopback sockets in a thread of their own, so that a test that blocks does not block them.

What lives here: the thread, its event loop, and asking something of it. What bites: worlds belong to that
loop; whoever is in another thread reads and changes them through `ask`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Self, TypeVar

from simulator.addresses import Addresses
from simulator.serving import serving
from simulator.world import Worlds

T = TypeVar("T")

START_SECONDS_MAX = 30.0
ANSWER_SECONDS_MAX = 60.0


class Servers:
    """A running pair of fakes. A context manager: they run as long as the block.

    Args:
        control_token: Opens the control API; without one there is none.
    """

    def __init__(self, *, control_token: str | None = None) -> None:
        self.worlds = Worlds()
        self._control_token = control_token
        self._started: Future[Addresses] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="gradelab servers", daemon=True)

    @property
    def addresses(self) -> Addresses:
        """Where they listen."""
        return self._started.result(START_SECONDS_MAX)

    def ask(self, what: Callable[[], T]) -> T:
        """Do something on the servers' loop, between two requests, and wait for what comes of it."""
        if self._loop is None:
            raise RuntimeError("The fakes are not running")

        async def do() -> T:
            return what()

        return asyncio.run_coroutine_threadsafe(do(), self._loop).result(ANSWER_SECONDS_MAX)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result(START_SECONDS_MAX)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(START_SECONDS_MAX)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - whoever waits for the start is told, in the thread that waits
            if not self._started.done():
                self._started.set_exception(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        async with serving(self.worlds, control_token=self._control_token) as addresses:
            self._started.set_result(addresses)
            await self._stop.wait()
