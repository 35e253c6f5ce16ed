"""`gradelab bench`: what things cost, measured in one run on this machine. No test asserts a time."""

from scenarios.bench.figure import Figure
from scenarios.bench.worlds import bench_worlds

BENCHES = {"worlds": bench_worlds}

__all__ = ["BENCHES", "Figure"]
