"""Every event as one line of JSON, for machines.

The file is complete up to the last event heard, whenever the run ends.
"""

from __future__ import annotations

import json
from typing import TextIO

from scenarios.events import Event, event_as_dict


class NdjsonReport:
    """Writes events as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def hear(self, event: Event) -> None:
        """Take one event in."""
        self._out.write(json.dumps(event_as_dict(event), ensure_ascii=False) + "\n")
        self._out.flush()
