"""What a report is: it hears events, oldest first, and is done with `RunFinished`."""

from __future__ import annotations

from typing import Protocol

from scenarios.events import Event


class Report(Protocol):
    """One way of telling a run."""

    def hear(self, event: Event) -> None:
        """Take one event in."""
        ...
