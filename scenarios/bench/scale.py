"""What a large district costs: ten thousand sections and a million grades in one process."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from scenarios.bench.caller import Caller
from scenarios.bench.figure import Figure, resident_megabytes
from simulator.app import build_apps
from simulator.starting import Wish, start_world
from simulator.world import World, Worlds

SMALL, LARGE = "district:sections=20,graded=4", "district:schools=10,sections=1000,graded=4"
CALLS = 200
SLOWER_AT_MOST = 1.5
"""A request that looks at one class must not notice how large the district around it is."""


def bench_scale(seed: int) -> Iterator[Figure]:
    """A large district from its seed, and a page of submissions of it beside one of a small district."""
    gc.collect()
    small = start_world(Wish(SMALL, seed))
    small_ms = asyncio.run(_page_milliseconds(small))
    before = resident_megabytes()
    begun = time.perf_counter()  # noqa: TID251 - a benchmark measures real time
    gc.disable()  # as `gradelab serve` does while it starts
    large = start_world(Wish(LARGE, seed))
    gc.enable()
    took = time.perf_counter() - begun  # noqa: TID251
    canvas = large.canvas
    size = (
        f"{len(canvas.sections):,} sections, {len(canvas.enrollments):,} enrollments, "
        f"{len(canvas.submissions):,} graded submissions"
    )
    yield Figure(f"{size}: made", took, "s")
    yield Figure(f"{size}: memory", resident_megabytes() - before, "MB")
    gc.freeze()
    large_ms = asyncio.run(_page_milliseconds(large))
    yield Figure("a page of 100 submissions, small district", small_ms, "ms")
    yield Figure("a page of 100 submissions, large district", large_ms, "ms")
    yield Figure("the large district's page beside the small one's", large_ms / small_ms, "x", SLOWER_AT_MOST)


async def _page_milliseconds(world: World) -> float:
    """The best of so many readings of a class's first page."""
    apps = build_apps(Worlds(world))
    canvas = Caller(apps.canvas, f"Bearer {world.credentials.teacher_tokens[0]}")
    course = (await canvas.json("GET", "/api/v1/courses"))[0]["id"]
    query = urlencode({"student_ids[]": "all", "per_page": 100})
    path = f"/api/v1/courses/{course}/students/submissions?{query}"
    times = []
    for _call in range(CALLS):
        begun = time.perf_counter()  # noqa: TID251
        await canvas.call("GET", path)
        times.append(time.perf_counter() - begun)  # noqa: TID251
    return min(times) * 1_000
