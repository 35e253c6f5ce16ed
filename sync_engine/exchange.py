"""One request to one system, politely: paced, tried again where that helps, silence put into plain words.

What lives here: the acting on decisions of `domain.retry`. What must never be here: a vendor's shapes. All
waiting is on the injected clock, which is why no retry library is used: they wait on a clock of their own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sync_engine.domain.retry import BUSY_TRIES_MAX, Outcome, wait_before_next_try
from sync_engine.errors import SystemFaultError
from sync_engine.ports import Answer, Clock, Request, Transport, TransportError


class Pace:
    """Keeps requests to one system apart, so that a shared server stays quick for others."""

    def __init__(self, clock: Clock, requests_per_second: float | None) -> None:
        self._clock = clock
        self._gap = timedelta(seconds=1 / requests_per_second) if requests_per_second else timedelta(0)
        self._next: datetime | None = None

    async def turn(self) -> None:
        """Wait for the next free moment. It is taken before the wait, so two callers never share one."""
        now = self._clock.now()
        mine = max(now, self._next) if self._next else now
        self._next = mine + self._gap
        if mine > now:
            await self._clock.sleep((mine - now).total_seconds())


class Exchange:
    """Sends to one system."""

    def __init__(self, system: str, transport: Transport, clock: Clock, pace: Pace) -> None:
        self.system = system
        self._transport = transport
        self._clock = clock
        self._pace = pace

    async def send(self, request: Request, *, repeatable: bool = True) -> Answer:
        """Send, and try again where it helps. Any answer that came is returned, whatever its status.

        Raises:
            SystemFaultError: If no answer came.
        """
        for attempt in range(1, BUSY_TRIES_MAX + 1):
            await self._pace.turn()
            answer, silence = await self._try(request)
            wait = wait_before_next_try(
                attempt, _outcome(answer), repeatable=repeatable, now=self._clock.now()
            )
            if wait is not None:
                await self._clock.sleep(wait)
            elif answer is not None:
                return answer
            else:
                raise self._unreachable(request, silence)
        raise AssertionError("the decision to give up comes before the tries run out")

    async def _try(self, request: Request) -> tuple[Answer | None, str]:
        try:
            return await self._transport.send(request), ""
        except TransportError as error:
            return None, str(error) or "no answer came"

    def _unreachable(self, request: Request, silence: str) -> SystemFaultError:
        parts = urlsplit(request.url)
        return SystemFaultError(
            f"{self.system} cannot be reached at {parts.scheme}://{parts.netloc}: {silence.rstrip('.')}.",
            f"Check the address of {self.system} and the network, then run it again; nothing is lost.",
        )


def _outcome(answer: Answer | None) -> Outcome:
    if answer is None:
        return Outcome(None)
    throttled = answer.status == 403 and "rate limit exceeded" in answer.text.lower()
    return Outcome(answer.status, answer.headers.get("retry-after"), throttled)
