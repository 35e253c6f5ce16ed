"""What worlds cost: one, a thousand of them, snapshots, forks, files; and the servers that hold them."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scenarios.bench.figure import Figure, milliseconds
from simulator.difference import difference_between
from simulator.world import World, build_world
from simulator.world_file import world_as_text, world_from_text

OBJECTS = 10_000
WORLDS = 1_000
TESTS = 200
START_SECONDS_MAX = 30.0
_POLL_SECONDS = 0.002

_EMPTY_TEST = "import pytest\n@pytest.mark.parametrize('n', range({tests}))\ndef test_one(n{fixture}): pass\n"


def bench_worlds(seed: int) -> Iterator[Figure]:
    """Everything that a world, a snapshot and a start of the servers cost."""
    yield from _many_worlds(seed)  # first, while nothing that the others drop can hide what it takes
    yield from _snapshots(seed)
    yield from _plugin()
    yield from _servers(seed)


def _snapshots(seed: int) -> Iterator[Figure]:
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
    world = _world_of(seed, OBJECTS)
    before = world.freeze()
    world.canvas.put_group(group)
    told = milliseconds(lambda: difference_between(before, world.freeze()))
    yield Figure(f"difference of one row in {count}", told, "ms")
    text = world_as_text(world)
    yield Figure(f"export of {count}", milliseconds(lambda: world_as_text(world), runs=3), "ms")
    yield Figure(f"import of {count}", milliseconds(lambda: world_from_text(text), runs=3), "ms")


def _many_worlds(seed: int) -> Iterator[Figure]:
    build_world(seed)
    before = _resident_megabytes(os.getpid())
    numbers = itertools.count()
    kept = []
    yield Figure(
        "a fresh world of the school",
        milliseconds(lambda: kept.append(build_world(seed, name=f"w{next(numbers)}")), runs=WORLDS),
        "ms",
    )
    yield Figure(f"memory of {WORLDS:,} worlds", _resident_megabytes(os.getpid()) - before, "MB")


def _plugin() -> Iterator[Figure]:
    """The price of the `world` fixture: so many tests with it and without it, in runs of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        taken = [_pytest_seconds(Path(folder), fixture) for fixture in ("", ", world")]
    yield Figure("the `world` fixture, for each test", (taken[1] - taken[0]) / TESTS * 1_000, "ms", 10)


def _pytest_seconds(folder: Path, fixture: str) -> float:
    """The seconds that the tests themselves took, the start of the servers left out."""
    path = folder / f"test_{'with' if fixture else 'without'}.py"
    path.write_text(_EMPTY_TEST.format(tests=TESTS, fixture=fixture), encoding="utf-8")
    report = folder / "junit.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        f"--junit-xml={report}",
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)  # noqa: S603 - our own pytest
    times = [
        float(part.partition('"')[0])
        for part in report.read_text().split("<testcase ")[1:]
        for part in part.split(' time="')[1:]
    ]
    return sum(sorted(times)[:-1])


def _servers(seed: int) -> Iterator[Figure]:
    """A start of `gradelab serve` to the first answer, what it holds while idle, and its stop."""
    with tempfile.TemporaryDirectory() as folder:
        ready_file = Path(folder) / "ready.json"
        command = [sys.executable, "-c", "from scenarios.entry import main; main()", "serve"]
        begun = time.perf_counter()  # noqa: TID251 - a benchmark measures real time
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--bare", "--seed", str(seed), "--ready-file", str(ready_file)],
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for(ready_file, process)
            yield Figure("start of both fakes to the first answer", time.perf_counter() - begun, "s", 1)  # noqa: TID251
            yield Figure("memory of both fakes while idle", _resident_megabytes(process.pid), "MB", 120)
            json.loads(ready_file.read_text(encoding="utf-8"))
        finally:
            stopping = time.perf_counter()  # noqa: TID251
            process.send_signal(signal.SIGTERM)
            process.wait(START_SECONDS_MAX)
        yield Figure("stop on SIGTERM", time.perf_counter() - stopping, "s", 1)  # noqa: TID251


def _wait_for(ready_file: Path, process: subprocess.Popen[bytes]) -> None:
    for _poll in range(int(START_SECONDS_MAX / _POLL_SECONDS)):
        if ready_file.exists():
            return
        if process.poll() is not None:
            raise RuntimeError(f"gradelab serve ended with {process.returncode} before it was ready")
        time.sleep(_POLL_SECONDS)  # noqa: TID251 - waits for another process
    raise TimeoutError(f"gradelab serve was not ready after {START_SECONDS_MAX:g} s")


def _world_of(seed: int, objects: int) -> World:
    """The school with enough people added to Canvas to make so many objects."""
    world = build_world(seed)
    for number in range(objects - len(world.freeze())):
        world.canvas.add_user(
            name=f"Guest {number}", login_id=f"guest.{number}@guests.example", sis_user_id=None
        )
    return world


def _resident_megabytes(process_id: int) -> float:
    """What a process holds in memory, from the kernel's own count; 0 where there is none to read."""
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return 0.0
    resident = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return float(resident.split()[1]) / 1024
