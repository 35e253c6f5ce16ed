"""The real time.

The only module of the engine that reads this machine's clock; everything else is given one.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """The time of this machine, and real waiting."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the injected clock of the command line

    async def sleep(self, seconds: float) -> None:
        """Wait so long."""
        await asyncio.sleep(seconds)  # noqa: TID251 - this is the injected clock of the command line
