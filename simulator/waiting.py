"""Waiting for a world's clock without waiting for real: whoever sleeps here wakes when the clock passes.

What lives here: sleepers, and the jump that the clock makes by itself when everything waits. What bites: only
what tells the clock that it is busy (`Waiting.busy`) counts as not waiting; a client on the other side of a
socket cannot tell, so over sockets the jump also waits for a moment of real silence.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.clock import VirtualClock

SLEEPERS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Autojump:
    """When the clock jumps by itself.

    Attributes:
        turns: So many turns of the event loop nothing happened and nobody was busy.
        silence_seconds: And then so many real seconds, for clients behind sockets; 0 in process.
    """

    turns: int = 100
    silence_seconds: float = 0.0


IN_PROCESS = Autojump()
OVER_SOCKETS = Autojump(silence_seconds=0.01)


class Waiting:
    """Who waits for one clock.

    Attributes:
        autojump: How the clock jumps when everything waits; None where it moves only by hand.
    """

    def __init__(self, clock: VirtualClock, autojump: Autojump | None = None) -> None:
        self.autojump = autojump
        self._clock = clock
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._busy = 0
        self._activity = 0
        """Counts all that happens; while it stands still, everything waits."""
        self._jumping: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Somebody is at work: the clock does not jump by itself."""
        self._busy += 1
        self._activity += 1
        try:
            yield
        finally:
            self._busy -= 1
            self._activity += 1
            self._jump_soon()

    async def sleep(self, seconds: float) -> None:
        """Wait until so many seconds have passed on the world's clock.

        Whoever sleeps inside of `busy` is not busy meanwhile.
        """
        if seconds <= 0:
            return
        if len(self._sleepers) >= SLEEPERS_MAX:
            raise RuntimeError(f"{SLEEPERS_MAX} wait for this clock already")
        woken = asyncio.get_running_loop().create_future()
        until = self._clock.now() + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (until, next(self._numbers), woken))
        self._activity += 1
        self._jump_soon()
        await woken

    async def sleep_while_busy(self, seconds: float) -> None:
        """Wait inside of `busy`: for so long this one waits like everybody else."""
        self._busy -= 1
        try:
            await self.sleep(seconds)
        finally:
            self._busy += 1

    async def pause(self, seconds: float, *, served: bool) -> None:
        """Let time pass inside of `busy`, as much of it as a slow answer takes.

        A clock that jumps by itself jumps. Where the clock is moved by hand, a client behind a socket really
        waits (`served`), and in process the clock is moved, because nobody else would.
        """
        if self.autojump is not None:
            await self.sleep_while_busy(seconds)
        elif served:
            await asyncio.sleep(seconds)  # noqa: TID251 - the client's own time-out runs in real time
        else:
            self._clock.advance(timedelta(seconds=seconds), who="fault")

    def wake(self) -> None:
        """Wake whoever's time has come. To be called after each step of the clock."""
        while self._sleepers and self._sleepers[0][0] <= self._clock.now():
            _until, _number, woken = heapq.heappop(self._sleepers)
            self._activity += 1
            if not woken.done():
                woken.set_result(None)

    def __len__(self) -> int:
        return len(self._sleepers)

    def _jump_soon(self) -> None:
        if self.autojump is None or not self._sleepers or self._jumping is not None:
            return
        self._jumping = asyncio.get_running_loop().create_task(self._jump(self.autojump))

    async def _jump(self, autojump: Autojump) -> None:
        """Jump from sleeper to sleeper until somebody is busy or nobody sleeps."""
        try:
            while self._sleepers and self._busy == 0 and self.autojump is not None:
                if not await self._is_silent(autojump):
                    continue
                self._drop_cancelled()
                if self._sleepers and self._busy == 0 and self.autojump is not None:
                    self._clock.advance_to(max(self._sleepers[0][0], self._clock.now()))
                    self.wake()
        finally:
            self._jumping = None

    async def _is_silent(self, autojump: Autojump) -> bool:
        """Whether nothing happens for as long as it takes to believe that everything waits."""
        seen = self._activity
        for _turn in range(autojump.turns):
            await asyncio.sleep(0)  # noqa: TID251 - no time passes; everybody else gets a turn
            if self._activity != seen:
                return False
        if autojump.silence_seconds:
            await asyncio.sleep(autojump.silence_seconds)  # noqa: TID251 - real clients answer in real time
        return self._activity == seen

    def _drop_cancelled(self) -> None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
