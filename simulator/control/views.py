"""What the control API shows of a world: JSON-ready values.

What must never be here: changing anything, and secrets, except the doors of a world for whoever holds the
token of this API.
"""

from __future__ import annotations

from typing import Any

from simulator.addresses import Addresses
from simulator.doors import doors_of
from simulator.faults import Standing, fault_as_json
from simulator.journal import Entry, Happening, Query
from simulator.profiles.describing import switches_set
from simulator.schedule import Appointment
from simulator.snapshots import Snapshot
from simulator.world import World

SYSTEMS = ("canvas", "synergy")
"""Who reads the world's clock with a skew of its own."""
HAPPENINGS_TOLD_MAX = 1_000


def world_view(world: World) -> dict[str, Any]:
    """A world in a list."""
    return {
        "name": world.name,
        "seed": world.seed,
        "profile": world.profile.name,
        "now": world.clock.now().isoformat(),
        "autojump": world.waiting.autojump is not None,
        "switches": switches_set(world.profile),
        "tell_not_simulated": world.tells_not_simulated,
        "snapshots": len(world.snapshots),
        "entries": len(world.journal),
    }


def whole_world_view(world: World, addresses: Addresses) -> dict[str, Any]:
    """A world, with the URLs and credentials that open it."""
    return {**world_view(world), "doors": doors_of(world, addresses).as_dict()}


def clock_view(world: World) -> dict[str, Any]:
    """Where the clock stands, what each system makes of it, and what comes next."""
    upcoming = world.clock.schedule.next()
    return {
        "now": world.clock.now().isoformat(),
        "autojump": world.waiting.autojump is not None,
        "waiting": len(world.waiting),
        "systems": {system: system_clock_view(world, system) for system in SYSTEMS},
        "next": None if upcoming is None else appointment_view(upcoming),
        "appointments": len(world.clock.schedule),
    }


def system_clock_view(world: World, system: str) -> dict[str, Any]:
    """A system's clock: `ahead_seconds` at `since`, and `drift_seconds_a_day` more each day after it."""
    skew = world.clock.skew_of(system)
    return {
        "now": world.clock.seen_by(system).now().isoformat(),
        "ahead_seconds": skew.ahead.total_seconds(),
        "drift_seconds_a_day": skew.drift_a_day.total_seconds(),
        "since": skew.since.isoformat(),
    }


def appointment_view(appointment: Appointment) -> dict[str, Any]:
    """Something that is to happen."""
    return {"at": appointment.at.isoformat(), "kind": appointment.kind, "key": appointment.key}


def happened_view(world: World, since: int) -> list[dict[str, Any]]:
    """What happened by itself after entry `since`, the first `HAPPENINGS_TOLD_MAX` of it."""
    found = world.journal.select(Query(since=since, kinds=frozenset({Happening.kind})))
    return [_happening_view(each) for each, _number in zip(found, range(HAPPENINGS_TOLD_MAX), strict=False)]


def fault_view(standing: Standing) -> dict[str, Any]:
    """A planned fault: how many requests fitted, and how often it struck."""
    return {**fault_as_json(standing.fault), "seen": standing.seen, "fired": standing.struck}


def snapshot_view(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot: when it was taken, after which entry of the journal, and how many objects it holds."""
    return {
        "name": snapshot.name,
        "at": snapshot.at.isoformat(),
        "entry": snapshot.entry,
        "objects": len(snapshot.state),
    }


def _happening_view(entry: Entry) -> dict[str, Any]:
    assert isinstance(entry, Happening)
    return {"at": entry.at.isoformat(), "what": entry.what, "words": entry.words}
