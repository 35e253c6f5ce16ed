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

from scenarios.bench.figure import Figure, milliseconds, resident_megabytes
from scenarios.bench.snapshots import file_figures, snapshot_figures
from simulator.world import build_world

WORLDS = 1_000
TESTS = 200
START_SECONDS_MAX = 30.0
_POLL_SECONDS = 0.002

_EMPTY_TEST = "import pytest\n@pytest.mark.parametrize('n', range({tests}))\ndef test_one(n{fixture}): pass\n"


def bench_worlds(seed: int) -> Iterator[Figure]:
    """Everything that a world, a snapshot and a start of the servers cost."""
    yield from _many_worlds(seed)  # first, while nothing that the others drop can hide what it takes
    yield from snapshot_figures(seed)
    yield from file_figures(seed)
    yield from _plugin()
    yield from _servers(seed)


def _many_worlds(seed: int) -> Iterator[Figure]:
    build_world(seed)
    before = resident_megabytes(os.getpid())
    numbers = itertools.count()
    kept = []
    yield Figure(
        "a fresh world of the school",
        milliseconds(lambda: kept.append(build_world(seed, name=f"w{next(numbers)}")), runs=WORLDS),
        "ms",
    )
    yield Figure(f"memory of {WORLDS:,} worlds", resident_megabytes(os.getpid()) - before, "MB")


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
            yield Figure("memory of both fakes while idle", resident_megabytes(process.pid), "MB", 120)
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
