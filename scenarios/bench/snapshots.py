"""What the moments of a world cost: to keep one, go back to it, compare two, write one into a file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from scenarios.bench.figure import Figure, milliseconds
from simulator.difference import difference_between
from simulator.world import World, build_world
from simulator.world_file import world_as_text, world_from_text

OBJECTS = 10_000


def snapshot_figures(seed: int) -> Iterator[Figure]:
    """Snapshot, restore, fork and reset: copies that are not made until somebody writes."""
    world = _world_of(seed, OBJECTS)
    count = f"{len(world.freeze()):,} objects"
    numbers = itertools.count()
    group = next(iter(world.canvas.groups.values()))
    yield Figure(f"snapshot of {count}", milliseconds(lambda: world.snapshot("s")), "ms", 5)

    def snapshot_and_write() -> None:
        world.snapshot("s")
        world.canvas.put_group(group)

    yield Figure(f"snapshot of {count}, and a write after it", milliseconds(snapshot_and_write), "ms", 5)
    yield Figure(f"restore of {count}", milliseconds(lambda: world.restore("s")), "ms", 5)
    yield Figure(f"fork of {count}", milliseconds(lambda: world.fork(f"f{next(numbers)}")), "ms", 5)
    yield Figure(f"reset of {count}", milliseconds(world.reset), "ms", 5)


def file_figures(seed: int) -> Iterator[Figure]:
    """What reads every row: a difference, an export, an import."""
    world = _world_of(seed, OBJECTS)
    count, before = f"{len(world.freeze()):,} objects", world.freeze()
    world.canvas.put_group(next(iter(world.canvas.groups.values())))
    told = milliseconds(lambda: difference_between(before, world.freeze()))
    yield Figure(f"difference of one row in {count}", told, "ms")
    text = world_as_text(world)
    yield Figure(f"export of {count}", milliseconds(lambda: world_as_text(world), runs=3), "ms")
    yield Figure(f"import of {count}", milliseconds(lambda: world_from_text(text), runs=3), "ms")


def _world_of(seed: int, objects: int) -> World:
    """The school with enough people added to Canvas to make so many objects."""
    world = build_world(seed)
    for number in range(objects - len(world.freeze())):
        world.canvas.add_user(
            name=f"Guest {number}", login_id=f"guest.{number}@guests.example", sis_user_id=None
        )
    return world
