"""All paths below `/_sim`, a module for each kind of thing."""

from __future__ import annotations

from starlette.routing import Route

from simulator.control.routes import (
    clock,
    comparison,
    differences,
    faults,
    files,
    gradebook,
    journal,
    roster,
    snapshots,
    worlds,
)

ROUTES: tuple[Route, ...] = (
    *worlds.ROUTES,
    *clock.ROUTES,
    *snapshots.ROUTES,
    *differences.ROUTES,
    *files.ROUTES,
    *journal.ROUTES,
    *roster.ROUTES,
    *faults.ROUTES,
    *gradebook.ROUTES,
    *comparison.ROUTES,
)

__all__ = ["ROUTES"]
