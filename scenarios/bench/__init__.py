"""`gradelab bench`: what things cost, measured in one run on this machine. No test asserts a time."""

from collections.abc import Callable, Iterator

from scenarios.bench.fakes import bench_fakes
from scenarios.bench.figure import Figure
from scenarios.bench.scale import bench_scale
from scenarios.bench.worlds import bench_worlds

BENCHES: dict[str, Callable[[int], Iterator[Figure]]] = {
    "worlds": bench_worlds,
    "fakes": bench_fakes,
    "scale": bench_scale,
}
"""Each takes a seed."""

__all__ = ["BENCHES", "Figure"]
