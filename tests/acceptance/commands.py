"""Runs the project's commands as a user does: in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_SECONDS_MAX = 30
COMMAND_SECONDS_MAX = 120


def command(name: str, *arguments: str) -> list[str]:
    """The command line of `gradelab` or `gradesync` in this environment."""
    module = {"gradelab": "scenarios.entry", "gradesync": "sync_engine.cli"}[name]
    return [sys.executable, "-c", f"from {module} import main; main()", *arguments]


def environment(**more: str) -> dict[str, str]:
    """This environment without what would change how a command behaves, and with `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GRADESYNC_", "GRADELAB_", "FORCE_COLOR"))
    }
    return {**kept, "NO_COLOR": "1", "COLUMNS": "200", **more}


def run(name: str, *arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run to the end."""
    return subprocess.run(
        command(name, *arguments),
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS_MAX,
        check=False,
    )


@contextmanager
def serving(folder: Path, *arguments: str, bare: bool = True) -> Iterator[dict[str, Any]]:
    """`gradelab serve` in a process of its own, with an empty gradebook; what its ready file says."""
    ready_file = folder / "ready.json"
    process = subprocess.Popen(
        command(
            "gradelab", "serve", "--ready-file", str(ready_file), *(["--bare"] if bare else []), *arguments
        ),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for _poll in range(START_SECONDS_MAX * 20):
            if ready_file.exists() or process.poll() is not None:
                break
            time.sleep(0.05)  # noqa: TID251 - another process starts in real time
        assert ready_file.exists(), process.communicate(timeout=5)[0]
        yield json.loads(ready_file.read_text(encoding="utf-8"))
    finally:
        process.terminate()
        process.communicate(timeout=START_SECONDS_MAX)
